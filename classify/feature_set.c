#include "classify/feature_set.h"

#define WORD_BITS 64

ClassifyFeatureSet *
classify_feature_set_new (void)
{
  ClassifyFeatureSet *set = g_new0 (ClassifyFeatureSet, 1);
  set->bits = g_new0 (guint64, CLASSIFY_FEATURE_WORDS_OF_BITS);
  set->before = g_new0 (guint32, CLASSIFY_FEATURE_WORDS_OF_BITS);
  return set;
}

void
classify_feature_set_free (ClassifyFeatureSet *set)
{
  if (set == NULL)
    return;
  g_free (set->bits);
  g_free (set->before);
  g_free (set);
}

void
classify_feature_set_add (ClassifyFeatureSet *set, guint32 index)
{
  set->bits[index / WORD_BITS] |= (guint64)1 << index % WORD_BITS;
}

void
classify_feature_set_count (ClassifyFeatureSet *set)
{
  set->n = 0;
  for (guint i = 0; i < CLASSIFY_FEATURE_WORDS_OF_BITS; i++)
    {
      set->before[i] = set->n;
      set->n += (guint)__builtin_popcountll (set->bits[i]);
    }
}

guint
classify_feature_set_below (const ClassifyFeatureSet *set, guint32 index)
{
  guint64 lower = ((guint64)1 << index % WORD_BITS) - 1;
  return set->before[index / WORD_BITS] + (guint)__builtin_popcountll (set->bits[index / WORD_BITS] & lower);
}

guint
classify_feature_set_row (const ClassifyFeatureSet *set, guint32 index)
{
  bool known = set->bits[index / WORD_BITS] >> index % WORD_BITS & 1;
  return known ? classify_feature_set_below (set, index) : CLASSIFY_NO_ROW;
}
