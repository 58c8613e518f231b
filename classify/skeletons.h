/* classify/skeletons.h - the sentences of a letter as rows of links: how a thing is said, apart from what it is about.
 * Words of grammar stay as they are, others leave a blank, their beginning or their ending, so that what is learnt of
 * one form of a word in its place serves the others. */
#pragma once
#include "classify/features.h"

typedef enum
{
  CLASSIFY_SKELETON_BLANKS,     /* one blank for each run of other words: "could you tell me why the _ ?" */
  CLASSIFY_SKELETON_BEGINNINGS, /* the first letters of each: "could you tell me why the cran_ crea_ ?" */
  CLASSIFY_SKELETON_ENDINGS,    /* the last letters: "could you tell me why the _ane _aks ?" */
  CLASSIFY_SKELETONS            /* how many ways there are */
} ClassifySkeleton;

/* Links in a row as a feature. */
typedef struct
{
  guint32 index;  /* of the feature, in the range of its way */
  guint from, to; /* words that the links stand for, to exclusive */
} ClassifySkeletonRow;

/* Every two links in a row, and longer rows of them, in the sentences of @words, without words from
 * CLASSIFY_FEATURE_WORDS on. Of ClassifySkeletonRow, in the order of the letter, owned by the caller. */
GArray *classify_skeletons_new (const ClassifyWords *words, ClassifySkeleton way);
