/* The orientation of any bytes is one of eight. */
#include "extract/exif.h"
#include "tests/fuzz/fuzz.h"

void
fuzz_seeds (GPtrArray *seeds)
{
  static const char exif[] = "\xFF\xD8\xFF\xE1\0\x22"
                             "Exif\0\0"
                             "II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\6\0\0\0\0\0\0\0"
                             "\xFF\xD9";
  fuzz_seed_files (seeds, "tests/fixtures/extract", ".jpg");
  fuzz_seed_bytes (seeds, exif, sizeof exif - 1);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  unsigned orientation = extract_exif_orientation (data, size);
  g_assert_true (orientation >= 1 && orientation <= 8);
  return 0;
}
