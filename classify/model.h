/* classify/model.h - what was learnt: linear models of kind and subject, and how sure their answers are.
 *
 * As bytes: the line "docket-model 2", a line of JSON, then the weights. The JSON holds "letters", "corrections",
 * "made_from", of "kind" and "subject" what was measured on letters held out, and the numbers of the calibration. */
#pragma once
#include "classify/linear.h"

/* P (class k) is proportional to exp (slope * value k + offset k): Platt's scaling for several classes (Guo et al., "On
 * Calibration of Modern Neural Networks", ICML 2017). */
typedef struct
{
  double slope;
  double offsets[CLASSIFY_KINDS];
} ClassifyKindScale;

/* P (page) = 1 / (1 + exp (- (slope * value + sure * ln (p / (1 - p)) + offset))), where p is the share of the
 * likeliest kind: a page that is no message to anybody shows no kind clearly (Platt, "Probabilistic Outputs for Support
 * Vector Machines", 1999, with a second value). A slope of 0: pages are not told. */
typedef struct
{
  double slope, sure, offset;
} ClassifyPageScale;

/* Subjects: P (top t) is proportional to exp (words * score of its words + taught * value of the model). */
typedef struct
{
  double words, taught;
} ClassifySubjectScale;
/* The value of a top concept that the model was not taught: as of one that it denies. */
#define CLASSIFY_NOT_TAUGHT (-1.0)
/* Where there is nothing to fit it on. */
extern const ClassifySubjectScale classify_subject_scale_default;

/* What was measured on letters held out, while the model was made. */
typedef struct
{
  guint n;
  double f1, ece, alone; /* macro-F1; expected calibration error; share of letters above the threshold */
  double threshold;      /* the lowest confidence above which at least 95 of 100 answers were right */
} ClassifyFigures;

typedef struct
{
  char version[13]; /* the first 12 hexadecimal digits of the digest of its bytes */
  GBytes *bytes;    /* in which its weights lie; NULL where it was just made */
  char *made_from;  /* digest of what it was made of */
  guint letters, corrections;
  ClassifyLinear *kinds, *subjects; /* the latter of the top concepts with enough letters */
  ClassifyLinear *pages;            /* what is no message to anybody; NULL where that was not learnt */
  ClassifyKindScale kind_scale;
  ClassifyPageScale page_scale;
  ClassifySubjectScale subject_scale;
  ClassifyFigures kind, subject;
} ClassifyModel;
void classify_model_free (ClassifyModel *model);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClassifyModel, classify_model_free)
/* Owned by the caller. */
GBytes *classify_model_encode (const ClassifyModel *model);
/* Fails with INVALID for anything that encode does not write. Owned by the caller. */
ClassifyModel *classify_model_decode (GBytes *bytes, GError **error);
/* The probabilities of the kinds, in their order; they sum up to 1. */
void classify_kind_scale_apply (const ClassifyKindScale *scale, const double *values, double *probabilities);
/* How probable it is that what has the @value, and the @probabilities of kinds, is a page and no message. */
double classify_page_scale_apply (const ClassifyPageScale *scale, double value, const double *probabilities);
/* Likewise those of @n top concepts. */
void classify_subject_scale_apply (const ClassifySubjectScale *scale, const double *words, const double *values,
                                   guint n, double *probabilities);
