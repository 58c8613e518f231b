#include "tests/unit/store-fixture.h"

/* "name=value" of the decisions of @document, joined by blanks. */
static char *
decisions (Store *store, int64_t document, bool current)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = store_decisions (store, document, current, &error);
  g_assert_no_error (error);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < list->len; i++)
    {
      const StoreDecision *decision = list->pdata[i];
      g_string_append_printf (text, "%s%s=%s", i > 0 ? " " : "", decision->name, decision->value);
    }
  return g_string_free (text, FALSE);
}

static void
test_a_document_goes_all_its_way (Fixture *at, gconstpointer data)
{
  static const char *const way[] = { "identify", "read", "read", "understand", "register", "file", "index", "rest" };
  g_autoptr (GError) error = NULL;
  StoreTaken taken;
  bool at_rest;
  (void)data;
  take (at->store, 1, "letter", &taken, &error);
  for (gsize i = 0; i < G_N_ELEMENTS (way); i++)
    {
      g_autoptr (StoreDocument) now = load (at->store, taken.document);
      g_assert_cmpstr (now->stage, ==, way[i]);
      step (at->store, taken.document, 2, &at_rest, &error);
      g_assert_no_error (error);
    }
  g_autoptr (StoreDocument) document = load (at->store, taken.document);
  g_assert_cmpstr (document->media_type, ==, "image/tiff");
  g_assert_cmpuint (document->pages, ==, 2);
  g_assert_true (document->picture);
  g_assert_cmpstr (document->outcome, ==, "ok");
  g_assert_cmpstr (document->language, ==, "fr");
  g_assert_cmpstr (document->kind, ==, "complaint");
  g_assert_cmpstr (document->subject, ==, "delivery/not-received");
  g_assert_true (g_str_has_prefix (document->number, "D-2026-000001-"));
  g_assert_true (g_str_has_suffix (document->number, "/1"));
  g_assert_cmpuint (json_array_size (document->review), ==, 1);
  assert_clean (at->store);
}

static void
test_a_document_is_found_by_number_or_id (Fixture *at, gconstpointer data)
{
  static const char *const right[] = { "D-2026-000001-07", "d-2026-000001-07/1", "D202600000107", "#1" };
  static const char *const wrong[] = { "D-2026-000001-07/2", "D-2026-000001-07/1x", "#2", "", "/" };
  g_autoptr (GError) error = NULL;
  (void)data;
  settle (at->store, 1, "letter");
  for (gsize i = 0; i < G_N_ELEMENTS (right); i++)
    {
      g_autoptr (StoreDocument) document = store_document_find (at->store, right[i], &error);
      g_assert_no_error (error);
      g_assert_cmpint (document->id, ==, 1);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_assert_null (store_document_find (at->store, wrong[i], &error));
      g_assert_error (error, DK_ERROR, DK_ERROR_NOT_FOUND);
      g_clear_error (&error);
    }
  g_assert_null (store_document_find (at->store, "#x", &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_USAGE);
}

static void
test_a_missing_page_makes_the_document_partial_and_asks_for_review (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) fault = NULL;
  StoreTaken taken;
  (void)data;
  take (at->store, 1, "letter", &taken, &fault);
  CHANGE (at->store, identify (transaction, 1, 2, error));
  CHANGE (at->store, read_page (transaction, 1, 1, RECORD_ORIGIN_MISSING, NULL, error));
  CHANGE (at->store, read_page (transaction, 1, 1, RECORD_ORIGIN_MISSING, NULL, error)); /* twice is once */
  g_autoptr (StoreDocument) document = load (at->store, 1);
  g_assert_cmpstr (document->outcome, ==, "partial");
  g_autofree char *warnings = dk_json_canonical (document->warnings);
  g_assert_cmpstr (warnings, ==, "[{\"code\":\"timeout\",\"page\":1}]");
  g_autofree char *review = dk_json_canonical (document->review);
  g_assert_cmpstr (review, ==, "[\"partial\"]");
  live (at->store, 1, 2, &fault);
  g_autoptr (StoreDocument) later = load (at->store, 1);
  g_autofree char *review_later = dk_json_canonical (later->review);
  g_assert_cmpstr (review_later, ==, "[\"partial\",\"kind\"]");
  g_auto (GStrv) blobs = store_page_blobs (at->store, 1, &fault);
  g_assert_cmpuint (g_strv_length (blobs), ==, 2);
  g_autoptr (GArray) ids = store_documents (at->store, STORE_DOCUMENTS_TO_REVIEW, 0, 0, &fault);
  g_assert_cmpuint (ids->len, ==, 1);
  CHANGE (at->store, store_review_accept (transaction, 1, error));
  g_autoptr (GArray) none = store_documents (at->store, STORE_DOCUMENTS_TO_REVIEW, 0, 0, &fault);
  g_assert_cmpuint (none->len, ==, 0);
  assert_clean (at->store);
}

static void
test_what_was_quarantined_can_be_released_once (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) fault = NULL;
  StoreTaken taken;
  (void)data;
  take (at->store, 1, "letter", &taken, &fault);
  CHANGE (at->store, identify (transaction, 1, 2, error));
  CHANGE (at->store, read_page (transaction, 1, 1, RECORD_ORIGIN_MISSING, NULL, error));
  CHANGE (at->store, store_document_quarantined (transaction, 1, RECORD_CODE_NEEDS_PASSWORD, "read", NULL, error));
  g_autoptr (StoreDocument) there = load (at->store, 1);
  g_assert_cmpstr (there->stage, ==, STORE_STAGE_QUARANTINED);
  g_assert_cmpstr (there->outcome, ==, "needs_password");
  CHANGE (at->store, store_document_released (transaction, 1, error));
  g_autoptr (StoreDocument) back = load (at->store, 1);
  g_assert_cmpstr (back->stage, ==, "read");
  g_assert_cmpstr (back->outcome, ==, "partial");
  g_assert_null (back->reason);
  g_autoptr (StoreTransaction) again = store_begin (at->store, "user:eva", &fault);
  g_assert_false (store_document_released (again, 1, &fault));
  g_assert_error (fault, DK_ERROR, DK_ERROR_NOT_FOUND);
  g_clear_pointer (&again, store_rollback);
  assert_clean (at->store);
}

static void
test_quarantine_holds_the_original_and_a_sentence (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  StoreTaken taken;
  (void)data;
  take (at->store, 1, "letter", &taken, &error);
  g_autoptr (StoreDocument) document = load (at->store, 1);
  for (int i = 0; i < 2; i++)
    g_assert_true (store_quarantine_put (at->store, 1, "../a\\b.pdf", document->blob, "It is damaged.", &error));
  g_autofree char *path = store_quarantine_path (1, "../a\\b.pdf");
  g_assert_true (g_str_has_prefix (path, "quarantine/000001 "));
  g_assert_null (strchr (path + strlen ("quarantine/"), '/'));
  g_autofree char *whole = store_join (at->store, path), *reason = g_strconcat (whole, ".reason.txt", NULL);
  g_autofree char *text = NULL;
  g_assert_true (g_file_get_contents (reason, &text, NULL, &error));
  g_assert_cmpstr (text, ==, "It is damaged.\n");
  for (int i = 0; i < 2; i++)
    g_assert_true (store_quarantine_remove (at->store, 1, "../a\\b.pdf", &error));
  g_assert_false (g_file_test (whole, G_FILE_TEST_EXISTS));
}

static void
test_a_correction_is_never_overwritten_by_a_later_run (Fixture *at, gconstpointer data)
{
  static const char *const review[] = { "kind", "subject", NULL };
  int64_t id = settle (at->store, 1, "letter");
  (void)data;
  CHANGE (at->store, store_decision_correct (transaction, id, "kind", "question", "file", error));
  CHANGE (at->store, store_decision_correct (transaction, id, "sender", "Ágnes Kovács", "file", error));
  g_autoptr (StoreDocument) corrected = load (at->store, id);
  g_assert_cmpstr (corrected->kind, ==, "question");
  g_assert_cmpstr (corrected->stage, ==, "file");
  g_assert_cmpuint (json_array_size (corrected->review), ==, 0);
  CHANGE (at->store, understand (transaction, id, "suggestion", NULL, review, error));
  g_autoptr (StoreDocument) later = load (at->store, id);
  g_assert_cmpstr (later->kind, ==, "question");
  g_autofree char *asked = dk_json_canonical (later->review), *current = decisions (at->store, id, true);
  g_assert_cmpstr (asked, ==, "[\"subject\"]");
  g_assert_cmpstr (current, ==, "kind=question sender=Ágnes Kovács language=fr subject=delivery/not-received");
  CHANGE (at->store, store_decision_correct (transaction, id, "kind", "other", "file", error));
  g_autoptr (StoreDocument) latest = load (at->store, id);
  g_assert_cmpstr (latest->kind, ==, "other");
  assert_clean (at->store);
}

static void
test_what_the_newest_run_no_longer_finds_is_not_current (Fixture *at, gconstpointer data)
{
  static const char *const review[] = { NULL };
  int64_t id = settle (at->store, 1, "letter");
  (void)data;
  CHANGE (at->store, understand (transaction, id, "question", NULL, review, error));
  g_autofree char *current = decisions (at->store, id, true), *all = decisions (at->store, id, false);
  g_assert_cmpstr (current, ==, "language=fr kind=question kind=thanks subject=delivery/not-received");
  g_assert_nonnull (strstr (all, "sender=Anne Martin"));
  g_autoptr (StoreDocument) document = load (at->store, id);
  g_assert_cmpuint (json_array_size (document->review), ==, 0);
  assert_clean (at->store);
}

static void
test_a_correction_does_not_take_a_document_off_its_way (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) fault = NULL;
  StoreTaken taken;
  (void)data;
  take (at->store, 1, "letter", &taken, &fault);
  CHANGE (at->store, identify (transaction, 1, 1, error));
  CHANGE (at->store, store_decision_correct (transaction, 1, "kind", "question", "file", error));
  g_autoptr (StoreDocument) document = load (at->store, 1);
  g_assert_cmpstr (document->stage, ==, "read");
  g_assert_cmpstr (document->kind, ==, "question");
  live (at->store, 1, 1, &fault);
  g_autoptr (StoreDocument) rested = load (at->store, 1);
  g_assert_cmpstr (rested->kind, ==, "question");
  g_autoptr (StoreTransaction) wrong = store_begin (at->store, "user:eva", &fault);
  g_assert_false (store_decision_correct (wrong, 1, "sender", "\xff", "file", &fault));
  g_assert_error (fault, DK_ERROR, DK_ERROR_INVALID);
}

static void
test_a_document_at_rest_is_sent_back_once_and_keeps_its_number (Fixture *at, gconstpointer data)
{
  bool sent, again;
  int64_t id = settle (at->store, 1, "letter");
  g_autoptr (StoreDocument) before = load (at->store, id);
  (void)data;
  CHANGE (at->store, store_document_send_back (transaction, id, "understand", 1, &sent, error));
  CHANGE (at->store, store_document_send_back (transaction, id, "understand", 1, &again, error));
  g_assert_true (sent);
  g_assert_false (again);
  g_autoptr (StoreDocument) after = load (at->store, id);
  g_assert_cmpstr (after->stage, ==, "understand");
  g_assert_cmpstr (after->number, ==, before->number);
  g_assert_cmpstr (after->kind, ==, before->kind);
  assert_clean (at->store);
}

static void
test_what_a_person_accepted_is_accepted_until_a_machine_decides_anew (Fixture *at, gconstpointer data)
{
  static const char *const review[] = { NULL };
  g_autoptr (GError) fault = NULL;
  bool accepted;
  int64_t id = settle (at->store, 1, "letter");
  (void)data;
  g_assert_true (store_review_is_accepted (at->store, id, &accepted, &fault) && !accepted);
  CHANGE (at->store, store_review_accept (transaction, id, error));
  g_assert_true (store_review_is_accepted (at->store, id, &accepted, &fault) && accepted);
  CHANGE (at->store, understand (transaction, id, "question", NULL, review, error));
  g_assert_true (store_review_is_accepted (at->store, id, &accepted, &fault) && !accepted);
}

static void
test_reasons_of_a_decision_are_kept (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int64_t id = settle (at->store, 1, "letter");
  (void)data;
  g_autoptr (GPtrArray) list = store_decisions (at->store, id, true, &error);
  const StoreDecision *kind = list->pdata[1];
  g_autofree char *because = dk_json_canonical (store_decision_because (kind));
  g_assert_cmpstr (because, ==,
                   "[{\"box\":[10,20,30,40],\"from\":0,\"page\":1,\"rule\":\"vocabulary:not-received\",\"text\":"
                   "\"jamais\",\"to\":6}]");
  g_assert_cmpfloat_with_epsilon (kind->confidence, 0.84313725, 1e-8);
  g_assert_false (kind->human);
}

static void
test_names_in_filed_differ_also_without_case (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  bool taken;
  int64_t id = settle (at->store, 1, "letter");
  (void)data;
  g_autoptr (StoreDocument) document = load (at->store, id);
  g_autofree char *upper = g_ascii_strup (document->name, -1);
  store_place_is_taken (at->store, id + 1, document->folder, upper, &taken, &error);
  g_assert_true (taken);
  store_place_is_taken (at->store, id, document->folder, upper, &taken, &error);
  g_assert_false (taken);
}

static void
test_a_document_is_in_one_case_and_serials_have_no_gaps (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  settle (at->store, 1, "letter");
  g_autoptr (StoreTransaction) lost = store_begin (at->store, "docketd", &error);
  g_assert_false (open_case (lost, 1, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_EXISTS);
  g_clear_error (&error);
  g_clear_pointer (&lost, store_rollback);
  settle (at->store, 2, "another letter");
  g_autoptr (StoreCase) second = store_case_load (at->store, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpint (second->serial, ==, 2);
  g_autoptr (GPtrArray) deadlines = store_deadlines (at->store, 2, &error);
  g_assert_cmpuint (deadlines->len, ==, 1);
  const StoreDeadline *deadline = deadlines->pdata[0];
  g_assert_cmpstr (deadline->due, ==, "2026-05-14");
  g_assert_null (deadline->work_by);
  assert_clean (at->store);
}

static void
test_a_lost_index_sends_everything_at_rest_back (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int64_t rested;
  (void)data;
  settle (at->store, 1, "letter");
  settle (at->store, 2, "another letter");
  store_documents_at_rest (at->store, &rested, &error);
  g_assert_cmpint (rested, ==, 2);
  g_assert_true (store_documents_reindex (at->store, &error));
  g_autoptr (GArray) ids = store_documents (at->store, STORE_DOCUMENTS_TO_INDEX, 0, 0, &error);
  g_assert_cmpuint (ids->len, ==, 2);
  assert_clean (at->store);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  STORE_TEST ("/store/document/way", test_a_document_goes_all_its_way);
  STORE_TEST ("/store/document/find", test_a_document_is_found_by_number_or_id);
  STORE_TEST ("/store/document/partial", test_a_missing_page_makes_the_document_partial_and_asks_for_review);
  STORE_TEST ("/store/document/release", test_what_was_quarantined_can_be_released_once);
  STORE_TEST ("/store/document/quarantine", test_quarantine_holds_the_original_and_a_sentence);
  STORE_TEST ("/store/document/correction", test_a_correction_is_never_overwritten_by_a_later_run);
  STORE_TEST ("/store/document/current", test_what_the_newest_run_no_longer_finds_is_not_current);
  STORE_TEST ("/store/document/back", test_a_document_at_rest_is_sent_back_once_and_keeps_its_number);
  STORE_TEST ("/store/document/accepted", test_what_a_person_accepted_is_accepted_until_a_machine_decides_anew);
  STORE_TEST ("/store/document/underway", test_a_correction_does_not_take_a_document_off_its_way);
  STORE_TEST ("/store/document/reasons", test_reasons_of_a_decision_are_kept);
  STORE_TEST ("/store/document/place", test_names_in_filed_differ_also_without_case);
  STORE_TEST ("/store/document/case", test_a_document_is_in_one_case_and_serials_have_no_gaps);
  STORE_TEST ("/store/document/reindex", test_a_lost_index_sends_everything_at_rest_back);
  return g_test_run ();
}
