/* docket try - the same stages and worker on a store that is thrown away; prints instead of keeping. */
#include "base/file.h"
#include "base/messages.h"
#include "capture/capture.h"
#include "cmd/command.h"
#include "cmd/docket_commands.h"
#include "cmd/layout.h"
#include "cmd/say.h"
#include "pipeline/configuration.h"
#include "pipeline/describe.h"
#include "pipeline/pipeline.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

typedef struct
{
  const char *path;
  StoreTaken taken;
  RecordCode refused;
} Trial;

typedef struct
{
  Command command;
  char *text, *received, *country;
  int jobs;
  char **files;
  char *folder; /* of the scratch store */
  Store *store;
  const Settings *settings;
  GArray *trials;     /* of Trial */
  GHashTable *rested; /* document ids */
  GHashTable *stems;  /* names of text files given out */
  guint printed;
  DkDay day;
  bool all_ok;
  const volatile int *interrupted;
  GError *failed; /* while printing */
} Try;

static void
try_clear (Try *it)
{
  g_clear_pointer (&it->store, store_free);
  if (it->folder != NULL)
    dk_remove_tree (AT_FDCWD, it->folder, NULL);
  command_clear (&it->command);
  g_free (it->text);
  g_free (it->received);
  g_free (it->country);
  g_free (it->folder);
  g_strfreev (it->files);
  g_clear_pointer (&it->trials, g_array_unref);
  g_clear_pointer (&it->rested, g_hash_table_unref);
  g_clear_pointer (&it->stems, g_hash_table_unref);
  g_clear_error (&it->failed);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Try, try_clear)

/* --- printing, in the order of the inputs --- */

static json_t *
describe (Try *it, const Trial *trial, GError **error)
{
  if (trial->refused == RECORD_CODE_NONE)
    {
      json_t *object = describe_document (it->store, trial->taken.document, it->command.language, error);
      if (object != NULL)
        json_object_set_new (object, "path", dk_json_text (trial->path));
      return object;
    }
  g_autofree char *day = dk_day_format (it->day);
  return describe_refused (trial->path, trial->refused, day, it->received != NULL ? "option" : "today",
                           it->command.language);
}

/* "letter" of "in/letter.tif"; a second input of that stem keeps its full name, and further ones of the same full name
 * are counted. Owned by the caller. */
static char *
text_name (Try *it, const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *chosen = g_strdup (base);
  char *dot = strrchr (chosen, '.');
  if (dot != NULL && dot != chosen)
    *dot = '\0';
  for (unsigned n = 1; g_hash_table_contains (it->stems, chosen); n++)
    {
      g_free (chosen);
      chosen = n == 1 ? g_strdup (base) : g_strdup_printf ("%s.%u", base, n);
    }
  g_hash_table_add (it->stems, g_strdup (chosen));
  return g_strconcat (chosen, ".txt", NULL);
}

static bool
write_text (Try *it, const Trial *trial, GError **error)
{
  g_autoptr (StoreDocument) document
      = trial->refused == RECORD_CODE_NONE ? store_document_load (it->store, trial->taken.document, error) : NULL;
  if (document == NULL)
    return trial->refused != RECORD_CODE_NONE;
  if (strcmp (document->stage, "quarantined") == 0)
    return true;
  g_autofree char *name = text_name (it, trial->path);
  g_autofree char *path = g_build_filename (it->text, name, NULL);
  g_autofree char *text = describe_text (it->store, document->id, error);
  return text != NULL && g_file_set_contents (path, text, -1, error);
}

static void
print_choice (const char *language, const char *name, const json_t *choice)
{
  size_t i;
  const json_t *also;
  if (!json_is_object (choice))
    return;
  g_autofree char *label = g_strconcat ("field.", name, NULL);
  g_autofree char *value = say_value (language, name, dk_json_string (choice, "value", ""));
  g_autofree char *text = say_text (language, dk_json_bool (choice, "undecided", false) ? "try.unsure" : "choice.sure",
                                    "sf", value, dk_json_real (choice, "confidence", 0));
  say_pair (language, label, text);
  json_array_foreach (json_object_get (choice, "also"), i, also)
  {
    g_autofree char *other = say_value (language, name, json_string_value (also));
    say_pair (language, "cli.label.also", other);
  }
}

static void
print_outcome (const char *language, const json_t *object)
{
  const char *reason = dk_json_string (json_object_get (object, "reason"), "text", NULL);
  g_autofree char *path = command_plain (dk_json_string (object, "path", ""));
  g_autofree char *outcome = report_label (language, "outcome", dk_json_string (object, "outcome", ""));
  if (reason != NULL)
    say (language, "try.why", "sss", path, outcome, reason);
  else
    say (language, "try.outcome", "ss", path, outcome);
  say_warnings (language, object);
}

static void
print_plain (const char *language, const json_t *object)
{
  const json_t *kind = json_object_get (object, "kind"), *field;
  size_t i;
  print_outcome (language, object);
  if (!json_is_object (kind))
    return;
  g_autofree char *spoken = say_value (language, "language", dk_json_string (object, "language", ""));
  g_autofree char *place
      = g_strconcat (dk_json_string (object, "folder", ""), "/", dk_json_string (object, "name", ""), NULL);
  print_choice (language, "urgency", json_object_get (object, "urgency"));
  print_choice (language, "kind", kind);
  print_choice (language, "subject", json_object_get (object, "subject"));
  say_pair (language, "field.language", spoken);
  json_array_foreach (json_object_get (object, "fields"), i, field)
  {
    g_autofree char *label = say_field_label (dk_json_string (field, "name", ""));
    g_autofree char *text = say_text (language, "choice.sure", "sf", dk_json_string (field, "value", ""),
                                      dk_json_real (field, "confidence", 0));
    say_pair (language, label, text);
  }
  say_deadlines (language, object);
  say_pair (language, "cli.label.filed_as", place);
  printf ("\n");
}

static bool
print_trial (Try *it, const Trial *trial, GError **error)
{
  g_autoptr (json_t) object = describe (it, trial, error);
  if (object == NULL || (it->text != NULL && !write_text (it, trial, error)))
    return false;
  it->all_ok &= strcmp (dk_json_string (object, "outcome", ""), "ok") == 0;
  if (it->command.json)
    command_print_json (json_incref (object));
  else
    print_plain (it->command.language, object);
  fflush (stdout);
  return true;
}

/* Prints from the first that is not printed yet as far as they are at rest. */
static void
print_ready (Try *it)
{
  for (; it->failed == NULL && it->printed < it->trials->len; it->printed++)
    {
      const Trial *trial = &g_array_index (it->trials, Trial, it->printed);
      if (trial->refused == RECORD_CODE_NONE && !g_hash_table_contains (it->rested, &trial->taken.document))
        return;
      print_trial (it, trial, &it->failed);
    }
}

static void
on_rest (int64_t document, void *data)
{
  Try *it = data;
  gint64 id = document;
  g_hash_table_add (it->rested, g_memdup2 (&id, sizeof id));
  print_ready (it);
}

static bool
all_printed (Pipeline *pipeline, void *data)
{
  const Try *it = data;
  (void)pipeline;
  return it->failed != NULL || it->printed == it->trials->len;
}

/* --- the scratch store --- */

/* A mistake is told: a scratch store has no last good configuration, and may not quietly count by the shipped one. */
static bool
check_config (const char *path, GError **error)
{
  g_autoptr (Config) config = config_read_store (path, error);
  g_autoptr (PipelineConfiguration) valid = config != NULL ? pipeline_configuration_load (config, error) : NULL;
  return valid != NULL;
}

static bool
lay_scratch (Try *it, GError **error)
{
  bool named = store_named (it->command.store) != NULL;
  g_autofree char *given = store_find (it->command.store, named ? error : NULL); /* none: the shipped configuration */
  if (named && given == NULL)
    return false;
  it->folder = g_dir_make_tmp ("docket-try-XXXXXX", error);
  if (it->folder == NULL
      || !layout_store (it->folder, STORE_SCRATCH, it->country != NULL ? it->country : "ES", NULL, error))
    return false;
  it->store = store_open (it->folder, STORE_SCRATCH, error);
  if (it->store == NULL)
    return false;
  return given == NULL
         || (layout_copy_config (given, it->folder, it->country != NULL, error) && check_config (it->folder, error));
}

static RecordCode
code_of (const GError *error)
{
  if (g_error_matches (error, DK_ERROR, DK_ERROR_LIMIT))
    return RECORD_CODE_TOO_LARGE;
  return RECORD_CODE_UNREADABLE;
}

static bool
take_all (Try *it, char **paths, GError **error)
{
  const CaptureOptions options = { "try", "default", it->received != NULL ? it->day : DK_DAY_NONE };
  for (; *paths != NULL; paths++)
    {
      Trial trial = { .path = *paths };
      g_autoptr (GError) refused = NULL;
      if (!capture_file (it->store, it->settings, *paths, &options, &trial.taken, &refused))
        {
          if (g_error_matches (refused, DK_ERROR, DK_ERROR_FULL))
            {
              g_propagate_error (error, g_steal_pointer (&refused));
              return false;
            }
          trial.refused = code_of (refused);
        }
      g_array_append_val (it->trials, trial);
    }
  return true;
}

static bool
run (Try *it, char **paths, GError **error)
{
  const PipelineOptions options = { .jobs = (unsigned)MAX (0, it->jobs) };
  it->interrupted = command_interrupted (); /* from here on there is a scratch store to remove */
  if (!lay_scratch (it, error))
    return false;
  g_autoptr (Pipeline) pipeline = pipeline_open (it->store, &options, error);
  if (pipeline == NULL)
    return false;
  it->settings = pipeline_settings (pipeline);
  g_autofree char *day = dk_day_format (it->day);
  g_autoptr (Vocabulary) vocabulary = it->command.json ? NULL : command_vocabulary (it->store);
  say_subjects_by (vocabulary);
  if (!it->command.json)
    say (it->command.language, "try.head", "ss", day, it->settings->country);
  if (!take_all (it, paths, error))
    return false;
  pipeline_on_rest (pipeline, on_rest, it);
  print_ready (it);
  if (!pipeline_run (pipeline, all_printed, it, it->interrupted, error))
    return false;
  if (it->failed != NULL)
    g_propagate_error (error, g_steal_pointer (&it->failed));
  return it->failed == NULL;
}

static bool
parse (Try *it, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "text", 0, 0, G_OPTION_ARG_FILENAME, &it->text, "Also write the text of each input to DIR/NAME.txt", "DIR" },
    { "received", 0, 0, G_OPTION_ARG_STRING, &it->received, "Day the letters came; default today", "DATE" },
    { "country", 0, 0, G_OPTION_ARG_STRING, &it->country, "Whose deadlines and calendar count; default ES", "CC" },
    { "jobs", 0, 0, G_OPTION_ARG_INT, &it->jobs, "Pages worked on at once; default: one for each core", "N" },
    G_OPTION_ENTRY_NULL,
  };
  if (!command_parse (&it->command, entries, "FILE|DIR…", "Shows what docket would make of files; nothing is kept.",
                      argc, argv, error))
    return false;
  if (*argc < 2)
    return dk_refuse (error, DK_ERROR_USAGE, "name_files", "s", "try");
  if (!command_jobs (it->jobs, error))
    return false;
  for (char *c = it->country; c != NULL && *c != '\0'; c++)
    *c = g_ascii_toupper (*c);
  g_autofree char *zone = dk_local_zone ();
  if (it->received == NULL)
    return dk_day_in_zone (dk_now_us (), zone, &it->day, error);
  it->day = dk_day_parse (it->received);
  return it->day != DK_DAY_NONE || dk_refuse (error, DK_ERROR_USAGE, "date", "ss", "--received", it->received);
}

static bool
try_files (Try *it, int argc, char **argv, GError **error)
{
  if (!parse (it, &argc, &argv, error))
    return false;
  if (it->text != NULL && g_mkdir_with_parents (it->text, 0755) < 0)
    return dk_throw_errno (error, "make folder %s", it->text);
  it->files = command_files (argv + 1);
  if (*it->files == NULL)
    return dk_refuse (error, DK_ERROR_USAGE, "no_file_in", "s", argv[1]);
  it->all_ok = true;
  it->trials = g_array_new (FALSE, TRUE, sizeof (Trial));
  it->rested = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  it->stems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return run (it, it->files, error);
}

int
docket_try (int argc, char **argv)
{
  g_auto (Try) it = { 0 };
  g_autoptr (GError) error = NULL;
  try_files (&it, argc, argv, &error);
  return error != NULL ? command_end ("try", error) : it.all_ok && *it.interrupted == 0 ? 0 : 1;
}
