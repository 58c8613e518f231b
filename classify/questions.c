#include "classify/questions.h"
#include "classify/train.h"

#define KIND_TIMES 2 /* a letter of the company counts like so many that are shipped */
#define SUBJECT_COST 0.4
#define SUBJECT_PRECISION 0.3
#define SUBJECT_BAYES 0.15 /* share of naive Bayes in what is learnt of subjects */
#define SUBJECT_TIMES 5    /* and more where it is asked what a subject is: that each company says for itself */
#define TAUGHT 50          /* letters of a subject from which the model is heard besides the words */

static guint
kind_of (const ClassifyQuestion *question, const ClassifySample *sample)
{
  (void)question;
  return sample->kind;
}

static guint
kind_fold_of (const ClassifySample *sample)
{
  return sample->kind_fold;
}

ClassifyQuestion
classify_question_of_kinds (void)
{
  return (ClassifyQuestion){ .classes = classify_kind_ids,
                             .class_of = kind_of,
                             .fold_of = kind_fold_of,
                             .cost = CLASSIFY_KIND_COST,
                             .precision = CLASSIFY_KIND_PRECISION,
                             .times = KIND_TIMES,
                             .misread = true };
}

static guint
page_of (const ClassifyQuestion *question, const ClassifySample *sample)
{
  (void)question;
  return sample->page ? 0 : sample->kind < CLASSIFY_KIND_OTHER ? 1 : CLASSIFY_NONE;
}

ClassifyQuestion
classify_question_of_pages (void)
{
  static const char *const classes[] = { "page", NULL };
  ClassifyQuestion question = classify_question_of_kinds ();
  question.classes = classes;
  question.class_of = page_of;
  question.from = CLASSIFY_COUNTS;
  return question;
}

static guint
subject_of (const ClassifyQuestion *question, const ClassifySample *sample)
{
  return sample->on_subject && sample->top != CLASSIFY_NONE ? question->places[sample->top] : CLASSIFY_NONE;
}

static guint
subject_fold_of (const ClassifySample *sample)
{
  return sample->subject_fold;
}

/* Examples of the top concept @top. */
static guint
examples_of (const ClassifySamples *samples, guint top)
{
  guint n = 0;
  for (guint i = 0; samples != NULL && i < samples->letters->len; i++)
    {
      const ClassifySample *sample = &g_array_index (samples->letters, ClassifySample, i);
      n += sample->top == top && sample->on_subject ? 1 : 0;
    }
  return n;
}

/* Words and groups of letters alone are learnt: the labels found are counted already. */
ClassifyQuestion
classify_question_of_subjects (const ClassifySamples *shipped, const ClassifySamples *corrected, char ***classes,
                               guint **places)
{
  guint n = g_strv_length (shipped->tops);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint t = 0; t < n; t++)
    if (examples_of (shipped, t) + examples_of (corrected, t) >= TAUGHT)
      g_strv_builder_add (builder, shipped->tops[t]);
  *classes = g_strv_builder_end (builder);
  *places = g_new (guint, n + 1);
  for (guint t = 0; t < n; t++)
    {
      guint place = classify_index_of ((const char *const *)*classes, shipped->tops[t]);
      (*places)[t] = place != CLASSIFY_NONE ? place : g_strv_length (*classes);
    }
  return (ClassifyQuestion){ .classes = (const char *const *)*classes,
                             .class_of = subject_of,
                             .fold_of = subject_fold_of,
                             .places = *places,
                             .cost = SUBJECT_COST,
                             .precision = SUBJECT_PRECISION,
                             .times = SUBJECT_TIMES,
                             .from = CLASSIFY_WORDS_FROM,
                             .bayes = SUBJECT_BAYES };
}
