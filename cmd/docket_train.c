/* docket train - learn from what people said, now; which models there were; back to the one before. */
#include "base/messages.h"
#include "cmd/command.h"
#include "cmd/docket_commands.h"
#include "cmd/say.h"
#include "pipeline/model.h"
#include "pipeline/pipeline.h"
#include "pipeline/wake.h"
#include "store/model.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define ASK_EVERY_US 200000
#define PATIENCE_S (2 * PIPELINE_TRAINING_S) /* for the training under way, and one that has what came since */
#define TELL_EVERY_US 1000000

typedef struct
{
  Command command;
  gboolean list, undo;
  Store *store;
} Train;

static void
train_clear (Train *train)
{
  command_clear (&train->command);
  g_clear_pointer (&train->store, store_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Train, train_clear)

/* --- versions --- */

/* Of StoreModel: the seed, as version 0, before those of the store. */
static GPtrArray *
all_models (Store *store, GError **error)
{
  g_autoptr (GPtrArray) models = store_models (store, error);
  if (models == NULL)
    return NULL;
  StoreModel *seed = g_new0 (StoreModel, 1);
  seed->in_force = true;
  for (guint i = 0; i < models->len; i++)
    seed->in_force &= !((const StoreModel *)models->pdata[i])->in_force;
  seed->state = g_strdup ("seed");
  seed->digest = g_strdup ("seed");
  seed->figures = pipeline_model_seed_facts ();
  seed->letters = dk_json_int (seed->figures, "letters", 0);
  g_ptr_array_insert (models, 0, seed);
  return g_steal_pointer (&models);
}

static const StoreModel *
in_force (const GPtrArray *models)
{
  for (guint i = models->len - 1; i > 0; i--)
    if (((const StoreModel *)models->pdata[i])->in_force)
      return models->pdata[i];
  return models->pdata[0];
}

static json_t *
figures_of (const StoreModel *model, const char *judged)
{
  json_t *figures = json_object_get (model->figures, judged);
  return json_is_object (figures) ? json_incref (figures) : json_object ();
}

static json_t *
model_json (const StoreModel *model)
{
  return json_pack ("{s:I, s:o, s:s, s:b, s:I, s:I, s:I, s:o, s:o}", "version", (json_int_t)model->id, "name",
                    json_stringn (model->digest, MIN (strlen (model->digest), STORE_MODEL_NAME)), "state", model->state,
                    "in_force", model->in_force, "since_us", (json_int_t)model->since_us, "letters",
                    (json_int_t)model->letters, "corrections", (json_int_t)model->corrections, "kind",
                    figures_of (model, "kind"), "subject", figures_of (model, "subject"));
}

static void
print_model (const char *language, const StoreModel *model)
{
  g_autofree char *name = g_strndup (model->digest, STORE_MODEL_NAME);
  g_autofree char *key = g_strconcat ("train.state.", model->in_force ? "in_force" : model->state, NULL);
  g_autofree char *state = say_text (language, key, "");
  double f1 = pipeline_model_f1 (model->figures);
  say (language, f1 >= 0 ? "train.version" : "train.version_unmeasured", "lsllsf", model->id, name, model->letters,
       model->corrections, state, f1);
}

static bool
list (const Train *train, GError **error)
{
  g_autoptr (GPtrArray) models = all_models (train->store, error);
  for (guint i = 0; models != NULL && i < models->len; i++)
    if (train->command.json)
      command_print_json (model_json (models->pdata[i]));
    else
      print_model (train->command.language, models->pdata[i]);
  return models != NULL;
}

/* --- undo --- */

static bool
undo (const Train *train, GError **error)
{
  int64_t id;
  g_autofree char *actor = command_actor ();
  if (!store_model_undo (train->store, actor, &id, error))
    return false;
  pipeline_wake (train->store);
  g_autofree char *name = store_model_name (train->store, id, error);
  if (name == NULL)
    return false;
  if (train->command.json)
    command_print_json (json_pack ("{s:s, s:I, s:s}", "outcome", "undone", "version", (json_int_t)id, "name", name));
  else
    say (train->command.language, "train.undone", "ls", id, name);
  return true;
}

/* --- training --- */

typedef struct
{
  Store *store;
  int64_t ticket;
  char *outcome; /* NULL until it is answered */
  const char *language;
  bool quiet;      /* nobody is told how it goes */
  int64_t tell_us; /* when that is told next */
  glong told;      /* columns of what was told last, on a line of its own */
} Request;

/* On a terminal, for how long docket has been learning, or that it waits for docketd to begin. */
static void
show_progress (Request *request)
{
  int64_t now_us = dk_monotonic_us (), since_us = 0;
  if (request->quiet || now_us < request->tell_us)
    return;
  request->tell_us = now_us + TELL_EVERY_US;
  bool runs = store_training_runs (request->store, &since_us);
  g_autofree char *how_long = say_duration (request->language, MAX (dk_now_us () - since_us, 0) / G_USEC_PER_SEC);
  g_autofree char *text = runs ? say_text (request->language, "status.model.training", "s", how_long)
                               : say_text (request->language, "train.queued", "");
  glong columns = g_utf8_strlen (text, -1);
  fprintf (stderr, "\r%s%*s", text, (int)MAX (request->told - columns, 0), "");
  request->told = columns;
}

static void
end_progress (const Request *request)
{
  if (request->told > 0)
    fputc ('\n', stderr);
}

static bool
is_answered (Pipeline *pipeline, void *data)
{
  Request *request = data;
  g_autoptr (GError) error = NULL;
  (void)pipeline;
  show_progress (request);
  return request->outcome != NULL
         || (store_training_outcome (request->store, request->ticket, &request->outcome, &error)
             && request->outcome != NULL);
}

/* While docketd does not run this program does its work, as far as that is learning. BUSY when it runs after all. */
static bool
train_here (Request *request, const volatile int *stop, GError **error)
{
  static const PipelineOptions options = { .jobs = 1, .learn = true, .only_learn = true };
  g_autoptr (Pipeline) pipeline = pipeline_open (request->store, &options, error);
  return pipeline != NULL && pipeline_run (pipeline, is_answered, request, stop, error);
}

static bool
wait_for_answer (Request *request, GError **error)
{
  const volatile int *stop = command_interrupted ();
  int64_t until_us = dk_monotonic_us () + PATIENCE_S * INT64_C (1000000);
  pipeline_wake (request->store);
  while (!is_answered (NULL, request))
    {
      g_autoptr (GError) failed = NULL;
      if (!store_pipeline_is_locked (request->store) && !train_here (request, stop, &failed)
          && !g_error_matches (failed, DK_ERROR, DK_ERROR_BUSY))
        return g_propagate_error (error, g_steal_pointer (&failed)), false;
      if (*stop != 0 || dk_monotonic_us () > until_us)
        return dk_refuse (error, DK_ERROR_BUSY, "training_due", "");
      if (request->outcome == NULL)
        g_usleep (ASK_EVERY_US);
    }
  return true;
}

/* "0.912 → 0.921", or what is known of it. */
static char *
change_of (const char *language, const StoreModel *before, const StoreModel *after, const char *judged,
           const char *figure)
{
  double old = dk_json_real (json_object_get (before->figures, judged), figure, -1);
  double new = dk_json_real (json_object_get (after->figures, judged), figure, -1);
  return old >= 0 ? say_text (language, "train.change", "ff", old, new) : say_text (language, "train.value", "f", new);
}

static void
print_figures (const char *language, const StoreModel *before, const StoreModel *after, const char *judged)
{
  const json_t *now = json_object_get (after->figures, judged);
  g_autofree char *label = report_label (language, "field", judged);
  g_autofree char *f1 = change_of (language, before, after, judged, "f1");
  g_autofree char *ece = change_of (language, before, after, judged, "ece");
  if (dk_json_int (now, "n", 0) > 0)
    say (language, "train.figures", "sssff", label, f1, ece, dk_json_real (now, "alone", 0),
         dk_json_real (now, "threshold", 0));
}

static void
print_outcome (const Train *train, const char *outcome, const StoreModel *before, const StoreModel *after)
{
  const char *language = train->command.language;
  g_autofree char *key = g_strconcat ("train.", outcome, NULL);
  g_autofree char *name = g_strndup (after->digest, STORE_MODEL_NAME);
  say (language, key, "lsll", after->id, name, after->letters, after->corrections);
  if (after == before)
    return;
  print_figures (language, before, after, "kind");
  print_figures (language, before, after, "subject");
}

/* The version that was made by the request is the newest, unless none was. */
static bool
learn (const Train *train, bool *well, GError **error)
{
  Request request = { .store = train->store,
                      .language = train->command.language,
                      .quiet = train->command.json || !isatty (STDERR_FILENO) };
  g_autoptr (GPtrArray) then = all_models (train->store, error);
  if (then == NULL || !store_training_ask (train->store, &request.ticket, error))
    return false;
  bool answered = wait_for_answer (&request, error);
  end_progress (&request);
  g_autofree char *outcome = request.outcome;
  g_autoptr (GPtrArray) now = answered ? all_models (train->store, error) : NULL;
  if (now == NULL)
    return false;
  const StoreModel *before = in_force (then);
  const StoreModel *after = now->len > then->len ? now->pdata[now->len - 1] : before;
  *well = strcmp (outcome, "failed") != 0 && strcmp (outcome, "kept_out") != 0;
  if (train->command.json)
    command_print_json (
        json_pack ("{s:s, s:o, s:o}", "outcome", outcome, "before", model_json (before), "after", model_json (after)));
  else
    print_outcome (train, outcome, before, after);
  return true;
}

static bool
run (Train *train, int argc, char **argv, bool *well, GError **error)
{
  const GOptionEntry entries[] = {
    { "list", 0, 0, G_OPTION_ARG_NONE, &train->list, "Print the versions of the model instead", NULL },
    { "undo", 0, 0, G_OPTION_ARG_NONE, &train->undo, "Go back to the version before instead", NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!command_parse (&train->command, entries, NULL, "Learns from what people corrected and accepted, now.", &argc,
                      &argv, error))
    return false;
  if (train->list && train->undo)
    return dk_refuse (error, DK_ERROR_USAGE, "list_undo", "");
  train->store = command_open (&train->command, error);
  if (train->store == NULL)
    return false;
  return train->list ? list (train, error) : train->undo ? undo (train, error) : learn (train, well, error);
}

int
docket_train (int argc, char **argv)
{
  g_auto (Train) train = { 0 };
  g_autoptr (GError) error = NULL;
  bool well = true;
  run (&train, argc, argv, &well, &error);
  return error != NULL ? command_end ("train", error) : well ? 0 : 1;
}
