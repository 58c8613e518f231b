/* docket list - the register as a table: one line a document. */
#include "base/messages.h"
#include "cmd/command.h"
#include "cmd/docket_commands.h"
#include "cmd/say.h"
#include "cmd/values.h"
#include "pipeline/stages.h"
#include "store/documents.h"
#include "store/receipt.h"
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define A_PAGE 500 /* rows that are asked for at once */
#define N_COLUMNS 9
#define GAP 2 /* between columns */

/* Columns of the terminal that standard output is; 0: it is none, and a line may be as long as it gets. */
static glong
terminal_columns (void)
{
  struct winsize size;
  return isatty (STDOUT_FILENO) && ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

/* Sets the widths of the columns, so that a row fits into the terminal: the last ones give way first. */
static void
find_widths (glong widths[N_COLUMNS])
{
  static const struct
  {
    glong best, least;
  } columns[N_COLUMNS]
      = { { 20, 18 }, { 10, 10 }, { 14, 10 }, { 12, 6 }, { 26, 10 }, { 3, 2 }, { 12, 12 }, { 22, 0 }, { 30, 0 } };
  glong room = terminal_columns (), over = -GAP;
  for (gsize i = 0; i < N_COLUMNS; i++)
    over += columns[i].best + GAP;
  over = room > 0 ? MAX (0, over - room) : 0;
  for (gsize i = N_COLUMNS; i-- > 0;)
    {
      glong less = MIN (over, columns[i].best - columns[i].least);
      widths[i] = columns[i].best - less;
      over -= widths[i] > 0 ? less : less + GAP;
    }
}

static void
print_row (const char *const cells[N_COLUMNS])
{
  glong widths[N_COLUMNS];
  g_autoptr (GString) row = g_string_new (NULL);
  find_widths (widths);
  for (gsize i = 0; i < N_COLUMNS && widths[i] > 0; i++)
    {
      g_autofree char *cell = say_column (cells[i], widths[i]);
      g_string_append_printf (row, "%s%*s", cell, GAP, "");
    }
  puts (g_strchomp (row->str));
}

static void
print_json (const StoreDocumentRow *row)
{
  command_print_json (
      json_pack ("{s:I, s:s?, s:s?, s:s, s:s?, s:s?, s:s?, s:s?, s:s?, s:s?, s:s, s:s?, s:s?, s:s?, s:s?}", "document",
                 (json_int_t)row->id, "number", row->number, "received", row->received, "stage", row->stage, "kind",
                 row->kind, "subject", row->subject, "language", row->language, "sender", row->sender, "due", row->due,
                 "state", row->state, "outcome", row->outcome, "folder", row->folder, "name", row->name, "urgency",
                 row->urgency, "copy_of", row->copy_of));
}

/* Owned by the caller; NULL where nothing is due. */
static char *
due_text (const StoreDocumentRow *row, const char *language)
{
  if (row->due == NULL)
    return row->state != NULL ? say_text (language, "list.calendar", "") : NULL;
  return g_strconcat (row->due, strcmp (row->state, "provisional") == 0 ? " ?" : "", NULL);
}

static void
print_plain (const StoreDocumentRow *row, const char *language)
{
  g_autofree char *id = g_strdup_printf ("#%" G_GINT64_FORMAT, row->id);
  g_autofree char *due = due_text (row, language);
  g_autofree char *kind = row->kind != NULL ? say_value (language, "kind", row->kind)
                          : strcmp (row->stage, STORE_STAGE_QUARANTINED) == 0
                              ? say_text (language, "in_quarantine", "")
                              : report_label (language, "stage", pipeline_stage_name (row->stage));
  g_autofree char *urgency = row->urgency != NULL ? say_value (language, "urgency", row->urgency) : NULL;
  g_autofree char *copy = row->copy_of != NULL ? say_text (language, "list.copy", "s", row->copy_of) : NULL;
  g_autofree char *reason = row->reason != NULL ? report_label (language, "report.reason", row->reason) : NULL;
  const char *cells[] = { row->number != NULL ? row->number : id,
                          row->received,
                          kind,
                          urgency,
                          copy != NULL           ? copy
                          : row->subject != NULL ? row->subject
                                                 : reason,
                          row->language,
                          due,
                          row->sender,
                          row->source };
  print_row (cells);
}

static void
print_headings (const char *language)
{
  static const char *const keys[] = { "list.number", "list.received", "list.kind",   "list.urgent", "list.subject",
                                      NULL,          "list.due",      "list.sender", "list.source" };
  char *headings[G_N_ELEMENTS (keys)];
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    headings[i] = keys[i] != NULL ? say_text (language, keys[i], "") : NULL;
  print_row ((const char *const *)headings);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    g_free (headings[i]);
}

typedef struct
{
  gboolean urgent, all;
  char *kind, *subject, *of_language, *after;
  gint limit;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->kind);
  g_free (options->subject);
  g_free (options->of_language);
  g_free (options->after);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* Page by page, so that a long register needs no more memory than a short one. */
static bool
print_pages (const Command *command, Store *store, const Options *options, int64_t after, GError **error)
{
  for (gint left = options->limit; options->limit == 0 || left > 0;)
    {
      const StoreDocumentsFilter filter = { .urgent = options->urgent,
                                            .copies = options->all,
                                            .kind = options->kind,
                                            .subject = options->subject,
                                            .language = options->of_language,
                                            .limit = options->limit > 0 ? (unsigned)MIN (left, A_PAGE) : A_PAGE,
                                            .after = after };
      g_autoptr (GPtrArray) rows = store_document_rows (store, &filter, error);
      if (rows == NULL)
        return false;
      for (guint i = 0; i < rows->len; i++)
        {
          const StoreDocumentRow *row = rows->pdata[i];
          after = row->id;
          if (command->json)
            print_json (row);
          else
            print_plain (row, command->language);
        }
      if (rows->len < filter.limit)
        return true;
      left -= (gint)rows->len;
    }
  return true;
}

/* So that what nobody can have is not taken for what nobody has. */
static bool
check_values (Store *store, const Options *options, GError **error)
{
  const char *const asked[][2]
      = { { "kind", options->kind }, { "subject", options->subject }, { "language", options->of_language } };
  for (gsize i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      g_autofree char *said = asked[i][1] != NULL ? g_strdup_printf ("--%s %s", asked[i][0], asked[i][1]) : NULL;
      if (said != NULL && !values_check (store, asked[i][0], asked[i][1], said, error))
        return false;
    }
  return true;
}

static bool
list (Command *command, Options *options, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "urgent", 0, 0, G_OPTION_ARG_NONE, &options->urgent, "Only what cannot wait", NULL },
    { "all", 0, 0, G_OPTION_ARG_NONE, &options->all, "Copies too, such as a letter that was scanned again", NULL },
    { "kind", 0, 0, G_OPTION_ARG_STRING, &options->kind, "Only letters of this kind, such as complaint", "KIND" },
    { "subject", 0, 0, G_OPTION_ARG_STRING, &options->subject, "Only letters about this subject", "SUBJECT" },
    { "language", 0, 0, G_OPTION_ARG_STRING, &options->of_language, "Only letters in this language, such as es", "L" },
    { "limit", 0, 0, G_OPTION_ARG_INT, &options->limit, "At most so many lines; 0: all", "N" },
    { "after", 0, 0, G_OPTION_ARG_STRING, &options->after, "Those that came after this one", "N" },
    G_OPTION_ENTRY_NULL,
  };
  if (!command_parse (
          command, entries, NULL,
          "Lists the register: one line a document, with the next date an answer is due (? while provisional).", &argc,
          &argv, error))
    return false;
  if (options->limit < 0)
    return dk_refuse (error, DK_ERROR_USAGE, "list_limit", "");
  g_autoptr (Store) store = command_open (command, error);
  g_autoptr (StoreDocument) last = store != NULL && options->after != NULL
                                       ? say_find_document (command->language, store, options->after, error)
                                       : NULL;
  if (store == NULL || (options->after != NULL && last == NULL) || !check_values (store, options, error))
    return false;
  if (!command->json)
    print_headings (command->language);
  return print_pages (command, store, options, last != NULL ? last->id : 0, error);
}

int
docket_list (int argc, char **argv)
{
  g_auto (Command) command = { 0 };
  g_auto (Options) options = { 0 };
  g_autoptr (GError) error = NULL;
  list (&command, &options, argc, argv, &error);
  return command_end ("list", error);
}
