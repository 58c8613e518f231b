/* What a start puts in order: names in filed/ and quarantine/, the index, the configuration. */
#include "pipeline/adopt.h"
#include "tests/unit/pipeline-fixture.h"
#include <unistd.h>

static char *
below (const Fixture *at, const char *path)
{
  return g_build_filename (at->path, path, NULL);
}

static char *
filed (const Fixture *at, const StoreDocument *document)
{
  return g_build_filename (at->path, "filed", document->folder, document->name, NULL);
}

static void
test_a_name_that_was_lost_comes_back (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (StoreDocument) document = process (at, "pages 1\n");
  g_autofree char *path = filed (at, document);
  g_assert_cmpint (unlink (path), ==, 0);
  g_autoptr (Pipeline) pipeline = open_pipeline (at);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

static void
test_a_name_too_many_goes_and_a_file_of_somebody_stays (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (StoreDocument) document = process (at, "pages 1\n");
  g_autofree char *path = filed (at, document);
  g_autofree char *second = below (at, "filed/an older name.tif");
  g_autofree char *foreign = below (at, "filed/notes.txt");
  g_assert_cmpint (link (path, second), ==, 0);
  write_setting (at, "filed/notes.txt", "mine\n");
  g_autoptr (Pipeline) pipeline = open_pipeline (at);
  g_assert_false (g_file_test (second, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (foreign, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
test_quarantine_is_made_to_say_what_the_catalogue_says (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (StoreDocument) refused = process (at, "refuse\n");
  g_autoptr (StoreDocument) fine = process (at, "pages 1\n");
  g_autofree char *reason = store_quarantine_path (refused->id, "lettre à lire.pdf");
  g_autofree char *reason_path = g_strconcat (at->path, "/", reason, ".reason.txt", NULL);
  g_autofree char *stray = store_quarantine_path (fine->id, "lettre à lire.pdf");
  g_autofree char *stray_path = below (at, stray);
  g_autofree char *path = filed (at, fine);
  g_assert_cmpint (unlink (reason_path), ==, 0);
  g_assert_cmpint (link (path, stray_path), ==, 0); /* a crash between link and row, and another try went well */
  g_autoptr (Pipeline) pipeline = open_pipeline (at);
  g_assert_true (g_file_test (reason_path, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (stray_path, G_FILE_TEST_EXISTS));
}

static void
test_an_index_that_was_deleted_is_made_anew (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int64_t documents = 0, pages = 0;
  (void)data;
  g_autoptr (StoreDocument) document = process (at, "pages 3\n");
  g_assert_true (dk_remove_tree (store_dir (at->store), "index", &error));
  g_autoptr (Pipeline) pipeline = open_pipeline (at);
  run_to_rest (pipeline, NULL, NULL);
  g_assert_true (index_count (pipeline->index, &documents, &pages, &error));
  g_assert_cmpint (documents, ==, 1);
  g_assert_cmpint (pages, ==, 3);
}

/* As when it is time to look at the files; the version that is in force then. */
static int64_t
look_at_files (Pipeline *pipeline)
{
  g_autoptr (GError) error = NULL;
  pipeline->config_at_us = 0;
  g_assert_true (pipeline_follow_config (pipeline, &error));
  g_assert_no_error (error);
  return pipeline->config_id;
}

static void
test_changed_settings_become_the_next_version (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (Pipeline) pipeline = open_pipeline (at);
  g_assert_cmpint (look_at_files (pipeline), ==, 1);
  write_setting (at, "docket.yaml", "country: FR\n");
  g_assert_cmpint (look_at_files (pipeline), ==, 2);
  g_assert_cmpstr (pipeline_settings (pipeline)->policy, ==, "FR-ACPR");
  g_assert_cmpint (look_at_files (pipeline), ==, 2);
}

static void
test_wrong_settings_leave_the_version_in_force (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (Pipeline) pipeline = open_pipeline (at);
  write_setting (at, "docket.yaml", "country: ES\npolicy: ES-NONE\n");
  g_assert_cmpint (look_at_files (pipeline), ==, 1);
  g_assert_cmpstr (pipeline_settings (pipeline)->policy, ==, "ES-LEY10-2025");
}

static void
test_a_start_with_wrong_settings_works_with_the_last_valid_ones (Fixture *at, gconstpointer data)
{
  (void)data;
  Pipeline *first = open_pipeline (at);
  pipeline_free (first);
  reopen (at);
  write_setting (at, "docket.yaml", "country: [\n");
  g_autoptr (Pipeline) second = open_pipeline (at);
  g_assert_cmpint (second->config_id, ==, 1);
  g_assert_cmpstr (pipeline_settings (second)->country, ==, "ES");
}

static void
test_a_start_without_any_valid_settings_names_the_place (Fixture *at, gconstpointer data)
{
  static const PipelineOptions options = { .jobs = 1, .worker = "/proc/self/exe" };
  g_autoptr (GError) error = NULL;
  (void)data;
  write_setting (at, "docket.yaml", "country: ES\npolicy: ES-NONE\n");
  g_assert_null (pipeline_open (at->store, &options, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_CONFIG);
  g_assert_true (g_str_has_prefix (error->message, "docket.yaml:2:9: "));
}

static void
add_tests (void)
{
#define TEST(name) PIPELINE_TEST ("/pipeline/start/" #name, test_##name)
  TEST (a_name_that_was_lost_comes_back);
  TEST (a_name_too_many_goes_and_a_file_of_somebody_stays);
  TEST (quarantine_is_made_to_say_what_the_catalogue_says);
  TEST (an_index_that_was_deleted_is_made_anew);
  TEST (changed_settings_become_the_next_version);
  TEST (wrong_settings_leave_the_version_in_force);
  TEST (a_start_with_wrong_settings_works_with_the_last_valid_ones);
  TEST (a_start_without_any_valid_settings_names_the_place);
}

int
main (int argc, char **argv)
{
  return pipeline_tests (argc, argv, add_tests);
}
