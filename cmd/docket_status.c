/* docket status - what runs, waits, is in doubt. */
#include "base/file.h"
#include "base/limits.h"
#include "base/sandbox.h"
#include "capture/left.h"
#include "cases/allocation.h"
#include "cases/outlook.h"
#include "cmd/command.h"
#include "cmd/docket_commands.h"
#include "cmd/say.h"
#include "index/index.h"
#include "pipeline/configuration.h"
#include "pipeline/customers.h"
#include "pipeline/stages.h"
#include "reports/measure.h"
#include "store/audit.h"
#include "store/blind.h"
#include "store/document.h"
#include "store/example.h"
#include "store/model.h"
#include "store/queue.h"
#include "store/receipt.h"
#include "store/versions.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define LEFT_NAMED 100 /* of what lies in the drop folders */
#define LEFT_SHOWN 10

static json_t *
sandbox_json (void)
{
  SandboxFacts facts = sandbox_probe ();
  json_t *missing = json_array ();
  if (!facts.seccomp)
    json_array_append_new (missing, json_string ("seccomp"));
  if (!facts.rlimits)
    json_array_append_new (missing, json_string ("rlimits"));
  if (!facts.no_new_privs)
    json_array_append_new (missing, json_string ("no_new_privs"));
  if (facts.landlock_abi == 0)
    json_array_append_new (missing, json_string ("landlock"));
  if (!facts.namespaces)
    json_array_append_new (missing, json_string ("namespaces"));
  return json_pack ("{s:b, s:b, s:b, s:i, s:b, s:b, s:o}", "seccomp", facts.seccomp, "rlimits", facts.rlimits,
                    "no_new_privs", facts.no_new_privs, "landlock", facts.landlock_abi, "namespaces", facts.namespaces,
                    "sufficient", sandbox_is_sufficient (&facts), "missing", missing);
}

/* The concepts of docket's own schemes that no file of the store has. */
static json_t *
completed_json (const PipelineConfiguration *files)
{
  json_t *list = json_array ();
  const char *const *schemes = files != NULL ? vocabulary_schemes (files->vocabulary) : NULL;
  for (; schemes != NULL && *schemes != NULL; schemes++)
    {
      const GPtrArray *concepts = vocabulary_concepts (files->vocabulary, *schemes);
      for (guint i = 0; i < concepts->len; i++)
        {
          const Concept *concept = concepts->pdata[i];
          if (concept->completed)
            json_array_append_new (list, json_pack ("{s:s, s:s}", "scheme", *schemes, "concept", concept->id));
        }
    }
  return list;
}

/* The version in force, and whether the files say something else or something wrong. */
static bool
configuration_json (Store *store, json_t **object, GError **error)
{
  int64_t id;
  g_autoptr (Config) in_force = NULL;
  g_autoptr (GError) wrong = NULL;
  if (!store_config_current (store, &id, &in_force, error))
    return false;
  g_autoptr (Config) files = config_read_store (store_path (store), &wrong);
  g_autoptr (PipelineConfiguration) valid = files != NULL ? pipeline_configuration_load (files, &wrong) : NULL;
  if (valid != NULL && !pipeline_customers_check (store, valid->settings, true, &wrong))
    g_clear_pointer (&valid, pipeline_configuration_free);
  const char *state = valid == NULL                                                                       ? "invalid"
                      : in_force != NULL && strcmp (config_digest (files), config_digest (in_force)) == 0 ? "ok"
                                                                                                          : "changed";
  *object = json_pack ("{s:I, s:s, s:o, s:o}", "version", (json_int_t)id, "state", state, "error",
                       dk_json_text (wrong != NULL ? wrong->message : NULL), "completed", completed_json (valid));
  return true;
}

static bool
queue_json (Store *store, json_t **list, GError **error)
{
  g_autoptr (GArray) waiting = store_queue (store, error);
  if (waiting == NULL)
    return false;
  *list = json_array ();
  for (guint i = 0; i < waiting->len; i++)
    {
      const StoreQueued *queued = &g_array_index (waiting, StoreQueued, i);
      const char *name = pipeline_stage_name (queued->stage);
      size_t k;
      json_t *known, *same = NULL;
      json_array_foreach (*list, k, known) if (strcmp (dk_json_string (known, "stage", ""), name) == 0) same = known;
      if (same == NULL)
        json_array_append_new (*list, json_pack ("{s:s, s:I, s:I}", "stage", name, "count", (json_int_t)queued->count,
                                                 "oldest_s", (json_int_t)queued->oldest_s));
      else
        json_object_update_new (
            same, json_pack ("{s:I, s:I}", "count", (json_int_t)(dk_json_int (same, "count", 0) + queued->count),
                             "oldest_s", (json_int_t)MAX (dk_json_int (same, "oldest_s", 0), queued->oldest_s)));
    }
  return true;
}

/* For how many seconds a training runs, null where none does. */
static json_t *
training_json (Store *store)
{
  int64_t since_us;
  if (!store_training_runs (store, &since_us))
    return json_null ();
  return json_integer (MAX (0, dk_now_us () - since_us) / G_USEC_PER_SEC);
}

/* The model that judges, how much was said since it was made, and how the last training ended. */
static bool
model_json (Store *store, json_t **object, GError **error)
{
  int64_t id, newer, newest;
  g_autofree char *last = NULL;
  g_autoptr (GPtrArray) models = store_models (store, error);
  if (models == NULL || !store_model_current (store, &id, NULL, error)
      || !store_examples_new (store, &newer, &newest, error) || !store_training_outcome (store, 0, &last, error))
    return false;
  g_autofree char *name = store_model_name (store, id, error);
  if (name == NULL)
    return false;
  const StoreModel *model = NULL;
  for (guint i = 0; i < models->len; i++)
    if (((const StoreModel *)models->pdata[i])->in_force)
      model = models->pdata[i];
  *object = json_pack ("{s:I, s:s, s:I, s:I, s:o, s:o}", "version", (json_int_t)id, "name", name, "corrections",
                       (json_int_t)(model != NULL ? model->corrections : 0), "new", (json_int_t)newer, "training_s",
                       training_json (store), "last_training", dk_json_text (last));
  return true;
}

static json_t *
blind_count_json (const StoreBlindCount *count)
{
  double low = 0, high = 1;
  if (count->n > 0)
    report_wilson (count->wrong, count->n, &low, &high);
  json_t *object = json_pack ("{s:I, s:I, s:o, s:f, s:f}", "n", (json_int_t)count->n, "wrong", (json_int_t)count->wrong,
                              "rate", count->n > 0 ? json_real ((double)count->wrong / (double)count->n) : json_null (),
                              "low", low, "high", high);
  if (count->kind[0] != '\0')
    json_object_set_new (object, "kind", json_string (count->kind));
  return object;
}

static bool
blind_json (Store *store, json_t **object, GError **error)
{
  g_autoptr (GArray) counts = store_blind_counts (store, error);
  if (counts == NULL)
    return false;
  json_t *kinds = json_array ();
  for (guint i = 1; i < counts->len; i++)
    json_array_append_new (kinds, blind_count_json (&g_array_index (counts, StoreBlindCount, i)));
  *object = blind_count_json (&g_array_index (counts, StoreBlindCount, 0));
  json_object_set_new (*object, "kinds", kinds);
  return true;
}

/* Owners of open cases who are no users. */
static bool
unowned_json (Store *store, const Config *config, json_t **list, GError **error)
{
  g_autoptr (Allocation) allocation = allocation_load (config, error);
  g_autoptr (GPtrArray) unowned = allocation != NULL ? allocation_unowned (store, allocation, error) : NULL;
  if (unowned == NULL)
    return false;
  *list = json_array ();
  for (guint i = 0; i < unowned->len; i++)
    {
      const StoreLoad *load = unowned->pdata[i];
      json_array_append_new (*list, json_pack ("{s:s, s:I}", "owner", load->owner, "cases", (json_int_t)load->open));
    }
  return true;
}

/* What is in force: the files where they are valid, else the last version that was; NULL where there is none. */
static PipelineConfiguration *
rules_in_force (Store *store, Config *files)
{
  int64_t id;
  g_autoptr (Config) last = NULL;
  PipelineConfiguration *valid = pipeline_configuration_load (files, NULL);
  if (valid != NULL || !store_config_current (store, &id, &last, NULL) || last == NULL)
    return valid;
  return pipeline_configuration_load (last, NULL);
}

/* Where the calendars end too early for letters of the next weeks. */
static bool
calendars_json (Store *store, Config *files, json_t **list, GError **error)
{
  DkDay today;
  g_autoptr (PipelineConfiguration) valid = rules_in_force (store, files);
  g_autoptr (Policies) policies = valid != NULL ? policies_load (valid->config, error) : NULL;
  *list = json_array ();
  if (policies == NULL)
    return valid == NULL;
  if (!dk_day_in_zone (dk_now_us (), valid->settings->zone, &today, error))
    return false;
  g_autoptr (GArray) gaps = outlook_gaps (valid->config, policies, valid->settings, today, error);
  if (gaps == NULL)
    return false;
  for (guint i = 0; i < gaps->len; i++)
    {
      const OutlookGap *gap = &g_array_index (gaps, OutlookGap, i);
      g_autofree char *from = dk_day_format (gap->from), *last = dk_day_format (gap->last);
      json_array_append_new (*list, json_pack ("{s:s, s:s, s:s, s:s, s:s, s:s}", "calendar", gap->file, "key", gap->key,
                                               "last", last, "from", from, "policy", gap->policy, "state", gap->state));
    }
  return true;
}

static json_t *
left_json (const GPtrArray *left)
{
  json_t *list = json_array ();
  for (guint i = 0; i < MIN (left->len, LEFT_NAMED); i++)
    {
      const CaptureLeft *one = left->pdata[i];
      g_autofree char *since = dk_time_format (one->since_s * G_USEC_PER_SEC);
      json_array_append_new (list, json_pack ("{s:o, s:s, s:s}", "path", dk_json_text (one->path), "why",
                                              capture_left_code (one->why), "since", since));
    }
  return list;
}

static json_t *
status_json (Store *store, GError **error)
{
  int64_t in_flight = 0, recognised = 0, equal = 0;
  StoreCounts counts;
  g_autoptr (Config) config = command_config (store, error);
  g_autoptr (Settings) settings = config != NULL ? settings_load (config, error) : NULL;
  if (settings == NULL)
    return NULL;
  g_autoptr (GPtrArray) left = capture_left (store, settings, LEFT_NAMED); /* before the receipts: a file on its way is
                                                                              in one of them */
  unsigned waiting = capture_left_waiting (left);
  g_autoptr (json_t) configuration = NULL, queue = NULL, model = NULL, blind = NULL, unowned = NULL, calendars = NULL;
  if (!store_receipts_in_flight (store, NULL, &in_flight, error) || !store_counts (store, &counts, error)
      || !store_pages_equal (store, &recognised, &equal, error) || !configuration_json (store, &configuration, error)
      || !queue_json (store, &queue, error) || !model_json (store, &model, error) || !blind_json (store, &blind, error)
      || !unowned_json (store, config, &unowned, error) || !calendars_json (store, config, &calendars, error))
    return NULL;
  return json_pack (
      "{s:b, s:I, s:i, s:i, s:o, s:O, s:I, s:I, s:I, s:I, s:{s:I, s:I}, s:I, s:o, s:O, s:O, s:O, s:O, s:O}", "running",
      store_pipeline_is_locked (store), "in_flight", (json_int_t)in_flight, "waiting", (int)waiting, "not_taken",
      (int)(left->len - waiting), "left", left_json (left), "queue", queue, "review", (json_int_t)counts.review,
      "urgent", (json_int_t)counts.urgent, "quarantine", (json_int_t)counts.quarantine, "index_lag",
      (json_int_t)counts.to_index, "pages", "recognised", (json_int_t)recognised, "equal", (json_int_t)equal,
      "free_bytes", (json_int_t)dk_free_bytes (store_dir (store)), "sandbox", sandbox_json (), "configuration",
      configuration, "model", model, "blind", blind, "unowned", unowned, "calendars", calendars);
}

static void
print_room (const char *language, int64_t bytes)
{
  say_count (language, "status.free", bytes / 1000000);
  if (bytes < (int64_t)LIMITS_FREE_BYTES)
    say (language, "status.no_room", "l", (int64_t)(LIMITS_FREE_BYTES / 1000000));
}

static void
print_queue (const char *language, const json_t *queue)
{
  size_t i;
  const json_t *item;
  json_array_foreach (queue, i, item)
  {
    int64_t count = dk_json_int (item, "count", 0);
    g_autofree char *key = g_strconcat ("status.stage.", dk_json_string (item, "stage", ""), NULL);
    g_autofree char *since = say_duration (language, dk_json_int (item, "oldest_s", 0));
    g_autofree char *words = say_text (language, key, "ls", count, since);
    printf ("%8" G_GINT64_FORMAT " %s\n", count, words);
  }
}

/* What lies in the drop folders, and why it does. */
static void
print_left (const char *language, const json_t *status)
{
  size_t i;
  const json_t *one;
  int64_t not_taken = dk_json_int (status, "not_taken", 0), all = not_taken + dk_json_int (status, "waiting", 0);
  if (not_taken > 0)
    say_count (language, "status.not_taken", not_taken);
  json_array_foreach (json_object_get (status, "left"), i, one)
  {
    g_autofree char *path = command_plain (dk_json_string (one, "path", ""));
    g_autofree char *key = g_strconcat ("status.left.", dk_json_string (one, "why", ""), NULL);
    g_autofree char *text = say_text (language, key, "s", path);
    if (i < LEFT_SHOWN)
      printf ("         %s\n", text);
  }
  if (all > LEFT_SHOWN)
    say_count (language, "status.left.more", all - LEFT_SHOWN);
}

static void
print_training (const char *language, const json_t *model)
{
  int64_t seconds = dk_json_int (model, "training_s", -1);
  g_autofree char *how_long = say_duration (language, seconds);
  if (seconds >= 0)
    say (language, "status.model.training", "s", how_long);
}

static void
print_learning (const char *language, const json_t *model, const json_t *blind)
{
  static const char *const told[] = { "kept_out", "failed", "unusable" };
  const char *last = dk_json_string (model, "last_training", "");
  say (language, dk_json_int (model, "version", 0) > 0 ? "status.model.taught" : "status.model.seed", "lsll",
       dk_json_int (model, "version", 0), dk_json_string (model, "name", ""), dk_json_int (model, "corrections", 0),
       dk_json_int (model, "new", 0));
  print_training (language, model);
  for (gsize i = 0; i < G_N_ELEMENTS (told); i++)
    if (strcmp (last, told[i]) == 0)
      {
        g_autofree char *key = g_strconcat ("status.model.", last, NULL);
        say (language, key, "");
      }
  if (dk_json_int (blind, "n", 0) > 0)
    say (language, "status.blind", "llfff", dk_json_int (blind, "wrong", 0), dk_json_int (blind, "n", 0),
         dk_json_real (blind, "rate", 0), dk_json_real (blind, "low", 0), dk_json_real (blind, "high", 1));
}

static void
print_unowned (const char *language, const char *owner, int64_t cases)
{
  if (*owner == '\0')
    say (language, "status.nobodys", "l", cases);
  else
    say (language, "status.unowned", "sl", owner, cases);
}

static void
print_calendar (const char *language, const json_t *gap)
{
  g_autofree char *key = g_strconcat ("status.calendar.", dk_json_string (gap, "state", ""), NULL);
  DkDay last = dk_day_parse (dk_json_string (gap, "last", "")), from = dk_day_parse (dk_json_string (gap, "from", ""));
  say (language, key, "DsDsls", from, dk_json_string (gap, "policy", ""), last, dk_json_string (gap, "calendar", ""),
       (int64_t)dk_date (last + 1).year, dk_json_string (gap, "key", ""));
}

static void
print_status (const char *language, const json_t *status)
{
  static const char *const numbers[] = { "in_flight", "waiting", "review", "urgent", "quarantine", "index_lag" };
  const json_t *configuration = json_object_get (status, "configuration"), *item;
  size_t i;
  say (language, dk_json_bool (status, "running", false) ? "status.running" : "status.stopped", "");
  for (gsize k = 0; k < G_N_ELEMENTS (numbers); k++)
    {
      g_autofree char *key = g_strconcat ("status.", numbers[k], NULL);
      say_count (language, key, dk_json_int (status, numbers[k], 0));
    }
  print_left (language, status);
  print_queue (language, json_object_get (status, "queue"));
  print_room (language, dk_json_int (status, "free_bytes", 0));
  g_autofree char *state = g_strconcat ("status.configuration.", dk_json_string (configuration, "state", ""), NULL);
  say (language, state, "l", dk_json_int (configuration, "version", 0));
  if (dk_json_string (configuration, "error", NULL) != NULL)
    printf ("  %s\n", dk_json_string (configuration, "error", ""));
  size_t completed = json_array_size (json_object_get (configuration, "completed"));
  if (completed > 0)
    say (language, "vocab.completed", "d", (int)completed);
  print_learning (language, json_object_get (status, "model"), json_object_get (status, "blind"));
  json_array_foreach (json_object_get (status, "unowned"), i, item)
      print_unowned (language, dk_json_string (item, "owner", ""), dk_json_int (item, "cases", 0));
  json_array_foreach (json_object_get (status, "calendars"), i, item) print_calendar (language, item);
  json_array_foreach (json_object_get (json_object_get (status, "sandbox"), "missing"), i, item)
      say (language, "status.sandbox", "s", json_string_value (item));
}

int
docket_status (int argc, char **argv)
{
  g_auto (Command) command = { 0 };
  g_autoptr (GError) error = NULL;
  if (!command_parse (&command, NULL, NULL, "Tells what runs, what waits and what is in doubt.", &argc, &argv, &error))
    return command_end ("status", error);
  g_autoptr (Store) store = command_open (&command, &error);
  g_autoptr (json_t) status = store != NULL ? status_json (store, &error) : NULL;
  if (status == NULL)
    return command_end ("status", error);
  if (command.json)
    command_print_json (g_steal_pointer (&status));
  else
    print_status (command.language, status);
  return 0;
}
