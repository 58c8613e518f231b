/* The head of a model, as a child hands it over: facts come of it or nothing does, and what comes can be kept. */
#include "pipeline/model.h"
#include "tests/fuzz/fuzz.h"

void
fuzz_seeds (GPtrArray *seeds)
{
  static const char *const heads[] = {
    "docket-model "
    "2\n{\"letters\":9,\"corrections\":1,\"kind\":{\"f1\":0.9,\"ece\":0.01,\"threshold\":0.6,\"alone\":0.8,"
    "\"n\":9},\"subject\":{\"f1\":0.7},\"made_from\":\"00ff\"}\nweights",
    "docket-model 2\n{}\n",
    "docket-model 3\n{}\n",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (heads); i++)
    fuzz_seed_text (seeds, heads[i]);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) model = g_bytes_new (data, size);
  g_autoptr (json_t) facts = pipeline_model_facts (model, &error);
  g_assert_true ((facts == NULL) == (error != NULL));
  if (facts == NULL)
    return 0;
  g_autofree char *kept = dk_json_canonical (facts);
  g_assert_nonnull (kept);
  g_assert_true (json_is_object (json_object_get (facts, "kind")));
  return 0;
}
