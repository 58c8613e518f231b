/* tests/unit/classify_letters.h - what the tests of classify share: letters as page records, and the shipped
 * configuration. */
#pragma once
#include "classify/classify.h"
#include <string.h>

/* Prepares classify with the configuration in conf/, once. */
static inline void
letters_warm_up (void)
{
  static bool done;
  g_autoptr (GError) error = NULL;
  if (done)
    return;
  g_autoptr (Config) config = config_read ("conf", &error);
  g_assert_no_error (error);
  g_assert_true (classify_warm_up (config, NULL, &error));
  g_assert_no_error (error);
  done = true;
}

/* A document of one page without boxes. */
static inline GPtrArray *
letter_pages (const char *text)
{
  GPtrArray *pages = g_ptr_array_new_with_free_func ((GDestroyNotify)record_page_free);
  RecordPage *page = record_page_new (1);
  page->origin = RECORD_ORIGIN_EMBEDDED;
  g_free (page->text);
  page->text = g_strdup (text);
  g_ptr_array_add (pages, page);
  return pages;
}

/* The first finding @name about the letter @text; NULL when there is none. */
static inline RecordFinding *
letter_finding (const char *text, const char *name)
{
  letters_warm_up ();
  g_autoptr (GPtrArray) pages = letter_pages (text);
  g_autoptr (GPtrArray) findings = classify_pages (pages, dk_day (2026, 3, 14));
  for (guint i = 0; i < findings->len; i++)
    if (g_str_equal (((RecordFinding *)findings->pdata[i])->name, name))
      return g_ptr_array_steal_index (findings, i);
  return NULL;
}

static inline void
letter_is (const char *text, const char *name, const char *value)
{
  g_autoptr (RecordFinding) finding = letter_finding (text, name);
  g_assert_nonnull (finding);
  if (!g_str_equal (finding->value, value))
    g_error ("%s is %s (%.2f), not %s: %s", name, finding->value, finding->confidence, value, text);
}
