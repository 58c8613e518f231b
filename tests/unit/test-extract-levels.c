#include <glib.h>
#include <leptonica/allheaders.h>

static PIX *
noise (GRand *chance, int width, int height, int depth)
{
  PIX *pix = pixCreate (width, height, depth);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      pixSetPixel (pix, x, y, g_rand_int (chance) % (1U << depth));
  return pix;
}

static int
level (PIX *pix, int x, int y)
{
  l_uint32 value = 0;
  g_assert_cmpint (pixGetPixel (pix, x, y, &value), ==, 0);
  return (int)value;
}

static void
check_threshold (PIX *pix, int threshold)
{
  PIX *ink = pixThresholdToBinary (pix, threshold);
  g_assert_nonnull (ink);
  for (int y = 0; y < pixGetHeight (pix); y++)
    for (int x = 0; x < pixGetWidth (pix); x++)
      g_assert_cmpint (level (ink, x, y), ==, level (pix, x, y) < threshold);
  pixDestroy (&ink);
}

static void
test_what_is_darker_than_the_threshold_is_ink (void)
{
  static const int thresholds[] = { 1, 2, 90, 127, 128, 129, 254, 255 };
  GRand *chance = g_rand_new_with_seed (5);
  for (int width = 1; width < 140; width += 3)
    {
      PIX *pix = noise (chance, width, 4, 8);
      for (gsize i = 0; i < G_N_ELEMENTS (thresholds); i++)
        check_threshold (pix, thresholds[i]);
      pixDestroy (&pix);
    }
  PIX *few = noise (chance, 77, 5, 4);
  check_threshold (few, 9);
  pixDestroy (&few);
  g_rand_free (chance);
}

/* What the function promises, pixel by pixel. */
static void
check_histogram (PIX *pix, int factor)
{
  NUMA *histogram = pixGetGrayHistogram (pix, factor);
  int levels = 1 << pixGetDepth (pix), expected[256] = { 0 };
  g_assert_cmpint (numaGetCount (histogram), ==, levels);
  for (int y = 0; y < pixGetHeight (pix); y += factor)
    for (int x = 0; x < pixGetWidth (pix); x += factor)
      expected[level (pix, x, y)]++;
  for (int i = 0; i < levels; i++)
    {
      l_int32 count = -1;
      numaGetIValue (histogram, i, &count);
      g_assert_cmpint (count, ==, expected[i]);
    }
  numaDestroy (&histogram);
}

static void
test_every_so_many_pixels_are_counted (void)
{
  GRand *chance = g_rand_new_with_seed (6);
  for (int width = 1; width < 140; width += 3)
    for (int depth = 4; depth <= 8; depth += 4)
      {
        PIX *pix = noise (chance, width, 9, depth);
        for (int factor = 1; factor < 12; factor++)
          check_histogram (pix, factor);
        pixDestroy (&pix);
      }
  g_rand_free (chance);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/levels/parted", test_what_is_darker_than_the_threshold_is_ink);
  g_test_add_func ("/levels/counted", test_every_so_many_pixels_are_counted);
  return g_test_run ();
}
