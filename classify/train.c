#include "classify/train.h"
#include "base/digest.h"
#include "classify/calibrate.h"
#include "classify/questions.h"
#include <math.h>
#include <string.h>

#define PRECISION 0.95 /* of what is filed without a person */

/* What a model is made of. */
typedef struct
{
  const ClassifyShipped *shipped;
  ClassifySamples *corrected;
  GArray *letters; /* of ClassifySample: the shipped ones, then the corrected */
} Lessons;

static void
lessons_clear (Lessons *lessons)
{
  g_clear_pointer (&lessons->letters, g_array_unref);
  g_clear_pointer (&lessons->corrected, classify_samples_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lessons, lessons_clear)

static void
gather (const Classifier *classifier, const ClassifyShipped *shipped, const ClassifyLetters *letters, Lessons *lessons)
{
  lessons->shipped = shipped;
  lessons->corrected = classify_samples_new (classifier, letters, true, shipped->samples);
  lessons->letters = g_array_copy (shipped->samples->letters);
  const GArray *corrected = lessons->corrected->letters;
  if (corrected->len > 0)
    g_array_append_vals (lessons->letters, corrected->data, corrected->len);
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
held_kinds (const Lessons *lessons, const double *values, bool mail)
{
  GArray *held = g_array_new (FALSE, FALSE, sizeof (ClassifyHeldOut));
  for (guint i = 0; i < lessons->letters->len; i++)
    {
      const ClassifySample *sample = &g_array_index (lessons->letters, ClassifySample, i);
      ClassifyHeldOut one = { .truth = sample->kind };
      memcpy (one.values, values + (gsize)i * CLASSIFY_KINDS, sizeof one.values);
      if (sample->kind != CLASSIFY_NONE && !(mail && sample->hard))
        g_array_append_val (held, one);
    }
  return held;
}

/* What the models say of pages and of the letters of four kinds that they have not seen: @kinds and @pages are the
 * values. */
static GArray *
held_pages (const Lessons *lessons, const ClassifyQuestion *question, const ClassifyKindScale *scale,
            const double *kinds, const double *pages)
{
  GArray *held = g_array_new (FALSE, FALSE, sizeof (ClassifyPageHeldOut));
  for (guint i = 0; i < lessons->letters->len; i++)
    {
      const ClassifySample *sample = &g_array_index (lessons->letters, ClassifySample, i);
      ClassifyPageHeldOut one = { .value = pages[i], .page = sample->page };
      classify_kind_scale_apply (scale, kinds + (gsize)i * CLASSIFY_KINDS, one.kinds);
      if (question->class_of (question, sample) != CLASSIFY_NONE)
        g_array_append_val (held, one);
    }
  return held;
}

/* Beside @kinds, the values of kinds of letters held out. */
static void
train_pages (const Lessons *lessons, const double *kinds, ClassifyModel *model)
{
  const ClassifyQuestion question = classify_question_of_pages ();
  const ClassifyShipped *shipped = lessons->shipped;
  model->pages = classify_lesson_learn (&question, shipped->samples, lessons->corrected);
  g_autofree double *values
      = classify_lesson_hold_out (shipped->pages, &question, shipped->samples, lessons->corrected, model->pages);
  g_autoptr (GArray) held = held_pages (lessons, &question, &model->kind_scale, kinds, values);
  model->page_scale = classify_fit_page_scale (held);
}

static void
train_kinds (const Lessons *lessons, ClassifyModel *model)
{
  const ClassifyQuestion question = classify_question_of_kinds ();
  const ClassifyShipped *shipped = lessons->shipped;
  model->kinds = classify_lesson_learn (&question, shipped->samples, lessons->corrected);
  g_autofree double *values
      = classify_lesson_hold_out (shipped->kinds, &question, shipped->samples, lessons->corrected, model->kinds);
  g_autoptr (GArray) all = held_kinds (lessons, values, false);
  g_autoptr (GArray) mail = held_kinds (lessons, values, true);
  model->kind_scale = classify_fit_kind_scale (all);
  classify_temper_kind_scale (&model->kind_scale, mail);
  model->kind = classify_measure_kinds (&model->kind_scale, mail, PRECISION);
  /* What may go without a person is chosen on the hard ones too: mail that is harder than ours is to be right as well.
   */
  ClassifyFigures of_all = classify_measure_kinds (&model->kind_scale, all, PRECISION);
  model->kind.threshold = of_all.threshold;
  model->kind.alone = of_all.alone;
  train_pages (lessons, values, model);
}

/* --- subjects --- */

/* @values of the taught top concepts as values of all. Owned by the caller. */
static double *
values_of_tops (const Lessons *lessons, const char *const *taught, const double *values)
{
  char *const *tops = lessons->shipped->samples->tops;
  guint n = g_strv_length ((char **)(uintptr_t)tops), n_taught = g_strv_length ((char **)taught);
  double *all = g_new (double, (gsize)lessons->letters->len *n);
  for (guint t = 0; t < n; t++)
    {
      guint k = classify_index_of (taught, tops[t]);
      for (guint i = 0; i < lessons->letters->len; i++)
        all[(gsize)i * n + t] = k == CLASSIFY_NONE ? CLASSIFY_NOT_TAUGHT : values[(gsize)i * n_taught + k];
    }
  return all;
}

/* What words and model say of the letters that neither of them has seen. */
static GArray *
held_subjects (const Lessons *lessons, const double *values, guint n)
{
  GArray *held = g_array_new (FALSE, FALSE, sizeof (ClassifySubjectHeldOut));
  for (guint i = 0; i < lessons->letters->len; i++)
    {
      const ClassifySample *sample = &g_array_index (lessons->letters, ClassifySample, i);
      ClassifySubjectHeldOut one
          = { .words = sample->words, .values = values + (gsize)i * n, .n = n, .truth = sample->top };
      if (sample->words != NULL && sample->top != CLASSIFY_NONE)
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
fit_subjects (const Lessons *lessons, const GArray *held, double *values, ClassifyModel *model)
{
  const char *const *tops = (const char *const *)lessons->shipped->samples->tops;
  guint n = g_strv_length ((char **)tops);
  g_autofree bool *taught = g_new0 (bool, n);
  g_autofree double *constants = g_new0 (double, n);
  for (guint k = 0; k < model->subjects->n; k++)
    taught[classify_index_of (tops, model->subjects->classes[k])] = true;
  model->subject_scale = classify_fit_subject_scale (held, taught, n, constants);
  add_constants (values, lessons->letters->len, constants, n);
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

/* Learns what @question asks, and fits how that is heard beside the words. */
static void
learn_subjects (const Lessons *lessons, const ClassifyLesson *lesson, const ClassifyQuestion *question,
                ClassifyModel *model)
{
  const ClassifySamples *shipped = lessons->shipped->samples;
  model->subjects = classify_lesson_learn (question, shipped, lessons->corrected);
  g_autofree double *of_taught
      = classify_lesson_hold_out (lesson, question, shipped, lessons->corrected, model->subjects);
  g_autofree double *values = values_of_tops (lessons, question->classes, of_taught);
  guint n = g_strv_length (shipped->tops);
  g_autoptr (GArray) held = held_subjects (lessons, values, n);
  fit_subjects (lessons, held, values, model);
  model->subject = measure_subjects (&model->subject_scale, held, n);
}

/* What a subject is, the company's vocabulary says; the model adds what is not said there, for those with enough
 * letters. Where the company's have made that of another subject the shipped ones are learnt from anew. */
static void
train_subjects (const Lessons *lessons, ClassifyModel *model)
{
  const ClassifyShipped *shipped = lessons->shipped;
  model->subject_scale = classify_subject_scale_default;
  model->subject.threshold = 1;
  g_auto (GStrv) taught = NULL;
  g_autofree guint *places = NULL;
  const ClassifyQuestion question
      = classify_question_of_subjects (shipped->samples, lessons->corrected, &taught, &places);
  bool same = g_strv_equal (question.classes, (const char *const *)shipped->subjects->linear->classes);
  g_autoptr (ClassifyLesson) anew = same ? NULL : classify_lesson_new (shipped->samples, &question);
  if (*taught == NULL)
    model->subjects = classify_linear_new (question.classes, classify_feature_set_new ());
  else
    learn_subjects (lessons, same ? shipped->subjects : anew, &question, model);
}

/* The digest of the corrected ones of @letters and of what @shipped was made of. */
static char *
digest_of (const ClassifyShipped *shipped, const ClassifyLetters *letters)
{
  g_autoptr (DkDigest) digest = dk_digest_new ();
  dk_digest_add_text (digest, shipped->key);
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
has_two_kinds (const Lessons *lessons)
{
  guint first = CLASSIFY_NONE;
  for (guint i = 0; i < lessons->letters->len; i++)
    {
      guint kind = g_array_index (lessons->letters, ClassifySample, i).kind;
      if (kind != CLASSIFY_NONE && first != CLASSIFY_NONE && kind != first)
        return true;
      first = kind != CLASSIFY_NONE ? kind : first;
    }
  return false;
}

ClassifyModel *
classify_train_on (const Classifier *classifier, const ClassifyShipped *shipped, const ClassifyLetters *letters,
                   GError **error)
{
  g_auto (Lessons) lessons = { 0 };
  gather (classifier, shipped, letters, &lessons);
  if (!has_two_kinds (&lessons))
    {
      dk_throw (error, DK_ERROR_INVALID, "a model needs letters of at least two kinds");
      return NULL;
    }
  ClassifyModel *model = g_new0 (ClassifyModel, 1);
  model->corrections = lessons.corrected->letters->len;
  model->letters = shipped->samples->letters->len;
  model->made_from = digest_of (shipped, letters);
  train_kinds (&lessons, model);
  train_subjects (&lessons, model);
  return model;
}

ClassifyModel *
classify_train (const Classifier *classifier, const ClassifyLetters *letters, GError **error)
{
  g_autoptr (ClassifyShipped) shipped = classify_shipped_of (classifier, letters);
  return classify_train_on (classifier, shipped, letters, error);
}
