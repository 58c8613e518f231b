#include "extract/spread.h"
#include <math.h>

/* Parts of the picture's width. */
#define FROM 0.38
#define TO 0.62
#define LEAST_GUTTER 0.015
#define LANDSCAPE 1.15 /* width of a spread, of its height */
#define UNLIKE 0.5     /* degrees between the lines of the two pages */
enum
{
  LEAST_LETTERS = 60, /* pieces of ink on either page */
};

/* The middle of the widest run of columns of @ink without ink between FROM and TO; 0 when none is wide enough. */
static int
widest_gap (PIX *ink)
{
  NUMA *columns = pixCountPixelsByColumn (ink);
  int width = pixGetWidth (ink), best = 0, best_x = 0, run = 0;
  for (int x = (int)(FROM * width); columns != NULL && x < (int)(TO * width); x++)
    {
      l_float32 here = 0;
      numaGetFValue (columns, x, &here);
      run = here == 0 ? run + 1 : 0;
      if (run > best)
        {
          best = run;
          best_x = x - run / 2;
        }
    }
  numaDestroy (&columns);
  return best >= LEAST_GUTTER * width ? best_x : 0;
}

typedef struct
{
  guint letters;
  l_float32 skew, sure;
} Half;

static Half
look_at (PIX *ink, int from, int to)
{
  Half half = { 0 };
  BOX *box = boxCreate (from, 0, to - from, pixGetHeight (ink));
  g_autoptr (PIX) part = pixClipRectangle (ink, box, NULL);
  boxDestroy (&box);
  g_autoptr (ExtractPieces) pieces = part != NULL ? extract_pieces_new (part) : NULL;
  if (pieces == NULL || pixFindSkewSweepAndSearch (part, &half.skew, &half.sure, 4, 2, 7.0f, 1.0f, 0.01f) != 0)
    return (Half){ 0 };
  extract_pieces_all (pieces, &half.letters);
  return half;
}

int
extract_spread_gutter (ExtractSurvey *survey, int turn)
{
  g_autoptr (PIX) ink = pixRotateOrth (survey->ink, turn / 90);
  if (ink == NULL || pixGetWidth (ink) < LANDSCAPE * pixGetHeight (ink) || pixGetHeight (ink) < 128)
    return 0;
  int gutter = widest_gap (ink);
  if (gutter == 0)
    return 0;
  Half left = look_at (ink, 0, gutter), right = look_at (ink, gutter, pixGetWidth (ink));
  bool pages = MIN (left.letters, right.letters) >= LEAST_LETTERS && MIN (left.sure, right.sure) >= 3;
  return pages && fabsf (left.skew - right.skew) >= (l_float32)UNLIKE ? gutter * survey->factor : 0;
}
