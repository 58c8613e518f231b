/* Whatever bytes a picture has, what its headers say of its coded data is within them. */
#include "extract/bind_jp2.h"
#include "extract/bind_jpeg.h"
#include "extract/bind_png.h"
#include "extract/bind_strips.h"
#include "tests/fuzz/fuzz.h"

void
fuzz_seeds (GPtrArray *seeds)
{
  static const char jp2[] = "\0\0\0\x0CjP  \r\n\x87\n\0\0\0\x2Djp2h\0\0\0\x16ihdr\0\0\0\1\0\0\0\1\0\3\7\7\0\0"
                            "\0\0\0\x0F"
                            "colr\1\0\0\0\0\0\x10\0\0\0\0jp2c";
  fuzz_seed_files (seeds, "tests/fixtures/extract", ".jpg");
  fuzz_seed_files (seeds, "tests/fixtures/extract", ".png");
  fuzz_seed_bytes (seeds, jp2, sizeof jp2 - 1);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (GBytes) file = g_bytes_new (data, size);
  GBytes *strips[] = { file, file, file };
  BindJpeg jpeg;
  BindPng png;
  BindJp2 jp2;
  extract_bind_jpeg (file, &jpeg);
  if (extract_bind_jp2 (file, &jp2))
    g_assert_cmpuint (jp2.width_px, >, 0);
  if (extract_bind_png (file, &png))
    {
      g_assert_cmpuint (g_bytes_get_size (png.data), <, size);
      g_bytes_unref (png.data);
    }
  for (unsigned n = 1; n <= G_N_ELEMENTS (strips); n++)
    {
      g_autoptr (GBytes) joined = extract_bind_strips_join (strips, n, n == 2 ? file : NULL, 64, 16, n == 3);
      g_assert_true (joined == NULL || g_bytes_get_size (joined) >= size - 16);
    }
  return 0;
}
