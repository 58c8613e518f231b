/* classify/subject.h - what a document is about: a concept of the scheme "subject", as a path below its broader ones.
 */
#pragma once
#include "classify/context.h"
#include "classify/score.h"

typedef struct ClassifySubjects ClassifySubjects;
/* Keeps a pointer to @vocabulary. Owned by the caller. */
ClassifySubjects *classify_subjects_new (const Vocabulary *vocabulary);
void classify_subjects_free (ClassifySubjects *subjects);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClassifySubjects, classify_subjects_free)
/* The matches of the subjects' labels in @words. Of ClassifyMatch, owned by the caller. */
GArray *classify_subject_matches (const ClassifySubjects *subjects, const ClassifyWords *words,
                                  const ClassifyContext *context);
/* What the words of @matches speak for: the scores of the concepts themselves in *@leaves and, returned, of the top
 * concepts above them; "general" is among those. Both owned by the caller. */
ClassifyScores *classify_subject_count (const ClassifySubjects *subjects, const ClassifyWords *words,
                                        const GArray *matches, ClassifyScores **leaves);
/* The top concept above @path or id. Lent by the vocabulary; NULL when there is no such concept. */
const Concept *classify_subject_top (const ClassifySubjects *subjects, const char *path);
