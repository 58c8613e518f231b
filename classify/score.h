/* classify/score.h - adds up what speaks for each of several answers, and keeps the words that did. */
#pragma once
#include "base/vocabulary.h"
#include "classify/matcher.h"

typedef struct
{
  const char *id;  /* of the answer; lent */
  double score;    /* 0 at the start */
  GArray *reasons; /* of ClassifyReason */
} ClassifyScore;

typedef struct
{
  guint from, to;   /* words, to exclusive */
  double weight;    /* what it added */
  const char *rule; /* id of the concept that was matched; lent */
} ClassifyReason;

typedef struct
{
  GPtrArray *answers; /* of ClassifyScore, in the order in which they were named */
  GHashTable *seen;   /* label to the number of times it was counted */
} ClassifyScores;

ClassifyScores *classify_scores_new (void);
void classify_scores_free (ClassifyScores *scores);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClassifyScores, classify_scores_free)
/* The answer @id, made with score 0 when it is new. Lent. */
ClassifyScore *classify_scores_get (ClassifyScores *scores, const char *id);
/* Adds @weight to the answer @id because of @match. The n-th time a label is counted for an answer it adds an n-th of
 * it, so that a word said ten times does not outweigh three different ones. */
void classify_scores_add (ClassifyScores *scores, const char *id, const ClassifyMatch *match, double weight);
/* The answers, greatest score first, among equals the one named first. Of ClassifyScore, lent; the array is the
 * caller's. */
GPtrArray *classify_scores_ranked (const ClassifyScores *scores);
/* The share of exp (@slope * score) of @score in the sum over all answers. */
double classify_scores_share (const ClassifyScores *scores, const ClassifyScore *score, double slope);
/* Shows the @most weightiest reasons of @score in @finding, each as "vocabulary:<concept>". */
void classify_score_explain (const ClassifyScore *score, const ClassifyWords *words, guint most,
                             RecordFinding *finding);
