#include "classify/lesson.h"
#include "classify/learn.h"

#define FEW_OF 30 /* of so many shipped letters one corrected: they are few */

void
classify_lesson_free (ClassifyLesson *lesson)
{
  if (lesson == NULL)
    return;
  g_clear_pointer (&lesson->linear, classify_linear_free);
  g_clear_pointer (&lesson->bytes, g_bytes_unref);
  g_free (lesson->shifts);
  g_free (lesson);
}

/* Adds those of @list that answer @question, without the fold @held (CLASSIFY_NONE: all), to @examples, of which each
 * counts like @times. */
static void
add_list (const GArray *list, const ClassifyQuestion *question, guint held, guint times, GArray *examples)
{
  for (guint i = 0; i < list->len; i++)
    {
      const ClassifySample *sample = &g_array_index (list, ClassifySample, i);
      ClassifyExample example = {
        .features = sample->features, .n = sample->n, .label = question->class_of (question, sample), .times = times
      };
      for (; example.n > 0 && example.features->index < question->from; example.n--)
        example.features++;
      if (example.label != CLASSIFY_NONE && question->fold_of (sample) != held)
        g_array_append_val (examples, example);
    }
}

static void
add_examples (const ClassifySamples *samples, const ClassifyQuestion *question, guint held, guint times,
              GArray *examples)
{
  add_list (samples->letters, question, held, times, examples);
  if (question->misread)
    add_list (samples->misread, question, held, times, examples);
}

static ClassifyLinear *
learn (const GArray *examples, const ClassifyQuestion *question)
{
  ClassifyLinear *linear = classify_learn (examples, question->classes, question->cost, question->precision);
  if (question->bayes > 0)
    classify_learn_bayes (linear, examples, question->bayes);
  return linear;
}

static void
values_of (const ClassifyLinear *linear, const ClassifySample *sample, double *values)
{
  classify_linear_sums (linear, sample->features, sample->n, values);
}

/* --- the shipped letters --- */

/* What the values of the letters of fold @held are by what is learnt of the others, into @shifts. */
static void
hold_out_fold (const ClassifySamples *shipped, const ClassifyQuestion *question, guint held, float *shifts)
{
  guint n = g_strv_length ((char **)question->classes);
  g_autofree double *values = g_new (double, n + 1);
  g_autoptr (GArray) examples = g_array_new (FALSE, FALSE, sizeof (ClassifyExample));
  add_examples (shipped, question, held, 1, examples);
  g_autoptr (ClassifyLinear) linear = learn (examples, question);
  for (guint i = 0; i < shipped->letters->len; i++)
    {
      const ClassifySample *sample = &g_array_index (shipped->letters, ClassifySample, i);
      if (question->fold_of (sample) != held)
        continue;
      values_of (linear, sample, values);
      for (guint k = 0; k < n; k++)
        shifts[(gsize)i * n + k] = (float)values[k];
    }
}

ClassifyLesson *
classify_lesson_new (const ClassifySamples *shipped, const ClassifyQuestion *question)
{
  guint n = g_strv_length ((char **)question->classes);
  g_autofree double *values = g_new (double, n + 1);
  g_autoptr (GArray) examples = g_array_new (FALSE, FALSE, sizeof (ClassifyExample));
  ClassifyLesson *lesson = g_new0 (ClassifyLesson, 1);
  add_examples (shipped, question, CLASSIFY_NONE, 1, examples);
  *lesson = (ClassifyLesson){ .linear = learn (examples, question),
                              .shifts = g_new0 (float, (gsize)shipped->letters->len *n + 1),
                              .letters = shipped->letters->len };
  for (guint fold = 0; fold < CLASSIFY_FOLDS; fold++)
    hold_out_fold (shipped, question, fold, lesson->shifts);
  for (guint i = 0; i < shipped->letters->len; i++)
    {
      values_of (lesson->linear, &g_array_index (shipped->letters, ClassifySample, i), values);
      for (guint k = 0; k < n; k++)
        lesson->shifts[(gsize)i * n + k] -= (float)values[k];
    }
  return lesson;
}

/* --- and the corrected ones --- */

/* What is learnt of @shipped and of all but fold @held of @corrected. */
static ClassifyLinear *
learn_both (const ClassifyQuestion *question, const ClassifySamples *shipped, const ClassifySamples *corrected,
            guint held)
{
  g_autoptr (GArray) examples = g_array_new (FALSE, FALSE, sizeof (ClassifyExample));
  add_examples (shipped, question, CLASSIFY_NONE, 1, examples);
  add_examples (corrected, question, held, question->times, examples);
  return learn (examples, question);
}

ClassifyLinear *
classify_lesson_learn (const ClassifyQuestion *question, const ClassifySamples *shipped,
                       const ClassifySamples *corrected)
{
  return learn_both (question, shipped, corrected, CLASSIFY_NONE);
}

/* Puts what @linear says of the letters of fold @held of @corrected (CLASSIFY_NONE: of all) into @values. */
static void
ask_corrected (const ClassifyLinear *linear, const ClassifyQuestion *question, const ClassifySamples *corrected,
               guint held, double *values)
{
  for (guint i = 0; i < corrected->letters->len; i++)
    {
      const ClassifySample *sample = &g_array_index (corrected->letters, ClassifySample, i);
      if (held == CLASSIFY_NONE || question->fold_of (sample) == held)
        values_of (linear, sample, values + (gsize)i * linear->n);
    }
}

/* The values of @corrected by models that have not seen them. Where they are few they count for little among the
 * shipped ones: what these alone taught is asked then, which makes docket rather less sure than it could be. */
static void
hold_out_corrected (const ClassifyLesson *lesson, const ClassifyQuestion *question, const ClassifySamples *shipped,
                    const ClassifySamples *corrected, double *values)
{
  if (corrected->letters->len <= shipped->letters->len / FEW_OF)
    return ask_corrected (lesson->linear, question, corrected, CLASSIFY_NONE, values);
  for (guint fold = 0; fold < CLASSIFY_FOLDS; fold++)
    {
      g_autoptr (ClassifyLinear) linear = learn_both (question, shipped, corrected, fold);
      ask_corrected (linear, question, corrected, fold, values);
    }
}

double *
classify_lesson_hold_out (const ClassifyLesson *lesson, const ClassifyQuestion *question,
                          const ClassifySamples *shipped, const ClassifySamples *corrected,
                          const ClassifyLinear *linear)
{
  guint n = lesson->linear->n;
  double *values = g_new0 (double, ((gsize)shipped->letters->len + corrected->letters->len) * n + 1);
  for (guint i = 0; i < shipped->letters->len; i++)
    {
      values_of (linear, &g_array_index (shipped->letters, ClassifySample, i), values + (gsize)i * n);
      for (guint k = 0; k < n; k++)
        values[(gsize)i * n + k] += lesson->shifts[(gsize)i * n + k];
    }
  hold_out_corrected (lesson, question, shipped, corrected, values + (gsize)shipped->letters->len * n);
  return values;
}
