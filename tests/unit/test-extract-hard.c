/* Pages on which there is little or nothing to read: each ends with a record, in time. */
#include "base/clock.h"
#include "tests/unit/extract_models.h"
#include "tests/unit/extract_read.h"
#include "tests/unit/fixture.h"
#include <leptonica/allheaders.h>
#include <math.h>

#define BUDGET_S 100 /* a hundred times what is needed, for a busy machine and sanitizers */

static GBytes *
tiff_of (PIX *pix)
{
  pixSetResolution (pix, 300, 300);
  l_uint8 *bytes = NULL;
  size_t size = 0;
  l_int32 packed = pixGetDepth (pix) == 1 ? IFF_TIFF_G4 : IFF_TIFF_LZW;
  g_assert_cmpint (pixWriteMemTiff (&bytes, &size, pix, packed), ==, 0);
  GBytes *file = g_bytes_new (bytes, size);
  lept_free (bytes);
  pixDestroy (&pix);
  return file;
}

/* Reads @pix, which it consumes; the record must be one that docketd takes. */
static RecordPage *
read_hard (const char *what, PIX *pix)
{
  g_autoptr (GBytes) file = tiff_of (pix);
  g_autoptr (GError) error = NULL;
  char *hints[] = { (char *)"en", NULL };
  Limits limits = LIMITS_DEFAULT;
  limits.wall_s = limits.cpu_s = BUDGET_S;
  int64_t before_us = dk_monotonic_us ();
  g_autoptr (RecordPage) page = read_page_of (file, "image/tiff", 1, hints, &limits, &error);
  double took_s = (double)(dk_monotonic_us () - before_us) / G_USEC_PER_SEC;
  g_assert_no_error (error);
  g_test_message ("%s: %s, %u words, confidence %.0f, %.1f s, %s", what, record_origin_name (page->origin),
                  page->words->len, page->confidence, took_s, page->steps);
  g_assert_cmpfloat (took_s, <, BUDGET_S);
  g_autoptr (GBytes) frame = record_page_encode (page);
  RecordPage *taken = record_page_decode (frame, &limits, &error);
  g_assert_no_error (error);
  return taken;
}

static PIX *
letter (void)
{
  g_autoptr (GBytes) file = fixture ("extract/three-pages.tif");
  PIX *pix = pixReadMem (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  g_assert_nonnull (pix);
  return pix;
}

static void
test_a_page_of_ink_alone_is_blank (void)
{
  PIX *black = pixCreate (2480, 3508, 1);
  pixSetAll (black);
  g_autoptr (RecordPage) page = read_hard ("black", black);
  g_assert_cmpint (page->origin, ==, RECORD_ORIGIN_BLANK);
}

/* The letter on paper of level 225, printed @darker than it and as grainy as a scan. */
static PIX *
faint (PIX *pix, int darker)
{
  PIX *grey = pixConvert1To8 (NULL, pix, 225, (l_uint8)(225 - darker));
  for (int y = 0; y < pixGetHeight (grey); y++)
    for (int x = 0; x < pixGetWidth (grey); x++)
      {
        l_uint32 value = 0;
        pixGetPixel (grey, x, y, &value);
        pixSetPixel (grey, x, y, (l_uint32)((int)value + g_test_rand_int_range (-6, 7)));
      }
  pixDestroy (&pix);
  return grey;
}

static void
test_print_that_is_hardly_darker_than_its_paper_is_read (void)
{
  g_autoptr (RecordPage) page = read_hard ("faint", faint (letter (), 30));
  g_assert_cmpint (page->origin, ==, RECORD_ORIGIN_RECOGNISED);
  g_assert_true (g_str_has_prefix (page->steps, "contrast"));
  g_assert_nonnull (strstr (page->text, "Dear"));
}

static void
test_print_that_shows_through_from_the_back_leaves_a_page_blank (void)
{
  PIX *back = letter ();
  pixFlipLR (back, back);
  g_autoptr (RecordPage) page = read_hard ("shows through", faint (back, 30));
  g_assert_cmpint (page->origin, ==, RECORD_ORIGIN_BLANK);
}

/* The letter as a grey scan, folded once: paper and print below row @fold are @dark parts of 256 as bright, and become
 * brighter from row to row. */
static PIX *
folded (PIX *pix, int fold, int dark)
{
  PIX *grey = pixConvert1To8 (NULL, pix, 240, 30);
  for (int y = fold; y < pixGetHeight (grey); y++)
    for (int x = 0; x < pixGetWidth (grey); x++)
      {
        l_uint32 value = 0, light = (l_uint32)MIN (dark + (y - fold) / 4, 256);
        pixGetPixel (grey, x, y, &value);
        pixSetPixel (grey, x, y, value * light / 256);
      }
  pixDestroy (&pix);
  return grey;
}

static void
test_the_lines_in_the_shadow_of_a_fold_are_read (void)
{
  g_autoptr (RecordPage) flat = read_hard ("flat", letter ()), page = NULL;
  const RecordWord *words = (const RecordWord *)(void *)flat->words->data, *middle = &words[flat->words->len / 2];
  page = read_hard ("folded", folded (letter (), middle->box.y0 - 20, 112));
  g_assert_nonnull (strstr (page->steps, "even"));
  g_assert_cmpuint (page->words->len, >=, flat->words->len - 3);
}

static void
test_lines_of_one_pixel_and_endless_strips_are_read_as_nothing (void)
{
  g_autoptr (RecordPage) low = read_hard ("one pixel high", pixCreate (20000, 1, 1));
  g_assert_cmpuint (low->words->len, ==, 0);
  g_autoptr (RecordPage) narrow = read_hard ("one pixel wide", pixCreate (1, 20000, 8));
  g_assert_cmpuint (narrow->words->len, ==, 0);
  PIX *strip = pixCreate (35000, 300, 1);
  for (int x = 0; x < 35000; x += 50)
    pixRasterop (strip, x, 100, 20, 60, PIX_SET, NULL, 0, 0);
  g_autoptr (RecordPage) bars = read_hard ("35,000 pixels", strip);
  g_assert_cmpuint (bars->width_px, ==, 35000);
}

static void
test_noise_and_halftones_end_in_time (void)
{
  PIX *noise = pixCreate (1240, 877, 1);
  for (int y = 0; y < 877; y++)
    for (int x = 0; x < 1240; x++)
      if (g_test_rand_int_range (0, 8) == 0)
        pixSetPixel (noise, x, y, 1);
  g_autoptr (RecordPage) speckled = read_hard ("noise", noise);
  g_assert_cmpfloat (speckled->confidence, <, 80);
  PIX *dots = pixCreate (2480, 3508, 1);
  for (int y = 0; y < 3508; y += 8)
    for (int x = 0; x < 2480; x += 8)
      pixRasterop (dots, x + y / 8 % 2 * 4, y, 2 + x * 5 / 2480, 2 + x * 5 / 2480, PIX_SET, NULL, 0, 0);
  g_autoptr (RecordPage) halftone = read_hard ("halftone", dots);
  g_assert_nonnull (halftone);
}

/* @pix with one pixel of @of, by chance, black. */
static PIX *
speckled (PIX *pix, int of)
{
  for (int y = 0; y < pixGetHeight (pix); y++)
    for (int x = 0; x < pixGetWidth (pix); x++)
      if (g_test_rand_int_range (0, of) == 0)
        pixSetPixel (pix, x, y, 1);
  return pix;
}

static void
test_a_sheet_of_noise_is_not_blown_up_and_a_speckled_letter_is_read (void)
{
  g_autoptr (RecordPage) noise = read_hard ("sheet of noise", speckled (pixCreate (2480, 3508, 1), 5));
  g_assert_nonnull (strstr (noise->steps, "shrink"));
  g_assert_null (strstr (noise->steps, "enlarge"));
  g_autoptr (RecordPage) clean = read_hard ("clean", letter ());
  g_autoptr (RecordPage) page = read_hard ("speckled letter", speckled (letter (), 25));
  g_assert_cmpuint (page->words->len, >=, clean->words->len - 3);
}

/* Grey, of a hundred pixels three black and two white, by chance. */
static void
test_a_grey_letter_strewn_with_pixels_is_read (void)
{
  PIX *bilevel = letter ();
  PIX *grey = pixConvert1To8 (NULL, bilevel, 230, 30);
  pixDestroy (&bilevel);
  for (int y = 0; y < pixGetHeight (grey); y++)
    for (int x = 0; x < pixGetWidth (grey); x++)
      {
        int chance = g_test_rand_int_range (0, 100);
        if (chance < 5)
          pixSetPixel (grey, x, y, chance < 3 ? 0 : 255);
      }
  g_autoptr (RecordPage) clean = read_hard ("clean", letter ());
  g_autoptr (RecordPage) page = read_hard ("strewn letter", grey);
  g_assert_nonnull (strstr (page->steps, "despeckle"));
  g_assert_cmpuint (page->words->len, >=, clean->words->len - 3);
}

static void
test_a_mirrored_letter_and_a_scribble_are_no_sure_words (void)
{
  PIX *page = letter ();
  g_autoptr (RecordPage) mirrored = read_hard ("mirrored", pixFlipLR (NULL, page));
  pixDestroy (&page);
  g_assert_cmpfloat (mirrored->confidence, <, 75);
  PIX *scribble = pixCreate (1800, 1500, 1);
  double x = 100, y = 200, turn = 0;
  for (int i = 0; i < 60000; i++)
    {
      turn += g_test_rand_double_range (-0.2, 0.2);
      x += 0.9 + cos (turn * 3);
      y += sin (turn * 5);
      if (x > 1700)
        {
          x = 100;
          y += 120;
        }
      if (y > 1400)
        break;
      pixRasterop (scribble, (int)x, (int)y, 4, 4, PIX_SET, NULL, 0, 0);
    }
  g_autoptr (RecordPage) hand = read_hard ("scribble", scribble);
  g_assert_cmpfloat (hand->confidence, <, 75);
}

int
main (int argc, char **argv)
{
  begin_with_models (&argc, &argv, "en");
  g_test_add_func ("/extract/hard/black", test_a_page_of_ink_alone_is_blank);
  g_test_add_func ("/extract/hard/faint", test_print_that_is_hardly_darker_than_its_paper_is_read);
  g_test_add_func ("/extract/hard/through", test_print_that_shows_through_from_the_back_leaves_a_page_blank);
  g_test_add_func ("/extract/hard/folded", test_the_lines_in_the_shadow_of_a_fold_are_read);
  g_test_add_func ("/extract/hard/strips", test_lines_of_one_pixel_and_endless_strips_are_read_as_nothing);
  g_test_add_func ("/extract/hard/noise", test_noise_and_halftones_end_in_time);
  g_test_add_func ("/extract/hard/speckled", test_a_sheet_of_noise_is_not_blown_up_and_a_speckled_letter_is_read);
  g_test_add_func ("/extract/hard/strewn", test_a_grey_letter_strewn_with_pixels_is_read);
  g_test_add_func ("/extract/hard/mirrored", test_a_mirrored_letter_and_a_scribble_are_no_sure_words);
  return g_test_run ();
}
