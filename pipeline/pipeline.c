#include "pipeline/pipeline.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/log.h"
#include "pipeline/results.h"
#include "pipeline/training.h"
#include "pipeline/wake.h"
#include "store/quarantine.h"
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>

#define BETWEEN_SCANS_US 200000 /* so that taking in a thousand files does not hold up the first of them */
#define PLAN_EVERY_US (1 * G_USEC_PER_SEC)
#define CONFIG_EVERY_US (5 * G_USEC_PER_SEC)
#define LEASE_S 900 /* longer than any stage may take; a new holder of the lock frees leases at once */
#define MIN_FREE_BYTES (UINT64_C (64) << 20) /* below this no new work is begun */
#define HOPELESS_PAGES 3                     /* missing pages after which the rest get */
#define HOPELESS_CPU_S 10                    /* this much CPU each */
#define MAX_POLL_FDS 264                     /* more pipes are looked at once a second */
#define SHARED_LOSSES 2 /* deaths of the worker in a row, of which it is not asked whose fault they are */

StorePlan
pipeline_plan (const Pipeline *pipeline, const PipelineStage *stage)
{
  return (StorePlan){ stage->key, stage->by_page, stage->version,
                      stage->by_config ? config_digest (pipeline->in_force->config) : "" };
}

/* --- opening and closing --- */

/* An orderly end leaves no source behind that is taken. After a crash the next start sees to them. */
static void
close_capture (Pipeline *pipeline)
{
  g_autoptr (GError) failed = NULL;
  if (pipeline->capture != NULL && !capture_close (pipeline->capture, &failed))
    dk_log ("capture_close", "code=%d", failed->code);
  g_clear_pointer (&pipeline->capture, capture_free);
}

void
pipeline_free (Pipeline *pipeline)
{
  if (pipeline == NULL)
    return;
  if (pipeline->worker != NULL)
    dk_log ("ended",
            "pieces=%u looked_up=%u cpu_ms=%" G_GUINT64_FORMAT " engine_ms=%" G_GUINT64_FORMAT
            " models_ms=%" G_GUINT64_FORMAT " peak_mb=%" G_GUINT64_FORMAT,
            pipeline->tally.pieces, pipeline->tally.looked_up, pipeline->tally.cpu_us / 1000,
            pipeline->tally.engine_us / 1000, pipeline->tally.models_us / 1000, pipeline->tally.peak_bytes >> 20);
  g_clear_pointer (&pipeline->launched, pipeline_worker_free);
  g_clear_pointer (&pipeline->worker, pipeline_worker_free);
  close_capture (pipeline);
  g_clear_pointer (&pipeline->index, index_free);
  g_clear_pointer (&pipeline->pieces, g_hash_table_unref);
  g_clear_pointer (&pipeline->to_index, g_ptr_array_unref);
  g_clear_pointer (&pipeline->in_force, pipeline_configuration_free);
  g_clear_pointer (&pipeline->training, pipeline_training_free);
  g_free (pipeline->config_mark);
  g_free (pipeline->last_language);
  if (pipeline->wake_fd >= 0)
    close (pipeline->wake_fd);
  g_free (pipeline);
}

Limits
pipeline_limits (void)
{
  Limits limits = LIMITS_DEFAULT;
#ifdef DK_TEST_HOOKS
  const char *cpu_s = g_getenv ("DOCKET_TEST_CPU_S"); /* tests do not wait a minute for what never ends */
  if (cpu_s != NULL)
    limits.cpu_s = (unsigned)g_ascii_strtoull (cpu_s, NULL, 10);
#endif
  return limits;
}

Pipeline *
pipeline_open (Store *store, const PipelineOptions *options, GError **error)
{
  g_autoptr (Pipeline) pipeline = g_new0 (Pipeline, 1);
  pipeline->store = store;
  pipeline->options = *options;
  pipeline->limits = pipeline_limits ();
  pipeline->head_day = DK_DAY_NONE;
  pipeline->wake_fd = -1;
  pipeline->training = pipeline_training_new ();
  if (pipeline->options.jobs == 0)
    pipeline->options.jobs = (unsigned)MAX (1, g_get_num_processors ());
  pipeline->pieces = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)piece_free);
  pipeline->to_index = g_ptr_array_new_with_free_func ((GDestroyNotify)piece_free);
  if (!store_lock_pipeline (store, error))
    return NULL;
  pipeline->launched = pipeline_worker_launch (options->worker, NULL); /* why not is told where it is needed */
  if (!store_job_expire (store, true, error) || !pipeline_adopt_config (pipeline, error)
      || !pipeline_tidy (pipeline, error) || !pipeline_open_index (pipeline, error)
      || !pipeline_start_worker (pipeline, error))
    return NULL;
  pipeline->wake_fd = pipeline_wake_listen (store);
  return g_steal_pointer (&pipeline);
}

const Settings *
pipeline_settings (const Pipeline *pipeline)
{
  return pipeline->in_force->settings;
}

void
pipeline_on_rest (Pipeline *pipeline, PipelineFunc func, void *data)
{
  pipeline->on_rest = func;
  pipeline->on_rest_data = data;
}

/* --- leasing --- */

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
  Request request = { .n_fds = 0 };
  g_variant_builder_init (&request.arguments, G_VARIANT_TYPE ("a{sv}"));
  bool asked = piece->stage->ask (pipeline, piece, &request, error);
  g_autoptr (GVariant) arguments = g_variant_ref_sink (g_variant_builder_end (&request.arguments));
  bool sent = asked
              && pipeline_worker_submit (pipeline->worker, (uint64_t)piece->job->id, piece->stage->work, arguments,
                                         &limits, request.fds, request.n_fds, error);
  for (unsigned i = 0; i < request.n_fds; i++)
    close (request.fds[i]);
  return sent;
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

static bool
lease_isolated (Pipeline *pipeline, bool *any, GError **error)
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
static bool
run_inside (Pipeline *pipeline, bool *any, GError **error)
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

/* --- the worker --- */

static void
note_cost (Pipeline *pipeline, const PipelineResult *result)
{
  pipeline->tally.pieces++;
  pipeline->tally.cpu_us += result->cpu_us;
  pipeline->tally.engine_us += result->cost.engine_us;
  pipeline->tally.models_us = MAX (pipeline->tally.models_us, result->cost.models_us);
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
          result->cost.engine_us / 1000, result->wall_us / 1000, result->peak_bytes >> 20, result->ahead->len);
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
  if (dk_free_bytes (store_dir (pipeline->store)) >= MIN_FREE_BYTES)
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
      || (!is_paused (pipeline) && !lease_isolated (pipeline, any, error)))
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

/* --- one turn --- */

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

/* Changed files are in force once what is under way has ended under the old version: until then nothing is leased. */
static bool
follow_config (Pipeline *pipeline, GError **error)
{
  int64_t now_us = dk_monotonic_us ();
  bool newer = false;
  pipeline->config_waits = false;
  if (now_us < pipeline->config_at_us)
    return true;
  if (!pipeline_config_is_newer (pipeline, &newer, error))
    return false;
  newer |= pipeline_config_changed (pipeline);
  pipeline->config_waits = newer && g_hash_table_size (pipeline->pieces) > 0;
  if (pipeline->config_waits)
    return true;
  pipeline->config_at_us = now_us + CONFIG_EVERY_US;
  if (!newer)
    return true;
  if (!pipeline_adopt_config (pipeline, error))
    return false;
  pipeline_end_worker (pipeline); /* started anew with the new version, or with another list of customers */
  return true;
}

/* Does what can be done without waiting; *@any tells whether more may be done at once. */
static bool
turn (Pipeline *pipeline, bool *any, GError **error)
{
  *any = false;
  if (!collect (pipeline, any, error))
    return false;
  if (is_paused (pipeline))
    return true;
  if (!follow_config (pipeline, error) || !pipeline_follow_model (pipeline, error)
      || !pipeline_keep_worker (pipeline, error) || !export_head_daily (pipeline, error)
      || !scan_folders (pipeline, error) || !plan (pipeline, error) || !lease_isolated (pipeline, any, error)
      || !run_inside (pipeline, any, error) || !pipeline_train (pipeline, any, error)
      || !pipeline_recheck (pipeline, any, error) || !pipeline_trace_again (pipeline, any, error))
    return false;
  bool idle = !*any && g_hash_table_size (pipeline->pieces) == 0;
  return pipeline_index_commit (pipeline, idle, error);
}

static void
wait_for_news (Pipeline *pipeline)
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

bool
pipeline_run (Pipeline *pipeline, PipelineUntil until, void *data, const volatile int *stop, GError **error)
{
  while (stop == NULL || *stop == 0)
    {
      bool any;
      g_autoptr (GError) failed = NULL;
      if (!turn (pipeline, &any, &failed))
        {
          if (!pipeline_must_wait (failed))
            {
              g_propagate_error (error, g_steal_pointer (&failed));
              return false;
            }
          pipeline_pause (pipeline, failed);
        }
      if (any)
        continue;
      if (until != NULL && until (pipeline, data))
        return true;
      wait_for_news (pipeline);
    }
  return true;
}

bool
pipeline_is_idle (Pipeline *pipeline, void *unused)
{
  int64_t in_flight = 1;
  g_autoptr (GError) error = NULL;
  (void)unused;
  bool quiet = g_hash_table_size (pipeline->pieces) == 0 && pipeline->to_index->len == 0 && !pipeline->rechecking
               && !pipeline->looking
               && (pipeline->capture == NULL || (pipeline->scan.waiting == 0 && pipeline->scan.next_s > 0));
  return quiet && store_receipts_in_flight (pipeline->store, NULL, &in_flight, &error) && in_flight == 0;
}
