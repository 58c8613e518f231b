#include "extract/bind_fax.h"

/* What libtiff makes of @pix in one strip: the first in its file, behind a header of eight bytes. */
static GBytes *
strip_of_libtiff (PIX *pix, gsize size)
{
  l_uint8 *tiff = NULL;
  size_t all = 0;
  g_assert_cmpint (pixWriteMemTiff (&tiff, &all, pix, IFF_TIFF_G4), ==, 0);
  g_assert_cmpuint (all, >=, 8 + size);
  GBytes *strip = g_bytes_new (tiff + 8, size);
  lept_free (tiff);
  return strip;
}

static void
check (PIX *pix)
{
  g_autoptr (GBytes) coded = extract_bind_fax (pix);
  g_autoptr (GBytes) expected = strip_of_libtiff (pix, g_bytes_get_size (coded));
  g_assert_true (g_bytes_equal (coded, expected));
}

static void
test_runs_of_every_length_are_coded_as_libtiff_does (void)
{
  for (int width = 1; width < 6000; width += width < 70 ? 1 : 61)
    {
      g_autoptr (PIX) pix = pixCreate (width, 7, 1);
      for (int y = 0; y < 7; y++)
        for (int x = width * y / 7; x < width - width * y / 9; x++)
          pixSetPixel (pix, x, y, y % 3 != 2);
      check (pix);
    }
}

static void
test_noise_is_coded_as_libtiff_does (void)
{
  GRand *chance = g_rand_new_with_seed (9);
  for (int width = 1; width < 300; width += 7)
    for (int inked = 0; inked <= 100; inked += 10)
      {
        g_autoptr (PIX) pix = pixCreate (width, 40, 1);
        for (int y = 0; y < 40; y++)
          for (int x = 0; x < width; x++)
            pixSetPixel (pix, x, y, g_rand_int_range (chance, 0, 100) < inked);
        check (pix);
      }
  g_rand_free (chance);
}

/* Rows that differ little from the row above, as letters do. */
static void
test_leaning_strokes_are_coded_as_libtiff_does (void)
{
  GRand *chance = g_rand_new_with_seed (10);
  g_autoptr (PIX) pix = pixCreate (1000, 300, 1);
  for (int stroke = 0; stroke < 120; stroke++)
    {
      int x = g_rand_int_range (chance, 0, 1000), y = g_rand_int_range (chance, 0, 250);
      int thick = g_rand_int_range (chance, 1, 14), lean = g_rand_int_range (chance, -5, 6);
      for (int row = 0; row < 45; row++)
        for (int i = 0; i < thick; i++)
          pixSetPixel (pix, CLAMP (x + i + row * lean / 2, 0, 999), y + row, 1);
    }
  check (pix);
  g_rand_free (chance);
}

static void
test_what_stands_behind_the_end_of_rows_is_not_coded (void)
{
  g_autoptr (PIX) clean = pixCreate (45, 6, 1), dirty = pixCreate (45, 6, 1);
  pixSetPadBits (dirty, 1);
  g_autoptr (GBytes) coded = extract_bind_fax (clean), same = extract_bind_fax (dirty);
  g_assert_true (g_bytes_equal (coded, same));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bind-fax/runs", test_runs_of_every_length_are_coded_as_libtiff_does);
  g_test_add_func ("/bind-fax/noise", test_noise_is_coded_as_libtiff_does);
  g_test_add_func ("/bind-fax/strokes", test_leaning_strokes_are_coded_as_libtiff_does);
  g_test_add_func ("/bind-fax/padding", test_what_stands_behind_the_end_of_rows_is_not_coded);
  return g_test_run ();
}
