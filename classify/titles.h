/* classify/titles.h - forms whose title says what they are: what is written into them may be anything. */
#pragma once
#include "classify/matcher.h"

typedef struct ClassifyTitles ClassifyTitles;
/* Keeps a pointer to @vocabulary, whose scheme "form" holds the titles. Owned by the caller. */
ClassifyTitles *classify_titles_new (const Vocabulary *vocabulary);
void classify_titles_free (ClassifyTitles *titles);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClassifyTitles, classify_titles_free)
/* Whether @words begin with the title of a form that implies a kind, in @language, or in any where it is NULL: a short
 * line of its own among the first. It is put in @title. */
bool classify_titles_find (const ClassifyTitles *titles, const ClassifyWords *words, const char *language,
                           ClassifyMatch *title);
