/* docket names - what the templates for names and folders make of the archive: lint, preview, apply, undo. */
#include "base/messages.h"
#include "cmd/command.h"
#include "cmd/docket_commands.h"
#include "cmd/say.h"
#include "pipeline/name_lint.h"
#include "pipeline/pass.h"
#include "pipeline/pipeline.h"
#include "pipeline/wake.h"
#include "store/versions.h"
#include <stdio.h>
#include <string.h>

typedef struct
{
  Command command;
  char *template, *folder;
  int sample;
  gint64 to;
  Store *store;
  PipelineConfiguration *files;
  bool found; /* lint */
} Names;

static void
names_clear (Names *names)
{
  command_clear (&names->command);
  g_free (names->template);
  g_free (names->folder);
  g_clear_pointer (&names->files, pipeline_configuration_free);
  g_clear_pointer (&names->store, store_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Names, names_clear)

/* The documents that are named, or a sample, or all that are filed. */
static GArray *
chosen (const Names *names, char **words, int n, GError **error)
{
  if (n == 0)
    return pipeline_pass_documents (names->store, (unsigned)names->sample, error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (int64_t));
  for (int i = 0; i < n; i++)
    {
      g_autoptr (StoreDocument) document = say_find_document (names->command.language, names->store, words[i], error);
      if (document == NULL)
        return NULL;
      if (document->name == NULL)
        {
          dk_refuse (error, DK_ERROR_USAGE, "not_filed", "s", words[i]);
          return NULL;
        }
      g_array_append_val (ids, document->id);
    }
  return g_steal_pointer (&ids);
}

/* --- lint --- */

static void
print_finding (const Names *names, const NameFinding *finding)
{
  if (names->command.json)
    {
      command_print_json (json_pack ("{s:s, s:s, s:s?, s:i, s:i}", "template", finding->where, "finding", finding->code,
                                     "what", finding->what, "count", (int)finding->count, "of", (int)finding->of));
      return;
    }
  g_autofree char *key = g_strconcat ("names.", finding->code, NULL);
  bool place = strcmp (finding->code, "never_filled") == 0 || strcmp (finding->code, "often_missing") == 0;
  g_autofree char *what
      = g_strconcat (place ? "{" : "", finding->what != NULL ? finding->what : "", place ? "}" : "", NULL);
  say (names->command.language, key, "ssdd", finding->where, what, (int)finding->count, (int)finding->of);
}

static bool
lint (Names *names, char **words, int n, GError **error)
{
  g_autoptr (GArray) documents = chosen (names, words, n, error);
  g_autoptr (GPtrArray) findings
      = documents != NULL ? pipeline_name_lint (names->store, documents, names->files, command_interrupted (), error)
                          : NULL;
  if (findings == NULL)
    return false;
  for (guint i = 0; i < findings->len; i++)
    print_finding (names, findings->pdata[i]);
  names->found = findings->len > 0;
  if (names->command.json)
    command_print_json (json_pack ("{s:i, s:i}", "documents", (int)documents->len, "findings", (int)findings->len));
  else
    say (names->command.language, "names.linted", "dd", (int)documents->len, (int)findings->len);
  return true;
}

/* --- preview --- */

typedef struct
{
  const Names *names;
  unsigned seen, changed, collide, by_person;
} Preview;

static void
print_renaming (const Names *names, const PipelineRenaming *renaming)
{
  const StoreDocument *document = renaming->document;
  if (names->command.json)
    {
      command_print_json (json_pack ("{s:I, s:s?, s:{s:s, s:s}, s:{s:s, s:s}, s:b}", "document",
                                     (json_int_t)document->id, "number", document->number, "was", "folder",
                                     document->folder, "name", document->name, "would", "folder", renaming->folder,
                                     "name", renaming->name, "collides", renaming->collides));
      return;
    }
  g_autofree char *was = g_build_filename (document->folder, document->name, NULL);
  g_autofree char *would = g_build_filename (renaming->folder, renaming->name, NULL);
  say (names->command.language, renaming->collides ? "names.collision" : "names.change", "sss", document->number, was,
       would);
}

static bool
preview_one (const PipelineRenaming *renaming, void *data, GError **error)
{
  Preview *preview = data;
  (void)error;
  preview->seen++;
  preview->changed += renaming->changes;
  preview->collide += renaming->collides;
  preview->by_person += renaming->place->by_person;
  if (renaming->changes)
    print_renaming (preview->names, renaming);
  return true;
}

static bool
preview (Names *names, char **words, int n, GError **error)
{
  Preview counts = { .names = names };
  g_autoptr (GArray) documents = chosen (names, words, n, error);
  if (documents == NULL
      || !pipeline_renaming (names->store, documents, names->files, command_interrupted (), preview_one, &counts,
                             error))
    return false;
  if (names->command.json)
    command_print_json (json_pack ("{s:i, s:i, s:i, s:i}", "documents", (int)counts.seen, "changed",
                                   (int)counts.changed, "collisions", (int)counts.collide, "by_person",
                                   (int)counts.by_person));
  else
    say (names->command.language, "names.seen", "dddd", (int)counts.seen, (int)counts.changed, (int)counts.collide,
         (int)counts.by_person);
  return true;
}

/* --- apply and undo --- */

static void
on_rest (int64_t document, void *data)
{
  gint64 id = document;
  g_hash_table_remove (data, &id);
}

static bool
all_rested (Pipeline *pipeline, void *data)
{
  (void)pipeline;
  return g_hash_table_size (data) == 0;
}

/* Where nobody does the work this program does, until the documents @sent are at rest. */
static bool
work (const Names *names, const GArray *sent, GError **error)
{
  const PipelineOptions options = { 0 };
  g_autoptr (GError) failed = NULL;
  g_autoptr (GHashTable) waiting = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  pipeline_wake (names->store);
  if (sent->len == 0 || store_pipeline_is_locked (names->store))
    return true;
  g_autoptr (Pipeline) pipeline = pipeline_open (names->store, &options, &failed);
  if (g_error_matches (failed, DK_ERROR, DK_ERROR_BUSY))
    return true;
  if (pipeline == NULL)
    return g_propagate_error (error, g_steal_pointer (&failed)), false;
  for (guint i = 0; i < sent->len; i++)
    {
      gint64 id = g_array_index (sent, int64_t, i);
      g_hash_table_add (waiting, g_memdup2 (&id, sizeof id));
    }
  pipeline_on_rest (pipeline, on_rest, waiting);
  return pipeline_run (pipeline, all_rested, waiting, command_interrupted (), error)
         && (all_rested (NULL, waiting)
             || dk_refuse (error, DK_ERROR_BUSY, "interrupted_names", "d", (int)g_hash_table_size (waiting)));
}

static void
tell (const Names *names, const PipelineRenamed *renamed, bool by_docketd, const char *key)
{
  const char *language = names->command.language;
  if (names->command.json)
    {
      command_print_json (json_pack ("{s:i, s:i, s:i, s:i, s:I}", "sent", (int)renamed->sent->len, "same",
                                     (int)renamed->same, "on_the_way", (int)renamed->on_the_way, "kept",
                                     (int)renamed->kept, "before", (json_int_t)renamed->run));
      return;
    }
  say (language, key, "dl", (int)renamed->sent->len, renamed->run);
  if (by_docketd && renamed->sent->len > 0)
    say (language, "names.by_docketd", "");
  if (renamed->kept > 0)
    say (language, "names.kept", "d", (int)renamed->kept);
  if (renamed->on_the_way > 0)
    say (language, "names.on_the_way", "d", (int)renamed->on_the_way);
}

static bool
finish (const Names *names, const PipelineRenamed *renamed, const char *key, GError **error)
{
  bool locked = store_pipeline_is_locked (names->store);
  if (!work (names, renamed->sent, error))
    return false;
  tell (names, renamed, locked, key);
  return true;
}

static bool
apply (Names *names, char **words, int n, GError **error)
{
  int64_t config;
  g_autofree char *actor = command_actor ();
  g_auto (PipelineRenamed) renamed = { 0 };
  g_autoptr (GArray) documents = chosen (names, words, n, error);
  return documents != NULL && store_config_adopt (names->store, names->files->config, &config, error)
         && pipeline_rename (names->store, actor, documents, names->files, config, command_interrupted (), &renamed,
                             error)
         && finish (names, &renamed, renamed.sent->len > 0 ? "names.renamed" : "names.nothing", error);
}

static bool
undo (Names *names, char **words, int n, GError **error)
{
  int64_t config;
  g_autofree char *actor = command_actor ();
  g_auto (PipelineRenamed) renamed = { 0 };
  if (n > 0 && names->to > 0)
    return dk_refuse (error, DK_ERROR_USAGE, "chooses", "s", "to");
  if (!store_config_current (names->store, &config, NULL, error))
    return false;
  if (n == 0 && !pipeline_rename_back_to (names->store, actor, names->to, config, &renamed, error))
    return false;
  for (int i = 0; i < n; i++)
    {
      g_autoptr (StoreDocument) document = say_find_document (names->command.language, names->store, words[i], error);
      if (document == NULL || !pipeline_rename_back (names->store, actor, document, config, &renamed, error))
        return false;
    }
  return finish (names, &renamed, renamed.sent->len > 0 ? "names.restored" : "names.nothing_back", error);
}

/* --- the command --- */

static const struct
{
  const char *name;
  bool (*run) (Names *names, char **words, int n, GError **error);
  bool templates, sample, to; /* options it takes */
} parts[] = {
  { "lint", lint, true, true, false },
  { "preview", preview, true, true, false },
  { "apply", apply, false, false, false },
  { "undo", undo, false, false, true },
};

static bool
try_template (Template **place, const char *option, const char *text, Template *(*parse) (const char *, char **),
              GError **error)
{
  g_autofree char *wrong = NULL;
  Template *read = text != NULL ? parse (text, &wrong) : NULL;
  if (wrong != NULL)
    return dk_throw (error, DK_ERROR_USAGE, "%s: %s", option, wrong);
  if (read == NULL)
    return true;
  template_free (*place);
  *place = read;
  return true;
}

/* The files themselves, not a version before them: what is wrong there is to be put right first. A template that is
 * tried holds for all profiles. */
static bool
open_files (Names *names, GError **error)
{
  names->store = command_open (&names->command, error);
  g_autoptr (Config) config = names->store != NULL ? config_read_store (store_path (names->store), error) : NULL;
  names->files = config != NULL ? pipeline_configuration_load (config, error) : NULL;
  if (names->files == NULL)
    return false;
  if (names->template != NULL)
    g_hash_table_remove_all (names->files->naming->profiles);
  return try_template (&names->files->naming->name, "--template", names->template, naming_parse_name, error)
         && try_template (&names->files->naming->folder, "--folder", names->folder, naming_parse_folder, error);
}

static bool
run_part (Names *names, gsize i, char **words, int n, GError **error)
{
  if ((names->template != NULL || names->folder != NULL) && !parts[i].templates)
    return dk_refuse (error, DK_ERROR_USAGE, "not_for", "sss", names->template != NULL ? "template" : "folder",
                      parts[i].name, "lint preview");
  if (names->sample != 0 && !parts[i].sample)
    return dk_refuse (error, DK_ERROR_USAGE, "not_for", "sss", "sample", parts[i].name, "lint preview");
  if (names->sample < 0)
    return dk_refuse (error, DK_ERROR_USAGE, "sample", "d", names->sample);
  if (names->sample > 0 && n > 0)
    return dk_refuse (error, DK_ERROR_USAGE, "chooses", "s", "sample");
  if (names->to != 0 && !parts[i].to)
    return dk_refuse (error, DK_ERROR_USAGE, "not_for", "sss", "to", parts[i].name, "undo");
  if (names->to < 0)
    return dk_refuse (error, DK_ERROR_USAGE, "ledger_entry", "l", names->to);
  return open_files (names, error) && parts[i].run (names, words, n, error);
}

static bool
run (Names *names, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "template", 0, 0, G_OPTION_ARG_STRING, &names->template,
      "lint, preview: this template for names instead of that of docket.yaml", "T" },
    { "folder", 0, 0, G_OPTION_ARG_STRING, &names->folder,
      "lint, preview: this template for folders instead of that of the taxonomy", "T" },
    { "sample", 0, 0, G_OPTION_ARG_INT, &names->sample,
      "lint, preview: look at COUNT documents only, spread evenly over all", "COUNT" },
    { "to", 0, 0, G_OPTION_ARG_INT64, &names->to, "undo: the names as they were after this entry of the ledger",
      "SEQ" },
    G_OPTION_ENTRY_NULL,
  };
  if (!command_parse (&names->command, entries, "lint [N…] | preview [N…] | apply [N…] | undo [N…]",
                      "Names and folders of what is filed: what is unwise in their templates, what these would make\n"
                      "of the documents that are here, making it so, and putting former names back.",
                      &argc, &argv, error))
    return false;
  for (gsize i = 0; argc > 1 && i < G_N_ELEMENTS (parts); i++)
    if (strcmp (parts[i].name, argv[1]) == 0)
      return run_part (names, i, argv + 2, argc - 2, error);
  return dk_refuse (error, DK_ERROR_USAGE, "act_needed", "ss", "lint preview apply undo", "names");
}

int
docket_names (int argc, char **argv)
{
  g_auto (Names) names = { 0 };
  g_autoptr (GError) error = NULL;
  run (&names, argc, argv, &error);
  return error != NULL ? command_end ("names", error) : names.found ? 1 : 0;
}
