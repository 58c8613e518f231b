/* classify/features.h - a letter as numbers for a linear model: what the vocabulary counts in it, and its words and
 * groups of letters, hashed. */
#pragma once
#include "classify/cues.h"

/* The counts come first, then by hash (Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", ICML
 * 2009) the labels, the skeletons of sentences in their three ways, and last, from CLASSIFY_WORDS_FROM, words and
 * groups of letters. Each has so many places that hardly two features in use share one. */
#define CLASSIFY_COUNTS 64
#define CLASSIFY_LABELS (1u << 12)
#define CLASSIFY_BLANKS (1u << 20)
#define CLASSIFY_BEGINNINGS (1u << 22)
#define CLASSIFY_ENDINGS (1u << 22)
#define CLASSIFY_GRAMS (1u << 21)
#define CLASSIFY_BLANKS_FROM (CLASSIFY_COUNTS + CLASSIFY_LABELS)
#define CLASSIFY_BEGINNINGS_FROM (CLASSIFY_BLANKS_FROM + CLASSIFY_BLANKS)
#define CLASSIFY_ENDINGS_FROM (CLASSIFY_BEGINNINGS_FROM + CLASSIFY_BEGINNINGS)
#define CLASSIFY_WORDS_FROM (CLASSIFY_ENDINGS_FROM + CLASSIFY_ENDINGS)
#define CLASSIFY_FEATURES (CLASSIFY_WORDS_FROM + CLASSIFY_GRAMS)

typedef struct
{
  guint32 index; /* below CLASSIFY_FEATURES */
  float value;
  guint16 times; /* that it stands in the letter */
} ClassifyFeature;

/* Words of a longer letter are passed over. */
#define CLASSIFY_FEATURE_WORDS 1500
/* Of ClassifyFeature, in the order of their indices, each once. Words alone, in pairs and where they open a
 * sentence, and their groups of 3 to 5 letters, with a value of 1 + ln times, together of length 1; labels found and
 * skeletons of each way likewise, shorter; counts as they are. Owned by the caller. */
GArray *classify_features_new (const ClassifyWords *words, const ClassifyCues *cues);
/* The indices of what the word @at adds by itself and with its neighbour on the right. Of guint32, owned by the caller.
 */
GArray *classify_features_of_word (const ClassifyWords *words, guint at);
