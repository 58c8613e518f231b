/* Pages that are drawn for the sample mail and the benches, and the files that machines make of them. */
#include "samples/damage.h"
#include "samples/page.h"
#include "samples/write.h"
#include "tests/unit/fixture.h"
#include <glib/gstdio.h>
#include <string.h>

static const SamplesStyle style = { .font = "Nimbus Roman", .size_pt = 12 };

static PIX *
letter (void)
{
  PIX *pix = samples_raster ("12 Mill Lane\n\nDear Sirs,\nthe lift is broken again.\n", &style, 100);
  g_assert_nonnull (pix);
  return pix;
}

static PIX *
two_levels (void)
{
  SamplesChance chance = { 7 };
  PIX *pix = samples_bilevel (letter (), 150, 30, 30, &chance);
  g_assert_nonnull (pix);
  return pix;
}

static void
check_tiff (const SamplesTiff *how, unsigned least_strips)
{
  char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "page.tif", NULL);
  PIX *pix = two_levels ();
  g_assert_true (samples_write_tiff (pix, how, path, "w"));
  TIFF *tiff = TIFFOpen (path, "r");
  g_assert_nonnull (tiff);
  uint16_t compression = 0, order = 0, photometric = 0;
  TIFFGetField (tiff, TIFFTAG_COMPRESSION, &compression);
  TIFFGetFieldDefaulted (tiff, TIFFTAG_FILLORDER, &order);
  TIFFGetField (tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  g_assert_cmpuint (compression, ==, how->compression);
  g_assert_cmpuint (order, ==, how->low_bit_first ? FILLORDER_LSB2MSB : FILLORDER_MSB2LSB);
  g_assert_cmpuint (photometric, ==, how->black_is_zero ? PHOTOMETRIC_MINISBLACK : PHOTOMETRIC_MINISWHITE);
  if (least_strips == 1)
    g_assert_cmpuint (TIFFNumberOfStrips (tiff), ==, 1);
  else
    g_assert_cmpuint (TIFFNumberOfStrips (tiff), >=, least_strips);
  TIFFClose (tiff);
  PIX *read = pixRead (path);
  l_int32 same = 0;
  g_assert_nonnull (read);
  pixEqual (pix, read, &same);
  g_assert_true (same);
  pixDestroy (&pix);
  pixDestroy (&read);
  fixture_remove_folder (folder);
}

static void
test_every_way_to_write_a_fax_keeps_its_pixels (void)
{
  check_tiff (&(SamplesTiff){ .compression = COMPRESSION_CCITTFAX4, .rows = UINT32_MAX }, 1);
  check_tiff (&(SamplesTiff){ .compression = COMPRESSION_CCITTFAX4, .rows = SAMPLES_DEFAULT_ROWS }, 10);
  check_tiff (&(SamplesTiff){ .compression = COMPRESSION_CCITTFAX4, .rows = UINT32_MAX, .black_is_zero = true }, 1);
  check_tiff (&(SamplesTiff){ .compression = COMPRESSION_CCITTFAX3, .rows = UINT32_MAX, .low_bit_first = true }, 1);
  check_tiff (&(SamplesTiff){ .compression = COMPRESSION_CCITTFAX3, .rows = 128, .options = GROUP3OPT_2DENCODING }, 9);
}

static void
test_a_telephone_says_how_to_turn_its_picture (void)
{
  char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "page.jpg", NULL), *bytes = NULL;
  gsize size = 0;
  PIX *pix = letter ();
  g_assert_true (samples_write_turned_photo (pix, 80, path));
  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  const char *exif = memmem (bytes, MIN (size, 64), "Exif", 4);
  g_assert_nonnull (exif);
  g_assert_cmpuint ((guint8)exif[25], ==, 6); /* the value of the only entry, an orientation */
  PIX *read = pixRead (path);
  g_assert_nonnull (read);
  g_assert_cmpint (pixGetWidth (read), ==, pixGetWidth (pix));
  pixDestroy (&pix);
  pixDestroy (&read);
  fixture_remove_folder (folder);
}

static PIX *
damaged (guint64 seed)
{
  SamplesChance chance = { seed };
  return samples_dark (samples_faded (samples_skew (letter (), 1.5), 0.6), &chance);
}

static void
test_damage_is_the_same_every_time (void)
{
  PIX *once = damaged (1), *again = damaged (1), *other = damaged (2);
  l_int32 same = 0;
  pixEqual (once, again, &same);
  g_assert_true (same);
  pixEqual (once, other, &same);
  g_assert_false (same);
  pixDestroy (&once);
  pixDestroy (&again);
  pixDestroy (&other);
}

static void
test_a_text_that_is_longer_than_the_sheet_is_not_drawn (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (int i = 0; i < 80; i++)
    g_string_append (text, "The lift is broken again.\n");
  g_assert_null (samples_raster (text->str, &style, 50));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/samples/fax", test_every_way_to_write_a_fax_keeps_its_pixels);
  g_test_add_func ("/samples/telephone", test_a_telephone_says_how_to_turn_its_picture);
  g_test_add_func ("/samples/damage", test_damage_is_the_same_every_time);
  g_test_add_func ("/samples/length", test_a_text_that_is_longer_than_the_sheet_is_not_drawn);
  return g_test_run ();
}
