#include "classify/follow_up.h"
#include "classify/score.h"
#include <string.h>

#define REASONS 3
#define SURE 0.9
#define ENOUGH 2         /* what the words of a special one must weigh */
#define SUBJECT_WORDS 12 /* among which a name of the thing is a subject line */

/* What a letter is, whatever else it says, where enough speaks for it. */
static const char *const special[] = { "bounce", "automatic", "review", NULL };

/* What a machine wrote or asks for a review is that; the others only tell what the letter goes on with. */
static const ClassifyScore *
best_of (const GPtrArray *ranked)
{
  const ClassifyScore *other = NULL;
  for (guint i = ranked->len; i > 0; i--)
    if (!g_strv_contains (special, ((const ClassifyScore *)ranked->pdata[i - 1])->id))
      other = ranked->pdata[i - 1];
  for (const char *const *id = special; *id != NULL; id++)
    for (guint i = 0; i < ranked->len; i++)
      {
        const ClassifyScore *score = ranked->pdata[i];
        if (strcmp (score->id, *id) == 0 && score->score >= ENOUGH)
          return score;
      }
  return other;
}

/* What a match weighs: its name in a subject line says what the whole is. */
static double
weight_of (const ClassifyMatch *match)
{
  bool name = match->label->type == LABEL_PREFERRED || match->label->type == LABEL_ALTERNATIVE;
  bool subject = name && match->to <= SUBJECT_WORDS && g_strv_contains (special, match->concept->id);
  return subject ? ENOUGH : match->weight;
}

RecordFinding *
classify_follow_up (const ClassifyMatcher *cues, const ClassifyWords *words, const char *language)
{
  g_autoptr (GArray) matches = classify_matcher_run (cues, words, language);
  ClassifyScores *scores = classify_scores_new ();
  for (guint i = 0; i < matches->len; i++)
    {
      const ClassifyMatch *match = &g_array_index (matches, ClassifyMatch, i);
      if (match->weight != 0)
        classify_scores_add (scores, match->concept->id, match, weight_of (match));
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
