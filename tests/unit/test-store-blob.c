#include "tests/unit/store-fixture.h"

static void
test_the_same_bytes_are_kept_once_and_read_only (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  StoreBlob first, second;
  struct stat st;
  (void)data;
  g_assert_true (put_text (at->store, "abc", &first, &error));
  g_assert_true (put_text (at->store, "abc", &second, &error));
  g_assert_cmpstr (first.sha256, ==, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  g_assert_cmpstr (second.sha256, ==, first.sha256);
  g_assert_cmpint (first.size, ==, 3);
  g_autofree char *path = store_blob_path (first.sha256);
  g_assert_cmpint (fstatat (store_dir (at->store), path, &st, 0), ==, 0);
  g_assert_cmpuint (st.st_mode & 07777, ==, 0444);
  g_assert_cmpuint (st.st_nlink, ==, 1);
  g_autoptr (GBytes) bytes = store_blob_read (at->store, first.sha256, 3, &error);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "abc", 3);
}

static void
test_a_source_larger_than_the_limit_leaves_nothing (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  StoreBlob blob;
  (void)data;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("0123456789", 10);
  autofd fd = dk_memory_file (bytes, &error);
  g_assert_false (store_blob_put_fd (at->store, fd, 9, &blob, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_LIMIT);
  g_auto (GStrv) fans = dk_list_dir (store_dir (at->store), "objects", NULL);
  g_assert_null (fans[0]);
}

static void
test_a_damaged_object_is_found_and_never_taken_for_the_original (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  StoreTaken taken;
  StoreBlob blob;
  (void)data;
  take (at->store, 1, "letter", &taken, &error);
  g_autoptr (StoreDocument) document = store_document_load (at->store, taken.document, &error);
  g_autofree char *object = store_blob_path (document->blob);
  g_autofree char *path = store_join (at->store, object);
  edit_file (path, "letter", "litter");
  g_autofree char *quick = verify (at->store, false);
  g_assert_cmpstr (quick, ==, "");
  assert_only_finds (at->store, true, "blob ");
  g_assert_false (put_text (at->store, "letter", &blob, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_FAILED);
}

static void
test_a_further_name_is_a_hard_link_and_may_be_given_twice (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  StoreBlob blob;
  struct stat st;
  (void)data;
  put_text (at->store, "abc", &blob, &error);
  for (int i = 0; i < 2; i++)
    {
      g_assert_true (store_blob_link (at->store, blob.sha256, "filed/2026/some letter.pdf", &error));
      g_assert_cmpint (fstatat (store_dir (at->store), "filed/2026/some letter.pdf", &st, 0), ==, 0);
      g_assert_cmpuint (st.st_nlink, ==, 2);
    }
}

static void
test_a_foreign_file_of_the_name_is_not_replaced (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  StoreBlob blob;
  (void)data;
  put_text (at->store, "abc", &blob, &error);
  g_autofree char *path = store_join (at->store, "filed/letter.pdf");
  append_to_file (path, "xyz"); /* of the same length */
  g_assert_false (store_blob_link (at->store, blob.sha256, "filed/letter.pdf", &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_EXISTS);
  g_clear_error (&error);
  edit_file (path, "xyz", "abc"); /* a copy made by hand is as good as the link */
  g_assert_true (store_blob_link (at->store, blob.sha256, "filed/letter.pdf", &error));
  g_assert_no_error (error);
}

static void
test_where_links_end_a_copy_is_made (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  StoreBlob blob;
  struct stat st;
  (void)data;
  const char *elsewhere = "/dev/shm";
  if (stat (elsewhere, &st) < 0 || access (elsewhere, W_OK) < 0)
    elsewhere = at->path; /* no second file system: the link itself is made */
  g_autofree char *other = g_build_filename (elsewhere, "docket-test-XXXXXX", NULL);
  g_assert_nonnull (g_mkdtemp (other));
  g_autofree char *name = store_join (at->store, "filed/other");
  g_assert_cmpint (symlink (other, name), ==, 0);
  put_text (at->store, "abc", &blob, &error);
  g_autofree char *stale = g_strdup_printf ("%s/.%.16s.tmp", other, blob.sha256);
  append_to_file (stale, "what a crash left");
  chmod (stale, 0444);
  for (int i = 0; i < 2; i++)
    g_assert_true (store_blob_link (at->store, blob.sha256, "filed/other/letter.pdf", &error));
  g_assert_no_error (error);
  g_autofree char *made = g_build_filename (other, "letter.pdf", NULL), *text = NULL;
  g_assert_cmpint (stat (made, &st), ==, 0);
  g_assert_cmpuint (st.st_mode & 07777, ==, 0444);
  g_file_get_contents (made, &text, NULL, NULL);
  g_assert_cmpstr (text, ==, "abc");
  g_assert_true (dk_remove_tree (AT_FDCWD, other, &error));
}

static void
test_the_sweep_takes_old_orphans_and_leaves_young_and_named_ones (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  StoreTaken taken;
  StoreBlob orphan;
  (void)data;
  take (at->store, 1, "named", &taken, &error);
  put_text (at->store, "orphan", &orphan, &error);
  g_autofree char *rest = store_join (at->store, "tmp/rest");
  append_to_file (rest, "of a crash");
  g_assert_true (store_blob_sweep (at->store, 3600, &error));
  g_autoptr (GBytes) still = store_blob_read (at->store, orphan.sha256, 100, &error);
  g_assert_nonnull (still);
  g_assert_true (g_file_test (rest, G_FILE_TEST_EXISTS));
  g_assert_true (store_blob_sweep (at->store, -10, &error));
  g_assert_no_error (error);
  g_assert_cmpint (store_blob_open (at->store, orphan.sha256, &error), ==, -1);
  g_assert_error (error, DK_ERROR, DK_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (rest, G_FILE_TEST_EXISTS));
  assert_clean (at->store);
}

static void
test_a_receipt_cannot_name_an_object_that_was_swept (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  StoreTaken taken;
  StoreArrival arrival = { .source = "ingest",
                           .name = "a",
                           .profile = "",
                           .channel = "",
                           .owner = "",
                           .zone = "UTC",
                           .received = 1,
                           .received_source = "today" };
  (void)data;
  put_text (at->store, "abc", &arrival.blob, &error);
  store_blob_sweep (at->store, -10, &error);
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "docketd", &error);
  g_assert_false (store_receipt_take (transaction, &arrival, &taken, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_STALE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  STORE_TEST ("/store/blob/once", test_the_same_bytes_are_kept_once_and_read_only);
  STORE_TEST ("/store/blob/limit", test_a_source_larger_than_the_limit_leaves_nothing);
  STORE_TEST ("/store/blob/damaged", test_a_damaged_object_is_found_and_never_taken_for_the_original);
  STORE_TEST ("/store/blob/link", test_a_further_name_is_a_hard_link_and_may_be_given_twice);
  STORE_TEST ("/store/blob/foreign", test_a_foreign_file_of_the_name_is_not_replaced);
  STORE_TEST ("/store/blob/copy", test_where_links_end_a_copy_is_made);
  STORE_TEST ("/store/blob/sweep", test_the_sweep_takes_old_orphans_and_leaves_young_and_named_ones);
  STORE_TEST ("/store/blob/swept", test_a_receipt_cannot_name_an_object_that_was_swept);
  return g_test_run ();
}
