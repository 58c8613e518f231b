/* The fields of any text: every finding can be sent and led back to its page. */
#include "classify/fields.h"
#include "tests/fuzz/letters.h"
#include "tests/unit/shipped_context.h"
#include <string.h>

void
fuzz_seeds (GPtrArray *seeds)
{
  fuzz_letters (seeds);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  static const char *const languages[] = { "en", "fr", "es", "hu", "und" };
  g_autoptr (GPtrArray) pages = fuzz_pages (data, size);
  ClassifyContext context = { .words = shipped_words (),
                              .received = dk_day (2026, 6, 1),
                              .language = languages[size % G_N_ELEMENTS (languages)] };
  g_autoptr (GArray) lines = shipped_lines_of_pages (pages, context.language);
  context.lines = lines;
  g_autoptr (GPtrArray) findings = classify_fields (pages, &context);
  for (guint i = 0; i < findings->len; i++)
    fuzz_finding (findings->pdata[i], pages);
  return 0;
}
