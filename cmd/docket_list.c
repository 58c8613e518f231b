/* docket list - the register as a table: one line a document. */
#include "cmd/command.h"
#include "cmd/docket_commands.h"
#include "store/case.h"
#include "store/decision.h"
#include "store/receipt.h"
#include <stdio.h>
#include <string.h>

/* The earliest of the deadlines in force. */
static const StoreDeadline *
next_deadline (const GPtrArray *deadlines)
{
  const StoreDeadline *next = NULL;
  for (guint i = 0; i < deadlines->len; i++)
    {
      const StoreDeadline *deadline = deadlines->pdata[i];
      if (deadline->due != NULL && strcmp (deadline->state, "withdrawn") != 0
          && (next == NULL || strcmp (deadline->due, next->due) < 0))
        next = deadline;
    }
  return next;
}

/* @text in @columns columns, cut or filled up; a character is taken for one column. Owned by the caller. */
static char *
column (const char *text, glong columns)
{
  g_autofree char *plain = command_plain (text != NULL ? text : "");
  glong length = g_utf8_strlen (plain, -1);
  g_autofree char *cut = length > columns ? g_utf8_substring (plain, 0, columns - 1) : NULL;
  if (cut != NULL)
    return g_strconcat (cut, "…", NULL);
  g_autofree char *blanks = g_strnfill ((gsize)(columns - length), ' ');
  return g_strconcat (plain, blanks, NULL);
}

static void
print_row (const char *const *cells)
{
  static const glong columns[] = { 20, 10, 11, 26, 2, 12, 40 };
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *cell = column (cells[i], columns[i]);
      printf ("%s%s", cell, i + 1 < G_N_ELEMENTS (columns) ? "  " : "\n");
    }
}

static bool
list_one (const Command *command, Store *store, int64_t id, GError **error)
{
  g_autoptr (StoreDocument) document = store_document_load (store, id, error);
  g_autoptr (StoreReceipt) receipt = document != NULL ? store_receipt_of (store, id, error) : NULL;
  g_autoptr (GPtrArray) deadlines = receipt != NULL ? store_deadlines (store, document->case_id, error) : NULL;
  if (deadlines == NULL)
    return false;
  const StoreDeadline *deadline = next_deadline (deadlines);
  bool provisional = deadline != NULL && strcmp (deadline->state, "provisional") == 0;
  g_autofree char *id_text = g_strdup_printf ("#%" G_GINT64_FORMAT, id);
  g_autofree char *due = deadline != NULL ? g_strconcat (deadline->due, provisional ? " ?" : "", NULL) : NULL;
  if (command->json)
    {
      command_print_json (json_pack ("{s:I, s:s?, s:s, s:s, s:s?, s:s?, s:s?, s:s?, s:s?, s:s, s:s?, s:s?}", "document",
                                     (json_int_t)id, "number", document->number, "received", receipt->received, "stage",
                                     document->stage, "kind", document->kind, "subject", document->subject, "language",
                                     document->language, "due", deadline != NULL ? deadline->due : NULL, "state",
                                     deadline != NULL ? deadline->state : NULL, "outcome", document->outcome, "folder",
                                     document->folder, "name", document->name));
      return true;
    }
  const char *cells[] = { document->number != NULL ? document->number : id_text,
                          receipt->received,
                          document->kind != NULL ? document->kind : document->stage,
                          document->subject != NULL ? document->subject : document->reason,
                          document->language,
                          due,
                          receipt->name };
  print_row (cells);
  return true;
}

static bool
list (Command *command, int argc, char **argv, GError **error)
{
  static const char *const headings[] = { "number", "received", "kind", "subject", "", "due", "source" };
  if (!command_parse (
          command, NULL, NULL,
          "Lists the register: one line a document, with the next date an answer is due (? while provisional).", &argc,
          &argv, error))
    return false;
  g_autoptr (Store) store = command_open (command, error);
  g_autoptr (GArray) ids = store != NULL ? store_documents (store, STORE_DOCUMENTS_ALL, 0, 0, error) : NULL;
  if (ids == NULL)
    return false;
  if (!command->json)
    print_row (headings);
  for (guint i = 0; i < ids->len; i++)
    if (!list_one (command, store, g_array_index (ids, int64_t, i), error))
      return false;
  return true;
}

int
docket_list (int argc, char **argv)
{
  g_auto (Command) command = { 0 };
  g_autoptr (GError) error = NULL;
  list (&command, argc, argv, &error);
  return command_end ("list", error);
}
