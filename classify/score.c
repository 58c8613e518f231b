#include "classify/score.h"
#include <math.h>

static void
score_free (ClassifyScore *score)
{
  g_array_unref (score->reasons);
  g_free (score);
}

ClassifyScores *
classify_scores_new (void)
{
  ClassifyScores *scores = g_new0 (ClassifyScores, 1);
  scores->answers = g_ptr_array_new_with_free_func ((GDestroyNotify)score_free);
  scores->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return scores;
}

void
classify_scores_free (ClassifyScores *scores)
{
  if (scores == NULL)
    return;
  g_ptr_array_unref (scores->answers);
  g_hash_table_unref (scores->seen);
  g_free (scores);
}

ClassifyScore *
classify_scores_get (ClassifyScores *scores, const char *id)
{
  for (guint i = 0; i < scores->answers->len; i++)
    {
      ClassifyScore *score = scores->answers->pdata[i];
      if (g_str_equal (score->id, id))
        return score;
    }
  ClassifyScore *score = g_new0 (ClassifyScore, 1);
  score->id = id;
  score->reasons = g_array_new (FALSE, FALSE, sizeof (ClassifyReason));
  g_ptr_array_add (scores->answers, score);
  return score;
}

void
classify_scores_add (ClassifyScores *scores, const char *id, const ClassifyMatch *match, double weight)
{
  ClassifyScore *score = classify_scores_get (scores, id);
  g_autofree char *key = g_strdup_printf ("%s %p", id, (const void *)match->label);
  guint times = GPOINTER_TO_UINT (g_hash_table_lookup (scores->seen, key)) + 1;
  g_hash_table_insert (scores->seen, g_steal_pointer (&key), GUINT_TO_POINTER (times));
  ClassifyReason reason
      = { .from = match->from, .to = match->to, .weight = weight / times, .rule = match->concept->id };
  score->score += reason.weight;
  if (weight > 0)
    g_array_append_val (score->reasons, reason);
}

GPtrArray *
classify_scores_ranked (const ClassifyScores *scores)
{
  GPtrArray *ranked = g_ptr_array_new ();
  for (guint i = 0; i < scores->answers->len; i++)
    {
      ClassifyScore *score = scores->answers->pdata[i];
      guint at = i;
      while (at > 0 && ((const ClassifyScore *)ranked->pdata[at - 1])->score < score->score)
        at--;
      g_ptr_array_insert (ranked, (gint)at, score);
    }
  return ranked;
}

double
classify_scores_share (const ClassifyScores *scores, const ClassifyScore *score, double slope)
{
  double sum = 0;
  for (guint i = 0; i < scores->answers->len; i++)
    sum += exp (slope * (((const ClassifyScore *)scores->answers->pdata[i])->score - score->score));
  return 1 / sum;
}

static gint
by_weight (gconstpointer a, gconstpointer b)
{
  const ClassifyReason *x = a, *y = b;
  if (x->weight != y->weight)
    return x->weight > y->weight ? -1 : 1;
  return x->from < y->from ? -1 : x->from > y->from;
}

void
classify_score_explain (const ClassifyScore *score, const ClassifyWords *words, guint most, RecordFinding *finding)
{
  g_autoptr (GArray) sorted = g_array_copy (score->reasons);
  g_array_sort (sorted, by_weight);
  for (guint i = 0; i < MIN (most, sorted->len); i++)
    {
      const ClassifyReason *reason = &g_array_index (sorted, ClassifyReason, i);
      const ClassifyWord *first = &g_array_index (words->words, ClassifyWord, reason->from);
      const ClassifyWord *last = &g_array_index (words->words, ClassifyWord, reason->to - 1);
      g_autofree char *rule = g_strdup_printf ("vocabulary:%s", reason->rule);
      record_finding_because (finding, words->pages->pdata[first->page], first->from, last->to, rule);
    }
}
