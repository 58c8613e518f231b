/* Deadlines are computed anew after a start and after every change of the configuration (an extended calendar, a new
 * law): a few cases in each turn that has nothing better to do. What comes out the same is not written again. Every
 * night all open ones are looked at, many in a turn, and those that would come out otherwise are computed anew, too;
 * and cases end that end by time. */
#include "pipeline/recheck.h"
#include "base/log.h"
#include "store/deadlines.h"

#define CASES_A_TURN 50
#define LOOKS_A_TURN 5000

void
pipeline_recheck_begin (Pipeline *pipeline)
{
  pipeline->rechecking = true;
  pipeline->rechecked = 0;
  pipeline->looking = false;
  pipeline->lapsing = true;
}

void
pipeline_recheck_look (Pipeline *pipeline)
{
  pipeline->lapsing = true;
  pipeline->looking = !pipeline->rechecking;
  pipeline->looked = 0;
}

static bool
refresh_cases (Pipeline *pipeline, const GArray *cases, GError **error)
{
  if (cases->len == 0)
    return true;
  g_autoptr (StoreTransaction) transaction = store_begin (pipeline->store, "docketd", error);
  if (transaction == NULL)
    return false;
  for (guint i = 0; i < cases->len; i++)
    if (!register_refresh_case (transaction, pipeline->in_force->rules, g_array_index (cases, int64_t, i), error))
      return false;
  return store_commit (g_steal_pointer (&transaction), error);
}

/* The next cases of the night. */
static bool
look (Pipeline *pipeline, GError **error)
{
  unsigned looked;
  int64_t last = 0, to = pipeline->looked + LOOKS_A_TURN;
  if (!store_case_last (pipeline->store, &last, error))
    return false;
  g_autoptr (GArray) cases
      = register_recheck (pipeline->store, pipeline->in_force->rules, pipeline->looked, to, &looked, error);
  if (cases == NULL || !refresh_cases (pipeline, cases, error))
    return false;
  dk_log ("looked", "deadlines=%u cases=%u from=%" G_GINT64_FORMAT, looked, cases->len, pipeline->looked + 1);
  pipeline->looked = to;
  pipeline->looking = to < last;
  return true;
}

bool
pipeline_recheck (Pipeline *pipeline, bool *any, GError **error)
{
  if (pipeline->lapsing && !*any)
    {
      *any = true;
      pipeline->lapsing = false;
      return register_lapse (pipeline->store, pipeline->in_force->rules, "docketd", error);
    }
  if (pipeline->looking && !*any)
    {
      *any = true;
      return look (pipeline, error);
    }
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
