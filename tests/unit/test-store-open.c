#include "store/versions.h"
#include "tests/unit/store-fixture.h"
#include <sys/wait.h>

static void
expect_no_store (const Fixture *at, DkErrorCode code)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (store_open (at->path, STORE_DURABLE, &error));
  g_assert_error (error, DK_ERROR, (gint)code);
}

static void
test_a_newer_catalogue_is_refused (Fixture *at, gconstpointer data)
{
  (void)data;
  tamper (at->store, "PRAGMA user_version = 99");
  g_clear_pointer (&at->store, store_free);
  expect_no_store (at, DK_ERROR_FAILED);
}

static void
test_a_newer_catalogue_is_not_made_anew (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  (void)data;
  tamper (at->store, "PRAGMA user_version = 99");
  g_clear_pointer (&at->store, store_free);
  g_assert_false (store_rebuild (at->path, problems, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_FAILED);
  expect_no_store (at, DK_ERROR_FAILED);
}

/* The tables of version 1 are those of today. */
static void
test_a_store_of_version_1_is_brought_up_with_a_copy_beside (Fixture *at, gconstpointer data)
{
  g_autofree char *copy = g_build_filename (at->path, "docket.db.v1", NULL);
  (void)data;
  tamper (at->store, "PRAGMA user_version = 1");
  g_autofree char *before = dump (at->store);
  reopen (at);
  g_autofree char *after = dump (at->store);
  g_assert_cmpint (count (at->store, "PRAGMA user_version"), ==, SCHEMA_VERSION);
  g_assert_cmpstr (after, ==, before);
  g_assert_true (g_file_test (copy, G_FILE_TEST_IS_REGULAR));
  assert_clean (at->store);
}

static void
test_a_store_is_not_brought_up_under_an_older_docketd (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  tamper (at->store, "PRAGMA user_version = 1");
  g_assert_true (store_lock_pipeline (at->store, &error));
  expect_no_store (at, DK_ERROR_BUSY);
  g_assert_cmpint (count (at->store, "PRAGMA user_version"), ==, 1);
}

static void
test_a_folder_without_a_catalogue_is_no_store (Fixture *at, gconstpointer data)
{
  (void)data;
  expect_no_store (at, DK_ERROR_NOT_FOUND);
}

static void
test_a_file_that_is_no_database_is_refused (Fixture *at, gconstpointer data)
{
  g_autofree char *path = g_build_filename (at->path, "docket.db", NULL);
  (void)data;
  append_to_file (path, "This is a letter and no database, however long it may be; and it is longer than a header.\n");
  expect_no_store (at, DK_ERROR_FAILED);
}

static void
test_a_store_is_not_made_twice (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  g_assert_false (store_create (at->path, STORE_DURABLE, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_EXISTS);
  g_clear_error (&error);
  g_clear_pointer (&at->store, store_free);
  g_autofree char *path = g_build_filename (at->path, "docket.db", NULL);
  unlink (path);
  g_assert_false (store_create (at->path, STORE_DURABLE, &error)); /* it would part with its ledger */
  g_assert_error (error, DK_ERROR, DK_ERROR_EXISTS);
}

static void
test_a_store_half_made_is_finished_by_making_it_again (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (at->path, "docket.db", NULL);
  (void)data;
  append_to_file (path, "");
  expect_no_store (at, DK_ERROR_NOT_FOUND);
  g_assert_true (store_create (at->path, STORE_DURABLE, &error));
  reopen (at);
  assert_clean (at->store);
}

static void
test_the_pipeline_has_one_holder (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  g_autoptr (Store) other = store_open (at->path, STORE_DURABLE, &error);
  g_assert_false (store_pipeline_is_locked (other));
  g_assert_true (store_lock_pipeline (at->store, &error));
  g_assert_true (store_pipeline_is_locked (other));
  g_assert_false (store_lock_pipeline (other, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_BUSY);
  g_clear_error (&error);
  g_clear_pointer (&at->store, store_free);
  g_assert_true (store_lock_pipeline (other, &error));
}

static void
test_a_snapshot_does_not_see_what_others_write (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  StoreTaken taken;
  (void)data;
  g_autoptr (Store) reader = store_open (at->path, STORE_DURABLE, &error);
  g_assert_true (store_snapshot_begin (reader, &error));
  take (at->store, 1, "letter", &taken, &error);
  g_assert_cmpint (count (reader, "SELECT count(*) FROM receipt"), ==, 0);
  store_snapshot_end (reader);
  g_assert_cmpint (count (reader, "SELECT count(*) FROM receipt"), ==, 1);
}

static void
test_what_is_rolled_back_did_not_happen (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  StoreTaken taken;
  (void)data;
  take (at->store, 1, "letter", &taken, &error);
  g_autofree char *before = dump (at->store);
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "docketd", &error);
  g_assert_true (identify (transaction, 1, 2, &error));
  g_clear_pointer (&transaction, store_rollback);
  g_autofree char *after = dump (at->store);
  g_assert_cmpstr (after, ==, before);
  assert_clean (at->store);
}

static int
write_entries (const char *path, int n)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Store) store = store_open (path, STORE_DURABLE, &error);
  for (int i = 0; store != NULL && i < n; i++)
    {
      g_autoptr (StoreTransaction) transaction = store_begin (store, "docketd", &error);
      if (transaction == NULL
          || !ledger_append (transaction, ACTIVITY_STORE_CREATED, json_pack ("{s:i}", "i", i), NULL, NULL, &error)
          || !store_commit (g_steal_pointer (&transaction), &error))
        break;
    }
  if (error != NULL)
    g_printerr ("%s\n", error->message);
  return error == NULL ? 0 : 1;
}

static void
test_two_programs_write_at_the_same_time (Fixture *at, gconstpointer data)
{
  pid_t pids[2];
  int status;
  (void)data;
  g_clear_pointer (&at->store, store_free);
  for (gsize i = 0; i < G_N_ELEMENTS (pids); i++)
    if ((pids[i] = fork ()) == 0)
      _exit (write_entries (at->path, 200));
  for (gsize i = 0; i < G_N_ELEMENTS (pids); i++)
    {
      g_assert_cmpint (waitpid (pids[i], &status, 0), ==, pids[i]);
      g_assert_cmpint (status, ==, 0);
    }
  reopen (at);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM ledger"), ==, 401);
  g_assert_cmpint (count (at->store, "SELECT max(seq) FROM ledger"), ==, 401);
  assert_clean (at->store);
}

static void
test_a_configuration_is_a_version_once (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *yaml = g_build_filename (at->path, "docket.yaml", NULL);
  int64_t id;
  (void)data;
  append_to_file (yaml, "entity: Exemplar SA\n");
  g_autoptr (Config) first = config_read (at->path, &error), later = NULL, current = NULL;
  for (int i = 0; i < 2; i++)
    {
      g_assert_true (store_config_adopt (at->store, first, &id, &error));
      g_assert_cmpint (id, ==, 1);
    }
  edit_file (yaml, "Exemplar", "Exemplum");
  later = config_read (at->path, &error);
  g_assert_true (store_config_adopt (at->store, later, &id, &error));
  g_assert_cmpint (id, ==, 2);
  g_assert_true (store_config_current (at->store, &id, &current, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (config_digest (current), ==, config_digest (later));
  assert_clean (at->store);
}

static void
set_up_folder (Fixture *at, gconstpointer data)
{
  (void)data;
  at->path = fixture_folder ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define FOLDER_TEST(path, function) g_test_add (path, Fixture, NULL, set_up_folder, function, tear_down)
  STORE_TEST ("/store/open/newer", test_a_newer_catalogue_is_refused);
  STORE_TEST ("/store/open/newer-rebuild", test_a_newer_catalogue_is_not_made_anew);
  STORE_TEST ("/store/open/older", test_a_store_of_version_1_is_brought_up_with_a_copy_beside);
  STORE_TEST ("/store/open/older-works", test_a_store_is_not_brought_up_under_an_older_docketd);
  FOLDER_TEST ("/store/open/none", test_a_folder_without_a_catalogue_is_no_store);
  FOLDER_TEST ("/store/open/no-database", test_a_file_that_is_no_database_is_refused);
  STORE_TEST ("/store/open/twice", test_a_store_is_not_made_twice);
  FOLDER_TEST ("/store/open/half", test_a_store_half_made_is_finished_by_making_it_again);
  STORE_TEST ("/store/open/lock", test_the_pipeline_has_one_holder);
  STORE_TEST ("/store/open/snapshot", test_a_snapshot_does_not_see_what_others_write);
  STORE_TEST ("/store/open/rollback", test_what_is_rolled_back_did_not_happen);
  STORE_TEST ("/store/open/writers", test_two_programs_write_at_the_same_time);
  STORE_TEST ("/store/open/config", test_a_configuration_is_a_version_once);
  return g_test_run ();
}
