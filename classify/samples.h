/* classify/samples.h - letters as what is learnt from: their features, and what they are examples of. */
#pragma once
#include "classify/classifier.h"
#include "classify/letters.h"

#define CLASSIFY_NONE G_MAXUINT

/* A letter looked at. */
typedef struct
{
  const ClassifyLetter *letter; /* lent */
  guint kind, top;              /* indices of kinds and top concepts; CLASSIFY_NONE where not known */
  guint taught; /* index among the taught top concepts, or behind these; CLASSIFY_NONE where it is no example of one */
  GArray *features; /* of ClassifyFeature */
  double *words;    /* what the words say for each top concept */
} ClassifySample;

typedef struct
{
  const Classifier *classifier; /* lent */
  GArray *letters;              /* of ClassifySample, one for each letter */
  GArray *misread;              /* some of them again, as a bad scan has them: learnt from, and never asked about */
  GPtrArray *tops;              /* ids of the top concepts, NULL-terminated; lent */
} ClassifySamples;

/* Looks at @letters, which it keeps a pointer to. Features that stand in few letters are left out. Owned by the caller.
 */
ClassifySamples *classify_samples_new (const Classifier *classifier, const ClassifyLetters *letters);
void classify_samples_free (ClassifySamples *samples);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClassifySamples, classify_samples_free)
/* The index of @id among @ids, or CLASSIFY_NONE; also for NULL. */
guint classify_index_of (const char *const *ids, const char *id);
