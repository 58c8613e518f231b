/* classify/linear.h - one class against the others: a weight for each feature that is known and a constant, whose sum
 * over a letter's features is above 0 where the class holds.
 *
 * As bytes: which features are known, a bit each, then their weights in 16 bits; little-endian. What else there is
 * stands in a JSON object: "classes", "constants" and "greatest", the greatest weight. */
#pragma once
#include "base/json.h"
#include "classify/feature_set.h"

typedef struct
{
  char **classes; /* ids, NULL-terminated */
  guint n;        /* classes */
  ClassifyFeatureSet *features;
  float *weights;      /* of class k and row r at r * n + k; NULL once they are bytes */
  const guint8 *steps; /* the same as bytes, which are lent: each so many steps of the greatest weight */
  double greatest;
  float *constant; /* by class */
} ClassifyLinear;
/* All weights 0. Takes @features. */
ClassifyLinear *classify_linear_new (const char *const *classes, ClassifyFeatureSet *features);
void classify_linear_free (ClassifyLinear *linear);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClassifyLinear, classify_linear_free)
/* The sums for @features (of ClassifyFeature), one for each class, into @values. */
void classify_linear_values (const ClassifyLinear *linear, const GArray *features, double *values);
/* The same for the @n at @features. */
void classify_linear_sums (const ClassifyLinear *linear, const ClassifyFeature *features, guint n, double *sums);
/* What the feature @index weighs for class @k; 0 where it is not known. */
double classify_linear_weight (const ClassifyLinear *linear, guint32 index, guint k);

/* Appends the weights to @bytes. Returns the object that tells the rest. */
json_t *classify_linear_encode (const ClassifyLinear *linear, GByteArray *bytes);
/* Takes what encode wrote from *@data on, which has *@left bytes, and moves both on behind it, but keeps
 * pointers there. Fails with INVALID. Owned by the caller. */
ClassifyLinear *classify_linear_decode (const json_t *json, const guint8 **data, gsize *left, GError **error);
