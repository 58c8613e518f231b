/* tests/unit/shipped_lines.h - the lines of a letter as the shipped vocabulary judges them. */
#pragma once
#include "classify/lines.h"
#include "classify/matcher.h"
#include "tests/unit/shipped_vocabulary.h"

/* Of ClassifyLine. Owned by the caller. */
static inline GArray *
shipped_lines (const ClassifyWords *words, const char *language)
{
  static ClassifyMatcher *matcher;
  if (matcher == NULL)
    matcher = classify_matcher_new (shipped_vocabulary (), "sign");
  g_autoptr (GArray) signs = classify_matcher_run (matcher, words, language);
  return classify_lines_new (words, signs);
}

/* The same of @pages. */
static inline GArray *
shipped_lines_of_pages (const GPtrArray *pages, const char *language)
{
  g_autoptr (ClassifyWords) words = classify_words_new (pages);
  return shipped_lines (words, language);
}
