/* docket ingest - takes files in, whether docketd runs or not. */
#include "base/file.h"
#include "base/log.h"
#include "base/messages.h"
#include "capture/capture.h"
#include "cmd/command.h"
#include "cmd/docket_commands.h"
#include "cmd/say.h"
#include "pipeline/pipeline.h"
#include "pipeline/wake.h"
#include "store/document.h"
#include "store/versions.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#define LOOK_EVERY_US 200000 /* while another process works */
#define LOOK_US 200          /* and as much longer for each document that is looked at */

typedef struct
{
  char *path;
  StoreTaken taken;
  GError *refused; /* or NULL */
} Input;

static void
input_free (Input *input)
{
  g_free (input->path);
  g_clear_error (&input->refused);
  g_free (input);
}

typedef struct
{
  Command command;
  char *profile, *received;
  gboolean wait, verbose;
  int jobs;
  Store *store;
  Settings *settings;
  GPtrArray *inputs;   /* of Input */
  GHashTable *waiting; /* numbers of documents, of gint64, that are not known to be at rest */
  unsigned taken;      /* documents */
} Ingest;

static void
ingest_clear (Ingest *ingest)
{
  command_clear (&ingest->command);
  g_free (ingest->profile);
  g_free (ingest->received);
  g_clear_pointer (&ingest->inputs, g_ptr_array_unref);
  g_clear_pointer (&ingest->waiting, g_hash_table_unref);
  g_clear_pointer (&ingest->settings, settings_free);
  g_clear_pointer (&ingest->store, store_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ingest, ingest_clear)

static void
add_input (Ingest *ingest, const char *path)
{
  Input *input = g_new0 (Input, 1);
  input->path = g_strdup (path);
  g_ptr_array_add (ingest->inputs, input);
}

/* --- taking in --- */

static void
wait_for (Ingest *ingest, gint64 document)
{
  ingest->taken += g_hash_table_add (ingest->waiting, g_memdup2 (&document, sizeof document));
}

/* The day on which all of it came, as told; looked at before anything is taken. */
static bool
find_received (const Ingest *ingest, DkDay *received, GError **error)
{
  DkDay today;
  if (ingest->received == NULL)
    return true;
  *received = dk_day_parse (ingest->received);
  if (*received == DK_DAY_NONE)
    return dk_refuse (error, DK_ERROR_USAGE, "date", "ss", "--received", ingest->received);
  if (!dk_day_in_zone (dk_now_us (), ingest->settings->zone, &today, error)
      || !dk_day_is_arrival (*received, today, error))
    return false;
  g_autofree char *ahead = say_text (ingest->command.language, "ingest.ahead", "s", ingest->received);
  if (*received > today)
    g_printerr ("docket ingest: %s\n", ahead);
  return true;
}

static bool
check_profile (const Settings *settings, const char *name, GError **error)
{
  g_autoptr (GString) known = g_string_new (NULL);
  for (guint i = 0; i < settings->profiles->len; i++)
    g_string_append_printf (known, "%s%s", known->len > 0 ? " " : "",
                            ((const ConfigProfile *)settings->profiles->pdata[i])->name);
  return settings_profile (settings, name) != NULL
         || dk_refuse (error, DK_ERROR_USAGE, "no_profile", "ss", name, known->str);
}

static bool
take_all (Ingest *ingest, GError **error)
{
  CaptureOptions options = { "ingest", ingest->profile != NULL ? ingest->profile : "default", DK_DAY_NONE };
  if (!find_received (ingest, &options.received, error))
    return false;
  if (!check_profile (ingest->settings, options.profile, error))
    return false;
  for (guint i = 0; i < ingest->inputs->len; i++)
    {
      Input *input = ingest->inputs->pdata[i];
      if (capture_file (ingest->store, ingest->settings, input->path, &options, &input->taken, &input->refused))
        wait_for (ingest, input->taken.document);
      else if (g_error_matches (input->refused, DK_ERROR, DK_ERROR_FULL))
        {
          g_propagate_error (error, g_steal_pointer (&input->refused));
          return false;
        }
    }
  return true;
}

/* --- waiting --- */

static void
show_progress (const Ingest *ingest)
{
  unsigned all = ingest->taken, done = all - g_hash_table_size (ingest->waiting),
           filled = all > 0 ? done * 30 / all : 30;
  if (!isatty (STDERR_FILENO) || ingest->command.json || ingest->verbose)
    return;
  g_autofree char *bar = g_strnfill (filled, '#');
  fprintf (stderr, "\r[%-30s] %u/%u", bar, done, all);
  if (done >= all)
    fputc ('\n', stderr);
}

static bool
is_resting (const StoreDocument *document)
{
  return strcmp (document->stage, STORE_STAGE_REST) == 0 || strcmp (document->stage, STORE_STAGE_QUARANTINED) == 0;
}

/* Strikes out of what is waited for what is at rest by now. */
static bool
drop_rested (Ingest *ingest, GError **error)
{
  GHashTableIter iter;
  gpointer id;
  g_hash_table_iter_init (&iter, ingest->waiting);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autoptr (StoreDocument) document = store_document_load (ingest->store, *(const gint64 *)id, error);
      if (document == NULL)
        return false;
      if (is_resting (document))
        g_hash_table_iter_remove (&iter);
    }
  show_progress (ingest);
  return true;
}

static void
on_rest (int64_t document, void *data)
{
  Ingest *ingest = data;
  gint64 id = document;
  if (g_hash_table_remove (ingest->waiting, &id))
    show_progress (ingest);
}

static bool
all_rested (Pipeline *pipeline, void *data)
{
  (void)pipeline;
  return g_hash_table_size (((const Ingest *)data)->waiting) == 0;
}

static bool
was_awaited (Ingest *ingest, GError **error)
{
  return all_rested (NULL, ingest)
         || dk_refuse (error, DK_ERROR_BUSY, "interrupted_ingest", "d", (int)g_hash_table_size (ingest->waiting));
}

static bool
work_to_rest (Ingest *ingest, const volatile int *interrupted, GError **error)
{
  const PipelineOptions options = { .jobs = (unsigned)MAX (0, ingest->jobs) };
  g_autoptr (Pipeline) pipeline = pipeline_open (ingest->store, &options, error);
  if (pipeline == NULL)
    return false;
  pipeline_on_rest (pipeline, on_rest, ingest);
  return drop_rested (ingest, error) && pipeline_run (pipeline, all_rested, ingest, interrupted, error)
         && was_awaited (ingest, error);
}

/* Works itself where nobody else does, else watches the other work; that one may end meanwhile. */
static bool
wait_for_rest (Ingest *ingest, const volatile int *interrupted, GError **error)
{
  if (!drop_rested (ingest, error))
    return false;
  while (!all_rested (NULL, ingest) && *interrupted == 0)
    {
      if (!store_pipeline_is_locked (ingest->store))
        return work_to_rest (ingest, interrupted, error);
      g_usleep (LOOK_EVERY_US + g_hash_table_size (ingest->waiting) * LOOK_US);
      if (!drop_rested (ingest, error))
        return false;
    }
  return was_awaited (ingest, error);
}

/* --- telling --- */

static json_t *
input_json (const Input *input, const StoreDocument *document)
{
  if (document == NULL)
    return json_pack ("{s:o, s:s, s:o}", "path", dk_json_text (input->path), "outcome", "refused", "error",
                      dk_json_text (input->refused->message));
  return json_pack ("{s:o, s:I, s:I, s:b, s:b, s:s?, s:s, s:s, s:s?, s:s?, s:s?}", "path", dk_json_text (input->path),
                    "receipt", (json_int_t)input->taken.receipt, "document", (json_int_t)input->taken.document,
                    "duplicate", input->taken.duplicate, "known", input->taken.known, "number", document->number,
                    "stage", document->stage, "outcome", document->outcome, "reason", document->reason, "folder",
                    document->folder, "name", document->name);
}

static void
print_line (const char *language, const Input *input, const StoreDocument *document)
{
  g_autofree char *path = command_plain (input->path);
  g_autofree char *id = g_strdup_printf ("#%" G_GINT64_FORMAT, document->id);
  g_autofree char *again = input->taken.known       ? say_text (language, "ingest.again_known", "")
                           : input->taken.duplicate ? say_text (language, "ingest.again_bytes", "")
                                                    : g_strdup ("");
  if (strcmp (document->stage, STORE_STAGE_QUARANTINED) == 0)
    {
      g_autofree char *why = report_label (language, "reason", document->reason);
      say (language, "ingest.refused", "ssss", path, id, again, why);
    }
  else if (document->name != NULL)
    {
      g_autofree char *place = g_strconcat (document->folder, "/", document->name, NULL);
      say (language, "ingest.filed", "ssss", path, document->number, again, place);
    }
  else
    say (language, "ingest.taken", "sss", path, id, again);
}

/* What the system said follows the sentence for clerks: whoever looks after docket may need it. */
static void
print_not_taken (const char *language, const Input *input)
{
  bool large = g_error_matches (input->refused, DK_ERROR, DK_ERROR_LIMIT);
  g_autofree char *path = command_plain (input->path);
  g_autofree char *why = dk_message (language, large ? "reason.too_large" : "reason.unreadable", "");
  g_autofree char *text = command_plain (input->refused->message);
  say (language, "ingest.not_taken", "sss", path, why, text);
}

typedef struct
{
  unsigned taken, known, duplicates, partial, review, refused;
} Counts;

static bool
tell_input (const Ingest *ingest, const Input *input, Counts *counts, GError **error)
{
  g_autoptr (StoreDocument) document
      = input->refused == NULL ? store_document_load (ingest->store, input->taken.document, error) : NULL;
  if (input->refused == NULL && document == NULL)
    return false;
  if (ingest->command.json)
    command_print_json (input_json (input, document));
  else if (document != NULL)
    print_line (ingest->command.language, input, document);
  else
    print_not_taken (ingest->command.language, input);
  bool refused = document == NULL || strcmp (document->stage, "quarantined") == 0;
  bool taken = !refused && !input->taken.known;
  counts->refused += refused;
  counts->known += !refused && input->taken.known;
  counts->taken += taken;
  counts->duplicates += taken && input->taken.duplicate;
  counts->partial += taken && strcmp (document->outcome, "partial") == 0;
  counts->review += taken && json_array_size (document->review) > 0;
  return true;
}

static void
print_counts (const Ingest *ingest, const Counts *counts)
{
  const char *language = ingest->command.language;
  printf ("\n");
  say_count (language, "ingest.count.taken", counts->taken);
  say_count (language, "ingest.count.bytes", counts->duplicates);
  say_count (language, "ingest.count.partial", counts->partial);
  say_count (language, "ingest.count.review", counts->review);
  say_count (language, "ingest.count.known", counts->known);
  say_count (language, "ingest.count.refused", counts->refused);
  if (!ingest->wait && counts->taken > 0 && !store_pipeline_is_locked (ingest->store))
    say (language, "ingest.stopped", "");
}

/* *@refused tells whether any was. */
static bool
tell (const Ingest *ingest, bool *refused, GError **error)
{
  Counts counts = { 0 };
  for (guint i = 0; i < ingest->inputs->len; i++)
    if (!tell_input (ingest, ingest->inputs->pdata[i], &counts, error))
      return false;
  if (!ingest->command.json)
    print_counts (ingest, &counts);
  *refused = counts.refused > 0;
  return true;
}

static bool
ingest_files (Ingest *ingest, int argc, char **argv, bool *refused, GError **error)
{
  const GOptionEntry entries[] = {
    { "profile", 0, 0, G_OPTION_ARG_STRING, &ingest->profile,
      "Profile of docket.yaml that says channel, languages and owner; default: default", "P" },
    { "received", 0, 0, G_OPTION_ARG_STRING, &ingest->received, "Day the letters came; default: as the profile says",
      "DATE" },
    { "wait", 0, 0, G_OPTION_ARG_NONE, &ingest->wait,
      "End when these files are searchable or in quarantine; works itself if docketd does not run", NULL },
    { "jobs", 0, 0, G_OPTION_ARG_INT, &ingest->jobs, "With --wait: pages worked on at once; default: one for each core",
      "N" },
    { "verbose", 0, 0, G_OPTION_ARG_NONE, &ingest->verbose,
      "With --wait: a log line on standard error for each event, as docketd writes them", NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!command_parse (&ingest->command, entries, "FILE|DIR…",
                      "Takes files in; the files themselves are left where they are.", &argc, &argv, error))
    return false;
  if (argc < 2)
    return dk_refuse (error, DK_ERROR_USAGE, "name_files", "s", "ingest");
  if (!command_jobs (ingest->jobs, error))
    return false;
  if (ingest->verbose)
    dk_log_enable ();
  ingest->inputs = g_ptr_array_new_with_free_func ((GDestroyNotify)input_free);
  ingest->waiting = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_auto (GStrv) paths = command_files (argv + 1);
  for (char **path = paths; *path != NULL; path++)
    add_input (ingest, *path);
  ingest->store = command_open (&ingest->command, error);
  g_autoptr (Config) config = ingest->store != NULL ? command_config (ingest->store, error) : NULL;
  ingest->settings = config != NULL ? settings_load (config, error) : NULL;
  if (ingest->settings == NULL || !take_all (ingest, error))
    return false;
  pipeline_wake (ingest->store);
  return (!ingest->wait || wait_for_rest (ingest, command_interrupted (), error)) && tell (ingest, refused, error);
}

int
docket_ingest (int argc, char **argv)
{
  g_auto (Ingest) ingest = { 0 };
  g_autoptr (GError) error = NULL;
  bool refused = false;
  ingest_files (&ingest, argc, argv, &refused, &error);
  return error != NULL ? command_end ("ingest", error) : refused ? 1 : 0;
}
