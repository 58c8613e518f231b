#include "extract/pieces.h"

/* @inked of a hundred pixels are black, and so are bits behind the end of rows. */
static PIX *
speckled (GRand *chance, int width, int height, int inked)
{
  PIX *pix = pixCreate (width, height, 1);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      pixSetPixel (pix, x, y, g_rand_int_range (chance, 0, 100) < inked);
  pixSetPadBits (pix, 1);
  return pix;
}

static void
check_boxes (PIX *pix)
{
  g_autoptr (ExtractPieces) pieces = extract_pieces_new (pix);
  g_assert_nonnull (pieces);
  guint n;
  const ExtractPiece *all = extract_pieces_all (pieces, &n);
  g_autoptr (BOXA) expected = pixConnCompBB (pix, 8);
  g_assert_cmpuint (n, ==, boxaGetCount (expected));
  guint pixels = 0;
  for (guint i = 0; i < n; i++)
    {
      l_int32 x, y, w, h;
      boxaGetBoxGeometry (expected, (l_int32)i, &x, &y, &w, &h);
      g_assert_cmpint (all[i].box.x0, ==, x);
      g_assert_cmpint (all[i].box.y0, ==, y);
      g_assert_cmpint (all[i].box.x1, ==, x + w);
      g_assert_cmpint (all[i].box.y1, ==, y + h);
      pixels += all[i].pixels;
    }
  l_int32 all_pixels;
  pixSetPadBits (pix, 0);
  pixCountPixels (pix, &all_pixels, NULL);
  g_assert_cmpint (pixels, ==, all_pixels);
}

static bool
is_smaller (const ExtractPiece *piece, const void *data)
{
  int least = *(const int *)data;
  return piece->box.x1 - piece->box.x0 < least && piece->box.y1 - piece->box.y0 < least;
}

static void
check_dropping (PIX *pix, int least)
{
  g_autoptr (ExtractPieces) pieces = extract_pieces_new (pix);
  g_autoptr (PIX) rest = extract_pieces_without (pieces, is_smaller, &least);
  g_autoptr (PIX) expected = pixSelectBySize (pix, least, least, 8, L_SELECT_IF_EITHER, L_SELECT_IF_GTE, NULL);
  l_int32 same = 0;
  pixEqual (rest, expected, &same);
  g_assert_true (same);
}

static void
test_pieces_are_those_that_leptonica_finds_in_its_order (void)
{
  static const int inked[] = { 0, 3, 20, 40, 50, 70, 97, 100 };
  GRand *chance = g_rand_new_with_seed (7);
  for (gsize i = 0; i < G_N_ELEMENTS (inked); i++)
    for (int width = 1; width < 200; width += 9)
      {
        g_autoptr (PIX) pix = speckled (chance, width, 1 + width / 2, inked[i]);
        check_boxes (pix);
      }
  g_rand_free (chance);
}

static void
test_without_small_pieces_stay_the_pixels_that_leptonica_keeps (void)
{
  GRand *chance = g_rand_new_with_seed (8);
  for (int least = 1; least < 6; least++)
    for (int width = 5; width < 150; width += 16)
      {
        g_autoptr (PIX) pix = speckled (chance, width, 60, 12 * least);
        pixSetPadBits (pix, 0);
        check_dropping (pix, least);
      }
  g_rand_free (chance);
}

/* Arms that meet only at the lowest row, one within the other. */
static void
test_arms_that_meet_late_are_one_piece (void)
{
  g_autoptr (PIX) pix = pixCreate (61, 40, 1);
  for (int x = 0; x < 61; x += 4)
    for (int y = x / 2; y < 40; y++)
      pixSetPixel (pix, x, y, 1);
  for (int x = 0; x < 61; x++)
    pixSetPixel (pix, x, 39, 1);
  g_autoptr (ExtractPieces) pieces = extract_pieces_new (pix);
  guint n;
  const ExtractPiece *all = extract_pieces_all (pieces, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (all[0].box.x1 - all[0].box.x0, ==, 61);
  g_assert_cmpint (all[0].box.y1 - all[0].box.y0, ==, 40);
  check_boxes (pix);
}

static void
test_a_side_that_no_run_can_tell_is_refused (void)
{
  g_autoptr (PIX) pix = pixCreate (65536, 1, 1);
  g_assert_null (extract_pieces_new (pix));
  g_autoptr (PIX) longest = pixCreate (65535, 2, 1);
  pixSetAll (longest);
  check_boxes (longest);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pieces/boxes", test_pieces_are_those_that_leptonica_finds_in_its_order);
  g_test_add_func ("/pieces/without", test_without_small_pieces_stay_the_pixels_that_leptonica_keeps);
  g_test_add_func ("/pieces/late", test_arms_that_meet_late_are_one_piece);
  g_test_add_func ("/pieces/longest", test_a_side_that_no_run_can_tell_is_refused);
  return g_test_run ();
}
