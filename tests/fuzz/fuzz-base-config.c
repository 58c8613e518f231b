/* A kept configuration: what is taken gives the same bytes and digest again. */
#include "tests/fuzz/config.h"

void
fuzz_seeds (GPtrArray *seeds)
{
  g_ptr_array_add (seeds, fuzz_config_bytes ("country: ES\nlanguage: es\n", NULL, NULL));
  g_ptr_array_add (seeds, fuzz_config_bytes ("country: FR\n", "taxonomy/folders.yaml", "folders: []\n"));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (Config) config = config_from_bytes (bytes, &error);
  fuzz_told (config != NULL, error);
  if (config == NULL)
    return 0;
  g_autoptr (GBytes) once = config_bytes (config);
  g_autoptr (Config) again = config_from_bytes (once, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (config_digest (again), ==, config_digest (config));
  g_auto (GStrv) paths = config_paths (config, "taxonomy");
  for (char **path = paths; *path != NULL; path++)
    g_assert_nonnull (config_file (config, *path));
  return 0;
}
