/* Equal pages are read once: a page's child tells what its record will depend on before it recognises anything. Where
 * such a page is in the store, its record becomes this page's too, and the child is ended. */
#include "pipeline/known.h"
#include "base/digest.h"
#include "base/log.h"
#include "pipeline/outcome.h"
#include "pipeline/pages.h"
#include <string.h>

/* The record of a page with @key. NULL without an error when there is none, or none that is of use any more. */
static RecordPage *
find_known (Pipeline *pipeline, GBytes *key, GError **error)
{
  g_autofree char *hex = dk_hex (key);
  g_autofree char *blob = NULL;
  g_autoptr (GError) lost = NULL;
  if (!store_page_known (pipeline->store, hex, &blob, error) || blob == NULL)
    return NULL;
  g_autoptr (RecordPage) page = pipeline_load_page (pipeline->store, blob, &lost);
  return page != NULL && pipeline_page_is_reusable (page) ? g_steal_pointer (&page) : NULL;
}

/* What the child that reads page @no would have sent. */
static PipelineResult *
reading_of (uint64_t job, unsigned no, GBytes *key, RecordPage *page)
{
  PipelineResult *result = pipeline_result_new (job);
  page->no = no;
  pipeline_result_add (result, RECORD_PAGE_KEY, g_bytes_ref (key));
  pipeline_result_add (result, RECORD_PAGE, record_page_encode (page));
  return result;
}

/* What the child of @piece would have sent: it reads, or has identified the file before and reads its only page. NULL
 * when it does neither. */
static PipelineResult *
result_of (Pipeline *pipeline, const Piece *piece, GBytes *key, RecordPage *page)
{
  uint64_t job = (uint64_t)piece->job->id;
  if (piece->stage->by_page)
    return reading_of (job, (unsigned)piece->job->page, key, page);
  const PipelineResult *answer = pipeline_worker_answer (pipeline->worker, job);
  GBytes *facts = answer != NULL ? pipeline_result_record (answer, RECORD_FACTS) : NULL;
  if (facts == NULL)
    return NULL;
  PipelineResult *result = pipeline_result_new (job), *reading = reading_of (job, 1, key, page);
  pipeline_result_add (result, RECORD_FACTS, g_bytes_ref (facts));
  reading->work = g_strdup (pipeline_stage ("read")->work);
  g_ptr_array_add (result->ahead, reading);
  return result;
}

static bool
look_up (Pipeline *pipeline, gint64 id, GBytes *key, GError **error)
{
  Piece *piece = g_hash_table_lookup (pipeline->pieces, &id);
  if (piece == NULL || g_bytes_get_size (key) != DK_DIGEST_BYTES)
    return true;
  g_autoptr (GError) failed = NULL;
  g_autoptr (RecordPage) page = find_known (pipeline, key, &failed);
  if (failed != NULL)
    dk_log ("not_looked_up", "document=%" G_GINT64_FORMAT " code=%d", piece->document->id, failed->code);
  g_autoptr (PipelineResult) result = page != NULL ? result_of (pipeline, piece, key, page) : NULL;
  if (result == NULL)
    return true; /* then it is read */
  dk_log ("looked_up", "document=%" G_GINT64_FORMAT " page=%" G_GINT64_FORMAT, piece->document->id,
          MAX (piece->job->page, 1));
  pipeline->tally.looked_up++;
  bool taken = pipeline_take_result (pipeline, piece, result, error);
  pipeline_worker_forget (pipeline->worker, (uint64_t)id);
  g_hash_table_remove (pipeline->pieces, &id);
  return taken;
}

bool
pipeline_look_up_pages (Pipeline *pipeline, GError **error)
{
  for (;;)
    {
      uint64_t job = 0;
      g_autoptr (GBytes) key = pipeline_worker_next_key (pipeline->worker, &job);
      if (key == NULL)
        return true;
      if (!look_up (pipeline, (gint64)job, key, error))
        return false;
    }
}
