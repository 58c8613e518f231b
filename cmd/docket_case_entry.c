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

/* What was done, as the messages know it: acts that people tell apart, and the ledger by what is with them. Owned by
 * the caller. */
static char *
act_code (const StoreChainEntry *entry)
{
  CaseAct act = case_act_parse (entry->act);
  if (act == CASE_HEAR && entry->gratitude)
    return g_strdup ("thanked");
  if (act == CASE_CLOCK && strcmp (entry->subject, "off") == 0)
    return g_strdup ("clock_off");
  if (strcmp (entry->act, "alert.moved") == 0 && *entry->due == '\0')
    return g_strdup ("alert_done");
  return g_strdelimit (g_strdup (entry->act), ".", '_'); /* ICU takes no dot */
}

/* The reason of an act in words, or its code where there are none. */
static char *
reason_word (const char *language, const StoreChainEntry *entry)
{
  CaseAct act = case_act_parse (entry->act);
  if (strcmp (entry->act, "case.contact_set") == 0 || strcmp (entry->act, "contact.proposed") == 0)
    return report_label (language, "contact_reason", entry->reason);
  if (strcmp (entry->act, "case.allocated") == 0)
    return report_label (language, "allocation_reason", entry->reason);
  if (strcmp (entry->act, "alert.set") == 0) /* its text says it */
    return g_strdup ("");
  if (act == CASE_OUTCOME)
    return say_text (language, "case.outcome", "s", entry->reason);
  return act == CASE_WORK || act == CASE_ASK || act == CASE_CLOSE || act == CASE_REOPEN || act == CASE_AUTO
             ? say_text (language, "case.reason", "s", entry->reason)
             : g_strdup (entry->reason);
}

/* A colon as @language sets it: the French one stands apart. Static. */
static const char *
colon (const char *language)
{
  return strcmp (language, "fr") == 0 ? "\u00a0: " : ": ";
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
  g_autofree char *duty = deadline ? report_duty (language, entry->kind) : NULL;
  g_autofree char *state = deadline ? report_label (language, "report.state", entry->state) : NULL;
  add (line, " → ", case_act_parse (entry->act) == CASE_CLOCK ? "" : entry->subject);
  add (line, colon (language), duty != NULL ? duty : "");
  add (line, " ", entry->due);
  add (line, ", ", state != NULL ? state : "");
  add (line, " → ", deadline ? "" : entry->owner);
}

char *
case_entry_line (const CaseCommand *command, const StoreChainEntry *entry)
{
  const char *language = command->command.language;
  g_autofree char *time = time_there (command, entry->time_us);
  g_autofree char *code = act_code (entry);
  g_autofree char *act = say_text (language, "case.act", "s", code);
  g_autofree char *reason = *entry->reason != '\0' ? reason_word (language, entry) : g_strdup ("");
  g_autofree char *channel
      = *entry->channel != '\0' ? report_label (language, "report.channel", entry->channel) : g_strdup ("");
  GString *line = g_string_new (time);
  add (line, "  ", entry->actor);
  add (line, "  ", act);
  add (line, colon (language), reason);
  add (line, ", ", entry->letter);
  add_subject (line, language, entry);
  add (line, ", ", channel);
  if (*entry->day != '\0' && !g_str_has_prefix (time, entry->day))
    g_string_append_printf (line, " (%s)", entry->day);
  return g_string_free (line, FALSE);
}
