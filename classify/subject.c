#include "classify/classifier.h"
#include "classify/explain.h"

#define GENERAL "general"
/* Set by hand on letters that are no part of docket. */
#define GENERAL_AT_FIRST 0.2 /* what must be outweighed before a letter is about something */
#define CERTAIN_NOTHING 0.2  /* confidence of "general" when no word speaks for a subject */
#define LEAF_SHARE 0.5       /* a narrower concept is named when it has this share within its top one */
#define EARLY 1.25           /* what a letter is about stands rather at its beginning */
#define ALSO_SCORE 1.5       /* a further subject holds from here … */
#define ALSO_SHARE 0.4       /* … and from this share of the best one's score */
#define REASONS 6

struct ClassifySubjects
{
  const Vocabulary *vocabulary;
  ClassifyMatcher *matcher;
};

ClassifySubjects *
classify_subjects_new (const Vocabulary *vocabulary)
{
  ClassifySubjects *subjects = g_new0 (ClassifySubjects, 1);
  subjects->vocabulary = vocabulary;
  subjects->matcher = classify_matcher_new (vocabulary, "subject");
  return subjects;
}

void
classify_subjects_free (ClassifySubjects *subjects)
{
  if (subjects == NULL)
    return;
  classify_matcher_free (subjects->matcher);
  g_free (subjects);
}

GArray *
classify_subject_matches (const ClassifySubjects *subjects, const ClassifyWords *words, const ClassifyContext *context)
{
  return classify_matcher_run (subjects->matcher, words, classify_label_language (context));
}

static const Concept *
top_of (const Vocabulary *vocabulary, const Concept *concept)
{
  while (concept->broader != NULL)
    concept = vocabulary_concept (vocabulary, concept->broader);
  return concept;
}

/* Adds every match to its own concept in @leaves and to its top concept in @tops. */
static void
count (const ClassifySubjects *subjects, const ClassifyWords *words, const GArray *matches, ClassifyScores *tops,
       ClassifyScores *leaves)
{
  for (guint i = 0; i < matches->len; i++)
    {
      const ClassifyMatch *match = &g_array_index (matches, ClassifyMatch, i);
      double weight = match->weight * (match->from * 3 < words->words->len ? EARLY : 1);
      if (weight == 0)
        continue;
      classify_scores_add (leaves, match->concept->id, match, weight);
      classify_scores_add (tops, top_of (subjects->vocabulary, match->concept)->id, match, weight);
    }
}

ClassifyScores *
classify_subject_count (const ClassifySubjects *subjects, const ClassifyWords *words, const GArray *matches,
                        ClassifyScores **leaves)
{
  ClassifyScores *tops = classify_scores_new ();
  *leaves = classify_scores_new ();
  classify_scores_get (tops, GENERAL)->score = GENERAL_AT_FIRST;
  count (subjects, words, matches, tops, *leaves);
  return tops;
}

const Concept *
classify_subject_top (const ClassifySubjects *subjects, const char *path)
{
  const Concept *concept = vocabulary_at (subjects->vocabulary, path);
  return concept != NULL ? top_of (subjects->vocabulary, concept) : NULL;
}

/* The concept to name below @top: the narrower one with the greatest score if it is clear, else @top itself. *@share
 * becomes how sure that is within @top. */
static const ClassifyScore *
best_below (const ClassifySubjects *subjects, const ClassifyScores *leaves, const ClassifyScore *top, double *share)
{
  const ClassifyScore *best = NULL;
  double sum = 0;
  for (guint i = 0; i < leaves->answers->len; i++)
    {
      const ClassifyScore *leaf = leaves->answers->pdata[i];
      const Concept *concept = vocabulary_concept (subjects->vocabulary, leaf->id);
      if (concept->broader == NULL || leaf->score <= 0
          || !g_str_equal (top_of (subjects->vocabulary, concept)->id, top->id))
        continue;
      sum += leaf->score;
      if (best == NULL || leaf->score > best->score)
        best = leaf;
    }
  *share = 1;
  if (best == NULL || best->score < LEAF_SHARE * sum)
    return top;
  *share = best->score / sum;
  return best;
}

static char **
further_subjects (const ClassifySubjects *subjects, const GPtrArray *ranked, const ClassifyScore *best,
                  const ClassifyScores *leaves)
{
  g_autoptr (GStrvBuilder) also = g_strv_builder_new ();
  double most = ((const ClassifyScore *)ranked->pdata[0])->score;
  for (guint i = 0; i < ranked->len; i++)
    {
      const ClassifyScore *top = ranked->pdata[i];
      double share = 0;
      if (top == best || top->score < ALSO_SCORE || top->score < ALSO_SHARE * most || g_str_equal (top->id, GENERAL))
        continue;
      g_autofree char *path = vocabulary_path (subjects->vocabulary, best_below (subjects, leaves, top, &share)->id);
      g_strv_builder_add (also, path);
    }
  return g_strv_builder_end (also);
}

/* What the model says for each of the taught subjects; 0 for the others. */
typedef struct
{
  const ClassifyModel *model; /* NULL where none is taught */
  double *values;             /* by class of the model */
} Taught;

static int
taught_class (const Taught *taught, const char *top)
{
  if (taught->model == NULL || !g_strv_contains ((const char *const *)taught->model->taught, top))
    return -1;
  for (guint k = 0; k < taught->model->subjects->n; k++)
    if (g_str_equal (taught->model->subjects->classes[k], top))
      return (int)k;
  return -1;
}

/* The shares of @tops, among which the taught ones without a word are put. *@best is the greatest. Owned by the
 * caller. */
static double *
weigh_tops (const Taught *taught, ClassifyScores *tops, guint *best)
{
  for (guint k = 0; taught->model != NULL && k < taught->model->subjects->n; k++)
    if (taught_class (taught, taught->model->subjects->classes[k]) >= 0)
      classify_scores_get (tops, taught->model->subjects->classes[k]);
  guint n = tops->answers->len;
  g_autofree double *words = g_new (double, n), *values = g_new0 (double, n);
  g_autofree bool *is_taught = g_new (bool, n);
  for (guint i = 0; i < n; i++)
    {
      const ClassifyScore *score = tops->answers->pdata[i];
      int k = taught_class (taught, score->id);
      words[i] = score->score;
      is_taught[i] = k >= 0;
      values[i] = k >= 0 ? taught->values[k] : 0;
    }
  double *shares = g_new (double, n);
  const ClassifySubjectScale *scale
      = taught->model != NULL ? &taught->model->subject_scale : &classify_subject_scale_default;
  classify_subject_scale_apply (scale, words, values, is_taught, n, shares);
  *best = 0;
  for (guint i = 1; i < n; i++)
    *best = shares[i] > shares[*best] ? i : *best;
  return shares;
}

/* The confidence below which a person should look. */
static double
threshold (const Classifier *classifier, bool taught)
{
  const Settings *settings = classifier->settings;
  return settings->certain_auto && taught ? classifier->model->subject.threshold : settings->certain;
}

RecordFinding *
classify_subject (const Classifier *classifier, const ClassifyLook *look)
{
  const ClassifySubjects *subjects = classifier->subjects;
  g_autoptr (ClassifyScores) leaves = NULL;
  g_autoptr (ClassifyScores) tops = classify_subject_count (subjects, look->words, look->matches, &leaves);
  bool has_taught = classifier->model != NULL && classifier->model->subjects->n > 0;
  Taught taught = { .model = has_taught ? classifier->model : NULL };
  g_autofree double *values = has_taught ? g_new (double, taught.model->subjects->n) : NULL;
  taught.values = values;
  if (has_taught)
    classify_linear_values (taught.model->subjects, look->features, values);
  guint best;
  g_autofree double *shares = weigh_tops (&taught, tops, &best);
  const ClassifyScore *top = tops->answers->pdata[best];
  double share = 1;
  const ClassifyScore *named = best_below (subjects, leaves, top, &share);
  g_autofree char *path = vocabulary_path (subjects->vocabulary, named->id);
  g_autoptr (RecordFinding) finding
      = record_finding_new ("subject", path == NULL ? GENERAL : path, "", shares[best] * share);
  g_autoptr (GPtrArray) ranked = classify_scores_ranked (tops);
  g_strfreev (finding->also);
  finding->also = further_subjects (subjects, ranked, top, leaves);
  classify_score_explain (named, look->words, REASONS, finding);
  int k = taught_class (&taught, top->id);
  if (k >= 0)
    classify_explain (taught.model, taught.model->subjects, (guint)k, look, REASONS, finding);
  bool nothing = finding->evidence->len == 0;
  if (nothing)
    finding->confidence = CERTAIN_NOTHING;
  finding->undecided = nothing || finding->confidence < threshold (classifier, k >= 0);
  return g_steal_pointer (&finding);
}
