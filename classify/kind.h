/* classify/kind.h - what a document is for the mailroom: complaint, suggestion, thanks, question or other. */
#pragma once
#include "classify/context.h"
#include "classify/matcher.h"

typedef struct ClassifyKinds ClassifyKinds;
/* Keeps a pointer to @vocabulary, whose scheme "kind" holds the cues and "sign" what changes their weight. */
ClassifyKinds *classify_kinds_new (const Vocabulary *vocabulary);
void classify_kinds_free (ClassifyKinds *kinds);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClassifyKinds, classify_kinds_free)
/* The finding "kind", never NULL. @subjects are the matches of the subject's labels (of ClassifyMatch), which speak for
 * the kinds that they imply: what never came is a complaint though nobody calls it one. Owned by the caller. */
RecordFinding *classify_kind (const ClassifyKinds *kinds, const ClassifyWords *words, const GArray *subjects,
                              const ClassifyContext *context);
/* The language whose labels are to be matched in the document: NULL, all of them, when it is none of the vocabulary's.
 */
const char *classify_label_language (const ClassifyContext *context);
