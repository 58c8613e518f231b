/* classify/learn.h - linear models by support vectors. */
#pragma once
#include "classify/model.h"
#include "classify/support.h"

typedef struct
{
  const ClassifyFeature *features; /* in the order of their indices, lent */
  guint n;
  guint label; /* which class it is of; another than those that are learnt: of none */
  guint times; /* it counts like so many */
} ClassifyExample;

/* One class against all others for each of @classes, with classes of equal weight however many examples they have.
 * @cost is what an error costs. @alphas, SUPPORT_LANES for each example and for every SUPPORT_LANES classes, says where
 * to begin, all 0 where nothing is known, and then where it ended; NULL when nobody asks. The same examples (of
 * ClassifyExample) give the same weights. Owned by the caller. */
ClassifyLinear *classify_learn (const GArray *examples, const char *const *classes, double cost, SupportLanes *alphas);
/* Adds @share of what naive Bayes says of the same @examples to @linear: for each feature the logarithm of its part in
 * the class, less the mean over the classes. It errs elsewhere than the support vectors do, most of all where letters
 * are few (Wang and Manning, as in learn.c). */
void classify_learn_bayes (ClassifyLinear *linear, const GArray *examples, double share);
