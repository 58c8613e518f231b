#include "extract/faint.h"
#include "extract/grey.h"
#include "extract/pieces.h"

enum
{
  MOST_SIDE = 1200, /* A4 at 75 to 100 dpi: where grain is averaged away */
  LEAST_SIDE = 64,
  DARKER = 10, /* than the paper, in levels of grey */
  GRAIN = 3,   /* pixels */
  FEW_LETTERS = 30,
  WHITE = 4, /* levels below the paper */
};
#define DARKEST 0.0005f /* of the pixels */

static int
level_at (PIX *pix, float rank)
{
  l_float32 level = 255;
  pixGetRankValueMasked (pix, NULL, 0, 0, 1, rank, &level, NULL);
  return (int)level;
}

static PIX *
small_copy (PIX *pix)
{
  PIX *small = pixClone (pix);
  while (small != NULL && MAX (pixGetWidth (small), pixGetHeight (small)) > MOST_SIDE)
    {
      PIX *half = extract_grey_halve (small);
      pixDestroy (&small);
      small = half;
    }
  return small;
}

/* Whether enough pieces are darker than the paper, larger than grain and none of the rim. */
static bool
has_letters (PIX *small)
{
  guint n = 0, letters = 0;
  g_autoptr (PIX) ink = pixThresholdToBinary (small, MAX (level_at (small, 0.5f) - DARKER, 1));
  g_autoptr (ExtractPieces) pieces = ink != NULL ? extract_pieces_new (ink) : NULL;
  const ExtractPiece *all = pieces != NULL ? extract_pieces_all (pieces, &n) : NULL;
  for (guint i = 0; i < n; i++)
    {
      int width = all[i].box.x1 - all[i].box.x0, height = all[i].box.y1 - all[i].box.y0;
      letters += MAX (width, height) >= GRAIN && MAX (width, height) < pixGetHeight (small) / 8;
    }
  return letters >= FEW_LETTERS;
}

PIX *
extract_faint_bring_out (PIX *pix)
{
  if (pixGetDepth (pix) != 8 || MIN (pixGetWidth (pix), pixGetHeight (pix)) < LEAST_SIDE)
    return NULL;
  g_autoptr (PIX) small = small_copy (pix);
  g_autoptr (PIX) smooth = small != NULL && has_letters (small) ? pixBlockconv (pix, 1, 1) : NULL;
  if (smooth == NULL)
    return NULL;
  int white = level_at (smooth, 0.5f) - WHITE, black = level_at (smooth, DARKEST);
  return black < white ? pixGammaTRC (NULL, smooth, 1, black, white) : NULL;
}
