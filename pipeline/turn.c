#include "pipeline/turn.h"
#include "base/file.h"
#include "base/log.h"
#include "pipeline/adopt.h"
#include "pipeline/dispatch.h"
#include "pipeline/indexing.h"
#include "pipeline/keep.h"
#include "pipeline/known.h"
#include "pipeline/outcome.h"
#include "pipeline/recheck.h"
#include "pipeline/trace.h"
#include "pipeline/training.h"
#include "pipeline/wake.h"
#include "store/quarantine.h"
#include <poll.h>

#define BETWEEN_SCANS_US 200000 /* so that taking in a thousand files does not hold up the first of them */
#define PLAN_EVERY_US (1 * G_USEC_PER_SEC)
#define MAX_POLL_FDS 264 /* more pipes are looked at once a second */

/* --- what the worker has done --- */

/* What the recogniser cost the whole child. */
static RecordCost
cost_of (const PipelineResult *result)
{
  RecordCost all = result->cost;
  for (guint i = 0; i < result->ahead->len; i++)
    {
      const RecordCost *cost = &((const PipelineResult *)result->ahead->pdata[i])->cost;
      all.engine_us += cost->engine_us;
      all.models_us = MAX (all.models_us, cost->models_us);
    }
  return all;
}

static void
note_cost (Pipeline *pipeline, const PipelineResult *result)
{
  RecordCost cost = cost_of (result);
  pipeline->tally.pieces++;
  pipeline->tally.cpu_us += result->cpu_us;
  pipeline->tally.engine_us += cost.engine_us;
  pipeline->tally.models_us = MAX (pipeline->tally.models_us, cost.models_us);
  pipeline->tally.peak_bytes = MAX (pipeline->tally.peak_bytes, result->peak_bytes);
}

static bool
take_piece (Pipeline *pipeline, const PipelineResult *result, GError **error)
{
  gint64 id = (gint64)result->job;
  Piece *piece = g_hash_table_lookup (pipeline->pieces, &id);
  if (piece == NULL)
    return true;
  dk_log ("worked",
          "document=%" G_GINT64_FORMAT " stage=%s page=%" G_GINT64_FORMAT " cpu_ms=%" G_GUINT64_FORMAT
          " engine_ms=%" G_GUINT64_FORMAT " wall_ms=%" G_GUINT64_FORMAT " peak_mb=%" G_GUINT64_FORMAT " ahead=%u",
          piece->document->id, piece->stage->name, piece->job->page, result->cpu_us / 1000,
          cost_of (result).engine_us / 1000, result->wall_us / 1000, result->peak_bytes >> 20, result->ahead->len);
  note_cost (pipeline, result);
  if (!result->lost)
    pipeline->losses = 0;
  bool taken = pipeline_take_result (pipeline, piece, result, error);
  g_hash_table_remove (pipeline->pieces, &id);
  return taken;
}

/* A full disk stops intake and new work politely; the next look goes on by itself. */
static bool
is_paused (Pipeline *pipeline)
{
  if (dk_monotonic_us () < pipeline->pause_until_us)
    return true;
  if (dk_free_bytes (store_dir (pipeline->store)) >= LIMITS_FREE_BYTES)
    return false;
  g_autoptr (GError) full = g_error_new_literal (DK_ERROR, DK_ERROR_FULL, "");
  pipeline_pause (pipeline, full);
  return true;
}

/* The next pieces go out before what came back is written down: a core does not wait for the disk. */
static bool
collect (Pipeline *pipeline, bool *any, GError **error)
{
  if (pipeline->worker == NULL)
    return true;
  if (!pipeline_worker_handle (pipeline->worker, error) || !pipeline_look_up_pages (pipeline, error)
      || (!is_paused (pipeline) && !pipeline_dispatch (pipeline, any, error)))
    return false;
  for (;;)
    {
      g_autoptr (PipelineResult) result = pipeline_worker_next (pipeline->worker);
      if (result == NULL)
        return true;
      if (!(result->job == PIPELINE_TRAINING_JOB ? pipeline_training_take : take_piece) (pipeline, result, error))
        return false;
    }
}

/* --- what there is to do --- */

/* What was in quarantine has other bytes now, which get their own try. */
static void
empty_quarantine (Pipeline *pipeline, const StoreTaken *taken)
{
  g_autoptr (GError) failed = NULL;
  g_autoptr (StoreReceipt) receipt = store_receipt_of (pipeline->store, taken->document, &failed);
  if (receipt == NULL || !store_quarantine_remove (pipeline->store, taken->document, receipt->name, &failed))
    dk_log ("quarantine_kept", "document=%" G_GINT64_FORMAT " code=%d", taken->document, failed->code);
}

static void
note_arrival (const StoreArrival *arrival, const StoreTaken *taken, void *data)
{
  Pipeline *pipeline = data;
  (void)arrival;
  dk_log ("taken", "receipt=%" G_GINT64_FORMAT " document=%" G_GINT64_FORMAT " duplicate=%d grown=%d", taken->receipt,
          taken->document, taken->duplicate, taken->grown);
  if (taken->grown)
    empty_quarantine (pipeline, taken);
  pipeline->plan_at_us = 0;
}

static bool
scan_folders (Pipeline *pipeline, GError **error)
{
  int64_t now_us = dk_monotonic_us ();
  if (pipeline->capture == NULL || now_us < pipeline->scan_at_us)
    return true;
  if (!capture_scan (pipeline->capture, note_arrival, pipeline, &pipeline->scan, error))
    return false;
  int64_t wait_us = (int64_t)(pipeline->scan.next_s * G_USEC_PER_SEC);
  pipeline->scan_at_us = dk_monotonic_us () + MAX (wait_us, BETWEEN_SCANS_US);
  return true;
}

static bool
plan_all (Pipeline *pipeline, GError **error)
{
  g_autofree StorePlan *plans = g_new0 (StorePlan, pipeline_n_stages);
  for (size_t i = 0; i < pipeline_n_stages; i++)
    plans[i] = pipeline_plan (pipeline, &pipeline_stages[i]);
  g_autoptr (StoreTransaction) transaction = store_begin (pipeline->store, "docketd", error);
  return transaction != NULL && store_job_plan (transaction, plans, pipeline_n_stages, 0, error)
         && store_commit (g_steal_pointer (&transaction), error);
}

/* Documents that came by another program, were corrected or released by a person, or lost their jobs; and leases that
 * nobody holds. */
static bool
plan (Pipeline *pipeline, GError **error)
{
  int64_t now_us = dk_monotonic_us ();
  if (now_us < pipeline->plan_at_us)
    return true;
  pipeline->plan_at_us = now_us + PLAN_EVERY_US;
  bool newer;
  if (!pipeline_config_is_newer (pipeline, &newer, error))
    return false;
  if (newer) /* what waits for it must not be understood under the one before */
    {
      pipeline->config_at_us = pipeline->plan_at_us = 0;
      return true;
    }
  bool nothing_under_way = g_hash_table_size (pipeline->pieces) == 0 && pipeline->to_index->len == 0;
  return store_job_expire (pipeline->store, nothing_under_way, error) && plan_all (pipeline, error);
}

static bool
export_head_daily (Pipeline *pipeline, GError **error)
{
  DkDay today = (DkDay)(dk_now_us () / (INT64_C (86400) * G_USEC_PER_SEC));
  if (today == pipeline->head_day)
    return true;
  if (pipeline->head_day != DK_DAY_NONE)
    pipeline_recheck_look (pipeline);
  pipeline->head_day = today;
  return ledger_export_head (pipeline->store, error);
}

/* --- the turn --- */

/* Does what can be done without waiting; *@any tells whether more may be done at once. */
bool
pipeline_turn (Pipeline *pipeline, bool *any, GError **error)
{
  *any = false;
  if (!collect (pipeline, any, error))
    return false;
  if (is_paused (pipeline))
    return true;
  if (!pipeline_follow_config (pipeline, error) || !pipeline_follow_model (pipeline, error)
      || !pipeline_keep_worker (pipeline, error) || !export_head_daily (pipeline, error)
      || !scan_folders (pipeline, error) || !plan (pipeline, error) || !pipeline_dispatch (pipeline, any, error)
      || !pipeline_run_inside (pipeline, any, error) || !pipeline_train (pipeline, any, error)
      || !pipeline_recheck (pipeline, any, error) || !pipeline_trace_again (pipeline, any, error))
    return false;
  bool idle = !*any && g_hash_table_size (pipeline->pieces) == 0;
  return pipeline_index_commit (pipeline, idle, error);
}

void
pipeline_wait (Pipeline *pipeline)
{
  struct pollfd fds[MAX_POLL_FDS];
  unsigned n
      = pipeline_worker_is_up (pipeline) ? pipeline_worker_poll_fds (pipeline->worker, fds, MAX_POLL_FDS - 2) : 0;
  int64_t now_us = dk_monotonic_us ();
  bool paused = now_us < pipeline->pause_until_us; /* then nobody takes the events away */
  int events = pipeline->capture != NULL && !paused ? capture_event_fd (pipeline->capture) : -1;
  if (events >= 0)
    fds[n++] = (struct pollfd){ .fd = events, .events = POLLIN };
  if (pipeline->wake_fd >= 0)
    fds[n++] = (struct pollfd){ .fd = pipeline->wake_fd, .events = POLLIN };
  int64_t until_us = paused ? pipeline->pause_until_us : pipeline->plan_at_us;
  if (pipeline->capture != NULL && !paused)
    until_us = MIN (until_us, pipeline->scan_at_us);
  int timeout_ms = (int)CLAMP ((until_us - now_us) / 1000 + 1, 1, 1000);
  if (poll (fds, n, timeout_ms) <= 0)
    return;
  for (unsigned i = 0; i < n; i++)
    if (fds[i].revents != 0 && (fds[i].fd == events || fds[i].fd == pipeline->wake_fd))
      pipeline->scan_at_us = pipeline->plan_at_us = 0;
  if (pipeline->wake_fd >= 0)
    pipeline_wake_drain (pipeline->wake_fd);
}
