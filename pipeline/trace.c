/* What letters are known again by: kept when they are registered, made again where a rebuilt catalogue lacks it. */
#include "pipeline/trace.h"
#include "pipeline/pages.h"
#include "store/decision.h"
#include "store/trace.h"

#define FIRST_PAGES 12 /* what stands behind is an enclosure */
#define LETTERS_A_TURN 20

PipelineTrace *
pipeline_trace_load (Pipeline *pipeline, const StoreDocument *document, const StoreReceipt *receipt, GError **error)
{
  g_autoptr (PipelineTrace) trace = g_new0 (PipelineTrace, 1);
  trace->pages = pipeline_first_pages (pipeline->store, document->id, FIRST_PAGES, error);
  trace->decisions = trace->pages != NULL ? store_decisions (pipeline->store, document->id, true, error) : NULL;
  if (trace->decisions == NULL)
    return NULL;
  trace->letter = (JoinLetter){ .store = pipeline->store,
                                .prefix = register_prefix (pipeline->in_force->rules),
                                .document = document,
                                .received = receipt->received,
                                .pages = trace->pages,
                                .decisions = trace->decisions };
  return g_steal_pointer (&trace);
}

void
pipeline_trace_free (PipelineTrace *trace)
{
  if (trace == NULL)
    return;
  g_clear_pointer (&trace->pages, g_ptr_array_unref);
  g_clear_pointer (&trace->decisions, g_ptr_array_unref);
  g_free (trace);
}

/* A page whose object is missing is told by verify; the letter is then known by nothing. */
static bool
note_again (Pipeline *pipeline, StoreTransaction *transaction, int64_t id, GError **error)
{
  g_autoptr (GError) lost = NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (StoreDocument) document = store_document_load (pipeline->store, id, error);
  g_autoptr (StoreReceipt) receipt = document != NULL ? store_receipt_of (pipeline->store, id, error) : NULL;
  if (receipt == NULL)
    return false;
  g_autoptr (PipelineTrace) trace = pipeline_trace_load (pipeline, document, receipt, &lost);
  return trace != NULL ? join_note (transaction, &trace->letter, error)
                       : store_trace_set (transaction, id, none, 0, "", error);
}

bool
pipeline_trace_again (Pipeline *pipeline, bool *any, GError **error)
{
  if (pipeline->traced || *any)
    return true;
  g_autoptr (GArray) ids = store_trace_lost (pipeline->store, LETTERS_A_TURN, error);
  if (ids == NULL)
    return false;
  pipeline->traced = ids->len < LETTERS_A_TURN;
  if (ids->len == 0)
    return true;
  g_autoptr (StoreTransaction) transaction = store_begin (pipeline->store, "docketd", error);
  if (transaction == NULL)
    return false;
  for (guint i = 0; i < ids->len; i++)
    if (!note_again (pipeline, transaction, g_array_index (ids, int64_t, i), error))
      return false;
  *any = !pipeline->traced;
  return store_commit (g_steal_pointer (&transaction), error);
}
