/* An example is what a person said about a letter (store/example.h). A model that failed to be made, or judged worse,
 * is not tried again before somebody says something further. */
#include "pipeline/training.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/log.h"
#include "base/serve.h"
#include "pipeline/letters.h"
#include "pipeline/model.h"
#include "pipeline/stage.h"
#include "store/model.h"
#include <string.h>
#include <sys/mman.h>

#define LOOK_EVERY_US (1 * G_USEC_PER_SEC)
#define ENOUGH_NEW 5                             /* examples since the last model, with which one is made at once; */
#define QUIET_US (INT64_C (60) * G_USEC_PER_SEC) /* with fewer after nobody has added one for so long */
#define MOST_EXAMPLES 20000
#define MOST_BYTES (UINT64_C (64) << 20) /* of all their text */
#define GATHER_US 5000                   /* spent on gathering in one turn */
/* 20,000 examples of 60 words took 147 s and 1 GB, with the letters shipped. */
#define TRAINING_CPU_S 300
#define TRAINING_BYTES (UINT64_C (2) << 30)
#define LEARNT_BYTES (UINT64_C (256) << 20) /* of what a training keeps for the next */
#define TOLERATED 0.03 /* by which the F1 of the kinds may be below the one before: chance of the letters held out */
#define MOST_LOSSES 3  /* deaths of the worker in a row under a training */

typedef enum
{
  IDLE,
  GATHERING,
  RUNNING,
} State;

struct PipelineTraining
{
  State state;
  int64_t look_at_us;
  int64_t newest, quiet_since_us; /* the newest example as last seen, and since when it is that */
  int64_t tried;                  /* the newest example of a training that failed */
  bool mended;                    /* one was begun because the model in force cannot be used */
  bool compared;                  /* the model in force was held against the letters that came with this docket */
  unsigned losses;
  /* of the one under way */
  int64_t ticket; /* the request it answers, 0: none */
  int64_t through;
  GPtrArray *examples;
  guint gathered;
  int fd;
  uint64_t size;
  int lock; /* while a child is at it, for docket status */
};

PipelineTraining *
pipeline_training_new (void)
{
  PipelineTraining *training = g_new0 (PipelineTraining, 1);
  training->fd = training->lock = -1;
  return training;
}

static void
let_go (PipelineTraining *training)
{
  g_clear_pointer (&training->examples, g_ptr_array_unref);
  dk_close_fd (&training->fd);
  dk_close_fd (&training->lock);
  training->fd = training->lock = -1;
  training->state = IDLE;
}

void
pipeline_training_free (PipelineTraining *training)
{
  if (training == NULL)
    return;
  let_go (training);
  g_free (training);
}

bool
pipeline_training_runs (const Pipeline *pipeline)
{
  return pipeline->training->state == RUNNING;
}

void
pipeline_training_forget (Pipeline *pipeline)
{
  if (pipeline->training->state == RUNNING)
    let_go (pipeline->training);
}

/* --- what is in force --- */

/* How many letters came with this docket, 0 where nobody knows. */
static int64_t
shipped_letters (void)
{
  g_autoptr (json_t) facts = pipeline_model_seed_facts ();
  return facts != NULL ? dk_json_int (facts, "letters", 0) : 0;
}

/* Whether the newest model was made from other letters than came with this docket: an older one made it, and none was
 * tried since. What a person took back is not made again. */
static bool
is_outdated (Pipeline *pipeline)
{
  int64_t letters = shipped_letters ();
  g_autoptr (GPtrArray) models = store_models (pipeline->store, NULL);
  const StoreModel *newest = models != NULL && models->len > 0 ? models->pdata[models->len - 1] : NULL;
  return letters > 0 && newest != NULL && strcmp (newest->state, "undone") != 0 && newest->letters != letters;
}

/* --- when --- */

/* The first correction counts at once: whoever tries docket out should see that it learns. */
static bool
is_due (Pipeline *pipeline, int64_t n, int64_t newest)
{
  PipelineTraining *training = pipeline->training;
  int64_t now_us = dk_monotonic_us ();
  if (newest != training->newest)
    training->quiet_since_us = now_us;
  training->newest = newest;
  if (pipeline->model_is_unusable && !training->mended)
    return training->mended = true;
  if (!training->compared)
    {
      training->compared = true;
      if (pipeline->model_wanted != 0 && is_outdated (pipeline))
        return true;
    }
  if (n == 0 || newest <= training->tried)
    return false;
  return pipeline->model_wanted == 0 || n >= ENOUGH_NEW || now_us - training->quiet_since_us >= QUIET_US;
}

/* --- how it ends --- */

static bool
end (Pipeline *pipeline, const char *outcome, GError **error)
{
  PipelineTraining *training = pipeline->training;
  int64_t asked, n, newest;
  dk_log ("training", "outcome=%s examples=%u", outcome, training->gathered);
  training->losses = 0;
  let_go (training);
  if (!store_training_asked (pipeline->store, &asked, error)
      || !store_examples_new (pipeline->store, &n, &newest, error))
    return false;
  if (newest <= training->through) /* who asked meanwhile would get the same */
    training->ticket = MAX (training->ticket, asked);
  return store_training_answer (pipeline->store, training->ticket, outcome, error);
}

static bool
fail (Pipeline *pipeline, int code, GError **error)
{
  dk_log ("training_failed", "code=%d through=%" G_GINT64_FORMAT, code, pipeline->training->through);
  pipeline->training->tried = pipeline->training->through;
  return end (pipeline, "failed", error);
}

/* What the version in force says of itself, where it was made from as many @letters; else what the one that came with
 * docket says, since figures on other letters are not to be compared. NULL where nobody knows. */
static json_t *
facts_in_force (Pipeline *pipeline, int64_t letters, GError **error)
{
  g_autoptr (GPtrArray) models = store_models (pipeline->store, error);
  for (guint i = 0; models != NULL && i < models->len; i++)
    {
      const StoreModel *model = models->pdata[i];
      if (model->in_force && (model->letters == letters || shipped_letters () != letters))
        return json_incref (model->figures);
    }
  return models != NULL ? pipeline_model_seed_facts () : NULL;
}

/* One whose bytes are lost is not: the new one takes its place. */
static bool
is_in_force (Pipeline *pipeline, GBytes *model)
{
  int64_t id;
  g_autoptr (GBytes) in_force = NULL;
  return store_model_current (pipeline->store, &id, &in_force, NULL) && in_force != NULL
         && g_bytes_equal (in_force, model);
}

/* Letters that are new among those held out were mostly corrected because they are hard: by their share the F1 may be
 * lower without the model being worse. Else whoever corrects much at once would never be heard. */
static bool
is_worse (const json_t *figures, const json_t *before)
{
  int64_t corrections = dk_json_int (figures, "corrections", 0);
  double all = (double)MAX (1, dk_json_int (figures, "letters", 0) + corrections);
  double added = (double)MAX (0, corrections - dk_json_int (before, "corrections", 0)) / all;
  return pipeline_model_f1 (figures) < pipeline_model_f1 (before) - TOLERATED - added;
}

/* Puts @model in force, or notes why not. */
static bool
judge (Pipeline *pipeline, GBytes *model, json_t *figures, GError **error)
{
  PipelineTraining *training = pipeline->training;
  g_autoptr (GError) failed = NULL;
  g_autoptr (json_t) before = facts_in_force (pipeline, dk_json_int (figures, "letters", 0), &failed);
  if (failed != NULL)
    return g_propagate_error (error, g_steal_pointer (&failed)), false;
  int64_t n, newest, id;
  if (!store_examples_new (pipeline->store, &n, &newest, error))
    return false;
  if (n == 0 && is_in_force (pipeline, model))
    return end (pipeline, "same", error);
  StoreModelFacts facts = { .letters = dk_json_int (figures, "letters", 0),
                            .corrections = dk_json_int (figures, "corrections", 0),
                            .through = training->through,
                            .figures = figures };
  bool worse = !pipeline->model_is_unusable && is_worse (figures, before);
  if (!(worse ? store_model_keep_out : store_model_adopt) (pipeline->store, model, &facts, &id, error))
    return false;
  dk_log ("model", "version=%" G_GINT64_FORMAT " adopted=%d", id, !worse);
  dk_fault ("training: in the ledger, not answered");
  return end (pipeline, worse ? "kept_out" : "adopted", error);
}

static bool
take (Pipeline *pipeline, const PipelineResult *result, GError **error)
{
  PipelineTraining *training = pipeline->training;
  dk_log ("trained", "cpu_ms=%" G_GUINT64_FORMAT " wall_ms=%" G_GUINT64_FORMAT " peak_mb=%" G_GUINT64_FORMAT,
          result->cpu_us / 1000, result->wall_us / 1000, result->peak_bytes >> 20);
  if (result->lost && ++training->losses < MOST_LOSSES) /* whoever was at fault: not known to be this one */
    return let_go (training), true;
  RecordCode code = result->fault != RECORD_CODE_NONE ? result->fault : result->refusal;
  if (result->lost || result->failed || code != RECORD_CODE_NONE)
    return fail (pipeline, (int)code, error);
  pipeline_keep_letters (pipeline->store, result);
  g_autoptr (GBytes) model = pipeline_result_bytes (result);
  g_autoptr (json_t) figures = pipeline_model_facts (model, NULL);
  return figures != NULL ? judge (pipeline, model, figures, error) : fail (pipeline, RECORD_CODE_DAMAGED, error);
}

/* When the store fails it is all begun again, later. */
bool
pipeline_training_take (Pipeline *pipeline, const PipelineResult *result, GError **error)
{
  if (pipeline->training->state != RUNNING || take (pipeline, result, error))
    return true;
  let_go (pipeline->training);
  return false;
}

/* --- gathering --- */

static bool
begin (Pipeline *pipeline, int64_t ticket, GError **error)
{
  PipelineTraining *training = pipeline->training;
  g_autoptr (GPtrArray) examples = store_examples (pipeline->store, MOST_EXAMPLES, error);
  if (examples == NULL)
    return false;
  training->ticket = ticket;
  training->gathered = 0;
  training->size = 0;
  if (examples->len == 0)
    return end (pipeline, "nothing", error);
  training->through = ((const StoreExample *)examples->pdata[0])->seq;
  training->fd = memfd_create ("corrections", MFD_CLOEXEC);
  if (training->fd < 0)
    return dk_throw_errno (error, "make a memory file for corrections");
  training->examples = g_steal_pointer (&examples);
  training->state = GATHERING;
  return true;
}

static bool
submit (Pipeline *pipeline, GError **error)
{
  PipelineTraining *training = pipeline->training;
  g_autoptr (GError) failed = NULL;
  Limits limits = pipeline_limits ();
  limits.cpu_s = TRAINING_CPU_S;
  limits.memory_bytes = TRAINING_BYTES;
  limits.wall_s = PIPELINE_TRAINING_S;
  limits.output_bytes = PIPELINE_MODEL_BYTES + LEARNT_BYTES;
  autofd letters = pipeline_seed_letters (&failed);
  autofd learnt = pipeline_learnt_letters (pipeline->store);
  const int fds[] = { letters, training->fd, learnt };
  GVariantBuilder arguments;
  g_variant_builder_init (&arguments, G_VARIANT_TYPE ("a{sv}"));
  g_variant_builder_add (&arguments, "{sv}", SERVE_BACKGROUND, g_variant_new_int64 (1));
  g_autoptr (GVariant) built = g_variant_ref_sink (g_variant_builder_end (&arguments));
  if (letters >= 0
      && pipeline_worker_submit (pipeline->worker, PIPELINE_TRAINING_JOB, "train", built, &limits, fds,
                                 learnt >= 0 ? 3 : 2, &failed))
    {
      training->state = RUNNING;
      training->lock = store_training_lock (pipeline->store);
      dk_log ("training_begun", "examples=%u kb=%" G_GUINT64_FORMAT, training->gathered, training->size >> 10);
      return true;
    }
  /* A full socket or a worker that has just died is no failure: the next turn asks again. */
  return g_error_matches (failed, DK_ERROR, DK_ERROR_BUSY) || g_error_matches (failed, DK_ERROR, DK_ERROR_STALE)
         || fail (pipeline, failed->code, error);
}

/* The newest come first: what is too much together leaves the oldest out. */
static bool
gather (Pipeline *pipeline, bool *any, GError **error)
{
  PipelineTraining *training = pipeline->training;
  int64_t until_us = dk_monotonic_us () + GATHER_US;
  while (training->gathered < training->examples->len && training->size < MOST_BYTES)
    {
      if (dk_monotonic_us () > until_us)
        return *any = true;
      const StoreExample *example = training->examples->pdata[training->gathered++];
      if (!pipeline_write_letter (pipeline->store, example, training->fd, &training->size, error))
        return false;
    }
  return submit (pipeline, error);
}

static bool
look (Pipeline *pipeline, GError **error)
{
  int64_t now_us = dk_monotonic_us (), ticket, n, newest;
  if (now_us < pipeline->training->look_at_us)
    return true;
  pipeline->training->look_at_us = now_us + LOOK_EVERY_US;
  if (!store_training_asked (pipeline->store, &ticket, error)
      || !store_examples_new (pipeline->store, &n, &newest, error))
    return false;
  bool due = is_due (pipeline, n, newest);
  return !(ticket > 0 || due) || begin (pipeline, ticket, error);
}

bool
pipeline_train (Pipeline *pipeline, bool *any, GError **error)
{
  if (!pipeline->options.learn || pipeline->worker == NULL || !pipeline_worker_alive (pipeline->worker)
      || pipeline->config_waits || pipeline->model_waits || pipeline->training->state == RUNNING)
    return true;
  if (pipeline->training->state == IDLE)
    return look (pipeline, error);
  if (gather (pipeline, any, error))
    return true;
  let_go (pipeline->training);
  return false;
}
