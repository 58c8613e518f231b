#include "pipeline/dispatch.h"
#include "pipeline/keep.h"
#include "pipeline/outcome.h"
#include "pipeline/training.h"
#include <string.h>

#define LEASE_S 900       /* longer than any stage may take; a new holder of the lock frees leases at once */
#define HOPELESS_PAGES 3  /* missing pages after which the rest get */
#define HOPELESS_CPU_S 10 /* this much CPU each */
#define SHARED_LOSSES 2   /* deaths of the worker in a row, of which it is not asked whose fault they are */

/* The next job with what is known of its document; *@piece is NULL when there is none. A job whose document has gone
 * elsewhere meanwhile is dropped. */
static bool
lease (Pipeline *pipeline, PipelineKind kind, Piece **piece, GError **error)
{
  *piece = NULL;
  for (;;)
    {
      g_autoptr (Piece) leased = g_new0 (Piece, 1);
      if (!store_job_lease (pipeline->store, pipeline_stage_keys (kind), LEASE_S, &leased->job, error))
        return false;
      if (leased->job == NULL)
        return true;
      leased->stage = pipeline_stage (leased->job->stage);
      leased->document = store_document_load (pipeline->store, leased->job->document, error);
      leased->receipt
          = leased->document != NULL ? store_receipt_of (pipeline->store, leased->document->id, error) : NULL;
      if (leased->receipt == NULL)
        return false;
      if (strcmp (leased->document->stage, leased->job->stage) == 0)
        {
          *piece = g_steal_pointer (&leased);
          return true;
        }
      g_autoptr (StoreTransaction) transaction = store_begin (pipeline->store, "docketd", error);
      if (transaction == NULL || !store_job_done (transaction, leased->job, error)
          || !store_commit (g_steal_pointer (&transaction), error))
        return false;
    }
}

/* Once a few pages of a document were given up, the others get less time each: a long one that is hostile throughout
 * must not hold a core for days. Only a bound PDF may be large. */
static bool
limits_of (Pipeline *pipeline, const Piece *piece, Limits *limits, GError **error)
{
  int64_t missing = 0;
  *limits = pipeline->limits;
  if (piece->stage->output_bytes > 0)
    limits->output_bytes = MIN (limits->output_bytes, piece->stage->output_bytes);
  if (piece->stage->by_page && !store_pages_missing (pipeline->store, piece->document->id, &missing, error))
    return false;
  if (missing >= HOPELESS_PAGES)
    limits->cpu_s = MIN (limits->cpu_s, HOPELESS_CPU_S);
  return true;
}

static bool
submit (Pipeline *pipeline, const Piece *piece, GError **error)
{
  Limits limits;
  if (!limits_of (pipeline, piece, &limits, error))
    return false;
  g_auto (PipelineRequest) request = { .n_fds = 0 };
  pipeline_request_begin (&request);
  return piece->stage->ask (pipeline, piece, &request, error)
         && pipeline_request_send (&request, pipeline->worker, (uint64_t)piece->job->id, piece->stage->work, &limits,
                                   error);
}

/* Hands the piece to the worker, or settles at once what no worker is to see. */
static bool
begin (Pipeline *pipeline, Piece *taken, GError **error)
{
  g_autoptr (Piece) piece = taken;
  g_autoptr (GError) failed = NULL;
  gint64 id = piece->job->id;
  bool worn_out = pipeline_is_worn_out (piece->job);
  if (!worn_out && submit (pipeline, piece, &failed))
    {
      g_hash_table_insert (pipeline->pieces, g_memdup2 (&id, sizeof id), g_steal_pointer (&piece));
      return true;
    }
  bool too_large = g_error_matches (failed, DK_ERROR, DK_ERROR_LIMIT);
  g_autoptr (GError) again = NULL;
  if (!worn_out && !too_large)
    return pipeline_put_off (pipeline, piece, failed, error);
  return pipeline_give_up (pipeline, piece, too_large ? RECORD_CODE_TOO_LARGE : RECORD_CODE_CRASHED, &again)
         || pipeline_put_off (pipeline, piece, again, error);
}

/* What may be leased now. One page a core; what takes but a moment goes beside them, so that a letter waits for a core
 * once, to be read. What has come back and is not published yet keeps no core from the next piece, but only as much may
 * lie there. While the worker keeps dying it gets one piece at a time, so that the one at fault wears out alone. */
static bool
may_lease (Pipeline *pipeline, PipelineKind *kind)
{
  bool dying = pipeline->losses > SHARED_LOSSES;
  unsigned most = dying ? 1 : pipeline->options.jobs, all = g_hash_table_size (pipeline->pieces);
  if (!pipeline_worker_is_up (pipeline) || pipeline->config_waits || pipeline->model_waits
      || pipeline->options.only_learn || dk_monotonic_us () < pipeline->pause_until_us)
    return false;
  unsigned running = pipeline_worker_running (pipeline->worker) - pipeline_training_runs (pipeline); /* gives way */
  *kind = running < most ? PIPELINE_ISOLATED : PIPELINE_BRIEF;
  return dying ? all < 1 : running < most + 1 && all < 2 * most + 1;
}

bool
pipeline_dispatch (Pipeline *pipeline, bool *any, GError **error)
{
  PipelineKind kind;
  while (may_lease (pipeline, &kind))
    {
      Piece *piece;
      if (!lease (pipeline, kind, &piece, error))
        return false;
      if (piece == NULL)
        return true;
      *any = true;
      if (!begin (pipeline, piece, error))
        return false;
    }
  return true;
}

/* Work that docketd does itself is short: one piece at a time between looks at the worker. */
bool
pipeline_run_inside (Pipeline *pipeline, bool *any, GError **error)
{
  g_autoptr (Piece) piece = NULL;
  g_autoptr (GError) failed = NULL;
  if (pipeline->options.only_learn)
    return true;
  if (!lease (pipeline, PIPELINE_INSIDE, &piece, error))
    return false;
  if (piece == NULL)
    return true;
  *any = true;
  if (piece->stage->run (pipeline, &piece, &failed))
    return true;
  bool last = piece->job->tries + 1 >= piece->stage->tries || pipeline_is_worn_out (piece->job);
  if (last && !pipeline_must_wait (failed) && !g_error_matches (failed, DK_ERROR, DK_ERROR_STALE))
    return pipeline_quarantine (pipeline, piece, RECORD_CODE_UNREADABLE, error);
  return pipeline_put_off (pipeline, piece, failed, error);
}
