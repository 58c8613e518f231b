/* docket case list, docket case alerts - many cases: who waits, what is due, what is to be looked at. */
#include "base/messages.h"
#include "cases/allocation.h"
#include "cases/contact.h"
#include "cmd/docket_case.h"
#include "cmd/say.h"
#include "store/cases.h"
#include <stdio.h>
#include <string.h>

#define PEOPLE_MOST 5000 /* cases, the newest, that an e-mail or a name may lead to */

static bool
check_options (const CaseListOptions *options, GError **error)
{
  if (options->status != NULL && case_status_parse (options->status) == CASE_STATUSES)
    return dk_refuse (error, DK_ERROR_USAGE, "status", "s", options->status);
  if (options->alert != NULL && indicator_alert_parse (options->alert) < 0)
    return dk_refuse (error, DK_ERROR_USAGE, "alert_word", "s", options->alert);
  return (options->waiting >= 0 && options->limit >= 0) || dk_refuse (error, DK_ERROR_USAGE, "waiting", "");
}

/* Days since the ISO date @since, 0 for NULL. */
static int
days_since (const CaseCommand *command, const char *since)
{
  DkDay day = since != NULL ? dk_day_parse (since) : DK_DAY_NONE;
  return day == DK_DAY_NONE ? 0 : MAX (0, command->today - day);
}

#define N_COLUMNS 7

static void
print_row (const char *const *cells)
{
  static const glong columns[N_COLUMNS] = { 17, 12, 24, 9, 18, 14, 30 };
  g_autoptr (GString) row = g_string_new (NULL);
  for (gsize i = 0; i < N_COLUMNS; i++)
    {
      g_autofree char *cell = say_column (cells[i], columns[i]);
      g_string_append_printf (row, "%s  ", cell);
    }
  puts (g_strchomp (row->str));
}

static void
print_heading (const char *language)
{
  static const char *const keys[N_COLUMNS] = { "number", "due", "status", "waits", "alert", "owner", "customer" };
  g_auto (GStrv) heads = g_new0 (char *, N_COLUMNS + 1);
  for (gsize i = 0; i < N_COLUMNS; i++)
    {
      g_autofree char *key = g_strconcat ("case.list.", keys[i], NULL);
      heads[i] = say_text (language, key, "");
    }
  print_row ((const char *const *)heads);
}

/* "2026-11-23 !" where a deadline has passed that is sure, "2026-11-23 ?" where the next one is provisional. Owned by
 * the caller. Fails as store_deadlines. */
static char *
due_text (const CaseCommand *command, const StoreCaseRow *row, GError **error)
{
  g_autoptr (GPtrArray) all = store_deadlines (command->store, row->id, error);
  DkDay next = row->due != NULL ? store_deadline_day (row->due) : DK_DAY_NONE;
  const char *mark = "";
  if (all == NULL || next == DK_DAY_NONE)
    return all != NULL ? g_strdup ("–") : NULL;
  for (guint i = 0; i < all->len; i++)
    {
      const StoreDeadline *deadline = all->pdata[i];
      DkDay due = store_deadline_day (deadline->due);
      bool sure = strcmp (deadline->state, "provisional") != 0;
      if (store_deadline_is_over (deadline) || due == DK_DAY_NONE)
        continue;
      if (sure && due < command->today && strcmp (deadline->state, "suspended") != 0)
        mark = " !";
      else if (!sure && due == next && *mark == '\0')
        mark = " ?";
    }
  return g_strconcat (row->due, mark, NULL);
}

static bool
print_case (const CaseCommand *command, const StoreCaseRow *row, GError **error)
{
  int waiting = days_since (command, row->waiting);
  const char *alert = indicator_alert_name (indicator_alert (dk_day_parse (row->alert), command->today));
  if (command->command.json)
    {
      command_print_json (json_pack ("{s:s, s:s, s:s, s:s, s:s, s:i, s:s, s:s?, s:s?, s:s?, s:i, s:s?}", "number",
                                     row->number, "status", row->status, "reason", row->reason, "owner", row->owner,
                                     "received", row->received, "waiting_days", waiting, "alert", alert, "due",
                                     row->due, "work_by", row->work_by, "latest", row->active, "stage", (int)row->stage,
                                     "customer", row->customer));
      return true;
    }
  g_autofree char *due = due_text (command, row, error);
  if (due == NULL)
    return false;
  g_autofree char *status = report_label (command->command.language, "status", row->status);
  g_autofree char *state = say_text (command->command.language, "case.alert_state", "s", alert);
  g_autofree char *days = row->waiting != NULL
                              ? say_text (command->command.language, "case.waits", "l", (int64_t)waiting)
                              : g_strdup ("–");
  const char *const cells[N_COLUMNS] = { row->number, due, status, days, state, row->owner, row->customer };
  print_row (cells);
  return true;
}

/* Leaves in @ids what is in @others too. */
static void
keep_common (GArray *ids, const GArray *others)
{
  guint kept = 0;
  g_autoptr (GHashTable) known = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < others->len; i++)
    g_hash_table_add (known, &g_array_index (others, int64_t, i));
  for (guint i = 0; i < ids->len; i++)
    if (g_hash_table_contains (known, &g_array_index (ids, int64_t, i)))
      g_array_index (ids, int64_t, kept++) = g_array_index (ids, int64_t, i);
  g_array_set_size (ids, kept);
}

/* The cases of the customers that are asked for; *@ids is NULL where none are. */
static bool
find_people (const CaseCommand *command, const CaseListOptions *options, GArray **ids, GError **error)
{
  g_autoptr (StorePoint) email
      = options->email != NULL ? contact_point (command->settings, STORE_POINT_EMAIL, options->email) : NULL;
  *ids = NULL;
  if (options->email != NULL && email == NULL)
    return dk_refuse (error, DK_ERROR_USAGE, "email", "s", options->email);
  g_autoptr (GArray) mailing
      = email != NULL ? store_cases_of_email (command->store, email->normalised, PEOPLE_MOST, error) : NULL;
  if (email != NULL && mailing == NULL)
    return false;
  g_autoptr (GArray) named
      = options->name != NULL ? store_cases_named (command->store, options->name, PEOPLE_MOST, error) : NULL;
  if (options->name != NULL && named == NULL)
    return false;
  if (mailing != NULL && named != NULL)
    keep_common (mailing, named);
  *ids = mailing != NULL ? g_steal_pointer (&mailing) : g_steal_pointer (&named);
  return true;
}

bool
case_list (const CaseCommand *command, const CaseListOptions *options, GError **error)
{
  g_autofree char *today = dk_day_format (command->today);
  g_autofree char *since = dk_day_format (command->today - options->waiting);
  static const int64_t nobody = 0;
  g_autoptr (GArray) people = NULL;
  if (!check_options (options, error) || !find_people (command, options, &people, error))
    return false;
  g_autoptr (StoreCase) last
      = options->after != NULL ? say_find_case (command->command.language, command->store, options->after, true, error)
                               : NULL;
  if (options->after != NULL && last == NULL)
    return false;
  const StoreCasesFilter filter = { .status = options->status,
                                    .owner = options->owner,
                                    .open = !options->all && options->status == NULL,
                                    .waiting_since = options->waiting > 0 ? since : NULL,
                                    .alert = options->alert,
                                    .today = today,
                                    .latest = options->latest,
                                    .among = people == NULL     ? NULL
                                             : people->len == 0 ? &nobody
                                                                : &g_array_index (people, int64_t, 0),
                                    .n_among = people != NULL ? MAX (people->len, 1) : 0,
                                    .limit = (unsigned)options->limit,
                                    .after = last != NULL ? last->id : 0 };
  g_autoptr (GPtrArray) rows = store_cases (command->store, &filter, error);
  if (rows != NULL && !command->command.json && rows->len > 0)
    print_heading (command->command.language);
  else if (rows != NULL && !command->command.json)
    say (command->command.language, "case.no_case", "");
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    if (!print_case (command, rows->pdata[i], error))
      return false;
  return rows != NULL;
}

/* --- alerts --- */

/* @text as a value of RFC 5545: its signs escaped, line ends as \n, lines folded after 73 bytes between characters. */
static void
put_property (const char *name, const char *text)
{
  g_autoptr (GString) line = g_string_new (name);
  g_string_append_c (line, ':');
  for (const char *at = text; *at != '\0'; at++)
    {
      if (strchr ("\\;,", *at) != NULL)
        g_string_append_c (line, '\\');
      if (*at == '\n')
        g_string_append (line, "\\n");
      else if ((guchar)*at >= ' ')
        g_string_append_c (line, *at);
    }
  gsize width = 0;
  for (const char *at = line->str; *at != '\0'; at = g_utf8_next_char (at))
    {
      gsize bytes = (gsize)(g_utf8_next_char (at) - at);
      if (width + bytes > 73)
        {
          printf ("\r\n ");
          width = 1;
        }
      printf ("%.*s", (int)bytes, at);
      width += bytes;
    }
  printf ("\r\n");
}

static void
put_event (const StoreAlert *alert, const char *stamp)
{
  DkDay day = dk_day_parse (alert->due);
  DkDate from = dk_date (day), to = dk_date (day + 1);
  g_autofree char *uid = g_strdup_printf ("alert-%" G_GINT64_FORMAT "@%s", alert->id, alert->number);
  g_autofree char *title = g_strdup_printf ("%s %s", alert->number, alert->text);
  printf ("BEGIN:VEVENT\r\n");
  put_property ("UID", uid);
  printf ("DTSTAMP:%s\r\n", stamp);
  printf ("DTSTART;VALUE=DATE:%04d%02d%02d\r\nDTEND;VALUE=DATE:%04d%02d%02d\r\n", from.year, from.month, from.day,
          to.year, to.month, to.day);
  put_property ("SUMMARY", title);
  printf ("TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n");
}

static void
put_feed (const GPtrArray *alerts)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (dk_now_us () / G_USEC_PER_SEC);
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%dT%H%M%SZ");
  printf ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//docket//docket//EN\r\nCALSCALE:GREGORIAN\r\n");
  if (alerts->len == 0) /* RFC 5545 asks for at least one component */
    printf ("BEGIN:VTIMEZONE\r\nTZID:UTC\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0000\r\n"
            "TZOFFSETTO:+0000\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n");
  for (guint i = 0; i < alerts->len; i++)
    put_event (alerts->pdata[i], stamp);
  printf ("END:VCALENDAR\r\n");
}

static void
print_alert (const CaseCommand *command, const StoreAlert *alert)
{
  const char *state = indicator_alert_name (indicator_alert (dk_day_parse (alert->due), command->today));
  if (command->command.json)
    {
      command_print_json (json_pack ("{s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:s}", "id", (json_int_t)alert->id, "number",
                                     alert->number, "due", alert->due, "owner", alert->owner, "text", alert->text,
                                     "state", state, "reason", alert->reason, "about", alert->about));
      return;
    }
  g_autofree char *word = say_text (command->command.language, "case.alert_state", "s", state);
  g_autofree char *owner = command_plain (alert->owner);
  g_autofree char *text = command_plain (alert->text);
  printf ("%" G_GINT64_FORMAT "  %s  %s  %s  %s  %s\n", alert->id, alert->due, word, alert->number, owner, text);
}

/* Before they are listed: docketd does it, too, but it need not run. What is wrong with the rules tells docket status.
 */
static bool
watch_owners (const CaseCommand *command, GError **error)
{
  g_autofree char *actor = command_actor ();
  g_autoptr (Allocation) allocation = allocation_load (command->config, NULL);
  return allocation == NULL || allocation_watch (command->store, allocation, command->settings, actor, error);
}

bool
case_alerts (const CaseCommand *command, const CaseListOptions *options, bool ics, GError **error)
{
  gint64 after = 0;
  if (options->limit < 0
      || (options->after != NULL && !g_ascii_string_to_signed (options->after, 10, 1, G_MAXINT64, &after, NULL)))
    return dk_refuse (error, DK_ERROR_USAGE, "limit", "");
  if (!watch_owners (command, error))
    return false;
  const StoreAlertsFilter filter = { .owner = options->owner, .limit = (unsigned)options->limit, .after = after };
  g_autoptr (GPtrArray) alerts = store_alerts (command->store, &filter, error);
  if (alerts != NULL && ics)
    put_feed (alerts);
  for (guint i = 0; alerts != NULL && !ics && i < alerts->len; i++)
    print_alert (command, alerts->pdata[i]);
  if (alerts != NULL && alerts->len == 0 && !ics && !command->command.json)
    say (command->command.language, "case.no_alert", "");
  return alerts != NULL;
}
