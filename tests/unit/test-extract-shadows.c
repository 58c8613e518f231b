/* Paper that is as dark as ink elsewhere. */
#include "extract/shadows.h"
#include <leptonica/allheaders.h>

#define WHITE 230
#define BLACK 40
#define THRESHOLD 130

static void
fill (PIX *pix, int x, int y, int width, int height, l_uint32 level)
{
  BOX *box = boxCreate (x, y, width, height);
  pixSetInRectArbitrary (pix, box, level);
  boxDestroy (&box);
}

/* A page of letters 6 by 12 pixels, in lines. */
static PIX *
written_page (void)
{
  PIX *pix = pixCreate (1203, 1702, 8);
  fill (pix, 0, 0, 1203, 1702, WHITE);
  for (int y = 100; y < 1600; y += 30)
    for (int x = 100; x < 1100; x += 12)
      fill (pix, x, y, 6, 12, BLACK);
  return pix;
}

static void
darken (PIX *pix, int top, int bottom, int percent)
{
  for (int y = top; y < bottom; y++)
    for (int x = 0; x < pixGetWidth (pix); x++)
      {
        l_uint32 value = 0;
        pixGetPixel (pix, x, y, &value);
        pixSetPixel (pix, x, y, value * (l_uint32)percent / 100);
      }
}

static void
test_a_band_of_dark_paper_with_letters_is_found (void)
{
  g_autoptr (PIX) page = written_page ();
  darken (page, 480, 640, 50);
  g_autoptr (PIX) shadows = extract_shadows (page, THRESHOLD);
  g_assert_nonnull (shadows);
  l_int32 all = 0;
  l_uint32 inside = 0, outside = 0;
  pixCountPixels (shadows, &all, NULL);
  g_assert_cmpint (all, ==, 75 * 16 * 160);
  pixGetPixel (shadows, 600, 500, &inside);
  pixGetPixel (shadows, 600, 400, &outside);
  g_assert_cmpuint (inside, ==, 1);
  g_assert_cmpuint (outside, ==, 0);
}

static void
test_even_paper_and_paper_a_little_darker_have_no_shadows (void)
{
  g_autoptr (PIX) page = written_page ();
  g_assert_null (extract_shadows (page, THRESHOLD));
  darken (page, 480, 640, 80);
  g_assert_null (extract_shadows (page, THRESHOLD));
}

static void
test_a_solid_bar_is_no_shadow (void)
{
  g_autoptr (PIX) page = written_page ();
  fill (page, 0, 480, 1200, 160, BLACK);
  g_assert_null (extract_shadows (page, THRESHOLD));
}

static void
test_a_picture_of_a_few_pixels_has_no_shadows (void)
{
  g_autoptr (PIX) low = pixCreate (1200, 1, 8), small = pixCreate (5, 5, 8);
  g_assert_null (extract_shadows (low, THRESHOLD));
  g_assert_null (extract_shadows (small, THRESHOLD));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/extract/shadows/band", test_a_band_of_dark_paper_with_letters_is_found);
  g_test_add_func ("/extract/shadows/even", test_even_paper_and_paper_a_little_darker_have_no_shadows);
  g_test_add_func ("/extract/shadows/bar", test_a_solid_bar_is_no_shadow);
  g_test_add_func ("/extract/shadows/few", test_a_picture_of_a_few_pixels_has_no_shadows);
  return g_test_run ();
}
