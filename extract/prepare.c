#include "extract/prepare.h"
#include "extract/grey.h"
#include <math.h>

enum
{
  /* More than a sheet of A4 at 600 dpi brings no more letters, and the engine keeps several copies. */
  MOST_PIXELS = 36000000,
  MOST_SIDE = 16000,
  MOST_ENLARGED_PIXELS = 12000000,
  WORK_DPI = 300,  /* of pages whose letters are too few to be measured */
  GRAIN_DPI = 150, /* of those that are noise: what letters there are can be read, and dots become grey */
  /* From here on a bilevel page has pixels to spare. */
  SPARE_DPI = 270,
  FRAGMENTS_AN_INCH = 25, /* longer are letters */
  MOST_SPECKS = 2000,     /* more are the grain of a picture */
  /* Paper is made even by tiles as small as letters, each with two neighbours: shadows of folds end in a line. */
  TILE = 10,
  TILE_PAPER = 30,    /* pixels of a tile that must be no darker than DARKEST_PAPER */
  DARKEST_PAPER = 60, /* a level, as Leptonica has it by default */
  WHITE_PAPER = 200,  /* likewise, of the paper made even */
};
/* Small letters of this height in pixels read as well as larger ones, and faster. */
#define X_HEIGHT 14.0
#define WORTH_SHRINKING 0.87
/* Scales up to these are made exactly half: letters of clean bilevel pages are still ten pixels high then, and grey
 * ones, which are less clean, eleven. */
#define MOST_HALVED 0.7
#define MOST_HALVED_GREY 0.62
#define WORTH_ENLARGING 1.1
#define MOST_ENLARGED 2.5
#define FAX_SKEW 1.0 /* degrees */
/* Thickness of strokes, in heights of a small letter: a tenth is thin, and an eighth to a seventh is usual. */
#define THIN 0.13
#define THICKENED 0.14
/* Letters are in pieces where that share of all that is no speck is as short as points and accents. */
#define FRAGMENTS 0.4

void
extract_prepared_free (ExtractPrepared *prepared)
{
  if (prepared == NULL)
    return;
  pixDestroy (&prepared->pix);
  pixDestroy (&prepared->ink);
  g_free (prepared->steps);
  g_free (prepared);
}

PIX *
extract_prepared_ink (ExtractPrepared *prepared)
{
  if (prepared->ink == NULL)
    prepared->ink = extract_survey_binary (prepared->pix);
  return prepared->ink;
}

/* --- scale --- */

static PIX *
halve_bilevel (PIX *pix, int factor)
{
  switch (factor)
    {
    case 2:
      return pixScaleToGray2 (pix);
    case 3:
      return pixScaleToGray3 (pix);
    case 4:
      return pixScaleToGray4 (pix);
    default:
      return factor <= 8 ? pixScaleToGray8 (pix) : pixScaleToGray16 (pix);
    }
}

PIX *
extract_prepare_fit (PIX *pix, double *scale)
{
  double width = pixGetWidth (pix), height = pixGetHeight (pix);
  double factor = MAX (sqrt (width * height / MOST_PIXELS), MAX (width, height) / MOST_SIDE);
  *scale = 1;
  if (factor <= 1)
    return pixClone (pix);
  PIX *fit = NULL;
  if (pixGetDepth (pix) == 1 && MIN (width, height) >= 16)
    fit = halve_bilevel (pix, (int)ceil (factor));
  else
    {
      float by = (float)(1 / factor);
      fit = pixScaleGeneral (pix, MAX (by, (float)(1 / width)), MAX (by, (float)(1 / height)), 0, 0);
    }
  if (fit != NULL)
    *scale = MAX (pixGetWidth (fit) / width, pixGetHeight (fit) / height);
  return fit;
}

/* --- all together --- */

static void
add_step (ExtractPrepared *prepared, const char *step)
{
  char *steps = g_strconcat (prepared->steps, *prepared->steps != '\0' ? " " : "", step, NULL);
  g_free (prepared->steps);
  prepared->steps = steps;
}

static void
replace (ExtractPrepared *prepared, PIX *by, const char *step)
{
  if (by == NULL)
    return;
  double factor = (double)pixGetWidth (by) / pixGetWidth (prepared->pix);
  pixDestroy (&prepared->pix);
  prepared->pix = by;
  prepared->dpi = (unsigned)MAX (prepared->dpi * factor + 0.5, 1);
  add_step (prepared, step);
}

/* The page to paint on: what is shared with the caller of extract_prepare stays as it is. Owned by the caller. */
static PIX *
own_pixels (const ExtractPrepared *prepared)
{
  return pixGetRefcount (prepared->pix) > 1 ? pixCopy (NULL, prepared->pix) : pixClone (prepared->pix);
}

typedef enum
{
  INK_WHOLE,    /* letters in one piece each */
  INK_BROKEN,   /* ragged letters with crumbs of their own */
  INK_CRUMBLED, /* letters in pieces */
  INK_SPECKLED, /* more specks than letters */
} Ink;

/* Whether both sides of @piece are shorter than the pixels that @data tells. */
static bool
is_speck (const ExtractPiece *piece, const void *data)
{
  int least = *(const int *)data;
  return piece->box.x1 - piece->box.x0 < least && piece->box.y1 - piece->box.y0 < least;
}

/* Specks are many and small: dust of a copier, salt of a bad threshold. Where pieces of letters are as small, as on a
 * thin copy, they are fewer than the letters, and stay. */
static Ink
despeckle (ExtractPrepared *prepared)
{
  const int fragment = (int)prepared->dpi / FRAGMENTS_AN_INCH, speck = prepared->dpi >= 250 ? 4 : 3;
  g_autoptr (ExtractPieces) pieces = extract_pieces_new (prepared->pix);
  guint n = 0, small = 0, fragments = 0;
  const ExtractPiece *all = pieces != NULL ? extract_pieces_all (pieces, &n) : NULL;
  for (guint i = 0; i < n; i++)
    {
      small += is_speck (&all[i], &speck);
      fragments += is_speck (&all[i], &fragment);
    }
  guint large = n - small;
  if (small <= 2 * large && small * 10 <= large)
    return INK_WHOLE;
  if (small <= 2 * large)
    return small * 5 > large && fragments - small > FRAGMENTS * large ? INK_CRUMBLED : INK_BROKEN;
  replace (prepared, extract_pieces_without (pieces, is_speck, &speck), "despeckle");
  return INK_SPECKLED;
}

/* The strokes of a thin copy break, and accents fall off: they are made as thick as those of a good one. False when
 * they are thick enough. */
static bool
thicken (ExtractPrepared *prepared, double x_height)
{
  l_int32 area = 0, inner = 0;
  g_autoptr (PIX) eroded = pixErodeBrick (NULL, prepared->pix, 3, 3);
  if (eroded == NULL || x_height <= 0)
    return false;
  pixCountPixels (prepared->pix, &area, NULL);
  pixCountPixels (eroded, &inner, NULL);
  double stroke = 2.0 * area / MAX (area - inner, 1);
  int by = (int)MIN (THICKENED * x_height + 0.5, 5);
  if (stroke > THIN * x_height || by < 2)
    return false;
  replace (prepared, pixDilateBrick (NULL, prepared->pix, by, by), "thicken");
  return true;
}

/* Specks far from all letters, which would be read as points and signs. */
static void
whiten (ExtractPrepared *prepared, BOXA *specks)
{
  l_int32 n = specks != NULL ? boxaGetCount (specks) : 0;
  if (n == 0 || n > MOST_SPECKS)
    return;
  double across = prepared->x_scale, down = prepared->y_scale;
  PIX *clean = own_pixels (prepared);
  for (l_int32 i = 0; clean != NULL && i < n; i++)
    {
      l_int32 x, y, w, h;
      boxaGetBoxGeometry (specks, i, &x, &y, &w, &h);
      BOX *box
          = boxCreate ((l_int32)(x * across), (l_int32)(y * down), (l_int32)(w * across) + 1, (l_int32)(h * down) + 1);
      pixSetInRect (clean, box);
      if (pixGetDepth (clean) == 1)
        pixClearInRect (clean, box);
      boxDestroy (&box);
    }
  replace (prepared, clean, "whiten");
}

/* What lies round the sheet becomes paper. */
static void
cut_border (ExtractPrepared *prepared, const ExtractSurvey *survey, int turn)
{
  if (survey->border == NULL)
    return;
  g_autoptr (PIX) upright = pixRotateOrth (survey->border, turn / 90);
  g_autoptr (PIX) mask
      = upright != NULL ? pixScaleToSize (upright, pixGetWidth (prepared->pix), pixGetHeight (prepared->pix)) : NULL;
  PIX *clean = mask != NULL ? own_pixels (prepared) : NULL;
  if (clean != NULL)
    pixSetMasked (clean, mask, pixGetDepth (clean) == 1 ? 0 : 255);
  replace (prepared, clean, "border");
}

/* By how much the page is scaled so that its letters have the height that reads best. A sheet full of tiny letters is
 * more likely noise, and is not blown up. */
static double
best_scale (const ExtractPrepared *prepared, double x_height, bool grain)
{
  if (grain)
    return MIN ((double)GRAIN_DPI / prepared->dpi, 1);
  double pixels = (double)pixGetWidth (prepared->pix) * pixGetHeight (prepared->pix);
  if (x_height <= 0)
    return MIN ((double)WORK_DPI / prepared->dpi, 1);
  return CLAMP (X_HEIGHT / x_height, 0.25, MAX (MIN (MOST_ENLARGED, sqrt (MOST_ENLARGED_PIXELS / pixels)), 1));
}

/* Letters that a bad copy has broken or thinned have no pixels to spare. */
static void
scale_bilevel (ExtractPrepared *prepared, Ink ink, double by)
{
  bool spare = prepared->dpi >= SPARE_DPI && ink != INK_BROKEN;
  PIX *pix = prepared->pix;
  if (MIN (pixGetWidth (pix), pixGetHeight (pix)) < 16)
    return;
  /* Exactly half is a twentieth of the work. */
  if (spare && by <= MOST_HALVED && by >= 0.5)
    replace (prepared, pixScaleToGray2 (pix), "shrink");
  else if (spare && by < WORTH_SHRINKING)
    replace (prepared, pixScaleToGray (pix, (float)by), "shrink");
  else if (prepared->dpi >= 500)
    replace (prepared, pixScaleToGray (pix, (float)WORK_DPI / prepared->dpi), "shrink");
  else if (by > WORTH_ENLARGING)
    {
      g_autoptr (PIX) grey = pixConvertTo8 (pix, 0);
      replace (prepared, grey != NULL ? pixScaleGrayLI (grey, (float)by, (float)by) : NULL, "enlarge");
    }
}

static void
scale_grey (ExtractPrepared *prepared, double by)
{
  PIX *pix = prepared->pix;
  if (MIN (pixGetWidth (pix), pixGetHeight (pix)) >= 16 && by <= MOST_HALVED_GREY && by >= 0.5)
    replace (prepared, extract_grey_halve (pix), "shrink");
  else if (by < WORTH_SHRINKING && MIN (pixGetWidth (pix), pixGetHeight (pix)) >= 16)
    replace (prepared, extract_grey_shrink (pix, by), "shrink");
  else if (by > WORTH_ENLARGING)
    replace (prepared, pixScaleGrayLI (pix, (float)by, (float)by), "enlarge");
}

/* Where the paper is not the lightest thing to be seen, a global threshold takes it for ink. */
static void
make_even (ExtractPrepared *prepared)
{
  if (pixGetDepth (prepared->pix) == 8 && MIN (pixGetWidth (prepared->pix), pixGetHeight (prepared->pix)) >= 64)
    replace (prepared,
             pixBackgroundNorm (prepared->pix, NULL, NULL, TILE, TILE, DARKEST_PAPER, TILE_PAPER, WHITE_PAPER, 1, 1),
             "even");
}

/* On grey: a bilevel page loses its edges when it is turned. */
static void
deskew (ExtractPrepared *prepared, double degrees)
{
  double angle = degrees * G_PI / 180;
  g_autoptr (PIX) grey = pixConvertTo8 (prepared->pix, 0);
  if (grey == NULL)
    return;
  PIX *turned = extract_grey_level (grey, angle);
  if (turned == NULL)
    return;
  pixDestroy (&prepared->pix);
  prepared->pix = turned;
  prepared->angle = angle;
  add_step (prepared, "deskew");
}

/* What a bilevel page needs before it is scaled. */
static Ink
clean_bilevel (ExtractPrepared *prepared, double x_height, unsigned without)
{
  if (pixGetDepth (prepared->pix) != 1 || without & EXTRACT_STEP_DESPECKLE)
    return INK_WHOLE;
  Ink ink = despeckle (prepared);
  if (ink != INK_CRUMBLED)
    return ink;
  bool thickened = !(without & EXTRACT_STEP_THICKEN) && thicken (prepared, x_height);
  return thickened ? INK_WHOLE : INK_BROKEN;
}

static void
scale (ExtractPrepared *prepared, Ink ink, double x_height, bool grain)
{
  double by = best_scale (prepared, x_height, grain);
  if (pixGetDepth (prepared->pix) == 1)
    scale_bilevel (prepared, grain ? INK_SPECKLED : ink, by);
  else
    scale_grey (prepared, by);
}

/* A fax has no pixels to spare: turning it a little costs more letters than leaving it a little crooked. */
static bool
is_worth_deskewing (const ExtractPrepared *prepared, Ink ink, double skew)
{
  bool spare = pixGetDepth (prepared->pix) > 1 || ink == INK_SPECKLED || prepared->dpi >= SPARE_DPI;
  return skew != 0 && (spare || fabs (skew) >= FAX_SKEW);
}

/* Once it is scaled: then there is less to turn. */
static bool
turn_upright (ExtractPrepared *prepared, PIX *page, int turn)
{
  bool aside = turn % 180 != 0;
  PIX *upright = pixGetDepth (prepared->pix) == 8 ? extract_grey_turn (prepared->pix, turn / 90)
                                                  : pixRotateOrth (prepared->pix, turn / 90);
  if (upright == NULL)
    return false;
  pixDestroy (&prepared->pix);
  prepared->pix = upright;
  prepared->page_w = pixGetWidth (upright);
  prepared->page_h = pixGetHeight (upright);
  prepared->x_scale = prepared->page_w / (aside ? pixGetHeight (page) : pixGetWidth (page));
  prepared->y_scale = prepared->page_h / (aside ? pixGetWidth (page) : pixGetHeight (page));
  return true;
}

static bool
clean_and_level (ExtractPrepared *prepared, PIX *page, ExtractSurvey *survey, const ExtractPlan *plan)
{
  const ExtractLines *lines = extract_survey_lines (survey, plan->turn);
  double x_height = lines->x_height * survey->factor * pixGetWidth (prepared->pix) / pixGetWidth (page);
  Ink ink = clean_bilevel (prepared, x_height, plan->without);
  bool crooked = !(plan->without & EXTRACT_STEP_DESKEW) && is_worth_deskewing (prepared, ink, lines->skew);
  if (!(plan->without & EXTRACT_STEP_SCALE))
    scale (prepared, ink, x_height, lines->grain);
  if (!turn_upright (prepared, page, plan->turn))
    return false;
  if (!(plan->without & EXTRACT_STEP_BORDER))
    cut_border (prepared, survey, plan->turn);
  if (!(plan->without & EXTRACT_STEP_WHITEN) && !lines->grain)
    {
      g_autoptr (BOXA) specks = extract_survey_specks (survey, plan->turn);
      whiten (prepared, specks);
    }
  if (plan->even && !(plan->without & EXTRACT_STEP_EVEN))
    make_even (prepared);
  if (crooked)
    deskew (prepared, lines->skew);
  return true;
}

ExtractPrepared *
extract_prepare (PIX *page, unsigned dpi, ExtractSurvey *survey, const ExtractPlan *plan)
{
  g_autoptr (ExtractPrepared) prepared = g_new0 (ExtractPrepared, 1);
  double fitted = 1;
  prepared->steps = g_strdup ("");
  prepared->pix = extract_prepare_fit (page, &fitted);
  if (prepared->pix == NULL)
    return NULL;
  prepared->dpi = (unsigned)MAX (dpi * fitted + 0.5, 1);
  if (fitted != 1)
    add_step (prepared, "fit");
  return clean_and_level (prepared, page, survey, plan) ? g_steal_pointer (&prepared) : NULL;
}

RecordBox
extract_prepare_back (const ExtractPrepared *prepared, RecordBox box)
{
  double c = cos (prepared->angle), s = sin (prepared->angle);
  double x_low = INFINITY, y_low = INFINITY, x_high = -INFINITY, y_high = -INFINITY;
  double middle_x = pixGetWidth (prepared->pix) / 2.0, middle_y = pixGetHeight (prepared->pix) / 2.0;
  for (int corner = 0; corner < 4; corner++)
    {
      double dx = (corner & 1 ? box.x1 : box.x0) - middle_x, dy = (corner & 2 ? box.y1 : box.y0) - middle_y;
      double x = (c * dx + s * dy + prepared->page_w / 2) / prepared->x_scale;
      double y = (c * dy - s * dx + prepared->page_h / 2) / prepared->y_scale;
      x_low = MIN (x_low, x);
      y_low = MIN (y_low, y);
      x_high = MAX (x_high, x);
      y_high = MAX (y_high, y);
    }
  return (RecordBox){ (int32_t)floor (x_low + 1e-6), (int32_t)floor (y_low + 1e-6), (int32_t)ceil (x_high - 1e-6),
                      (int32_t)ceil (y_high - 1e-6) };
}
