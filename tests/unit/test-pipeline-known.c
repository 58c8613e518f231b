/* Equal pages are read once. */
#include "pipeline/pages.h"
#include "store/audit.h"
#include "tests/unit/pipeline-fixture.h"
#include <unistd.h>

static char *
text_of (const Fixture *at, int64_t document, guint page)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pages = pipeline_pages (at->store, document, &error);
  g_assert_no_error (error);
  const RecordPage *record = pages->pdata[page - 1];
  g_assert_cmpuint (record->no, ==, page);
  return g_strdup (record->text);
}

/* The children of these documents are slow: what is looked up comes before what they read. */
static void
test_a_page_like_one_that_was_read_gets_its_record_under_its_own_number (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (StoreDocument) first = process (at, "sheet 3\nlamp 1\nslow\n");
  g_autoptr (StoreDocument) second = process (at, "sheet 3\nlamp 2\npages 2\nslow\n");
  g_assert_cmpstr (second->stage, ==, STORE_STAGE_REST);
  g_assert_cmpstr (second->outcome, ==, "ok");
  for (guint page = 1; page <= 2; page++)
    {
      g_autofree char *text = text_of (at, second->id, page);
      g_assert_cmpstr (text, ==, "lamp 1 never came\n");
    }
  int64_t recognised, equal;
  g_autoptr (GError) error = NULL;
  g_assert_true (store_pages_equal (at->store, &recognised, &equal, &error));
  g_assert_cmpint (recognised, ==, 3);
  g_assert_cmpint (equal, ==, 2);
  assert_clean (at->store);
}

static void
test_a_picture_is_looked_up_by_the_child_that_tells_what_it_is (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (StoreDocument) first = process (at, "picture\nsheet 3\nlamp 1\n");
  g_autoptr (StoreDocument) second = process (at, "picture\nsheet 3\nlamp 2\nslow\n");
  g_assert_cmpstr (second->stage, ==, STORE_STAGE_REST);
  g_assert_cmpstr (second->outcome, ==, "ok");
  g_assert_true (second->picture);
  g_autofree char *text = text_of (at, second->id, 1);
  g_assert_cmpstr (text, ==, "lamp 1 never came\n");
  assert_clean (at->store);
}

static void
test_other_pixels_are_read (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (StoreDocument) first = process (at, "sheet 3\nlamp 1\n");
  g_autoptr (StoreDocument) second = process (at, "sheet 4\nlamp 2\nslow\n");
  g_autofree char *text = text_of (at, second->id, 1);
  g_assert_cmpstr (text, ==, "lamp 2 never came\n");
}

static void
test_a_page_that_was_read_in_part_is_no_model_for_others (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (StoreDocument) first = process (at, "sheet 3\nlamp 1\ncut\n");
  g_assert_cmpstr (first->outcome, ==, "partial");
  g_autoptr (StoreDocument) second = process (at, "sheet 3\nlamp 2\nslow\n");
  g_autofree char *text = text_of (at, second->id, 1);
  g_assert_cmpstr (text, ==, "lamp 2 never came\n");
  g_assert_cmpstr (second->outcome, ==, "ok");
}

static void
test_a_record_that_is_lost_is_read_anew (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreDocument) first = process (at, "sheet 3\nlamp 1\n");
  g_auto (GStrv) blobs = store_page_blobs (at->store, first->id, &error);
  g_autofree char *path = store_blob_path (blobs[0]);
  g_autofree char *full = store_join (at->store, path);
  g_assert_cmpint (unlink (full), ==, 0);
  g_autoptr (StoreDocument) second = process (at, "sheet 3\nlamp 2\nslow\n");
  g_autofree char *text = text_of (at, second->id, 1);
  g_assert_cmpstr (text, ==, "lamp 2 never came\n");
}

static void
test_keys_of_pages_survive_a_rebuild (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreDocument) first = process (at, "sheet 3\nlamp 1\n");
  g_clear_pointer (&at->store, store_free);
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_assert_true (store_rebuild (at->path, problems, &error));
  g_assert_cmpuint (problems->len, ==, 0);
  reopen (at);
  g_autoptr (StoreDocument) second = process (at, "sheet 3\nlamp 2\nslow\n");
  g_autofree char *text = text_of (at, second->id, 1);
  g_assert_cmpstr (text, ==, "lamp 1 never came\n");
}

static void
add_tests (void)
{
  PIPELINE_TEST ("/pipeline/known/equal", test_a_page_like_one_that_was_read_gets_its_record_under_its_own_number);
  PIPELINE_TEST ("/pipeline/known/picture", test_a_picture_is_looked_up_by_the_child_that_tells_what_it_is);
  PIPELINE_TEST ("/pipeline/known/other", test_other_pixels_are_read);
  PIPELINE_TEST ("/pipeline/known/cut", test_a_page_that_was_read_in_part_is_no_model_for_others);
  PIPELINE_TEST ("/pipeline/known/lost", test_a_record_that_is_lost_is_read_anew);
  PIPELINE_TEST ("/pipeline/known/rebuild", test_keys_of_pages_survive_a_rebuild);
}

int
main (int argc, char **argv)
{
  return pipeline_tests (argc, argv, add_tests);
}
