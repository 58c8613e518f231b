/* classify/shipped.h - what is learnt of the shipped letters, kept for learning from corrections beside them.
 *
 * As bytes: the line "docket-letters 2", the digest of what follows in hexadecimal and a line end, then a GVariant of
 * SHIPPED_TYPE in shipped.c, as this machine has its numbers: it is made by the program that reads it, and can be made
 * anew.
 */
#pragma once
#include "classify/lesson.h"

typedef struct
{
  char *key; /* of what it was made of */
  ClassifySamples *samples;
  ClassifyLesson *kinds, *pages, *subjects;
} ClassifyShipped;

/* What @letters, lines as classify_letters_add takes them, the vocabulary of @classifier and the features that this
 * program makes of letters come to: where it is another, what was learnt holds no more. NULL for letters that are none.
 * Owned by the caller. */
char *classify_shipped_key (const Classifier *classifier, GBytes *letters);
/* Looks at all @letters and learns: this takes a while. Fails with INVALID for letters that are none. Owned by the
 * caller. */
ClassifyShipped *classify_shipped_new (const Classifier *classifier, GBytes *letters, GError **error);
/* The same of letters that were read already; without corrected ones. */
ClassifyShipped *classify_shipped_of (const Classifier *classifier, const ClassifyLetters *letters);
void classify_shipped_free (ClassifyShipped *shipped);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClassifyShipped, classify_shipped_free)
/* Owned by the caller. */
GBytes *classify_shipped_encode (const ClassifyShipped *shipped);
/* NULL when @bytes are of another @key or damaged. Owned by the caller. */
ClassifyShipped *classify_shipped_decode (GBytes *bytes, const char *key);
