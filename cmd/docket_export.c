/* docket export - what others read: the event log for process mining, the filed documents as plain files. */
#include "base/clock.h"
#include "base/file.h"
#include "base/messages.h"
#include "cmd/command.h"
#include "cmd/docket_commands.h"
#include "cmd/export.h"
#include "cmd/say.h"
#include "reports/event_log.h"
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

typedef struct
{
  Command command;
  char *format, *out, *from, *to;
} Options;

static void
options_clear (Options *options)
{
  command_clear (&options->command);
  g_free (options->format);
  g_free (options->out);
  g_free (options->from);
  g_free (options->to);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static bool
check_day (const char *option, const char *text, GError **error)
{
  return text == NULL || dk_day_parse (text) != DK_DAY_NONE
         || dk_refuse (error, DK_ERROR_USAGE, "date", "ss", option, text);
}

static bool
check_options (const Options *options, EventLogFormat *format, GError **error)
{
  *format = g_strcmp0 (options->format, "csv") == 0 ? EVENT_LOG_CSV : EVENT_LOG_XES;
  if (options->format != NULL && *format == EVENT_LOG_XES && strcmp (options->format, "xes") != 0)
    return dk_refuse (error, DK_ERROR_USAGE, "format", "s", options->format);
  if (options->command.json && options->out == NULL)
    return dk_refuse (error, DK_ERROR_USAGE, "json_out", "");
  return check_day ("--from", options->from, error) && check_day ("--to", options->to, error);
}

static bool
write_to (const Options *options, Store *store, EventLogFormat format, FILE *file, EventLogCounts *counts,
          GError **error)
{
  if (!report_event_log (store, format, options->from, options->to, file, counts, error))
    return false;
  return (fflush (file) == 0 && !ferror (file))
         || dk_throw_errno (error, "write the event log to %s",
                            options->out != NULL ? options->out : "standard output");
}

/* Under a name of its own until it is whole. */
static bool
write_file (const Options *options, Store *store, EventLogFormat format, EventLogCounts *counts, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (options->out), *name = g_path_get_basename (options->out);
  g_autofree char *part = g_strdup_printf (".%s.part", name);
  autofd dir = dk_open_dir (AT_FDCWD, folder, error);
  if (dir < 0)
    return false;
  autofd fd = openat (dir, part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  FILE *file = fd >= 0 ? fdopen (fd, "w") : NULL;
  if (file == NULL)
    return dk_throw_errno (error, "make %s", options->out);
  int own = dk_steal_fd (&fd); /* the file's now */
  bool done = write_to (options, store, format, file, counts, error) && dk_publish (dir, own, part, name, error);
  if (!done)
    unlinkat (dir, part, 0);
  fclose (file);
  return done;
}

static void
tell (const Options *options, const EventLogCounts *counts)
{
  if (options->command.json)
    command_print_json (json_pack ("{s:o, s:I, s:I, s:I}", "path", dk_json_text (options->out), "cases",
                                   (json_int_t)counts->cases, "events", (json_int_t)counts->events, "nudged",
                                   (json_int_t)counts->nudged));
  else
    say (options->command.language, "export.log", "slll", options->out, counts->cases, counts->events, counts->nudged);
}

static bool
export_log (const Options *options, GError **error)
{
  EventLogFormat format;
  EventLogCounts counts;
  if (!check_options (options, &format, error))
    return false;
  g_autoptr (Store) store = command_open (&options->command, error);
  if (store == NULL)
    return false;
  if (options->out == NULL)
    return write_to (options, store, format, stdout, &counts, error);
  if (!write_file (options, store, format, &counts, error))
    return false;
  tell (options, &counts);
  return true;
}

static bool
export_tree (const Options *options, const char *path, GError **error)
{
  int64_t documents;
  if (options->format != NULL || options->out != NULL)
    return dk_refuse (error, DK_ERROR_USAGE, "export_log", "");
  if (!check_day ("--from", options->from, error) || !check_day ("--to", options->to, error)
      || !export_files (&options->command, path, options->from, options->to, &documents, error))
    return false;
  if (options->command.json)
    command_print_json (json_pack ("{s:o, s:I}", "path", dk_json_text (path), "documents", (json_int_t)documents));
  else
    say (options->command.language, "export.files", "sl", path, documents);
  return true;
}

static bool
run (Options *options, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "format", 0, 0, G_OPTION_ARG_STRING, &options->format, "log: xes (the default) or csv", "F" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &options->out, "log: to FILE in place of the standard output", "FILE" },
    { "from", 0, 0, G_OPTION_ARG_STRING, &options->from, "What was received on this day or later", "DATE" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &options->to, "What was received on this day or earlier", "DATE" },
    G_OPTION_ENTRY_NULL,
  };
  if (!command_parse (&options->command, entries, "log | files DIR",
                      "Writes what happened in each case as an event log for process mining (log: XES or CSV), or the "
                      "filed documents with JSON beside each (files).",
                      &argc, &argv, error))
    return false;
  if (argc == 2 && strcmp (argv[1], "log") == 0)
    return export_log (options, error);
  if (argc == 3 && strcmp (argv[1], "files") == 0)
    return export_tree (options, argv[2], error);
  return dk_refuse (error, DK_ERROR_USAGE, "export_what", "");
}

int
docket_export (int argc, char **argv)
{
  g_auto (Options) options = { 0 };
  g_autoptr (GError) error = NULL;
  run (&options, argc, argv, &error);
  return command_end ("export", error);
}
