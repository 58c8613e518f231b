#include "store/blind.h"
#include "store/example.h"
#include "store/model.h"
#include "tests/unit/store-fixture.h"

static int64_t
make (Store *store, const char *text, int64_t corrections, int64_t through, bool good)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) model = g_bytes_new (text, strlen (text));
  g_autoptr (json_t) figures = json_pack ("{s:{s:f}}", "kind", "f1", 0.875);
  StoreModelFacts facts = { .letters = 100, .corrections = corrections, .through = through, .figures = figures };
  int64_t id = 0;
  bool done = (good ? store_model_adopt : store_model_keep_out) (store, model, &facts, &id, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  return id;
}

static void
assert_in_force (Store *store, int64_t wanted, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) model = NULL;
  int64_t id;
  store_model_current (store, &id, &model, &error);
  g_assert_no_error (error);
  g_assert_cmpint (id, ==, wanted);
  if (text == NULL)
    g_assert_null (model);
  else
    g_assert_cmpmem (g_bytes_get_data (model, NULL), g_bytes_get_size (model), text, strlen (text));
}

static int64_t
undo (Store *store, GError **error)
{
  int64_t id = -1;
  return store_model_undo (store, "user:eva", &id, error) ? id : -1;
}

static void
test_a_training_runs_until_its_lock_is_closed (Fixture *at, gconstpointer data)
{
  (void)data;
  int64_t since_us = 0, before_us = dk_now_us ();
  g_assert_false (store_training_runs (at->store, &since_us));
  int lock = store_training_lock (at->store);
  g_assert_cmpint (lock, >=, 0);
  g_assert_cmpint (store_training_lock (at->store), ==, -1);
  g_assert_true (store_training_runs (at->store, &since_us));
  g_assert_cmpint (since_us, >=, before_us);
  g_assert_cmpint (since_us, <=, dk_now_us ());
  close (lock);
  g_assert_false (store_training_runs (at->store, &since_us));
}

static void
accept_review (Store *store, int64_t document)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreTransaction) transaction = store_begin (store, "user:eva", &error);
  store_review_accept (transaction, document, &error);
  g_assert_no_error (error);
  store_commit (g_steal_pointer (&transaction), &error);
  g_assert_no_error (error);
}

static void
understand_anew (Store *store, int64_t document, const char *kind, const char *code)
{
  const char *const review[] = { code, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreTransaction) transaction = store_begin (store, "docketd", &error);
  understand (transaction, document, kind, NULL, review, &error);
  g_assert_no_error (error);
  store_commit (g_steal_pointer (&transaction), &error);
  g_assert_no_error (error);
}

static int64_t
fresh (Store *store)
{
  g_autoptr (GError) error = NULL;
  int64_t n, newest;
  store_examples_new (store, &n, &newest, &error);
  g_assert_no_error (error);
  return n;
}

static int64_t
newest (Store *store)
{
  g_autoptr (GError) error = NULL;
  int64_t n, seq;
  store_examples_new (store, &n, &seq, &error);
  g_assert_no_error (error);
  return seq;
}

/* "document:kind:subject", newest first. */
static char *
examples (Store *store, unsigned limit)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = store_examples (store, limit, &error);
  g_assert_no_error (error);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < list->len; i++)
    {
      const StoreExample *example = list->pdata[i];
      g_string_append_printf (text, "%s%d:%s:%s", i > 0 ? " " : "", (int)example->document,
                              example->kind != NULL ? example->kind : "-",
                              example->subject != NULL ? example->subject : "-");
    }
  return g_string_free (text, FALSE);
}

static void
test_a_store_begins_with_the_seed (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  assert_in_force (at->store, 0, NULL);
  g_autofree char *name = store_model_name (at->store, 0, &error);
  g_assert_cmpstr (name, ==, "seed");
  g_assert_cmpint (undo (at->store, &error), ==, -1);
  g_assert_error (error, DK_ERROR, DK_ERROR_NOT_FOUND);
}

static void
test_the_newest_good_model_is_in_force (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  g_assert_cmpint (make (at->store, "one", 1, 5, true), ==, 1);
  g_assert_cmpint (make (at->store, "two", 2, 7, true), ==, 2);
  g_assert_cmpint (make (at->store, "worse", 3, 9, false), ==, 3);
  assert_in_force (at->store, 2, "two");
  g_autoptr (GPtrArray) models = store_models (at->store, &error);
  g_assert_cmpuint (models->len, ==, 3);
  const StoreModel *two = models->pdata[1], *worse = models->pdata[2];
  g_assert_true (two->in_force);
  g_assert_cmpint (two->corrections, ==, 2);
  g_assert_cmpfloat (dk_json_real (json_object_get (two->figures, "kind"), "f1", 0), ==, 0.875);
  g_assert_cmpstr (worse->state, ==, "kept_out");
  g_assert_false (worse->in_force);
  g_autofree char *name = store_model_name (at->store, 2, &error);
  g_assert_cmpstr (name, ==, "3fc4ccfe7458"); /* SHA-256 of "two" */
  assert_clean (at->store);
}

static void
test_undo_goes_back_version_by_version (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  make (at->store, "one", 1, 5, true);
  make (at->store, "two", 2, 7, true);
  g_assert_cmpint (undo (at->store, &error), ==, 1);
  assert_in_force (at->store, 1, "one");
  g_assert_cmpint (undo (at->store, &error), ==, 0);
  assert_in_force (at->store, 0, NULL);
  g_assert_cmpint (make (at->store, "three", 2, 8, true), ==, 3);
  assert_in_force (at->store, 3, "three");
  assert_clean (at->store);
}

static void
test_what_was_undone_is_not_made_again_until_somebody_corrects (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  settle (at->store, 1, "letter");
  correct (at->store, 1, "kind", "thanks");
  g_assert_cmpint (fresh (at->store), ==, 1);
  make (at->store, "one", 1, newest (at->store), true);
  g_assert_cmpint (fresh (at->store), ==, 0);
  correct (at->store, 1, "kind", "question");
  g_assert_cmpint (fresh (at->store), ==, 1);
  undo (at->store, &error);
  g_assert_cmpint (fresh (at->store), ==, 0);
  correct (at->store, 1, "subject", "billing");
  g_assert_cmpint (fresh (at->store), ==, 1);
}

static void
test_models_come_back_with_the_catalogue (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  settle (at->store, 1, "letter");
  make (at->store, "one", 1, 5, true);
  make (at->store, "worse", 2, 6, false);
  make (at->store, "two", 2, 7, true);
  undo (at->store, &error);
  understand_anew (at->store, 1, "complaint", "blind");
  correct (at->store, 1, "kind", "thanks");
  assert_rebuilds_alike (at);
  assert_in_force (at->store, 1, "one");
}

static void
test_a_lost_model_is_told_by_verify (Fixture *at, gconstpointer data)
{
  (void)data;
  make (at->store, "one", 1, 5, true);
  g_autofree char *path = store_blob_path ("7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed");
  g_assert_cmpint (unlinkat (store_dir (at->store), path, 0), ==, 0);
  assert_only_finds (at->store, false, "blob 7692c3ad3540");
}

static void
test_the_last_word_of_a_person_is_the_example (Fixture *at, gconstpointer data)
{
  (void)data;
  for (int i = 1; i <= 4; i++)
    {
      g_autofree char *text = g_strdup_printf ("letter %d", i);
      settle (at->store, i, text);
    }
  correct (at->store, 1, "kind", "thanks");
  correct (at->store, 2, "subject", "billing");
  accept_review (at->store, 3);
  correct (at->store, 1, "kind", "question");
  g_autofree char *said = examples (at->store, 10);
  g_assert_cmpstr (said, ==, "1:question:- 3:complaint:delivery/not-received 2:-:billing");
  g_assert_cmpint (fresh (at->store), ==, 3);
  g_autofree char *newest_two = examples (at->store, 2);
  g_assert_cmpstr (newest_two, ==, "1:question:- 3:complaint:delivery/not-received");
}

static void
test_what_was_accepted_stays_the_example_when_the_machine_changes_its_mind (Fixture *at, gconstpointer data)
{
  (void)data;
  settle (at->store, 1, "letter");
  accept_review (at->store, 1);
  understand_anew (at->store, 1, "question", "kind");
  g_autofree char *said = examples (at->store, 10);
  g_assert_cmpstr (said, ==, "1:complaint:delivery/not-received");
  correct (at->store, 1, "kind", "suggestion");
  g_autofree char *corrected = examples (at->store, 10);
  g_assert_cmpstr (corrected, ==, "1:suggestion:delivery/not-received");
}

static void
test_fields_and_languages_are_no_examples (Fixture *at, gconstpointer data)
{
  (void)data;
  settle (at->store, 1, "letter");
  correct (at->store, 1, "sender", "Anne Martin");
  correct (at->store, 1, "language", "hu");
  g_assert_cmpint (fresh (at->store), ==, 0);
  g_autofree char *said = examples (at->store, 10);
  g_assert_cmpstr (said, ==, "");
}

static void
test_a_decision_names_the_model_it_was_made_with (Fixture *at, gconstpointer data)
{
  static const char *const review[] = { NULL };
  g_autoptr (GError) error = NULL;
  (void)data;
  settle (at->store, 1, "letter");
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify)record_finding_free);
  g_ptr_array_add (findings, finding ("kind", "question", 0.9));
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "docketd", &error);
  store_document_understood (transaction, 1, findings, 1, 7, review, "file", &error);
  store_commit (g_steal_pointer (&transaction), &error);
  g_assert_no_error (error);
  g_autoptr (GPtrArray) decisions = store_decisions (at->store, 1, true, &error);
  g_assert_cmpint (((StoreDecision *)decisions->pdata[0])->model, ==, 7);
  g_autoptr (StoreDocument) document = store_document_load (at->store, 1, &error);
  g_assert_cmpint (document->model, ==, 7);
  assert_clean (at->store);
}

/* --- blind checks --- */

static bool
drawn (Store *store, int64_t document, double share)
{
  g_autoptr (GError) error = NULL;
  bool is_drawn;
  store_blind_draw (store, document, share, &is_drawn, &error);
  g_assert_no_error (error);
  return is_drawn;
}

static void
test_the_draw_takes_about_its_share_and_always_the_same (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  unsigned n = 0;
  (void)data;
  for (int i = 1; i <= 200; i++)
    {
      StoreTaken taken;
      g_autofree char *text = g_strdup_printf ("letter %d", i);
      take (at->store, i, text, &taken, &error);
      g_assert_no_error (error);
      n += drawn (at->store, i, 0.25);
      g_assert_false (drawn (at->store, i, 0));
      g_assert_true (drawn (at->store, i, 1));
      g_assert_true (drawn (at->store, i, 0.25) == drawn (at->store, i, 0.25));
    }
  g_assert_cmpuint (n, >, 20); /* six standard deviations below 50, so that no run fails by chance */
  g_assert_cmpuint (n, <, 90);
}

static void
test_an_answer_is_compared_and_counted (Fixture *at, gconstpointer data)
{
  static const struct
  {
    const char *found, *answer;
  } checks[] = { { "complaint", "complaint" }, { "complaint", "thanks" }, { "question", "question" } };
  g_autoptr (GError) error = NULL;
  (void)data;
  for (gsize i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      g_autofree char *text = g_strdup_printf ("letter %d", (int)i);
      int64_t id = settle (at->store, 10 + (int64_t)i, text);
      understand_anew (at->store, id, checks[i].found, "blind");
      correct (at->store, id, "kind", checks[i].answer);
      g_autoptr (StoreDocument) document = store_document_load (at->store, id, &error);
      g_assert_cmpuint (json_array_size (document->review), ==, 0);
      g_assert_false (drawn (at->store, id, 1)); /* once is enough */
    }
  g_autoptr (GArray) counts = store_blind_counts (at->store, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (counts->len, ==, 3);
  const StoreBlindCount *all = &g_array_index (counts, StoreBlindCount, 0);
  const StoreBlindCount *complaints = &g_array_index (counts, StoreBlindCount, 1);
  g_assert_cmpint (all->n, ==, 3);
  g_assert_cmpint (all->wrong, ==, 1);
  g_assert_cmpstr (complaints->kind, ==, "complaint");
  g_assert_cmpint (complaints->n, ==, 2);
  g_assert_cmpint (complaints->wrong, ==, 1);
  assert_clean (at->store);
}

static void
test_a_blind_check_cannot_be_accepted_unread (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  int64_t id = settle (at->store, 1, "letter");
  understand_anew (at->store, id, "complaint", "blind");
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "user:eva", &error);
  g_assert_false (store_review_accept (transaction, id, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_USAGE);
}

static void
test_a_correction_without_a_check_is_no_check (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  settle (at->store, 1, "letter");
  correct (at->store, 1, "kind", "thanks");
  g_autoptr (GArray) counts = store_blind_counts (at->store, &error);
  g_assert_cmpuint (counts->len, ==, 1);
  g_assert_cmpint (g_array_index (counts, StoreBlindCount, 0).n, ==, 0);
}

/* --- requests, and stores of before --- */

static void
test_a_request_is_answered_once (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int64_t first, second, asked;
  g_autofree char *early = NULL, *late = NULL;
  (void)data;
  store_training_asked (at->store, &asked, &error);
  g_assert_cmpint (asked, ==, 0);
  store_training_ask (at->store, &first, &error);
  store_training_ask (at->store, &second, &error);
  g_assert_cmpint (second, ==, first + 1);
  store_training_answer (at->store, first, "failed", &error);
  store_training_asked (at->store, &asked, &error);
  g_assert_cmpint (asked, ==, second);
  store_training_outcome (at->store, second, &early, &error);
  g_assert_null (early);
  store_training_answer (at->store, second, "adopted", &error);
  store_training_asked (at->store, &asked, &error);
  g_assert_cmpint (asked, ==, 0);
  store_training_outcome (at->store, second, &late, &error);
  g_assert_cmpstr (late, ==, "adopted");
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) STORE_TEST ("/store/model/" #name, test_##name)
  TEST (a_store_begins_with_the_seed);
  TEST (the_newest_good_model_is_in_force);
  TEST (undo_goes_back_version_by_version);
  TEST (what_was_undone_is_not_made_again_until_somebody_corrects);
  TEST (models_come_back_with_the_catalogue);
  TEST (a_lost_model_is_told_by_verify);
  TEST (the_last_word_of_a_person_is_the_example);
  TEST (what_was_accepted_stays_the_example_when_the_machine_changes_its_mind);
  TEST (fields_and_languages_are_no_examples);
  TEST (a_decision_names_the_model_it_was_made_with);
  TEST (the_draw_takes_about_its_share_and_always_the_same);
  TEST (an_answer_is_compared_and_counted);
  TEST (a_blind_check_cannot_be_accepted_unread);
  TEST (a_correction_without_a_check_is_no_check);
  TEST (a_request_is_answered_once);
  TEST (a_training_runs_until_its_lock_is_closed);
  return g_test_run ();
}
