#include "pipeline/pipeline.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/log.h"
#include "pipeline/results.h"
#include "pipeline/wake.h"
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>

#define PLAN_EVERY_US (1 * G_USEC_PER_SEC)
#define CONFIG_EVERY_US (5 * G_USEC_PER_SEC)
#define LEASE_S 900 /* longer than any stage may take; a new holder of the lock frees leases at once */
#define MIN_FREE_BYTES (UINT64_C (64) << 20) /* below this no new work is begun */
#define MAX_POLL_FDS 64

static const char *const isolated[] = { "identify", "read", "bind", "understand", NULL };
static const char *const inside[] = { "register", "file", NULL };
static const char *const indexing[] = { "index", NULL };

StorePlan *
pipeline_plans (Pipeline *pipeline)
{
  StorePlan *plans = g_new0 (StorePlan, pipeline_n_stages);
  for (size_t i = 0; i < pipeline_n_stages; i++)
    {
      const PipelineStage *stage = &pipeline_stages[i];
      bool by_config = strcmp (stage->key, "understand") == 0;
      plans[i] = (StorePlan){ stage->key, stage->by_page, stage->version,
                              by_config ? config_digest (pipeline->config) : "" };
    }
  return plans;
}

/* --- opening and closing --- */

void
pipeline_free (Pipeline *pipeline)
{
  if (pipeline == NULL)
    return;
  g_clear_pointer (&pipeline->worker, pipeline_worker_free);
  g_clear_pointer (&pipeline->capture, capture_free);
  g_clear_pointer (&pipeline->index, index_free);
  g_clear_pointer (&pipeline->pieces, g_hash_table_unref);
  g_clear_pointer (&pipeline->to_index, g_ptr_array_unref);
  g_clear_pointer (&pipeline->rules, register_free);
  g_clear_pointer (&pipeline->vocabulary, vocabulary_free);
  g_clear_pointer (&pipeline->settings, settings_free);
  g_clear_pointer (&pipeline->config, config_unref);
  g_free (pipeline->config_mark);
  g_free (pipeline->last_language);
  if (pipeline->wake_fd >= 0)
    close (pipeline->wake_fd);
  g_free (pipeline);
}

static bool
start_worker (Pipeline *pipeline, GError **error)
{
  g_clear_pointer (&pipeline->worker, pipeline_worker_free);
  pipeline->worker = pipeline_worker_start (pipeline->config, pipeline->options.worker, error);
  if (pipeline->worker != NULL)
    dk_log ("worker", "pid=%d", (int)pipeline_worker_pid (pipeline->worker));
  return pipeline->worker != NULL;
}

/* A damaged or deleted index is made anew: every document that is at rest goes through the stage index again. */
static bool
open_index (Pipeline *pipeline, GError **error)
{
  g_autofree char *path = store_join (pipeline->store, "index");
  g_autoptr (GError) failed = NULL;
  int64_t rested = 0, documents = 0, pages = 0;
  pipeline->index = index_open_writer (path, &failed);
  if (pipeline->index == NULL && g_error_matches (failed, INDEX_ERROR, INDEX_ERROR_DAMAGED))
    {
      dk_log ("index_damaged", "action=rebuild");
      if (!dk_remove_tree (store_dir (pipeline->store), "index", error))
        return false;
      pipeline->index = index_open_writer (path, error);
      if (pipeline->index == NULL)
        return false;
    }
  if (pipeline->index == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failed));
      return false;
    }
  return store_documents_at_rest (pipeline->store, &rested, error)
         && index_count (pipeline->index, &documents, &pages, error)
         && (documents >= rested || store_documents_reindex (pipeline->store, error));
}

Pipeline *
pipeline_open (Store *store, const PipelineOptions *options, GError **error)
{
  g_autoptr (Pipeline) pipeline = g_new0 (Pipeline, 1);
  pipeline->store = store;
  pipeline->options = *options;
  pipeline->wake_fd = -1;
  if (pipeline->options.jobs == 0)
    pipeline->options.jobs = (unsigned)MAX (1, g_get_num_processors ());
  pipeline->pieces = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)piece_free);
  pipeline->to_index = g_ptr_array_new_with_free_func ((GDestroyNotify)piece_free);
  if (!store_lock_pipeline (store, error) || !store_job_expire (store, true, error)
      || !pipeline_adopt_config (pipeline, error) || !pipeline_tidy (pipeline, error) || !open_index (pipeline, error)
      || !start_worker (pipeline, error))
    return NULL;
  pipeline->wake_fd = pipeline_wake_listen (store);
  return g_steal_pointer (&pipeline);
}

const Settings *
pipeline_settings (const Pipeline *pipeline)
{
  return pipeline->settings;
}

const SandboxFacts *
pipeline_sandbox (const Pipeline *pipeline)
{
  return pipeline_worker_facts (pipeline->worker);
}

void
pipeline_on_rest (Pipeline *pipeline, PipelineFunc func, void *data)
{
  pipeline->on_rest = func;
  pipeline->on_rest_data = data;
}

/* --- leasing --- */

/* The next job of @stages with what is known of its document; NULL without error when there is none. A job whose
 * document has gone elsewhere meanwhile is dropped. */
static bool
lease (Pipeline *pipeline, const char *const *stages, Piece **piece, GError **error)
{
  *piece = NULL;
  for (;;)
    {
      g_autoptr (Piece) leased = g_new0 (Piece, 1);
      if (!store_job_lease (pipeline->store, stages, LEASE_S, &leased->job, error))
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

static bool
submit (Pipeline *pipeline, const Piece *piece, GError **error)
{
  static const Limits limits = LIMITS_DEFAULT;
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

static bool
lease_isolated (Pipeline *pipeline, bool *any, GError **error)
{
  while (pipeline_worker_alive (pipeline->worker) && g_hash_table_size (pipeline->pieces) < pipeline->options.jobs)
    {
      g_autoptr (Piece) piece = NULL;
      g_autoptr (GError) failed = NULL;
      if (!lease (pipeline, isolated, &piece, error))
        return false;
      if (piece == NULL)
        return true;
      *any = true;
      if (pipeline_is_worn_out (piece->job))
        {
          if (!pipeline_wear_out (pipeline, piece, error))
            return false;
          continue;
        }
      if (!submit (pipeline, piece, &failed))
        {
          if (!pipeline_put_off (pipeline, piece, false, failed, error))
            return false;
          return true;
        }
      gint64 id = piece->job->id;
      g_hash_table_insert (pipeline->pieces, g_memdup2 (&id, sizeof id), g_steal_pointer (&piece));
    }
  return true;
}

/* Work that docketd does itself is short: one piece at a time between looks at the worker. */
static bool
run_inside (Pipeline *pipeline, const char *const *stages, bool *any, GError **error)
{
  g_autoptr (Piece) piece = NULL;
  g_autoptr (GError) failed = NULL;
  if (!lease (pipeline, stages, &piece, error))
    return false;
  if (piece == NULL)
    return true;
  *any = true;
  if (piece->stage->run (pipeline, piece, &failed))
    {
      if (stages == indexing)
        g_steal_pointer (&piece); /* now in to_index */
      return true;
    }
  if (piece->job->tries + 1 >= piece->stage->tries)
    return pipeline_quarantine (pipeline, piece, RECORD_CODE_UNREADABLE, error);
  return pipeline_put_off (pipeline, piece, !g_error_matches (failed, DK_ERROR, DK_ERROR_FULL), failed, error);
}

/* --- one turn --- */

static bool
collect (Pipeline *pipeline, GError **error)
{
  if (!pipeline_worker_handle (pipeline->worker, error))
    return false;
  for (;;)
    {
      g_autoptr (PipelineResult) result = pipeline_worker_next (pipeline->worker);
      if (result == NULL)
        break;
      gint64 id = (gint64)result->job;
      const Piece *piece = g_hash_table_lookup (pipeline->pieces, &id);
      if (piece == NULL)
        continue;
      dk_log ("worked",
              "document=%" G_GINT64_FORMAT " stage=%s page=%" G_GINT64_FORMAT " cpu_ms=%" G_GUINT64_FORMAT
              " wall_ms=%" G_GUINT64_FORMAT " peak_mb=%" G_GUINT64_FORMAT,
              piece->document->id, piece->stage->name, piece->job->page, result->cpu_us / 1000, result->wall_us / 1000,
              result->peak_bytes >> 20);
      bool taken = pipeline_take_result (pipeline, piece, result, error);
      g_hash_table_remove (pipeline->pieces, &id);
      if (!taken)
        return false;
    }
  if (pipeline_worker_alive (pipeline->worker))
    return true;
  dk_log ("worker_lost", "action=restart");
  return start_worker (pipeline, error);
}

static void
note_arrival (const StoreArrival *arrival, const StoreTaken *taken, void *data)
{
  Pipeline *pipeline = data;
  (void)arrival;
  dk_log ("taken", "receipt=%" G_GINT64_FORMAT " document=%" G_GINT64_FORMAT " duplicate=%d", taken->receipt,
          taken->document, taken->duplicate);
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
  pipeline->scan_at_us = dk_monotonic_us () + (int64_t)(pipeline->scan.next_s * G_USEC_PER_SEC);
  return true;
}

/* Documents that came by another program, were corrected or released by a person, or lost their jobs. */
static bool
plan (Pipeline *pipeline, GError **error)
{
  int64_t now_us = dk_monotonic_us ();
  if (now_us < pipeline->plan_at_us)
    return true;
  pipeline->plan_at_us = now_us + PLAN_EVERY_US;
  g_autofree StorePlan *plans = pipeline_plans (pipeline);
  g_autoptr (StoreTransaction) transaction = store_begin (pipeline->store, "docketd", error);
  if (transaction == NULL || !store_job_plan (transaction, plans, pipeline_n_stages, 0, error)
      || !store_commit (g_steal_pointer (&transaction), error) || !store_job_expire (pipeline->store, false, error))
    return false;
  int64_t today = now_us / (INT64_C (86400) * G_USEC_PER_SEC);
  if (today == pipeline->head_day)
    return true;
  pipeline->head_day = today;
  return ledger_export_head (pipeline->store, error);
}

static bool
follow_config (Pipeline *pipeline, bool *waiting, GError **error)
{
  int64_t now_us = dk_monotonic_us ();
  *waiting = false;
  if (now_us < pipeline->config_at_us || !pipeline_config_changed (pipeline))
    {
      if (now_us >= pipeline->config_at_us)
        pipeline->config_at_us = now_us + CONFIG_EVERY_US;
      return true;
    }
  *waiting = g_hash_table_size (pipeline->pieces) > 0; /* what is under way ends under the old version */
  if (*waiting)
    return true;
  int64_t before = pipeline->config_id;
  return pipeline_adopt_config (pipeline, error) && (before == pipeline->config_id || start_worker (pipeline, error));
}

/* A full disk stops intake and new work politely; the next look goes on by itself. */
static bool
is_paused (Pipeline *pipeline)
{
  int64_t now_us = dk_monotonic_us ();
  if (dk_free_bytes (store_dir (pipeline->store)) < MIN_FREE_BYTES && now_us >= pipeline->pause_until_us)
    {
      dk_log ("paused", "reason=disk_full");
      pipeline->pause_until_us = now_us + 5 * G_USEC_PER_SEC;
    }
  return now_us < pipeline->pause_until_us;
}

/* Does what can be done without waiting; *@any tells whether more may be done at once. */
static bool
turn (Pipeline *pipeline, bool *any, GError **error)
{
  bool config_waits = false;
  *any = false;
  if (!collect (pipeline, error))
    return false;
  if (is_paused (pipeline))
    return true;
  if (!follow_config (pipeline, &config_waits, error) || !scan_folders (pipeline, error) || !plan (pipeline, error)
      || (!config_waits && !lease_isolated (pipeline, any, error)) || !run_inside (pipeline, inside, any, error)
      || !run_inside (pipeline, indexing, any, error))
    return false;
  bool idle = !*any && g_hash_table_size (pipeline->pieces) == 0;
  return pipeline_index_commit (pipeline, idle, error);
}

static void
wait_for_news (Pipeline *pipeline)
{
  struct pollfd fds[MAX_POLL_FDS];
  unsigned n = pipeline_worker_poll_fds (pipeline->worker, fds, MAX_POLL_FDS - 2);
  int events = pipeline->capture != NULL ? capture_event_fd (pipeline->capture) : -1;
  if (events >= 0)
    fds[n++] = (struct pollfd){ .fd = events, .events = POLLIN };
  if (pipeline->wake_fd >= 0)
    fds[n++] = (struct pollfd){ .fd = pipeline->wake_fd, .events = POLLIN };
  int64_t now_us = dk_monotonic_us (), until_us = MIN (pipeline->plan_at_us, now_us + PLAN_EVERY_US);
  if (pipeline->capture != NULL)
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
          if (!g_error_matches (failed, DK_ERROR, DK_ERROR_FULL) && !g_error_matches (failed, DK_ERROR, DK_ERROR_BUSY))
            {
              g_propagate_error (error, g_steal_pointer (&failed));
              return false;
            }
          dk_log ("paused", "reason=%s", failed->code == DK_ERROR_FULL ? "disk_full" : "busy");
          pipeline->pause_until_us = dk_monotonic_us () + 5 * G_USEC_PER_SEC;
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
  bool quiet = g_hash_table_size (pipeline->pieces) == 0 && pipeline->to_index->len == 0
               && (pipeline->capture == NULL || pipeline->scan.waiting == 0);
  return quiet && store_receipts_in_flight (pipeline->store, NULL, &in_flight, &error) && in_flight == 0;
}
