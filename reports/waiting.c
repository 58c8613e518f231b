#include "base/messages.h"
#include "reports/format.h"
#include "reports/lifecycle.h"
#include "store/blind.h"
#include "store/case.h"
#include "store/decision.h"
#include "store/documents.h"
#include "store/receipt.h"
#include <string.h>

#define NEAREST_MAX 25
#define LIST_MAX 25

/* From reports/DAY/ to the filed file; NULL where there is none, or where the pages lie elsewhere. */
static char *
filed_link (const ReportContext *context, const StoreDocument *document)
{
  if (!context->in_store || document->folder == NULL || document->name == NULL)
    return NULL;
  g_autofree char *path = g_build_filename (document->folder, document->name, NULL);
  g_autofree char *escaped = g_uri_escape_string (path, "/", FALSE);
  return g_strconcat ("../../filed/", escaped, NULL);
}

static char *
subject_words (const ReportContext *context, const StoreDocument *document)
{
  const char *path = document->subject;
  if (path == NULL || *path == '\0')
    return NULL;
  const Concept *concept = vocabulary_at (context->vocabulary, path);
  return g_strdup (concept != NULL ? vocabulary_label (context->vocabulary, concept->id, context->language) : path);
}

/* *@sender is NULL where none was found. */
static bool
find_sender (const ReportContext *context, int64_t document, char **sender, GError **error)
{
  g_autoptr (GPtrArray) decisions = store_decisions (context->store, document, true, error);
  *sender = NULL;
  for (guint i = 0; decisions != NULL && i < decisions->len && *sender == NULL; i++)
    {
      const StoreDecision *decision = decisions->pdata[i];
      if (strcmp (decision->name, "sender") == 0 && decision->value != NULL)
        *sender = g_strdelimit (g_strdup (decision->value), "\n", ' ');
    }
  return decisions != NULL;
}

/* --- due dates --- */

/* The state as a person should understand it: what is past and confirmed is late. */
static const char *
shown_state (const ReportContext *context, const FactDeadline *deadline, const char **label)
{
  bool past = deadline->due != DK_DAY_NONE && deadline->due < context->today;
  bool provisional = strcmp (deadline->state, "provisional") == 0;
  const char *state = past && !provisional ? "overdue" : deadline->state;
  *label = past && provisional ? "provisional_past" : state;
  return state;
}

/* The first document of the case @number; of a second stage that was asked for without a letter that of the first. */
static StoreDocument *
first_document (const ReportContext *context, const char *number, GError **error)
{
  g_autoptr (GError) none = NULL;
  g_autofree char *first = g_strconcat (number, "/1", NULL);
  StoreDocument *document = store_document_find (context->store, first, &none);
  if (document != NULL || !g_error_matches (none, DK_ERROR, DK_ERROR_NOT_FOUND))
    return none == NULL ? document : (g_propagate_error (error, g_steal_pointer (&none)), NULL);
  g_autoptr (StoreCase) it = store_case_find (context->store, number, true, error);
  g_autoptr (StoreCase) before = it != NULL ? store_case_load (context->store, it->parent, error) : NULL;
  return before != NULL ? first_document (context, before->number, error) : NULL;
}

/* The first document of the case tells from whom and about what it is. */
static bool
deadline_row (ReportTable *table, const ReportContext *context, const FactDeadline *deadline, GError **error)
{
  const char *shown, *state = shown_state (context, deadline, &shown);
  g_autofree char *sender = NULL;
  g_autoptr (StoreDocument) document = first_document (context, deadline->number, error);
  if (document == NULL || !find_sender (context, document->id, &sender, error))
    return false;
  g_autofree char *subject = subject_words (context, document);
  g_autofree char *label = report_label (context->language, "report.state", shown);
  g_autofree char *duty = report_duty (context->language, deadline->kind);
  report_row (table, strcmp (state, "overdue") == 0 ? REPORT_ROW_LATE : REPORT_ROW);
  report_cell_docket (table, deadline->number, filed_link (context, document));
  report_cell_text (table, sender);
  report_cell_text (table, subject);
  report_cell_code (table, deadline->kind, duty);
  report_cell_day (table, deadline->received);
  report_cell_day (table, deadline->due);
  report_cell_day (table, deadline->work_by);
  if (deadline->due == DK_DAY_NONE)
    report_cell_blank (table);
  else
    report_cell_count (table, deadline->due - context->today);
  report_cell_code (table, state, label);
  report_cell_text (table, deadline->owner);
  return true;
}

/* --- what cannot wait --- */

/* *@open is false for what was answered: its case is closed. */
static bool
is_open (const ReportContext *context, const StoreDocument *document, bool *open, GError **error)
{
  *open = true;
  if (document->case_id == 0)
    return true;
  g_autoptr (StoreCase) its_case = store_case_load (context->store, document->case_id, error);
  *open = its_case != NULL && strcmp (its_case->status, "closed") != 0;
  return its_case != NULL;
}

static void
urgent_row (ReportTable *table, const ReportContext *context, const StoreDocumentRow *row,
            const StoreDocument *document)
{
  g_autofree char *subject = subject_words (context, document);
  g_autofree char *handle
      = row->number != NULL ? g_strdup (row->number) : g_strdup_printf ("#%" G_GINT64_FORMAT, row->id);
  report_row (table, REPORT_ROW);
  report_cell_docket (table, handle, filed_link (context, document));
  report_cell_labelled (table, "urgency", row->urgency);
  report_cell_text (table, row->sender);
  report_cell_text (table, subject);
  report_cell_day (table, dk_day_parse (row->received));
  if (row->due != NULL)
    report_cell_day (table, dk_day_parse (row->due));
  else
    report_cell_blank (table);
}

static bool
urgent_section (ReportPage *page, const ReportContext *context, GError **error)
{
  const StoreDocumentsFilter filter = { .urgent = true };
  g_autoptr (GPtrArray) rows = store_document_rows (context->store, &filter, error);
  if (rows == NULL)
    return false;
  static const ReportKey keys[] = { { "number", REPORT_DOCKET },
                                    { "urgency", REPORT_CODE },
                                    { "sender", REPORT_TEXT },
                                    { "subject", REPORT_TEXT },
                                    { "received", REPORT_DAY },
                                    { "due", REPORT_DAY },
                                    { NULL, 0 } };
  ReportTable *table = report_page_section (page, context, "urgent", keys)->table;
  table->counted = 0;
  for (guint i = 0; i < rows->len; i++)
    {
      const StoreDocumentRow *row = rows->pdata[i];
      g_autoptr (StoreDocument) document = store_document_load (context->store, row->id, error);
      bool open;
      if (document == NULL || !is_open (context, document, &open, error))
        return false;
      if (open && ++table->counted <= LIST_MAX)
        urgent_row (table, context, row, document);
    }
  return true;
}

/* --- due dates --- */

static bool
nearest_section (ReportPage *page, const ReportContext *context, GError **error)
{
  const GArray *deadlines = context->facts->deadlines;
  static const ReportKey keys[] = { { "number", REPORT_DOCKET },
                                    { "sender", REPORT_TEXT },
                                    { "subject", REPORT_TEXT },
                                    { "duty", REPORT_CODE },
                                    { "received", REPORT_DAY },
                                    { "due", REPORT_DAY },
                                    { "work_by", REPORT_DAY },
                                    { "days_left", REPORT_COUNT },
                                    { "state", REPORT_CODE },
                                    { "owner", REPORT_TEXT },
                                    { NULL, 0 } };
  ReportTable *table = report_page_section (page, context, "deadlines", keys)->table;
  table->counted = deadlines->len;
  int dated = 0, undated = 0;
  for (guint i = 0; i < deadlines->len; i++) /* those without a date come last */
    {
      const FactDeadline *deadline = &g_array_index (deadlines, FactDeadline, i);
      int *taken = deadline->due != DK_DAY_NONE ? &dated : &undated;
      if (++*taken <= NEAREST_MAX && !deadline_row (table, context, deadline, error))
        return false;
    }
  return true;
}

/* --- documents --- */

/* "kind,partial" and the same in words. */
static void
doubts_of (const ReportContext *context, const StoreDocument *document, GString *codes, GString *words)
{
  size_t i;
  const json_t *code;
  json_array_foreach (document->review, i, code)
  {
    g_autofree char *label = report_label (context->language, "report.doubt", json_string_value (code));
    g_string_append_printf (codes, "%s%s", i > 0 ? "," : "", json_string_value (code));
    g_string_append_printf (words, "%s%s", i > 0 ? ", " : "", label);
  }
}

static bool
is_blind (const StoreDocument *document)
{
  size_t i;
  const json_t *code;
  json_array_foreach (document->review, i,
                      code) if (g_strcmp0 (json_string_value (code), STORE_REVIEW_BLIND) == 0) return true;
  return false;
}

static void
review_row (ReportTable *table, const ReportContext *context, const StoreDocument *document,
            const StoreReceipt *receipt)
{
  g_autoptr (GString) codes = g_string_new (NULL);
  g_autoptr (GString) words = g_string_new (NULL);
  bool blind = is_blind (document); /* what docket decided is not told before it is checked */
  g_autofree char *subject = blind ? NULL : subject_words (context, document);
  g_autofree char *kind
      = !blind && document->kind != NULL ? report_label (context->language, "kind", document->kind) : NULL;
  doubts_of (context, document, codes, words);
  report_cell_text (table, receipt->name);
  report_cell_code (table, codes->str, words->str);
  report_cell_text (table, kind);
  report_cell_text (table, subject);
  report_cell_day (table, dk_day_parse (receipt->received));
}

static void
quarantine_row (ReportTable *table, const ReportContext *context, const StoreDocument *document,
                const StoreReceipt *receipt)
{
  (void)context;
  const char *reason = document->reason != NULL ? document->reason : "";
  report_cell_text (table, receipt->name);
  report_cell_labelled (table, "report.reason", reason);
  report_cell_day (table, dk_day_parse (receipt->received));
}

typedef void (*DocumentRow) (ReportTable *table, const ReportContext *context, const StoreDocument *document,
                             const StoreReceipt *receipt);

/* Rows of the first LIST_MAX of @ids, of int64_t. */
static bool
document_rows (ReportTable *table, const ReportContext *context, const GArray *ids, DocumentRow row, GError **error)
{
  for (guint i = 0; i < ids->len && i < LIST_MAX; i++)
    {
      int64_t id = g_array_index (ids, int64_t, i);
      g_autoptr (StoreDocument) document = store_document_load (context->store, id, error);
      g_autoptr (StoreReceipt) receipt = document != NULL ? store_receipt_of (context->store, id, error) : NULL;
      if (receipt == NULL)
        return false;
      g_autofree char *handle
          = document->number != NULL ? g_strdup (document->number) : g_strdup_printf ("#%" G_GINT64_FORMAT, id);
      report_row (table, REPORT_ROW);
      report_cell_docket (table, handle, filed_link (context, document));
      row (table, context, document, receipt);
    }
  table->counted = ids->len;
  return true;
}

static bool
review_section (ReportPage *page, const ReportContext *context, GError **error)
{
  const GArray *reviews = context->facts->reviews;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (int64_t));
  for (guint i = 0; i < reviews->len; i++) /* ordered by document */
    {
      int64_t id = g_array_index (reviews, FactReview, i).document;
      if (ids->len == 0 || g_array_index (ids, int64_t, ids->len - 1) != id)
        g_array_append_val (ids, id);
    }
  static const ReportKey keys[] = { { "number", REPORT_DOCKET },
                                    { "source", REPORT_TEXT },
                                    { "unsure", REPORT_CODE },
                                    { "kind", REPORT_TEXT },
                                    { "subject", REPORT_TEXT },
                                    { "received", REPORT_DAY },
                                    { NULL, 0 } };
  ReportTable *table = report_page_section (page, context, "review-documents", keys)->table;
  return document_rows (table, context, ids, review_row, error);
}

static bool
quarantine_section (ReportPage *page, const ReportContext *context, GError **error)
{
  g_autoptr (GArray) ids = store_documents (context->store, STORE_DOCUMENTS_QUARANTINED, 0, 0, error);
  if (ids == NULL)
    return false;
  static const ReportKey keys[] = { { "number", REPORT_DOCKET },
                                    { "source", REPORT_TEXT },
                                    { "reason", REPORT_CODE },
                                    { "received", REPORT_DAY },
                                    { NULL, 0 } };
  ReportTable *table = report_page_section (page, context, "quarantine", keys)->table;
  return document_rows (table, context, ids, quarantine_row, error);
}

bool
report_waiting (ReportPage *page, const ReportContext *context, GError **error)
{
  return urgent_section (page, context, error) && nearest_section (page, context, error)
         && review_section (page, context, error) && quarantine_section (page, context, error);
}
