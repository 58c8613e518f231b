/* YAML of any kind: every place of it can be visited, and every mapping finds its own keys. */
#include "base/yaml.h"
#include "tests/fuzz/fuzz.h"
#include <string.h>

void
fuzz_seeds (GPtrArray *seeds)
{
  fuzz_seed_files (seeds, "conf", ".yaml");
  fuzz_seed_files (seeds, "conf/taxonomy", ".yaml");
  fuzz_seed_text (seeds,
                  "a: [1, 2.5, true, ~, 'it''s', \"\\u00e9\"]\nb:\n  - c: |\n      two\n      lines\n  - {d: e}\n");
  fuzz_seed_text (seeds, "a: &x 1\nb: *x\n--- \nc: !!int 3\n");
}

static void
visit (const YamlNode *node, unsigned depth)
{
  g_autoptr (GError) error = NULL;
  g_assert_cmpuint (depth, <=, 16);
  g_assert_cmpint (yaml_is_mapping (node) + yaml_is_sequence (node) + yaml_is_scalar (node), ==, 1);
  const char *text = yaml_text (node);
  g_assert_true (yaml_is_scalar (node) == (text != NULL));
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
  for (size_t i = 0; i < yaml_size (node); i++)
    {
      const char *key = NULL;
      const YamlNode *value = yaml_at (node, i, &key);
      if (yaml_is_mapping (node))
        g_assert_true (yaml_get (node, key) == value);
      visit (value, depth + 1);
    }
  yaml_throw (node, &error, "a place");
  g_assert_nonnull (error);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Yaml) yaml = yaml_parse ("file.yaml", (const char *)data, size, &error);
  fuzz_told (yaml != NULL, error);
  if (yaml != NULL)
    visit (yaml_root (yaml), 1);
  else
    g_assert_true (g_error_matches (error, DK_ERROR, DK_ERROR_CONFIG) && g_utf8_validate (error->message, -1, NULL)
                   && g_str_has_prefix (error->message, "file.yaml:"));
  return 0;
}
