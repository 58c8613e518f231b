/* tests/unit/shipped_context.h - what the fields of a letter are looked for with, by the shipped vocabulary. */
#pragma once
#include "classify/field_vocabulary.h"
#include "classify/lines.h"
#include "classify/matcher.h"
#include "tests/unit/shipped_vocabulary.h"

/* Read once. Lent. */
static inline const FieldVocabulary *
shipped_words (void)
{
  static FieldVocabulary *words;
  if (words == NULL)
    words = field_vocabulary_new (shipped_vocabulary ());
  return words;
}

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
