#include "tests/unit/store-fixture.h"

static const StorePlan plans[] = { { "identify", STORE_JOB_FIRST, 1, "s" },
                                   { "read", STORE_JOB_BY_PAGE, 1, "s" },
                                   { "understand", STORE_JOB_WHOLE, 1, "s" } };
static const char *const stages[] = { "identify", "read", "understand", NULL };

static void
plan_as (Store *store, const StorePlan *wanted, size_t n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreTransaction) transaction = store_begin (store, "docketd", &error);
  store_job_plan (transaction, wanted, n, 0, &error);
  store_commit (g_steal_pointer (&transaction), &error);
  g_assert_no_error (error);
}

static void
plan (Store *store)
{
  plan_as (store, plans, G_N_ELEMENTS (plans));
}

static StoreJob *
lease (Store *store)
{
  g_autoptr (GError) error = NULL;
  StoreJob *job = NULL;
  store_job_lease (store, stages, 60, &job, &error);
  g_assert_no_error (error);
  return job;
}

/* Two documents of three pages each, to be read. */
static void
two_letters (Fixture *at)
{
  g_autoptr (GError) error = NULL;
  StoreTaken taken;
  bool at_rest;
  for (int i = 1; i <= 2; i++)
    {
      g_autofree char *text = g_strdup_printf ("letter %d", i);
      take (at->store, i, text, &taken, &error);
      step (at->store, taken.document, 3, &at_rest, &error);
    }
  g_assert_no_error (error);
}

/* Documents that nobody has looked at yet. */
static void
many_letters (Fixture *at, int n)
{
  g_autoptr (GError) error = NULL;
  StoreTaken taken;
  for (int i = 1; i <= n; i++)
    {
      g_autofree char *text = g_strdup_printf ("letter %d", i);
      take (at->store, i, text, &taken, &error);
      g_assert_no_error (error);
    }
}

static void
test_planning_twice_adds_nothing (Fixture *at, gconstpointer data)
{
  (void)data;
  two_letters (at);
  for (int i = 0; i < 2; i++)
    {
      plan (at->store);
      g_assert_cmpint (count (at->store, "SELECT count(*) FROM job"), ==, 6);
    }
  g_autoptr (StoreJob) job = lease (at->store);
  plan (at->store); /* also what is leased is not planned again */
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM job"), ==, 6);
}

static void
test_pages_of_documents_are_leased_in_turn (Fixture *at, gconstpointer data)
{
  static const int order[][2] = { { 1, 1 }, { 2, 1 }, { 1, 2 }, { 2, 2 }, { 1, 3 }, { 2, 3 } };
  (void)data;
  two_letters (at);
  plan (at->store);
  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_autoptr (StoreJob) job = lease (at->store);
      g_assert_cmpint (job->document, ==, order[i][0]);
      g_assert_cmpint (job->page, ==, order[i][1]);
      g_assert_cmpint (job->attempt, ==, 1);
      g_assert_cmpstr (job->stage, ==, "read");
    }
  g_assert_null (lease (at->store));
}

static void
test_a_lost_lease_publishes_nothing (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  two_letters (at);
  plan (at->store);
  g_autoptr (StoreJob) slow = lease (at->store);
  g_assert_true (store_job_expire (at->store, true, &error));
  g_autoptr (StoreJob) again = lease (at->store);
  g_assert_cmpint (again->id, ==, slow->id);
  g_assert_cmpint (again->attempt, ==, 2);
  g_autoptr (StoreTransaction) late = store_begin (at->store, "docketd", &error);
  g_assert_true (read_page (late, 1, 1, RECORD_ORIGIN_RECOGNISED, NULL, &error));
  g_assert_false (store_job_done (late, slow, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_STALE);
  g_clear_error (&error);
  g_assert_false (store_commit (g_steal_pointer (&late), &error)); /* whoever goes on all the same */
  g_clear_error (&error);
  g_assert_false (store_job_later (at->store, slow, 0, true, "crashed", &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_STALE);
  g_clear_error (&error);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM page WHERE blob IS NOT NULL"), ==, 0);
  g_autoptr (StoreTransaction) timely = store_begin (at->store, "docketd", &error);
  g_assert_true (read_page (timely, 1, 1, RECORD_ORIGIN_RECOGNISED, NULL, &error));
  g_assert_true (store_job_done (timely, again, &error));
  g_assert_true (store_commit (g_steal_pointer (&timely), &error));
  plan (at->store);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM job"), ==, 5);
  assert_clean (at->store);
}

static void
test_a_running_lease_does_not_expire (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  two_letters (at);
  plan (at->store);
  g_autoptr (StoreJob) job = lease (at->store);
  g_assert_true (store_job_expire (at->store, false, &error));
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM job WHERE state = 'leased'"), ==, 1);
  tamper (at->store, "UPDATE job SET lease_until_us = 1 WHERE state = 'leased'");
  g_assert_true (store_job_expire (at->store, false, &error));
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM job WHERE state = 'leased'"), ==, 0);
}

static void
test_what_is_put_off_waits_and_counts_its_tries (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  two_letters (at);
  plan (at->store);
  for (int i = 0; i < 6; i++)
    {
      g_autoptr (StoreJob) job = lease (at->store);
      g_assert_true (store_job_later (at->store, job, 100, i == 0, "crashed", &error));
    }
  g_assert_null (lease (at->store));
  tamper (at->store, "UPDATE job SET not_before_us = 0");
  g_autoptr (StoreJob) job = lease (at->store);
  g_assert_cmpint (job->tries, ==, 1);
  g_assert_cmpint (job->attempt, ==, 2);
  g_assert_no_error (error);
}

static void
test_a_clock_set_back_holds_up_no_job (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  two_letters (at);
  plan (at->store);
  g_autoptr (StoreJob) job = lease (at->store);
  tamper (at->store, "UPDATE job SET lease_until_us = lease_until_us + 172800000000 WHERE state = 'leased';"
                     "UPDATE job SET not_before_us = since_us + 172800000000 WHERE state = 'ready'");
  g_autoptr (StoreJob) put_off = lease (at->store);
  g_assert_nonnull (put_off);
  g_assert_true (store_job_expire (at->store, false, &error));
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM job WHERE state = 'leased'"), ==, 1);
}

static void
test_other_settings_replace_what_waits_and_leave_what_is_leased (Fixture *at, gconstpointer data)
{
  static const StorePlan newer[] = { { "read", STORE_JOB_BY_PAGE, 2, "t" } };
  (void)data;
  two_letters (at);
  plan (at->store);
  g_autoptr (StoreJob) job = lease (at->store);
  plan_as (at->store, newer, 1);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM job WHERE stage_version = 2"), ==, 5);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM job WHERE stage_version = 1"), ==, 1);
}

static void
test_a_correction_takes_the_lease_of_who_works_with_the_old_value (Fixture *at, gconstpointer data)
{
  static const StorePlan file[] = { { "index", STORE_JOB_WHOLE, 1, "s" }, { "file", STORE_JOB_WHOLE, 1, "s" } };
  static const char *const file_stages[] = { "index", "file", NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreJob) job = NULL, next = NULL;
  (void)data;
  settle (at->store, 1, "letter");
  store_documents_reindex (at->store, &error);
  plan_as (at->store, file, 2);
  store_job_lease (at->store, file_stages, 60, &job, &error);
  g_autoptr (StoreTransaction) person = store_begin (at->store, "user:eva", &error);
  g_assert_true (store_decision_correct (person, 1, "kind", "thanks", "file", &error));
  g_assert_true (store_commit (g_steal_pointer (&person), &error));
  g_autoptr (StoreTransaction) late = store_begin (at->store, "docketd", &error);
  g_assert_true (store_document_indexed (late, 1, STORE_STAGE_REST, &error));
  g_assert_false (store_job_done (late, job, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_STALE);
  g_clear_error (&error);
  g_clear_pointer (&late, store_rollback);
  plan_as (at->store, file, 2);
  store_job_lease (at->store, file_stages, 60, &next, &error);
  g_assert_cmpstr (next->stage, ==, "file");
}

static void
test_jobs_of_a_document_can_be_dropped (Fixture *at, gconstpointer data)
{
  (void)data;
  two_letters (at);
  plan (at->store);
  CHANGE (at->store, store_job_drop (transaction, 1, error));
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM job"), ==, 3);
}

static void
test_a_long_backlog_is_let_in_a_window_at_a_time_and_long_documents_make_room (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) fault = NULL;
  bool at_rest;
  (void)data;
  many_letters (at, STORE_JOB_WINDOW + 3);
  plan (at->store);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM job"), ==, STORE_JOB_WINDOW);
  g_assert_cmpint (count (at->store, "SELECT max (document) FROM job"), ==, STORE_JOB_WINDOW);
  CHANGE (at->store, store_job_drop (transaction, 1, error));
  step (at->store, 1, 300, &at_rest, &fault);
  g_assert_no_error (fault);
  plan (at->store); /* the 300 pages are let in all the same: nothing on its way is held back */
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM job WHERE document = 1"), ==, 300);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM job WHERE stage = 'identify'"), ==, STORE_JOB_WINDOW - 1);
  tamper (at->store, "DELETE FROM job WHERE page BETWEEN 1 AND 8; UPDATE page SET blob = (SELECT blob FROM document"
                     " WHERE id = 1) WHERE no <= 8");
  plan (at->store);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM job WHERE stage = 'identify'"), ==, STORE_JOB_WINDOW);
}

static void
test_what_is_urgent_goes_first_and_needs_no_room_of_others (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) fault = NULL;
  StoreTaken taken;
  bool at_rest;
  (void)data;
  many_letters (at, STORE_JOB_WINDOW + 3);
  plan (at->store);
  take (at->store, 1000, "urgent letter", &taken, &fault);
  plan (at->store);
  g_autoptr (StoreJob) first = lease (at->store);
  g_assert_cmpint (first->document, ==, taken.document);
  g_assert_cmpstr (first->stage, ==, "identify");
  CHANGE (at->store, store_job_done (transaction, first, error));
  step (at->store, taken.document, 20, &at_rest, &fault);
  g_assert_no_error (fault);
  plan (at->store);
  for (int page = 1; page <= 20; page++)
    {
      g_autoptr (StoreJob) job = lease (at->store);
      g_assert_cmpint (job->document, ==, taken.document);
      g_assert_cmpint (job->page, ==, page);
    }
  g_autoptr (StoreJob) after = lease (at->store);
  g_assert_cmpint (after->document, ==, 1);
  g_assert_cmpint (count (at->store, "SELECT count(DISTINCT document) FROM job WHERE priority >= 0"), ==,
                   STORE_JOB_WINDOW);
  assert_clean (at->store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  STORE_TEST ("/store/job/plan", test_planning_twice_adds_nothing);
  STORE_TEST ("/store/job/turn", test_pages_of_documents_are_leased_in_turn);
  STORE_TEST ("/store/job/lost", test_a_lost_lease_publishes_nothing);
  STORE_TEST ("/store/job/expire", test_a_running_lease_does_not_expire);
  STORE_TEST ("/store/job/later", test_what_is_put_off_waits_and_counts_its_tries);
  STORE_TEST ("/store/job/clock", test_a_clock_set_back_holds_up_no_job);
  STORE_TEST ("/store/job/settings", test_other_settings_replace_what_waits_and_leave_what_is_leased);
  STORE_TEST ("/store/job/correction", test_a_correction_takes_the_lease_of_who_works_with_the_old_value);
  STORE_TEST ("/store/job/window", test_a_long_backlog_is_let_in_a_window_at_a_time_and_long_documents_make_room);
  STORE_TEST ("/store/job/urgent", test_what_is_urgent_goes_first_and_needs_no_room_of_others);
  STORE_TEST ("/store/job/drop", test_jobs_of_a_document_can_be_dropped);
  return g_test_run ();
}
