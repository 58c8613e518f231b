/* The pixels of PDF pages: a picture of six by four squares, of which no two corners are alike, in every coding and
 * place. */
#include "extract/pdf.h"
#include "tests/unit/extract_pdf.h"
#include "tests/unit/fixture.h"
#include <tiffio.h>
#include <zlib.h>

#ifdef DK_SANITIZED
/* fontconfig keeps a pattern for as long as the process lives. */
const char *__lsan_default_suppressions (void);
const char *
__lsan_default_suppressions (void)
{
  return "leak:libfontconfig\n";
}
#endif

static const Limits limits = LIMITS_DEFAULT;

enum
{
  SQUARE = 50,
  WIDTH = 6 * SQUARE,
  HEIGHT = 4 * SQUARE,
};
/* Of a page of 144 by 96 points, on which the picture has 150 dpi. */
#define BOX "/MediaBox[0 0 144 96]"
#define PAINT "q 144 0 0 96 0 0 cm /I1 Do Q"

static const char *const squares[4] = { "#....#", "##....", "......", "#....." };

/* Black squares as the pixels of a page. */
static PIX *
picture (void)
{
  PIX *pix = pixCreate (WIDTH, HEIGHT, 1);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      if (squares[y / SQUARE][x / SQUARE] == '#')
        pixSetPixel (pix, x, y, 1);
  return pix;
}

static SomeStream
stream_of (const char *keys, GBytes *bytes)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  return (SomeStream){ keys, data, size };
}

/* Samples of @bits in @channels, black as all zero; each row behind a filter number with @filtered. */
static GBytes *
samples (unsigned bits, unsigned channels, bool inverted, bool filtered)
{
  g_autoptr (PIX) pix = picture ();
  GByteArray *bytes = g_byte_array_new ();
  for (int y = 0; y < HEIGHT; y++)
    {
      guint8 filter = 0, byte = 0;
      unsigned filled = 0;
      if (filtered)
        g_byte_array_append (bytes, &filter, 1);
      for (int i = 0; i < WIDTH * (int)channels; i++)
        {
          l_uint32 black = 0;
          pixGetPixel (pix, i / (int)channels, y, &black);
          for (unsigned bit = 0; bit < bits; bit++)
            {
              byte = (guint8)(byte << 1 | (black == inverted));
              if (++filled % 8 == 0)
                g_byte_array_append (bytes, &byte, 1);
            }
        }
      for (; filled % 8 != 0; filled++)
        {
          byte = (guint8)(byte << 1);
          if (filled % 8 == 7)
            g_byte_array_append (bytes, &byte, 1);
        }
    }
  return g_byte_array_free_to_bytes (bytes);
}

static GBytes *
flated (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  uLongf length = compressBound (size);
  guint8 *packed = g_malloc (length);
  g_assert_cmpint (compress (packed, &length, data, size), ==, Z_OK);
  return g_bytes_new_take (packed, length);
}

static char *
picture_keys (const char *more)
{
  return g_strdup_printf ("/Type/XObject/Subtype/Image/Width %d/Height %d%s", WIDTH, HEIGHT, more);
}

/* The one-bit, uncompressed picture. */
#define PLAIN "/ColorSpace/DeviceGray/BitsPerComponent 1"

typedef struct
{
  PIX *pix; /* two levels, black is 1 */
  unsigned dpi;
  bool as_stored;
} Seen;

static Seen
seen (GBytes *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ExtractPdf) pdf = extract_pdf_open (file, &limits, &error);
  g_assert_no_error (error);
  Seen result = { 0 };
  g_autoptr (PIX) pix = extract_pdf_pixels (pdf, 1, &limits, &result.dpi, &result.as_stored, &error);
  g_assert_no_error (error);
  result.pix = pixGetDepth (pix) == 1 ? pixClone (pix) : pixThresholdToBinary (pix, 128);
  return result;
}

/* Black and white at the middle of each square of a page of that many, as in @expected, rows parted by blanks. */
static void
assert_squares (PIX *pix, const char *expected)
{
  g_auto (GStrv) rows = g_strsplit (expected, " ", 0);
  int down = (int)g_strv_length (rows), across = (int)strlen (rows[0]);
  g_autoptr (GString) found = g_string_new (NULL);
  for (int y = 0; y < down; y++)
    {
      g_string_append (found, y > 0 ? " " : "");
      for (int x = 0; x < across; x++)
        {
          l_uint32 black = 0;
          pixGetPixel (pix, (2 * x + 1) * pixGetWidth (pix) / (2 * across),
                       (2 * y + 1) * pixGetHeight (pix) / (2 * down), &black);
          g_string_append_c (found, black ? '#' : '.');
        }
    }
  g_assert_cmpstr (found->str, ==, expected);
}

#define UPRIGHT "#....# ##.... ...... #....."

/* What a page with the picture in @bytes under @keys shows, and whether as it is stored. */
static void
assert_picture (const char *keys, GBytes *bytes, bool as_stored)
{
  g_autofree char *all = picture_keys (keys);
  SomeStream stream = stream_of (all, bytes);
  g_autoptr (GBytes) file = some_pdf (BOX, PAINT, NULL, &stream, 1);
  Seen page = seen (file);
  g_test_message ("%s", keys);
  g_assert_cmpint (page.as_stored, ==, as_stored);
  if (as_stored)
    {
      g_assert_cmpint (pixGetWidth (page.pix), ==, WIDTH);
      g_assert_cmpuint (page.dpi, ==, 150);
    }
  assert_squares (page.pix, UPRIGHT);
  pixDestroy (&page.pix);
}

/* The plain picture painted by @content on a page with @keys. */
static Seen
plain_picture_on (const char *keys, const char *content)
{
  g_autoptr (GBytes) bytes = samples (1, 1, false, false);
  g_autofree char *all = picture_keys (PLAIN);
  SomeStream stream = stream_of (all, bytes);
  g_autoptr (GBytes) file = some_pdf (keys, content, NULL, &stream, 1);
  return seen (file);
}

static void
assert_painted (const char *keys, const char *content, bool as_stored, const char *expected)
{
  Seen page = plain_picture_on (keys, content);
  g_test_message ("%s %s", keys, content);
  g_assert_cmpint (page.as_stored, ==, as_stored);
  assert_squares (page.pix, expected);
  pixDestroy (&page.pix);
}

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

/* --- places --- */

static void
test_turns_and_mirrors_are_exact (void)
{
  assert_painted (BOX, "144 0 0 96 0 0 cm /I1 Do", true, UPRIGHT);
  assert_painted (BOX, "-144 0 0 96 144 0 cm /I1 Do", true, "#....# ....## ...... .....#");
  assert_painted (BOX, "-144 0 0 -96 144 96 cm /I1 Do", true, ".....# ...... ....## #....#");
  assert_painted (BOX, "144 0 0 -96 0 96 cm /I1 Do", true, "#..... ...... ##.... #....#");
  /* A quarter: a page on end. */
  assert_painted ("/MediaBox[0 0 96 144]", "0 -144 96 0 0 144 cm /I1 Do", true, "#.## ..#. .... .... .... ...#");
  assert_painted ("/MediaBox[0 0 96 144]", "0 144 -96 0 96 0 cm /I1 Do", true, "#... .... .... .... .#.. ##.#");
  assert_painted ("/MediaBox[0 0 96 144]", "0 144 96 0 0 0 cm /I1 Do", true, "...# .... .... .... ..#. #.##");
  assert_painted ("/MediaBox[0 0 96 144]", "0 -144 -96 0 96 144 cm /I1 Do", true, "##.# .#.. .... .... .... #...");
}

static void
test_the_turn_of_the_page_is_added (void)
{
  assert_painted (BOX "/Rotate 90", PAINT, true, "#.## ..#. .... .... .... ...#");
  assert_painted (BOX "/Rotate 180", PAINT, true, ".....# ...... ....## #....#");
  assert_painted (BOX "/Rotate 270", PAINT, true, "#... .... .... .... .#.. ##.#");
  assert_painted ("/MediaBox[0 0 96 144]/Rotate -90", "0 -144 96 0 0 144 cm /I1 Do", true, UPRIGHT);
}

static void
test_what_is_cropped_is_cut_off (void)
{
  /* Without the left column, and without the lowest row. */
  Seen page = plain_picture_on (BOX "/CropBox[24 24 144 96]", PAINT);
  g_assert_true (page.as_stored);
  g_assert_cmpint (pixGetWidth (page.pix), ==, 5 * SQUARE);
  g_assert_cmpint (pixGetHeight (page.pix), ==, 3 * SQUARE);
  assert_squares (page.pix, "....# #.... .....");
  pixDestroy (&page.pix);
  assert_painted (BOX "/CropBox[24 24 144 96]/Rotate 90", PAINT, true, ".#. ... ... ... ..#");
}

static void
test_a_narrow_margin_becomes_paper (void)
{
  /* A page one point larger on every side. */
  Seen page = plain_picture_on ("/MediaBox[-1 -1 145 97]", PAINT);
  g_assert_true (page.as_stored);
  g_assert_cmpint (pixGetWidth (page.pix), ==, 304);
  g_assert_cmpint (pixGetHeight (page.pix), ==, 204);
  l_uint32 corner = 1, inside = 0;
  pixGetPixel (page.pix, 1, 1, &corner);
  pixGetPixel (page.pix, 3, 3, &inside);
  g_assert_cmpuint (corner, ==, 0);
  g_assert_cmpuint (inside, ==, 1);
  pixDestroy (&page.pix);
}

static void
test_a_fax_with_flat_pixels_is_stretched (void)
{
  Seen page = plain_picture_on ("/MediaBox[0 0 144 192]", "144 0 0 192 0 0 cm /I1 Do");
  g_assert_true (page.as_stored);
  g_assert_cmpint (pixGetHeight (page.pix), ==, 2 * HEIGHT);
  g_assert_cmpuint (page.dpi, ==, 150);
  assert_squares (page.pix, UPRIGHT);
  pixDestroy (&page.pix);
}

static void
test_a_form_around_the_picture_makes_no_difference (void)
{
  static const char form[] = "q 72 0 0 48 0 0 cm /I1 Do Q";
  g_autoptr (GBytes) bytes = samples (1, 1, false, false);
  g_autofree char *all = picture_keys (PLAIN);
  SomeStream streams[] = { stream_of (all, bytes),
                           { "/Type/XObject/Subtype/Form/BBox[0 0 72 48]/Matrix[2 0 0 2 0 0]", form, strlen (form) } };
  g_autoptr (GBytes) file = some_pdf (BOX, "/I2 Do", NULL, streams, 2);
  Seen page = seen (file);
  g_assert_true (page.as_stored);
  assert_squares (page.pix, UPRIGHT);
  pixDestroy (&page.pix);
}

/* --- when a page is more than its picture --- */

static void
test_a_page_that_shows_more_is_drawn (void)
{
  assert_painted (BOX, PAINT " 1 1 1 rg 0 72 24 24 re f", false, ".....# ##.... ...... #.....");
  assert_painted (BOX, PAINT " 2 w 24 0 m 24 96 l S", false, UPRIGHT);
  assert_painted (BOX, PAINT " BT /F1 4 Tf 50 50 Td (seen) Tj ET", false, UPRIGHT);
  assert_painted (BOX, "q 24 0 120 96 re W n 144 0 0 96 0 0 cm /I1 Do Q", false, ".....# .#.... ...... ......");
  assert_painted (BOX "/Annots[<</Type/Annot/Subtype/Square/Rect[0 72 24 96]/AP<</N 7 0 R>>>>]", PAINT, false, UPRIGHT);
  assert_painted (BOX, "72 0 0 96 0 0 cm /I1 Do", false, "#....#...... ##.......... ............ #...........");
}

static void
test_what_cannot_be_seen_makes_no_difference (void)
{
  assert_painted (BOX, PAINT " BT 3 Tr /F1 4 Tf 50 50 Td (not seen) Tj ET", true, UPRIGHT);
  assert_painted (BOX, "1 0 0 rg 0 0 144 96 re f BT /F1 40 Tf 0 0 Td (below) Tj ET " PAINT, true, UPRIGHT);
  assert_painted (BOX, "0 0 144 96 re W n " PAINT, true, UPRIGHT);
}

static void
test_a_slanted_picture_is_drawn (void)
{
  Seen page = plain_picture_on (BOX, "143 5 -5 95 2 0 cm /I1 Do");
  g_assert_false (page.as_stored);
  pixDestroy (&page.pix);
}

static void
test_a_see_through_picture_is_drawn (void)
{
  Seen page = plain_picture_on (BOX, "/G1 gs " PAINT);
  g_assert_false (page.as_stored);
  pixDestroy (&page.pix);
}

static void
test_strips_are_drawn_at_their_own_resolution (void)
{
  g_autoptr (GBytes) bytes = samples (1, 1, false, false);
  g_autofree char *all = picture_keys (PLAIN);
  SomeStream streams[] = { stream_of (all, bytes), stream_of (all, bytes) };
  g_autoptr (GBytes) file = some_pdf ("/MediaBox[0 0 108 144]",
                                      "q 108 0 0 72 0 72 cm /I1 Do Q q 108 0 0 72 0 0 cm /I2 Do Q", NULL, streams, 2);
  Seen page = seen (file);
  g_assert_false (page.as_stored);
  g_assert_cmpuint (page.dpi, ==, 200);
  g_assert_cmpint (pixGetWidth (page.pix), ==, WIDTH);
  assert_squares (page.pix, UPRIGHT " " UPRIGHT);
  pixDestroy (&page.pix);
}

/* --- lies --- */

static void
test_a_picture_that_lies_of_its_size_is_drawn (void)
{
  g_autoptr (PIX) pix = picture (), grey = pixConvertTo8 (pix, 0);
  l_uint8 *coded = NULL;
  size_t size;
  g_assert_cmpint (pixWriteMemJpeg (&coded, &size, grey, 80, 0), ==, 0);
  SomeStream stream = { "/Type/XObject/Subtype/Image/Width 30000/Height 30000/ColorSpace/DeviceGray/BitsPerComponent 8"
                        "/Filter/DCTDecode",
                        coded, size };
  g_autoptr (GBytes) file = some_pdf (BOX, PAINT, NULL, &stream, 1);
  Seen page = seen (file);
  g_assert_false (page.as_stored);
  pixDestroy (&page.pix);
  lept_free (coded);
}

static void
test_a_bomb_is_not_unpacked (void)
{
  g_autofree guint8 *zeros = g_malloc0 (1 << 24);
  g_autoptr (GBytes) much = g_bytes_new_static (zeros, 1 << 24);
  g_autoptr (GBytes) packed = flated (much);
  SomeStream picture_stream = stream_of ("/Type/XObject/Subtype/Image/Width 30000/Height 30000/ColorSpace/DeviceGray"
                                         "/BitsPerComponent 8/Filter/FlateDecode",
                                         packed);
  g_autoptr (GBytes) file = some_pdf (BOX, "72 0 0 48 0 0 cm /I2 Do", NULL, &picture_stream, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (ExtractPdf) pdf = extract_pdf_open (file, &limits, &error);
  ExtractPdfLook look;
  g_assert_true (extract_pdf_look (pdf, 1, &limits, &look, &error));
  /* A form whose operators are a bomb is left alone. */
  SomeStream form = stream_of ("/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Filter/FlateDecode", packed);
  g_autoptr (GBytes) other = some_pdf (BOX, "/I1 Do", NULL, &form, 1);
  g_autoptr (ExtractPdf) bomb = extract_pdf_open (other, &limits, &error);
  g_assert_true (extract_pdf_look (bomb, 1, &limits, &look, &error));
  g_assert_false (look.understood);
}

static void
test_forms_that_call_themselves_come_to_an_end (void)
{
  static const char form[] = "/I1 Do /I1 Do /I1 Do";
  SomeStream stream = { "/Type/XObject/Subtype/Form/BBox[0 0 9 9]", form, strlen (form) };
  g_autoptr (GBytes) file = some_pdf (BOX, "/I1 Do", NULL, &stream, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (ExtractPdf) pdf = extract_pdf_open (file, &limits, &error);
  ExtractPdfLook look;
  g_assert_true (extract_pdf_look (pdf, 1, &limits, &look, &error));
  g_assert_false (look.understood);
}

static void
test_a_picture_of_too_many_pixels_is_not_decoded (void)
{
  g_autoptr (GBytes) bytes = samples (8, 1, false, false);
  g_autofree char *all = picture_keys ("/ColorSpace/DeviceGray/BitsPerComponent 8");
  SomeStream stream = stream_of (all, bytes);
  g_autoptr (GBytes) file = some_pdf (BOX, PAINT, NULL, &stream, 1);
  Limits small = limits;
  small.pixels = WIDTH * HEIGHT - 1;
  g_autoptr (GError) error = NULL;
  g_autoptr (ExtractPdf) pdf = extract_pdf_open (file, &small, &error);
  unsigned dpi;
  bool as_stored = true;
  g_autoptr (PIX) pix = extract_pdf_pixels (pdf, 1, &small, &dpi, &as_stored, &error);
  g_assert_no_error (error);
  g_assert_false (as_stored);
  g_assert_cmpint (pixGetWidth (pix) * pixGetHeight (pix), <, WIDTH * HEIGHT);
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
  g_test_add_func ("/extract/pdf/turns", test_turns_and_mirrors_are_exact);
  g_test_add_func ("/extract/pdf/page-turn", test_the_turn_of_the_page_is_added);
  g_test_add_func ("/extract/pdf/cropped", test_what_is_cropped_is_cut_off);
  g_test_add_func ("/extract/pdf/margin", test_a_narrow_margin_becomes_paper);
  g_test_add_func ("/extract/pdf/flat", test_a_fax_with_flat_pixels_is_stretched);
  g_test_add_func ("/extract/pdf/form", test_a_form_around_the_picture_makes_no_difference);
  g_test_add_func ("/extract/pdf/more", test_a_page_that_shows_more_is_drawn);
  g_test_add_func ("/extract/pdf/hidden", test_what_cannot_be_seen_makes_no_difference);
  g_test_add_func ("/extract/pdf/slanted", test_a_slanted_picture_is_drawn);
  g_test_add_func ("/extract/pdf/see-through", test_a_see_through_picture_is_drawn);
  g_test_add_func ("/extract/pdf/strips", test_strips_are_drawn_at_their_own_resolution);
  g_test_add_func ("/extract/pdf/lies", test_a_picture_that_lies_of_its_size_is_drawn);
  g_test_add_func ("/extract/pdf/bomb", test_a_bomb_is_not_unpacked);
  g_test_add_func ("/extract/pdf/endless", test_forms_that_call_themselves_come_to_an_end);
  g_test_add_func ("/extract/pdf/too-many", test_a_picture_of_too_many_pixels_is_not_decoded);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  setMsgSeverity (L_SEVERITY_NONE);
  g_autoptr (GError) error = NULL;
  if (!extract_pdf_warm_up (&error))
    g_error ("%s", error->message);
  add_tests ();
  return g_test_run ();
}
