#include "base/clock.h"
#include "base/file.h"
#include "index/hook.h"
#include "index/index.h"
#include "tests/unit/fixture.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>

typedef struct
{
  char *folder, *path;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  (void)data;
  f->folder = fixture_folder ();
  f->path = g_build_filename (f->folder, "index", NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  (void)data;
  g_free (f->path);
  fixture_remove_folder (f->folder);
}

static Index *
open_writer (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  Index *index = index_open_writer (f->path, &error);
  g_assert_no_error (error);
  return index;
}

static Index *
open_reader (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  Index *index = index_open_reader (f->path, &error);
  g_assert_no_error (error);
  return index;
}

static void
put (Index *index, int64_t document, int64_t page_no, const char *text)
{
  g_autoptr (GError) error = NULL;
  index_put (index,
             &(IndexPage){ .document = document,
                           .page_no = page_no,
                           .text = text,
                           .language = "en",
                           .number = "D-2026-000001-42/1",
                           .received = dk_day (2026, 3, 14) },
             &error);
  g_assert_no_error (error);
}

static void
commit (Index *index, int64_t seq)
{
  g_autoptr (GError) error = NULL;
  index_commit (index, seq, &error);
  g_assert_no_error (error);
}

static unsigned
hits (Index *index, const char *query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (IndexResult) result = index_search (index, query, 0, 10, &error);
  g_assert_no_error (error);
  return result->total;
}

static void
expect_counts (Index *index, int64_t documents, int64_t pages)
{
  g_autoptr (GError) error = NULL;
  int64_t d = -1, p = -1;
  index_count (index, &d, &p, &error);
  g_assert_no_error (error);
  g_assert_cmpint (d, ==, documents);
  g_assert_cmpint (p, ==, pages);
}

static void
test_putting_a_page_again_changes_nothing (Fixture *f, gconstpointer data)
{
  (void)data;
  g_autoptr (Index) writer = open_writer (f);
  for (int i = 0; i < 3; i++)
    {
      put (writer, 7, 1, "first page");
      put (writer, 7, 2, "second page");
      put (writer, 70, 1, "another");
      commit (writer, 5);
    }
  g_autoptr (Index) reader = open_reader (f);
  expect_counts (reader, 2, 3);
  g_assert_cmpuint (hits (reader, "page"), ==, 2);
  put (writer, 7, 2, "corrected leaf");
  commit (writer, 6);
  g_assert_cmpuint (hits (reader, "page"), ==, 1);
  g_assert_cmpuint (hits (reader, "leaf"), ==, 1);
}

static void
test_removed_document_loses_all_its_pages_and_no_other (Fixture *f, gconstpointer data)
{
  (void)data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Index) writer = open_writer (f);
  put (writer, 7, 1, "first");
  put (writer, 7, 2, "second");
  put (writer, 70, 1, "another");
  commit (writer, 1);
  index_remove (writer, 7, &error);
  g_assert_no_error (error);
  index_remove (writer, 99, &error);
  g_assert_no_error (error);
  commit (writer, 2);
  g_autoptr (Index) reader = open_reader (f);
  expect_counts (reader, 1, 1);
  g_assert_cmpuint (hits (reader, "first"), ==, 0);
  g_assert_cmpuint (hits (reader, "another"), ==, 1);
}

static void
test_index_knows_which_documents_it_has_whole (Fixture *f, gconstpointer data)
{
  (void)data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Index) writer = open_writer (f);
  put (writer, 100, 1, "a");
  put (writer, 9, 1, "b");
  put (writer, 9, 3, "c");
  commit (writer, 1);
  g_autoptr (Index) reader = open_reader (f);
  g_assert_true (index_has (reader, 100, 1, &error));
  g_assert_true (index_has (reader, 9, 1, &error));
  g_assert_false (index_has (reader, 9, 3, &error));
  g_assert_false (index_has (reader, 1, 1, &error));
  g_assert_no_error (error);
  g_autoptr (GArray) ids = index_documents (reader, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ids->len, ==, 2);
  g_assert_cmpint (g_array_index (ids, gint64, 0), ==, 9);
  g_assert_cmpint (g_array_index (ids, gint64, 1), ==, 100);
}

static void
test_new_index_is_empty (Fixture *f, gconstpointer data)
{
  (void)data;
  g_autoptr (Index) writer = open_writer (f);
  commit (writer, 0);
  g_autoptr (Index) reader = open_reader (f);
  g_autoptr (GArray) ids = index_documents (reader, NULL);
  g_assert_cmpuint (ids->len, ==, 0);
  g_assert_cmpint (index_seq (reader), ==, 0);
  expect_counts (reader, 0, 0);
  g_assert_cmpuint (hits (reader, "word"), ==, 0);
}

static void
test_sequence_is_that_of_the_last_commit (Fixture *f, gconstpointer data)
{
  (void)data;
  g_autoptr (Index) writer = open_writer (f);
  g_assert_cmpint (index_seq (writer), ==, 0);
  commit (writer, 41);
  g_autoptr (Index) reader = open_reader (f);
  g_assert_cmpint (index_seq (reader), ==, 41);
  commit (writer, INT64_C (5000000000));
  g_assert_cmpint (index_seq (reader), ==, INT64_C (5000000000));
}

static void
test_what_was_not_committed_is_dropped (Fixture *f, gconstpointer data)
{
  (void)data;
  Index *writer = open_writer (f);
  put (writer, 1, 1, "kept");
  commit (writer, 1);
  put (writer, 2, 1, "dropped");
  g_autoptr (Index) reader = open_reader (f);
  g_assert_cmpuint (hits (reader, "dropped"), ==, 0);
  index_free (writer);
  g_assert_cmpuint (hits (reader, "dropped"), ==, 0);
  g_assert_cmpuint (hits (reader, "kept"), ==, 1);
}

static void
test_killed_writer_leaves_the_last_commit (Fixture *f, gconstpointer data)
{
  (void)data;
  pid_t child = fork ();
  if (child == 0)
    {
      Index *writer = open_writer (f);
      put (writer, 1, 1, "kept");
      commit (writer, 1);
      for (int i = 2; i < 300; i++)
        put (writer, i, 1, "dropped");
      kill (getpid (), SIGKILL);
    }
  waitpid (child, NULL, 0);
  g_autoptr (Index) writer = open_writer (f);
  put (writer, 2, 1, "later");
  commit (writer, 2);
  g_autoptr (Index) reader = open_reader (f);
  expect_counts (reader, 2, 2);
  g_assert_cmpuint (hits (reader, "dropped"), ==, 0);
}

static void
test_second_writer_is_told_that_it_is_locked (Fixture *f, gconstpointer data)
{
  (void)data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Index) writer = open_writer (f);
  commit (writer, 1);
  g_autoptr (Index) second = index_open_writer (f->path, &error);
  g_assert_null (second);
  g_assert_error (error, INDEX_ERROR, INDEX_ERROR_LOCKED);
}

static void
test_reader_of_no_index_is_told_so (Fixture *f, gconstpointer data)
{
  (void)data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Index) reader = index_open_reader (f->path, &error);
  g_assert_null (reader);
  g_assert_error (error, INDEX_ERROR, INDEX_ERROR_MISSING);
}

static void
test_reader_notices_that_the_index_was_deleted_and_made_anew (Fixture *f, gconstpointer data)
{
  (void)data;
  g_autoptr (GError) error = NULL;
  Index *writer = open_writer (f);
  put (writer, 1, 1, "old");
  commit (writer, 1);
  g_autoptr (Index) reader = open_reader (f);
  g_assert_cmpuint (hits (reader, "old"), ==, 1);
  index_free (writer);
  g_assert_true (dk_remove_tree (AT_FDCWD, f->path, NULL));
  g_autoptr (IndexResult) none = index_search (reader, "old", 0, 10, &error);
  g_assert_null (none);
  g_assert_error (error, INDEX_ERROR, INDEX_ERROR_MISSING);
  writer = open_writer (f);
  put (writer, 1, 1, "new");
  commit (writer, 1);
  g_assert_cmpuint (hits (reader, "new"), ==, 1);
  g_assert_cmpuint (hits (reader, "old"), ==, 0);
  index_free (writer);
}

/* Overwrites @name from byte @from to its end with @byte, or cuts it there. */
static void
damage (Fixture *f, const char *name, off_t from, int byte)
{
  g_autofree char *file = g_build_filename (f->path, name, NULL);
  autofd fd = open (file, O_RDWR | O_CLOEXEC);
  struct stat at;
  g_assert_cmpint (fstat (fd, &at), ==, 0);
  if (byte < 0)
    {
      g_assert_cmpint (ftruncate (fd, from), ==, 0);
      return;
    }
  g_autofree char *junk = g_strnfill ((gsize)(at.st_size - from), (char)byte);
  g_assert_cmpint (pwrite (fd, junk, (size_t)(at.st_size - from), from), ==, at.st_size - from);
}

static void
expect_damaged (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Index) reader = index_open_reader (f->path, &error);
  g_autoptr (IndexResult) result = reader == NULL ? NULL : index_search (reader, "word", 0, 10, &error);
  g_assert_null (result);
  g_assert_error (error, INDEX_ERROR, INDEX_ERROR_DAMAGED);
}

static void
test_damaged_index_is_told_from_a_missing_one (Fixture *f, gconstpointer data)
{
  (void)data;
  const struct
  {
    const char *file;
    off_t from;
    int byte;
  } cases[] = { { "iamglass", 0, -1 },       { "iamglass", 0, 'x' },       { "iamglass", 10, -1 },
                { "postlist.glass", 0, -1 }, { "postlist.glass", 0, 'x' }, { "docdata.glass", 0, -1 },
                { "docdata.glass", 0, 'x' } };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Index *writer = open_writer (f);
      for (int page = 1; page < 200; page++)
        put (writer, 1, page, "word of many");
      commit (writer, 1);
      index_free (writer);
      damage (f, cases[i].file, cases[i].from, cases[i].byte);
      expect_damaged (f);
      g_assert_true (dk_remove_tree (AT_FDCWD, f->path, NULL));
    }
}

static void
test_writer_of_a_damaged_index_is_told_so (Fixture *f, gconstpointer data)
{
  (void)data;
  g_autoptr (GError) error = NULL;
  Index *writer = open_writer (f);
  put (writer, 1, 1, "word");
  commit (writer, 1);
  index_free (writer);
  damage (f, "iamglass", 0, 'x');
  g_autoptr (Index) again = index_open_writer (f->path, &error);
  g_assert_null (again);
  g_assert_error (error, INDEX_ERROR, INDEX_ERROR_DAMAGED);
}

static void
test_reader_beside_a_busy_writer_always_answers (Fixture *f, gconstpointer data)
{
  (void)data;
  Index *writer = open_writer (f);
  for (int i = 1; i <= 300; i++)
    put (writer, i, 1, "a word that is on every page of this index");
  commit (writer, 1);
  index_free (writer);
  pid_t child = fork ();
  if (child == 0)
    {
      writer = open_writer (f);
      for (int round = 2; round < 60; round++)
        {
          for (int i = 1; i <= 20; i++)
            put (writer, i, 1, "a word that is on every page of this index");
          commit (writer, round);
        }
      index_free (writer);
      _exit (0);
    }
  g_autoptr (Index) reader = open_reader (f);
  unsigned searches = 0;
  for (; waitpid (child, NULL, WNOHANG) == 0; searches++)
    {
      g_assert_cmpuint (hits (reader, "word page"), ==, 300);
      expect_counts (reader, 300, 300);
    }
  g_assert_cmpint (index_seq (reader), ==, 59);
  g_assert_cmpuint (searches, >, 1);
}

#ifdef DK_TEST_HOOKS
static Index *overtaking;
static int to_overtake;

/* Two commits free the blocks of the one that the reader has opened, and use them again. */
static void
overtake (void)
{
  if (to_overtake-- <= 0)
    return;
  for (int round = 0; round < 3; round++)
    {
      for (int i = 1; i <= 300; i++)
        put (overtaking, i, 1, to_overtake % 2 == 0 ? "a word of the even round" : "a word of the odd round");
      commit (overtaking, 100 - to_overtake);
    }
}

static void
test_reader_overtaken_again_and_again_answers_from_the_last_commit (Fixture *f, gconstpointer data)
{
  (void)data;
  overtaking = open_writer (f);
  for (int i = 1; i <= 300; i++)
    put (overtaking, i, 1, "a word of the odd round");
  commit (overtaking, 1);
  g_autoptr (Index) reader = open_reader (f);
  to_overtake = 4;
  index_hook_before_read = overtake;
  g_assert_cmpuint (hits (reader, "word round"), ==, 300);
  g_assert_cmpint (to_overtake, <, 2); /* it was overtaken at least twice */
  index_hook_before_read = NULL;
  index_free (overtaking);
}
#endif

static void
test_reader_cannot_change_anything (Fixture *f, gconstpointer data)
{
  (void)data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Index) writer = open_writer (f);
  commit (writer, 1);
  g_autoptr (Index) reader = open_reader (f);
  g_assert_false (index_remove (reader, 1, &error));
  g_assert_error (error, INDEX_ERROR, INDEX_ERROR_FAILED);
}

#define add(name) g_test_add ("/index/store/" #name, Fixture, NULL, set_up, test_##name, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add (putting_a_page_again_changes_nothing);
  add (removed_document_loses_all_its_pages_and_no_other);
  add (index_knows_which_documents_it_has_whole);
  add (new_index_is_empty);
  add (sequence_is_that_of_the_last_commit);
  add (what_was_not_committed_is_dropped);
  add (killed_writer_leaves_the_last_commit);
  add (second_writer_is_told_that_it_is_locked);
  add (reader_of_no_index_is_told_so);
  add (reader_notices_that_the_index_was_deleted_and_made_anew);
  add (damaged_index_is_told_from_a_missing_one);
  add (writer_of_a_damaged_index_is_told_so);
  add (reader_beside_a_busy_writer_always_answers);
#ifdef DK_TEST_HOOKS
  add (reader_overtaken_again_and_again_answers_from_the_last_commit);
#endif
  add (reader_cannot_change_anything);
  return g_test_run ();
}
