/* tests/unit/extract_read.h - reads a page as a child of the worker does, for tests that want no more of it. */
#pragma once
#include "extract/page.h"

static inline RecordPage *
read_page_of (GBytes *file, const char *media_type, unsigned no, char *const *hints, const Limits *limits,
              GError **error)
{
  const ExtractPageJob how = { .languages = hints, .limits = limits };
  return extract_page_job (file, media_type, no, &how, error);
}

/* The first word of @page that reads @text. */
static inline const RecordWord *
word_of (const RecordPage *page, const char *text)
{
  for (guint i = 0; i < page->words->len; i++)
    {
      const RecordWord *word = &g_array_index (page->words, RecordWord, i);
      g_autofree char *slice = g_utf8_substring (page->text, word->from, word->to);
      if (g_str_equal (slice, text))
        return word;
    }
  g_error ("no word \"%s\" on the page", text);
}
