/* The stage index: pages go into the index at once, and count as indexed after its commit. */
#include "pipeline/indexing.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/hyphen.h"
#include "base/log.h"
#include "pipeline/outcome.h"
#include "pipeline/pages.h"
#include "store/decision.h"
#include <string.h>

#define COMMIT_DOCUMENTS 100
#define COMMIT_US (2 * G_USEC_PER_SEC)

bool
pipeline_open_index (Pipeline *pipeline, GError **error)
{
  g_autofree char *path = store_join (pipeline->store, "index");
  g_autoptr (GError) failed = NULL;
  int64_t rested = 0, documents = 0, pages = 0;
  g_autoptr (Index) index = index_open_writer (path, &failed);
  if (index == NULL && g_error_matches (failed, INDEX_ERROR, INDEX_ERROR_DAMAGED))
    {
      dk_log ("index_damaged", "action=rebuild");
      g_clear_error (&failed);
      if (!dk_remove_tree (store_dir (pipeline->store), "index", error))
        return false;
      index = index_open_writer (path, &failed);
    }
  if (index == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return false;
    }
  if (!store_documents_at_rest (pipeline->store, &rested, error) || !index_count (index, &documents, &pages, error)
      || (documents < rested && !store_documents_reindex (pipeline->store, error)))
    return false;
  pipeline->index = g_steal_pointer (&index);
  return true;
}

/* A telephone number in one piece, as it is typed more often than printed. */
static void
append_digits (GString *words, const char *phone)
{
  for (const char *at = phone; *at != '\0'; at++)
    if (g_ascii_isdigit (*at))
      g_string_append_c (words, *at);
  g_string_append_c (words, '\n');
}

/* Values a person would search for though they stand on no page as such. A word that @page, whose successor is @after
 * or NULL, breaks at its end is one of them. */
static char *
extra_words (const GPtrArray *decisions, const RecordPage *page, const RecordPage *after)
{
  GString *extra = g_string_new (NULL);
  g_autofree char *broken = after != NULL ? dk_hyphen_over (page->text, after->text) : NULL;
  if (broken != NULL)
    g_string_append_printf (extra, "%s\n", broken);
  for (guint i = 0; i < page->barcodes->len; i++)
    g_string_append_printf (extra, "%s\n", ((const RecordBarcode *)page->barcodes->pdata[i])->value);
  for (guint i = 0; i < decisions->len; i++)
    {
      const StoreDecision *decision = decisions->pdata[i];
      if (g_str_has_suffix (decision->name, "_no") || strcmp (decision->name, "iban") == 0
          || strcmp (decision->name, "email") == 0)
        g_string_append_printf (extra, "%s\n", decision->value);
      else if (strcmp (decision->name, "phone") == 0)
        append_digits (extra, decision->value);
    }
  return g_string_free (extra, FALSE);
}

static const char *
sender_of (const GPtrArray *decisions)
{
  for (guint i = 0; i < decisions->len; i++)
    if (strcmp (((const StoreDecision *)decisions->pdata[i])->name, "sender") == 0)
      return ((const StoreDecision *)decisions->pdata[i])->value;
  return "";
}

static bool
put_page (Pipeline *pipeline, const Piece *piece, const GPtrArray *decisions, const RecordPage *page,
          const RecordPage *after, GError **error)
{
  const StoreDocument *document = piece->document;
  g_autofree char *extra = extra_words (decisions, page, after);
  bool own = strcmp (page->language, "und") != 0;
  IndexPage put = { .document = document->id,
                    .page_no = page->no,
                    .number = document->number,
                    .text = page->text,
                    .language = own || document->language == NULL ? page->language : document->language,
                    .kind = document->kind,
                    .subject = document->subject,
                    .sender = sender_of (decisions),
                    .name = piece->receipt->name,
                    .extra = extra,
                    .received = dk_day_parse (piece->receipt->received) };
  return index_put (pipeline->index, &put, error);
}

/* A page and the one after it in memory at a time, however many there are. */
static bool
put_blobs (Pipeline *pipeline, const Piece *piece, const GPtrArray *decisions, char **blobs, GError **error)
{
  g_autoptr (RecordPage) page = *blobs != NULL ? pipeline_load_page (pipeline->store, *blobs, error) : NULL;
  for (char **blob = blobs; *blob != NULL; blob++)
    {
      if (page == NULL)
        return false;
      g_autoptr (RecordPage) after = blob[1] != NULL ? pipeline_load_page (pipeline->store, blob[1], error) : NULL;
      if ((blob[1] != NULL && after == NULL) || !put_page (pipeline, piece, decisions, page, after, error))
        return false;
      record_page_free (page);
      page = g_steal_pointer (&after);
    }
  return true;
}

static bool
put_pages (Pipeline *pipeline, const Piece *piece, GError **error)
{
  if (pipeline->index == NULL && !pipeline_open_index (pipeline, error))
    return false;
  g_auto (GStrv) blobs = store_page_blobs (pipeline->store, piece->document->id, error);
  g_autoptr (GPtrArray) decisions
      = blobs != NULL ? store_decisions (pipeline->store, piece->document->id, true, error) : NULL;
  return decisions != NULL
         && index_remove (pipeline->index, piece->document->id, error) /* it may have had other pages */
         && put_blobs (pipeline, piece, decisions, blobs, error);
}

/* After a failure nothing of the batch is in the index for sure: its documents go back, and the index is opened anew.
 */
static bool
start_over (Pipeline *pipeline, const GError *why, GError **error)
{
  dk_log ("index_failed", "code=%d documents=%u", why->code, pipeline->to_index->len);
  for (guint i = 0; i < pipeline->to_index->len; i++)
    if (!pipeline_put_off (pipeline, pipeline->to_index->pdata[i], why, error))
      return false;
  g_ptr_array_set_size (pipeline->to_index, 0);
  g_clear_pointer (&pipeline->index, index_free); /* opened again by the next piece */
  return true;
}

bool
index_run (Pipeline *pipeline, Piece **piece, GError **error)
{
  g_autoptr (GError) failed = NULL;
  if (!put_pages (pipeline, *piece, &failed))
    {
      if (failed->domain == INDEX_ERROR && !start_over (pipeline, failed, error))
        return false;
      g_propagate_error (error, g_steal_pointer (&failed));
      return false;
    }
  if (pipeline->to_index->len == 0)
    pipeline->index_since_us = dk_monotonic_us ();
  g_ptr_array_add (pipeline->to_index, g_steal_pointer (piece));
  return true;
}

static bool
note_indexed (Pipeline *pipeline, const Piece *piece, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (StoreTransaction) transaction = store_begin (pipeline->store, "docketd", error);
  if (transaction == NULL)
    return false;
  if (store_document_indexed (transaction, piece->document->id, pipeline_next (piece), &failed)
      && pipeline_commit (g_steal_pointer (&transaction), pipeline, piece, &failed))
    {
      pipeline_rested (pipeline, piece->document->id);
      return true;
    }
  if (g_error_matches (failed, DK_ERROR, DK_ERROR_STALE)) /* corrected meanwhile: it comes again */
    return true;
  g_propagate_error (error, g_steal_pointer (&failed));
  return false;
}

bool
pipeline_index_commit (Pipeline *pipeline, bool idle, GError **error)
{
  guint n = pipeline->to_index->len;
  if (n == 0 || (!idle && n < COMMIT_DOCUMENTS && dk_monotonic_us () - pipeline->index_since_us < COMMIT_US))
    return true;
  int64_t seq;
  if (!ledger_head (pipeline->store, &seq, NULL, error))
    return false;
  dk_fault ("index: pages put, not committed");
  g_autoptr (GError) failed = NULL;
  if (!index_commit (pipeline->index, seq, &failed))
    return start_over (pipeline, failed, error);
  dk_fault ("index: committed, not noted");
  dk_log ("indexed", "documents=%u seq=%" G_GINT64_FORMAT, n, seq);
  while (pipeline->to_index->len > 0)
    {
      if (!note_indexed (pipeline, pipeline->to_index->pdata[0], error))
        return false;
      g_ptr_array_remove_index (pipeline->to_index, 0);
    }
  return true;
}
