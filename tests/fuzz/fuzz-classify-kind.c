/* Language, kind, subject and fields of any text: all are there, and every finding can be sent. */
#include "classify/classify.h"
#include "tests/fuzz/letters.h"
#include <string.h>

void
fuzz_seeds (GPtrArray *seeds)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = config_read ("conf", &error);
  g_assert_no_error (error);
  g_assert_true (classify_warm_up (config, NULL, &error));
  fuzz_letters (seeds);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const always[] = { "language", "kind", "subject" };
  g_autoptr (GPtrArray) pages = fuzz_pages (data, size);
  g_autoptr (GPtrArray) findings = classify_pages (pages, dk_day (2026, 3, 14));
  g_assert_cmpuint (findings->len, >=, G_N_ELEMENTS (always));
  for (guint i = 0; i < findings->len; i++)
    {
      const RecordFinding *finding = findings->pdata[i];
      g_assert_true (i >= G_N_ELEMENTS (always) || strcmp (finding->name, always[i]) == 0);
      fuzz_finding (finding, pages);
    }
  return 0;
}
