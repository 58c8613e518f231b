#include "tests/unit/store-fixture.h"

#define ONE "page one"
#define TWO "page one page two"

static StoreTaken
must_grow (Store *store, int64_t inode, int64_t receipt, const char *text)
{
  g_autoptr (GError) error = NULL;
  StoreTaken taken = { 0 };
  bool done = grow (store, inode, receipt, text, &taken, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  return taken;
}

static void
must_live (Store *store, int64_t document)
{
  g_autoptr (GError) error = NULL;
  bool done = live (store, document, 3, &error);
  g_assert_no_error (error);
  g_assert_true (done);
}

static void
test_a_grown_file_is_the_same_receipt_whose_document_begins_again (Fixture *at, gconstpointer data)
{
  (void)data;
  int64_t id = settle (at->store, 1, ONE);
  g_autoptr (StoreDocument) before = load (at->store, id);
  StoreTaken taken = must_grow (at->store, 1, 1, TWO);
  g_autoptr (StoreDocument) after = load (at->store, id);
  g_assert_true (taken.grown && !taken.known && !taken.duplicate);
  g_assert_cmpint (taken.receipt, ==, 1);
  g_assert_cmpint (taken.document, ==, id);
  g_assert_cmpstr (after->stage, ==, STORE_STAGE_FIRST);
  g_assert_cmpstr (after->blob, !=, before->blob);
  g_assert_cmpstr (after->number, ==, before->number);
  g_assert_cmpstr (after->name, ==, before->name);
  g_assert_cmpstr (after->placed, ==, before->blob);
  g_assert_cmpuint (after->pages, ==, 0);
  g_assert_null (after->media_type);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM page"), ==, 0);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM receipt WHERE size = 17"), ==, 1);
  assert_clean (at->store); /* the name in filed/ still leads to the old bytes */
}

static void
test_grown_bytes_take_the_name_and_the_number_of_the_old_ones (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  int64_t id = settle (at->store, 1, ONE);
  g_autoptr (StoreDocument) before = load (at->store, id);
  must_grow (at->store, 1, 1, TWO);
  must_live (at->store, id);
  g_autoptr (StoreDocument) after = load (at->store, id);
  g_autofree char *path = g_build_filename (at->path, "filed", after->folder, after->name, NULL);
  g_autofree char *text = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, TWO);
  g_assert_cmpstr (after->name, ==, before->name);
  g_assert_cmpstr (after->number, ==, before->number);
  g_assert_cmpstr (after->placed, ==, after->blob);
  g_assert_cmpuint (after->pages, ==, 3);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM cases"), ==, 1);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM blob WHERE role = 'original'"), ==, 2);
  assert_clean (at->store);
}

static void
test_a_catalogue_made_anew_knows_what_has_grown (Fixture *at, gconstpointer data)
{
  (void)data;
  int64_t id = settle (at->store, 1, ONE);
  must_grow (at->store, 1, 1, TWO);
  must_live (at->store, id);
  must_grow (at->store, 1, 1, TWO " page three");
  assert_rebuilds_alike (at);
  assert_clean (at->store);
}

static void
test_a_file_that_was_only_touched_keeps_its_document_at_rest (Fixture *at, gconstpointer data)
{
  (void)data;
  int64_t id = settle (at->store, 1, ONE);
  StoreTaken taken = must_grow (at->store, 1, 1, ONE);
  g_autoptr (StoreDocument) after = load (at->store, id);
  g_assert_true (taken.known && !taken.grown);
  g_assert_cmpstr (after->stage, ==, STORE_STAGE_REST);
  g_assert_cmpuint (after->pages, ==, 2);
  assert_clean (at->store);
}

static void
test_nothing_found_in_the_old_bytes_is_published (Fixture *at, gconstpointer data)
{
  static const StorePlan plan = { "identify", STORE_JOB_FIRST, 1, "" };
  static const char *const stages[] = { "identify", NULL };
  g_autoptr (GError) fault = NULL;
  g_autoptr (StoreJob) job = NULL;
  StoreTaken taken;
  (void)data;
  take (at->store, 1, ONE, &taken, &fault);
  CHANGE (at->store, store_job_plan (transaction, &plan, 1, 0, error));
  store_job_lease (at->store, stages, 60, &job, &fault);
  g_assert_no_error (fault);
  must_grow (at->store, 1, 1, TWO);
  g_autoptr (StoreTransaction) late = store_begin (at->store, "docketd", &fault);
  g_assert_true (identify (late, taken.document, 1, &fault));
  g_assert_false (store_job_done (late, job, &fault));
  g_assert_error (fault, DK_ERROR, DK_ERROR_STALE);
}

static void
test_a_duplicate_that_grows_gets_a_document_of_its_own (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  StoreTaken second;
  (void)data;
  int64_t id = settle (at->store, 1, ONE);
  take (at->store, 2, ONE, &second, &error);
  g_assert_true (second.duplicate);
  StoreTaken grown = must_grow (at->store, 2, second.receipt, TWO);
  g_assert_cmpint (grown.document, !=, id);
  g_assert_false (grown.duplicate);
  must_live (at->store, grown.document);
  g_autoptr (StoreDocument) old = load (at->store, id);
  g_assert_cmpstr (old->stage, ==, STORE_STAGE_REST);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM receipt WHERE duplicate"), ==, 0);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM cases"), ==, 2);
  assert_clean (at->store);
}

static void
test_a_shared_document_is_left_to_the_other_receipt (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  StoreTaken second;
  (void)data;
  int64_t id = settle (at->store, 1, ONE);
  take (at->store, 2, ONE, &second, &error);
  StoreTaken grown = must_grow (at->store, 1, 1, TWO);
  g_assert_cmpint (grown.document, !=, id);
  g_autoptr (StoreReceipt) heir = store_receipt_of (at->store, id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (heir->id, ==, second.receipt);
  g_assert_false (heir->duplicate);
  assert_clean (at->store);
}

static void
test_what_a_person_decided_survives_growth (Fixture *at, gconstpointer data)
{
  (void)data;
  int64_t id = settle (at->store, 1, ONE);
  CHANGE (at->store, store_decision_correct (transaction, id, "kind", "thanks", "file", error));
  must_grow (at->store, 1, 1, TWO);
  must_live (at->store, id);
  g_autoptr (StoreDocument) after = load (at->store, id);
  g_assert_cmpstr (after->kind, ==, "thanks");
  assert_clean (at->store);
}

static void
test_growth_brings_a_document_out_of_quarantine (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) fault = NULL;
  StoreTaken taken;
  (void)data;
  take (at->store, 1, ONE, &taken, &fault);
  CHANGE (at->store,
          store_document_quarantined (transaction, taken.document, RECORD_CODE_DAMAGED, "identify", NULL, error));
  must_grow (at->store, 1, 1, TWO);
  must_live (at->store, taken.document);
  g_autoptr (StoreDocument) after = load (at->store, taken.document);
  g_assert_cmpstr (after->outcome, ==, "ok");
  g_assert_null (after->reason);
  assert_clean (at->store);
}

static void
test_the_newest_receipt_of_a_file_is_found (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  StoreArrival arrival = { .source = "drop:default", .device = 7, .inode = 1 };
  StoreBefore before;
  (void)data;
  settle (at->store, 1, ONE);
  must_grow (at->store, 1, 1, TWO);
  g_assert_true (store_receipt_before (at->store, &arrival, &before, &error));
  g_assert_cmpint (before.receipt, ==, 1);
  g_assert_cmpint (before.blob.size, ==, strlen (TWO));
  arrival.inode = 2;
  g_assert_true (store_receipt_before (at->store, &arrival, &before, &error));
  g_assert_cmpint (before.receipt, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  STORE_TEST ("/store/grown/again", test_a_grown_file_is_the_same_receipt_whose_document_begins_again);
  STORE_TEST ("/store/grown/name", test_grown_bytes_take_the_name_and_the_number_of_the_old_ones);
  STORE_TEST ("/store/grown/rebuild", test_a_catalogue_made_anew_knows_what_has_grown);
  STORE_TEST ("/store/grown/touched", test_a_file_that_was_only_touched_keeps_its_document_at_rest);
  STORE_TEST ("/store/grown/stale", test_nothing_found_in_the_old_bytes_is_published);
  STORE_TEST ("/store/grown/duplicate", test_a_duplicate_that_grows_gets_a_document_of_its_own);
  STORE_TEST ("/store/grown/shared", test_a_shared_document_is_left_to_the_other_receipt);
  STORE_TEST ("/store/grown/person", test_what_a_person_decided_survives_growth);
  STORE_TEST ("/store/grown/quarantine", test_growth_brings_a_document_out_of_quarantine);
  STORE_TEST ("/store/grown/before", test_the_newest_receipt_of_a_file_is_found);
  return g_test_run ();
}
