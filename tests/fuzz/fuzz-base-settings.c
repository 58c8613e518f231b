/* docket.yaml: settings that are taken can be relied on. */
#include "tests/fuzz/config.h"

void
fuzz_seeds (GPtrArray *seeds)
{
  fuzz_seed_files (seeds, "conf", "docket.yaml");
  fuzz_seed_text (
      seeds,
      "country: ES-AN\nlanguage: es\nprefix: Q\nown: [a@example.org]\npoll: 5\ncertain: 0.7\nblind_check: 0.1\n"
      "profiles:\n  post: {channel: paper, languages: [hu, en], inotify: false, keep_taken: true, urgent: false}\n");
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = fuzz_text (data, size);
  g_autoptr (Config) config = fuzz_config (text, NULL, NULL);
  g_autoptr (Settings) settings = config != NULL ? settings_load (config, &error) : NULL;
  if (config == NULL)
    return 0;
  fuzz_config_told (settings != NULL, error);
  if (settings != NULL)
    {
      g_assert_nonnull (settings_profile (settings, "default"));
      g_assert_true (settings->blind_check >= 0 && settings->blind_check <= 1);
      g_assert_true (settings->certain >= 0 && settings->certain <= 1);
      g_assert_cmpuint (strlen (settings->prefix), <=, 8);
    }
  g_autofree char *changed = config_text_with (text, "country", "HU");
  g_assert_nonnull (strstr (changed, "country: HU"));
  return 0;
}
