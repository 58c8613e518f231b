#include "extract/bind.h"
#include "extract/bind_picture.h"
#include "extract/bind_strips.h"
#include "tests/unit/bound.h"
#include <tiffio.h>

static const Limits limits = LIMITS_DEFAULT;

enum
{
  INKS = 4,
};

/* How a TIFF is written. */
typedef struct
{
  uint16_t compression, colours, samples, fill_order;
  uint32_t rows; /* of a strip */
} Kind;

static void
write_rows (TIFF *tiff, const Kind *kind)
{
  g_autoptr (PIX) pix = upright_picture (kind->samples == 1 && kind->compression != COMPRESSION_JPEG ? 1 : 8);
  guint8 row[WIDTH * INKS];
  for (uint32_t y = 0; y < HEIGHT; y++)
    {
      memset (row, 0, sizeof row);
      for (uint32_t x = 0; x < WIDTH; x++)
        {
          l_uint32 value;
          pixGetPixel (pix, (int)x, (int)y, &value);
          if (pixGetDepth (pix) == 1 && value == 1)
            row[x / 8] |= (guint8)(128 >> x % 8);
          else if (pixGetDepth (pix) == 8)
            for (unsigned i = 0; i < kind->samples; i++)
              row[x * kind->samples + i] = (guint8)(kind->samples < INKS ? value : i == 3 ? 255 - value : 0);
        }
      g_assert_cmpint (TIFFWriteScanline (tiff, row, y, 0), ==, 1);
    }
}

static GBytes *
tiff_of (const Kind *kind)
{
  char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "page.tif", NULL);
  TIFF *tiff = TIFFOpen (path, "w");
  TIFFSetField (tiff, TIFFTAG_IMAGEWIDTH, WIDTH);
  TIFFSetField (tiff, TIFFTAG_IMAGELENGTH, HEIGHT);
  TIFFSetField (tiff, TIFFTAG_BITSPERSAMPLE, kind->compression == COMPRESSION_JPEG ? 8 : 1);
  TIFFSetField (tiff, TIFFTAG_SAMPLESPERPIXEL, kind->samples);
  TIFFSetField (tiff, TIFFTAG_COMPRESSION, kind->compression);
  TIFFSetField (tiff, TIFFTAG_PHOTOMETRIC, kind->colours);
  TIFFSetField (tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField (tiff, TIFFTAG_ROWSPERSTRIP, kind->rows);
  TIFFSetField (tiff, TIFFTAG_FILLORDER, kind->fill_order);
  if (kind->compression == COMPRESSION_JPEG && kind->colours == PHOTOMETRIC_YCBCR)
    TIFFSetField (tiff, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
  write_rows (tiff, kind);
  TIFFClose (tiff);
  char *data;
  gsize size;
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  fixture_remove_folder (folder);
  return g_bytes_new_take (data, size);
}

static BindPicture *
picture_in (GBytes *file, const char *media_type)
{
  g_autoptr (GError) error = NULL;
  BindPicture *picture = extract_bind_picture (file, media_type, 1, &limits, &error);
  g_assert_no_error (error);
  return picture;
}

static void
assert_shown (GBytes *file, const char *media_type)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pages = one_page (0);
  g_autoptr (GBytes) pdf = extract_bind_pdf (file, media_type, pages, &limits, &error);
  g_assert_no_error (error);
  assert_valid (pdf);
  g_assert_cmpint (dark_corner (pdf, 0), ==, 0);
}

static void
assert_taken (GBytes *file, const char *media_type, const char *filter, GBytes *coded)
{
  g_autoptr (BindPicture) picture = picture_in (file, media_type);
  g_assert_cmpstr (picture->filter, ==, filter);
  g_assert_true (g_bytes_equal (picture->data, coded));
  assert_shown (file, media_type);
}

/* --- fax --- */

static void
test_a_fax_strip_is_taken_as_it_is_in_either_order_of_bits (void)
{
  Kind kind = { COMPRESSION_CCITTFAX4, PHOTOMETRIC_MINISWHITE, 1, FILLORDER_MSB2LSB, HEIGHT };
  g_autoptr (GBytes) usual = tiff_of (&kind);
  kind.fill_order = FILLORDER_LSB2MSB;
  g_autoptr (GBytes) reversed = tiff_of (&kind);
  g_autoptr (BindPicture) picture = picture_in (usual, "image/tiff");
  g_assert_true (holds (usual, g_bytes_get_data (picture->data, NULL), g_bytes_get_size (picture->data)));
  assert_taken (usual, "image/tiff", "/CCITTFaxDecode", picture->data);
  assert_taken (reversed, "image/tiff", "/CCITTFaxDecode", picture->data);
}

/* On a page of many alike lines. */
static void
test_a_fax_strip_is_deflated_around_its_very_bytes (void)
{
  Kind kind = { COMPRESSION_CCITTFAX4, PHOTOMETRIC_MINISWHITE, 1, FILLORDER_MSB2LSB, HEIGHT };
  g_autoptr (GBytes) file = tiff_of (&kind);
  g_autoptr (BindPicture) picture = picture_in (file, "image/tiff");
  g_autoptr (GPtrArray) pages = one_page (0);
  g_autoptr (GBytes) pdf = extract_bind_pdf (file, "image/tiff", pages, &limits, NULL);
  g_autofree char *objects = run_on (pdf, "qpdf", "--json", NULL);
  g_autoptr (GBytes) taken = first_picture (pdf);
  g_assert_true (g_bytes_equal (taken, picture->data));
  g_assert_false (holds (pdf, g_bytes_get_data (taken, NULL), g_bytes_get_size (taken)));
  const char *filters = strstr (objects, "\"/CCITTFaxDecode\"");
  g_assert_nonnull (filters);
  g_assert_nonnull (g_strrstr_len (objects, filters - objects, "\"/FlateDecode\""));
}

static void
test_fax_of_many_strips_becomes_one_and_no_longer (void)
{
  const Kind kind = { COMPRESSION_CCITTFAX4, PHOTOMETRIC_MINISWHITE, 1, FILLORDER_MSB2LSB, 64 };
  g_autoptr (GBytes) file = tiff_of (&kind);
  g_autoptr (BindPicture) picture = picture_in (file, "image/tiff");
  g_assert_cmpuint (g_bytes_get_size (picture->data), <, g_bytes_get_size (file));
  assert_shown (file, "image/tiff");
}

/* --- JPEG inside TIFF --- */

static void
assert_joined (const Kind *kind)
{
  g_autoptr (GBytes) file = tiff_of (kind);
  g_autoptr (BindPicture) picture = picture_in (file, "image/tiff");
  g_assert_cmpstr (picture->filter, ==, "/DCTDecode");
  g_autoptr (PIX) decoded
      = pixReadMemJpeg (g_bytes_get_data (picture->data, NULL), g_bytes_get_size (picture->data), 0, 1, NULL, 0);
  g_assert_nonnull (decoded);
  g_autoptr (PIX) grey = pixConvertTo8 (decoded, 0);
  g_autoptr (PIX) wanted = upright_picture (8);
  l_float32 difference;
  pixCompareGray (grey, wanted, L_COMPARE_ABS_DIFF, 0, NULL, &difference, NULL, NULL);
  g_assert_cmpfloat (difference, <, 1);
  g_assert_cmpuint (g_bytes_get_size (picture->data), <, g_bytes_get_size (file));
  assert_shown (file, "image/tiff");
}

static void
test_jpeg_strips_of_a_tiff_are_joined (void)
{
  static const Kind kinds[] = {
    { COMPRESSION_JPEG, PHOTOMETRIC_YCBCR, 3, FILLORDER_MSB2LSB, HEIGHT },
    { COMPRESSION_JPEG, PHOTOMETRIC_YCBCR, 3, FILLORDER_MSB2LSB, 16 },
    { COMPRESSION_JPEG, PHOTOMETRIC_RGB, 3, FILLORDER_MSB2LSB, 48 },
    { COMPRESSION_JPEG, PHOTOMETRIC_MINISBLACK, 1, FILLORDER_MSB2LSB, 8 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    assert_joined (&kinds[i]);
}

static void
test_strips_that_do_not_fit_together_are_not_joined (void)
{
  g_autoptr (GBytes) jpeg = stored_picture (8, IFF_JFIF_JPEG, 0), other = stored_picture (32, IFF_JFIF_JPEG, 0);
  g_autoptr (GBytes) nothing = g_bytes_new_static ("\xFF\xD8\xFF\xD9", 4);
  GBytes *different[] = { jpeg, other }, *broken[] = { jpeg, nothing }, *one[] = { nothing };
  g_assert_null (extract_bind_strips_join (different, 2, NULL, 2 * HEIGHT, HEIGHT, false));
  g_assert_null (extract_bind_strips_join (broken, 2, NULL, 2 * HEIGHT, HEIGHT, false));
  g_assert_null (extract_bind_strips_join (one, 1, NULL, HEIGHT, HEIGHT, false));
}

/* --- four inks --- */

/* A JPEG of four inks, black where the page is dark; with Adobe's marker the samples mean the opposite. */
static GBytes *
ink_jpeg (bool adobe)
{
  static const guint8 marker[] = { 0xFF, 0xEE, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0 };
  const Kind kind = { COMPRESSION_JPEG, PHOTOMETRIC_SEPARATED, INKS, FILLORDER_MSB2LSB, HEIGHT };
  g_autoptr (GBytes) file = tiff_of (&kind);
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);
  const guint8 *tables = memmem (data, size, "\xFF\xD8\xFF\xDB", 4),
               *strip = memmem (data, size, "\xFF\xD8\xFF\xC0", 4);
  g_assert_true (tables != NULL && strip != NULL);
  const guint8 *tables_end = memmem (tables, size - (gsize)(tables - data), "\xFF\xD9", 2);
  const guint8 *end = memmem (strip, size - (gsize)(strip - data), "\xFF\xD9", 2);
  GByteArray *all = g_byte_array_new ();
  g_byte_array_append (all, tables, 2);
  if (adobe)
    g_byte_array_append (all, marker, sizeof marker);
  g_byte_array_append (all, tables + 2, (guint)(tables_end - tables) - 2);
  g_byte_array_append (all, strip + 2, (guint)(end - strip));
  return g_byte_array_free_to_bytes (all);
}

static void
test_four_inks_go_in_as_they_came (void)
{
  g_autoptr (GBytes) plain = ink_jpeg (false), inverted = ink_jpeg (true);
  g_autoptr (BindPicture) opposite = picture_in (inverted, "image/jpeg");
  assert_taken (plain, "image/jpeg", "/DCTDecode", plain);
  g_assert_true (opposite->inverted);
  g_assert_true (g_bytes_equal (opposite->data, inverted));
}

/* --- PNG and JPEG 2000 --- */

static GBytes *
png_of (PIX *pix)
{
  l_uint8 *data;
  size_t size;
  g_assert_cmpint (pixWriteMemPng (&data, &size, pix, 0), ==, 0);
  return g_bytes_new_with_free_func (data, size, free, data);
}

static void
assert_png_rows_are_taken (PIX *pix, const char *space)
{
  g_autoptr (GBytes) file = png_of (pix);
  g_autoptr (BindPicture) picture = picture_in (file, "image/png");
  g_assert_true (g_str_has_prefix (picture->colour, space));
  g_assert_true (holds (file, g_bytes_get_data (picture->data, NULL), MIN (g_bytes_get_size (picture->data), 8192)));
  assert_shown (file, "image/png");
}

static void
test_rows_of_a_png_are_taken_with_a_palette_and_with_16_bits (void)
{
  g_autoptr (PIX) grey = upright_picture (8), colour = upright_picture (32);
  g_autoptr (PIX) palette = pixConvertRGBToColormap (colour, 0);
  g_autoptr (PIX) deep = pixConvert8To16 (grey, 8);
  assert_png_rows_are_taken (grey, "/DeviceGray");
  assert_png_rows_are_taken (colour, "/DeviceRGB");
  assert_png_rows_are_taken (palette, "[ /Indexed /DeviceRGB");
  assert_png_rows_are_taken (deep, "/DeviceGray");
}

static void
test_a_png_in_black_and_white_gets_shorter_and_stays_the_same (void)
{
  GRand *chance = g_rand_new_with_seed (3);
  g_autoptr (PIX) pix = upright_picture (1);
  for (int i = 0; i < 3000; i++) /* specks, which deflate packs badly */
    pixSetPixel (pix, g_rand_int_range (chance, 200, WIDTH), g_rand_int_range (chance, 400, HEIGHT), 1);
  g_rand_free (chance);
  g_autoptr (PIX) palette = pixCopy (NULL, pix);
  PIXCMAP *two = pixcmapCreate (1);
  pixcmapAddColor (two, 255, 255, 255);
  pixcmapAddColor (two, 0, 0, 0);
  pixSetColormap (palette, two);
  PIX *kinds[] = { pix, palette };
  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GBytes) file = png_of (kinds[i]);
      g_autoptr (BindPicture) picture = picture_in (file, "image/png");
      g_assert_cmpstr (picture->filter, ==, "/JBIG2Decode");
      g_assert_cmpuint (g_bytes_get_size (picture->data), <, g_bytes_get_size (file));
      assert_shown (file, "image/png");
    }
}

static void
test_a_png_in_two_colours_keeps_them (void)
{
  g_autoptr (PIX) pix = upright_picture (1);
  PIXCMAP *colours = pixcmapCreate (1);
  pixcmapAddColor (colours, 250, 240, 230);
  pixcmapAddColor (colours, 40, 0, 0);
  pixSetColormap (pix, colours);
  assert_png_rows_are_taken (pix, "[ /Indexed /DeviceRGB");
}

static void
test_an_opaque_grey_page_loses_what_it_does_not_need (void)
{
  g_autoptr (PIX) grey = upright_picture (8);
  g_autoptr (PIX) pix = pixConvert8To32 (grey);
  pixSetSpp (pix, 4);
  pixSetComponentArbitrary (pix, L_ALPHA_CHANNEL, 255);
  g_autoptr (GBytes) file = png_of (pix);
  g_autoptr (BindPicture) picture = picture_in (file, "image/png");
  g_assert_cmpstr (picture->colour, ==, "/DeviceGray");
  g_assert_cmpuint (g_bytes_get_size (picture->data), <, g_bytes_get_size (file));
  assert_shown (file, "image/png");
}

static void
test_jpeg_2000_goes_in_as_it_came (void)
{
  for (int depth = 8; depth <= 32; depth += 24)
    {
      g_autoptr (PIX) pix = upright_picture (depth);
      l_uint8 *data;
      size_t size;
      g_assert_cmpint (pixWriteMemJp2k (&data, &size, pix, 40, 4, 0, 0), ==, 0);
      g_autoptr (GBytes) file = g_bytes_new_with_free_func (data, size, free, data);
      assert_taken (file, "image/jp2", "/JPXDecode", file);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/extract/bind-picture/fax", test_a_fax_strip_is_taken_as_it_is_in_either_order_of_bits);
  g_test_add_func ("/extract/bind-picture/deflated-fax", test_a_fax_strip_is_deflated_around_its_very_bytes);
  g_test_add_func ("/extract/bind-picture/strips", test_fax_of_many_strips_becomes_one_and_no_longer);
  g_test_add_func ("/extract/bind-picture/tiff-jpeg", test_jpeg_strips_of_a_tiff_are_joined);
  g_test_add_func ("/extract/bind-picture/no-fit", test_strips_that_do_not_fit_together_are_not_joined);
  g_test_add_func ("/extract/bind-picture/inks", test_four_inks_go_in_as_they_came);
  g_test_add_func ("/extract/bind-picture/black-and-white",
                   test_a_png_in_black_and_white_gets_shorter_and_stays_the_same);
  g_test_add_func ("/extract/bind-picture/two-colours", test_a_png_in_two_colours_keeps_them);
  g_test_add_func ("/extract/bind-picture/png", test_rows_of_a_png_are_taken_with_a_palette_and_with_16_bits);
  g_test_add_func ("/extract/bind-picture/opaque", test_an_opaque_grey_page_loses_what_it_does_not_need);
  g_test_add_func ("/extract/bind-picture/jp2", test_jpeg_2000_goes_in_as_it_came);
  return g_test_run ();
}
