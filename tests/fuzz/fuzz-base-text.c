/* Folding: the way back ascends and stays inside the text; what is folded stays as it is. */
#include "base/text.h"
#include "tests/fuzz/fuzz.h"
#include <string.h>

void
fuzz_seeds (GPtrArray *seeds)
{
  fuzz_seed_text (seeds, "Réclamation n° 12 — Œuvre, Straße, szőnyeg, ﬁn, ½ Ω İ ﷺ");
  fuzz_seed_text (seeds, "e\xCC\x81"
                         "a\xCC\x8A\xC2\xAD"
                         "b \xE2\x80\xAE"
                         "c");
}

static void
look_at_origin (const char *text)
{
  g_autoptr (GArray) origin = NULL;
  g_autofree char *mapped = dk_fold_mapped (text, &origin), *folded = dk_fold (text);
  g_assert_cmpstr (mapped, ==, folded);
  g_assert_cmpuint (origin->len, ==, g_utf8_strlen (mapped, -1));
  guint32 length = (guint32)g_utf8_strlen (text, -1), last = 0;
  for (guint i = 0; i < origin->len; i++)
    {
      guint32 at = g_array_index (origin, guint32, i);
      g_assert_true (at >= last && at < length);
      last = at;
    }
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *raw = fuzz_text (data, size), *text = fuzz_utf8 (data, size);
  g_autofree char *folded = dk_fold (raw), *nfc = dk_nfc (raw), *ascii = dk_ascii (raw);
  g_assert_true (g_utf8_validate (folded, -1, NULL) && g_utf8_validate (nfc, -1, NULL));
  for (const char *at = ascii; *at != '\0'; at++)
    g_assert_true ((guchar)*at < 0x80);
  look_at_origin (text);
  g_autofree char *again = dk_nfc (nfc);
  g_assert_cmpstr (again, ==, nfc);
  g_assert_cmpuint (dk_offset (text, UINT32_MAX), ==, strlen (text));
  return 0;
}
