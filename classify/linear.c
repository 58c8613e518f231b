#include "classify/linear.h"
#include <math.h>
#include <string.h>

#define MOST_CLASSES 200
#define STEPS 32000 /* a weight is kept as one of so many steps of the greatest, on either side of 0 */

static ClassifyLinear *
without_weights (const char *const *classes, ClassifyFeatureSet *features)
{
  ClassifyLinear *linear = g_new0 (ClassifyLinear, 1);
  linear->classes = g_strdupv ((char **)classes);
  linear->n = g_strv_length (linear->classes);
  linear->features = features;
  linear->constant = g_new0 (float, linear->n + 1);
  return linear;
}

ClassifyLinear *
classify_linear_new (const char *const *classes, ClassifyFeatureSet *features)
{
  ClassifyLinear *linear = without_weights (classes, features);
  linear->weights = g_new0 (float, (gsize)linear->n * features->n);
  return linear;
}

void
classify_linear_free (ClassifyLinear *linear)
{
  if (linear == NULL)
    return;
  g_strfreev (linear->classes);
  classify_feature_set_free (linear->features);
  g_free (linear->weights);
  g_free (linear->constant);
  g_free (linear);
}

static inline double
weight_at (const ClassifyLinear *linear, gsize at)
{
  if (linear->weights != NULL)
    return (double)linear->weights[at];
  gint16 step;
  memcpy (&step, linear->steps + at * sizeof step, sizeof step);
  return (double)(float)(GINT16_FROM_LE (step) * linear->greatest / STEPS);
}

void
classify_linear_sums (const ClassifyLinear *linear, const ClassifyFeature *features, guint n, double *sums)
{
  for (guint k = 0; k < linear->n; k++)
    sums[k] = linear->constant[k];
  for (guint i = 0; i < n; i++)
    {
      guint row = classify_feature_set_row (linear->features, features[i].index);
      if (row == CLASSIFY_NO_ROW)
        continue;
      for (guint k = 0; k < linear->n; k++)
        sums[k] += weight_at (linear, (gsize)row * linear->n + k) * features[i].value;
    }
}

void
classify_linear_values (const ClassifyLinear *linear, const GArray *features, double *values)
{
  classify_linear_sums (linear, (const ClassifyFeature *)(const void *)features->data, features->len, values);
}

double
classify_linear_weight (const ClassifyLinear *linear, guint32 index, guint k)
{
  guint row = classify_feature_set_row (linear->features, index);
  return row == CLASSIFY_NO_ROW ? 0 : weight_at (linear, (gsize)row * linear->n + k);
}

/* --- as bytes --- */

static double
greatest_weight (const ClassifyLinear *linear)
{
  double greatest = 1e-9;
  for (gsize i = 0; i < (gsize)linear->n * linear->features->n; i++)
    greatest = MAX (greatest, fabs (weight_at (linear, i)));
  return greatest;
}

static void
append_weights (GByteArray *out, const ClassifyLinear *linear, double greatest)
{
  for (guint i = 0; i < CLASSIFY_FEATURE_WORDS_OF_BITS; i++)
    {
      guint64 word = GUINT64_TO_LE (linear->features->bits[i]);
      g_byte_array_append (out, (const guint8 *)&word, sizeof word);
    }
  for (gsize i = 0; i < (gsize)linear->n * linear->features->n; i++)
    {
      gint16 step = (gint16)GINT16_TO_LE ((gint16)lround (weight_at (linear, i) / greatest * STEPS));
      g_byte_array_append (out, (const guint8 *)&step, sizeof step);
    }
}

json_t *
classify_linear_encode (const ClassifyLinear *linear, GByteArray *bytes)
{
  double greatest = greatest_weight (linear);
  json_t *classes = json_array (), *constants = json_array ();
  for (guint k = 0; k < linear->n; k++)
    {
      json_array_append_new (classes, json_string (linear->classes[k]));
      json_array_append_new (constants, json_real (linear->constant[k]));
    }
  append_weights (bytes, linear, greatest);
  return json_pack ("{s:o, s:o, s:f}", "classes", classes, "constants", constants, "greatest", greatest);
}

/* Takes the bits from *@data on. NULL when they are not there. */
static ClassifyFeatureSet *
take_features (const guint8 **data, gsize *left)
{
  gsize size = CLASSIFY_FEATURE_WORDS_OF_BITS * sizeof (guint64);
  if (*left < size)
    return NULL;
  g_autoptr (ClassifyFeatureSet) set = classify_feature_set_new ();
  memcpy (set->bits, *data, size);
  for (guint i = 0; i < CLASSIFY_FEATURE_WORDS_OF_BITS; i++)
    set->bits[i] = GUINT64_FROM_LE (set->bits[i]);
  classify_feature_set_count (set);
  *data += size;
  *left -= size;
  return g_steal_pointer (&set);
}

ClassifyLinear *
classify_linear_decode (const json_t *json, const guint8 **data, gsize *left, GError **error)
{
  const json_t *classes = json_object_get (json, "classes"), *constants = json_object_get (json, "constants");
  size_t n = json_array_size (classes);
  double greatest = dk_json_real (json, "greatest", -1);
  bool good = n <= MOST_CLASSES && json_array_size (constants) == n && greatest > 0 && greatest < 1e6;
  g_autoptr (ClassifyFeatureSet) features = good ? take_features (data, left) : NULL;
  gsize size = features != NULL ? n * features->n * sizeof (gint16) : 0;
  if (features == NULL || *left < size)
    {
      dk_throw (error, DK_ERROR_INVALID, "the model lacks classes or weights");
      return NULL;
    }
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  for (size_t k = 0; k < n; k++)
    g_strv_builder_add (
        names, json_is_string (json_array_get (classes, k)) ? json_string_value (json_array_get (classes, k)) : "");
  g_auto (GStrv) ids = g_strv_builder_end (names);
  ClassifyLinear *linear = without_weights ((const char *const *)ids, g_steal_pointer (&features));
  for (size_t k = 0; k < n; k++)
    linear->constant[k] = (float)json_number_value (json_array_get (constants, k));
  linear->steps = *data;
  linear->greatest = greatest;
  *data += size;
  *left -= size;
  return linear;
}
