#include "classify/train.h"
#include "base/digest.h"
#include "classify/calibrate.h"
#include "classify/frame.h"
#include "classify/learn.h"
#include "classify/misread.h"
#include <math.h>
#include <string.h>

#define KIND_FOLDS 5
#define TOP_FOLDS 3
#define KIND_COST 0.45
#define SUBJECT_COST 0.6
#define SUBJECT_BAYES 0.22 /* share of naive Bayes in what is learnt of subjects */
#define KIND_TIMES 2       /* a letter of the company counts like so many that are shipped */
#define SUBJECT_TIMES 5    /* and more where it is asked what a subject is: that each company says for itself */
#define MISREAD_EVERY 2    /* of so many letters one is learnt from as a bad scan has it, too */
#define MISREAD 0.05       /* of its characters */
#define LETTERS_LEAST 3    /* in which a feature must stand */
#define PRECISION 0.95     /* of what is filed without a person */
#define TAUGHT 50          /* letters of a subject from which the model is heard besides the words */
#define NONE G_MAXUINT

/* A letter looked at. */
typedef struct
{
  const ClassifyLetter *letter;
  guint kind, top;  /* indices of kinds and top concepts; NONE where not known */
  guint taught;     /* index among the taught top concepts, or behind these; NONE where it is no example of a subject */
  GArray *features; /* of ClassifyFeature */
  double *words;    /* what the words say for each top concept */
} Sample;

typedef struct
{
  const Classifier *classifier;
  GArray *samples; /* of Sample */
  GArray *misread; /* some of them again, as a bad scan has them: learnt from, and never asked about */
  GPtrArray *tops; /* ids of the top concepts, NULL-terminated; lent */
} Training;

static void
sample_clear (Sample *sample)
{
  g_array_unref (sample->features);
  g_free (sample->words);
}

static void
training_clear (Training *training)
{
  g_clear_pointer (&training->samples, g_array_unref);
  g_clear_pointer (&training->misread, g_array_unref);
  g_clear_pointer (&training->tops, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Training, training_clear)

/* --- looking at the letters --- */

static guint
index_of (const char *const *ids, const char *id)
{
  for (guint i = 0; id != NULL && ids[i] != NULL; i++)
    if (g_str_equal (ids[i], id))
      return i;
  return NONE;
}

static double *
words_for_tops (const Training *training, const ClassifyLook *look)
{
  double *words = g_new0 (double, training->tops->len);
  g_autoptr (ClassifyScores) leaves = NULL;
  g_autoptr (ClassifyScores) tops
      = classify_subject_count (training->classifier->subjects, look->words, look->matches, &leaves);
  for (guint i = 0; i < tops->answers->len; i++)
    {
      const ClassifyScore *score = tops->answers->pdata[i];
      guint top = index_of ((const char *const *)training->tops->pdata, score->id);
      if (top != NONE)
        words[top] = score->score;
    }
  return words;
}

/* @letter, which reads @text, for @samples. */
static void
add_sample (const Training *training, GArray *samples, const ClassifyLetter *letter, const char *text)
{
  g_autoptr (GPtrArray) pages = classify_letter_pages (text);
  g_autoptr (ClassifyLook) look = classifier_look (training->classifier, pages, DK_DAY_NONE);
  const Concept *top
      = letter->subject == NULL ? NULL : classify_subject_top (training->classifier->subjects, letter->subject);
  Sample sample = { .letter = letter,
                    .kind = index_of (classify_kind_ids, letter->kind),
                    .top = top == NULL ? NONE : index_of ((const char *const *)training->tops->pdata, top->id),
                    .features = g_steal_pointer (&look->features),
                    .words = words_for_tops (training, look) };
  g_array_append_val (samples, sample);
}

static GArray *
samples_new (void)
{
  GArray *samples = g_array_new (FALSE, FALSE, sizeof (Sample));
  g_array_set_clear_func (samples, (GDestroyNotify)sample_clear);
  return samples;
}

static void
look_at_letters (Training *training, const Classifier *classifier, const ClassifyLetters *letters)
{
  training->classifier = classifier;
  training->samples = samples_new ();
  training->misread = samples_new ();
  training->tops = g_ptr_array_new ();
  const GPtrArray *concepts = vocabulary_concepts (classifier->vocabulary, "subject");
  for (guint i = 0; i < concepts->len; i++)
    if (((const Concept *)concepts->pdata[i])->broader == NULL)
      g_ptr_array_add (training->tops, (gpointer)((const Concept *)concepts->pdata[i])->id);
  g_ptr_array_add (training->tops, NULL);
  for (guint i = 0; i < letters->letters->len; i++)
    {
      const ClassifyLetter *letter = &g_array_index (letters->letters, ClassifyLetter, i);
      add_sample (training, training->samples, letter, letter->text);
      if (i % MISREAD_EVERY != 0 || letter->kind == NULL)
        continue;
      g_autofree char *framed = classify_frame (letter->text, letter->corrected ? "" : letter->id, i / MISREAD_EVERY);
      g_autofree char *misread = classify_misread (framed, MISREAD, i);
      add_sample (training, training->misread, letter, misread);
    }
}

static void
keep_features (GArray *samples, const guint16 *letters)
{
  for (guint i = 0; i < samples->len; i++)
    {
      GArray *features = g_array_index (samples, Sample, i).features;
      guint kept = 0;
      for (guint j = 0; j < features->len; j++)
        if (letters[g_array_index (features, ClassifyFeature, j).index] >= LETTERS_LEAST)
          g_array_index (features, ClassifyFeature, kept++) = g_array_index (features, ClassifyFeature, j);
      g_array_set_size (features, kept);
    }
}

/* What stands in one letter alone tells nothing of others: such features are taken out, which halves the work. */
static void
drop_rare_features (Training *training)
{
  g_autofree guint16 *letters = g_new0 (guint16, CLASSIFY_FEATURES);
  for (guint i = 0; i < training->samples->len; i++)
    {
      const Sample *sample = &g_array_index (training->samples, Sample, i);
      for (guint j = 0; j < sample->features->len; j++)
        {
          guint16 *n = &letters[g_array_index (sample->features, ClassifyFeature, j).index];
          *n = MIN (*n, G_MAXUINT16 - 1) + 1;
        }
    }
  keep_features (training->samples, letters);
  keep_features (training->misread, letters);
}

/* --- learning and holding out --- */

/* What is to be learnt. */
typedef struct
{
  const char *const *classes;
  guint (*class_of) (const Sample *); /* index of its class; NONE where that is not known */
  guint (*fold_of) (const Sample *);  /* which part it is held out with, below folds */
  guint folds;
  double cost;
  guint times;  /* that a corrected letter counts */
  guint32 from; /* the first feature that is looked at */
  bool misread; /* whether it is learnt from misread letters too */
  double bayes; /* share of naive Bayes */
} Question;

static guint
kind_of (const Sample *sample)
{
  return sample->kind;
}

/* Letters of one trade are held out together, so that the trade is no help in telling the kind. */
static guint
kind_fold (const Sample *sample)
{
  const ClassifyLetter *letter = sample->letter;
  return g_str_hash (*letter->group != '\0' ? letter->group : letter->id) % KIND_FOLDS;
}

static guint
taught_of (const Sample *sample)
{
  return sample->taught;
}

/* Shipped letters of one number are of one content in several languages. */
static guint
subject_fold (const Sample *sample)
{
  const char *mark = sample->letter->corrected ? NULL : strchr (sample->letter->id, '-');
  return g_str_hash (mark != NULL ? mark : sample->letter->id) % TOP_FOLDS;
}

/* Those of @samples that answer @question, without the fold @held. */
static void
add_examples (const GArray *samples, const Question *question, guint held, GArray *examples)
{
  for (guint i = 0; i < samples->len; i++)
    {
      const Sample *sample = &g_array_index (samples, Sample, i);
      ClassifyExample example = { .features = sample->features,
                                  .label = question->class_of (sample),
                                  .times = sample->letter->corrected ? question->times : 1,
                                  .from = question->from };
      if (example.label != NONE && question->fold_of (sample) != held)
        g_array_append_val (examples, example);
    }
}

/* What is learnt from all samples but those of fold @held (NONE: from all). */
static ClassifyLinear *
learn (const Training *training, const Question *question, guint held)
{
  g_autoptr (GArray) examples = g_array_new (FALSE, FALSE, sizeof (ClassifyExample));
  add_examples (training->samples, question, held, examples);
  if (question->misread)
    add_examples (training->misread, question, held, examples);
  ClassifyLinear *linear = classify_learn (examples, question->classes, question->cost);
  if (question->bayes > 0)
    classify_learn_bayes (linear, examples, question->bayes);
  return linear;
}

/* The values of every sample by a model that has not seen its fold: of sample i and class k at i * classes + k. Owned
 * by the caller. */
static double *
hold_out (const Training *training, const Question *question)
{
  guint n = g_strv_length ((char **)question->classes);
  double *values = g_new0 (double, (gsize)training->samples->len *n);
  for (guint fold = 0; fold < question->folds; fold++)
    {
      g_autoptr (ClassifyLinear) linear = learn (training, question, fold);
      for (guint i = 0; i < training->samples->len; i++)
        {
          const Sample *sample = &g_array_index (training->samples, Sample, i);
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

static void
train_kinds (const Training *training, ClassifyModel *model)
{
  const Question question = { classify_kind_ids, kind_of, kind_fold, KIND_FOLDS, KIND_COST, KIND_TIMES, 0, true, 0 };
  g_autofree double *values = hold_out (training, &question);
  g_autoptr (GArray) held = g_array_new (FALSE, FALSE, sizeof (ClassifyHeldOut));
  g_autoptr (GArray) mail = g_array_new (FALSE, FALSE, sizeof (ClassifyHeldOut));
  g_autoptr (GArray) answers = g_array_new (FALSE, FALSE, sizeof (ClassifyAnswer));
  for (guint i = 0; i < training->samples->len; i++)
    {
      const Sample *sample = &g_array_index (training->samples, Sample, i);
      ClassifyHeldOut one = { .truth = sample->kind };
      memcpy (one.values, values + (gsize)i * CLASSIFY_KINDS, sizeof one.values);
      if (sample->kind != NONE)
        g_array_append_val (held, one);
      if (sample->kind != NONE && !sample->letter->hard)
        g_array_append_val (mail, one);
    }
  model->kind_scale = classify_fit_kind_scale (held);
  classify_temper_kind_scale (&model->kind_scale, mail);
  for (guint i = 0; i < training->samples->len; i++)
    {
      const Sample *sample = &g_array_index (training->samples, Sample, i);
      double p[CLASSIFY_KINDS];
      classify_kind_scale_apply (&model->kind_scale, values + (gsize)i * CLASSIFY_KINDS, p);
      ClassifyAnswer answer = { .truth = sample->kind, .answer = greatest (p, CLASSIFY_KINDS) };
      answer.confidence = p[answer.answer];
      if (sample->kind != NONE && !sample->letter->hard)
        g_array_append_val (answers, answer);
    }
  model->kind = classify_measure (answers, CLASSIFY_KINDS, PRECISION);
  model->kinds = learn (training, &question, NONE);
}

/* --- subjects --- */

/* Examples of the top concept @top. */
static guint
examples_of (const Training *training, guint top)
{
  guint n = 0;
  for (guint i = 0; i < training->samples->len; i++)
    {
      const Sample *sample = &g_array_index (training->samples, Sample, i);
      n += sample->top == top && sample->letter->on_subject ? 1 : 0;
    }
  return n;
}

/* The top concepts with enough examples; every sample is told which of them it is of. */
static char **
find_taught (const Training *training)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint t = 0; training->tops->pdata[t] != NULL; t++)
    if (examples_of (training, t) >= TAUGHT)
      g_strv_builder_add (builder, training->tops->pdata[t]);
  char **taught = g_strv_builder_end (builder);
  for (guint i = 0; i < training->samples->len; i++)
    {
      Sample *sample = &g_array_index (training->samples, Sample, i);
      bool is_example = sample->letter->on_subject && sample->top != NONE;
      guint k = is_example ? index_of ((const char *const *)taught, training->tops->pdata[sample->top]) : NONE;
      sample->taught = is_example && k == NONE ? g_strv_length (taught) : k;
    }
  return taught;
}

/* @values of the taught top concepts as values of all. Owned by the caller. */
static double *
values_of_tops (const Training *training, const char *const *taught, const double *values)
{
  guint n = training->tops->len - 1, n_taught = g_strv_length ((char **)taught);
  double *all = g_new (double, (gsize)training->samples->len *n);
  for (guint t = 0; t < n; t++)
    {
      guint k = index_of (taught, training->tops->pdata[t]);
      for (guint i = 0; i < training->samples->len; i++)
        all[(gsize)i * n + t] = k == NONE ? CLASSIFY_NOT_TAUGHT : values[(gsize)i * n_taught + k];
    }
  return all;
}

/* What words and model say of the letters that neither of them has seen. */
static GArray *
held_subjects (const Training *training, const double *values, guint n)
{
  GArray *held = g_array_new (FALSE, FALSE, sizeof (ClassifySubjectHeldOut));
  for (guint i = 0; i < training->samples->len; i++)
    {
      const Sample *sample = &g_array_index (training->samples, Sample, i);
      ClassifySubjectHeldOut one
          = { .words = sample->words, .values = values + (gsize)i * n, .n = n, .truth = sample->top };
      if (sample->letter->unseen && sample->top != NONE)
        g_array_append_val (held, one);
    }
  return held;
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
train_subjects (const Training *training, ClassifyModel *model)
{
  model->subject_scale = classify_subject_scale_default;
  model->subject.threshold = 1;
  g_auto (GStrv) ids = find_taught (training);
  const char *const *taught = (const char *const *)ids;
  const Question question
      = { taught, taught_of,    subject_fold, TOP_FOLDS, SUBJECT_COST, SUBJECT_TIMES, CLASSIFY_COUNTS + CLASSIFY_LABELS,
          false,  SUBJECT_BAYES };
  if (*taught == NULL)
    {
      model->subjects = classify_linear_new (taught, classify_feature_set_new ());
      return;
    }
  g_autofree double *of_taught = hold_out (training, &question);
  g_autofree double *values = values_of_tops (training, taught, of_taught);
  guint n = training->tops->len - 1;
  g_autoptr (GArray) held = held_subjects (training, values, n);
  model->subject_scale = classify_fit_subject_scale (held);
  model->subject = measure_subjects (&model->subject_scale, held, n);
  model->subjects = learn (training, &question, NONE);
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
has_two_kinds (const Training *training)
{
  guint first = NONE;
  for (guint i = 0; i < training->samples->len; i++)
    {
      guint kind = g_array_index (training->samples, Sample, i).kind;
      if (kind != NONE && first != NONE && kind != first)
        return true;
      first = kind != NONE ? kind : first;
    }
  return false;
}

ClassifyModel *
classify_train (const Classifier *classifier, const ClassifyLetters *letters, GError **error)
{
  g_auto (Training) training = { 0 };
  look_at_letters (&training, classifier, letters);
  drop_rare_features (&training);
  if (!has_two_kinds (&training))
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
  train_kinds (&training, model);
  train_subjects (&training, model);
  return model;
}
