/* docket deadline - the date a clock ends and why, for a person at a terminal or a script. */
#include "cmd/docket_deadline.h"
#include "base/json.h"
#include "base/messages.h"
#include "cmd/command.h"
#include "cmd/docket_commands.h"
#include "store/store.h"
#include <stdio.h>
#include <string.h>

typedef struct
{
  char *policy, *rule, *calendar, *received, *roll, *store, *lang, *number;
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
  g_free (options->number);
  g_strfreev (options->events);
  g_strfreev (options->pauses);
  g_free (options->store);
  g_free (options->lang);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
question_clear (DeadlineQuestion *question)
{
  calendar_free (question->calendar);
  policies_free (question->policies);
  g_clear_pointer (&question->events, g_array_unref);
  g_clear_pointer (&question->pauses, g_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DeadlineQuestion, question_clear)

static bool
check_options (const Options *options, GError **error)
{
  if (options->lang != NULL && !dk_language_known (options->lang))
    return dk_refuse (error, DK_ERROR_USAGE, "lang", "s", options->lang);
  if (options->number != NULL)
    return true;
  if ((options->policy == NULL) == (options->rule == NULL))
    return dk_refuse (error, DK_ERROR_USAGE, "policy_or_rule", "");
  if (options->rule != NULL && options->calendar == NULL)
    return dk_refuse (error, DK_ERROR_USAGE, "rule_calendar", "");
  if (options->received == NULL)
    return dk_refuse (error, DK_ERROR_USAGE, "received", "");
  if (options->policy != NULL && (options->roll != NULL || options->after_hours))
    return dk_refuse (error, DK_ERROR_USAGE, "roll_rule", "");
  if (options->events != NULL && options->policy == NULL)
    return dk_refuse (error, DK_ERROR_USAGE, "event_policy", "");
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
  g_autoptr (GOptionContext) context = g_option_context_new ("[N | lint]");
  g_autoptr (GError) wrong = NULL;
  g_option_context_set_summary (
      context, "Computes the date a clock ends, the day to work by, and why; with N the clocks of that case;\n"
               "lint tells what contradicts in policies/ and calendars/.");
  g_option_context_add_main_entries (context, entries, NULL);
  command_speak (argc, argv);
  if (!g_option_context_parse (context, &argc, &argv, &wrong))
    return command_refuse_option (wrong, "deadline", error);
  if (argc > 2 || (argc == 2 && (options->policy != NULL || options->rule != NULL || options->received != NULL)))
    return dk_refuse (error, DK_ERROR_USAGE, "question_or_case", "");
  options->number = argc == 2 ? g_strdup (argv[1]) : NULL;
  return check_options (options, error);
}

static bool
parse_events (char **texts, GArray *events, GError **error)
{
  for (; texts != NULL && *texts != NULL; texts++)
    {
      const char *date = strchr (*texts, '=');
      ChainEvent event = { 0 };
      if (date == NULL)
        return dk_refuse (error, DK_ERROR_USAGE, "event_form", "s", *texts);
      g_autofree char *name = g_strndup (*texts, (gsize)(date - *texts));
      event.name = g_intern_string (name);
      if (!policy_is_event (name))
        return dk_refuse (error, DK_ERROR_USAGE, "event_word", "ss", *texts, POLICY_EVENTS);
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
        return dk_refuse (error, DK_ERROR_USAGE, "pause_form", "s", *texts);
      g_autofree char *from = g_strndup (*texts, (gsize)(dots - *texts));
      if (!deadline_moment_parse (from, &pause.from, error)
          || (dots[2] != '\0' && !deadline_moment_parse (dots + 2, &pause.to, error)))
        return false;
      if (dots[2] != '\0' && pause.to.day < pause.from.day)
        return dk_refuse (error, DK_ERROR_USAGE, "pause_order", "s", *texts);
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
  return dk_refuse (error, DK_ERROR_USAGE, "roll", "s", options->roll);
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
  bool named = store_named (options->store) != NULL;
  g_autofree char *store = store_find (options->store, named ? error : NULL);
  if (named && store == NULL)
    return NULL;
  g_autofree char *path = store != NULL ? g_steal_pointer (&store) : config_shipped_path ();
  return config_read_store (path, error);
}

static bool
choose_policy (const Options *options, const Config *config, DeadlineQuestion *question, const char **calendar,
               GError **error)
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
prepare (const Options *options, DeadlineQuestion *question, GError **error)
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

static Deadline *compute (const DeadlineQuestion *question, const Policy *policy, GError **error);

/* From where @policy is counted: receipt, an event that --event tells, or the end of another clock of its pack. */
static bool
find_start (const DeadlineQuestion *question, const Policy *policy, DeadlineMoment *start, GError **error)
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
    return dk_refuse (error, DK_ERROR_USAGE, "needs_event", "ssss", policy->pack, policy->kind, policy->from,
                      policy->from);
  g_autofree char *name = g_strconcat (policy->pack, "/", policy->from, NULL);
  const Policy *before = policies_find (question->policies, name, question->received.day, error);
  g_autoptr (Deadline) deadline = before != NULL ? compute (question, before, error) : NULL;
  if (deadline == NULL)
    return false;
  *start = (DeadlineMoment){ deadline->due, -1 };
  return deadline->due != DK_DAY_NONE
         || dk_refuse (error, DK_ERROR_USAGE, "starts_unknown", "sss", policy->pack, policy->kind, name);
}

static Deadline *
compute (const DeadlineQuestion *question, const Policy *policy, GError **error)
{
  DeadlineMoment start;
  bool stops = policy == NULL || policy->stops;
  if (!find_start (question, policy, &start, error))
    return NULL;
  return deadline_of (policy != NULL ? &policy->terms : &question->terms, question->calendar, start, NULL,
                      (const DeadlinePause *)(gpointer)question->pauses->data, stops ? question->pauses->len : 0);
}

static void
print_json (const DeadlineQuestion *question, const Deadline *deadline)
{
  g_autoptr (json_t) object = deadline_json (deadline, question->policy, question->calendar);
  g_autofree char *rule = deadline_rule_format (question->terms.rule);
  json_object_set_new (object, "rule", json_string (rule));
  g_autofree char *line = dk_json_line (object);
  puts (line);
}

static bool
run (int argc, char **argv, bool *missing, GError **error)
{
  g_auto (Options) options = { 0 };
  g_auto (DeadlineQuestion) question = { 0 };
  if (!parse_options (argc, argv, &options, error))
    return false;
  if (g_strcmp0 (options.number, "lint") == 0)
    {
      g_autoptr (Config) config = open_config (&options, error);
      return config != NULL ? deadline_lint (config, dk_language (options.lang), options.json, missing, error)
                            : blame_usage (error);
    }
  if (options.number != NULL)
    return deadline_of_case (options.store, options.number, dk_language (options.lang), options.json, error)
           || blame_usage (error);
  if (!prepare (&options, &question, error))
    return false;
  g_autoptr (Deadline) deadline = compute (&question, question.policy, error);
  if (deadline == NULL)
    return false;
  *missing = deadline->calendar_missing;
  if (options.json)
    print_json (&question, deadline);
  else
    deadline_say (dk_language (options.lang), &question, deadline);
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
