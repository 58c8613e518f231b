#include "extract/picture.h"
#include "tests/unit/fixture.h"

static const Limits limits = LIMITS_DEFAULT;

static PIX *
load (GBytes *file, const char *media_type, unsigned page_no, ExtractPictureFacts *facts)
{
  g_autoptr (GError) error = NULL;
  PIX *pix = extract_picture_load (file, media_type, page_no, &limits, facts, &error);
  g_assert_no_error (error);
  return pix;
}

static double
share_of_ink (PIX *pix)
{
  l_int32 ink = 0;
  g_autoptr (PIX) binary = pixGetDepth (pix) == 1 ? pixClone (pix) : pixThresholdToBinary (pix, 128);
  pixCountPixels (binary, &ink, NULL);
  return (double)ink / pixGetWidth (pix) / pixGetHeight (pix);
}

static void
assert_refused (GBytes *file, const char *media_type, const Limits *allowed, RecordCode code)
{
  g_autoptr (GError) error = NULL;
  ExtractPictureFacts facts;
  g_autoptr (PIX) pix = extract_picture_load (file, media_type, 1, allowed, &facts, &error);
  g_assert_null (pix);
  g_assert_error (error, EXTRACT_FAULT, (int)code);
}

static void
test_every_format_gives_the_same_page (void)
{
  static const struct
  {
    int format;
    const char *media_type;
    int depth;
  } forms[] = { { IFF_PNG, "image/png", 1 },
                { IFF_PNG, "image/png", 8 },
                { IFF_PNG, "image/png", 32 },
                { IFF_JFIF_JPEG, "image/jpeg", 8 },
                { IFF_JFIF_JPEG, "image/jpeg", 32 },
                { IFF_WEBP, "image/webp", 32 },
                { IFF_GIF, "image/gif", 8 },
                { IFF_BMP, "image/bmp", 8 },
                { IFF_BMP, "image/bmp", 32 },
                { IFF_PNM, "image/x-portable-bitmap", 1 },
                { IFF_PNM, "image/x-portable-graymap", 8 },
                { IFF_PNM, "image/x-portable-pixmap", 32 },
                { IFF_TIFF_LZW, "image/tiff", 8 },
                { IFF_TIFF_ZIP, "image/tiff", 32 },
                { IFF_TIFF_G3, "image/tiff", 1 },
                { IFF_TIFF_PACKBITS, "image/tiff", 1 },
                { IFF_TIFF_JPEG, "image/tiff", 8 },
                { IFF_JP2, "image/jp2", 8 } };
  g_autoptr (GBytes) file = fixture ("extract/crooked.tif");
  ExtractPictureFacts facts;
  g_autoptr (PIX) page = load (file, "image/tiff", 1, &facts);
  double ink = share_of_ink (page);
  for (size_t i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (PIX) deep = forms[i].depth == 32  ? pixConvertTo32 (page)
                             : forms[i].depth == 8 ? pixConvertTo8 (page, 0)
                                                   : pixClone (page);
      l_uint8 *bytes = NULL;
      size_t size = 0;
      bool png = forms[i].format == IFF_PNG;
      g_assert_cmpint (
          png ? pixWriteMemPng (&bytes, &size, deep, 0) : pixWriteMem (&bytes, &size, deep, forms[i].format), ==, 0);
      g_autoptr (GBytes) written = g_bytes_new (bytes, size);
      lept_free (bytes);
      g_test_message ("%s, depth %d", forms[i].media_type, forms[i].depth);
      g_autoptr (PIX) read = load (written, forms[i].media_type, 1, &facts);
      g_assert_cmpint (pixGetWidth (read), ==, 1800);
      g_assert_cmpint (pixGetHeight (read), ==, 1500);
      g_assert_cmpfloat_with_epsilon (share_of_ink (read), ink, ink / 10);
    }
}

static void
test_transparent_is_paper (void)
{
  ExtractPictureFacts facts;
  g_autoptr (GBytes) file = fixture ("extract/alpha.png");
  g_autoptr (PIX) pix = load (file, "image/png", 1, &facts);
  g_assert_cmpfloat (share_of_ink (pix), <, 0.2);
  g_assert_cmpfloat (share_of_ink (pix), >, 0.001);
}

static void
test_orientation_of_exif_and_tiff_is_applied (void)
{
  ExtractPictureFacts facts;
  g_autoptr (GBytes) photo = fixture ("extract/exif-turned.jpg");
  g_autoptr (PIX) upright = load (photo, "image/jpeg", 1, &facts);
  g_assert_cmpuint (facts.orientation, ==, 6);
  g_assert_cmpint (extract_picture_turn (facts.orientation), ==, 90);
  g_assert_cmpint (pixGetWidth (upright), ==, 900);
  g_assert_cmpuint (facts.width_px, ==, 750);
  g_autoptr (GBytes) scan = fixture ("extract/tagged.tif");
  g_autoptr (PIX) page = load (scan, "image/tiff", 1, &facts);
  g_assert_cmpuint (facts.orientation, ==, 6);
  g_assert_cmpint (pixGetWidth (page), ==, 1200);
}

static void
test_sixteen_bits_become_eight (void)
{
  ExtractPictureFacts facts;
  static const char deep[] = "P5\n2 1\n65535\n\xff\xff\x40\x00";
  g_autoptr (GBytes) file = g_bytes_new (deep, sizeof deep - 1);
  g_autoptr (PIX) pix = load (file, "image/x-portable-graymap", 1, &facts);
  l_uint32 light, dark;
  pixGetPixel (pix, 0, 0, &light);
  pixGetPixel (pix, 1, 0, &dark);
  g_assert_cmpuint (light, ==, 255);
  g_assert_cmpuint (dark, ==, 64);
}

static void
test_a_bomb_is_refused_before_it_is_decoded (void)
{
  g_autoptr (GBytes) file = fixture ("extract/bomb.png");
  assert_refused (file, "image/png", &limits, RECORD_CODE_LIMIT);
}

static void
test_bilevel_pages_may_be_larger_than_grey_ones (void)
{
  g_autoptr (GBytes) file = fixture ("extract/crooked.tif");
  Limits small = limits;
  small.pixels = 1000;
  ExtractPictureFacts facts;
  g_autoptr (GError) error = NULL;
  g_assert_true (extract_picture_facts (file, "image/tiff", 1, &small, &facts, &error));
  small.bilevel_pixels = 1000;
  assert_refused (file, "image/tiff", &small, RECORD_CODE_LIMIT);
}

static void
test_cut_files_are_damaged (void)
{
  g_autoptr (GBytes) photo = fixture ("extract/truncated.jpg");
  assert_refused (photo, "image/jpeg", &limits, RECORD_CODE_DAMAGED);
  g_autoptr (GBytes) whole = fixture ("extract/alpha.png");
  g_autoptr (GBytes) head = g_bytes_new_from_bytes (whole, 0, 50);
  assert_refused (head, "image/png", &limits, RECORD_CODE_DAMAGED);
}

static void
test_a_photo_cut_on_its_way_is_read_as_far_as_it_goes (void)
{
  g_autoptr (GBytes) whole = fixture ("extract/exif-turned.jpg");
  g_autoptr (GBytes) half = g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) / 2);
  ExtractPictureFacts facts;
  g_autoptr (GError) error = NULL;
  g_autoptr (PIX) pix = extract_picture_load (half, "image/jpeg", 1, &limits, &facts, &error);
  g_assert_no_error (error);
  g_assert_true (facts.cut);
  g_autoptr (PIX) uncut = extract_picture_load (whole, "image/jpeg", 1, &limits, &facts, &error);
  g_assert_false (facts.cut);
  g_assert_cmpint (pixGetHeight (pix), ==, pixGetHeight (uncut));
}

static void
test_pages_of_a_tiff_are_counted_and_capped (void)
{
  g_autoptr (GBytes) file = fixture ("extract/three-pages.tif");
  unsigned pages = 0;
  g_autoptr (GError) error = NULL;
  g_assert_true (extract_picture_pages (file, "image/tiff", &limits, &pages, &error));
  g_assert_cmpuint (pages, ==, 3);
  Limits two = limits;
  two.pages = 2;
  g_assert_false (extract_picture_pages (file, "image/tiff", &two, &pages, &error));
  g_assert_error (error, EXTRACT_FAULT, RECORD_CODE_LIMIT);
}

static void
test_the_last_page_of_two_levels_is_not_decoded_twice (void)
{
  ExtractPictureFacts facts;
  g_autoptr (GBytes) file = fixture ("extract/crooked.tif"), same = fixture ("extract/crooked.tif");
  g_autoptr (PIX) page = load (file, "image/tiff", 1, &facts);
  g_autoptr (PIX) again = extract_picture_kept (same, 1);
  g_assert_nonnull (again);
  l_int32 equal = 0;
  pixEqual (page, again, &equal);
  g_assert_true (equal);
  g_assert_null (extract_picture_kept (file, 2));
  g_autoptr (GBytes) part = g_bytes_new_from_bytes (file, 0, g_bytes_get_size (file) - 1);
  g_assert_null (extract_picture_kept (part, 1));
  l_uint8 *bytes = NULL;
  size_t size = 0;
  g_autoptr (PIX) grey = pixConvertTo8 (page, 0);
  g_assert_cmpint (pixWriteMemPng (&bytes, &size, grey, 0), ==, 0);
  g_autoptr (GBytes) other = g_bytes_new (bytes, size);
  lept_free (bytes);
  g_autoptr (PIX) read = load (other, "image/png", 1, &facts);
  g_assert_null (extract_picture_kept (other, 1));
  g_assert_null (extract_picture_kept (file, 1));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  setMsgSeverity (L_SEVERITY_NONE);
  g_test_add_func ("/extract/picture/formats", test_every_format_gives_the_same_page);
  g_test_add_func ("/extract/picture/transparent", test_transparent_is_paper);
  g_test_add_func ("/extract/picture/orientation", test_orientation_of_exif_and_tiff_is_applied);
  g_test_add_func ("/extract/picture/sixteen-bits", test_sixteen_bits_become_eight);
  g_test_add_func ("/extract/picture/bomb", test_a_bomb_is_refused_before_it_is_decoded);
  g_test_add_func ("/extract/picture/bilevel", test_bilevel_pages_may_be_larger_than_grey_ones);
  g_test_add_func ("/extract/picture/cut", test_cut_files_are_damaged);
  g_test_add_func ("/extract/picture/cut-photo", test_a_photo_cut_on_its_way_is_read_as_far_as_it_goes);
  g_test_add_func ("/extract/picture/pages", test_pages_of_a_tiff_are_counted_and_capped);
  g_test_add_func ("/extract/picture/kept", test_the_last_page_of_two_levels_is_not_decoded_twice);
  return g_test_run ();
}
