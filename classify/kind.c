#include "classify/classifier.h"
#include "classify/explain.h"

#define SLOPE 1.25         /* of the soft-max over the scores of the vocabulary, where there is no model */
#define ALSO_SCORE 1.8     /* a further kind holds from here … */
#define ALSO_SHARE 0.2     /* … and from this share of the best one's score */
#define ALSO_PROBABLE 0.04 /* and is as probable as this */
#define REASONS 6
#define WORDS_OF_MODEL 3 /* of these reasons, where the vocabulary has enough others */
#define TITLED 0.97      /* how sure the title of a form is, at least */
#define OTHER (CLASSIFY_KINDS - 1)
#define SILENT 0.5 /* what is left of the confidence where no word speaks for any kind */

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

static void
judge_page (const ClassifyModel *model, const ClassifyLook *look, Judgement *judged)
{
  double value;
  classify_linear_values (model->pages, look->features, &value);
  judged->page = classify_page_scale_apply (&model->page_scale, value, judged->kinds);
  for (guint k = 0; k < CLASSIFY_KINDS; k++)
    judged->kinds[k] *= 1 - judged->page;
  judged->kinds[OTHER] += judged->page;
}

/* Whether it begins or ends as a letter does: that is a message, whatever else is on it. */
static bool
is_letter (const ClassifyLook *look)
{
  for (guint i = 0; i < look->lines->len; i++)
    {
      const ClassifyLine *line = &g_array_index (look->lines, ClassifyLine, i);
      if ((line->greets || line->ends) && !line->quoted)
        return true;
    }
  return false;
}

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
  if (model->pages != NULL && !is_letter (look))
    judge_page (model, look, &judged);
  return judged;
}

/* The confidence below which a person should look. */
static double
threshold (const Classifier *classifier)
{
  const Settings *settings = classifier->settings;
  return settings->certain_auto && classifier->model != NULL ? classifier->model->kind.threshold : settings->certain;
}

/* The kind that a form of the concept @form speaks for most. */
static guint
kind_of_form (const Vocabulary *vocabulary, const Concept *form)
{
  const Implied *most = &g_array_index (form->implies, Implied, 0);
  for (guint i = 1; i < form->implies->len; i++)
    if (g_array_index (form->implies, Implied, i).weight > most->weight)
      most = &g_array_index (form->implies, Implied, i);
  return classify_kind_of (vocabulary, most->id);
}

/* Shows the words of @title in @finding, as "form:<concept>". */
static void
show_title (const ClassifyWords *words, const ClassifyMatch *title, RecordFinding *finding)
{
  const ClassifyWord *first = &g_array_index (words->words, ClassifyWord, title->from);
  const ClassifyWord *last = &g_array_index (words->words, ClassifyWord, title->to - 1);
  g_autofree char *rule = g_strdup_printf ("form:%s", title->concept->id);
  record_finding_because (finding, words->pages->pdata[first->page], first->from, last->to, rule);
}

/* The words by which @model tells the kind @k, or that this is a page, which is of no other kind. */
static void
explain (const ClassifyModel *model, const ClassifyLook *look, const Judgement *judged, guint k, RecordFinding *finding)
{
  if (k == OTHER && judged->page > judged->kinds[OTHER] / 2)
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
    show_title (look->words, title, finding);
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
      guint k = kind_of_form (classifier->vocabulary, title.concept);
      return finding_of (classifier, look, &judged, k, MAX (TITLED, judged.kinds[k]), &title);
    }
  guint best = 0;
  for (guint i = 1; i < CLASSIFY_KINDS; i++)
    best = judged.kinds[i] > judged.kinds[best] ? i : best;
  g_autoptr (RecordFinding) finding = finding_of (classifier, look, &judged, best, judged.kinds[best], NULL);
  if (finding->evidence->len > 0)
    return g_steal_pointer (&finding);
  /* Without a word that speaks for anything it is none of the four, and a person should look. */
  RecordFinding *silent = finding_of (classifier, look, &judged, OTHER, judged.kinds[OTHER] * SILENT, NULL);
  silent->undecided = true;
  return silent;
}
