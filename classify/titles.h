/* classify/titles.h - forms whose title says what they are: what is written into them may be anything. */
#pragma once
#include "classify/matcher.h"

/* Whether @words begin with the title of a form that implies a kind: one of @titles, those of the scheme "form", in
 * @language, or in any where it is NULL, as a short line of its own among the first. It is put in @title. */
bool classify_title_find (const ClassifyMatcher *titles, const ClassifyWords *words, const char *language,
                          ClassifyMatch *title);
/* The kind that the form of @title speaks for most, one of the five of classify/cues.h. */
guint classify_title_kind (const Vocabulary *vocabulary, const ClassifyMatch *title);
/* Shows the words of @title in @finding, as "form:<concept>". */
void classify_title_show (const ClassifyMatch *title, const ClassifyWords *words, RecordFinding *finding);
