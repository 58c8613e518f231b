/* A model whose head is any text, with weights behind it: it is refused, or tells shares that sum up to 1. */
#include "classify/model.h"
#include "tests/fuzz/fuzz.h"
#include <math.h>
#include <string.h>

static const char head[]
    = "docket-model 2\n"
      "{\"corrections\":0,\"kind\":{\"alone\":0.5,\"ece\":0.1,\"f1\":0.8,\"n\":9,\"threshold\":0.7},\"kind_scale\":"
      "{\"offsets\":[0.1,0,0,0,0],\"slope\":2.3},\"kinds\":{\"classes\":[\"complaint\",\"suggestion\",\"thanks\","
      "\"question\",\"other\"],\"constants\":[0,0,0,0,0],\"greatest\":1.5},\"letters\":9,\"made_from\":\"00\","
      "\"subject\":{\"alone\":0,\"ece\":0,\"f1\":0,\"n\":0,\"threshold\":1},\"subject_scale\":{\"taught\":2,"
      "\"words\":0.9},\"subjects\":{\"classes\":[],\"constants\":[],\"greatest\":1}}\n";

void
fuzz_seeds (GPtrArray *seeds)
{
  fuzz_seed_text (seeds, head);
  fuzz_seed_text (seeds, "docket-model 2\n{}\n");
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  GByteArray *bytes = g_byte_array_new ();
  g_byte_array_append (bytes, data, (guint)size);
  gsize no_features = CLASSIFY_FEATURE_WORDS_OF_BITS * sizeof (guint64);
  g_byte_array_set_size (bytes, (guint)(size + 2 * no_features));
  memset (bytes->data + size, 0, 2 * no_features);
  g_autoptr (GBytes) whole = g_byte_array_free_to_bytes (bytes);
  g_autoptr (ClassifyModel) model = classify_model_decode (whole, &error);
  fuzz_told (model != NULL, error);
  if (model == NULL)
    return 0;
  g_autoptr (GArray) features = g_array_new (FALSE, FALSE, sizeof (ClassifyFeature));
  double values[CLASSIFY_KINDS], shares[CLASSIFY_KINDS], sum = 0;
  classify_linear_values (model->kinds, features, values);
  classify_kind_scale_apply (&model->kind_scale, values, shares);
  for (guint k = 0; k < CLASSIFY_KINDS; k++)
    sum += shares[k];
  g_assert_true (fabs (sum - 1) < 1e-6);
  return 0;
}
