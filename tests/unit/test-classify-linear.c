#include "base/error.h"
#include "classify/linear.h"

static ClassifyFeatureSet *
set_of (const guint32 *indices, guint n)
{
  ClassifyFeatureSet *set = classify_feature_set_new ();
  for (guint i = 0; i < n; i++)
    classify_feature_set_add (set, indices[i]);
  classify_feature_set_count (set);
  return set;
}

static const guint32 known[] = { CLASSIFY_FEATURES - 1, 0, 64, 63, 1000000 }; /* in no order, at the edges of words */

/* Two classes, to which each feature says another number. */
static ClassifyLinear *
linear_of_known (void)
{
  static const char *const classes[] = { "tea", "coffee", NULL };
  ClassifyLinear *linear = classify_linear_new (classes, set_of (known, G_N_ELEMENTS (known)));
  for (guint i = 0; i < 2 * linear->features->n; i++)
    linear->weights[i] = (float)i - 4;
  linear->constant[1] = 0.5f;
  return linear;
}

static void
test_rows_follow_the_order_of_features (void)
{
  g_autoptr (ClassifyFeatureSet) set = set_of (known, G_N_ELEMENTS (known));
  const guint32 in_order[] = { 0, 63, 64, 1000000, CLASSIFY_FEATURES - 1 };
  g_assert_cmpuint (set->n, ==, G_N_ELEMENTS (in_order));
  for (guint i = 0; i < G_N_ELEMENTS (in_order); i++)
    {
      g_assert_cmpuint (classify_feature_set_row (set, in_order[i]), ==, i);
      g_assert_cmpuint (classify_feature_set_below (set, in_order[i]), ==, i);
    }
  g_assert_cmpuint (classify_feature_set_row (set, 65), ==, CLASSIFY_NO_ROW);
  g_assert_cmpuint (classify_feature_set_below (set, 65), ==, 3);
}

static void
test_a_feature_that_was_not_learnt_weighs_nothing (void)
{
  g_autoptr (ClassifyLinear) linear = linear_of_known ();
  g_autoptr (GArray) features = g_array_new (FALSE, FALSE, sizeof (ClassifyFeature));
  const ClassifyFeature letter[] = { { 63, 2, 1 }, { 70, 100, 1 } };
  g_array_append_vals (features, letter, G_N_ELEMENTS (letter));
  double values[2];
  classify_linear_values (linear, features, values);
  g_assert_cmpfloat (values[0], ==, -4); /* twice the weight of the second row, which is 2 - 4 */
  g_assert_cmpfloat (values[1], ==, -1.5);
  g_assert_cmpfloat (classify_linear_weight (linear, 70, 0), ==, 0);
}

static void
test_weights_come_back_from_bytes (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ClassifyLinear) linear = linear_of_known ();
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (json_t) json = classify_linear_encode (linear, bytes);
  const guint8 *data = bytes->data;
  gsize left = bytes->len;
  g_autoptr (ClassifyLinear) back = classify_linear_decode (json, &data, &left, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (left, ==, 0);
  g_assert_cmpstr (back->classes[1], ==, "coffee");
  g_assert_cmpfloat (back->constant[1], ==, 0.5f);
  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    g_assert_cmpfloat_with_epsilon (classify_linear_weight (back, known[i], 1),
                                    classify_linear_weight (linear, known[i], 1), 0.001);
}

static void
test_bytes_cut_short_are_refused (void)
{
  g_autoptr (ClassifyLinear) linear = linear_of_known ();
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (json_t) json = classify_linear_encode (linear, bytes);
  const gsize lengths[] = { 0, 100, bytes->len - 1 };
  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autoptr (GError) error = NULL;
      const guint8 *data = bytes->data;
      gsize left = lengths[i];
      g_assert_null (classify_linear_decode (json, &data, &left, &error));
      g_assert_error (error, DK_ERROR, DK_ERROR_INVALID);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/linear/rows follow the order of features", test_rows_follow_the_order_of_features);
  g_test_add_func ("/linear/a feature that was not learnt weighs nothing",
                   test_a_feature_that_was_not_learnt_weighs_nothing);
  g_test_add_func ("/linear/weights come back from bytes", test_weights_come_back_from_bytes);
  g_test_add_func ("/linear/bytes cut short are refused", test_bytes_cut_short_are_refused);
  return g_test_run ();
}
