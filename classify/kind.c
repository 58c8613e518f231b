#include "classify/classifier.h"
#include <math.h>
#include <string.h>

#define SLOPE 1.25     /* of the soft-max over the scores of the vocabulary, where there is no model */
#define ALSO_SCORE 1.8 /* a further kind holds from here … */
#define ALSO_SHARE 0.2 /* … and from this share of the best one's score */
#define REASONS 6
#define SILENT 0.5 /* what is left of the confidence when no word speaks for the answer */

static char **
further_kinds (const ClassifyCues *cues, const char *value)
{
  g_autoptr (GStrvBuilder) also = g_strv_builder_new ();
  g_autoptr (GPtrArray) ranked = classify_scores_ranked (cues->scores);
  double most = ((const ClassifyScore *)ranked->pdata[0])->score;
  for (guint i = 0; i < ranked->len; i++)
    {
      const ClassifyScore *score = ranked->pdata[i];
      if (score->score >= ALSO_SCORE && score->score >= ALSO_SHARE * most && !g_str_equal (score->id, "other")
          && !g_str_equal (score->id, value))
        g_strv_builder_add (also, score->id);
    }
  return g_strv_builder_end (also);
}

/* The probabilities of the kinds by the vocabulary alone. */
static void
judge_by_words (const ClassifyCues *cues, double *probabilities)
{
  for (guint i = 0; i < CLASSIFY_KINDS; i++)
    probabilities[i] = classify_scores_share (cues->scores, cues->scores->answers->pdata[i], SLOPE);
}

static void
judge_by_model (const ClassifyModel *model, const GArray *features, double *probabilities)
{
  double values[CLASSIFY_KINDS];
  classify_linear_values (model->kinds, features, values);
  classify_kind_scale_apply (&model->kind_scale, values, probabilities);
}

RecordFinding *
classify_kind (const Classifier *classifier, const ClassifyLook *look)
{
  const ClassifyModel *model = classifier->model;
  double probabilities[CLASSIFY_KINDS];
  if (model != NULL)
    judge_by_model (model, look->features, probabilities);
  else
    judge_by_words (look->cues, probabilities);
  guint best = 0;
  for (guint i = 1; i < CLASSIFY_KINDS; i++)
    best = probabilities[i] > probabilities[best] ? i : best;
  const ClassifyScore *score = look->cues->scores->answers->pdata[best];
  bool silent = model == NULL && score->reasons->len == 0;
  double confidence = probabilities[best] * (silent ? SILENT : 1);
  RecordFinding *finding = record_finding_new ("kind", classify_kind_ids[best], "", confidence);
  finding->undecided = silent || confidence < classifier->settings->certain;
  g_strfreev (finding->also);
  finding->also = further_kinds (look->cues, finding->value);
  classify_score_explain (score, look->words, REASONS, finding);
  return finding;
}
