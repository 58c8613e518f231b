#include "classify/train.h"
#include "base/digest.h"
#include "classify/calibrate.h"
#include "classify/learn.h"
#include "classify/samples.h"
#include <math.h>
#include <string.h>

#define KIND_FOLDS 5
#define TOP_FOLDS 5
#define SUBJECT_COST 0.4
#define SUBJECT_BAYES 0.15 /* share of naive Bayes in what is learnt of subjects */
#define KIND_TIMES 2       /* a letter of the company counts like so many that are shipped */
#define SUBJECT_TIMES 5    /* and more where it is asked what a subject is: that each company says for itself */
#define PRECISION 0.95     /* of what is filed without a person */
#define TAUGHT 50          /* letters of a subject from which the model is heard besides the words */

/* --- learning and holding out --- */

/* What is to be learnt. */
typedef struct
{
  const char *const *classes;
  guint (*class_of) (const ClassifySample *); /* index of its class; CLASSIFY_NONE where that is not known */
  guint (*fold_of) (const ClassifySample *);  /* which part it is held out with, below folds */
  guint folds;
  double cost;
  guint times;  /* that a corrected letter counts */
  guint32 from; /* the first feature that is looked at */
  bool misread; /* whether it is learnt from misread letters too */
  double bayes; /* share of naive Bayes */
} Question;

static guint
kind_of (const ClassifySample *sample)
{
  return sample->kind;
}

/* Letters of one trade are held out together, so that the trade is no help in telling the kind. */
static guint
kind_fold (const ClassifySample *sample)
{
  const ClassifyLetter *letter = sample->letter;
  return g_str_hash (*letter->group != '\0' ? letter->group : letter->id) % KIND_FOLDS;
}

static guint
taught_of (const ClassifySample *sample)
{
  return sample->taught;
}

/* Shipped letters of one number are of one content in several languages. */
static guint
subject_fold (const ClassifySample *sample)
{
  const char *mark = sample->letter->corrected ? NULL : strchr (sample->letter->id, '-');
  return g_str_hash (mark != NULL ? mark : sample->letter->id) % TOP_FOLDS;
}

/* Those of @list that answer @question, without the fold @held. */
static void
add_examples (const GArray *list, const Question *question, guint held, GArray *examples)
{
  for (guint i = 0; i < list->len; i++)
    {
      const ClassifySample *sample = &g_array_index (list, ClassifySample, i);
      ClassifyExample example = { .features = sample->features,
                                  .label = question->class_of (sample),
                                  .times = sample->letter->corrected ? question->times : 1,
                                  .from = question->from };
      if (example.label != CLASSIFY_NONE && question->fold_of (sample) != held)
        g_array_append_val (examples, example);
    }
}

/* What is learnt from all samples but those of fold @held (CLASSIFY_NONE: from all). */
static ClassifyLinear *
learn (const ClassifySamples *samples, const Question *question, guint held)
{
  g_autoptr (GArray) examples = g_array_new (FALSE, FALSE, sizeof (ClassifyExample));
  add_examples (samples->letters, question, held, examples);
  if (question->misread)
    add_examples (samples->misread, question, held, examples);
  ClassifyLinear *linear = classify_learn (examples, question->classes, question->cost);
  if (question->bayes > 0)
    classify_learn_bayes (linear, examples, question->bayes);
  return linear;
}

/* The values of every sample by a model that has not seen its fold: of sample i and class k at i * classes + k. Owned
 * by the caller. */
static double *
hold_out (const ClassifySamples *samples, const Question *question)
{
  guint n = g_strv_length ((char **)question->classes);
  double *values = g_new0 (double, (gsize)samples->letters->len *n);
  for (guint fold = 0; fold < question->folds; fold++)
    {
      g_autoptr (ClassifyLinear) linear = learn (samples, question, fold);
      for (guint i = 0; i < samples->letters->len; i++)
        {
          const ClassifySample *sample = &g_array_index (samples->letters, ClassifySample, i);
          if (question->fold_of (sample) == fold)
            classify_linear_values (linear, sample->features, values + (gsize)i * n);
        }
    }
  return values;
}

static guint
greatest (const double *values, guint n)
{
  guint best = 0;
  for (guint k = 1; k < n; k++)
    best = values[k] > values[best] ? k : best;
  return best;
}

/* What the models that have not seen them say of the letters of known kind; with @mail without those that are written
 * to be hard. */
static GArray *
held_kinds (const ClassifySamples *samples, const double *values, bool mail)
{
  GArray *held = g_array_new (FALSE, FALSE, sizeof (ClassifyHeldOut));
  for (guint i = 0; i < samples->letters->len; i++)
    {
      const ClassifySample *sample = &g_array_index (samples->letters, ClassifySample, i);
      ClassifyHeldOut one = { .truth = sample->kind };
      memcpy (one.values, values + (gsize)i * CLASSIFY_KINDS, sizeof one.values);
      if (sample->kind != CLASSIFY_NONE && !(mail && sample->letter->hard))
        g_array_append_val (held, one);
    }
  return held;
}

static void
train_kinds (const ClassifySamples *samples, ClassifyModel *model)
{
  const Question question
      = { classify_kind_ids, kind_of, kind_fold, KIND_FOLDS, CLASSIFY_KIND_COST, KIND_TIMES, 0, true, 0 };
  g_autofree double *values = hold_out (samples, &question);
  g_autoptr (GArray) all = held_kinds (samples, values, false);
  g_autoptr (GArray) mail = held_kinds (samples, values, true);
  model->kind_scale = classify_fit_kind_scale (all);
  classify_temper_kind_scale (&model->kind_scale, mail);
  model->kind = classify_measure_kinds (&model->kind_scale, mail, PRECISION);
  /* What may go without a person is chosen on the hard ones too: mail that is harder than ours is to be right as well.
   */
  ClassifyFigures of_all = classify_measure_kinds (&model->kind_scale, all, PRECISION);
  model->kind.threshold = of_all.threshold;
  model->kind.alone = of_all.alone;
  model->kinds = learn (samples, &question, CLASSIFY_NONE);
}

/* --- subjects --- */

/* Examples of the top concept @top. */
static guint
examples_of (const ClassifySamples *samples, guint top)
{
  guint n = 0;
  for (guint i = 0; i < samples->letters->len; i++)
    {
      const ClassifySample *sample = &g_array_index (samples->letters, ClassifySample, i);
      n += sample->top == top && sample->letter->on_subject ? 1 : 0;
    }
  return n;
}

/* The top concepts with enough examples; every sample is told which of them it is of. */
static char **
find_taught (const ClassifySamples *samples)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint t = 0; samples->tops->pdata[t] != NULL; t++)
    if (examples_of (samples, t) >= TAUGHT)
      g_strv_builder_add (builder, samples->tops->pdata[t]);
  char **taught = g_strv_builder_end (builder);
  for (guint i = 0; i < samples->letters->len; i++)
    {
      ClassifySample *sample = &g_array_index (samples->letters, ClassifySample, i);
      bool is_example = sample->letter->on_subject && sample->top != CLASSIFY_NONE;
      guint k = is_example ? classify_index_of ((const char *const *)taught, samples->tops->pdata[sample->top])
                           : CLASSIFY_NONE;
      sample->taught = is_example && k == CLASSIFY_NONE ? g_strv_length (taught) : k;
    }
  return taught;
}

/* @values of the taught top concepts as values of all. Owned by the caller. */
static double *
values_of_tops (const ClassifySamples *samples, const char *const *taught, const double *values)
{
  guint n = samples->tops->len - 1, n_taught = g_strv_length ((char **)taught);
  double *all = g_new (double, (gsize)samples->letters->len *n);
  for (guint t = 0; t < n; t++)
    {
      guint k = classify_index_of (taught, samples->tops->pdata[t]);
      for (guint i = 0; i < samples->letters->len; i++)
        all[(gsize)i * n + t] = k == CLASSIFY_NONE ? CLASSIFY_NOT_TAUGHT : values[(gsize)i * n_taught + k];
    }
  return all;
}

/* What words and model say of the letters that neither of them has seen. */
static GArray *
held_subjects (const ClassifySamples *samples, const double *values, guint n)
{
  GArray *held = g_array_new (FALSE, FALSE, sizeof (ClassifySubjectHeldOut));
  for (guint i = 0; i < samples->letters->len; i++)
    {
      const ClassifySample *sample = &g_array_index (samples->letters, ClassifySample, i);
      ClassifySubjectHeldOut one
          = { .words = sample->words, .values = values + (gsize)i * n, .n = n, .truth = sample->top };
      if (sample->letter->unseen && sample->top != CLASSIFY_NONE)
        g_array_append_val (held, one);
    }
  return held;
}

/* Adds @constants of the @n top concepts to @values, of @letters letters. */
static void
add_constants (double *values, guint letters, const double *constants, guint n)
{
  for (gsize i = 0; i < (gsize)letters * n; i++)
    values[i] += constants[i % n];
}

/* Fits how the model and the words are heard on @held, which looks at @values, and gives the model and @values the
 * constants found. */
static void
fit_subjects (const ClassifySamples *samples, const GArray *held, double *values, ClassifyModel *model)
{
  const char *const *tops = (const char *const *)samples->tops->pdata;
  guint n = samples->tops->len - 1;
  g_autofree bool *taught = g_new0 (bool, n);
  g_autofree double *constants = g_new0 (double, n);
  for (guint k = 0; k < model->subjects->n; k++)
    taught[classify_index_of (tops, model->subjects->classes[k])] = true;
  model->subject_scale = classify_fit_subject_scale (held, taught, n, constants);
  add_constants (values, samples->letters->len, constants, n);
  for (guint k = 0; k < model->subjects->n; k++)
    model->subjects->constant[k] += (float)constants[classify_index_of (tops, model->subjects->classes[k])];
}

static ClassifyFigures
measure_subjects (const ClassifySubjectScale *scale, const GArray *held, guint n)
{
  g_autoptr (GArray) answers = g_array_new (FALSE, FALSE, sizeof (ClassifyAnswer));
  g_autofree double *p = g_new (double, n);
  for (guint i = 0; i < held->len; i++)
    {
      const ClassifySubjectHeldOut *one = &g_array_index (held, ClassifySubjectHeldOut, i);
      classify_subject_scale_apply (scale, one->words, one->values, n, p);
      ClassifyAnswer answer = { .truth = one->truth, .answer = greatest (p, n) };
      answer.confidence = p[answer.answer];
      g_array_append_val (answers, answer);
    }
  return classify_measure (answers, n, PRECISION);
}

/* What a subject is, the company's vocabulary says; the model adds what is not said there, for those with enough
 * letters. Words and groups of letters alone are learnt: the labels found are counted already. */
static void
train_subjects (const ClassifySamples *samples, ClassifyModel *model)
{
  model->subject_scale = classify_subject_scale_default;
  model->subject.threshold = 1;
  g_auto (GStrv) ids = find_taught (samples);
  const char *const *taught = (const char *const *)ids;
  const Question question = { .classes = taught,
                              .class_of = taught_of,
                              .fold_of = subject_fold,
                              .folds = TOP_FOLDS,
                              .cost = SUBJECT_COST,
                              .times = SUBJECT_TIMES,
                              .from = CLASSIFY_WORDS_FROM,
                              .bayes = SUBJECT_BAYES };
  if (*taught == NULL)
    {
      model->subjects = classify_linear_new (taught, classify_feature_set_new ());
      return;
    }
  g_autofree double *of_taught = hold_out (samples, &question);
  g_autofree double *values = values_of_tops (samples, taught, of_taught);
  guint n = samples->tops->len - 1;
  g_autoptr (GArray) held = held_subjects (samples, values, n);
  model->subjects = learn (samples, &question, CLASSIFY_NONE);
  fit_subjects (samples, held, values, model);
  model->subject = measure_subjects (&model->subject_scale, held, n);
}

static char *
digest_of (const ClassifyLetters *letters)
{
  g_autoptr (DkDigest) digest = dk_digest_new ();
  for (guint i = 0; i < letters->letters->len; i++)
    {
      const ClassifyLetter *letter = &g_array_index (letters->letters, ClassifyLetter, i);
      dk_digest_add_text (digest, letter->kind == NULL ? "-" : letter->kind);
      dk_digest_add_text (digest, letter->subject == NULL ? "-" : letter->subject);
      dk_digest_add_text (digest, letter->corrected ? "corrected" : "shipped");
      dk_digest_add_text (digest, letter->text);
    }
  return dk_digest_end_hex (digest);
}

static bool
has_two_kinds (const ClassifySamples *samples)
{
  guint first = CLASSIFY_NONE;
  for (guint i = 0; i < samples->letters->len; i++)
    {
      guint kind = g_array_index (samples->letters, ClassifySample, i).kind;
      if (kind != CLASSIFY_NONE && first != CLASSIFY_NONE && kind != first)
        return true;
      first = kind != CLASSIFY_NONE ? kind : first;
    }
  return false;
}

ClassifyModel *
classify_train (const Classifier *classifier, const ClassifyLetters *letters, GError **error)
{
  g_autoptr (ClassifySamples) samples = classify_samples_new (classifier, letters);
  if (!has_two_kinds (samples))
    {
      dk_throw (error, DK_ERROR_INVALID, "a model needs letters of at least two kinds");
      return NULL;
    }
  ClassifyModel *model = g_new0 (ClassifyModel, 1);
  for (guint i = 0; i < letters->letters->len; i++)
    if (g_array_index (letters->letters, ClassifyLetter, i).corrected)
      model->corrections++;
  model->letters = letters->letters->len - model->corrections;
  model->made_from = digest_of (letters);
  train_kinds (samples, model);
  train_subjects (samples, model);
  return model;
}
