#include "classify/classifier.h"
#include "classify/explain.h"

#define GENERAL "general"
/* Set by hand on letters that are no part of docket. */
#define GENERAL_AT_FIRST 0.2 /* what must be outweighed before a letter is about something */
#define CERTAIN_NOTHING 0.2  /* confidence of "general" when no word speaks for a subject */
#define LEAF_SHARE 0.5       /* a narrower concept is named when it has this share within its top one */
#define EARLY 1.25           /* what stands in the first third counts more */
#define LONG 40              /* words of a letter in which … */
#define LATE 0.6             /* … what stands at its end counts less */
#define ALSO_SCORE 1.5       /* a further subject holds from here … */
#define ALSO_SHARE 0.4       /* … and from this share of the best one's score */
#define REASONS 6
#define WORDS_OF_MODEL 3 /* of these reasons, where the vocabulary has enough others */

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

/* In the first third a letter says what it is about, in the last what is wanted, of which money is mostly a part. */
static double
weight_of_place (const ClassifyWords *words, const ClassifyMatch *match)
{
  guint n = words->words->len;
  return match->from * 3 < n ? EARLY : match->from * 3 >= n * 2 && n >= LONG ? LATE : 1;
}

/* Adds every match to its own concept in @leaves and to its top concept in @tops. */
static void
count (const ClassifySubjects *subjects, const ClassifyWords *words, const GArray *matches, ClassifyScores *tops,
       ClassifyScores *leaves)
{
  for (guint i = 0; i < matches->len; i++)
    {
      const ClassifyMatch *match = &g_array_index (matches, ClassifyMatch, i);
      double weight = match->weight * weight_of_place (words, match);
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

/* The concept to name below @top: the narrower one with the greatest score if it is clear, else @top itself. */
static const ClassifyScore *
best_below (const ClassifySubjects *subjects, const ClassifyScores *leaves, const ClassifyScore *top)
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
  return best == NULL || best->score < LEAF_SHARE * sum ? top : best;
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
      if (top == best || top->score < ALSO_SCORE || top->score < ALSO_SHARE * most || g_str_equal (top->id, GENERAL))
        continue;
      g_autofree char *path = vocabulary_path (subjects->vocabulary, best_below (subjects, leaves, top)->id);
      g_strv_builder_add (also, path);
    }
  return g_strv_builder_end (also);
}

/* The class of the top concept @id in @model, or -1. */
static int
taught_class (const ClassifyModel *model, const char *id)
{
  for (guint k = 0; model != NULL && k < model->subjects->n; k++)
    if (g_str_equal (model->subjects->classes[k], id))
      return (int)k;
  return -1;
}

/* What the model says adds to @tops those of the vocabulary that it was taught and no word speaks for. */
static void
add_taught (const Classifier *classifier, ClassifyScores *tops)
{
  const ClassifyModel *model = classifier->model;
  for (guint k = 0; model != NULL && k < model->subjects->n; k++)
    {
      const Concept *concept = vocabulary_concept (classifier->vocabulary, model->subjects->classes[k]);
      if (concept != NULL && concept->broader == NULL && g_str_equal (concept->scheme, "subject"))
        classify_scores_get (tops, concept->id);
    }
}

/* The shares of @tops. *@best is the greatest. Owned by the caller. */
static double *
weigh_tops (const Classifier *classifier, const ClassifyLook *look, ClassifyScores *tops, guint *best)
{
  const ClassifyModel *model = classifier->model;
  add_taught (classifier, tops);
  guint n = tops->answers->len;
  g_autofree double *said = model != NULL ? g_new0 (double, model->subjects->n + 1) : NULL;
  g_autofree double *words = g_new (double, n), *values = g_new (double, n);
  if (model != NULL)
    classify_linear_values (model->subjects, look->features, said);
  for (guint i = 0; i < n; i++)
    {
      const ClassifyScore *score = tops->answers->pdata[i];
      int k = taught_class (model, score->id);
      words[i] = score->score;
      values[i] = k >= 0 ? said[k] : CLASSIFY_NOT_TAUGHT;
    }
  double *shares = g_new (double, n);
  classify_subject_scale_apply (model != NULL ? &model->subject_scale : &classify_subject_scale_default, words, values,
                                n, shares);
  *best = 0;
  for (guint i = 1; i < n; i++)
    *best = shares[i] > shares[*best] ? i : *best;
  return shares;
}

/* The confidence below which a person should look. */
static double
threshold (const Classifier *classifier)
{
  const Settings *settings = classifier->settings;
  bool is_measured = classifier->model != NULL && classifier->model->subject.n > 0;
  return settings->certain_auto && is_measured ? classifier->model->subject.threshold : settings->certain;
}

/* The words that speak for @named, then those by which the model knows the top concept @top. */
static void
explain (const Classifier *classifier, const ClassifyLook *look, const ClassifyScore *named, const char *top,
         RecordFinding *finding)
{
  int k = taught_class (classifier->model, top);
  classify_score_explain (named, look->said, k >= 0 ? REASONS - WORDS_OF_MODEL : REASONS, finding);
  if (k >= 0)
    classify_explain (classifier->model, classifier->model->subjects, (guint)k, look, REASONS, finding);
}

RecordFinding *
classify_subject (const Classifier *classifier, const ClassifyLook *look)
{
  const ClassifySubjects *subjects = classifier->subjects;
  g_autoptr (ClassifyScores) leaves = NULL;
  g_autoptr (ClassifyScores) tops = classify_subject_count (subjects, look->said, look->matches, &leaves);
  guint best;
  g_autofree double *shares = weigh_tops (classifier, look, tops, &best);
  const ClassifyScore *top = tops->answers->pdata[best];
  const ClassifyScore *named = best_below (subjects, leaves, top);
  g_autofree char *path = vocabulary_path (subjects->vocabulary, named->id);
  g_autoptr (RecordFinding) finding = record_finding_new ("subject", path == NULL ? GENERAL : path, "", shares[best]);
  g_autoptr (GPtrArray) ranked = classify_scores_ranked (tops);
  g_strfreev (finding->also);
  finding->also = further_subjects (subjects, ranked, top, leaves);
  explain (classifier, look, named, top->id, finding);
  finding->undecided = finding->confidence < threshold (classifier);
  if (finding->evidence->len > 0)
    return g_steal_pointer (&finding);
  RecordFinding *silent = record_finding_new ("subject", GENERAL, "", CERTAIN_NOTHING);
  silent->undecided = true;
  return silent;
}
