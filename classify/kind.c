#include "classify/classifier.h"
#include "classify/explain.h"
#include "classify/page.h"

#define SLOPE 1.25         /* of the soft-max over the scores of the vocabulary, where there is no model */
#define ALSO_SCORE 1.8     /* a further kind holds from here … */
#define ALSO_SHARE 0.2     /* … and from this share of the best one's score */
#define ALSO_PROBABLE 0.04 /* and is as probable as this */
#define REASONS 6
#define WORDS_OF_MODEL 3 /* of these reasons, where the vocabulary has enough others */
#define TITLED 0.97      /* how sure the title of a form is, at least */
#define SILENT 0.5       /* what is left of the confidence where no word speaks for any kind */

/* Kinds besides @value that hold too: the vocabulary has enough words for them, and the model's @probabilities, NULL
 * where there is none, do not deny it. */
static char **
further_kinds (const ClassifyCues *cues, const double *probabilities, const char *value)
{
  g_autoptr (GStrvBuilder) also = g_strv_builder_new ();
  g_autoptr (GPtrArray) ranked = classify_scores_ranked (cues->scores);
  double most = ((const ClassifyScore *)ranked->pdata[0])->score;
  for (guint i = 0; i < ranked->len; i++)
    {
      const ClassifyScore *score = ranked->pdata[i];
      guint k = 0;
      g_ptr_array_find (cues->scores->answers, score, &k);
      if (score->score >= ALSO_SCORE && score->score >= ALSO_SHARE * most && !g_str_equal (score->id, "other")
          && !g_str_equal (score->id, value) && (probabilities == NULL || probabilities[k] >= ALSO_PROBABLE))
        g_strv_builder_add (also, score->id);
    }
  return g_strv_builder_end (also);
}

typedef struct
{
  double kinds[CLASSIFY_KINDS]; /* how probable each is; they sum up to 1 */
  double page;                  /* how probable it is that this is a page and no message to anybody: part of "other" */
} Judgement;

static Judgement
judge (const ClassifyModel *model, const ClassifyLook *look)
{
  Judgement judged = { 0 };
  double values[CLASSIFY_KINDS];
  for (guint i = 0; model == NULL && i < CLASSIFY_KINDS; i++)
    judged.kinds[i] = classify_scores_share (look->cues->scores, look->cues->scores->answers->pdata[i], SLOPE);
  if (model == NULL)
    return judged;
  classify_linear_values (model->kinds, look->features, values);
  classify_kind_scale_apply (&model->kind_scale, values, judged.kinds);
  judged.page = classify_page_judge (model, look, judged.kinds);
  return judged;
}

/* The confidence below which a person should look. */
static double
threshold (const Classifier *classifier)
{
  const Settings *settings = classifier->settings;
  return settings->certain_auto && classifier->model != NULL ? classifier->model->kind.threshold : settings->certain;
}

/* The words by which @model tells the kind @k, or that this is a page, which is of no other kind. */
static void
explain (const ClassifyModel *model, const ClassifyLook *look, const Judgement *judged, guint k, RecordFinding *finding)
{
  if (k == CLASSIFY_KIND_OTHER && judged->page > judged->kinds[CLASSIFY_KIND_OTHER] / 2)
    classify_explain (model, model->pages, 0, look, REASONS, finding);
  else
    classify_explain (model, model->kinds, k, look, REASONS, finding);
}

/* The kind @k with the words that speak for it, first @title, if that is not NULL. Owned by the caller. */
static RecordFinding *
finding_of (const Classifier *classifier, const ClassifyLook *look, const Judgement *judged, guint k, double confidence,
            const ClassifyMatch *title)
{
  const ClassifyModel *model = classifier->model;
  RecordFinding *finding = record_finding_new ("kind", classify_kind_ids[k], "", confidence);
  if (title != NULL)
    classify_title_show (title, look->words, finding);
  g_strfreev (finding->also);
  finding->also = further_kinds (look->cues, model != NULL ? judged->kinds : NULL, finding->value);
  classify_score_explain (look->cues->scores->answers->pdata[k], look->said,
                          model != NULL ? REASONS - WORDS_OF_MODEL : REASONS, finding);
  if (model != NULL)
    explain (model, look, judged, k, finding);
  finding->undecided = finding->confidence < threshold (classifier);
  return finding;
}

RecordFinding *
classify_kind (const Classifier *classifier, const ClassifyLook *look)
{
  const Judgement judged = judge (classifier->model, look);
  ClassifyMatch title;
  if (classify_title_find (classifier->titles, look->words, classify_label_language (&look->context), &title))
    {
      guint k = classify_title_kind (classifier->vocabulary, &title);
      return finding_of (classifier, look, &judged, k, MAX (TITLED, judged.kinds[k]), &title);
    }
  guint best = 0;
  for (guint i = 1; i < CLASSIFY_KINDS; i++)
    best = judged.kinds[i] > judged.kinds[best] ? i : best;
  g_autoptr (RecordFinding) finding = finding_of (classifier, look, &judged, best, judged.kinds[best], NULL);
  if (finding->evidence->len > 0)
    return g_steal_pointer (&finding);
  /* Without a word that speaks for anything it is none of the four, and a person should look. */
  RecordFinding *silent
      = finding_of (classifier, look, &judged, CLASSIFY_KIND_OTHER, judged.kinds[CLASSIFY_KIND_OTHER] * SILENT, NULL);
  silent->undecided = true;
  return silent;
}
