/* docket deadline - the date a clock ends and why, for a person at a terminal or a script. */
#include "base/json.h"
#include "cases/deadline.h"
#include "cmd/docket_commands.h"
#include "store/store.h"
#include <stdio.h>
#include <string.h>

typedef struct
{
  char *policy, *rule, *calendar, *received, *store;
  gboolean json;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->policy);
  g_free (options->rule);
  g_free (options->calendar);
  g_free (options->received);
  g_free (options->store);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* What is asked: everything that the answer is computed from. */
typedef struct
{
  DeadlineRule rule;
  const Policy *policy; /* NULL with --rule */
  Calendar *calendar;
  Policies *policies;
  DkDay received;
  int minutes; /* after midnight, -1 unknown */
} Question;

static void
question_clear (Question *question)
{
  calendar_free (question->calendar);
  policies_free (question->policies);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Question, question_clear)

static bool
check_options (const Options *options, int argc, GError **error)
{
  if (argc > 1)
    return dk_throw (error, DK_ERROR_USAGE, "only options are expected, no further words");
  if ((options->policy == NULL) == (options->rule == NULL))
    return dk_throw (error, DK_ERROR_USAGE, "either --policy PACK/KIND or --rule RULE is needed");
  if (options->rule != NULL && options->calendar == NULL)
    return dk_throw (error, DK_ERROR_USAGE, "--rule needs --calendar, such as --calendar ES-AN");
  if (options->received == NULL)
    return dk_throw (error, DK_ERROR_USAGE, "--received DATE is needed, the day the letter arrived");
  return true;
}

static bool
parse_options (int argc, char **argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "policy", 0, 0, G_OPTION_ARG_STRING, &options->policy, "Duty of a policy pack, such as FR-ACPR/final",
      "PACK/KIND" },
    { "rule", 0, 0, G_OPTION_ARG_STRING, &options->rule,
      "A number joined to h, cd, wd, ouvrables, weeks or months, such as 15wd", "RULE" },
    { "calendar", 0, 0, G_OPTION_ARG_STRING, &options->calendar, "Whose days count; needed with --rule",
      "CC[-REGION]" },
    { "received", 0, 0, G_OPTION_ARG_STRING, &options->received, "Day of receipt, 2026-11-23 or 2026-11-23T09:30",
      "DATE[THH:MM]" },
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &options->store,
      "Store whose calendars and policies count, else that of $DOCKET_STORE or this folder, else those shipped",
      "DIR" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &options->json, "Print one JSON object", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) wrong = NULL;
  g_option_context_set_summary (context, "Computes the date a clock ends, the day to work by, and why.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &wrong))
    return dk_throw (error, DK_ERROR_USAGE, "%s", wrong->message);
  return check_options (options, argc, error);
}

static bool
parse_received (const char *text, DkDay *day, int *minutes, GError **error)
{
  g_autofree char *date = g_strndup (text, strcspn (text, "T"));
  const char *time = text + strlen (date);
  *day = dk_day_parse (date);
  *minutes = -1;
  bool shaped = strlen (time) == 6 && g_ascii_isdigit (time[1]) && g_ascii_isdigit (time[2]) && time[3] == ':'
                && g_ascii_isdigit (time[4]) && g_ascii_isdigit (time[5]);
  int hour = shaped ? (time[1] - '0') * 10 + time[2] - '0' : 0,
      minute = shaped ? (time[4] - '0') * 10 + time[5] - '0' : 0;
  if (*day == DK_DAY_NONE || (*time != '\0' && !shaped) || hour > 23 || minute > 59)
    return dk_throw (error, DK_ERROR_USAGE, "%s is no date; write 2026-11-23 or 2026-11-23T09:30", text);
  if (shaped)
    *minutes = hour * 60 + minute;
  return true;
}

/* What was named on the command line and is not there is wrong usage. Returns false. */
static bool
blame_usage (GError **error)
{
  if (g_error_matches (*error, DK_ERROR, DK_ERROR_NOT_FOUND))
    (*error)->code = DK_ERROR_USAGE;
  return false;
}

static Config *
open_config (const Options *options, GError **error)
{
  g_autofree char *store = store_find (options->store, NULL);
  g_autofree char *path = store != NULL ? g_steal_pointer (&store) : config_shipped_path ();
  return config_read (path, error);
}

static bool
choose_policy (const Options *options, const Config *config, Question *question, const char **calendar, GError **error)
{
  g_autoptr (Settings) settings = settings_load (config, error);
  if (settings == NULL)
    return false;
  question->policies = policies_load (config, error);
  if (question->policies == NULL)
    return false;
  question->policy = policies_find (question->policies, options->policy, question->received, error);
  if (question->policy == NULL)
    return blame_usage (error);
  question->rule = question->policy->rule;
  *calendar = g_intern_string (policy_calendar (question->policy, settings->calendar));
  return true;
}

static bool
prepare (const Options *options, Question *question, GError **error)
{
  const char *calendar = options->calendar;
  if (!parse_received (options->received, &question->received, &question->minutes, error))
    return false;
  if (options->rule != NULL && !deadline_rule_parse (options->rule, &question->rule, error))
    return false;
  g_autoptr (Config) config = open_config (options, error);
  if (config == NULL)
    return blame_usage (error);
  if (options->policy != NULL && !choose_policy (options, config, question, &calendar, error))
    return false;
  if (options->calendar != NULL)
    calendar = options->calendar;
  question->calendar = calendar_load (config, calendar, error);
  return question->calendar != NULL || blame_usage (error);
}

static void
print_json (const Question *question, const Deadline *deadline)
{
  g_autoptr (json_t) object = deadline_json (deadline, question->policy, question->calendar);
  g_autofree char *rule = deadline_rule_format (question->rule);
  json_object_set_new (object, "rule", json_string (rule));
  g_autofree char *line = dk_json_line (object);
  puts (line);
}

static void G_GNUC_PRINTF (2, 3) print_row (const char *label, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  printf ("%-10s", label);
  vprintf (format, args);
  putchar ('\n');
  va_end (args);
}

/* "Tue 2026-12-15". Owned by the caller. */
static char *
day_text (DkDay day)
{
  static const char *const names[] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  g_autofree char *date = dk_day_format (day);
  return g_strdup_printf ("%s %s", names[dk_weekday (day) - 1], date);
}

static void
print_dates (const Question *question, const Deadline *deadline)
{
  g_autofree char *received = day_text (deadline->start);
  if (deadline->calendar_missing)
    {
      const DeadlineStep *last = &g_array_index (deadline->trace, DeadlineStep, deadline->trace->len - 1);
      g_autofree char *lacking = deadline->trace->len > 1 ? day_text (last->day) : NULL;
      const char *code = calendar_code (question->calendar);
      print_row ("due", "not known: calendar %s says nothing of %s; enter the days of that year in calendars/%s.yaml",
                 code, lacking != NULL ? lacking : "so late a day", code);
    }
  else
    {
      g_autofree char *due = day_text (deadline->due);
      g_autofree char *work_by = day_text (deadline->work_by);
      print_row ("due", "%s%s%s", due, deadline->due_time != NULL ? ", " : "",
                 deadline->due_time != NULL ? deadline->due_time : "");
      print_row ("work by", "%s", work_by);
    }
  const DeadlineStep *start = &g_array_index (deadline->trace, DeadlineStep, 0);
  if (question->rule.unit == DEADLINE_HOURS && g_str_has_prefix (start->why, "start:"))
    print_row ("received", "%s (the hours run from here)", start->why + strlen ("start:"));
  else
    print_row ("received", "%s (this day is not counted)", received);
}

static void
print_rule (const Question *question)
{
  g_autofree char *rule = deadline_rule_format (question->rule);
  DkDay from, to;
  calendar_cover (question->calendar, &from, &to);
  g_autofree char *first = dk_day_format (from);
  g_autofree char *last = dk_day_format (to);
  print_row ("rule", "%s", rule);
  if (question->policy != NULL)
    {
      print_row ("policy", "%s%s", question->policy->version, question->policy->conditional ? " (conditional)" : "");
      if (*question->policy->note != '\0')
        print_row ("", "%s", question->policy->note);
      print_row ("source", "%s", question->policy->source);
    }
  print_row ("calendar", "%s (covers %s to %s)", calendar_version (question->calendar), first, last);
}

/* The days counted and the weekends as numbers, every holiday and every decreed working day by name. */
static void
print_trace (const Question *question, const Deadline *deadline)
{
  bool walked = question->rule.unit == DEADLINE_WD || question->rule.unit == DEADLINE_OUVRABLES;
  int counted = 0, weekend = 0;
  for (guint i = 0; i < deadline->trace->len; i++)
    {
      const DeadlineStep *step = &g_array_index (deadline->trace, DeadlineStep, i);
      counted += step->counted;
      weekend += strcmp (step->why, "weekend") == 0;
    }
  if (walked)
    print_row ("counted", "%d %s", counted, counted == 1 ? "day" : "days");
  if (weekend > 0)
    print_row ("skipped", "%d %s of weekends%s", weekend, weekend == 1 ? "day" : "days", walked ? "" : ", for work by");
  for (guint i = 0; i < deadline->trace->len; i++)
    {
      const DeadlineStep *step = &g_array_index (deadline->trace, DeadlineStep, i);
      bool extra = g_str_has_prefix (step->why, "extra_work:");
      g_autofree char *day = day_text (step->day);
      if (extra || g_str_has_prefix (step->why, "holiday:"))
        print_row (extra ? "counted" : "skipped", "%s: %s", day, strchr (step->why, ':') + 1);
    }
}

static bool
run (int argc, char **argv, bool *missing, GError **error)
{
  g_auto (Options) options = { 0 };
  g_auto (Question) question = { 0 };
  if (!parse_options (argc, argv, &options, error) || !prepare (&options, &question, error))
    return false;
  g_autoptr (Deadline) deadline
      = deadline_compute (question.rule, question.calendar, question.received, question.minutes, NULL);
  *missing = deadline->calendar_missing;
  if (options.json)
    print_json (&question, deadline);
  else
    {
      print_dates (&question, deadline);
      print_rule (&question);
      print_trace (&question, deadline);
    }
  return true;
}

int
docket_deadline (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  bool missing = false;
  g_set_prgname ("docket deadline");
  if (!run (argc, argv, &missing, &error))
    {
      bool placed = g_error_matches (error, DK_ERROR, DK_ERROR_CONFIG); /* begins with file:line:column */
      fprintf (stderr, "%s%s\n", placed ? "" : "docket deadline: ", error->message);
      return dk_exit_status (error);
    }
  return missing ? 1 : 0;
}
