#include "classify/follow_up.h"
#include "classify/score.h"
#include <string.h>

#define REASONS 3
#define SURE 0.9

struct ClassifyFollowUp
{
  ClassifyMatcher *matcher;
};

ClassifyFollowUp *
classify_follow_up_new (const Vocabulary *vocabulary)
{
  ClassifyFollowUp *follow_up = g_new0 (ClassifyFollowUp, 1);
  follow_up->matcher = classify_matcher_new (vocabulary, "follow-up");
  return follow_up;
}

void
classify_follow_up_free (ClassifyFollowUp *follow_up)
{
  if (follow_up == NULL)
    return;
  classify_matcher_free (follow_up->matcher);
  g_free (follow_up);
}

/* What a machine wrote or asks for a review is that, whatever else it says; the others only tell what the letter goes
 * on with. */
static const ClassifyScore *
best_of (const GPtrArray *ranked)
{
  static const char *const first[] = { "bounce", "automatic", "review" };
  for (gsize k = 0; k < G_N_ELEMENTS (first); k++)
    for (guint i = 0; i < ranked->len; i++)
      {
        const ClassifyScore *score = ranked->pdata[i];
        if (strcmp (score->id, first[k]) == 0 && score->score > 0)
          return score;
      }
  return ranked->len > 0 ? ranked->pdata[0] : NULL;
}

RecordFinding *
classify_follow_up (const ClassifyFollowUp *follow_up, const ClassifyWords *words, const char *language)
{
  g_autoptr (GArray) matches = classify_matcher_run (follow_up->matcher, words, language);
  ClassifyScores *scores = classify_scores_new ();
  for (guint i = 0; i < matches->len; i++)
    {
      const ClassifyMatch *match = &g_array_index (matches, ClassifyMatch, i);
      if (match->weight != 0)
        classify_scores_add (scores, match->concept->id, match, match->weight);
    }
  g_autoptr (GPtrArray) ranked = classify_scores_ranked (scores);
  const ClassifyScore *best = best_of (ranked);
  RecordFinding *finding
      = best != NULL && best->score > 0 ? record_finding_new ("follow_up", best->id, "", SURE) : NULL;
  if (finding != NULL)
    classify_score_explain (best, words, REASONS, finding);
  classify_scores_free (scores);
  return finding;
}
