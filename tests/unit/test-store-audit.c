#include "tests/unit/store-fixture.h"

static void
test_a_clean_store_has_no_differences (Fixture *at, gconstpointer data)
{
  (void)data;
  settle (at->store, 1, "first letter");
  settle (at->store, 2, "second letter");
  assert_clean (at->store);
}

static void
test_each_receipt_is_in_one_place (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  StoreTaken taken;
  StoreBalance balance;
  (void)data;
  settle (at->store, 1, "filed");
  take (at->store, 2, "filed", &taken, &error);
  g_assert_true (taken.duplicate);
  take (at->store, 3, "on its way", &taken, &error);
  take (at->store, 4, "bad", &taken, &error);
  g_autoptr (StoreDocument) bad = store_document_load (at->store, taken.document, &error);
  store_quarantine_put (at->store, bad->id, "lettre à lire.pdf", bad->blob, "It is damaged.", &error);
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "docketd", &error);
  store_document_quarantined (transaction, bad->id, RECORD_CODE_DAMAGED, "identify", NULL, &error);
  store_commit (g_steal_pointer (&transaction), &error);
  g_assert_no_error (error);
  store_balance (at->store, NULL, &balance, &error);
  g_assert_no_error (error);
  g_assert_cmpint (balance.seen, ==, 4);
  g_assert_cmpint (balance.filed, ==, 1);
  g_assert_cmpint (balance.duplicate, ==, 1);
  g_assert_cmpint (balance.in_flight, ==, 1);
  g_assert_cmpint (balance.quarantined, ==, 1);
  g_assert_cmpuint (balance.missing->len, ==, 0);
  g_array_unref (balance.missing);
  store_balance (at->store, "1999-01-01", &balance, &error);
  g_assert_cmpint (balance.seen, ==, 0);
  g_array_unref (balance.missing);
}

static void
test_a_receipt_whose_object_is_gone_is_missing (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  StoreTaken taken;
  StoreBalance balance;
  (void)data;
  take (at->store, 1, "letter", &taken, &error);
  g_autoptr (StoreDocument) document = store_document_load (at->store, taken.document, &error);
  g_autofree char *path = store_blob_path (document->blob);
  g_assert_cmpint (unlinkat (store_dir (at->store), path, 0), ==, 0);
  store_balance (at->store, NULL, &balance, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (balance.missing->len, ==, 1);
  g_assert_cmpint (g_array_index (balance.missing, int64_t, 0), ==, taken.receipt);
  g_array_unref (balance.missing);
  assert_only_finds (at->store, false, "blob ");
}

static void
test_a_changed_cache_row_is_named (Fixture *at, gconstpointer data)
{
  (void)data;
  settle (at->store, 1, "letter");
  tamper (at->store, "UPDATE cases SET owner = 'nobody'");
  assert_only_finds (at->store, false, "cache cases/1 ");
}

static void
test_a_row_that_no_entry_made_and_one_that_is_gone_are_named (Fixture *at, gconstpointer data)
{
  (void)data;
  settle (at->store, 1, "letter");
  tamper (at->store, "PRAGMA foreign_keys = OFF; UPDATE page SET id = 9 WHERE id = 2");
  g_autofree char *found = verify (at->store, false);
  g_assert_nonnull (strstr (found, "row page/2 is missing\n"));
  g_assert_nonnull (strstr (found, "row page/9 no ledger entry made it\n"));
}

static void
test_a_name_in_filed_that_is_gone_or_another_file_is_named (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int64_t id = settle (at->store, 1, "letter");
  (void)data;
  g_autoptr (StoreDocument) document = store_document_load (at->store, id, &error);
  g_autofree char *path = g_build_filename (at->path, "filed", document->folder, document->name, NULL);
  g_assert_cmpint (unlink (path), ==, 0);
  assert_only_finds (at->store, false, "link filed/");
  append_to_file (path, "LETTER");
  assert_only_finds (at->store, true, "link filed/");
}

static void
test_a_missing_entry_is_named_once (Fixture *at, gconstpointer data)
{
  (void)data;
  settle (at->store, 1, "letter");
  /* of the last page read: nothing but that page's row rests on it alone */
  tamper (at->store, "PRAGMA foreign_keys = OFF; DELETE FROM ledger WHERE seq = 3");
  g_autofree char *found = verify (at->store, false);
  g_auto (GStrv) lines = g_strsplit (found, "\n", -1);
  unsigned ledger = 0;
  for (char **line = lines; *line != NULL; line++)
    ledger += g_str_has_prefix (*line, "ledger ");
  g_assert_nonnull (strstr (found, "ledger 3 is in the ledger's files, but not in docket.db\n"));
  g_assert_nonnull (strstr (found, "ledger 4 is not the number after"));
  g_assert_nonnull (strstr (found, "ledger 4 its hash does not fit"));
  g_assert_cmpuint (ledger, <=, 4); /* the document lost its pages: at most one more entry cannot be applied */
}

static void
test_a_payload_that_lost_its_lists_is_told_not_fatal (Fixture *at, gconstpointer data)
{
  (void)data;
  settle (at->store, 1, "letter");
  tamper (at->store, "UPDATE ledger SET payload = '{\"document\":1}'");
  g_autofree char *found = verify (at->store, false);
  g_assert_nonnull (strstr (found, "ledger 2 its hash does not fit"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  STORE_TEST ("/store/audit/clean", test_a_clean_store_has_no_differences);
  STORE_TEST ("/store/audit/balance", test_each_receipt_is_in_one_place);
  STORE_TEST ("/store/audit/missing", test_a_receipt_whose_object_is_gone_is_missing);
  STORE_TEST ("/store/audit/cache", test_a_changed_cache_row_is_named);
  STORE_TEST ("/store/audit/rows", test_a_row_that_no_entry_made_and_one_that_is_gone_are_named);
  STORE_TEST ("/store/audit/link", test_a_name_in_filed_that_is_gone_or_another_file_is_named);
  STORE_TEST ("/store/audit/entry", test_a_missing_entry_is_named_once);
  STORE_TEST ("/store/audit/payload", test_a_payload_that_lost_its_lists_is_told_not_fatal);
  return g_test_run ();
}
