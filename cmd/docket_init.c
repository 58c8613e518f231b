/* docket init and docket up - from nothing to a running mailroom. */
#include "base/messages.h"
#include "cmd/command.h"
#include "cmd/docket_commands.h"
#include "cmd/layout.h"
#include "cmd/say.h"
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

static bool
init (Command *command, int argc, char **argv, GError **error)
{
  g_autofree char *country = NULL;
  const GOptionEntry entries[] = {
    { "country", 0, 0, G_OPTION_ARG_STRING, &country, "Where the firm answers: ES, ES-AN, FR, HU, GB, US …; default ES",
      "CC" },
    G_OPTION_ENTRY_NULL,
  };
  if (!command_parse (command, entries, "STORE",
                      "Makes a store: a folder with commented configuration and everything that docket keeps.", &argc,
                      &argv, error))
    return false;
  if (argc != 2)
    return dk_throw (error, DK_ERROR_USAGE,
                     "one folder is needed, such as docket init /srv/mail; see docket init --help");
  g_autofree char *code = g_ascii_strup (country != NULL ? country : "ES", -1);
  if (!layout_store (argv[1], STORE_DURABLE, code, command->lang, error))
    return false;
  g_autofree char *path = g_canonicalize_filename (argv[1], NULL);
  if (command->json)
    command_print_json (json_pack ("{s:s}", "store", path));
  else
    {
      say (command->language, "init.store", "s", path);
      say (command->language, "init.settings", "s", path);
      say (command->language, "init.start", "s", path);
    }
  return true;
}

int
docket_init (int argc, char **argv)
{
  g_auto (Command) command = { 0 };
  g_autoptr (GError) error = NULL;
  init (&command, argc, argv, &error);
  return command_end ("init", error);
}

static bool
up (Command *command, int argc, char **argv, GError **error)
{
  int jobs = 0;
  gboolean no_inotify = FALSE, verbose = FALSE;
  const GOptionEntry entries[] = {
    { "jobs", 0, 0, G_OPTION_ARG_INT, &jobs, "Pages worked on at once; default: one for each core", "N" },
    { "no-inotify", 0, 0, G_OPTION_ARG_NONE, &no_inotify, "Look through the drop folders only, without events", NULL },
    { "verbose", 0, 0, G_OPTION_ARG_NONE, &verbose, "A log line for each event", NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!command_parse (command, entries, "[STORE]", "Runs docketd in the foreground until it is interrupted.", &argc,
                      &argv, error))
    return false;
  if (argc > 2)
    return dk_refuse (error, DK_ERROR_USAGE, "word_more", "ss", argv[2], "up");
  if (!command_jobs (jobs, error))
    return false;
  g_autofree char *store = say_find_store (command->language, argc == 2 ? argv[1] : command->store, error);
  if (store == NULL)
    return false;
  g_autoptr (Store) opened = store_open (store, STORE_DURABLE, error);
  if (opened == NULL)
    return false;
  if (store_pipeline_is_locked (opened))
    return dk_refuse (error, DK_ERROR_BUSY, "running_already", "s", store);
  g_autofree char *inbox = store_join (opened, "inbox/default");
  say (command->language, "up.works", "ss", store_path (opened), inbox);
  fflush (stdout);
  g_autofree char *docketd = command_sibling ("docketd");
  g_autofree char *number = g_strdup_printf ("%d", jobs);
  const char *arguments[8] = { docketd, "--store", store_path (opened), "--jobs", number };
  int n = 5;
  if (no_inotify)
    arguments[n++] = "--no-inotify";
  if (!verbose)
    arguments[n++] = "--quiet";
  execv (docketd, (char **)(uintptr_t)arguments);
  return dk_throw_errno (error, "start %s", docketd);
}

int
docket_up (int argc, char **argv)
{
  g_auto (Command) command = { 0 };
  g_autoptr (GError) error = NULL;
  up (&command, argc, argv, &error);
  return command_end ("up", error);
}
