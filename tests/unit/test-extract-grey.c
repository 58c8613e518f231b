#include "extract/grey.h"
#include <math.h>
#include <stdbool.h>

/* A picture in which every pixel differs from those round it. */
static PIX *
pattern (int width, int height)
{
  PIX *pix = pixCreate (width, height, 8);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      pixSetPixel (pix, x, y, (l_uint32)(x * 37 + y * 101 + x * y) % 256);
  return pix;
}

static int
grey_at (PIX *pix, int x, int y)
{
  l_uint32 value = 0;
  g_assert_cmpint (pixGetPixel (pix, x, y, &value), ==, 0);
  return (int)value;
}

/* The part of the pixel at @at that lies from @from to @to. */
static double
part (int at, double from, double to)
{
  return MAX (MIN (at + 1, to) - MAX (at, from), 0);
}

static double
mean_of_area (PIX *pix, double x0, double y0, double x1, double y1)
{
  double sum = 0;
  for (int y = (int)y0; y < MIN (ceil (y1), pixGetHeight (pix)); y++)
    for (int x = (int)x0; x < MIN (ceil (x1), pixGetWidth (pix)); x++)
      sum += part (x, x0, x1) * part (y, y0, y1) * grey_at (pix, x, y);
  return sum / ((x1 - x0) * (y1 - y0));
}

static void
test_a_half_is_the_mean_of_four_as_leptonica_makes_it (void)
{
  for (int width = 2; width < 20; width++)
    {
      g_autoptr (PIX) whole = pattern (width, 7);
      g_autoptr (PIX) half = extract_grey_halve (whole);
      g_assert_cmpint (pixGetWidth (half), ==, width / 2);
      g_assert_cmpint (pixGetHeight (half), ==, 3);
      for (int y = 0; y < 3; y++)
        for (int x = 0; x < width / 2; x++)
          g_assert_cmpint (grey_at (half, x, y), ==, (int)mean_of_area (whole, 2 * x, 2 * y, 2 * x + 2, 2 * y + 2));
    }
}

static void
test_a_smaller_pixel_is_the_mean_of_what_it_covers (void)
{
  static const double scales[] = { 0.87, 0.7, 0.641, 0.5, 0.49, 0.25, 0.0625 };
  g_autoptr (PIX) whole = pattern (61, 43);
  for (size_t i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      g_autoptr (PIX) small = extract_grey_shrink (whole, scales[i]);
      int width = pixGetWidth (small), height = pixGetHeight (small);
      g_assert_cmpint (width, ==, (int)lround (61 * scales[i]));
      double across = 61.0 / width, down = 43.0 / height;
      for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++)
          g_assert_cmpfloat_with_epsilon (
              grey_at (small, x, y), mean_of_area (whole, x * across, y * down, (x + 1) * across, (y + 1) * down), 2.5);
    }
}

static void
test_white_stays_white_and_a_line_of_pixels_a_line (void)
{
  g_autoptr (PIX) white = pixCreate (200, 1, 8);
  pixSetAll (white);
  g_autoptr (PIX) small = extract_grey_shrink (white, 0.3);
  g_assert_cmpint (pixGetWidth (small), ==, 60);
  g_assert_cmpint (pixGetHeight (small), ==, 1);
  for (int x = 0; x < 60; x++)
    g_assert_cmpint (grey_at (small, x, 0), ==, 255);
}

static void
check_level (PIX *pix, double degrees)
{
  double angle = degrees * G_PI / 180, c = cos (angle), s = sin (angle);
  g_autoptr (PIX) level = extract_grey_level (pix, angle);
  int width = pixGetWidth (level), height = pixGetHeight (level);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        double dx = x + 0.5 - width / 2.0, dy = y + 0.5 - height / 2.0;
        double from_x = c * dx + s * dy + pixGetWidth (pix) / 2.0 - 0.5;
        double from_y = c * dy - s * dx + pixGetHeight (pix) / 2.0 - 0.5;
        double sum = 0;
        for (int i = 0; i < 4; i++)
          {
            int at_x = (int)floor (from_x) + (i & 1), at_y = (int)floor (from_y) + (i >> 1);
            bool inside = at_x >= 0 && at_y >= 0 && at_x < pixGetWidth (pix) && at_y < pixGetHeight (pix);
            sum += (1 - fabs (from_x - at_x)) * (1 - fabs (from_y - at_y)) * (inside ? grey_at (pix, at_x, at_y) : 255);
          }
        g_assert_cmpfloat_with_epsilon (grey_at (level, x, y), sum, 4);
      }
}

static void
test_a_turned_pixel_is_mixed_from_four (void)
{
  static const double angles[] = { 0, 0.2, -0.83, 2.5, -7, 45 };
  g_autoptr (PIX) pix = pattern (83, 57);
  g_autoptr (PIX) soft = pixBlockconvGray (pix, NULL, 2, 2);
  for (size_t i = 0; i < G_N_ELEMENTS (angles); i++)
    check_level (soft, angles[i]);
}

static void
test_quarters_are_those_of_leptonica (void)
{
  for (int width = 5; width < 9; width++)
    for (int quarters = 0; quarters < 4; quarters++)
      {
        g_autoptr (PIX) pix = pattern (width, width + 2);
        g_autoptr (PIX) expected = pixRotateOrth (pix, quarters);
        g_autoptr (PIX) turned = extract_grey_turn (pix, quarters);
        l_int32 same = 0;
        pixEqual (turned, expected, &same);
        g_assert_true (same);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/grey/half", test_a_half_is_the_mean_of_four_as_leptonica_makes_it);
  g_test_add_func ("/grey/shrink", test_a_smaller_pixel_is_the_mean_of_what_it_covers);
  g_test_add_func ("/grey/line", test_white_stays_white_and_a_line_of_pixels_a_line);
  g_test_add_func ("/grey/level", test_a_turned_pixel_is_mixed_from_four);
  g_test_add_func ("/grey/quarters", test_quarters_are_those_of_leptonica);
  return g_test_run ();
}
