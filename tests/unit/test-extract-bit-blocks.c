#include <glib.h>
#include <leptonica/allheaders.h>

/* Bits without any order, in and beyond the picture. */
static PIX *
noise (GRand *chance, int width, int height, int depth)
{
  PIX *pix = pixCreate (width, height, depth);
  for (int i = 0; i < pixGetWpl (pix) * height; i++)
    pixGetData (pix)[i] = g_rand_int (chance);
  return pix;
}

static l_uint32
pixel (PIX *pix, int x, int y)
{
  l_uint32 value = 0;
  g_assert_cmpint (pixGetPixel (pix, x, y, &value), ==, 0);
  return value;
}

static l_uint32
laid (int op, l_uint32 s, l_uint32 d, int depth)
{
  l_uint32 value = op == PIX_SRC                         ? s
                   : op == PIX_PAINT                     ? s | d
                   : op == PIX_MASK                      ? s & d
                   : op == PIX_SUBTRACT                  ? ~s & d
                   : op == PIX_XOR                       ? s ^ d
                   : op == (PIX_SRC | PIX_NOT (PIX_DST)) ? s | ~d
                                                         : ~s;
  return depth < 32 ? value & ((1U << depth) - 1) : value;
}

typedef struct
{
  int x, y, w, h, op, from_x, from_y;
} Block;

/* What the call promises, pixel by pixel. */
static PIX *
expected (PIX *to, PIX *from, const Block *block)
{
  PIX *pix = pixCopy (NULL, to);
  for (int y = 0; y < pixGetHeight (to); y++)
    for (int x = 0; x < pixGetWidth (to); x++)
      {
        int dx = x - block->x, dy = y - block->y, sx = block->from_x + dx, sy = block->from_y + dy;
        if (dx >= 0 && dx < block->w && dy >= 0 && dy < block->h && sx >= 0 && sx < pixGetWidth (from) && sy >= 0
            && sy < pixGetHeight (from))
          pixSetPixel (pix, x, y, laid (block->op, pixel (from, sx, sy), pixel (to, x, y), pixGetDepth (to)));
      }
  return pix;
}

static Block
any_block (GRand *chance)
{
  static const int ops[]
      = { PIX_SRC, PIX_PAINT, PIX_MASK, PIX_SUBTRACT, PIX_XOR, PIX_NOT (PIX_SRC), PIX_SRC | PIX_NOT (PIX_DST) };
  return (Block){ .x = g_rand_int_range (chance, -40, 80),
                  .y = g_rand_int_range (chance, -3, 5),
                  .w = g_rand_int_range (chance, 1, 330),
                  .h = g_rand_int_range (chance, 1, 9),
                  .op = ops[g_rand_int_range (chance, 0, G_N_ELEMENTS (ops))],
                  .from_x = g_rand_int_range (chance, -40, 80),
                  .from_y = g_rand_int_range (chance, -3, 5) };
}

static void
check_blocks (int depth, int times)
{
  GRand *chance = g_rand_new_with_seed (7);
  for (int i = 0; i < times; i++)
    {
      PIX *to = noise (chance, g_rand_int_range (chance, 1, 300), 7, depth);
      PIX *from = noise (chance, g_rand_int_range (chance, 1, 300), 6, depth);
      Block block = any_block (chance);
      PIX *right = expected (to, from, &block);
      l_int32 same = 0;
      pixRasterop (to, block.x, block.y, block.w, block.h, block.op, from, block.from_x, block.from_y);
      pixEqual (to, right, &same);
      g_assert_cmpint (same, ==, 1);
      pixDestroy (&to);
      pixDestroy (&from);
      pixDestroy (&right);
    }
  g_rand_free (chance);
}

static void
test_blocks_of_bits_are_laid_as_pixel_by_pixel (void)
{
  check_blocks (1, 4000);
}

static void
test_blocks_of_deeper_pixels_are_laid_as_pixel_by_pixel (void)
{
  check_blocks (8, 300);
  check_blocks (32, 100);
}

static void
test_a_block_within_its_own_picture_is_leptonicas_matter (void)
{
  GRand *chance = g_rand_new_with_seed (7);
  PIX *pix = noise (chance, 200, 20, 1);
  PIX *right = pixCopy (NULL, pix);
  l_int32 same = 0;
  pixRasterop (pix, 64, 10, 96, 10, PIX_SRC, pix, 32, 0); /* the parts do not meet */
  for (int y = 0; y < 10; y++)
    for (int x = 0; x < 96; x++)
      pixSetPixel (right, 64 + x, 10 + y, pixel (right, 32 + x, y));
  pixEqual (pix, right, &same);
  g_assert_cmpint (same, ==, 1);
  pixDestroy (&pix);
  pixDestroy (&right);
  g_rand_free (chance);
}

static void
test_a_copy_is_the_same_and_its_own (void)
{
  GRand *chance = g_rand_new_with_seed (7);
  for (int depth = 1; depth <= 32; depth *= 2)
    {
      PIX *pix = noise (chance, 77, 9, depth);
      pixSetResolution (pix, 300, 200);
      PIX *copy = pixCopy (NULL, pix);
      l_int32 same = 0;
      pixEqual (pix, copy, &same);
      g_assert_cmpint (same, ==, 1);
      g_assert_cmpint (pixGetXRes (copy), ==, 300);
      g_assert_cmpint (pixGetYRes (copy), ==, 200);
      g_assert_true (pixGetData (copy) != pixGetData (pix));
      PIX *other = pixCreate (5, 5, 1);
      g_assert_true (pixCopy (other, pix) == other);
      pixEqual (pix, other, &same);
      g_assert_cmpint (same, ==, 1);
      pixDestroy (&other);
      pixDestroy (&copy);
      pixDestroy (&pix);
    }
  g_rand_free (chance);
}

static void
test_the_ink_of_a_row_is_counted_up_to_its_end (void)
{
  GRand *chance = g_rand_new_with_seed (7);
  for (int width = 1; width < 200; width++)
    {
      PIX *pix = noise (chance, width, 3, 1);
      for (int y = 0; y < 3; y++)
        {
          l_int32 count = -1, expected = 0;
          for (int x = 0; x < width; x++)
            expected += (int)pixel (pix, x, y);
          g_assert_cmpint (pixCountPixelsInRow (pix, y, &count, NULL), ==, 0);
          g_assert_cmpint (count, ==, expected);
        }
      l_int32 count = -1;
      g_assert_cmpint (pixCountPixelsInRow (pix, 3, &count, NULL), !=, 0);
      pixDestroy (&pix);
    }
  g_rand_free (chance);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) g_test_add_func ("/extract/bit-blocks/" #name, test_##name)
  TEST (blocks_of_bits_are_laid_as_pixel_by_pixel);
  TEST (blocks_of_deeper_pixels_are_laid_as_pixel_by_pixel);
  TEST (a_block_within_its_own_picture_is_leptonicas_matter);
  TEST (a_copy_is_the_same_and_its_own);
  TEST (the_ink_of_a_row_is_counted_up_to_its_end);
  return g_test_run ();
}
