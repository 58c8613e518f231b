/* The pixels of PDF pages that are one picture, in every coding. */
#include "tests/unit/extract_fonts.h"
#include "tests/unit/extract_squares.h"
#include <tiffio.h>

/* --- codings --- */

static void
test_samples_of_every_depth_are_taken_as_they_are (void)
{
  static const struct
  {
    unsigned bits, channels;
    const char *space;
  } kinds[]
      = { { 1, 1, "/DeviceGray" },  { 2, 1, "/DeviceGray" }, { 4, 1, "/DeviceGray" }, { 8, 1, "/DeviceGray" },
          { 16, 1, "/DeviceGray" }, { 8, 3, "/DeviceRGB" },  { 16, 3, "/DeviceRGB" }, { 8, 1, "[/CalGray<<>>]" } };
  for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *keys = g_strdup_printf ("/ColorSpace%s/BitsPerComponent %u", kinds[i].space, kinds[i].bits);
      g_autofree char *flate = g_strconcat (keys, "/Filter/FlateDecode", NULL);
      g_autofree char *filtered
          = g_strdup_printf ("%s/DecodeParms<</Predictor 15/Colors %u/BitsPerComponent %u/Columns %d>>", flate,
                             kinds[i].channels, kinds[i].bits, WIDTH);
      g_autoptr (GBytes) plain = samples (kinds[i].bits, kinds[i].channels, false, false);
      g_autoptr (GBytes) rows = samples (kinds[i].bits, kinds[i].channels, false, true);
      g_autoptr (GBytes) packed = flated (plain), packed_rows = flated (rows);
      assert_picture (keys, plain, true);
      assert_picture (flate, packed, true);
      assert_picture (filtered, packed_rows, true);
    }
}

/* The rows of @bytes in one strip, as libtiff packs them. */
static GBytes *
packed_by_tiff (GBytes *bytes, unsigned channels, uint16_t coding, uint16_t predictor)
{
  char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "strip.tif", NULL);
  TIFF *tiff = TIFFOpen (path, "w");
  TIFFSetField (tiff, TIFFTAG_IMAGEWIDTH, WIDTH);
  TIFFSetField (tiff, TIFFTAG_IMAGELENGTH, HEIGHT);
  TIFFSetField (tiff, TIFFTAG_BITSPERSAMPLE, 8);
  TIFFSetField (tiff, TIFFTAG_SAMPLESPERPIXEL, channels);
  TIFFSetField (tiff, TIFFTAG_PHOTOMETRIC, channels == 3 ? PHOTOMETRIC_RGB : PHOTOMETRIC_MINISBLACK);
  TIFFSetField (tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField (tiff, TIFFTAG_ROWSPERSTRIP, HEIGHT);
  TIFFSetField (tiff, TIFFTAG_COMPRESSION, coding);
  TIFFSetField (tiff, TIFFTAG_PREDICTOR, predictor);
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  g_autofree void *copy = g_memdup2 (data, size); /* the predictor works in place */
  TIFFWriteEncodedStrip (tiff, 0, copy, (tmsize_t)size);
  TIFFClose (tiff);
  tiff = TIFFOpen (path, "r");
  gsize packed_size = (gsize)TIFFRawStripSize (tiff, 0);
  guint8 *packed = g_malloc (packed_size);
  TIFFReadRawStrip (tiff, 0, packed, (tmsize_t)packed_size);
  TIFFClose (tiff);
  fixture_remove_folder (folder);
  return g_bytes_new_take (packed, packed_size);
}

static void
test_lzw_and_differences_are_taken_as_they_are (void)
{
  for (unsigned channels = 1; channels <= 3; channels += 2)
    for (uint16_t predictor = 1; predictor <= 2; predictor++)
      for (int lzw = 0; lzw < 2; lzw++)
        {
          g_autoptr (GBytes) plain = samples (8, channels, false, false);
          g_autoptr (GBytes) packed
              = packed_by_tiff (plain, channels, lzw ? COMPRESSION_LZW : COMPRESSION_ADOBE_DEFLATE, predictor);
          g_autofree char *keys = g_strdup_printf (
              "/ColorSpace/%s/BitsPerComponent 8/Filter/%s/DecodeParms<</Predictor %u/Colors %u/Columns %d>>",
              channels == 3 ? "DeviceRGB" : "DeviceGray", lzw ? "LZWDecode" : "FlateDecode", predictor, channels,
              WIDTH);
          assert_picture (keys, packed, true);
        }
}

static void
test_four_inks_are_taken_as_they_are (void)
{
  /* No ink is paper. */
  g_autoptr (GBytes) inks = samples (8, 4, true, false);
  assert_picture ("/ColorSpace/DeviceCMYK/BitsPerComponent 8", inks, true);
}

static void
test_a_palette_is_followed (void)
{
  g_autoptr (GBytes) bytes = samples (1, 1, true, false), deep = samples (8, 1, false, false);
  assert_picture ("/ColorSpace[/Indexed/DeviceRGB 1<ffffff000000>]/BitsPerComponent 1", bytes, true);
  assert_picture ("/ColorSpace[/Indexed/DeviceGray 1<ff40>]/BitsPerComponent 1", bytes, true);
  g_autoptr (GString) palette = g_string_new ("/ColorSpace[/Indexed/DeviceRGB 255<102030");
  for (int i = 1; i < 256; i++)
    g_string_append (palette, "e0f0ff");
  g_string_append (palette, ">]/BitsPerComponent 8");
  assert_picture (palette->str, deep, true);
}

static void
test_samples_turned_about_are_turned_back (void)
{
  g_autoptr (GBytes) one = samples (1, 1, true, false), eight = samples (8, 1, true, false);
  assert_picture (PLAIN "/Decode[1 0]", one, true);
  assert_picture ("/ColorSpace/DeviceGray/BitsPerComponent 8/Decode[1 0]", eight, true);
  g_autoptr (GBytes) mask = samples (1, 1, false, false);
  assert_picture ("/ImageMask true/BitsPerComponent 1", mask, true);
  assert_picture ("/ImageMask true/BitsPerComponent 1/Decode[1 0]", one, true);
}

static void
test_a_fax_is_taken_as_it_is (void)
{
  static const struct
  {
    int format;
    const char *keys;
  } kinds[] = { { IFF_TIFF_G4, "/K -1" } };
  g_autoptr (PIX) pix = picture ();
  L_COMP_DATA *data = NULL;
  g_assert_cmpint (pixGenerateCIData (pix, L_G4_ENCODE, 0, 0, &data), ==, 0);
  g_autoptr (GBytes) bytes = g_bytes_new (data->datacomp, data->nbytescomp);
  g_autofree char *keys = g_strdup_printf (PLAIN "/Filter/CCITTFaxDecode/DecodeParms<<%s/Columns %d/BlackIs1 %s>>",
                                           kinds[0].keys, WIDTH, data->minisblack ? "true" : "false");
  g_autofree char *about
      = g_strdup_printf (PLAIN "/Decode[1 0]/Filter[/CCITTFaxDecode]/DecodeParms[<<%s/Columns %d/BlackIs1 %s>>]",
                         kinds[0].keys, WIDTH, data->minisblack ? "false" : "true");
  assert_picture (keys, bytes, true);
  assert_picture (about, bytes, true);
  l_CIDataDestroy (&data);
}

static void
test_a_jpeg_is_taken_as_it_is (void)
{
  g_autoptr (PIX) pix = picture (), grey = pixConvertTo8 (pix, 0), colour = pixConvertTo32 (pix);
  PIX *kinds[] = { grey, colour };
  static const char *const keys[] = { "/ColorSpace/DeviceGray/BitsPerComponent 8/Filter/DCTDecode",
                                      "/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode" };
  for (int i = 0; i < 2; i++)
    {
      l_uint8 *coded = NULL;
      size_t size;
      g_assert_cmpint (pixWriteMemJpeg (&coded, &size, kinds[i], 80, 0), ==, 0);
      g_autoptr (GBytes) bytes = g_bytes_new (coded, size), packed = flated (bytes);
      lept_free (coded);
      assert_picture (keys[i], bytes, true);
      g_autofree char *twice = g_strdup_printf (
          "/ColorSpace/Device%s/BitsPerComponent 8/Filter[/FlateDecode/DCTDecode]", i == 0 ? "Gray" : "RGB");
      assert_picture (twice, packed, true);
    }
}

static void
test_a_jpeg_2000_is_taken_as_it_is (void)
{
  g_autoptr (PIX) pix = picture (), grey = pixConvertTo8 (pix, 0);
  l_uint8 *coded = NULL;
  size_t size;
  g_assert_cmpint (pixWriteMemJp2k (&coded, &size, grey, 80, 0, 0, 0), ==, 0);
  g_autoptr (GBytes) bytes = g_bytes_new (coded, size);
  lept_free (coded);
  assert_picture ("/Filter/JPXDecode", bytes, true);
}

static void
test_exif_says_nothing_within_a_pdf (void)
{
  g_autoptr (GBytes) photo = fixture ("extract/exif-turned.jpg");
  gsize size;
  const l_uint8 *data = g_bytes_get_data (photo, &size);
  l_int32 width, height;
  g_assert_cmpint (pixReadHeaderMem (data, size, NULL, &width, &height, NULL, NULL, NULL), ==, 0);
  g_autofree char *keys = g_strdup_printf ("/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray"
                                           "/BitsPerComponent 8/Filter/DCTDecode",
                                           width, height);
  g_autofree char *box = g_strdup_printf ("/MediaBox[0 0 %d %d]", width / 2, height / 2);
  g_autofree char *paint = g_strdup_printf ("%d 0 0 %d 0 0 cm /I1 Do", width / 2, height / 2);
  SomeStream stream = stream_of (keys, photo);
  g_autoptr (GBytes) file = some_pdf (box, paint, NULL, &stream, 1);
  Seen page = seen (file);
  g_assert_true (page.as_stored);
  g_assert_cmpint (pixGetWidth (page.pix), ==, width);
  pixDestroy (&page.pix);
}

static void
add_tests (void)
{
  g_test_add_func ("/extract/pdf/depths", test_samples_of_every_depth_are_taken_as_they_are);
  g_test_add_func ("/extract/pdf/lzw", test_lzw_and_differences_are_taken_as_they_are);
  g_test_add_func ("/extract/pdf/inks", test_four_inks_are_taken_as_they_are);
  g_test_add_func ("/extract/pdf/palette", test_a_palette_is_followed);
  g_test_add_func ("/extract/pdf/inverted", test_samples_turned_about_are_turned_back);
  g_test_add_func ("/extract/pdf/fax", test_a_fax_is_taken_as_it_is);
  g_test_add_func ("/extract/pdf/jpeg", test_a_jpeg_is_taken_as_it_is);
  g_test_add_func ("/extract/pdf/jpeg-2000", test_a_jpeg_2000_is_taken_as_it_is);
  g_test_add_func ("/extract/pdf/exif", test_exif_says_nothing_within_a_pdf);
}

int
main (int argc, char **argv)
{
  return pdf_tests (argc, argv, add_tests);
}
