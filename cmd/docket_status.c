/* docket status - what runs, waits, is in doubt; docket balance - where every receipt is. */
#include "base/file.h"
#include "base/messages.h"
#include "base/sandbox.h"
#include "capture/capture.h"
#include "cmd/command.h"
#include "cmd/docket_commands.h"
#include "index/index.h"
#include "pipeline/configuration.h"
#include "pipeline/stages.h"
#include "store/audit.h"
#include "store/document.h"
#include "store/queue.h"
#include "store/versions.h"
#include <stdio.h>
#include <string.h>

/* --- status --- */

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

/* The version in force, and whether the files say something else or something wrong. */
static bool
configuration_json (Store *store, json_t **object, GError **error)
{
  int64_t id;
  g_autoptr (Config) in_force = NULL;
  g_autoptr (GError) wrong = NULL;
  if (!store_config_current (store, &id, &in_force, error))
    return false;
  g_autoptr (Config) files = config_read (store_path (store), &wrong);
  g_autoptr (PipelineConfiguration) valid = files != NULL ? pipeline_configuration_load (files, &wrong) : NULL;
  const char *state = valid == NULL                                                                       ? "invalid"
                      : in_force != NULL && strcmp (config_digest (files), config_digest (in_force)) == 0 ? "ok"
                                                                                                          : "changed";
  *object = json_pack ("{s:I, s:s, s:o}", "version", (json_int_t)id, "state", state, "error",
                       dk_json_text (wrong != NULL ? wrong->message : NULL));
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

static json_t *
status_json (Store *store, GError **error)
{
  int64_t in_flight = 0;
  StoreCounts counts;
  g_autoptr (Config) config = command_config (store, error);
  g_autoptr (Settings) settings = config != NULL ? settings_load (config, error) : NULL;
  if (settings == NULL)
    return NULL;
  unsigned waiting = capture_waiting (store, settings); /* before the receipts: a file on its way is in one of them */
  g_autoptr (json_t) configuration = NULL, queue = NULL;
  if (!store_receipts_in_flight (store, NULL, &in_flight, error) || !store_counts (store, &counts, error)
      || !configuration_json (store, &configuration, error) || !queue_json (store, &queue, error))
    return NULL;
  return json_pack ("{s:b, s:I, s:i, s:O, s:I, s:I, s:I, s:I, s:o, s:O}", "running", store_pipeline_is_locked (store),
                    "in_flight", (json_int_t)in_flight, "waiting", (int)waiting, "queue", queue, "review",
                    (json_int_t)counts.review, "quarantine", (json_int_t)counts.quarantine, "index_lag",
                    (json_int_t)counts.to_index, "free_bytes", (json_int_t)dk_free_bytes (store_dir (store)), "sandbox",
                    sandbox_json (), "configuration", configuration);
}

static void
print_status (const json_t *status)
{
  static const char *const numbers[][2] = { { "in_flight", "on their way" },
                                            { "waiting", "files in drop folders" },
                                            { "review", "to review" },
                                            { "quarantine", "in quarantine" },
                                            { "index_lag", "not yet searchable" } };
  const json_t *queue = json_object_get (status, "queue"), *configuration = json_object_get (status, "configuration"),
               *item;
  size_t i;
  printf ("docketd %s\n", dk_json_bool (status, "running", false) ? "runs" : "does not run");
  for (gsize k = 0; k < G_N_ELEMENTS (numbers); k++)
    printf ("%8" G_GINT64_FORMAT " %s\n", dk_json_int (status, numbers[k][0], 0), numbers[k][1]);
  json_array_foreach (queue, i, item)
      printf ("%8" G_GINT64_FORMAT " wait for the stage %s, the oldest since %" G_GINT64_FORMAT " s\n",
              dk_json_int (item, "count", 0), dk_json_string (item, "stage", ""), dk_json_int (item, "oldest_s", 0));
  printf ("%8" G_GINT64_FORMAT " MB free\n", dk_json_int (status, "free_bytes", 0) / 1000000);
  printf ("configuration version %" G_GINT64_FORMAT ": %s\n", dk_json_int (configuration, "version", 0),
          dk_json_string (configuration, "state", ""));
  if (dk_json_string (configuration, "error", NULL) != NULL)
    printf ("  %s\n", dk_json_string (configuration, "error", ""));
  json_array_foreach (json_object_get (json_object_get (status, "sandbox"), "missing"), i, item)
      printf ("the sandbox lacks %s\n", json_string_value (item));
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
    print_status (status);
  return 0;
}

/* --- balance --- */

static json_t *
balance_json (const StoreBalance *balance, const char *day, unsigned waiting)
{
  json_t *missing = json_array ();
  for (guint i = 0; i < balance->missing->len; i++)
    json_array_append_new (missing, json_integer (g_array_index (balance->missing, int64_t, i)));
  return json_pack ("{s:o, s:I, s:I, s:I, s:I, s:I, s:I, s:i, s:o}", "day", dk_json_text (day), "seen",
                    (json_int_t)balance->seen, "filed", (json_int_t)balance->filed, "duplicate",
                    (json_int_t)balance->duplicate, "quarantined", (json_int_t)balance->quarantined, "disposed",
                    (json_int_t)balance->disposed, "in_flight", (json_int_t)balance->in_flight, "waiting", (int)waiting,
                    "missing", missing);
}

static void
print_balance (const StoreBalance *balance, unsigned waiting)
{
  printf ("%8" G_GINT64_FORMAT " receipts\n", balance->seen);
  printf ("%8" G_GINT64_FORMAT " filed\n%8" G_GINT64_FORMAT " same bytes as before\n%8" G_GINT64_FORMAT
          " in quarantine\n%8" G_GINT64_FORMAT " disposed of\n%8" G_GINT64_FORMAT " on their way\n",
          balance->filed, balance->duplicate, balance->quarantined, balance->disposed, balance->in_flight);
  printf ("%8u missing\n%8u files wait in drop folders\n", balance->missing->len, waiting);
  for (guint i = 0; i < balance->missing->len; i++)
    printf ("receipt %" G_GINT64_FORMAT " is nowhere\n", g_array_index (balance->missing, int64_t, i));
}

static bool
balance_run (Command *command, int argc, char **argv, bool *zero, GError **error)
{
  g_autofree char *day = NULL;
  const GOptionEntry entries[] = {
    { "day", 0, 0, G_OPTION_ARG_STRING, &day, "Receipts of this civil day only", "D" },
    G_OPTION_ENTRY_NULL,
  };
  if (!command_parse (command, entries, NULL, "Counts the receipts and where each of them is now.", &argc, &argv,
                      error))
    return false;
  if (day != NULL && dk_day_parse (day) == DK_DAY_NONE)
    return dk_throw (error, DK_ERROR_USAGE, "--day %s: a date such as 2026-11-23 is needed", day);
  g_autoptr (Store) store = command_open (command, error);
  g_autoptr (Config) config = store != NULL ? command_config (store, error) : NULL;
  g_autoptr (Settings) settings = config != NULL ? settings_load (config, error) : NULL;
  if (settings == NULL)
    return false;
  StoreBalance balance;
  unsigned waiting = capture_waiting (store, settings);
  if (!store_balance (store, day, &balance, error))
    return false;
  if (command->json)
    command_print_json (balance_json (&balance, day, waiting));
  else
    print_balance (&balance, waiting);
  *zero = balance.missing->len == 0;
  g_array_unref (balance.missing);
  return true;
}

int
docket_balance (int argc, char **argv)
{
  g_auto (Command) command = { 0 };
  g_autoptr (GError) error = NULL;
  bool zero = true;
  balance_run (&command, argc, argv, &zero, &error);
  return error != NULL ? command_end ("balance", error) : zero ? 0 : 1;
}
