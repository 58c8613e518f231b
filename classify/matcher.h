/* classify/matcher.h - finds all labels of a vocabulary in a document at once.
 *
 * Labels are sequences of words in a trie; a word of the text takes the edge of itself, of each beginning of it that
 * stands with a * in a label, and of the lone *. Where a match lies inside a longer one of the same scheme, the longer
 * alone counts: "thanks in advance" hides "thanks", "not satisfied" hides "satisfied". */
#pragma once
#include "base/vocabulary.h"
#include "classify/words.h"

typedef struct
{
  const Concept *concept;
  const Label *label;
  guint from, to; /* words, to exclusive */
  double weight;  /* of the label; less where a word had to be mended */
} ClassifyMatch;

typedef struct ClassifyMatcher ClassifyMatcher;
/* Keeps a pointer to @vocabulary. Owned by the caller. */
ClassifyMatcher *classify_matcher_new (const Vocabulary *vocabulary, const char *scheme);
void classify_matcher_free (ClassifyMatcher *matcher);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClassifyMatcher, classify_matcher_free)
/* The matches in @words of labels in @language, or in every language where it is NULL, in the order of the text, and no
 * more than CLASSIFY_MATCHES_MAX. Of ClassifyMatch, owned by the caller. */
#define CLASSIFY_MATCHES_MAX 5000
GArray *classify_matcher_run (const ClassifyMatcher *matcher, const ClassifyWords *words, const char *language);
/* The same with those that do not count, since they lie inside a longer one. */
GArray *classify_matcher_run_all (const ClassifyMatcher *matcher, const ClassifyWords *words, const char *language);
