#include "extract/resolution.h"
#include <glib.h>

static void
assert_resolution (unsigned told, unsigned width_px, unsigned height_px, unsigned expected)
{
  ExtractResolution found = extract_resolution ((ExtractResolution){ told, told }, width_px, height_px, false);
  g_test_message ("%ux%u, told %u", width_px, height_px, told);
  g_assert_cmpuint (found.x, ==, expected);
  g_assert_cmpuint (found.y, ==, expected);
}

static void
test_what_a_scanner_tells_is_believed (void)
{
  assert_resolution (300, 2480, 3508, 300);
  assert_resolution (200, 1700, 2200, 200);
  assert_resolution (600, 2480, 3508, 600); /* a sheet of A6 */
  assert_resolution (240, 1000, 500, 240);  /* a cheque */
}

static void
test_a_sheet_that_tells_nothing_is_known_by_its_shape (void)
{
  assert_resolution (0, 2480, 3508, 300);
  assert_resolution (0, 3508, 2480, 300);
  assert_resolution (0, 1654, 2339, 200);
  assert_resolution (0, 2550, 3300, 300);
  assert_resolution (0, 1700, 2800, 200); /* Legal */
  assert_resolution (0, 1240, 1748, 150); /* nearly A4 */
  assert_resolution (0, 2080, 2941, 252); /* A4 at no usual resolution */
}

static void
test_what_programs_say_that_do_not_know_is_not_believed (void)
{
  assert_resolution (72, 2480, 3508, 300);
  assert_resolution (96, 1654, 2339, 200);
  assert_resolution (72, 1275, 1650, 150);
  assert_resolution (96, 827, 1169, 100); /* a sheet of 17 inches would be believed, but it is just A4 at 100 */
  assert_resolution (1, 2480, 3508, 300);
  assert_resolution (65535, 2480, 3508, 300);
}

static void
test_a_small_picture_may_have_72_or_96 (void)
{
  assert_resolution (72, 595, 842, 72);
  assert_resolution (96, 800, 600, 96);
}

static void
test_a_photo_of_a_page_shows_more_than_the_page (void)
{
  assert_resolution (72, 3024, 4032, 310);
  assert_resolution (0, 4032, 3024, 310);
}

static void
test_a_till_slip_is_known_by_its_length (void)
{
  assert_resolution (0, 630, 2400, 200);
}

static void
test_a_coarse_fax_is_half_as_dense_downwards (void)
{
  ExtractResolution untold = extract_resolution ((ExtractResolution){ 0, 0 }, 1728, 1145, true);
  g_assert_cmpuint (untold.x, ==, 204);
  g_assert_cmpuint (untold.y, ==, 98);
  ExtractResolution told = extract_resolution ((ExtractResolution){ 204, 98 }, 1728, 1145, true);
  g_assert_cmpuint (told.x, ==, 204);
  g_assert_cmpuint (told.y, ==, 98);
  /* A fine one is not. */
  ExtractResolution fine = extract_resolution ((ExtractResolution){ 204, 196 }, 1728, 2290, true);
  g_assert_cmpuint (fine.y, ==, 196);
}

static void
test_a_coarse_fax_is_stretched_to_square_pixels (void)
{
  g_autoptr (PIX) pix = pixCreate (1728, 1145, 1);
  ExtractResolution dpi = { 204, 98 };
  g_autoptr (PIX) square = extract_resolution_square (pix, &dpi);
  g_assert_cmpint (pixGetWidth (square), ==, 1728);
  g_assert_cmpint (ABS (pixGetHeight (square) - 2383), <=, 2);
  g_assert_cmpuint (dpi.x, ==, 204);
  g_assert_cmpuint (dpi.y, ==, 204);
  /* Nearly square ones stay as they are. */
  ExtractResolution fine = { 204, 196 };
  g_autoptr (PIX) same = extract_resolution_square (pix, &fine);
  g_assert_cmpint (pixGetHeight (same), ==, 1145);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/extract/resolution/told", test_what_a_scanner_tells_is_believed);
  g_test_add_func ("/extract/resolution/untold", test_a_sheet_that_tells_nothing_is_known_by_its_shape);
  g_test_add_func ("/extract/resolution/habit", test_what_programs_say_that_do_not_know_is_not_believed);
  g_test_add_func ("/extract/resolution/small", test_a_small_picture_may_have_72_or_96);
  g_test_add_func ("/extract/resolution/photo", test_a_photo_of_a_page_shows_more_than_the_page);
  g_test_add_func ("/extract/resolution/slip", test_a_till_slip_is_known_by_its_length);
  g_test_add_func ("/extract/resolution/fax", test_a_coarse_fax_is_half_as_dense_downwards);
  g_test_add_func ("/extract/resolution/square", test_a_coarse_fax_is_stretched_to_square_pixels);
  return g_test_run ();
}
