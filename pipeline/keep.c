/* The worker is kept up: started with the configuration and the model in force, started again when it dies, ever later,
 * and anew between pieces of work when another model is in force. */
#include "pipeline/keep.h"
#include "base/log.h"
#include "pipeline/customers.h"
#include "pipeline/training.h"
#include "store/model.h"

#define MODEL_EVERY_US (1 * G_USEC_PER_SEC)
#define LONGEST_DOWN_S 30   /* before a worker that keeps dying is started again */
#define MAX_FAILED_STARTS 6 /* in a row, after which it is time to tell a person */

bool
pipeline_worker_is_up (const Pipeline *pipeline)
{
  return pipeline->worker != NULL && pipeline_worker_alive (pipeline->worker);
}

/* Told by status until the next training, which docketd begins at once if there is anything to learn. */
static void
note_unusable (Pipeline *pipeline, const GError *why)
{
  dk_log ("model_unusable", "version=%" G_GINT64_FORMAT " code=%d", pipeline->model_wanted, why->code);
  if (!store_training_answer (pipeline->store, 0, "unusable", NULL))
    dk_log ("model_unusable_untold", "version=%" G_GINT64_FORMAT, pipeline->model_wanted);
}

/* The process that was launched when the pipeline was opened, else, or if nothing comes of that, a new one. */
static PipelineWorker *
start (Pipeline *pipeline, GBytes *model, GBytes *customers, GError **error)
{
  const Config *config = pipeline->in_force->config;
  g_autoptr (PipelineWorker) launched = g_steal_pointer (&pipeline->launched);
  if (launched != NULL && pipeline_worker_greet (launched, config, model, customers, NULL))
    return g_steal_pointer (&launched);
  return pipeline_worker_start (config, model, customers, pipeline->options.worker, error);
}

bool
pipeline_start_worker (Pipeline *pipeline, GError **error)
{
  const Config *config = pipeline->in_force->config;
  g_autoptr (GBytes) model = NULL;
  g_autoptr (GBytes) customers = pipeline_customers_for_worker (pipeline->store, config);
  g_autoptr (GError) unusable = NULL;
  bool loaded = store_model_current (pipeline->store, &pipeline->model_wanted, &model, &unusable);
  if (loaded)
    pipeline->worker = start (pipeline, model, customers, &unusable);
  if (pipeline->worker == NULL && (model != NULL || !loaded)) /* a damaged model must not stop the mail */
    pipeline->worker = start (pipeline, NULL, customers, error);
  else if (pipeline->worker == NULL)
    g_propagate_error (error, g_steal_pointer (&unusable));
  if (pipeline->worker == NULL)
    return false;
  pipeline->model_is_unusable = unusable != NULL;
  pipeline->model_id = unusable == NULL ? pipeline->model_wanted : 0;
  if (unusable != NULL)
    note_unusable (pipeline, unusable);
  const SandboxFacts *kernel = pipeline_worker_facts (pipeline->worker);
  dk_log ("worker", "pid=%d model=%" G_GINT64_FORMAT " landlock=%d namespaces=%d",
          (int)pipeline_worker_pid (pipeline->worker), pipeline->model_id, kernel->landlock_abi, kernel->namespaces);
  return true;
}

/* Ends it between pieces of work; the next turn starts it anew. */
void
pipeline_end_worker (Pipeline *pipeline)
{
  pipeline_training_forget (pipeline);
  g_clear_pointer (&pipeline->worker, pipeline_worker_free);
}

/* When to start a worker that has failed @times in a row: the first time at once, then ever later. */
static int64_t
next_start_us (unsigned times)
{
  int64_t wait_s = times <= 1 ? 0 : MIN (LONGEST_DOWN_S, INT64_C (1) << MIN (times - 2, 8));
  return dk_monotonic_us () + wait_s * G_USEC_PER_SEC;
}

bool
pipeline_keep_worker (Pipeline *pipeline, GError **error)
{
  g_autoptr (GError) failed = NULL;
  if (pipeline_worker_is_up (pipeline))
    return true;
  if (pipeline->worker != NULL)
    {
      g_clear_pointer (&pipeline->worker, pipeline_worker_free);
      pipeline->restart_at_us = next_start_us (++pipeline->losses);
      dk_log ("worker_lost", "times=%u", pipeline->losses);
    }
  if (dk_monotonic_us () < pipeline->restart_at_us)
    return true;
  if (pipeline_start_worker (pipeline, &failed))
    {
      pipeline->failed_starts = 0;
      return true;
    }
  pipeline->restart_at_us = next_start_us (++pipeline->failed_starts);
  dk_log ("worker_not_started", "times=%u", pipeline->failed_starts);
  if (pipeline->failed_starts < MAX_FAILED_STARTS)
    return true;
  g_propagate_error (error, g_steal_pointer (&failed));
  return false;
}

/* As follow_config, for the model: one made from what people said, or an older one again. */
bool
pipeline_follow_model (Pipeline *pipeline, GError **error)
{
  int64_t id, now_us = dk_monotonic_us ();
  if (!pipeline->model_waits && now_us < pipeline->model_at_us)
    return true;
  pipeline->model_at_us = now_us + MODEL_EVERY_US;
  if (!store_model_current (pipeline->store, &id, NULL, error))
    return false;
  bool changed = id != pipeline->model_wanted;
  pipeline->model_waits = changed && g_hash_table_size (pipeline->pieces) > 0;
  if (changed && !pipeline->model_waits && pipeline->worker != NULL)
    pipeline_end_worker (pipeline);
  return true;
}
