/* docket deadline - the date a clock ends and why, for a person at a terminal or a script. */
#include "base/json.h"
#include "cases/deadline_chain.h"
#include "cmd/docket_commands.h"
#include "cmd/say.h"
#include "store/store.h"
#include <stdio.h>
#include <string.h>

typedef struct
{
  char *policy, *rule, *calendar, *received, *roll, *store, *lang;
  char **events, **pauses;
  gboolean after_hours, json;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->policy);
  g_free (options->rule);
  g_free (options->calendar);
  g_free (options->received);
  g_free (options->roll);
  g_strfreev (options->events);
  g_strfreev (options->pauses);
  g_free (options->store);
  g_free (options->lang);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* What is asked: everything that the answer is computed from. */
typedef struct
{
  DeadlineTerms terms;
  const Policy *policy; /* NULL with --rule */
  Calendar *calendar;
  Policies *policies;
  DeadlineMoment received;
  GArray *events; /* of ChainEvent */
  GArray *pauses; /* of DeadlinePause */
} Question;

static void
question_clear (Question *question)
{
  calendar_free (question->calendar);
  policies_free (question->policies);
  g_clear_pointer (&question->events, g_array_unref);
  g_clear_pointer (&question->pauses, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Question, question_clear)

static bool
check_options (const Options *options, int argc, GError **error)
{
  if (argc > 1)
    return dk_throw (error, DK_ERROR_USAGE, "only options are expected, no further words");
  if (options->lang != NULL && !dk_language_known (options->lang))
    return dk_throw (error, DK_ERROR_USAGE, "--lang %s: docket speaks en, fr, es and hu", options->lang);
  if ((options->policy == NULL) == (options->rule == NULL))
    return dk_throw (error, DK_ERROR_USAGE, "either --policy PACK/KIND or --rule RULE is needed");
  if (options->rule != NULL && options->calendar == NULL)
    return dk_throw (error, DK_ERROR_USAGE, "--rule needs --calendar, such as --calendar ES-AN");
  if (options->received == NULL)
    return dk_throw (error, DK_ERROR_USAGE, "--received DATE is needed, the day the letter arrived");
  if (options->policy != NULL && (options->roll != NULL || options->after_hours))
    return dk_throw (error, DK_ERROR_USAGE, "--roll and --after-hours go with --rule; a policy says what its law says");
  if (options->events != NULL && options->policy == NULL)
    return dk_throw (error, DK_ERROR_USAGE, "--event goes with --policy: only its clocks start at events");
  return true;
}

static bool
parse_options (int argc, char **argv, Options *options, GError **error)
{
  const GOptionEntry entries[] = {
    { "policy", 0, 0, G_OPTION_ARG_STRING, &options->policy, "Duty of a policy pack, such as FR-ACPR/final",
      "PACK/KIND" },
    { "rule", 0, 0, G_OPTION_ARG_STRING, &options->rule,
      "A number joined to h, wh, cd, wd, ouvrables, weeks or months, such as 15wd", "RULE" },
    { "calendar", 0, 0, G_OPTION_ARG_STRING, &options->calendar, "Whose days count; needed with --rule",
      "CC[-REGION[-TOWN]]" },
    { "received", 0, 0, G_OPTION_ARG_STRING, &options->received, "Day of receipt, 2026-11-23 or 2026-11-23T09:30",
      "DATE[THH:MM]" },
    { "event", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->events,
      "What has happened since, such as ack=2026-11-25; may be given again", "EVENT=DATE[THH:MM]" },
    { "pause", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->pauses,
      "A time in which the customer was waited for, open where it lasts; may be given again", "FROM..[TO]" },
    { "roll", 0, 0, G_OPTION_ARG_STRING, &options->roll,
      "Where an end on a day off moves with --rule: next, previous or none, which is the default", "WAY" },
    { "after-hours", 0, 0, G_OPTION_ARG_NONE, &options->after_hours,
      "With --rule: what comes on a day off or after closing has come on the next working day", NULL },
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &options->store,
      "Store whose calendars and policies count, else that of $DOCKET_STORE or this folder, else those shipped",
      "DIR" },
    { "lang", 0, 0, G_OPTION_ARG_STRING, &options->lang,
      "Language of sentences: en fr es hu; else that of the environment", "L" },
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
parse_events (char **texts, GArray *events, GError **error)
{
  for (; texts != NULL && *texts != NULL; texts++)
    {
      const char *date = strchr (*texts, '=');
      ChainEvent event = { 0 };
      if (date == NULL)
        return dk_throw (error, DK_ERROR_USAGE, "--event %s: write EVENT=DATE, such as ack=2026-11-25", *texts);
      g_autofree char *name = g_strndup (*texts, (gsize)(date - *texts));
      event.name = g_intern_string (name);
      if (!policy_is_event (name))
        return dk_throw (error, DK_ERROR_USAGE, "--event %s: events are " POLICY_EVENTS, *texts);
      if (!deadline_moment_parse (date + 1, &event.at, error))
        return false;
      g_array_append_val (events, event);
    }
  return true;
}

static bool
parse_pauses (char **texts, GArray *pauses, GError **error)
{
  for (; texts != NULL && *texts != NULL; texts++)
    {
      const char *dots = strstr (*texts, "..");
      DeadlinePause pause = { .to = { DK_DAY_NONE, -1 } };
      if (dots == NULL)
        return dk_throw (error, DK_ERROR_USAGE, "--pause %s: write FROM..TO, or FROM.. while it lasts", *texts);
      g_autofree char *from = g_strndup (*texts, (gsize)(dots - *texts));
      if (!deadline_moment_parse (from, &pause.from, error)
          || (dots[2] != '\0' && !deadline_moment_parse (dots + 2, &pause.to, error)))
        return false;
      if (dots[2] != '\0' && pause.to.day < pause.from.day)
        return dk_throw (error, DK_ERROR_USAGE, "--pause %s: it ends before it begins", *texts);
      g_array_append_val (pauses, pause);
    }
  return true;
}

static bool
parse_terms (const Options *options, DeadlineTerms *terms, GError **error)
{
  static const char *const rolls[] = { "none", "next", "previous" };
  if (options->rule == NULL)
    return true;
  if (!deadline_rule_parse (options->rule, &terms->rule, error))
    return false;
  terms->after_hours = options->after_hours;
  for (gsize i = 0; i < G_N_ELEMENTS (rolls); i++)
    if (options->roll == NULL || strcmp (rolls[i], options->roll) == 0)
      {
        terms->roll = (DeadlineRoll)i;
        return true;
      }
  return dk_throw (error, DK_ERROR_USAGE, "--roll %s: an end moves next, previous or none", options->roll);
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
  question->policy = policies_find (question->policies, options->policy, question->received.day, error);
  if (question->policy == NULL)
    return blame_usage (error);
  question->terms = question->policy->terms;
  *calendar = g_intern_string (policy_calendar (question->policy, settings->calendar));
  return true;
}

static bool
prepare (const Options *options, Question *question, GError **error)
{
  const char *calendar = options->calendar;
  question->events = g_array_new (FALSE, FALSE, sizeof (ChainEvent));
  question->pauses = g_array_new (FALSE, FALSE, sizeof (DeadlinePause));
  if (!deadline_moment_parse (options->received, &question->received, error)
      || !parse_events (options->events, question->events, error)
      || !parse_pauses (options->pauses, question->pauses, error) || !parse_terms (options, &question->terms, error))
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

static Deadline *compute (const Question *question, const Policy *policy, GError **error);

/* From where @policy is counted: receipt, an event that --event tells, or the end of another clock of its pack. */
static bool
find_start (const Question *question, const Policy *policy, DeadlineMoment *start, GError **error)
{
  *start = question->received;
  if (policy == NULL || policy->from == NULL)
    return true;
  for (guint i = 0; !policy->from_end && i < question->events->len; i++)
    {
      const ChainEvent *event = &g_array_index (question->events, ChainEvent, i);
      *start = event->at;
      if (strcmp (event->name, policy->from) == 0)
        return true;
    }
  if (!policy->from_end)
    return dk_throw (error, DK_ERROR_USAGE, "%s/%s is counted from the day of %s: add --event %s=DATE", policy->pack,
                     policy->kind, policy->from, policy->from);
  g_autofree char *name = g_strconcat (policy->pack, "/", policy->from, NULL);
  const Policy *before = policies_find (question->policies, name, question->received.day, error);
  g_autoptr (Deadline) deadline = before != NULL ? compute (question, before, error) : NULL;
  if (deadline == NULL)
    return false;
  *start = (DeadlineMoment){ deadline->due, -1 };
  return deadline->due != DK_DAY_NONE
         || dk_throw (error, DK_ERROR_USAGE, "%s/%s starts at the end of %s, which is not known", policy->pack,
                      policy->kind, name);
}

static Deadline *
compute (const Question *question, const Policy *policy, GError **error)
{
  DeadlineMoment start;
  bool stops = policy == NULL || policy->stops;
  if (!find_start (question, policy, &start, error))
    return NULL;
  return deadline_of (policy != NULL ? &policy->terms : &question->terms, question->calendar, start, NULL,
                      (const DeadlinePause *)(gpointer)question->pauses->data, stops ? question->pauses->len : 0);
}

static void
print_json (const Question *question, const Deadline *deadline)
{
  g_autoptr (json_t) object = deadline_json (deadline, question->policy, question->calendar);
  g_autofree char *rule = deadline_rule_format (question->terms.rule);
  json_object_set_new (object, "rule", json_string (rule));
  g_autofree char *line = dk_json_line (object);
  puts (line);
}

/* As many columns as the longest label of the language needs, and one between. */
static int
label_columns (const char *language)
{
  static const char *const keys[]
      = { "due", "work_by", "received", "rule", "policy", "source", "calendar", "counted", "skipped" };
  glong columns = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      g_autofree char *key = g_strconcat ("deadline.", keys[i], NULL);
      g_autofree char *label = say_text (language, key, "");
      columns = MAX (columns, g_utf8_strlen (label, -1));
    }
  return (int)columns + 2;
}

/* @key "" stands for no label. */
static void
print_row (const char *language, const char *key, const char *text)
{
  g_autofree char *full = g_strconcat ("deadline.", key, NULL);
  g_autofree char *label = *key != '\0' ? say_text (language, full, "") : g_strdup ("");
  int blanks = label_columns (language) - (int)g_utf8_strlen (label, -1);
  printf ("%s%*s%s\n", label, blanks, "", text);
}

/* "Tue 2026-12-15". Owned by the caller. */
static char *
day_text (const char *language, DkDay day)
{
  g_autofree char *date = dk_day_format (day);
  return say_text (language, "deadline.day", "Ds", day, date);
}

/* Where the days it rests on are not all decreed yet. */
static void
print_provisional (const char *language, const Question *question, const Deadline *deadline)
{
  if (!deadline->expected)
    return;
  g_autofree char *from = day_text (language, calendar_published (question->calendar) + 1);
  g_autofree char *text = say_text (language, "deadline.expected", "s", from);
  print_row (language, "", text);
}

static void
print_end (const char *language, const Question *question, const Deadline *deadline)
{
  if (deadline->suspended)
    {
      g_autofree char *text = say_text (language, "deadline.suspended", "");
      print_row (language, "due", text);
      return;
    }
  if (deadline->calendar_missing)
    {
      const DeadlineStep *last = &g_array_index (deadline->trace, DeadlineStep, deadline->trace->len - 1);
      g_autofree char *lacking
          = deadline->trace->len > 1 ? day_text (language, last->day) : say_text (language, "deadline.late", "");
      g_autofree char *text = say_text (language, "deadline.none", "ss", calendar_code (question->calendar), lacking);
      print_row (language, "due", text);
      return;
    }
  g_autofree char *day = day_text (language, deadline->due);
  g_autofree char *due
      = deadline->due_time != NULL ? g_strconcat (day, ", ", deadline->due_time, NULL) : g_strdup (day);
  g_autofree char *work_by = day_text (language, deadline->work_by);
  print_row (language, "due", due);
  print_row (language, "work_by", work_by);
  print_provisional (language, question, deadline);
}

static void
print_start (const char *language, const Deadline *deadline)
{
  const DeadlineStep *start = &g_array_index (deadline->trace, DeadlineStep, 0);
  bool hours = g_str_has_prefix (start->why, "start:");
  g_autofree char *day = hours ? g_strdup (start->why + strlen ("start:")) : day_text (language, deadline->start);
  g_autofree char *text = say_text (language, hours ? "deadline.from_hour" : "deadline.from_day", "s", day);
  print_row (language, "received", text);
}

static void
print_rule (const char *language, const Question *question)
{
  g_autofree char *rule = deadline_rule_format (question->terms.rule);
  DkDay from, to;
  calendar_cover (question->calendar, &from, &to);
  g_autofree char *first = dk_day_format (from);
  g_autofree char *last = dk_day_format (to);
  g_autofree char *covers
      = say_text (language, "deadline.covers", "sss", calendar_version (question->calendar), first, last);
  print_row (language, "rule", rule);
  if (question->policy != NULL)
    {
      const Policy *policy = question->policy;
      g_autofree char *version = policy->conditional ? say_text (language, "deadline.conditional", "s", policy->version)
                                                     : g_strdup (policy->version);
      print_row (language, "policy", version);
      if (*policy->note != '\0')
        print_row (language, "", policy->note);
      print_row (language, "source", policy->source);
      g_autofree char *never = say_text (language, "deadline.never_stops", "");
      if (!policy->stops && question->pauses->len > 0)
        print_row (language, "", never);
    }
  print_row (language, "calendar", covers);
}

static void
print_days (const char *language, const char *label, const char *key, int days)
{
  g_autofree char *text = say_text (language, key, "d", days);
  print_row (language, label, text);
}

/* The days counted and the weekends as numbers, every holiday and every decreed working day by name. */
static void
print_trace (const char *language, const Question *question, const Deadline *deadline)
{
  DeadlineUnit unit = question->terms.rule.unit;
  bool walked = unit == DEADLINE_WD || unit == DEADLINE_OUVRABLES;
  int counted = 0, weekend = 0, paused = 0;
  for (guint i = 0; i < deadline->trace->len; i++)
    {
      const DeadlineStep *step = &g_array_index (deadline->trace, DeadlineStep, i);
      counted += step->counted;
      weekend += strcmp (step->why, "weekend") == 0;
      paused += strcmp (step->why, "paused") == 0;
    }
  if (walked)
    print_days (language, "counted", "deadline.days", counted);
  if (weekend > 0)
    print_days (language, "skipped", walked ? "deadline.weekends" : "deadline.weekends_work", weekend);
  if (paused > 0)
    print_days (language, "skipped", "deadline.paused", paused);
  for (guint i = 0; i < deadline->trace->len; i++)
    {
      const DeadlineStep *step = &g_array_index (deadline->trace, DeadlineStep, i);
      bool extra = g_str_has_prefix (step->why, "extra_work:"), expected = g_str_has_prefix (step->why, "expected:"),
           open = g_str_has_prefix (step->why, "open:");
      g_autofree char *day = day_text (language, step->day);
      if (!extra && !expected && !open && !g_str_has_prefix (step->why, "holiday:"))
        continue;
      g_autofree char *text = say_text (language, "deadline.named", "ss", day, strchr (step->why, ':') + 1);
      print_row (language, extra || open || (expected && walked) ? "counted" : "skipped", text);
    }
}

static void
print_plain (const char *language, const Question *question, const Deadline *deadline)
{
  print_end (language, question, deadline);
  print_start (language, deadline);
  print_rule (language, question);
  print_trace (language, question, deadline);
}

static bool
run (int argc, char **argv, bool *missing, GError **error)
{
  g_auto (Options) options = { 0 };
  g_auto (Question) question = { 0 };
  if (!parse_options (argc, argv, &options, error) || !prepare (&options, &question, error))
    return false;
  g_autoptr (Deadline) deadline = compute (&question, question.policy, error);
  if (deadline == NULL)
    return false;
  *missing = deadline->calendar_missing;
  if (options.json)
    print_json (&question, deadline);
  else
    print_plain (dk_language (options.lang), &question, deadline);
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
