/* What one entry of the chain of a case says to people: when, who, what, and what it was about. */
#include "cases/status.h"
#include "cmd/docket_case.h"
#include "cmd/say.h"
#include <string.h>

/* "2026-11-23 10:00" on the firm's clock. Owned by the caller. */
static char *
time_there (const CaseCommand *command, int64_t time_us)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (command->house.zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) there = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_ref (utc);
  return g_date_time_format (there, "%Y-%m-%d %H:%M");
}

/* The reason of an act in words, or its code where there are none. */
static char *
reason_word (const char *language, const StoreChainEntry *entry)
{
  CaseAct act = case_act_parse (entry->act);
  if (strcmp (entry->act, "case.contact_set") == 0)
    return report_label (language, "contact_reason", entry->reason);
  if (strcmp (entry->act, "case.allocated") == 0)
    return report_label (language, "allocation_reason", entry->reason);
  if (strcmp (entry->act, "alert.set") == 0) /* its text says it */
    return g_strdup ("");
  if (act == CASE_OUTCOME)
    return say_text (language, "case.outcome", "s", entry->reason);
  return act == CASE_WORK || act == CASE_ASK || act == CASE_CLOSE || act == CASE_REOPEN
             ? say_text (language, "case.reason", "s", entry->reason)
             : g_strdup (entry->reason);
}

static void
add (GString *line, const char *sign, const char *word)
{
  g_autofree char *plain = command_plain (word);
  if (*plain != '\0')
    g_string_append_printf (line, "%s%s", sign, plain);
}

/* Whom or what it concerns: the new owner, the case it went into, the deadline with its date, the day of an alert. */
static void
add_subject (GString *line, const char *language, const StoreChainEntry *entry)
{
  bool deadline = strcmp (entry->act, "deadline.set") == 0;
  g_autofree char *duty = deadline ? say_duty (language, entry->kind) : NULL;
  g_autofree char *state = deadline ? report_label (language, "report.state", entry->state) : NULL;
  add (line, " → ", entry->subject);
  add (line, ": ", duty != NULL ? duty : "");
  add (line, " ", entry->due);
  add (line, ", ", state != NULL ? state : "");
  add (line, " → ", deadline ? "" : entry->owner);
}

char *
case_entry_line (const CaseCommand *command, const StoreChainEntry *entry)
{
  const char *language = command->command.language;
  g_autofree char *time = time_there (command, entry->time_us);
  g_autofree char *code = g_strdelimit (g_strdup (entry->act), ".", '_'); /* ICU takes no dot */
  g_autofree char *act = say_text (language, "case.act", "s", code);
  g_autofree char *reason = *entry->reason != '\0' ? reason_word (language, entry) : g_strdup ("");
  g_autofree char *channel
      = *entry->channel != '\0' ? report_label (language, "report.channel", entry->channel) : g_strdup ("");
  GString *line = g_string_new (time);
  add (line, "  ", entry->actor);
  add (line, "  ", act);
  add (line, ": ", reason);
  add (line, ", ", entry->letter);
  add_subject (line, language, entry);
  add (line, ", ", channel);
  if (*entry->day != '\0' && !g_str_has_prefix (time, entry->day))
    g_string_append_printf (line, " (%s)", entry->day);
  return g_string_free (line, FALSE);
}
