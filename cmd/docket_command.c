#include "base/file.h"
#include "base/messages.h"
#include "cmd/command.h"
#include "cmd/say.h"
#include "store/versions.h"
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

void
command_clear (Command *command)
{
  g_free (command->store);
  g_free (command->lang);
}

void
command_speak (int argc, char *const *argv)
{
  const char *language = NULL;
  for (int i = 1; i < argc; i++)
    if (g_str_has_prefix (argv[i], "--lang="))
      language = argv[i] + strlen ("--lang=");
    else if (strcmp (argv[i], "--lang") == 0 && i + 1 < argc)
      language = argv[i + 1];
  dk_speak (dk_language (language));
}

/* GOption speaks English, and names the option last. */
bool
command_refuse_option (const GError *wrong, const char *command, GError **error)
{
  const char *name = strrchr (wrong->message, ' ');
  name = name != NULL ? name + 1 : wrong->message;
  if (g_error_matches (wrong, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION))
    return dk_refuse (error, DK_ERROR_USAGE, "option_unknown", "ss", name, command);
  if (g_str_has_prefix (wrong->message, "Missing argument"))
    return dk_refuse (error, DK_ERROR_USAGE, "option_bare", "ss", name, command);
  if (g_error_matches (wrong, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE) && *name == '-')
    return dk_refuse (error, DK_ERROR_USAGE, "option_value", "ss", name, command);
  return dk_throw (error, DK_ERROR_USAGE, "%s; see docket %s --help", wrong->message, command);
}

bool
command_parse (Command *command, const GOptionEntry *entries, const char *words, const char *summary, int *argc,
               char ***argv, GError **error)
{
  const GOptionEntry common[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &command->store,
      "The store; else $DOCKET_STORE, else the one this folder lies in", "DIR" },
    { "lang", 0, 0, G_OPTION_ARG_STRING, &command->lang,
      "Language of sentences: en fr es hu; else that of the environment", "L" },
    { "json", 0, 0, G_OPTION_ARG_NONE, &command->json, "Print JSON, one object a line", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new (words);
  g_autofree char *program = g_strconcat ("docket ", (*argv)[0], NULL);
  g_set_prgname (program);
  command_speak (*argc, *argv);
  g_option_context_set_summary (context, summary);
  g_option_context_add_main_entries (context, common, NULL);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &wrong))
    return command_refuse_option (wrong, (*argv)[0], error);
  if (*argc > 1 && strcmp ((*argv)[1], "--") == 0) /* GOption leaves the mark that ends options standing */
    {
      memmove (*argv + 1, *argv + 2, (size_t)(*argc - 1) * sizeof **argv);
      --*argc;
    }
  if (words == NULL && *argc > 1)
    return dk_refuse (error, DK_ERROR_USAGE, "word_more", "ss", (*argv)[1], (*argv)[0]);
  if (command->lang != NULL && !dk_language_known (command->lang))
    return dk_refuse (error, DK_ERROR_USAGE, "lang", "s", command->lang);
  command->language = dk_language (command->lang);
  dk_speak (command->language);
  return true;
}

/* How @act of "docket COMMAND" is written. Owned by the caller. */
static char *
form_of (const char *command, const char *act)
{
  g_autofree char *key = g_strconcat ("form.", command, ".", act, NULL);
  return say_text (dk_spoken (), key, "");
}

bool
command_check_words (const char *command, const char *act, char *const *words, int n, int least, int most,
                     GError **error)
{
  if (n >= least && n <= most)
    return true;
  g_autofree char *form = form_of (command, act), *extra = n > most ? command_plain (words[most]) : NULL;
  return n > most ? dk_refuse (error, DK_ERROR_USAGE, "form_more", "ss", extra, form)
                  : dk_refuse (error, DK_ERROR_USAGE, "form_less", "s", form);
}

bool
command_lacks (const char *command, const char *act, const char *option, GError **error)
{
  g_autofree char *form = form_of (command, act);
  return dk_refuse (error, DK_ERROR_USAGE, "form_lacks", "ss", option, form);
}

bool
command_jobs (int jobs, GError **error)
{
  return jobs >= 0 || dk_refuse (error, DK_ERROR_USAGE, "jobs", "d", jobs);
}

Store *
command_open (const Command *command, GError **error)
{
  g_autofree char *path = say_find_store (command->language, command->store, error);
  return path != NULL ? store_open (path, STORE_DURABLE, error) : NULL;
}

Config *
command_config (Store *store, GError **error)
{
  int64_t id;
  g_autoptr (Config) last = NULL;
  g_autoptr (GError) invalid = NULL;
  g_autoptr (Config) config = config_read_store (store_path (store), &invalid);
  g_autoptr (Settings) settings = config != NULL ? settings_load (config, &invalid) : NULL;
  if (settings != NULL)
    return g_steal_pointer (&config);
  if (store_config_current (store, &id, &last, NULL) && id > 0)
    {
      Config *completed = config_completed (last, NULL);
      return completed != NULL ? completed : g_steal_pointer (&last);
    }
  g_propagate_error (error, g_steal_pointer (&invalid));
  return NULL;
}

Vocabulary *
command_vocabulary (Store *store)
{
  g_autoptr (Config) config = command_config (store, NULL);
  return config != NULL ? vocabulary_load (config, NULL) : NULL;
}

int
command_end (const char *name, const GError *error)
{
  if (error == NULL)
    return 0;
  g_autofree char *plain = command_plain (error->message);
  bool full = g_error_matches (error, DK_ERROR, DK_ERROR_FULL);
  g_autofree char *text = full ? dk_message (dk_spoken (), "refuse.disk_full", "s", plain) : g_strdup (plain);
  fflush (stdout); /* where both go to one file, what was said before stands before */
  if (g_error_matches (error, DK_ERROR, DK_ERROR_CONFIG)) /* file:line:column stands first, for editors */
    g_printerr ("%s\n", text);
  else
    g_printerr ("docket %s: %s\n", name, text);
  return dk_exit_status (error);
}

void
command_print_json (json_t *value)
{
  g_autofree char *line = dk_json_line (value);
  fputs (line, stdout);
  putchar ('\n');
  json_decref (value);
}

char *
command_plain (const char *text)
{
  return dk_escape_name (text);
}

void
command_print_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL && (line[1] != NULL || **line != '\0'); line++)
    {
      g_autofree char *plain = command_plain (*line);
      puts (plain);
    }
}

static volatile int interrupted;

static void
on_interrupt (int number)
{
  (void)number;
  interrupted = 1;
}

const volatile int *
command_interrupted (void)
{
  static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGPIPE };
  const struct sigaction action = { .sa_handler = on_interrupt };
  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    sigaction (signals[i], &action, NULL);
  return &interrupted;
}

char *
command_sibling (const char *name)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (self != NULL ? self : ".");
  return g_build_filename (folder, name, NULL);
}

char *
command_actor (void)
{
  return g_strconcat ("user:", g_get_user_name (), NULL);
}

static void
add_files (GPtrArray *files, const char *path, bool named)
{
  struct stat st = { 0 };
  bool is_folder = (named ? stat (path, &st) : lstat (path, &st)) == 0 && S_ISDIR (st.st_mode);
  if (!is_folder && !named && !S_ISREG (st.st_mode))
    return; /* links and devices inside a folder are nobody's letter */
  g_auto (GStrv) names = is_folder ? dk_list_dir (AT_FDCWD, path, NULL) : NULL;
  if (names == NULL)
    g_ptr_array_add (files, g_strdup (path));
  for (char **name = names; name != NULL && *name != NULL; name++)
    {
      g_autofree char *below = g_build_filename (path, *name, NULL);
      if (**name != '.')
        add_files (files, below, false);
    }
}

char **
command_files (char **paths)
{
  GPtrArray *files = g_ptr_array_new ();
  for (; *paths != NULL; paths++)
    add_files (files, *paths, true);
  g_ptr_array_add (files, NULL);
  return (char **)g_ptr_array_free (files, FALSE);
}
