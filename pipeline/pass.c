#include "pipeline/pass.h"
#include "pipeline/customers.h"
#include "pipeline/understand.h"
#include <poll.h>

#define MAX_POLL_FDS 264

typedef struct
{
  StoreDocument *document;
  StoreReceipt *receipt;
} Asked;

static void
asked_free (Asked *asked)
{
  store_document_free (asked->document);
  store_receipt_free (asked->receipt);
  g_free (asked);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)

typedef struct
{
  Store *store;
  const GArray *documents;
  const PipelinePass *pass;
  PipelinePassFunc each;
  void *data;
  Limits limits;
  PipelineWorker *worker;
  GHashTable *asked; /* job number, 1 above the index in documents, to Asked */
  guint next;        /* the first that was not asked about */
} Walk;

static void
walk_clear (Walk *walk)
{
  g_clear_pointer (&walk->worker, pipeline_worker_free);
  g_clear_pointer (&walk->asked, g_hash_table_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

GArray *
pipeline_pass_documents (Store *store, unsigned sample, GError **error)
{
  g_autoptr (GArray) all = store_documents (store, STORE_DOCUMENTS_FILED, 0, 0, error);
  if (all == NULL || sample == 0 || all->len <= sample)
    return g_steal_pointer (&all);
  GArray *some = g_array_sized_new (FALSE, FALSE, sizeof (int64_t), sample);
  for (guint64 i = 0; i < sample; i++)
    g_array_append_val (some, g_array_index (all, int64_t, i * all->len / sample));
  return some;
}

static bool
submit (Walk *walk, const Asked *asked, uint64_t job, GError **error)
{
  g_auto (PipelineRequest) request = { .n_fds = 0 };
  pipeline_request_begin (&request);
  return pipeline_ask_understanding (walk->store, &walk->limits, asked->document, asked->receipt, &request, error)
         && pipeline_request_send (&request, walk->worker, job, walk->pass->work, &walk->limits, error);
}

/* What has too many pages to be handed over was not understood either; of what lost its pages nothing is known. */
static RecordCode
fault_of (const GError *failed)
{
  if (g_error_matches (failed, DK_ERROR, DK_ERROR_LIMIT))
    return RECORD_CODE_TOO_LARGE;
  return g_error_matches (failed, DK_ERROR, DK_ERROR_NOT_FOUND) ? RECORD_CODE_UNREADABLE : RECORD_CODE_NONE;
}

static bool
ask_next (Walk *walk, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (Asked) asked = g_new0 (Asked, 1);
  int64_t id = g_array_index (walk->documents, int64_t, walk->next);
  gint64 job = (gint64)++walk->next;
  asked->document = store_document_load (walk->store, id, error);
  asked->receipt = asked->document != NULL ? store_receipt_of (walk->store, id, error) : NULL;
  if (asked->receipt == NULL)
    return false;
  if (submit (walk, asked, (uint64_t)job, &failed))
    {
      g_hash_table_insert (walk->asked, g_memdup2 (&job, sizeof job), g_steal_pointer (&asked));
      return true;
    }
  RecordCode fault = fault_of (failed);
  if (fault == RECORD_CODE_NONE)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return false;
    }
  g_autoptr (PipelineResult) result = pipeline_result_new ((uint64_t)job);
  result->fault = fault;
  return walk->each (asked->document, asked->receipt, result, walk->data, error);
}

static bool
take_results (Walk *walk, GError **error)
{
  for (;;)
    {
      g_autoptr (PipelineResult) result = pipeline_worker_next (walk->worker);
      if (result == NULL)
        return true;
      gint64 job = (gint64)result->job;
      const Asked *asked = g_hash_table_lookup (walk->asked, &job);
      if (result->lost)
        return dk_throw (error, DK_ERROR_FAILED, "docket-worker died under document #%" G_GINT64_FORMAT,
                         asked->document->id);
      if (!walk->each (asked->document, asked->receipt, result, walk->data, error))
        return false;
      g_hash_table_remove (walk->asked, &job);
    }
}

static bool
wait_for_worker (Walk *walk, GError **error)
{
  struct pollfd fds[MAX_POLL_FDS];
  poll (fds, pipeline_worker_poll_fds (walk->worker, fds, MAX_POLL_FDS), 1000);
  return pipeline_worker_handle (walk->worker, error) && take_results (walk, error);
}

static bool
is_stopped (const Walk *walk, GError **error)
{
  if (walk->pass->stop == NULL || *walk->pass->stop == 0)
    return false;
  dk_throw (error, DK_ERROR_BUSY, "interrupted after %u of %u documents", walk->next - g_hash_table_size (walk->asked),
            walk->documents->len);
  return true;
}

bool
pipeline_pass (Store *store, const GArray *documents, const PipelinePass *pass, PipelinePassFunc each, void *data,
               GError **error)
{
  g_auto (Walk) walk = { .store = store, .documents = documents, .pass = pass, .each = each, .data = data };
  if (documents->len == 0)
    return true;
  unsigned most = pass->jobs > 0 ? pass->jobs : (unsigned)MAX (1, g_get_num_processors ());
  walk.limits = pipeline_limits ();
  walk.asked = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)asked_free);
  g_autoptr (GBytes) customers = pipeline_customers_for_worker (store, pass->config);
  walk.worker = pipeline_worker_start (pass->config, pass->model, customers, pass->program, error);
  if (walk.worker == NULL)
    return false;
  while (walk.next < documents->len || g_hash_table_size (walk.asked) > 0)
    {
      if (is_stopped (&walk, error))
        return false;
      /* one more than cores, so that none waits while an answer is looked at */
      while (walk.next < documents->len && g_hash_table_size (walk.asked) <= most)
        if (!ask_next (&walk, error))
          return false;
      if (g_hash_table_size (walk.asked) > 0 && !wait_for_worker (&walk, error))
        return false;
    }
  return true;
}
