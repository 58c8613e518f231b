/* docket deadline N - the clocks of a case, each version with the days it rests on. */
#include "base/json.h"
#include "cmd/docket_deadline.h"
#include "cmd/say.h"
#include "store/case.h"
#include <stdio.h>
#include <string.h>

static void
print_json (const StoreCase *the_case, const StoreDeadline *row)
{
  g_autoptr (json_t) object = json_pack (
      "{s:s, s:s, s:I, s:s, s:s, s:s, s:s?, s:s?, s:s, s:O}", "case", the_case->number, "kind", row->kind, "version",
      (json_int_t)row->version, "policy_version", row->policy, "calendar_version", row->calendar, "start", row->start,
      "due", row->due, "work_by", row->work_by, "state", row->state, "trace", row->trace);
  g_autofree char *line = dk_json_line (object);
  puts (line);
}

static int
count_steps (const json_t *trace, const char *why, bool only_counted)
{
  int count = 0;
  size_t i;
  const json_t *step;
  json_array_foreach (trace, i, step) count += (!only_counted || json_is_true (json_object_get (step, "counted")))
                                               && (why == NULL || strcmp (dk_json_string (step, "why", ""), why) == 0);
  return count;
}

/* How many days were counted, where the clock counts them one by one, and how many were those of weekends. */
static void
print_counts (const char *language, const json_t *trace)
{
  bool walked = count_steps (trace, "working", true) > 0;
  int weekend = count_steps (trace, "weekend", false);
  if (walked)
    deadline_say_days (language, "counted", "deadline.days", count_steps (trace, NULL, true));
  if (weekend > 0)
    deadline_say_days (language, "skipped", walked ? "deadline.weekends" : "deadline.weekends_work", weekend);
}

/* The holidays and decreed days by name, and whatever else is neither a working day nor a weekend. */
static void
print_steps (const char *language, const json_t *trace)
{
  size_t i;
  const json_t *step;
  json_array_foreach (trace, i, step)
  {
    const char *why = dk_json_string (step, "why", ""), *date = dk_json_string (step, "date", ""),
               *name = strchr (why, ':');
    if (strcmp (why, "working") == 0 || strcmp (why, "work_by") == 0 || strcmp (why, "weekend") == 0
        || g_str_has_prefix (why, "start") || g_str_has_prefix (why, "end"))
      continue;
    g_autofree char *day = say_text (language, "deadline.day", "Ds", dk_day_parse (date), date);
    g_autofree char *text = say_text (language, "deadline.named", "ss", day, name != NULL ? name + 1 : why);
    deadline_say_row (language, json_is_true (json_object_get (step, "counted")) ? "counted" : "skipped", text);
  }
}

static void
print_plain (const char *language, const StoreDeadline *row)
{
  g_autofree char *state = report_label (language, "report.state", row->state);
  g_autofree char *version = g_strdup_printf ("%s (%s, %" G_GINT64_FORMAT ")", row->policy, state, row->version);
  deadline_say_row (language, "policy", version);
  if (row->due != NULL)
    deadline_say_row (language, "due", row->due);
  if (row->work_by != NULL)
    deadline_say_row (language, "work_by", row->work_by);
  deadline_say_row (language, "received", row->start);
  deadline_say_row (language, "calendar", row->calendar);
  print_counts (language, row->trace);
  print_steps (language, row->trace);
  putchar ('\n');
}

bool
deadline_of_case (const char *path, const char *number, const char *language, bool json, GError **error)
{
  g_autofree char *folder = store_find (path, error);
  g_autoptr (Store) store = folder != NULL ? store_open (folder, STORE_DURABLE, error) : NULL;
  g_autoptr (StoreCase) the_case = store != NULL ? say_find_case (language, store, number, false, error) : NULL;
  g_autoptr (GPtrArray) newest = the_case != NULL ? store_deadlines (store, the_case->id, error) : NULL;
  for (guint i = 0; newest != NULL && i < newest->len; i++)
    {
      g_autoptr (StoreDeadline) older = NULL;
      for (const StoreDeadline *row = newest->pdata[i]; row != NULL; row = older)
        {
          if (json)
            print_json (the_case, row);
          else
            print_plain (language, row);
          GError *failed = NULL;
          StoreDeadline *before = store_deadline_before (store, row, &failed);
          store_deadline_free (older);
          older = before;
          if (failed != NULL)
            {
              g_propagate_error (error, failed);
              return false;
            }
        }
    }
  return newest != NULL;
}
