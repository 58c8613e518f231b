#include "tests/unit/store-fixture.h"

static void
test_the_same_arrival_twice_is_known (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  StoreTaken first, second;
  (void)data;
  g_assert_true (take (at->store, 1, "letter", &first, &error));
  g_assert_true (take (at->store, 1, "letter", &second, &error));
  g_assert_no_error (error);
  g_assert_false (first.known);
  g_assert_true (second.known);
  g_assert_cmpint (second.receipt, ==, first.receipt);
  g_assert_cmpint (second.document, ==, first.document);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM receipt"), ==, 1);
}

static void
test_the_same_bytes_twice_are_one_document_with_two_receipts (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  StoreTaken first, second, other;
  (void)data;
  take (at->store, 1, "letter", &first, &error);
  take (at->store, 2, "letter", &second, &error);
  take (at->store, 3, "another letter", &other, &error);
  g_assert_no_error (error);
  g_assert_false (first.duplicate);
  g_assert_true (second.duplicate);
  g_assert_cmpint (second.document, ==, first.document);
  g_assert_cmpint (second.receipt, !=, first.receipt);
  g_assert_cmpint (other.document, !=, first.document);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM document"), ==, 2);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM receipt"), ==, 3);
  assert_clean (at->store);
}

static void
test_all_receipts_of_a_document_come_in_their_order (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  StoreTaken first, other, second;
  (void)data;
  take (at->store, 1, "letter", &first, &error);
  take (at->store, 2, "another letter", &other, &error);
  take (at->store, 3, "letter", &second, &error);
  g_autoptr (GPtrArray) receipts = store_receipts_of (at->store, first.document, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (receipts->len, ==, 2);
  g_assert_cmpint (((const StoreReceipt *)receipts->pdata[0])->id, ==, first.receipt);
  g_assert_cmpint (((const StoreReceipt *)receipts->pdata[1])->id, ==, second.receipt);
}

static void
test_what_is_told_of_an_arrival_is_kept (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  StoreTaken taken;
  (void)data;
  take (at->store, 1, "letter", &taken, &error);
  g_autoptr (StoreReceipt) receipt = store_receipt_of (at->store, taken.document, &error);
  g_assert_no_error (error);
  g_assert_cmpint (receipt->id, ==, taken.receipt);
  g_assert_cmpstr (receipt->name, ==, "lettre à lire.pdf");
  g_assert_cmpstr (receipt->received, ==, "2026-03-14");
  g_assert_cmpstr (receipt->zone, ==, "Europe/Madrid");
  g_assert_cmpint (receipt->size, ==, 6);
  g_assert_cmpuint (g_strv_length (receipt->languages), ==, 2);
  g_assert_cmpstr (receipt->languages[0], ==, "fr");
  g_assert_cmpstr (receipt->languages[1], ==, "en");
}

static void
test_a_receipt_is_in_flight_until_its_document_rests (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  StoreTaken taken, other;
  int64_t n;
  (void)data;
  take (at->store, 1, "letter", &taken, &error);
  take (at->store, 2, "other", &other, &error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (int64_t));
  g_array_append_val (ids, taken.receipt);
  store_receipts_in_flight (at->store, NULL, &n, &error);
  g_assert_cmpint (n, ==, 2);
  store_receipts_in_flight (at->store, ids, &n, &error);
  g_assert_cmpint (n, ==, 1);
  live (at->store, taken.document, 1, &error);
  store_receipts_in_flight (at->store, ids, &n, &error);
  g_assert_cmpint (n, ==, 0);
  store_receipts_in_flight (at->store, NULL, &n, &error);
  g_assert_cmpint (n, ==, 1);
  g_assert_no_error (error);
}

static void
test_there_is_no_receipt_of_what_is_not_there (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  g_assert_null (store_receipt_of (at->store, 5, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  STORE_TEST ("/store/receipt/known", test_the_same_arrival_twice_is_known);
  STORE_TEST ("/store/receipt/duplicate", test_the_same_bytes_twice_are_one_document_with_two_receipts);
  STORE_TEST ("/store/receipt/kept", test_what_is_told_of_an_arrival_is_kept);
  STORE_TEST ("/store/receipt/flight", test_a_receipt_is_in_flight_until_its_document_rests);
  STORE_TEST ("/store/receipt/all-of-a-document", test_all_receipts_of_a_document_come_in_their_order);
  STORE_TEST ("/store/receipt/none", test_there_is_no_receipt_of_what_is_not_there);
  return g_test_run ();
}
