/* A file of vocabulary/ (which is a taxonomy too, to get two from one): every concept that is taken can be named. */
#include "base/vocabulary.h"
#include "tests/fuzz/config.h"

void
fuzz_seeds (GPtrArray *seeds)
{
  fuzz_seed_files (seeds, "conf/vocabulary", "signs.yaml");
  fuzz_seed_text (seeds,
                  "scheme: subject\nconcepts:\n  delivery:\n    label: {en: delivery, hu: szállítás}\n"
                  "  not-received:\n    broader: delivery\n    label: {en: not received, fr: non reçu}\n"
                  "    cue:\n      en: {2: [never arriv*], 0.5: [late], -1: [in time]}\n    ocr: {en: not recelved}\n");
  fuzz_seed_files (seeds, "conf/taxonomy", ".yaml");
}

static void
look_at (const Vocabulary *vocabulary, const char *scheme)
{
  const GPtrArray *concepts = vocabulary_concepts (vocabulary, scheme);
  for (guint i = 0; i < concepts->len; i++)
    {
      const Concept *concept = concepts->pdata[i];
      g_autofree char *path = vocabulary_path (vocabulary, concept->id);
      g_assert_true (vocabulary_concept (vocabulary, concept->id) == concept);
      g_assert_true (vocabulary_at (vocabulary, path) == concept);
      g_assert_nonnull (vocabulary_label (vocabulary, concept->id, "fr"));
      g_assert_nonnull (vocabulary_file_form (vocabulary, concept->id, "hu"));
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const paths[] = { "vocabulary/kinds.yaml", "taxonomy/folders.yaml" };
  g_autofree char *text = fuzz_text (data, size);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (Config) config = fuzz_config ("country: ES\n", paths[i], text);
      g_autoptr (Vocabulary) vocabulary = config != NULL ? vocabulary_load (config, &error) : NULL;
      if (config == NULL)
        return 0;
      fuzz_config_told (vocabulary != NULL, error);
      if (vocabulary == NULL)
        continue;
      look_at (vocabulary, "kind");
      look_at (vocabulary, "subject");
      look_at (vocabulary, "sign");
      g_autofree char *folder = vocabulary_folder (vocabulary, "subject", "delivery/not-received", "fr");
      g_assert_nonnull (folder);
    }
  return 0;
}
