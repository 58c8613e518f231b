#include "classify/explain.h"
#include "classify/language_tables.h"
#include "classify/skeletons.h"
#include <string.h>

#define LEAST 0.02        /* what a word must add to be worth showing */
#define GRAMMAR_SHARE 0.2 /* of what it adds a word of grammar is ranked by: "the" tells a person little */

static gint
by_index (gconstpointer a, gconstpointer b)
{
  guint32 x = ((const ClassifyFeature *)a)->index, y = ((const ClassifyFeature *)b)->index;
  return x < y ? -1 : x > y;
}

/* What one place in the letter where the feature @index stands adds to class @k. */
static double
part_of_place (const ClassifyLinear *linear, guint k, const ClassifyLook *look, guint32 index)
{
  const ClassifyFeature wanted = { .index = index };
  guint found;
  if (!g_array_binary_search (look->features, &wanted, by_index, &found))
    return 0;
  const ClassifyFeature *feature = &g_array_index (look->features, ClassifyFeature, found);
  return classify_linear_weight (linear, index, k) * (double)feature->value / feature->times;
}

/* What the word @at adds to class @k by itself, by its groups of letters and with the next. */
static double
part_of_word (const ClassifyLinear *linear, guint k, const ClassifyLook *look, guint at)
{
  g_autoptr (GArray) indices = classify_features_of_word (look->said, at);
  double sum = 0;
  for (guint i = 0; i < indices->len; i++)
    sum += part_of_place (linear, k, look, g_array_index (indices, guint32, i));
  return sum;
}

/* Adds to @parts, by word, its share of what the rows of links that it is part of add to class @k. */
static void
add_skeletons (const ClassifyLinear *linear, guint k, const ClassifyLook *look, double *parts)
{
  for (ClassifySkeleton way = 0; way < CLASSIFY_SKELETONS; way++)
    {
      g_autoptr (GArray) rows = classify_skeletons_new (look->said, way);
      for (guint i = 0; i < rows->len; i++)
        {
          const ClassifySkeletonRow *row = &g_array_index (rows, ClassifySkeletonRow, i);
          double part = part_of_place (linear, k, look, row->index);
          for (guint at = row->from; at < row->to; at++)
            parts[at] += part / (row->to - row->from);
        }
    }
}

/* A number or a word of two letters tells a person nothing. */
static bool
is_worth_showing (const ClassifyWord *word)
{
  return strlen (word->text) > 2 && strcspn (word->text, "0123456789") == strlen (word->text);
}

/* How much a word that adds @part is worth showing; 0 where it is not. */
static double
rank_of_word (const ClassifyWord *word, double part)
{
  if (!is_worth_showing (word) || part < LEAST)
    return 0;
  return classify_language_is_function_word (word->text) ? part * GRAMMAR_SHARE : part;
}

static bool
is_shown (const RecordFinding *finding, unsigned page, const ClassifyWord *word)
{
  for (guint i = 0; i < finding->evidence->len; i++)
    {
      const RecordEvidence *evidence = finding->evidence->pdata[i];
      if (evidence->page == page && evidence->from < word->to && word->from < evidence->to)
        return true;
    }
  return false;
}

void
classify_explain (const ClassifyModel *model, const ClassifyLinear *linear, guint k, const ClassifyLook *look,
                  guint most, RecordFinding *finding)
{
  guint n = MIN (look->said->words->len, CLASSIFY_FEATURE_WORDS);
  g_autofree double *ranks = g_new (double, n + 1);
  g_autofree char *rule = g_strdup_printf ("model:%s", model->version);
  for (guint i = 0; i < n; i++)
    ranks[i] = part_of_word (linear, k, look, i);
  add_skeletons (linear, k, look, ranks);
  for (guint i = 0; i < n; i++)
    ranks[i] = rank_of_word (&g_array_index (look->said->words, ClassifyWord, i), ranks[i]);
  while (finding->evidence->len < most)
    {
      guint best = 0;
      for (guint i = 1; i < n; i++)
        best = ranks[i] > ranks[best] ? i : best;
      if (n == 0 || ranks[best] <= 0)
        return;
      ranks[best] = 0;
      const ClassifyWord *word = &g_array_index (look->said->words, ClassifyWord, best);
      const RecordPage *page = look->said->pages->pdata[word->page];
      if (!is_shown (finding, page->no, word))
        record_finding_because (finding, page, word->from, word->to, rule);
    }
}
