#include "cases/number.h"
#include "pipeline/pages.h"
#include "tests/unit/pipeline-fixture.h"
#include <unistd.h>

static void
test_a_picture_goes_through_all_stages_and_rests_filed (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (StoreDocument) document = process (at, "pages 2\npicture\n");
  g_assert_cmpstr (document->stage, ==, STORE_STAGE_REST);
  g_assert_cmpstr (document->outcome, ==, "ok");
  g_assert_nonnull (document->bound);
  g_assert_cmpstr (document->kind, ==, "complaint");
  g_assert_true (g_str_has_suffix (document->name, ".pdf"));
  g_autofree char *path = g_build_filename ("filed", document->folder, document->name, NULL);
  g_assert_true (exists (at, path));
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM job"), ==, 0);
  assert_clean (at->store);
}

/* How many children it took to lead a document with @orders to rest, bound and understood. */
static unsigned
children_for (Fixture *at, const char *orders)
{
  g_autoptr (GError) error = NULL;
  int64_t id = take_orders (at, orders);
  Pipeline *pipeline = open_pipeline (at);
  run_to_rest (pipeline, NULL, NULL);
  unsigned children = pipeline->tally.pieces;
  g_autoptr (StoreDocument) document = store_document_load (at->store, id, &error);
  g_assert_cmpstr (document->stage, ==, STORE_STAGE_REST);
  g_assert_cmpstr (document->outcome, ==, "ok");
  g_assert_cmpstr (document->kind, ==, "complaint");
  g_assert_nonnull (document->bound);
  pipeline_free (pipeline);
  reopen (at);
  assert_clean (at->store);
  return children;
}

static void
test_a_letter_of_one_page_takes_one_child (Fixture *at, gconstpointer data)
{
  (void)data;
  g_assert_cmpuint (children_for (at, "picture\n"), ==, 1);
  g_assert_cmpuint (children_for (at, "picture\npages 2\n"), ==, 5);
}

static void
test_a_page_is_read_in_languages_in_which_people_write_alone (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  write_setting (at, "docket.yaml", "country: GB\nlanguage: en\nlanguages: [hu, fr]\n");
  g_autoptr (StoreDocument) document = process (at, "tongues\n"); /* taken in with the hints fr and en */
  g_autoptr (GPtrArray) pages = pipeline_pages (at->store, document->id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (((const RecordPage *)pages->pdata[0])->text, ==, "fr hu\n");
}

static void
test_what_goes_wrong_ahead_is_done_again_in_its_turn (Fixture *at, gconstpointer data)
{
  (void)data;
  g_assert_cmpuint (children_for (at, "picture\nstumble\n"), ==, 3);
  g_assert_cmpuint (children_for (at, "picture\nboast\n"), ==, 4);
}

static void
test_a_page_that_fails_while_its_file_is_identified_has_its_own_tries_yet (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (StoreDocument) document = process (at, "picture\ncrash 1\n");
  g_assert_cmpstr (document->stage, ==, STORE_STAGE_REST);
  g_assert_cmpstr (document->outcome, ==, "partial");
  g_assert_true (document->picture);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM page WHERE origin = 'missing'"), ==, 1);
  assert_clean (at->store);
}

static void
test_a_page_that_fails_its_tries_is_missing_and_the_document_goes_on_to_review (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (StoreDocument) document = process (at, "pages 3\ncrash 2\n");
  g_assert_cmpstr (document->stage, ==, STORE_STAGE_REST);
  g_assert_cmpstr (document->outcome, ==, "partial");
  g_autofree char *review = dk_json_canonical (document->review);
  g_assert_nonnull (strstr (review, "partial"));
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM page WHERE origin = 'missing'"), ==, 1);
  g_assert_cmpint (count (at->store, "SELECT no FROM page WHERE origin = 'missing'"), ==, 2);
  assert_clean (at->store);
}

/* Files that docket did not put there, under the first @n names of the letter that opens the case @number. */
static void
stand_in_the_way (const Fixture *at, const char *folder, const char *number, unsigned n)
{
  for (unsigned i = 1; i <= n; i++)
    {
      g_autofree char *count = i > 1 ? g_strdup_printf (" - (%u)", i) : g_strdup ("");
      g_autofree char *path = g_strdup_printf ("filed/%s/%s 1%s.tif", folder, number, count);
      write_setting (at, path, "not docket's");
    }
}

static void
test_a_document_finds_a_name_behind_many_files_that_are_not_dockets (Fixture *at, gconstpointer data)
{
  (void)data;
  write_setting (at, "docket.yaml", "country: GB\nlanguage: en\nname: '{number}'\n");
  g_autoptr (StoreDocument) first = process (at, "lamp 1\n");
  g_autofree char *number = number_format ("D", atoi (first->number + 2), 2);
  stand_in_the_way (at, first->folder, number, 14);
  g_autoptr (StoreDocument) second = process (at, "lamp 2\n");
  g_autofree char *expected = g_strdup_printf ("%s 1 - (15).tif", number);
  g_assert_cmpstr (second->name, ==, expected);
  assert_clean (at->store);
}

static void
test_what_identify_refuses_is_quarantined_beside_its_reason (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (StoreDocument) document = process (at, "refuse\n");
  g_assert_cmpstr (document->stage, ==, STORE_STAGE_QUARANTINED);
  g_assert_cmpstr (document->reason, ==, "damaged");
  g_assert_cmpstr (document->reason_stage, ==, "identify");
  g_autofree char *path = store_quarantine_path (document->id, "lettre à lire.pdf");
  g_autofree char *reason = g_strconcat (path, ".reason.txt", NULL);
  g_assert_true (exists (at, path));
  g_assert_true (exists (at, reason));
}

static void
test_a_released_document_is_tried_again_at_the_stage_that_refused_it (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  g_autoptr (StoreDocument) refused = process (at, "refuse\n");
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "user:eva", &error);
  g_assert_true (store_document_released (transaction, refused->id, &error));
  g_assert_true (store_commit (g_steal_pointer (&transaction), &error));
  g_autoptr (Pipeline) pipeline = open_pipeline (at);
  run_to_rest (pipeline, NULL, NULL);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM ledger WHERE activity = 'document.quarantined'"), ==, 2);
}

static void
test_what_is_too_large_is_quarantined_before_any_worker_sees_it (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  int64_t id = take_orders (at, "pages 1\nand more than ten bytes\n");
  g_autoptr (Pipeline) pipeline = open_pipeline (at);
  pipeline->limits.file_bytes = 10;
  run_to_rest (pipeline, NULL, NULL);
  g_autoptr (StoreDocument) document = store_document_load (at->store, id, &error);
  g_assert_cmpstr (document->stage, ==, STORE_STAGE_QUARANTINED);
  g_assert_cmpstr (document->reason, ==, "too_large");
}

/* Kills the worker the first times that it has something to do; then waits for the end. */
typedef struct
{
  unsigned kills;
  pid_t killed; /* the last: its death may not have been noticed yet */
  int64_t most_tries;
} Killer;

static bool
kill_worker (Pipeline *pipeline, void *data)
{
  Killer *killer = data;
  killer->most_tries = MAX (killer->most_tries, count (pipeline->store, "SELECT ifnull (max (tries), 0) FROM job"));
  pid_t pid = pipeline->worker != NULL ? pipeline_worker_pid (pipeline->worker) : 0;
  if (killer->kills > 0 && pid > 0 && pid != killer->killed && g_hash_table_size (pipeline->pieces) > 0)
    {
      kill (pid, SIGKILL);
      killer->killed = pid;
      killer->kills--;
    }
  return killer->kills == 0 && pipeline_is_idle (pipeline, NULL);
}

static void
test_a_worker_that_dies_is_started_again_and_costs_no_try (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  Killer killer = { .kills = 2 };
  (void)data;
  int64_t id = take_orders (at, "pages 2\nslow\n");
  g_autoptr (Pipeline) pipeline = open_pipeline (at);
  run_to_rest (pipeline, kill_worker, &killer);
  g_autoptr (StoreDocument) document = store_document_load (at->store, id, &error);
  g_assert_cmpstr (document->stage, ==, STORE_STAGE_REST);
  g_assert_cmpstr (document->outcome, ==, "ok");
  g_assert_cmpint (killer.most_tries, ==, 0);
}

static void
test_a_worker_that_keeps_dying_gets_one_piece_at_a_time_ever_later (Fixture *at, gconstpointer data)
{
  Killer killer = { .kills = 3 };
  (void)data;
  take_orders (at, "pages 4\nslow\n");
  g_autoptr (Pipeline) pipeline = open_pipeline (at);
  int64_t before_us = dk_monotonic_us ();
  run_to_rest (pipeline, kill_worker, &killer);
  g_assert_cmpint (dk_monotonic_us () - before_us, >, 3 * G_USEC_PER_SEC); /* at once, then after 1 s and 2 s */
  g_assert_cmpint (pipeline->losses, ==, 0);
}

static bool
correct_while_understood (Pipeline *pipeline, void *data)
{
  GHashTableIter iter;
  gpointer piece;
  bool *corrected = data;
  g_hash_table_iter_init (&iter, pipeline->pieces);
  while (!*corrected && g_hash_table_iter_next (&iter, NULL, &piece))
    if (strcmp (((const Piece *)piece)->stage->key, "understand") == 0)
      {
        g_autoptr (GError) error = NULL;
        g_autoptr (StoreTransaction) person = store_begin (pipeline->store, "user:eva", &error);
        store_decision_correct (person, ((const Piece *)piece)->document->id, "kind", "thanks", PIPELINE_STAGE_NAMING,
                                &error);
        store_commit (g_steal_pointer (&person), &error);
        g_assert_no_error (error);
        *corrected = true;
      }
  return *corrected && pipeline_is_idle (pipeline, NULL);
}

static void
test_what_was_found_before_a_correction_is_not_published_after_it (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  bool corrected = false;
  (void)data;
  g_setenv ("TEST_UNDERSTAND_SLOWLY", "1", TRUE);
  int64_t id = take_orders (at, "pages 2\n"); /* of one page its child would understand too */
  g_autoptr (Pipeline) pipeline = open_pipeline (at);
  g_unsetenv ("TEST_UNDERSTAND_SLOWLY");
  run_to_rest (pipeline, correct_while_understood, &corrected);
  g_autoptr (StoreDocument) document = store_document_load (at->store, id, &error);
  g_assert_cmpstr (document->kind, ==, "thanks");
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM ledger WHERE activity = 'document.understood'"), ==, 1);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM deadline"), ==, 0);
  assert_clean (at->store);
}

static bool
is_planned (Pipeline *pipeline, void *data)
{
  (void)data;
  return count (pipeline->store, "SELECT count(*) FROM job") > 0;
}

static void
test_a_job_that_nobody_outlives_is_given_up (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  int64_t id = take_orders (at, "pages 1\n");
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "docketd", &error);
  g_assert_true (store_job_plan (transaction, &(StorePlan){ "identify", STORE_JOB_FIRST, 1, "" }, 1, 0, &error));
  g_assert_true (store_commit (g_steal_pointer (&transaction), &error));
  tamper (at->store, "UPDATE job SET attempt = 50");
  g_autoptr (Pipeline) pipeline = open_pipeline (at);
  g_assert_true (is_planned (pipeline, NULL));
  run_to_rest (pipeline, NULL, NULL);
  g_autoptr (StoreDocument) document = store_document_load (at->store, id, &error);
  g_assert_cmpstr (document->stage, ==, STORE_STAGE_QUARANTINED);
  g_assert_cmpstr (document->reason, ==, "crashed");
}

static void
test_work_that_was_leased_by_a_process_that_died_is_taken_up (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreJob) job = NULL;
  (void)data;
  int64_t id = take_orders (at, "pages 1\n");
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "docketd", &error);
  store_job_plan (transaction, &(StorePlan){ "identify", STORE_JOB_FIRST, 1, "" }, 1, 0, &error);
  store_commit (g_steal_pointer (&transaction), &error);
  store_job_lease (at->store, pipeline_stage_keys (true), 900, &job, &error);
  g_assert_no_error (error);
  g_autoptr (Pipeline) pipeline = open_pipeline (at);
  run_to_rest (pipeline, NULL, NULL);
  g_autoptr (StoreDocument) document = store_document_load (at->store, id, &error);
  g_assert_cmpstr (document->stage, ==, STORE_STAGE_REST);
}

static void
test_a_second_pipeline_on_a_store_is_refused (Fixture *at, gconstpointer data)
{
  static const PipelineOptions options = { .jobs = 1, .worker = "/proc/self/exe" };
  g_autoptr (GError) error = NULL;
  (void)data;
  g_autoptr (Pipeline) first = open_pipeline (at);
  g_autoptr (Store) store = store_open (at->path, STORE_DURABLE, &error);
  g_assert_no_error (error);
  g_assert_null (pipeline_open (store, &options, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_BUSY);
}

static void
add_tests (void)
{
#define TEST(name) PIPELINE_TEST ("/pipeline/flow/" #name, test_##name)
  TEST (a_picture_goes_through_all_stages_and_rests_filed);
  TEST (a_letter_of_one_page_takes_one_child);
  TEST (a_page_is_read_in_languages_in_which_people_write_alone);
  TEST (what_goes_wrong_ahead_is_done_again_in_its_turn);
  TEST (a_page_that_fails_while_its_file_is_identified_has_its_own_tries_yet);
  TEST (a_page_that_fails_its_tries_is_missing_and_the_document_goes_on_to_review);
  TEST (a_document_finds_a_name_behind_many_files_that_are_not_dockets);
  TEST (what_identify_refuses_is_quarantined_beside_its_reason);
  TEST (a_released_document_is_tried_again_at_the_stage_that_refused_it);
  TEST (what_is_too_large_is_quarantined_before_any_worker_sees_it);
  TEST (a_worker_that_dies_is_started_again_and_costs_no_try);
  TEST (a_worker_that_keeps_dying_gets_one_piece_at_a_time_ever_later);
  TEST (what_was_found_before_a_correction_is_not_published_after_it);
  TEST (a_job_that_nobody_outlives_is_given_up);
  TEST (work_that_was_leased_by_a_process_that_died_is_taken_up);
  TEST (a_second_pipeline_on_a_store_is_refused);
}

int
main (int argc, char **argv)
{
  return pipeline_tests (argc, argv, add_tests);
}
