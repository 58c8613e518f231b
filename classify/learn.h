/* classify/learn.h - linear models by liblinear. */
#pragma once
#include "classify/model.h"

typedef struct
{
  const ClassifyFeature *features; /* lent */
  guint n;
  guint label; /* which class it is of */
  guint times; /* it counts like so many */
} ClassifyExample;

/* One class against all others for each of @classes, with classes of equal weight however many examples they have
 * (Fan et al., "LIBLINEAR", JMLR 9, 2008: L2-regularised L2-loss support vector classification). @cost is its C,
 * @precision its epsilon. The same examples (of ClassifyExample) give the same weights. Owned by the caller. */
ClassifyLinear *classify_learn (const GArray *examples, const char *const *classes, double cost, double precision);
/* Adds @share of what naive Bayes says of the same @examples to @linear: for each feature the logarithm of its part in
 * the class, less the mean over the classes. It errs elsewhere than the support vectors do, most of all where letters
 * are few (Wang and Manning, as above). */
void classify_learn_bayes (ClassifyLinear *linear, const GArray *examples, double share);
