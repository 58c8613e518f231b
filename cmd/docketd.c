/* docketd - the holder of the pipeline lock: watches, takes in, leases work, commits results. */
#include "base/log.h"
#include "pipeline/pipeline.h"
#include <locale.h>
#include <signal.h>
#include <stdio.h>

static volatile int stop;

static void
on_signal (int number)
{
  (void)number;
  stop = 1;
}

static void
catch_signals (void)
{
  const struct sigaction action = { .sa_handler = on_signal };
  sigaction (SIGINT, &action, NULL);
  sigaction (SIGTERM, &action, NULL);
  signal (SIGPIPE, SIG_IGN);
}

typedef struct
{
  char *store;
  int jobs;
  gboolean once, no_inotify, quiet, version;
} Options;

static bool
parse (Options *options, int *argc, char ***argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "store", 0, 0, G_OPTION_ARG_FILENAME, &options->store,
      "The store; else $DOCKET_STORE, else the one this folder lies in", "DIR" },
    { "once", 0, 0, G_OPTION_ARG_NONE, &options->once, "End when every file is taken in and at rest", NULL },
    { "jobs", 0, 0, G_OPTION_ARG_INT, &options->jobs, "Pages worked on at once; default: one for each core", "N" },
    { "no-inotify", 0, 0, G_OPTION_ARG_NONE, &options->no_inotify, "Look through the drop folders only, without events",
      NULL },
    { "quiet", 0, 0, G_OPTION_ARG_NONE, &options->quiet, "No log lines on standard error", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Print the version", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GError) wrong = NULL;
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_option_context_set_summary (context, "Runs the mailroom of one store until it is interrupted.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &wrong))
    return dk_throw (error, DK_ERROR_USAGE, "%s; see docketd --help", wrong->message);
  if (*argc > 1)
    return dk_throw (error, DK_ERROR_USAGE, "“%s” is one word too many; see docketd --help", (*argv)[1]);
  if (options->jobs < 0 || options->jobs > 256)
    return dk_throw (error, DK_ERROR_USAGE, "--jobs takes a number from 1 to 256");
  return true;
}

static bool
work (const Options *options, GError **error)
{
  g_autofree char *path = store_find (options->store, error);
  g_autoptr (Store) store = path != NULL ? store_open (path, STORE_DURABLE, error) : NULL;
  if (store == NULL)
    return false;
  PipelineOptions pipeline_options = { .jobs = (unsigned)options->jobs,
                                       .watch = true,
                                       .events = !options->no_inotify,
                                       .once = options->once,
                                       .learn = !options->once };
  g_autoptr (Pipeline) pipeline = pipeline_open (store, &pipeline_options, error);
  return pipeline != NULL && pipeline_run (pipeline, options->once ? pipeline_is_idle : NULL, NULL, &stop, error);
}

int
main (int argc, char **argv)
{
  Options options = { 0 };
  g_autoptr (GError) error = NULL;
  setlocale (LC_ALL, "C.UTF-8");
  if (!parse (&options, &argc, &argv, &error))
    {
      g_printerr ("docketd: %s\n", error->message);
      return dk_exit_status (error);
    }
  if (options.version)
    {
      printf ("docketd %s\n", DOCKET_VERSION);
      return 0;
    }
  if (!options.quiet)
    dk_log_enable ();
  catch_signals ();
  work (&options, &error);
  g_free (options.store);
  bool placed = g_error_matches (error, DK_ERROR, DK_ERROR_CONFIG); /* begins with file:line:column */
  if (error != NULL)
    g_printerr ("%s%s\n", placed ? "" : "docketd: ", error->message);
  return dk_exit_status (error);
}
