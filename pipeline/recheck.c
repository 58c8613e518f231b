/* Deadlines are computed anew after a start and after every change of the configuration (an extended calendar, a new
 * law): a few cases in each turn that has nothing better to do. What comes out the same is not written again. */
#include "base/log.h"
#include "pipeline/stage.h"

#define CASES_A_TURN 50

void
pipeline_recheck_begin (Pipeline *pipeline)
{
  pipeline->rechecking = true;
  pipeline->rechecked = 0;
}

bool
pipeline_recheck (Pipeline *pipeline, bool *any, GError **error)
{
  if (!pipeline->rechecking || *any)
    return true;
  g_autoptr (GArray) ids
      = store_documents (pipeline->store, STORE_DOCUMENTS_REGISTERED, pipeline->rechecked, CASES_A_TURN, error);
  g_autoptr (StoreTransaction) transaction = ids != NULL ? store_begin (pipeline->store, "docketd", error) : NULL;
  if (transaction == NULL)
    return false;
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (StoreDocument) document
          = store_document_load (pipeline->store, g_array_index (ids, int64_t, i), error);
      if (document == NULL || !register_refresh_deadlines (transaction, pipeline->in_force->rules, document, error))
        return false;
      pipeline->rechecked = document->id;
    }
  if (!store_commit (g_steal_pointer (&transaction), error))
    return false;
  pipeline->rechecking = ids->len == CASES_A_TURN;
  *any = pipeline->rechecking;
  if (!pipeline->rechecking)
    dk_log ("rechecked", "last=%" G_GINT64_FORMAT, pipeline->rechecked);
  return true;
}
