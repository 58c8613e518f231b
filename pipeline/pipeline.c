#include "pipeline/pipeline.h"
#include "base/log.h"
#include "pipeline/adopt.h"
#include "pipeline/indexing.h"
#include "pipeline/keep.h"
#include "pipeline/order.h"
#include "pipeline/outcome.h"
#include "pipeline/training.h"
#include "pipeline/turn.h"
#include "pipeline/wake.h"
#include <unistd.h>

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

bool
pipeline_run (Pipeline *pipeline, PipelineUntil until, void *data, const volatile int *stop, GError **error)
{
  while (stop == NULL || *stop == 0)
    {
      bool any;
      g_autoptr (GError) failed = NULL;
      if (!pipeline_turn (pipeline, &any, &failed))
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
      pipeline_wait (pipeline);
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
