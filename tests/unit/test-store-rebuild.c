#include "tests/unit/store-fixture.h"

/* The catalogue is deleted and made anew; @n_problems are told of the ledger's files. */
static void
rebuild (Fixture *at, unsigned n_problems)
{
  static const char *const files[] = { "docket.db", "docket.db-wal", "docket.db-shm" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_clear_pointer (&at->store, store_free);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (at->path, files[i], NULL);
      unlink (path);
    }
  store_rebuild (at->path, problems, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (problems->len, ==, n_problems);
  reopen (at);
}

static void
fill (Fixture *at)
{
  g_autoptr (GError) error = NULL;
  StoreTaken taken;
  settle (at->store, 1, "letter");
  take (at->store, 2, "letter", &taken, &error);
  settle (at->store, 3, "another letter");
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "user:eva", &error);
  store_decision_correct (transaction, 1, "kind", "question", "file", &error);
  store_commit (g_steal_pointer (&transaction), &error);
  take (at->store, 4, "on its way", &taken, &error);
  g_assert_no_error (error);
}

static void
test_a_deleted_catalogue_comes_back_the_same (Fixture *at, gconstpointer data)
{
  (void)data;
  fill (at);
  g_autofree char *before = dump (at->store);
  rebuild (at, 0);
  g_autofree char *after = dump (at->store);
  g_assert_cmpstr (after, ==, before);
  assert_clean (at->store);
}

static void
test_work_goes_on_after_a_rebuild_and_another (Fixture *at, gconstpointer data)
{
  (void)data;
  fill (at);
  for (int i = 0; i < 3; i++)
    {
      rebuild (at, 0);
      g_autofree char *text = g_strdup_printf ("after rebuild %d", i);
      g_assert_cmpint (settle (at->store, 10 + i, text), ==, 4 + i);
      assert_clean (at->store);
    }
  g_autofree char *before = dump (at->store);
  rebuild (at, 0);
  g_autofree char *after = dump (at->store);
  g_assert_cmpstr (after, ==, before);
}

static void
test_an_uncommitted_tail_does_not_come_back (Fixture *at, gconstpointer data)
{
  static const char *const tails[]
      = { "{\"seq\":", "{\"seq\":999,\"time_us\":1,\"actor\":\"x\",\"activity\":\"a\",\"version\":1,"
                       "\"payload\":\"{}\",\"personal_digest\":\"\",\"hash\":\"0\"}\n" };
  (void)data;
  fill (at);
  for (gsize i = 0; i < G_N_ELEMENTS (tails); i++)
    {
      g_autofree char *log = ledger_path (at, ".log"), *personal = ledger_path (at, ".personal");
      g_autofree char *before = dump (at->store);
      append_to_file (log, tails[i]);
      append_to_file (personal, "{\"seq\":999,\"salt\":\"0\"");
      rebuild (at, 0);
      g_autofree char *after = dump (at->store);
      g_assert_cmpstr (after, ==, before);
      assert_clean (at->store);
      g_autofree char *text = g_strdup_printf ("after tail %d", (int)i);
      settle (at->store, 20 + (int64_t)i, text);
      assert_clean (at->store);
    }
}

static void
test_an_existing_catalogue_is_kept_beside_the_new_one (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  (void)data;
  fill (at);
  tamper (at->store, "UPDATE document SET kind = 'spoilt'");
  g_assert_true (store_rebuild (at->path, problems, &error)); /* another handle is open all the while */
  g_assert_null (store_begin (at->store, "docketd", &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_STALE);
  reopen (at);
  assert_clean (at->store);
  settle (at->store, 30, "afterwards");
  assert_clean (at->store);
  g_autofree char *old = g_build_filename (at->path, "docket.db.old", NULL);
  g_assert_true (g_file_test (old, G_FILE_TEST_IS_REGULAR));
}

static void
test_a_damaged_entry_is_told_and_what_is_readable_comes_back (Fixture *at, gconstpointer data)
{
  (void)data;
  fill (at);
  g_autofree char *log = ledger_path (at, ".log");
  edit_file (log, "\\\"owner\\\":\\\"\\\"", "\\\"owner\\\":\\\"x\\\"");
  rebuild (at, 1);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM document"), ==, 3);
}

static void
test_erased_persons_stay_erased_and_codes_stay (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  settle (at->store, 1, "letter");
  g_autofree char *personal = ledger_path (at, ".personal"), *text = NULL;
  gsize length;
  g_file_get_contents (personal, &text, &length, &error);
  for (char *line = text; *line != '\0'; line += strcspn (line, "\n") + 1)
    memset (line, ' ', strcspn (line, "\n"));
  g_assert_true (g_file_set_contents (personal, text, (gssize)length, &error));
  rebuild (at, 0);
  g_autoptr (StoreDocument) document = store_document_load (at->store, 1, &error);
  g_assert_cmpstr (document->kind, ==, "complaint");
  g_assert_cmpstr (document->language, ==, "fr");
  g_assert_null (document->name);
  assert_clean (at->store);
}

static void
test_a_store_at_work_is_not_rebuilt (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  (void)data;
  store_lock_pipeline (at->store, &error);
  g_assert_false (store_rebuild (at->path, problems, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_BUSY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  STORE_TEST ("/store/rebuild/same", test_a_deleted_catalogue_comes_back_the_same);
  STORE_TEST ("/store/rebuild/on", test_work_goes_on_after_a_rebuild_and_another);
  STORE_TEST ("/store/rebuild/tail", test_an_uncommitted_tail_does_not_come_back);
  STORE_TEST ("/store/rebuild/beside", test_an_existing_catalogue_is_kept_beside_the_new_one);
  STORE_TEST ("/store/rebuild/damaged", test_a_damaged_entry_is_told_and_what_is_readable_comes_back);
  STORE_TEST ("/store/rebuild/erased", test_erased_persons_stay_erased_and_codes_stay);
  STORE_TEST ("/store/rebuild/busy", test_a_store_at_work_is_not_rebuilt);
  return g_test_run ();
}
