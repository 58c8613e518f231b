#include "pipeline/keep.h"
#include "pipeline/model.h"
#include "pipeline/replay.h"
#include "pipeline/training.h"
#include "store/example.h"
#include "store/model.h"
#include "tests/unit/dead_worker.h"
#include "tests/unit/pipeline-fixture.h"

/* A pipeline that learns, which does the other work too. */
static Pipeline *
open_learner (const Fixture *at)
{
  static const PipelineOptions options = { .jobs = 2, .learn = true, .worker = "/proc/self/exe" };
  g_autoptr (GError) error = NULL;
  Pipeline *pipeline = pipeline_open (at->store, &options, &error);
  g_assert_no_error (error);
  return pipeline;
}

static void
take_letters (Fixture *at, unsigned n)
{
  for (unsigned i = 0; i < n; i++)
    {
      g_autofree char *orders = g_strdup_printf ("picture\nsheet %u\nlamp %u", i + 1, i + 1);
      take_orders (at, orders);
    }
  Pipeline *pipeline = open_pipeline (at);
  run_to_rest (pipeline, NULL, NULL);
  pipeline_free (pipeline);
  reopen (at);
}

static char *
last_outcome (Store *store)
{
  g_autoptr (GError) error = NULL;
  char *outcome;
  store_training_outcome (store, 0, &outcome, &error);
  g_assert_no_error (error);
  return outcome;
}

/* Asks for a training and works until it is answered. */
static char *
train (Fixture *at, Pipeline *pipeline)
{
  g_autoptr (GError) error = NULL;
  int64_t ticket;
  char *outcome = NULL;
  store_training_ask (at->store, &ticket, &error);
  while (outcome == NULL)
    {
      bool done = pipeline_run (pipeline, pipeline_is_idle, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (done);
      store_training_outcome (at->store, ticket, &outcome, &error);
      g_assert_no_error (error);
      g_usleep (10000);
    }
  return outcome;
}

#define ASSERT_TRAINS(at, pipeline, wanted)                                                                            \
  {                                                                                                                    \
    g_autofree char *outcome_ = train (at, pipeline);                                                                  \
    g_assert_cmpstr (outcome_, ==, wanted);                                                                            \
  }

static int64_t
in_force (Store *store, GBytes **model)
{
  g_autoptr (GError) error = NULL;
  int64_t id;
  store_model_current (store, &id, model, &error);
  g_assert_no_error (error);
  return id;
}

typedef struct
{
  Store *store;
  int64_t until_us;
  int64_t wanted;
} Wait;

static bool
is_in_force (Pipeline *pipeline, void *data)
{
  Wait *wait = data;
  return (in_force (wait->store, NULL) == wait->wanted && pipeline->model_id == wait->wanted)
         || dk_monotonic_us () > wait->until_us;
}

/* Works until version @id judges, or @seconds are over; tells which does then. */
static int64_t
work_until (Fixture *at, Pipeline *pipeline, int64_t id, int64_t seconds)
{
  g_autoptr (GError) error = NULL;
  Wait wait = { at->store, dk_monotonic_us () + seconds * G_USEC_PER_SEC, id };
  pipeline_run (pipeline, is_in_force, &wait, NULL, &error);
  g_assert_no_error (error);
  return pipeline->model_id;
}

/* A pipeline that has learnt that the first of @n letters is a question. */
static Pipeline *
open_taught (Fixture *at, unsigned n)
{
  take_letters (at, n);
  correct (at->store, 1, "kind", "question");
  Pipeline *pipeline = open_learner (at);
  g_assert_cmpint (work_until (at, pipeline, 1, 20), ==, 1);
  return pipeline;
}

static void
test_the_first_correction_is_learnt_from_at_once (Fixture *at, gconstpointer data)
{
  g_autoptr (GBytes) model = NULL;
  (void)data;
  g_autoptr (Pipeline) pipeline = open_taught (at, 2);
  g_assert_cmpint (in_force (at->store, &model), ==, 1);
  g_autofree char *text = g_strndup (g_bytes_get_data (model, NULL), g_bytes_get_size (model));
  g_assert_nonnull (strstr (text, "\"corrections\":1,"));
  g_assert_true (g_str_has_suffix (text, "\n1\tquestion\t-\t-\t-\t-\t-\tlamp 1 never came\\n\n"));
}

static void
test_a_second_alone_waits_and_five_do_not (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (Pipeline) pipeline = open_taught (at, 7);
  for (int64_t id = 2; id <= 5; id++)
    correct (at->store, id, "kind", "thanks");
  g_assert_cmpint (work_until (at, pipeline, 2, 3), ==, 1);
  correct (at->store, 6, "subject", "billing");
  g_assert_cmpint (work_until (at, pipeline, 2, 20), ==, 2);
}

static void
test_what_is_understood_names_the_model_it_was_judged_by (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  g_autoptr (Pipeline) pipeline = open_taught (at, 1);
  int64_t id = take_orders (at, "pages 1\nlamp 99");
  run_to_rest (pipeline, NULL, NULL);
  g_autoptr (StoreDocument) later = store_document_load (at->store, id, &error);
  g_autoptr (StoreDocument) before = store_document_load (at->store, 1, &error);
  g_assert_cmpint (later->model, ==, 1);
  g_assert_cmpint (before->model, ==, 0);
  g_assert_cmpstr (before->kind, ==, "question");
  assert_clean (at->store);
}

static void
test_nothing_said_is_nothing_learnt (Fixture *at, gconstpointer data)
{
  (void)data;
  take_letters (at, 1);
  g_autoptr (Pipeline) pipeline = open_learner (at);
  ASSERT_TRAINS (at, pipeline, "nothing");
  g_assert_cmpint (in_force (at->store, NULL), ==, 0);
}

static void
test_the_same_is_not_made_twice (Fixture *at, gconstpointer data)
{
  (void)data;
  take_letters (at, 1);
  correct (at->store, 1, "kind", "question");
  g_autoptr (Pipeline) pipeline = open_learner (at);
  ASSERT_TRAINS (at, pipeline, "adopted");
  ASSERT_TRAINS (at, pipeline, "same");
  g_assert_cmpint (in_force (at->store, NULL), ==, 1);
}

static void
test_a_training_that_fails_changes_nothing_until_somebody_says_more (Fixture *at, gconstpointer data)
{
  static const char *const ways[] = { "crash", "rubbish" };
  (void)data;
  take_letters (at, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      correct (at->store, 1, "kind", i == 0 ? "question" : "thanks");
      g_setenv ("TEST_TRAIN", ways[i], TRUE);
      Pipeline *pipeline = open_learner (at);
      ASSERT_TRAINS (at, pipeline, "failed");
      g_setenv ("TEST_TRAIN", "0.9", TRUE);
      pipeline_end_worker (pipeline); /* the next one would succeed */
      g_assert_cmpint (work_until (at, pipeline, 1, 2), ==, 0);
      pipeline_free (pipeline);
      reopen (at);
    }
  g_autoptr (Pipeline) pipeline = open_learner (at);
  correct (at->store, 2, "kind", "question");
  g_assert_cmpint (work_until (at, pipeline, 1, 20), ==, 1);
  g_unsetenv ("TEST_TRAIN");
}

/* Its end is not noticed yet when the letters are handed over. */
static void
test_a_training_handed_to_a_worker_that_has_just_died_goes_to_the_next (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  bool any = false;
  (void)data;
  take_letters (at, 1);
  correct (at->store, 1, "kind", "question");
  g_autoptr (Pipeline) pipeline = open_learner (at);
  kill_unnoticed (pipeline->worker);
  for (int step = 0; step < 2; step++) /* begins, then gathers and hands over */
    pipeline_train (pipeline, &any, &error);
  g_assert_no_error (error);
  g_assert_false (pipeline_training_runs (pipeline));
  g_assert_cmpint (work_until (at, pipeline, 1, 20), ==, 1);
}

static void
test_a_model_that_judges_worse_stays_out (Fixture *at, gconstpointer data)
{
  static const struct
  {
    const char *f1, *outcome;
  } rounds[] = { { "0.900", "adopted" }, { "0.871", "adopted" }, { "0.835", "kept_out" }, { "0.845", "adopted" } };
  g_autoptr (GError) error = NULL;
  (void)data;
  take_letters (at, 4);
  for (gsize i = 0; i < G_N_ELEMENTS (rounds); i++)
    {
      correct (at->store, (int64_t)i + 1, "kind", "question");
      g_setenv ("TEST_TRAIN", rounds[i].f1, TRUE);
      Pipeline *pipeline = open_learner (at);
      ASSERT_TRAINS (at, pipeline, rounds[i].outcome);
      g_autofree char *last = last_outcome (at->store);
      g_assert_cmpstr (last, ==, rounds[i].outcome);
      pipeline_free (pipeline);
      reopen (at);
    }
  g_unsetenv ("TEST_TRAIN");
  g_assert_cmpint (in_force (at->store, NULL), ==, 4);
  int64_t n, newest;
  store_examples_new (at->store, &n, &newest, &error);
  g_assert_cmpint (n, ==, 0);
}

static void
test_many_hard_letters_at_once_are_heard (Fixture *at, gconstpointer data)
{
  (void)data;
  g_setenv ("TEST_LETTERS", "10", TRUE);
  g_setenv ("TEST_TRAIN", "0.9", TRUE);
  take_letters (at, 5);
  correct (at->store, 1, "kind", "question");
  Pipeline *first = open_learner (at);
  ASSERT_TRAINS (at, first, "adopted");
  pipeline_free (first);
  reopen (at);
  for (int64_t id = 2; id <= 5; id++)
    correct (at->store, id, "kind", "thanks");
  g_setenv ("TEST_TRAIN", "0.7", TRUE); /* four of fifteen letters are new */
  g_autoptr (Pipeline) second = open_learner (at);
  ASSERT_TRAINS (at, second, "adopted");
  g_unsetenv ("TEST_LETTERS");
  g_unsetenv ("TEST_TRAIN");
}

/* What came with docket, conf/, and beside it a model that was made from @letters letters and judges with @f1. Owned by
 * the caller, who sets DOCKET_DATA back. */
static char *
docket_with_letters (unsigned letters, const char *f1)
{
  static const char *const shipped[] = { "vocabulary", "letters", "docket.yaml" };
  g_autoptr (GError) error = NULL;
  char *folder = fixture_folder ();
  for (gsize i = 0; i < G_N_ELEMENTS (shipped); i++)
    {
      g_autofree char *here = g_get_current_dir (), *from = g_build_filename (here, "conf", shipped[i], NULL),
                      *to = g_build_filename (folder, shipped[i], NULL);
      g_assert_cmpint (symlink (from, to), ==, 0);
    }
  g_autofree char *path = g_build_filename (folder, "seed.model", NULL);
  g_autofree char *model = g_strdup_printf (
      "docket-model 2\n{\"letters\":%u,\"corrections\":0,\"kind\":{\"f1\":%s,\"n\":9},\"subject\":{}}\n", letters, f1);
  g_file_set_contents (path, model, -1, &error);
  g_assert_no_error (error);
  g_setenv ("DOCKET_DATA", folder, TRUE);
  return folder;
}

/* The F1 of a model on other letters says nothing about this one, which is held against what came with docket. */
static void
test_a_model_of_an_older_docket_is_made_anew_once_by_a_newer (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  g_setenv ("TEST_TRAIN", "0.950", TRUE);
  Pipeline *older = open_taught (at, 1);
  pipeline_free (older);
  reopen (at);
  char *folder = docket_with_letters (2000, "0.800");
  g_setenv ("TEST_LETTERS", "2000", TRUE);
  g_setenv ("TEST_TRAIN", "0.800", TRUE);
  Pipeline *newer = open_learner (at);
  g_assert_cmpint (work_until (at, newer, 2, 20), ==, 2);
  pipeline_free (newer);
  reopen (at);
  g_autoptr (Pipeline) again = open_learner (at);
  g_assert_cmpint (work_until (at, again, 3, 3), ==, 2);
  g_autoptr (GPtrArray) models = store_models (at->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (models->len, ==, 2);
  g_setenv ("DOCKET_DATA", "conf", TRUE);
  g_unsetenv ("TEST_LETTERS");
  g_unsetenv ("TEST_TRAIN");
  fixture_remove_folder (folder);
}

static void
test_what_a_person_took_back_is_not_made_anew_by_a_newer_docket (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int64_t id;
  (void)data;
  Pipeline *older = open_taught (at, 2);
  correct (at->store, 2, "kind", "thanks");
  ASSERT_TRAINS (at, older, "adopted");
  pipeline_free (older);
  reopen (at);
  store_model_undo (at->store, "user:eva", &id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, ==, 1);
  char *folder = docket_with_letters (2000, "0.800");
  g_autoptr (Pipeline) newer = open_learner (at);
  g_assert_cmpint (work_until (at, newer, 3, 3), ==, 1);
  g_setenv ("DOCKET_DATA", "conf", TRUE);
  fixture_remove_folder (folder);
}

static void
test_undo_is_followed_and_holds (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int64_t id;
  (void)data;
  g_autoptr (Pipeline) pipeline = open_taught (at, 1);
  store_model_undo (at->store, "user:eva", &id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (work_until (at, pipeline, 0, 20), ==, 0);
  g_assert_cmpint (work_until (at, pipeline, 2, 3), ==, 0);
  correct (at->store, 1, "kind", "thanks");
  g_assert_cmpint (work_until (at, pipeline, 2, 20), ==, 2);
}

static void
test_a_model_that_cannot_be_used_stops_no_mail (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bad = g_bytes_new_static ("what is this", 12);
  g_autoptr (json_t) figures = json_object ();
  int64_t version;
  (void)data;
  take_letters (at, 1);
  correct (at->store, 1, "kind", "question");
  StoreModelFacts facts = { .through = INT64_C (1) << 40, .figures = figures };
  store_model_adopt (at->store, bad, &facts, &version, &error);
  g_assert_no_error (error);
  Pipeline *plain = open_pipeline (at); /* one that does not learn */
  int64_t id = take_orders (at, "pages 1\nlamp 7");
  run_to_rest (plain, NULL, NULL);
  pipeline_free (plain);
  reopen (at);
  g_autoptr (StoreDocument) document = store_document_load (at->store, id, &error);
  g_assert_cmpstr (document->stage, ==, "rest");
  g_assert_cmpint (document->model, ==, 0);
  g_autofree char *told = last_outcome (at->store);
  g_assert_cmpstr (told, ==, "unusable");
  g_autoptr (Pipeline) learner = open_learner (at); /* makes another, whatever is new */
  g_assert_cmpint (work_until (at, learner, 2, 20), ==, 2);
}

#define ASSERT_KEPT(at, wanted)                                                                                        \
  {                                                                                                                    \
    g_autofree char *path_ = store_join ((at)->store, "tmp/letters.kept"), *text_ = NULL;                              \
    g_assert_true (g_file_get_contents (path_, &text_, NULL, NULL));                                                   \
    g_assert_cmpstr (text_, ==, wanted);                                                                               \
  }

static void
test_what_was_learnt_of_the_shipped_letters_is_handed_to_the_next_training (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (Pipeline) pipeline = open_taught (at, 2);
  ASSERT_KEPT (at, "learnt ");
  correct (at->store, 2, "kind", "thanks");
  ASSERT_TRAINS (at, pipeline, "adopted");
  ASSERT_KEPT (at, "learnt learnt ");
}

static void
test_lines_of_letters_keep_their_form (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Pipeline) pipeline = NULL;
  g_autoptr (GBytes) model = NULL;
  (void)data;
  take_orders (at, "lamp\there \\ and\nthere\fé");
  Pipeline *first = open_pipeline (at);
  run_to_rest (first, NULL, NULL);
  pipeline_free (first);
  reopen (at);
  correct (at->store, 1, "kind", "question");
  correct (at->store, 1, "subject", "billing");
  pipeline = open_learner (at);
  ASSERT_TRAINS (at, pipeline, "adopted");
  in_force (at->store, &model);
  g_autofree char *text = g_strndup (g_bytes_get_data (model, NULL), g_bytes_get_size (model));
  const char *line = strstr (text, "\n1\t");
  g_assert_nonnull (line);
  g_auto (GStrv) fields = g_strsplit (line + 1, "\t", -1);
  g_assert_cmpuint (g_strv_length (fields), ==, 8);
  g_assert_cmpstr (fields[1], ==, "question");
  g_assert_cmpstr (fields[3], ==, "billing");
  g_assert_null (strchr (fields[7], '\f'));
}

static void
test_a_kind_that_no_model_knows_is_not_handed_over (Fixture *at, gconstpointer data)
{
  g_autoptr (GBytes) model = NULL;
  (void)data;
  take_letters (at, 3);
  correct (at->store, 1, "kind", "praise");
  correct (at->store, 2, "kind", "praise");
  correct (at->store, 2, "subject", "billing");
  correct (at->store, 3, "kind", "thanks");
  g_autoptr (Pipeline) pipeline = open_learner (at);
  ASSERT_TRAINS (at, pipeline, "adopted");
  in_force (at->store, &model);
  g_autofree char *text = g_strndup (g_bytes_get_data (model, NULL), g_bytes_get_size (model));
  g_assert_null (strstr (text, "praise"));
  g_assert_nonnull (strstr (text, "\n3\tthanks\t-\t-\t"));
  g_assert_nonnull (strstr (text, "\n2\t-\t-\tbilling\t"));
  g_assert_null (strstr (text, "\n1\t"));
}

static void
test_what_a_person_decided_outlives_a_new_model_and_a_replay (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (int64_t));
  unsigned sent = 0;
  (void)data;
  g_autoptr (Pipeline) pipeline = open_taught (at, 2);
  run_to_rest (pipeline, NULL, NULL);
  for (int64_t id = 1; id <= 2; id++)
    g_array_append_val (all, id);
  pipeline_send_back (at->store, "user:eva", all, "understand", pipeline->config_id, &sent, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (sent, ==, 2);
  run_to_rest (pipeline, NULL, NULL);
  g_autoptr (StoreDocument) corrected = store_document_load (at->store, 1, &error);
  g_autoptr (StoreDocument) other = store_document_load (at->store, 2, &error);
  g_assert_cmpint (corrected->model, ==, 1); /* it was understood anew */
  g_assert_cmpstr (corrected->kind, ==, "question");
  g_assert_cmpstr (other->kind, ==, "complaint");
  assert_clean (at->store);
}

static void
test_only_a_model_is_a_model (void)
{
  static const char *const wrong[]
      = { "", "docket-model 2\n", "docket-model 3\n{}\n", "docket-model 2\n{}", "docket-model 2\nno json\n" };
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = g_bytes_new (wrong[i], strlen (wrong[i]));
      g_assert_null (pipeline_model_facts (bytes, &error));
      g_assert_error (error, DK_ERROR, DK_ERROR_INVALID);
    }
  static const char good[] = "docket-model 2\n{\"kind\":{\"f1\":0.5}}\n\0\1";
  g_autoptr (GBytes) bytes = g_bytes_new_static (good, sizeof good);
  g_autoptr (json_t) facts = pipeline_model_facts (bytes, NULL);
  g_assert_cmpfloat (pipeline_model_f1 (facts), ==, 0.5);
}

static void
add_tests (void)
{
#define TEST(name) PIPELINE_TEST ("/pipeline/training/" #name, test_##name)
  TEST (the_first_correction_is_learnt_from_at_once);
  TEST (a_second_alone_waits_and_five_do_not);
  TEST (what_is_understood_names_the_model_it_was_judged_by);
  TEST (nothing_said_is_nothing_learnt);
  TEST (the_same_is_not_made_twice);
  TEST (a_training_that_fails_changes_nothing_until_somebody_says_more);
  TEST (a_training_handed_to_a_worker_that_has_just_died_goes_to_the_next);
  TEST (a_model_that_judges_worse_stays_out);
  TEST (many_hard_letters_at_once_are_heard);
  TEST (a_model_of_an_older_docket_is_made_anew_once_by_a_newer);
  TEST (what_a_person_took_back_is_not_made_anew_by_a_newer_docket);
  TEST (undo_is_followed_and_holds);
  TEST (a_model_that_cannot_be_used_stops_no_mail);
  TEST (what_was_learnt_of_the_shipped_letters_is_handed_to_the_next_training);
  TEST (lines_of_letters_keep_their_form);
  TEST (a_kind_that_no_model_knows_is_not_handed_over);
  TEST (what_a_person_decided_outlives_a_new_model_and_a_replay);
  g_test_add_func ("/pipeline/training/head", test_only_a_model_is_a_model);
}

int
main (int argc, char **argv)
{
  return pipeline_tests (argc, argv, add_tests);
}
