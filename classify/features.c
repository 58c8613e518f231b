#include "classify/features.h"
#include "classify/feature_hash.h"
#include "classify/skeletons.h"
#include <math.h>
#include <string.h>

#define GRAM_MIN 3
#define GRAM_MAX 5
#define COUNTS_SCALE 0.67f /* beside the words and groups of letters, which together have a length of 1 */
#define LABELS_SCALE 0.4f
/* Skeletons of each way. Most rows of beginnings and endings stand in one letter alone and are not learnt from: what
 * stays of them has about the length of what stays of the others. */
static const float skeleton_scales[CLASSIFY_SKELETONS] = { 0.5f, 0.75f, 0.75f };
#define EARLY_SHARE 3 /* the first third of a letter, and its last */

#define CLOSING_WORDS 3
#define CLOSING_ROOM 5 /* words of a signature behind it */

enum
{
  SEED_WORD = 1,
  SEED_PAIR,
  SEED_GRAM,
  SEED_LABEL,
  SEED_OPENING,
  SEED_CLOSING = 8, /* added to those of words that close a letter */
};

static void
add_gram (GArray *indices, guint32 seed, const char *bytes, size_t length)
{
  guint32 index = CLASSIFY_WORDS_FROM + classify_feature_hash (seed, bytes, length) % CLASSIFY_GRAMS;
  g_array_append_val (indices, index);
}

/* What differs from letter to letter without a meaning: every number is like every other of its length. */
static size_t
plain_word (const char *text, char *buffer, size_t size)
{
  size_t length = 0;
  for (; text[length] != '\0' && length + 1 < size; length++)
    buffer[length] = g_ascii_isdigit (text[length]) ? '0' : text[length];
  buffer[length] = '\0';
  return length;
}

static void
add_grams (GArray *indices, guint32 seed, const char *word, size_t length)
{
  char edged[40];
  if (length > sizeof edged - 3)
    return;
  int n = g_snprintf (edged, sizeof edged, "<%s>", word);
  for (int size = GRAM_MIN; size <= GRAM_MAX; size++)
    for (int from = 0; from + size <= n; from++)
      add_gram (indices, seed + SEED_GRAM, edged + from, (size_t)size);
}

static bool
is_courtesy (const char *word)
{
  static const char *const beginnings[] = { "thank", "merci", "gracia", "koszon", "koszi", NULL };
  for (const char *const *beginning = beginnings; *beginning != NULL; beginning++)
    if (g_str_has_prefix (word, *beginning))
      return true;
  return false;
}

/* "Thanks!" under a letter of any kind is another word than thanks at its beginning. */
static bool
is_closing (const ClassifyWords *words, guint at)
{
  guint sentence = g_array_index (words->words, ClassifyWord, at).sentence;
  const ClassifySentence *place = &g_array_index (words->sentences, ClassifySentence, sentence);
  return sentence > 0 && place->to - place->from <= CLOSING_WORDS && place->to + CLOSING_ROOM >= words->words->len
         && is_courtesy (g_array_index (words->words, ClassifyWord, at).text);
}

static bool
opens_sentence (const ClassifyWords *words, guint at)
{
  guint sentence = g_array_index (words->words, ClassifyWord, at).sentence;
  return g_array_index (words->sentences, ClassifySentence, sentence).from == at;
}

static void
add_word (GArray *indices, const ClassifyWords *words, guint at)
{
  char word[48], next[48], pair[100];
  size_t length = plain_word (g_array_index (words->words, ClassifyWord, at).text, word, sizeof word);
  guint32 seed = is_closing (words, at) ? SEED_CLOSING : 0;
  add_gram (indices, seed + SEED_WORD, word, length);
  add_grams (indices, seed, word, length);
  if (opens_sentence (words, at))
    add_gram (indices, SEED_OPENING, word, length);
  if (at + 1 >= words->words->len)
    return;
  plain_word (g_array_index (words->words, ClassifyWord, at + 1).text, next, sizeof next);
  add_gram (indices, seed + SEED_PAIR, pair, (size_t)g_snprintf (pair, sizeof pair, "%s %s", word, next));
}

GArray *
classify_features_of_word (const ClassifyWords *words, guint at)
{
  GArray *indices = g_array_new (FALSE, FALSE, sizeof (guint32));
  add_word (indices, words, at);
  return indices;
}

static gint
by_index (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *)a, y = *(const guint32 *)b;
  return x < y ? -1 : x > y;
}

/* Appends what stands in @indices to @features, with a length of @scale. */
static void
count (GArray *features, GArray *indices, float scale)
{
  g_array_sort (indices, by_index);
  guint first = features->len;
  double square = 0;
  for (guint i = 0; i < indices->len;)
    {
      guint32 index = g_array_index (indices, guint32, i);
      guint from = i;
      while (i < indices->len && g_array_index (indices, guint32, i) == index)
        i++;
      ClassifyFeature feature
          = { .index = index, .value = 1 + logf ((float)(i - from)), .times = (guint16)MIN (i - from, G_MAXUINT16) };
      square += (double)feature.value * feature.value;
      g_array_append_val (features, feature);
    }
  for (guint i = first; i < features->len; i++)
    g_array_index (features, ClassifyFeature, i).value *= scale / (float)sqrt (square);
}

static void
add_label (GArray *indices, const ClassifyMatch *match)
{
  g_autofree char *text = g_strdup_printf ("%s %s", match->concept->id, match->label->text);
  guint32 index = CLASSIFY_COUNTS + classify_feature_hash (SEED_LABEL, text, strlen (text)) % CLASSIFY_LABELS;
  g_array_append_val (indices, index);
}

static void
count_skeletons (GArray *features, const ClassifyWords *words)
{
  for (ClassifySkeleton way = 0; way < CLASSIFY_SKELETONS; way++)
    {
      g_autoptr (GArray) rows = classify_skeletons_new (words, way);
      g_autoptr (GArray) indices = g_array_sized_new (FALSE, FALSE, sizeof (guint32), rows->len);
      for (guint i = 0; i < rows->len; i++)
        g_array_append_val (indices, g_array_index (rows, ClassifySkeletonRow, i).index);
      count (features, indices, skeleton_scales[way]);
    }
}

/* --- the counts --- */

typedef struct
{
  GArray *features;
  guint32 next;
} Counts;

static void
put (Counts *counts, double value)
{
  ClassifyFeature feature = { .index = counts->next++, .value = (float)value * COUNTS_SCALE, .times = 1 };
  if (value != 0)
    g_array_append_val (counts->features, feature);
}

static void
count_kind (Counts *counts, const ClassifyWords *words, const ClassifyCues *cues, const ClassifyScore *score)
{
  double all = 0, early = 0, late = 0;
  guint n = words->words->len;
  for (guint i = 0; i < score->reasons->len; i++)
    {
      const ClassifyReason *reason = &g_array_index (score->reasons, ClassifyReason, i);
      all += reason->weight;
      early += reason->from * EARLY_SHARE < n ? reason->weight : 0;
      late += reason->from * EARLY_SHARE >= n * (EARLY_SHARE - 1) ? reason->weight : 0;
    }
  put (counts, log1p (all));
  put (counts, CLAMP (score->score, -3, 12) / 5);
  put (counts, classify_scores_share (cues->scores, score, 1.25));
  put (counts, log1p (score->reasons->len) / 2);
  put (counts, 5 * all / (n + 10));
  put (counts, log1p (early) / 2);
  put (counts, log1p (late) / 2);
}

static void
count_letter (Counts *counts, const ClassifyWords *words, const ClassifyCues *cues)
{
  const GArray *sentences = words->sentences;
  guint asking = 0;
  for (guint i = 0; i < sentences->len; i++)
    asking += g_array_index (sentences, ClassifySentence, i).asks ? 1 : 0;
  double marks = words->letters + words->digits;
  put (counts, sentences->len == 0 ? 0 : (double)asking / sentences->len);
  put (counts, log1p (asking) / 2);
  put (counts, sentences->len > 0 && g_array_index (sentences, ClassifySentence, 0).asks);
  put (counts, sentences->len > 0 && g_array_index (sentences, ClassifySentence, sentences->len - 1).asks);
  put (counts, marks == 0 ? 0 : 3 * words->digits / marks);
  put (counts, log1p (words->words->len) / 5);
  put (counts, cues->contrast ? 0.5 : 0);
  put (counts, sentences->len == 0 ? 0 : log1p ((double)words->words->len / sentences->len) / 3);
}

static void
count_grams (GArray *features, const ClassifyWords *words)
{
  g_autoptr (GArray) grams = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = 0; i < MIN (words->words->len, CLASSIFY_FEATURE_WORDS); i++)
    add_word (grams, words, i);
  count (features, grams, 1);
}

GArray *
classify_features_new (const ClassifyWords *words, const ClassifyCues *cues)
{
  GArray *features = g_array_new (FALSE, FALSE, sizeof (ClassifyFeature));
  Counts counts = { .features = features };
  for (guint i = 0; i < CLASSIFY_KINDS; i++)
    count_kind (&counts, words, cues, cues->scores->answers->pdata[i]);
  count_letter (&counts, words, cues);
  g_assert (counts.next <= CLASSIFY_COUNTS);
  g_autoptr (GArray) labels = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = 0; i < cues->matches->len; i++)
    add_label (labels, &g_array_index (cues->matches, ClassifyMatch, i));
  count (features, labels, LABELS_SCALE);
  count_skeletons (features, words);
  count_grams (features, words);
  return features;
}
