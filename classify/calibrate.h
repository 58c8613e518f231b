/* classify/calibrate.h - how sure an answer is, fitted on letters that the model has not seen. */
#pragma once
#include "classify/model.h"

/* What the model says of a letter that it has not seen, and what is true. */
typedef struct
{
  double values[CLASSIFY_KINDS];
  guint truth;
} ClassifyHeldOut;
/* The scale under which @held (of ClassifyHeldOut) is most likely, by steps of one factor after the other. */
ClassifyKindScale classify_fit_kind_scale (const GArray *held);
/* Makes @scale surer or less sure by one factor, that under which @held is most likely; which kind is the likeliest
 * stays (temperature scaling, Guo et al., ICML 2017). */
void classify_temper_kind_scale (ClassifyKindScale *scale, const GArray *held);

/* What is said of a letter or page that was not seen. */
typedef struct
{
  double value;
  double kinds[CLASSIFY_KINDS]; /* their probabilities */
  bool page;
} ClassifyPageHeldOut;
/* The scale under which @held (of ClassifyPageHeldOut) is most likely, likewise; of slope 0 where there is no page. */
ClassifyPageScale classify_fit_page_scale (const GArray *held);

/* The same of a subject: what words and model say for each of @n top concepts. Lends its arrays. */
typedef struct
{
  const double *words, *values;
  guint n, truth;
} ClassifySubjectHeldOut;
/* The scale under which @held (of ClassifySubjectHeldOut) is most likely, by steps of one factor after the other. Each
 * of the @n top concepts that is @taught is given a constant to add to its values, too: in *@constants, 0 for the
 * others. */
ClassifySubjectScale classify_fit_subject_scale (const GArray *held, const bool *taught, guint n, double *constants);

/* An answer with its confidence. */
typedef struct
{
  guint truth, answer;
  double confidence;
} ClassifyAnswer;
/* What @answers (of ClassifyAnswer) of @classes classes are worth: macro-F1 over the classes that occur, expected
 * calibration error in ten bins (Naeini et al., AAAI 2015), and the threshold for @precision. */
ClassifyFigures classify_measure (const GArray *answers, guint classes, double precision);
/* The same of what @scale makes of @held (of ClassifyHeldOut). */
ClassifyFigures classify_measure_kinds (const ClassifyKindScale *scale, const GArray *held, double precision);
