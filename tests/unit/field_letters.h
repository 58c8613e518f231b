/* tests/unit/field_letters.h - what the tests of the fields share: a letter in, the values of one field out. */
#pragma once
#include "classify/fields.h"
#include "tests/unit/shipped_context.h"
#include <string.h>

/* The values of @name found in @text, whose pages \f parts, best first, joined by " | "; "" when there are none. */
static inline char *
letter_values (const char *language, const char *received, char **own, const char *text, const char *name)
{
  Settings settings = { .own = own };
  ClassifyContext context = { .settings = own != NULL ? &settings : NULL,
                              .words = shipped_words (),
                              .received = received != NULL ? dk_day_parse (received) : DK_DAY_NONE,
                              .language = language };
  g_autoptr (GPtrArray) pages = g_ptr_array_new_with_free_func ((GDestroyNotify)record_page_free);
  g_auto (GStrv) parts = g_strsplit (text, "\f", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      RecordPage *page = record_page_new (i + 1);
      g_free (page->text);
      page->text = g_strdup (parts[i]);
      g_ptr_array_add (pages, page);
    }
  g_autoptr (GArray) lines = shipped_lines_of_pages (pages, context.language);
  context.lines = lines;
  g_autoptr (GPtrArray) findings = classify_fields (pages, &context);
  GString *values = g_string_new (NULL);
  for (guint i = 0; i < findings->len; i++)
    {
      const RecordFinding *finding = g_ptr_array_index (findings, i);
      if (strcmp (finding->name, name) == 0)
        g_string_append_printf (values, "%s%s", values->len > 0 ? " | " : "", finding->value);
    }
  return g_string_free (values, FALSE);
}

static inline void
expect (const char *language, const char *text, const char *name, const char *values)
{
  g_autofree char *found = letter_values (language, NULL, NULL, text, name);
  g_assert_cmpstr (found, ==, values);
}

static inline void
expect_first (const char *language, const char *text, const char *name, const char *value)
{
  g_autofree char *found = letter_values (language, NULL, NULL, text, name);
  char *rest = strstr (found, " | ");
  if (rest != NULL)
    *rest = '\0';
  g_assert_cmpstr (found, ==, value);
}
