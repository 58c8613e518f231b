/* tests/unit/index-fixture.h - an index of a test's own, and what a query finds in it. */
#pragma once
#include "base/clock.h"
#include "index/index.h"
#include "tests/unit/fixture.h"
#include <string.h>

typedef struct
{
  char *folder;
  Index *writer, *reader;
} Fixture;

static inline void
set_up (Fixture *f, gconstpointer data)
{
  (void)data;
  g_autoptr (GError) error = NULL;
  f->folder = fixture_folder ();
  f->writer = index_open_writer (f->folder, &error);
  g_assert_no_error (error);
}

static inline void
tear_down (Fixture *f, gconstpointer data)
{
  (void)data;
  index_free (f->reader);
  index_free (f->writer);
  fixture_remove_folder (f->folder);
}

static inline void
put (Fixture *f, const IndexPage *page)
{
  g_autoptr (GError) error = NULL;
  index_put (f->writer, page, &error);
  g_assert_no_error (error);
}

/* Page 1 of document @id with @text in @language, and nothing else. */
static inline void
put_text (Fixture *f, int64_t id, const char *language, const char *text)
{
  put (f, &(IndexPage){ .document = id, .page_no = 1, .text = text, .language = language, .received = DK_DAY_NONE });
}

static inline void
commit (Fixture *f)
{
  g_autoptr (GError) error = NULL;
  index_commit (f->writer, 1, &error);
  g_assert_no_error (error);
  index_free (f->reader);
  f->reader = index_open_reader (f->folder, &error);
  g_assert_no_error (error);
}

/* Documents 1, 2, 3 … of one page each, "en: its text", until NULL; committed. */
static inline void G_GNUC_NULL_TERMINATED
put_pages (Fixture *f, const char *page, ...)
{
  va_list rest;
  va_start (rest, page);
  for (int64_t id = 1; page != NULL; id++, page = va_arg (rest, const char *))
    {
      const char *colon = strstr (page, ": ");
      g_autofree char *language = g_strndup (page, (gsize)(colon - page));
      put_text (f, id, language, colon + 2);
    }
  va_end (rest);
  commit (f);
}

static inline IndexResult *
search (Fixture *f, const char *query)
{
  g_autoptr (GError) error = NULL;
  IndexResult *result = index_search (f->reader, query, 0, 20, &error);
  g_assert_no_error (error);
  return result;
}

/* The documents found, best first: "3 1". Owned by the caller. */
static inline char *
found (Fixture *f, const char *query)
{
  g_autoptr (IndexResult) result = search (f, query);
  GString *ids = g_string_new (NULL);
  for (guint i = 0; i < result->hits->len; i++)
    {
      const IndexHit *hit = g_ptr_array_index (result->hits, i);
      g_string_append_printf (ids, "%s%d", i == 0 ? "" : " ", (int)hit->document);
    }
  return g_string_free (ids, FALSE);
}

static inline void
expect_at (Fixture *f, const char *query, const char *expected, int line)
{
  g_autofree char *ids = found (f, query);
  if (strcmp (ids, expected) != 0)
    g_test_fail_printf ("line %d: %s finds [%s], not [%s]", line, query, ids, expected);
}
#define expect(f, query, expected) expect_at (f, query, expected, __LINE__)

/* The same whatever the order. */
static inline void
expect_count_at (Fixture *f, const char *query, unsigned expected, int line)
{
  g_autoptr (IndexResult) result = search (f, query);
  if (result->hits->len != expected || result->total != expected)
    g_test_fail_printf ("line %d: %s finds %u of %u pages, not %u", line, query, result->hits->len, result->total,
                        expected);
}
#define expect_count(f, query, expected) expect_count_at (f, query, expected, __LINE__)
