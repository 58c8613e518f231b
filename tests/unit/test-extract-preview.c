#include "extract/preview.h"
#include "tests/unit/fixture.h"
#include <string.h>

static const Limits limits = LIMITS_DEFAULT;

static GBytes *
coded (PIX *pix, int format)
{
  l_uint8 *data = NULL;
  size_t size = 0;
  g_assert_cmpint (format == IFF_PNG ? pixWriteMemPng (&data, &size, pix, 0) : pixWriteMem (&data, &size, pix, format),
                   ==, 0);
  return g_bytes_new_with_free_func (data, size, (GDestroyNotify)lept_free, data);
}

static PIX *
draw (GBytes *file, const char *media_type, ExtractPreview wanted)
{
  g_autoptr (GError) error = NULL;
  PIX *pix = extract_preview_draw (file, media_type, &wanted, &limits, &error);
  g_assert_no_error (error);
  return pix;
}

static PIX *
draw_fixture (const char *name, const char *media_type, ExtractPreview wanted)
{
  g_autofree char *path = g_strconcat ("extract/", name, NULL);
  g_autoptr (GBytes) file = fixture (path);
  return draw (file, media_type, wanted);
}

static void
assert_refused (const char *name, const char *media_type, unsigned page, const Limits *allowed, RecordCode code)
{
  g_autofree char *path = g_strconcat ("extract/", name, NULL);
  g_autoptr (GBytes) file = fixture (path);
  g_autoptr (GError) error = NULL;
  const ExtractPreview wanted = { .page = page, .width_px = 200, .rotation = -1 };
  g_autoptr (PIX) pix = extract_preview_draw (file, media_type, &wanted, allowed, &error);
  g_assert_null (pix);
  g_assert_error (error, EXTRACT_FAULT, (int)code);
}

static void
assert_size (PIX *pix, int width, int height, int depth)
{
  g_assert_cmpint (pixGetWidth (pix), ==, width);
  g_assert_cmpint (pixGetHeight (pix), ==, height);
  g_assert_cmpint (pixGetDepth (pix), ==, depth);
}

/* The mean of the quarter of @pix at the column and row @x, @y of four by four, 0 black to 255. */
static double
quarter (PIX *pix, int x, int y)
{
  int width = pixGetWidth (pix) / 4, height = pixGetHeight (pix) / 4;
  g_autoptr (PIX) grey = pixConvertTo8 (pix, 0);
  BOX *box = boxCreate (x * width, y * height, width, height);
  l_float32 mean = 0;
  g_autoptr (PIX) cut = pixClipRectangle (grey, box, NULL);
  boxDestroy (&box);
  pixGetAverageMasked (cut, NULL, 0, 0, 1, L_MEAN_ABSVAL, &mean);
  return mean;
}

/* White, its upper left quarter filled with @ink. */
static PIX *
marked_page (int width, int height, int depth, l_uint32 ink)
{
  PIX *pix = pixCreate (width, height, depth);
  if (depth != 1)
    pixSetAll (pix);
  BOX *box = boxCreate (0, 0, width / 4, height / 4);
  pixSetInRectArbitrary (pix, box, ink);
  boxDestroy (&box);
  return pix;
}

/* Takes @page. */
static PIX *
draw_page (PIX *page, ExtractPreview wanted)
{
  g_autoptr (PIX) taken = page;
  g_autoptr (GBytes) file = coded (taken, IFF_PNG);
  return draw (file, "image/png", wanted);
}

static void
test_a_scan_of_one_bit_becomes_a_grey_picture_of_the_width_asked_for (void)
{
  g_autoptr (PIX) page = marked_page (2480, 3508, 1, 1);
  g_autoptr (GBytes) file = coded (page, IFF_TIFF_G4);
  g_autoptr (PIX) pix = draw (file, "image/tiff", (ExtractPreview){ .page = 1, .width_px = 800, .rotation = 0 });
  assert_size (pix, 800, 1132, 8);
  g_assert_cmpfloat (quarter (pix, 0, 0), <, 10);
  g_assert_cmpfloat (quarter (pix, 1, 1), >, 250);
}

static void
test_it_is_turned_as_the_page_was_read (void)
{
  static const int corners[][3] = { { 0, 0, 0 }, { 90, 3, 0 }, { 180, 3, 3 }, { 270, 0, 3 } };
  g_autoptr (PIX) page = marked_page (1200, 800, 8, 0);
  g_autoptr (GBytes) file = coded (page, IFF_PNG);
  for (gsize i = 0; i < G_N_ELEMENTS (corners); i++)
    {
      ExtractPreview wanted = { .page = 1, .width_px = 200, .rotation = corners[i][0] };
      g_autoptr (PIX) pix = draw (file, "image/png", wanted);
      assert_size (pix, 200, corners[i][0] % 180 == 0 ? 133 : 300, 8);
      g_assert_cmpfloat (quarter (pix, corners[i][1], corners[i][2]), <, 20);
      g_assert_cmpfloat (quarter (pix, 3 - corners[i][1], corners[i][2]), >, 235);
    }
}

static void
test_a_file_that_was_never_read_is_turned_as_it_says (void)
{
  g_autoptr (PIX) tagged
      = draw_fixture ("exif-turned.jpg", "image/jpeg", (ExtractPreview){ .page = 1, .width_px = 100, .rotation = -1 });
  g_autoptr (PIX) stored
      = draw_fixture ("exif-turned.jpg", "image/jpeg", (ExtractPreview){ .page = 1, .width_px = 100, .rotation = 0 });
  double upright = (double)pixGetHeight (tagged) / pixGetWidth (tagged);
  double lying = (double)pixGetHeight (stored) / pixGetWidth (stored);
  g_assert_cmpfloat_with_epsilon (upright, 1 / lying, 0.05);
}

static void
test_colour_is_kept_and_grey_in_colour_is_not (void)
{
  const ExtractPreview wanted = { .page = 1, .width_px = 300, .rotation = 0 };
  g_autoptr (PIX) coloured = draw_page (marked_page (900, 900, 32, 0xc0202000), wanted);
  g_autoptr (PIX) plain = draw_page (marked_page (900, 900, 32, 0x40444200), wanted);
  l_uint32 pixel = 0;
  pixGetPixel (coloured, 20, 20, &pixel);
  assert_size (coloured, 300, 300, 32);
  assert_size (plain, 300, 300, 8);
  g_assert_cmphex (pixel >> 8, ==, 0xc02020);
}

static void
test_a_fax_with_lines_half_as_dense_has_the_shape_of_its_sheet (void)
{
  g_autoptr (PIX) page = marked_page (1728, 1075, 1, 1);
  g_autoptr (GBytes) file = coded (page, IFF_TIFF_G4);
  ExtractPreview wanted
      = { .page = 1, .width_px = 400, .rotation = 0, .sheet_width_px = 1728, .sheet_height_px = 2237 };
  g_autoptr (PIX) pix = draw (file, "image/tiff", wanted);
  assert_size (pix, 400, 518, 8);
  g_assert_cmpfloat (quarter (pix, 0, 0), <, 20);
  g_assert_cmpfloat (quarter (pix, 2, 2), >, 250);
}

static void
test_a_small_picture_does_not_grow_and_a_strip_stays_a_strip (void)
{
  const ExtractPreview wanted = { .page = 1, .width_px = 800, .rotation = 0 };
  g_autoptr (PIX) as_is = draw_page (marked_page (120, 60, 8, 0), wanted);
  g_autoptr (PIX) narrow = draw_page (marked_page (100, 4000, 8, 0), wanted);
  g_autoptr (PIX) flat = draw_page (marked_page (30000, 1, 1, 1), wanted);
  assert_size (as_is, 120, 60, 8);
  assert_size (narrow, 10, 400, 8);
  assert_size (flat, 800, 1, 8);
}

static void
test_pages_of_a_pdf_are_drawn (void)
{
  g_autoptr (PIX) first
      = draw_fixture ("mixed.pdf", "application/pdf", (ExtractPreview){ .page = 1, .width_px = 300, .rotation = -1 });
  g_autoptr (PIX) lying
      = draw_fixture ("mixed.pdf", "application/pdf", (ExtractPreview){ .page = 1, .width_px = 300, .rotation = 90 });
  g_assert_cmpint (pixGetWidth (first), ==, 300);
  g_assert_cmpint (pixGetWidth (lying), ==, 300);
  g_assert_cmpfloat_with_epsilon (pixGetHeight (first) / 300.0, 300.0 / pixGetHeight (lying), 0.01);
  g_assert_cmpint (pixGetHeight (first), !=, 300);
}

static void
test_every_page_of_a_tiff_can_be_had (void)
{
  for (unsigned page = 1; page <= 3; page++)
    {
      ExtractPreview wanted = { .page = page, .width_px = 100, .rotation = 0 };
      g_autoptr (PIX) pix = draw_fixture ("three-pages.tif", "image/tiff", wanted);
      g_assert_cmpint (pixGetWidth (pix), ==, 100);
    }
}

static void
test_what_cannot_be_drawn_is_refused (void)
{
  Limits small = LIMITS_DEFAULT;
  small.pixels = small.bilevel_pixels = 1000;
  assert_refused ("three-pages.tif", "image/tiff", 4, &limits, RECORD_CODE_DAMAGED);
  assert_refused ("mixed.pdf", "application/pdf", 99, &limits, RECORD_CODE_DAMAGED);
  assert_refused ("truncated.pdf", "application/pdf", 1, &limits, RECORD_CODE_DAMAGED);
  assert_refused ("locked.pdf", "application/pdf", 1, &limits, RECORD_CODE_NEEDS_PASSWORD);
  assert_refused ("truncated.jpg", "image/jpeg", 1, &limits, RECORD_CODE_DAMAGED);
  assert_refused ("bomb.png", "image/png", 1, &limits, RECORD_CODE_LIMIT);
  assert_refused ("crooked.tif", "image/tiff", 1, &small, RECORD_CODE_LIMIT);
  assert_refused ("form-feed.txt", "text/plain", 1, &limits, RECORD_CODE_UNSUPPORTED);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  setMsgSeverity (L_SEVERITY_NONE);
  g_test_add_func ("/preview/bilevel", test_a_scan_of_one_bit_becomes_a_grey_picture_of_the_width_asked_for);
  g_test_add_func ("/preview/turn", test_it_is_turned_as_the_page_was_read);
  g_test_add_func ("/preview/unread", test_a_file_that_was_never_read_is_turned_as_it_says);
  g_test_add_func ("/preview/colour", test_colour_is_kept_and_grey_in_colour_is_not);
  g_test_add_func ("/preview/fax", test_a_fax_with_lines_half_as_dense_has_the_shape_of_its_sheet);
  g_test_add_func ("/preview/size", test_a_small_picture_does_not_grow_and_a_strip_stays_a_strip);
  g_test_add_func ("/preview/pdf", test_pages_of_a_pdf_are_drawn);
  g_test_add_func ("/preview/tiff", test_every_page_of_a_tiff_can_be_had);
  g_test_add_func ("/preview/refused", test_what_cannot_be_drawn_is_refused);
  return g_test_run ();
}
