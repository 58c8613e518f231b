#include "extract/prepare.h"
#include "tests/unit/fixture.h"
#include <math.h>
#include <string.h>

static int
orientation_of (PIX *pix)
{
  g_autoptr (ExtractSurvey) survey = extract_survey_new (pix);
  return extract_survey_orientation (survey);
}

static bool
is_blank (PIX *pix)
{
  g_autoptr (ExtractSurvey) survey = extract_survey_new (pix);
  return survey->blank;
}

static ExtractPrepared *
prepare (PIX *pix, unsigned dpi, bool even)
{
  g_autoptr (ExtractSurvey) survey = extract_survey_new (pix);
  return extract_prepare (pix, dpi, survey, &(ExtractPlan){ .even = even });
}

static PIX *
page (const char *name)
{
  g_autofree char *path = g_strconcat ("extract/", name, NULL);
  g_autoptr (GBytes) file = fixture (path);
  size_t size;
  const l_uint8 *bytes = g_bytes_get_data (file, &size);
  PIX *pix = pixReadMem (bytes, size);
  g_assert_nonnull (pix);
  return pix;
}

static void
test_letters_tell_each_of_the_four_turns (void)
{
  g_autoptr (PIX) upright = page ("three-pages.tif");
  for (int quarter = 0; quarter < 4; quarter++)
    {
      g_autoptr (PIX) turned = pixRotateOrth (upright, quarter);
      int answer = orientation_of (turned);
      g_assert_true (answer == -1 || answer == (4 - quarter) % 4 * 90);
    }
  g_autoptr (PIX) level = pixRotateOrth (upright, 0);
  g_assert_cmpint (orientation_of (level), ==, 0);
}

/* A black square of a page turned by the skew comes back to where it was. */
static void
test_boxes_come_back_to_the_page_before_deskew (void)
{
  g_autoptr (PIX) crooked = page ("crooked.tif");
  g_autoptr (ExtractPrepared) prepared = prepare (crooked, 300, false);
  g_assert_cmpfloat_with_epsilon (prepared->angle * 180 / G_PI, -2.5, 0.2);
  g_assert_cmpstr (prepared->steps, ==, "shrink deskew");
  g_assert_cmpuint (prepared->dpi, <, 300);
  /* The lowest line of the page as it was: the box of ink below the middle. */
  g_autoptr (PIX) level = pixThresholdToBinary (prepared->pix, 128);
  BOX *ink = NULL, *there = NULL;
  pixClipToForeground (level, NULL, &ink);
  pixClipToForeground (crooked, NULL, &there);
  l_int32 x, y, w, h, tx, ty, tw, th;
  boxGetGeometry (ink, &x, &y, &w, &h);
  boxGetGeometry (there, &tx, &ty, &tw, &th);
  boxDestroy (&ink);
  boxDestroy (&there);
  RecordBox back = extract_prepare_back (prepared, (RecordBox){ x, y, x + w, y + h });
  g_assert_cmpint (back.x0, <=, tx + 6);
  g_assert_cmpint (back.y0, <=, ty + 6);
  g_assert_cmpint (back.x1, >=, tx + tw - 6);
  g_assert_cmpint (back.y1, >=, ty + th - 6);
  /* The middle of a turned sheet does not move. */
  int32_t mx = pixGetWidth (prepared->pix) / 2, my = pixGetHeight (prepared->pix) / 2;
  RecordBox middle = extract_prepare_back (prepared, (RecordBox){ mx - 1, my - 1, mx + 1, my + 1 });
  g_assert_cmpint (abs ((middle.x0 + middle.x1) / 2 - 900), <=, 3);
  g_assert_cmpint (abs ((middle.y0 + middle.y1) / 2 - 750), <=, 3);
}

static void
test_letters_come_to_the_height_that_reads_best (void)
{
  g_autoptr (PIX) clean = page ("three-pages.tif");
  g_autoptr (ExtractPrepared) prepared = prepare (clean, 300, false);
  g_assert_cmpstr (prepared->steps, ==, "shrink");
  g_autoptr (ExtractSurvey) shrunk = extract_survey_new (prepared->pix);
  g_assert_cmpfloat_with_epsilon (extract_survey_lines (shrunk, 0).x_height, 14, 1.1);
  g_autoptr (PIX) small = pixScaleToGray3 (clean);
  g_autoptr (ExtractPrepared) enlarged = prepare (small, 100, false);
  g_assert_cmpstr (enlarged->steps, ==, "enlarge");
  g_assert_cmpuint (enlarged->dpi, >, 150);
}

static void
test_a_speckled_page_loses_its_specks (void)
{
  g_autoptr (PIX) dusty = page ("three-pages.tif");
  for (int i = 0; i < 20000; i++)
    pixSetPixel (dusty, g_test_rand_int_range (0, 1800), g_test_rand_int_range (0, 1500), 1);
  g_autoptr (ExtractPrepared) prepared = prepare (dusty, 300, false);
  g_assert_nonnull (strstr (prepared->steps, "despeckle shrink"));
}

static void
test_paper_without_letters_is_blank (void)
{
  g_autoptr (PIX) white = pixCreate (2480, 3508, 1);
  g_assert_true (is_blank (white));
  g_autoptr (PIX) black = pixCreate (2480, 3508, 1);
  pixSetAll (black);
  g_assert_true (is_blank (black));
  g_autoptr (PIX) paper = pixCreate (1240, 1754, 8);
  for (int y = 0; y < 1754; y++)
    for (int x = 0; x < 1240; x++)
      pixSetPixel (paper, x, y, (l_uint32)g_test_rand_int_range (225, 250));
  g_assert_true (is_blank (paper));
  g_autoptr (PIX) letter = page ("three-pages.tif");
  g_assert_false (is_blank (letter));
}

static void
test_a_line_of_pixels_is_blank_and_harms_nobody (void)
{
  g_autoptr (PIX) line = pixCreate (20000, 1, 1);
  g_assert_true (is_blank (line));
  g_assert_cmpint (orientation_of (line), ==, -1);
  g_autoptr (ExtractPrepared) prepared = prepare (line, 300, true);
  g_assert_nonnull (prepared);
  g_autoptr (PIX) dot = pixCreate (1, 1, 8);
  g_autoptr (ExtractPrepared) tiny = prepare (dot, 1200, true);
  g_assert_nonnull (tiny);
}

static void
test_a_huge_bilevel_page_is_made_to_fit (void)
{
  g_autoptr (PIX) huge = pixCreate (35000, 20000, 1);
  double scale;
  g_autoptr (PIX) fit = extract_prepare_fit (huge, &scale);
  g_assert_cmpint (pixGetWidth (fit), <=, 16000);
  g_assert_cmpfloat_with_epsilon (scale * 35000, pixGetWidth (fit), 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  setMsgSeverity (L_SEVERITY_NONE);
  g_test_add_func ("/extract/prepare/orientation", test_letters_tell_each_of_the_four_turns);
  g_test_add_func ("/extract/prepare/boxes", test_boxes_come_back_to_the_page_before_deskew);
  g_test_add_func ("/extract/prepare/height", test_letters_come_to_the_height_that_reads_best);
  g_test_add_func ("/extract/prepare/speckled", test_a_speckled_page_loses_its_specks);
  g_test_add_func ("/extract/prepare/blank", test_paper_without_letters_is_blank);
  g_test_add_func ("/extract/prepare/line", test_a_line_of_pixels_is_blank_and_harms_nobody);
  g_test_add_func ("/extract/prepare/huge", test_a_huge_bilevel_page_is_made_to_fit);
  return g_test_run ();
}
