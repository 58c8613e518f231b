/* Words against ink: the page made small, its letters made blots, and the boxes of the words laid over them. */
#include "extract/pieces.h"
#include "extract/text_layer.h"
#include <math.h>

enum
{
  INK_DPI = 75,
  TALLEST = 30, /* pixels of a letter, or of letters that touch; what is taller is a picture or a line */
  WIDEST = 200,
  LEAST_INK = 40, /* pixels, below which a page says nothing */
};
#define UNDER_A_WORD 0.04 /* of its box that is ink */

/* Between two thirds of INK_DPI and half as much again; halving is cheap. */
static PIX *
halved (PIX *pix, unsigned dpi)
{
  g_autoptr (PIX) small = pixClone (pix);
  for (; small != NULL && dpi * 2 > INK_DPI * 3; dpi /= 2)
    {
      PIX *half = pixScaleAreaMap2 (small);
      extract_pix_free (small);
      small = half;
    }
  return g_steal_pointer (&small);
}

/* Black where there is ink, about INK_DPI. NULL when memory is short. */
static PIX *
small_ink (PIX *pix, unsigned dpi)
{
  float scale = (float)INK_DPI / (float)MAX (dpi, INK_DPI);
  bool bilevel = pixGetDepth (pix) == 1;
  g_autoptr (PIX) small = bilevel && scale < 1 ? pixScaleToGray (pix, scale) : halved (pix, bilevel ? 0 : dpi);
  if (small == NULL)
    return NULL;
  l_int32 threshold = 0;
  g_autoptr (PIX) grey = pixConvertTo8 (small, 0);
  if (grey == NULL || pixSplitDistributionFgBg (grey, 0.1f, 1, &threshold, NULL, NULL, NULL) != 0)
    return NULL;
  return pixThresholdToBinary (grey, CLAMP (threshold, 90, 220));
}

/* Pictures, lines and single pixels. */
static bool
is_no_letter (const ExtractPiece *piece, const void *data)
{
  int width = piece->box.x1 - piece->box.x0, height = piece->box.y1 - piece->box.y0;
  (void)data;
  return width > WIDEST || height > TALLEST || (width < 2 && height < 2);
}

static PIX *
letters_of (PIX *ink)
{
  g_autoptr (ExtractPieces) pieces = extract_pieces_new (ink);
  return pieces != NULL ? extract_pieces_without (pieces, is_no_letter, NULL) : NULL;
}

static BOX *
box_on (PIX *pix, const RecordPage *page, RecordBox box)
{
  double x = (double)pixGetWidth (pix) / MAX (page->width_px, 1);
  double y = (double)pixGetHeight (pix) / MAX (page->height_px, 1);
  int left = (int)floor (box.x0 * x), top = (int)floor (box.y0 * y);
  return boxCreate (left, top, MAX ((int)ceil (box.x1 * x) - left, 1), MAX ((int)ceil (box.y1 * y) - top, 1));
}

/* The share of words with ink in their boxes; @rest loses what is under them. */
static double
words_on_ink (const RecordPage *page, PIX *ink, PIX *rest)
{
  unsigned on = 0;
  for (guint i = 0; i < page->words->len; i++)
    {
      BOX *box = box_on (ink, page, g_array_index (page->words, RecordWord, i).box);
      l_float32 share = 0;
      if (box == NULL)
        continue;
      l_int32 x, y, w, h, black = 0;
      boxGetGeometry (box, &x, &y, &w, &h);
      g_autoptr (PIX) part = pixClipRectangle (ink, box, NULL);
      if (part != NULL && pixCountPixels (part, &black, NULL) == 0)
        share = (l_float32)black / (l_float32)(w * h);
      on += share >= UNDER_A_WORD;
      pixRasterop (rest, x - 2, y - 2, w + 4, h + 4, PIX_CLR, NULL, 0, 0);
      boxDestroy (&box);
    }
  return page->words->len > 0 ? (double)on / page->words->len : 0;
}

ExtractTextInk
extract_text_ink (const RecordPage *page, PIX *pix, unsigned dpi)
{
  ExtractTextInk result = { 0, 0 };
  g_autoptr (PIX) ink = small_ink (pix, dpi);
  g_autoptr (PIX) rest = ink != NULL ? letters_of (ink) : NULL;
  l_int32 before = 0, after = 0;
  if (rest == NULL || pixCountPixels (rest, &before, NULL) != 0)
    return result;
  result.on_ink = words_on_ink (page, ink, rest);
  pixCountPixels (rest, &after, NULL);
  result.covered = before >= LEAST_INK ? 1 - (double)after / before : 1;
  return result;
}
