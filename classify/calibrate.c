#include "classify/calibrate.h"
#include <math.h>

#define STEPS 400
#define STEP 0.5  /* of the first step down the mean gradient; halved when it does not lead down */
#define FLAT 0.02 /* weight of offsets that are not 0: a few letters are no reason for a prejudice */
#define BINS 10
#define COOLEST 0.5 /* factors of a scale that are tried */
#define HOTTEST 3.0
#define TEMPERS 60
#define TOPS_MOST 200 /* top concepts of subjects */
#define TURNS 3       /* over all factors of subjects, at each size of step */

/* The mean negative log-likelihood of @held under @scale, and its gradient by slope and offsets. */
static double
loss_of (const GArray *held, const ClassifyKindScale *scale, double *gradient)
{
  double loss = 0, n = held->len;
  for (guint j = 0; j <= CLASSIFY_KINDS; j++)
    gradient[j] = 0;
  for (guint i = 0; i < held->len; i++)
    {
      const ClassifyHeldOut *one = &g_array_index (held, ClassifyHeldOut, i);
      double p[CLASSIFY_KINDS];
      classify_kind_scale_apply (scale, one->values, p);
      loss -= log (MAX (p[one->truth], 1e-12)) / n;
      for (guint k = 0; k < CLASSIFY_KINDS; k++)
        {
          double error = (p[k] - (k == one->truth ? 1 : 0)) / n;
          gradient[0] += error * one->values[k];
          gradient[k + 1] += error;
        }
    }
  for (guint k = 0; k < CLASSIFY_KINDS; k++)
    {
      loss += FLAT * scale->offsets[k] * scale->offsets[k] / 2;
      gradient[k + 1] += FLAT * scale->offsets[k];
    }
  return loss;
}

ClassifyKindScale
classify_fit_kind_scale (const GArray *held)
{
  ClassifyKindScale scale = { .slope = 2 };
  double gradient[CLASSIFY_KINDS + 1], next_gradient[CLASSIFY_KINDS + 1], step = STEP;
  double loss = loss_of (held, &scale, gradient);
  for (guint i = 0; i < STEPS && step > 1e-9; i++)
    {
      ClassifyKindScale next = { .slope = scale.slope - step * gradient[0] };
      for (guint k = 0; k < CLASSIFY_KINDS; k++)
        next.offsets[k] = scale.offsets[k] - step * gradient[k + 1];
      double next_loss = loss_of (held, &next, next_gradient);
      if (next_loss >= loss || next.slope <= 0)
        {
          step /= 2;
          continue;
        }
      scale = next;
      loss = next_loss;
      for (guint j = 0; j <= CLASSIFY_KINDS; j++)
        gradient[j] = next_gradient[j];
      step *= 1.3;
    }
  return scale;
}

void
classify_temper_kind_scale (ClassifyKindScale *scale, const GArray *held)
{
  double gradient[CLASSIFY_KINDS + 1], least = INFINITY, best = 1;
  for (guint step = 0; step <= TEMPERS && held->len > 0; step++)
    {
      double factor = COOLEST * pow (HOTTEST / COOLEST, step / (double)TEMPERS);
      ClassifyKindScale next = { .slope = factor * scale->slope };
      for (guint k = 0; k < CLASSIFY_KINDS; k++)
        next.offsets[k] = factor * scale->offsets[k];
      double loss = loss_of (held, &next, gradient);
      best = loss < least ? factor : best;
      least = MIN (loss, least);
    }
  scale->slope *= best;
  for (guint k = 0; k < CLASSIFY_KINDS; k++)
    scale->offsets[k] *= best;
}

/* --- subjects --- */

/* What is fitted: a scale, and what is added to the values of the top concepts. */
typedef struct
{
  ClassifySubjectScale scale;
  double constants[TOPS_MOST];
} SubjectFit;

static double
subject_loss (const GArray *held, const SubjectFit *fit)
{
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

/* Moves *@factor of @fit by @step, up or down but not below @least, where that makes @held more likely; *@loss
 * follows. */
static void
try_step (const GArray *held, SubjectFit *fit, double *factor, double least, double step, double *loss)
{
  double before = *factor;
  for (int sign = -1; sign <= 1; sign += 2)
    {
      *factor = MAX (least, before + sign * step);
      double next = subject_loss (held, fit);
      if (next < *loss)
        {
          *loss = next;
          return;
        }
    }
  *factor = before;
}

ClassifySubjectScale
classify_fit_subject_scale (const GArray *held, const bool *taught, guint n, double *constants)
{
  SubjectFit fit = { .scale = classify_subject_scale_default };
  double loss = subject_loss (held, &fit);
  for (double step = 0.5; step > 0.02; step /= 2)
    for (guint turn = 0; turn < TURNS; turn++)
      {
        try_step (held, &fit, &fit.scale.words, 0, step, &loss);
        try_step (held, &fit, &fit.scale.taught, 0, step, &loss);
        for (guint t = 0; t < MIN (n, TOPS_MOST); t++)
          if (taught[t])
            try_step (held, &fit, &fit.constants[t], -INFINITY, step, &loss);
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
