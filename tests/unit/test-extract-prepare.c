#include "extract/prepare.h"
#include "tests/unit/extract_page.h"
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
  g_assert_cmpfloat_with_epsilon (extract_survey_lines (shrunk, 0)->x_height * shrunk->factor, 12, 2.1);
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

/* The letter on a grey sheet of @shade that lies on a dark desk. */
static PIX *
photo_of (PIX *letter, l_uint32 shade)
{
  PIX *photo = pixCreate (pixGetWidth (letter) + 240, pixGetHeight (letter) + 240, 8);
  pixSetAllArbitrary (photo, 25);
  for (l_int32 y = 0; y < pixGetHeight (letter); y++)
    for (l_int32 x = 0; x < pixGetWidth (letter); x++)
      {
        l_uint32 ink = 0;
        pixGetPixel (letter, x, y, &ink);
        pixSetPixel (photo, x + 120, y + 120, ink ? 60 : shade);
      }
  return photo;
}

static void
test_the_desk_round_a_sheet_is_no_ink (void)
{
  g_autoptr (PIX) letter = page ("three-pages.tif");
  g_autoptr (PIX) photo = photo_of (letter, 190);
  g_autoptr (ExtractSurvey) survey = extract_survey_new (photo);
  g_assert_nonnull (survey->border);
  g_assert_cmpint (extract_survey_orientation (survey), ==, 0);
  g_autoptr (ExtractPrepared) prepared = prepare (photo, 300, false);
  g_assert_nonnull (strstr (prepared->steps, "border"));
  l_uint32 corner = 0;
  pixGetPixel (prepared->pix, 5, 5, &corner);
  g_assert_cmpuint (corner, ==, 255);
  g_autoptr (PIX) turned = pixRotateOrth (photo, 2);
  g_autoptr (ExtractSurvey) upside_down = extract_survey_new (turned);
  g_assert_cmpint (extract_survey_orientation (upside_down), ==, 180);
  g_autoptr (ExtractSurvey) scan = extract_survey_new (letter);
  g_assert_null (scan->border);
}

static void
test_a_shadow_that_fades_into_the_sheet_is_no_border (void)
{
  g_autoptr (PIX) letter = page ("three-pages.tif"), dark = pixConvert1To8 (NULL, letter, 255, 0);
  int height = pixGetHeight (dark);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < pixGetWidth (dark); x++)
      {
        l_uint32 value = 0;
        pixGetPixel (dark, x, y, &value);
        pixSetPixel (dark, x, y, (l_uint32)(30 + value * (0.85 - 0.65 * y / height)));
      }
  g_autoptr (ExtractSurvey) survey = extract_survey_new (dark);
  g_assert_null (survey->border);
  g_assert_true (survey->uneven);
}

static void
test_specks_far_from_letters_are_whitened_and_points_stay (void)
{
  g_autoptr (PIX) letter = page ("three-pages.tif");
  BOX *speck = boxCreate (1500, 1300, 6, 6);
  pixSetInRect (letter, speck);
  boxDestroy (&speck);
  g_autoptr (ExtractSurvey) survey = extract_survey_new (letter);
  g_autoptr (BOXA) specks = extract_survey_specks (survey, 0);
  g_assert_cmpint (boxaGetCount (specks), ==, 1);
  l_int32 x, y, w, h;
  boxaGetBoxGeometry (specks, 0, &x, &y, &w, &h);
  g_assert_true (x <= 1500 && y <= 1300 && x + w >= 1506 && y + h >= 1306);
  g_assert_true (w <= 20 && h <= 20);
}

static void
test_the_broken_strokes_of_a_thin_copy_are_thickened (void)
{
  g_autoptr (PIX) letter = page ("three-pages.tif");
  g_autoptr (PIX) thin = pixErodeBrick (NULL, letter, 2, 2);
  for (int i = 0; i < 400000; i++)
    pixSetPixel (thin, g_test_rand_int_range (0, 1800), g_test_rand_int_range (0, 1500), 0);
  for (int x = 0; x < pixGetWidth (thin); x += 11)
    for (int y = 0; y < pixGetHeight (thin); y++)
      if (y / 11 % 2 == 0)
        pixSetPixel (thin, x, y, 0);
  g_autoptr (ExtractPrepared) prepared = prepare (thin, 300, false);
  g_assert_nonnull (strstr (prepared->steps, "thicken"));
  g_autoptr (ExtractPrepared) whole = prepare (letter, 300, false);
  g_assert_null (strstr (whole->steps, "thicken"));
}

static void
test_letters_in_one_piece_stay_as_thin_as_they_are_among_dust (void)
{
  g_autoptr (PIX) letter = page ("three-pages.tif");
  g_autoptr (PIX) thin = pixErodeBrick (NULL, letter, 2, 2);
  for (int i = 0; i < 300; i++)
    pixSetPixel (thin, g_test_rand_int_range (0, 1800), g_test_rand_int_range (0, 1500), 1);
  g_autoptr (ExtractPrepared) prepared = prepare (thin, 300, false);
  g_assert_null (strstr (prepared->steps, "thicken"));
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
  g_test_add_func ("/extract/prepare/border", test_the_desk_round_a_sheet_is_no_ink);
  g_test_add_func ("/extract/prepare/specks", test_specks_far_from_letters_are_whitened_and_points_stay);
  g_test_add_func ("/extract/prepare/thin", test_the_broken_strokes_of_a_thin_copy_are_thickened);
  g_test_add_func ("/extract/prepare/shadow", test_a_shadow_that_fades_into_the_sheet_is_no_border);
  g_test_add_func ("/extract/prepare/dust", test_letters_in_one_piece_stay_as_thin_as_they_are_among_dust);
  g_test_add_func ("/extract/prepare/huge", test_a_huge_bilevel_page_is_made_to_fit);
  return g_test_run ();
}
