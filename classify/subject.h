/* classify/subject.h - what a document is about: a concept of the scheme "subject", as a path below its broader ones.
 */
#pragma once
#include "classify/context.h"
#include "classify/matcher.h"

typedef struct ClassifySubjects ClassifySubjects;
/* Keeps a pointer to @vocabulary. Owned by the caller. */
ClassifySubjects *classify_subjects_new (const Vocabulary *vocabulary);
void classify_subjects_free (ClassifySubjects *subjects);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClassifySubjects, classify_subjects_free)
/* The matches of the subjects' labels in @words. Of ClassifyMatch, owned by the caller. */
GArray *classify_subject_matches (const ClassifySubjects *subjects, const ClassifyWords *words,
                                  const ClassifyContext *context);
/* The finding "subject" from those matches, never NULL: "general", undecided, when nothing speaks for any. Owned by the
 * caller. */
RecordFinding *classify_subject (const ClassifySubjects *subjects, const ClassifyWords *words, const GArray *matches,
                                 const ClassifyContext *context);
