/* Pictures of every kind of pixel: each is black on its left half and paper on its right. */
#include "extract/exif.h"
#include "extract/picture.h"
#include "tests/unit/fixture.h"
#include <string.h>
#include <tiffio.h>
#include <zlib.h>

static const Limits limits = LIMITS_DEFAULT;

enum
{
  SIDE = 64,
};

static void
assert_halves (GBytes *file, const char *media_type, const char *what)
{
  g_autoptr (GError) error = NULL;
  ExtractPictureFacts facts;
  g_autoptr (PIX) pix = extract_picture_load (file, media_type, 1, &limits, &facts, &error);
  g_test_message ("%s", what);
  g_assert_no_error (error);
  g_assert_cmpint (pixGetWidth (pix), ==, SIDE);
  g_autoptr (PIX) two = pixGetDepth (pix) == 1 ? pixClone (pix) : pixThresholdToBinary (pix, 128);
  l_uint32 left = 0, right = 1;
  pixGetPixel (two, SIDE / 4, SIDE / 2, &left);
  pixGetPixel (two, SIDE * 3 / 4, SIDE / 2, &right);
  g_assert_cmpuint (left, ==, 1);
  g_assert_cmpuint (right, ==, 0);
}

/* One row: of each pixel all samples, black ones first. Samples are all ones or all zeros. */
static GBytes *
row_of (unsigned bits, unsigned channels, const char *black, const char *paper)
{
  GByteArray *row = g_byte_array_new ();
  unsigned filled = 0;
  guint8 byte = 0;
  for (unsigned i = 0; i < SIDE * channels * bits; i++)
    {
      const char *pixel = i < SIDE * channels * bits / 2 ? black : paper;
      byte = (guint8)(byte << 1 | (pixel[i / bits % channels] == '1'));
      if (++filled % 8 == 0)
        g_byte_array_append (row, &byte, 1);
    }
  return g_byte_array_free_to_bytes (row);
}

/* --- TIFF --- */

typedef struct
{
  const char *what;
  uint16_t photometric, bits, channels;
  const char *black, *paper;
  uint16_t extra;
  bool tiled, real;
} Kind;

static void
describe (TIFF *tiff, const Kind *kind)
{
  TIFFSetField (tiff, TIFFTAG_IMAGEWIDTH, SIDE);
  TIFFSetField (tiff, TIFFTAG_IMAGELENGTH, SIDE);
  TIFFSetField (tiff, TIFFTAG_BITSPERSAMPLE, kind->bits);
  TIFFSetField (tiff, TIFFTAG_SAMPLESPERPIXEL, kind->channels);
  TIFFSetField (tiff, TIFFTAG_PHOTOMETRIC, kind->photometric);
  TIFFSetField (tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField (tiff, TIFFTAG_COMPRESSION, COMPRESSION_LZW);
  if (kind->real)
    TIFFSetField (tiff, TIFFTAG_SAMPLEFORMAT, SAMPLEFORMAT_IEEEFP);
  if (kind->extra > 0)
    TIFFSetField (tiff, TIFFTAG_EXTRASAMPLES, 1, &(uint16_t){ kind->extra });
  if (kind->photometric == PHOTOMETRIC_PALETTE)
    {
      uint16_t colours[256] = { 0xffff, [1] = 0x1000, [3] = 0x1000, [15] = 0x1000, [255] = 0x1000 };
      TIFFSetField (tiff, TIFFTAG_COLORMAP, colours, colours, colours);
    }
  if (kind->tiled)
    {
      TIFFSetField (tiff, TIFFTAG_TILEWIDTH, SIDE);
      TIFFSetField (tiff, TIFFTAG_TILELENGTH, SIDE);
    }
  else
    TIFFSetField (tiff, TIFFTAG_ROWSPERSTRIP, 16);
}

static GBytes *
tiff_of (const Kind *kind)
{
  g_autoptr (GBytes) row = row_of (kind->bits, kind->channels, kind->black, kind->paper);
  gsize size;
  const guint8 *bytes = g_bytes_get_data (row, &size);
  g_autofree guint8 *all = g_malloc (size * SIDE);
  for (int y = 0; y < SIDE; y++)
    memcpy (all + size * (gsize)y, bytes, size);
  char *folder = fixture_folder ();
  g_autofree char *path = g_build_filename (folder, "kind.tif", NULL);
  TIFF *tiff = TIFFOpen (path, "w");
  describe (tiff, kind);
  if (kind->tiled)
    TIFFWriteEncodedTile (tiff, 0, all, (tmsize_t)size * SIDE);
  for (uint32_t y = 0; !kind->tiled && y < SIDE; y++)
    TIFFWriteScanline (tiff, all + size * y, y, 0);
  TIFFClose (tiff);
  char *data;
  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  fixture_remove_folder (folder);
  return g_bytes_new_take (data, size);
}

static void
test_tiff_of_every_kind_of_pixel_gives_black_on_paper (void)
{
  static const Kind kinds[] = {
    { "1 bit, black is zero", PHOTOMETRIC_MINISBLACK, 1, 1, "0", "1", 0, false, false },
    { "1 bit, white is zero", PHOTOMETRIC_MINISWHITE, 1, 1, "1", "0", 0, false, false },
    { "2 bits", PHOTOMETRIC_MINISBLACK, 2, 1, "0", "1", 0, false, false },
    { "4 bits, white is zero", PHOTOMETRIC_MINISWHITE, 4, 1, "1", "0", 0, false, false },
    { "8 bits", PHOTOMETRIC_MINISBLACK, 8, 1, "0", "1", 0, false, false },
    { "8 bits, white is zero", PHOTOMETRIC_MINISWHITE, 8, 1, "1", "0", 0, false, false },
    { "16 bits", PHOTOMETRIC_MINISBLACK, 16, 1, "0", "1", 0, false, false },
    { "palette, 1 bit", PHOTOMETRIC_PALETTE, 1, 1, "1", "0", 0, false, false },
    { "palette, 2 bits", PHOTOMETRIC_PALETTE, 2, 1, "1", "0", 0, false, false },
    { "palette, 4 bits", PHOTOMETRIC_PALETTE, 4, 1, "1", "0", 0, false, false },
    { "palette, 8 bits", PHOTOMETRIC_PALETTE, 8, 1, "1", "0", 0, false, false },
    { "RGB", PHOTOMETRIC_RGB, 8, 3, "000", "111", 0, false, false },
    { "RGB, 16 bits", PHOTOMETRIC_RGB, 16, 3, "000", "111", 0, false, false },
    { "CMYK", PHOTOMETRIC_SEPARATED, 8, 4, "0001", "0000", 0, false, false },
    { "RGB, premultiplied alpha", PHOTOMETRIC_RGB, 8, 4, "0001", "0000", EXTRASAMPLE_ASSOCALPHA, false, false },
    { "RGB, alpha", PHOTOMETRIC_RGB, 8, 4, "0001", "0000", EXTRASAMPLE_UNASSALPHA, false, false },
    { "RGB, 16 bits, alpha", PHOTOMETRIC_RGB, 16, 4, "0001", "0000", EXTRASAMPLE_UNASSALPHA, false, false },
    { "grey, alpha", PHOTOMETRIC_MINISBLACK, 8, 2, "01", "00", EXTRASAMPLE_UNASSALPHA, false, false },
    { "8 bits, tiles", PHOTOMETRIC_MINISBLACK, 8, 1, "0", "1", 0, true, false },
    { "1 bit, tiles", PHOTOMETRIC_MINISWHITE, 1, 1, "1", "0", 0, true, false },
    { "RGB, tiles", PHOTOMETRIC_RGB, 8, 3, "000", "111", 0, true, false },
  };
  for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GBytes) file = tiff_of (&kinds[i]);
      assert_halves (file, "image/tiff", kinds[i].what);
    }
}

static void
test_tiff_of_real_numbers_is_refused (void)
{
  static const Kind kind = { "real", PHOTOMETRIC_MINISBLACK, 32, 1, "0", "1", 0, false, true };
  g_autoptr (GBytes) file = tiff_of (&kind);
  g_autoptr (GError) error = NULL;
  ExtractPictureFacts facts;
  g_autoptr (PIX) pix = extract_picture_load (file, "image/tiff", 1, &limits, &facts, &error);
  g_assert_null (pix);
  g_assert_error (error, EXTRACT_FAULT, RECORD_CODE_UNSUPPORTED);
}

/* --- PNG --- */

static void
put_chunk (GByteArray *png, const char *type, const void *data, gsize size)
{
  guint32 length = GUINT32_TO_BE ((guint32)size);
  g_byte_array_append (png, (const guint8 *)&length, 4);
  guint from = png->len;
  g_byte_array_append (png, (const guint8 *)type, 4);
  g_byte_array_append (png, data, (guint)size);
  guint32 sum = GUINT32_TO_BE ((guint32)crc32 (0, png->data + from, png->len - from));
  g_byte_array_append (png, (const guint8 *)&sum, 4);
}

static GBytes *
png_of (unsigned type, unsigned bits, unsigned channels, const char *black, const char *paper, const char *exif)
{
  g_autoptr (GBytes) row = row_of (bits, channels, black, paper);
  g_autoptr (GByteArray) rows = g_byte_array_new ();
  for (int y = 0; y < SIDE; y++)
    {
      g_byte_array_append (rows, (const guint8 *)"", 1);
      g_byte_array_append (rows, g_bytes_get_data (row, NULL), (guint)g_bytes_get_size (row));
    }
  uLongf packed_size = compressBound (rows->len);
  g_autofree guint8 *packed = g_malloc (packed_size);
  compress (packed, &packed_size, rows->data, rows->len);
  GByteArray *png = g_byte_array_new ();
  guint8 header[13] = { 0, 0, 0, SIDE, 0, 0, 0, SIDE, (guint8)bits, (guint8)type };
  g_byte_array_append (png, (const guint8 *)"\x89PNG\r\n\x1a\n", 8);
  put_chunk (png, "IHDR", header, sizeof header);
  if (exif != NULL)
    put_chunk (png, "eXIf", exif, 26);
  if (type == 3)
    {
      put_chunk (png, "PLTE", "\x20\x10\x00\xff\xff\xf0", 6);
      put_chunk (png, "tRNS", "\xff\x00", 2); /* the second colour cannot be seen */
    }
  put_chunk (png, "IDAT", packed, packed_size);
  put_chunk (png, "IEND", "", 0);
  return g_byte_array_free_to_bytes (png);
}

static void
test_png_of_every_kind_of_pixel_gives_black_on_paper (void)
{
  static const struct
  {
    const char *what;
    unsigned type, bits, channels;
    const char *black, *paper;
  } kinds[] = { { "grey, 1 bit", 0, 1, 1, "0", "1" },          { "grey, 2 bits", 0, 2, 1, "0", "1" },
                { "grey, 4 bits", 0, 4, 1, "0", "1" },         { "grey, 8 bits", 0, 8, 1, "0", "1" },
                { "grey, 16 bits", 0, 16, 1, "0", "1" },       { "colour, 8 bits", 2, 8, 3, "000", "111" },
                { "colour, 16 bits", 2, 16, 3, "000", "111" }, { "palette, 1 bit", 3, 1, 1, "0", "1" },
                { "grey, alpha", 4, 8, 2, "01", "00" },        { "grey, alpha, 16 bits", 4, 16, 2, "01", "00" },
                { "colour, alpha", 6, 8, 4, "0001", "0000" },  { "colour, alpha, 16 bits", 6, 16, 4, "0001", "0000" } };
  for (size_t i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GBytes) file
          = png_of (kinds[i].type, kinds[i].bits, kinds[i].channels, kinds[i].black, kinds[i].paper, NULL);
      assert_halves (file, "image/png", kinds[i].what);
    }
}

/* --- JPEG --- */

static void
test_four_inks_of_a_jpeg_are_printed_as_they_are_meant (void)
{
  static const char *const names[] = { "inks-adobe.jpg", "inks-ycck.jpg", "inks-plain.jpg" };
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_strconcat ("extract/", names[i], NULL);
      g_autoptr (GBytes) file = fixture (path);
      assert_halves (file, "image/jpeg", names[i]);
    }
}

/* --- turns --- */

/* An Exif of one entry. */
static char *
exif_of (unsigned orientation)
{
  char *exif = g_malloc0 (26);
  memcpy (exif, "MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", 19);
  exif[19] = (char)orientation;
  return exif;
}

/* Where the black half of a picture is shown that is stored with it on the left: '<' '>' '^' 'v'. */
static char
black_side (GBytes *file, const char *media_type)
{
  g_autoptr (GError) error = NULL;
  ExtractPictureFacts facts;
  g_autoptr (PIX) pix = extract_picture_load (file, media_type, 1, &limits, &facts, &error);
  g_assert_no_error (error);
  g_autoptr (PIX) two = pixGetDepth (pix) == 1 ? pixClone (pix) : pixThresholdToBinary (pix, 128);
  l_uint32 left = 0, top = 0, right = 0;
  pixGetPixel (two, 4, SIDE / 2 - 8, &left);
  pixGetPixel (two, SIDE - 4, SIDE / 2 - 8, &right);
  pixGetPixel (two, SIDE / 2 - 8, 4, &top);
  return left && right ? '^' : left ? (top ? '<' : 'v') : right ? '>' : 'v';
}

static const char sides[] = "<>><^^vv"; /* of the orientations 1 to 8 */

static void
test_every_turn_that_exif_asks_for_is_made (void)
{
  for (unsigned orientation = 1; orientation <= 8; orientation++)
    {
      g_autofree char *exif = exif_of (orientation);
      g_autoptr (GBytes) png = png_of (0, 8, 1, "0", "1", exif);
      g_test_message ("orientation %u", orientation);
      g_assert_cmpint (black_side (png, "image/png"), ==, sides[orientation - 1]);
      /* The same within a JPEG. */
      g_autoptr (PIX) pix = pixCreate (SIDE, SIDE, 8);
      pixSetAllArbitrary (pix, 255);
      pixRasterop (pix, 0, 0, SIDE / 2, SIDE, PIX_CLR, NULL, 0, 0);
      l_uint8 *coded = NULL;
      size_t size;
      g_assert_cmpint (pixWriteMemJpeg (&coded, &size, pix, 90, 0), ==, 0);
      g_autoptr (GByteArray) jpeg = g_byte_array_new ();
      g_byte_array_append (jpeg, coded, 2);
      g_byte_array_append (jpeg,
                           (const guint8 *)"\xff\xe1\0\x22"
                                           "Exif\0\0",
                           10);
      g_byte_array_append (jpeg, (const guint8 *)exif, 26);
      g_byte_array_append (jpeg, coded + 2, (guint)size - 2);
      g_autoptr (GBytes) file = g_bytes_new (jpeg->data, jpeg->len);
      lept_free (coded);
      g_assert_cmpint (black_side (file, "image/jpeg"), ==, sides[orientation - 1]);
    }
}

static void
test_a_webp_may_ask_for_a_turn (void)
{
  g_autofree char *exif = exif_of (6);
  g_autoptr (GByteArray) webp = g_byte_array_new ();
  g_byte_array_append (webp, (const guint8 *)"RIFF\x2e\0\0\0WEBPEXIF\x1a\0\0\0", 20);
  g_byte_array_append (webp, (const guint8 *)exif, 26);
  g_assert_cmpuint (extract_exif_orientation (webp->data, webp->len), ==, 6);
  /* Cut, it asks for nothing. */
  for (guint n = 0; n < webp->len; n++)
    {
      g_autofree guint8 *cut = g_memdup2 (webp->data, n);
      g_assert_cmpuint (extract_exif_orientation (cut, n), ==, 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  setMsgSeverity (L_SEVERITY_NONE);
  g_test_add_func ("/extract/picture-kinds/tiff", test_tiff_of_every_kind_of_pixel_gives_black_on_paper);
  g_test_add_func ("/extract/picture-kinds/real", test_tiff_of_real_numbers_is_refused);
  g_test_add_func ("/extract/picture-kinds/png", test_png_of_every_kind_of_pixel_gives_black_on_paper);
  g_test_add_func ("/extract/picture-kinds/inks", test_four_inks_of_a_jpeg_are_printed_as_they_are_meant);
  g_test_add_func ("/extract/picture-kinds/turns", test_every_turn_that_exif_asks_for_is_made);
  g_test_add_func ("/extract/picture-kinds/webp", test_a_webp_may_ask_for_a_turn);
  return g_test_run ();
}
