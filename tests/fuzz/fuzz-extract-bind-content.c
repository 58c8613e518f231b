/* Operators without invisible text are a part of what came, and nothing more can be taken out of them. */
#include "extract/bind_content.h"
#include "tests/fuzz/fuzz.h"

static bool
draws (const char *name, int mode, gpointer data)
{
  (void)data;
  g_assert_cmpint (name[0], ==, '/');
  return mode != EXTRACT_BIND_INVISIBLE;
}

void
fuzz_seeds (GPtrArray *seeds)
{
  fuzz_seed_text (seeds, "q 595 0 0 842 0 0 cm /Im1 Do Q BT 3 Tr /F1 9 Tf 60 60 Td (older) Tj 0 Tr T* (seen) Tj ET");
  fuzz_seed_text (seeds, "BT 3 Tr 12 TL <41 42> ' [(a\\)) -3 <42>] TJ ET /OCR Do % (\n/Span << /MCID 3 >> BDC EMC");
  fuzz_seed_text (seeds, "BI /W 1 /H 1 /BPC 8 /CS /G ID \x01 EI 3 Tr 1 2 (a) \" Q Q Q");
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  BindContent first, second;
  bool followed = extract_bind_content_strip (data, size, 0, draws, NULL, &first);
  if (followed)
    {
      g_assert_cmpuint (first.rest->len, <=, size + 3 * first.removed);
      g_assert_true (first.removed > 0 || first.rest->len == size);
      if (extract_bind_content_strip (first.rest->data, first.rest->len, 0, draws, NULL, &second))
        g_assert_cmpuint (second.removed, ==, 0);
      g_byte_array_unref (second.rest);
    }
  g_byte_array_unref (first.rest);
  return 0;
}
