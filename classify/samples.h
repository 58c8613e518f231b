/* classify/samples.h - letters as what is learnt from: their features, and what they are examples of. */
#pragma once
#include "classify/classifier.h"
#include "classify/letters.h"

#define CLASSIFY_NONE G_MAXUINT
#define CLASSIFY_FOLDS 5 /* parts of the letters, each told by what was learnt from the others */

/* A letter looked at. */
typedef struct
{
  const ClassifyFeature *features; /* in the order of their indices, lent */
  guint n;
  const double *words; /* what the words say for each top concept, lent; NULL where that is no measure of them */
  guint kind, top;     /* indices of kinds and top concepts; CLASSIFY_NONE where not known */
  guint kind_fold, subject_fold; /* which part it is held out with, where kinds are learnt, and where subjects are */
  bool hard, on_subject, page;   /* as in ClassifyLetter; a page has no kind here */
} ClassifySample;

typedef struct
{
  GArray *letters;           /* of ClassifySample, one for each letter */
  GArray *misread;           /* some of them again, as a bad scan has them: learnt from, and never asked about */
  char **tops;               /* ids of the top concepts, NULL-terminated */
  ClassifyFeatureSet *known; /* features that stand in more than a few letters; others are left out */
  GPtrArray *kept;           /* what the samples lend */
} ClassifySamples;

/* Looks at those of @letters that are @corrected, or that are not. @others are such that were looked at before: what
 * they know is known; NULL where there are none. Owned by the caller. */
ClassifySamples *classify_samples_new (const Classifier *classifier, const ClassifyLetters *letters, bool corrected,
                                       const ClassifySamples *others);
void classify_samples_free (ClassifySamples *samples);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClassifySamples, classify_samples_free)
/* The ids of the top concepts of @vocabulary. NULL-terminated, owned by the caller. */
char **classify_samples_tops (const Vocabulary *vocabulary);
/* The index of @id among @ids, or CLASSIFY_NONE; also for NULL. */
guint classify_index_of (const char *const *ids, const char *id);
