/* docket list - the register as a table: one line a document. */
#include "cmd/command.h"
#include "cmd/docket_commands.h"
#include "cmd/say.h"
#include "pipeline/stages.h"
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

static bool
lacks_calendar (const GPtrArray *deadlines)
{
  for (guint i = 0; i < deadlines->len; i++)
    if (strcmp (((const StoreDeadline *)deadlines->pdata[i])->state, "calendar_missing") == 0)
      return true;
  return false;
}

/* Who wrote, as far as that is decided; NULL where it is not. Lent by @decisions. */
static const char *
sender_of (const GPtrArray *decisions)
{
  for (guint i = 0; i < decisions->len; i++)
    {
      const StoreDecision *decision = decisions->pdata[i];
      if (strcmp (decision->name, "sender") == 0)
        return decision->value;
    }
  return NULL;
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
  static const glong columns[] = { 20, 10, 14, 12, 26, 3, 12, 22, 30 };
  for (gsize i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autofree char *cell = column (cells[i], columns[i]);
      printf ("%s%s", cell, i + 1 < G_N_ELEMENTS (columns) ? "  " : "\n");
    }
}

/* What a row is made of. */
typedef struct
{
  const StoreDocument *document;
  const StoreReceipt *receipt;
  const StoreDeadline *deadline; /* the next one, or NULL */
  const char *sender;            /* or NULL */
  bool calendar_missing;
} Row;

static void
print_json (const Row *row)
{
  const StoreDocument *document = row->document;
  command_print_json (json_pack (
      "{s:I, s:s?, s:s, s:s, s:s?, s:s?, s:s?, s:s?, s:s?, s:s?, s:s, s:s?, s:s?, s:s?}", "document",
      (json_int_t)document->id, "number", document->number, "received", row->receipt->received, "stage",
      document->stage, "kind", document->kind, "subject", document->subject, "language", document->language, "sender",
      row->sender, "due", row->deadline != NULL ? row->deadline->due : NULL, "state",
      row->deadline != NULL   ? row->deadline->state
      : row->calendar_missing ? "calendar_missing"
                              : NULL,
      "outcome", document->outcome, "folder", document->folder, "name", document->name, "urgency", document->urgency));
}

/* Owned by the caller; NULL where nothing is due. */
static char *
due_text (const Row *row, const char *language)
{
  if (row->deadline == NULL)
    return row->calendar_missing ? say_text (language, "list.calendar", "") : NULL;
  bool provisional = strcmp (row->deadline->state, "provisional") == 0;
  return g_strconcat (row->deadline->due, provisional ? " ?" : "", NULL);
}

static void
print_plain (const Row *row, const char *language)
{
  const StoreDocument *document = row->document;
  g_autofree char *id = g_strdup_printf ("#%" G_GINT64_FORMAT, document->id);
  g_autofree char *due = due_text (row, language);
  g_autofree char *kind = document->kind != NULL ? say_value (language, "kind", document->kind)
                          : strcmp (document->stage, STORE_STAGE_QUARANTINED) == 0
                              ? say_text (language, "in_quarantine", "")
                              : report_label (language, "stage", pipeline_stage_name (document->stage));
  g_autofree char *urgency = document->urgency != NULL ? say_value (language, "urgency", document->urgency) : NULL;
  g_autofree char *reason
      = document->reason != NULL ? report_label (language, "report.reason", document->reason) : NULL;
  const char *cells[] = { document->number != NULL ? document->number : id,
                          row->receipt->received,
                          kind,
                          urgency,
                          document->subject != NULL ? document->subject : reason,
                          document->language,
                          due,
                          row->sender,
                          row->receipt->name };
  print_row (cells);
}

static bool
list_one (const Command *command, Store *store, int64_t id, GError **error)
{
  g_autoptr (StoreDocument) document = store_document_load (store, id, error);
  g_autoptr (StoreReceipt) receipt = document != NULL ? store_receipt_of (store, id, error) : NULL;
  g_autoptr (GPtrArray) deadlines = receipt != NULL ? store_deadlines (store, document->case_id, error) : NULL;
  g_autoptr (GPtrArray) decisions = deadlines != NULL ? store_decisions (store, id, true, error) : NULL;
  if (decisions == NULL)
    return false;
  const Row row = { document, receipt, next_deadline (deadlines), sender_of (decisions), lacks_calendar (deadlines) };
  if (command->json)
    print_json (&row);
  else
    print_plain (&row, command->language);
  return true;
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

static bool
list (Command *command, int argc, char **argv, GError **error)
{
  gboolean urgent = FALSE;
  const GOptionEntry entries[] = {
    { "urgent", 0, 0, G_OPTION_ARG_NONE, &urgent, "Only what cannot wait", NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!command_parse (
          command, entries, NULL,
          "Lists the register: one line a document, with the next date an answer is due (? while provisional).", &argc,
          &argv, error))
    return false;
  g_autoptr (Store) store = command_open (command, error);
  g_autoptr (GArray) ids
      = store != NULL ? store_documents (store, urgent ? STORE_DOCUMENTS_URGENT : STORE_DOCUMENTS_ALL, 0, 0, error)
                      : NULL;
  if (ids == NULL)
    return false;
  if (!command->json)
    print_headings (command->language);
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
