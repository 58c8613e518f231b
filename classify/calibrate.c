#include "classify/calibrate.h"
#include <math.h>

#define STEP 0.5 /* of the first tries; halved after TURNS over all factors */
#define LEAST_KIND_STEP 0.001
#define LEAST_SUBJECT_STEP 0.02
#define LEAST_PAGE_STEP 0.02
#define TURNS 3
#define PAGE_TURNS 10
#define LEAST_SLOPE 0.01
#define FLAT 0.02 /* weight of offsets that are not 0: a few letters are no reason for a prejudice */
#define BINS 10
#define COOLEST 0.5 /* factors of a scale that are tried */
#define HOTTEST 3.0
#define TEMPERS 60
#define TOPS_MOST 200 /* top concepts of subjects */

/* The mean negative log-likelihood of @held under @fit, and what keeps that near nothing. */
typedef double (*Loss) (const GArray *held, gconstpointer fit);

/* A fit under way. */
typedef struct
{
  const GArray *held;
  Loss loss_of;
  gconstpointer fit;
  double step, loss;
} Descent;

/* Moves *@factor of the fit by a step, up or down but not below @least, where that makes what was held out more likely.
 */
static void
try_step (Descent *descent, double *factor, double least)
{
  double before = *factor;
  for (int sign = -1; sign <= 1; sign += 2)
    {
      *factor = MAX (least, before + sign * descent->step);
      double next = descent->loss_of (descent->held, descent->fit);
      if (next < descent->loss)
        {
          descent->loss = next;
          return;
        }
    }
  *factor = before;
}

/* --- kinds --- */

static double
kind_loss (const GArray *held, gconstpointer fit)
{
  const ClassifyKindScale *scale = fit;
  double loss = 0;
  for (guint i = 0; i < held->len; i++)
    {
      const ClassifyHeldOut *one = &g_array_index (held, ClassifyHeldOut, i);
      double p[CLASSIFY_KINDS];
      classify_kind_scale_apply (scale, one->values, p);
      loss -= log (MAX (p[one->truth], 1e-12)) / held->len;
    }
  for (guint k = 0; k < CLASSIFY_KINDS; k++)
    loss += FLAT * scale->offsets[k] * scale->offsets[k] / 2;
  return loss;
}

ClassifyKindScale
classify_fit_kind_scale (const GArray *held)
{
  ClassifyKindScale scale = { .slope = 2 };
  Descent descent = { .held = held, .loss_of = kind_loss, .fit = &scale, .loss = kind_loss (held, &scale) };
  for (descent.step = STEP; descent.step > LEAST_KIND_STEP; descent.step /= 2)
    for (guint turn = 0; turn < TURNS; turn++)
      {
        try_step (&descent, &scale.slope, LEAST_SLOPE);
        for (guint k = 0; k < CLASSIFY_KINDS; k++)
          try_step (&descent, &scale.offsets[k], -INFINITY);
      }
  return scale;
}

void
classify_temper_kind_scale (ClassifyKindScale *scale, const GArray *held)
{
  double least = INFINITY, best = 1;
  for (guint step = 0; step <= TEMPERS && held->len > 0; step++)
    {
      double factor = COOLEST * pow (HOTTEST / COOLEST, step / (double)TEMPERS);
      ClassifyKindScale next = { .slope = factor * scale->slope };
      for (guint k = 0; k < CLASSIFY_KINDS; k++)
        next.offsets[k] = factor * scale->offsets[k];
      double loss = kind_loss (held, &next);
      best = loss < least ? factor : best;
      least = MIN (loss, least);
    }
  scale->slope *= best;
  for (guint k = 0; k < CLASSIFY_KINDS; k++)
    scale->offsets[k] *= best;
}

/* --- pages --- */

static double
page_loss (const GArray *held, gconstpointer fit)
{
  double loss = 0;
  for (guint i = 0; i < held->len; i++)
    {
      const ClassifyPageHeldOut *one = &g_array_index (held, ClassifyPageHeldOut, i);
      double p = classify_page_scale_apply (fit, one->value, one->kinds);
      loss -= log (MAX (one->page ? p : 1 - p, 1e-12)) / held->len;
    }
  return loss;
}

ClassifyPageScale
classify_fit_page_scale (const GArray *held)
{
  ClassifyPageScale scale = { .slope = 2 };
  bool pages = false;
  for (guint i = 0; i < held->len && !pages; i++)
    pages = g_array_index (held, ClassifyPageHeldOut, i).page;
  if (!pages)
    return (ClassifyPageScale){ 0 };
  Descent descent = { .held = held, .loss_of = page_loss, .fit = &scale, .loss = page_loss (held, &scale) };
  for (descent.step = STEP; descent.step > LEAST_PAGE_STEP; descent.step /= 2)
    for (guint turn = 0; turn < PAGE_TURNS; turn++)
      {
        try_step (&descent, &scale.slope, LEAST_SLOPE);
        try_step (&descent, &scale.sure, -INFINITY);
        try_step (&descent, &scale.offset, -INFINITY);
      }
  return scale;
}

/* --- subjects --- */

/* What is fitted: a scale, and what is added to the values of the top concepts. */
typedef struct
{
  ClassifySubjectScale scale;
  double constants[TOPS_MOST];
} SubjectFit;

static double
subject_loss (const GArray *held, gconstpointer data)
{
  const SubjectFit *fit = data;
  double loss = 0, p[TOPS_MOST], values[TOPS_MOST];
  for (guint i = 0; i < held->len; i++)
    {
      const ClassifySubjectHeldOut *one = &g_array_index (held, ClassifySubjectHeldOut, i);
      guint n = MIN (one->n, TOPS_MOST);
      for (guint t = 0; t < n; t++)
        values[t] = one->values[t] + fit->constants[t];
      classify_subject_scale_apply (&fit->scale, one->words, values, n, p);
      loss -= log (MAX (one->truth < n ? p[one->truth] : 0, 1e-12)) / held->len;
    }
  for (guint t = 0; t < TOPS_MOST; t++)
    loss += FLAT * fit->constants[t] * fit->constants[t];
  return loss;
}

ClassifySubjectScale
classify_fit_subject_scale (const GArray *held, const bool *taught, guint n, double *constants)
{
  SubjectFit fit = { .scale = classify_subject_scale_default };
  Descent descent = { .held = held, .loss_of = subject_loss, .fit = &fit, .loss = subject_loss (held, &fit) };
  for (descent.step = STEP; descent.step > LEAST_SUBJECT_STEP; descent.step /= 2)
    for (guint turn = 0; turn < TURNS; turn++)
      {
        try_step (&descent, &fit.scale.words, 0);
        try_step (&descent, &fit.scale.taught, 0);
        for (guint t = 0; t < MIN (n, TOPS_MOST); t++)
          if (taught[t])
            try_step (&descent, &fit.constants[t], -INFINITY);
      }
  for (guint t = 0; t < n; t++)
    constants[t] = t < TOPS_MOST ? fit.constants[t] : 0;
  return fit.scale;
}

/* --- what answers are worth --- */

static gint
by_confidence (gconstpointer a, gconstpointer b)
{
  const ClassifyAnswer *x = a, *y = b;
  return x->confidence > y->confidence ? -1 : x->confidence < y->confidence;
}

/* The largest share of @sorted that is right in @precision of the cases, and where it ends. */
static void
find_threshold (const GArray *sorted, double precision, ClassifyFigures *figures)
{
  guint right = 0;
  figures->threshold = 1;
  for (guint i = 0; i < sorted->len; i++)
    {
      const ClassifyAnswer *one = &g_array_index (sorted, ClassifyAnswer, i);
      right += one->truth == one->answer ? 1 : 0;
      bool last = i + 1 == sorted->len || g_array_index (sorted, ClassifyAnswer, i + 1).confidence < one->confidence;
      if (!last || right < precision * (i + 1))
        continue;
      figures->alone = (i + 1.0) / sorted->len;
      figures->threshold = one->confidence;
    }
}

static double
macro_f1 (const GArray *answers, guint classes)
{
  g_autofree guint *right = g_new0 (guint, classes), *said = g_new0 (guint, classes), *were = g_new0 (guint, classes);
  for (guint i = 0; i < answers->len; i++)
    {
      const ClassifyAnswer *one = &g_array_index (answers, ClassifyAnswer, i);
      right[one->truth] += one->truth == one->answer ? 1 : 0;
      said[one->answer]++;
      were[one->truth]++;
    }
  double sum = 0;
  guint n = 0;
  for (guint k = 0; k < classes; k++)
    if (were[k] > 0)
      {
        n++;
        sum += 2.0 * right[k] / (said[k] + were[k]);
      }
  return n == 0 ? 0 : sum / n;
}

static double
calibration_error (const GArray *answers)
{
  struct
  {
    double confidence, right;
  } bins[BINS] = { 0 };
  for (guint i = 0; i < answers->len; i++)
    {
      const ClassifyAnswer *one = &g_array_index (answers, ClassifyAnswer, i);
      guint bin = MIN (BINS - 1, (guint)(one->confidence * BINS));
      bins[bin].confidence += one->confidence;
      bins[bin].right += one->truth == one->answer ? 1 : 0;
    }
  double error = 0;
  for (guint b = 0; b < BINS; b++)
    error += fabs (bins[b].confidence - bins[b].right);
  return answers->len == 0 ? 0 : error / answers->len;
}

ClassifyFigures
classify_measure (const GArray *answers, guint classes, double precision)
{
  ClassifyFigures figures = { .n = answers->len };
  g_autoptr (GArray) sorted = g_array_copy ((GArray *)answers);
  g_array_sort (sorted, by_confidence);
  find_threshold (sorted, precision, &figures);
  figures.f1 = macro_f1 (answers, classes);
  figures.ece = calibration_error (answers);
  return figures;
}

ClassifyFigures
classify_measure_kinds (const ClassifyKindScale *scale, const GArray *held, double precision)
{
  g_autoptr (GArray) answers = g_array_new (FALSE, FALSE, sizeof (ClassifyAnswer));
  for (guint i = 0; i < held->len; i++)
    {
      const ClassifyHeldOut *one = &g_array_index (held, ClassifyHeldOut, i);
      double p[CLASSIFY_KINDS];
      classify_kind_scale_apply (scale, one->values, p);
      ClassifyAnswer answer = { .truth = one->truth };
      for (guint k = 1; k < CLASSIFY_KINDS; k++)
        answer.answer = p[k] > p[answer.answer] ? k : answer.answer;
      answer.confidence = p[answer.answer];
      g_array_append_val (answers, answer);
    }
  return classify_measure (answers, CLASSIFY_KINDS, precision);
}
