/* classify/feature_set.h - which of all possible features a model knows, each with its row in the table of weights. */
#pragma once
#include "classify/features.h"

typedef struct
{
  guint64 *bits;   /* of feature i: bit i % 64 of word i / 64 */
  guint32 *before; /* features in the words before each */
  guint n;         /* features in the set */
} ClassifyFeatureSet;

#define CLASSIFY_NO_ROW G_MAXUINT
#define CLASSIFY_FEATURE_WORDS_OF_BITS (CLASSIFY_FEATURES / 64)
_Static_assert(CLASSIFY_FEATURES % 64 == 0, "every bit stands for a feature");

/* Empty. */
ClassifyFeatureSet *classify_feature_set_new (void);
void classify_feature_set_free (ClassifyFeatureSet *set);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClassifyFeatureSet, classify_feature_set_free)
/* Puts the feature @index in; classify_feature_set_count makes its row known. */
void classify_feature_set_add (ClassifyFeatureSet *set, guint32 index);
/* Numbers the rows anew, in the order of the indices. */
void classify_feature_set_count (ClassifyFeatureSet *set);
/* The row of the feature @index, or CLASSIFY_NO_ROW. */
guint classify_feature_set_row (const ClassifyFeatureSet *set, guint32 index);
/* How many features of the set have an index below @index: the row of the first that has not. */
guint classify_feature_set_below (const ClassifyFeatureSet *set, guint32 index);
