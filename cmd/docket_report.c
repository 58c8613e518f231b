/* docket report - writes the reports of a store as HTML, CSV and JSON, and says where. */
#include "base/messages.h"
#include "cmd/command.h"
#include "cmd/docket_commands.h"
#include "reports/reports.h"
#include "store/versions.h"
#include <stdio.h>
#include <string.h>

typedef struct
{
  char *from, *to, *out;
  DkDay first, last;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->from);
  g_free (options->to);
  g_free (options->out);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static char *
describe (void)
{
  GString *text = g_string_new (
      "Writes index.html, a page for each report, and every table as CSV and JSON, in the language of the "
      "store unless --lang says otherwise. Reports:\n");
  for (const ReportKind *kind = reports_all; kind->name != NULL; kind++)
    g_string_append_printf (text, "\n  %-10s %s", kind->name, kind->about);
  return g_string_free (text, FALSE);
}

static bool
parse_day (const char *option, const char *text, DkDay *day, GError **error)
{
  *day = text != NULL ? dk_day_parse (text) : DK_DAY_NONE;
  return text == NULL || *day != DK_DAY_NONE || dk_refuse (error, DK_ERROR_USAGE, "date", "ss", option, text);
}

static bool
parse_options (Command *command, Options *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_STRING, &options->from, "First date of receipt, else the earliest there is", "DATE" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options->to, "Last date of receipt, else today", "DATE" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options->out, "Folder to write to, else reports/TODAY/ of the store",
      "DIR" },
    G_OPTION_ENTRY_NULL,
  };
  g_autofree char *summary = describe ();
  if (!command_parse (command, entries, "[NAME]", summary, argc, argv, error))
    return false;
  if (*argc > 2)
    return dk_refuse (error, DK_ERROR_USAGE, "word_more", "ss", (*argv)[2], "report");
  return parse_day ("--from", options->from, &options->first, error)
         && parse_day ("--to", options->to, &options->last, error);
}

/* The configuration in force, else the one in the folder where docketd has not adopted any yet. */
static Config *
open_config (Store *store, GError **error)
{
  int64_t version;
  g_autoptr (Config) config = NULL;
  if (!store_config_current (store, &version, &config, error))
    return NULL;
  return version > 0 ? g_steal_pointer (&config) : config_read_store (store_path (store), error);
}

/* "lifecycle.html" is a page, "data/lifecycle-due.csv" a table. */
static void
print_path (const char *path)
{
  const char *dot = strrchr (path, '.');
  g_autofree char *file = g_path_get_basename (path);
  g_autofree char *name = g_strndup (file, strcspn (file, "."));
  char *table = strchr (name, '-');
  g_autoptr (json_t) object = json_object ();
  if (table != NULL)
    *table++ = '\0';
  json_object_set_new (object, "report", strcmp (name, "index") == 0 ? json_null () : dk_json_text (name));
  json_object_set_new (object, "table", table != NULL ? dk_json_text (table) : json_null ());
  json_object_set_new (object, "format", dk_json_text (dot + 1));
  json_object_set_new (object, "path", dk_json_text (path));
  command_print_json (g_steal_pointer (&object));
}

static void
print_paths (const GPtrArray *paths, bool json)
{
  for (guint i = 0; i < paths->len; i++)
    if (json)
      print_path (paths->pdata[i]);
    else if (g_str_has_suffix (paths->pdata[i], ".html"))
      puts (paths->pdata[i]);
}

static bool
run (int argc, char **argv, GError **error)
{
  g_auto (Command) command = { 0 };
  g_auto (Options) options = { 0 };
  g_autoptr (GPtrArray) paths = NULL;
  if (!parse_options (&command, &options, &argc, &argv, error))
    return false;
  g_autoptr (Store) store = command_open (&command, error);
  g_autoptr (Config) config = store != NULL ? open_config (store, error) : NULL;
  g_autoptr (Settings) settings = config != NULL ? settings_load (config, error) : NULL;
  g_autoptr (Vocabulary) vocabulary = settings != NULL ? vocabulary_load (config, error) : NULL;
  if (vocabulary == NULL)
    return false;
  const char *language = dk_language (command.lang != NULL ? command.lang : settings->language);
  if (!reports_write (store, settings, vocabulary, argc > 1 ? argv[1] : NULL, options.first, options.last, language,
                      options.out, &paths, error))
    return false;
  print_paths (paths, command.json);
  return true;
}

int
docket_report (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  return run (argc, argv, &error) ? 0 : command_end ("report", error);
}
