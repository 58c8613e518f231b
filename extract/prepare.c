#include "extract/prepare.h"
#include <math.h>

enum
{
  /* More than a sheet of A4 at 600 dpi brings no more letters, and the engine keeps several copies. */
  MOST_PIXELS = 36000000,
  MOST_SIDE = 16000,
  WORK_DPI = 300,
  /* From here on a bilevel page has pixels to spare: half of them as grey read better and faster. */
  HALF_GREY_DPI = 270,
};
#define SMALLEST_SKEW 0.2 /* degrees */
#define FAX_SKEW 1.0
#define LARGEST_SKEW 7.0
#define SURE_SKEW 3.0 /* Leptonica's confidence */

void
extract_prepared_free (ExtractPrepared *prepared)
{
  if (prepared == NULL)
    return;
  pixDestroy (&prepared->pix);
  g_free (prepared->steps);
  g_free (prepared);
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

PIX *
extract_prepare_binary (PIX *pix)
{
  if (pixGetDepth (pix) == 1)
    return pixClone (pix);
  PIX *binary = NULL;
  pixOtsuAdaptiveThreshold (pix, pixGetWidth (pix) + 16, pixGetHeight (pix) + 16, 0, 0, 0.1f, NULL, &binary);
  return binary;
}

/* @pix at about @dpi, in two levels, never enlarged. */
static PIX *
binary_at (PIX *pix, unsigned from_dpi, unsigned dpi)
{
  double by = from_dpi > dpi ? (double)dpi / from_dpi : 1;
  if (by > 0.75)
    return extract_prepare_binary (pix);
  if (pixGetDepth (pix) == 1)
    {
      g_autoptr (PIX) smaller = pixReduceRankBinary2 (pix, 2, NULL);
      return smaller != NULL ? binary_at (smaller, from_dpi / 2, dpi) : NULL;
    }
  g_autoptr (PIX) smaller = pixScaleAreaMap (pix, (float)by, (float)by);
  return smaller != NULL ? extract_prepare_binary (smaller) : NULL;
}

/* --- skew and orientation --- */

/* Degrees to turn clockwise; 0 when there is no clear answer. */
static double
find_skew (PIX *binary)
{
  l_float32 angle = 0, sure = 0;
  if (pixGetWidth (binary) < 64 || pixGetHeight (binary) < 64
      || pixFindSkewSweepAndSearch (binary, &angle, &sure, 4, 2, (float)LARGEST_SKEW, 1.0f, 0.01f) != 0
      || sure < SURE_SKEW)
    return 0;
  return fabs (angle) < SMALLEST_SKEW ? 0 : angle;
}

static int
orientation_of (PIX *binary, float least_confidence)
{
  g_autoptr (PIX) level = NULL;
  double skew = find_skew (binary);
  if (skew != 0)
    level = pixRotate (binary, (float)(skew * G_PI / 180), L_ROTATE_SAMPLING, L_BRING_IN_WHITE, 0, 0);
  l_float32 up = 0, left = 0;
  l_int32 answer = L_TEXT_ORIENT_UNKNOWN;
  if (pixOrientDetect (level != NULL ? level : binary, &up, &left, 0, 0) != 0
      || makeOrientDecision (up, left, least_confidence, 2.5f, &answer, 0) != 0)
    return -1;
  switch (answer)
    {
    case L_TEXT_ORIENT_UP:
      return 0;
    case L_TEXT_ORIENT_LEFT:
      return 90;
    case L_TEXT_ORIENT_DOWN:
      return 180;
    case L_TEXT_ORIENT_RIGHT:
      return 270;
    default:
      return -1;
    }
}

int
extract_prepare_orientation (PIX *pix, unsigned dpi)
{
  if (pixGetWidth (pix) < 64 || pixGetHeight (pix) < 64)
    return -1;
  g_autoptr (PIX) half = binary_at (pix, dpi, WORK_DPI / 2);
  int answer = half != NULL ? orientation_of (half, 5) : -1;
  if (answer >= 0 || dpi < WORK_DPI * 2 / 3)
    return answer;
  g_autoptr (PIX) full = binary_at (pix, dpi, WORK_DPI);
  return full != NULL ? orientation_of (full, 8) : -1;
}

/* --- blank pages --- */

/* Ink is what is clearly darker than most of the page: a threshold that must split something would find letters in the
 * grain of empty paper. */
static PIX *
ink_of (PIX *pix)
{
  if (pixGetDepth (pix) == 1)
    return pixClone (pix);
  l_float32 paper = 255;
  pixGetRankValueMasked (pix, NULL, 0, 0, 4, 0.5f, &paper, NULL);
  return pixThresholdToBinary (pix, MAX ((int)paper - 40, 1));
}

bool
extract_prepare_is_blank (PIX *pix, unsigned dpi)
{
  if (pixGetWidth (pix) < 16 || pixGetHeight (pix) < 16)
    return true;
  unsigned factor = MAX (dpi / 100, 1);
  g_autoptr (PIX) small = NULL;
  if (pixGetDepth (pix) == 1)
    small = factor >= 2 ? pixReduceRankBinaryCascade (pix, 1, factor >= 4 ? 1 : 0, factor >= 8 ? 1 : 0, 0)
                        : pixClone (pix);
  else
    small = factor >= 2 ? pixScaleAreaMap (pix, 1.0f / factor, 1.0f / factor) : pixClone (pix);
  g_autoptr (PIX) ink = small != NULL ? ink_of (small) : NULL;
  /* The shadow of the lid and the edge of the glass touch the border. */
  g_autoptr (PIX) inner = ink != NULL ? pixRemoveBorderConnComps (ink, 8) : NULL;
  g_autoptr (PIX) clean
      = inner != NULL ? pixSelectBySize (inner, 3, 3, 8, L_SELECT_IF_EITHER, L_SELECT_IF_GTE, NULL) : NULL;
  if (clean == NULL)
    return false;
  l_int32 pixels = 0, all_ink = 0, parts = 0;
  pixCountPixels (clean, &pixels, NULL);
  pixCountPixels (ink, &all_ink, NULL);
  pixCountConnComp (clean, 8, &parts);
  double area = (double)pixGetWidth (clean) * pixGetHeight (clean);
  /* A page of ink alone has lost all to the border; a frame with letters in it has not lost them. */
  return parts < 3 && pixels < area * 0.002 && (all_ink < area * 0.2 || all_ink > area * 0.97);
}

bool
extract_prepare_is_negative (PIX *pix)
{
  if (pixGetDepth (pix) == 1)
    {
      l_float32 ink = 0;
      pixForegroundFraction (pix, &ink);
      return ink > 0.6f;
    }
  l_float32 paper = 255;
  pixGetRankValueMasked (pix, NULL, 0, 0, 8, 0.5f, &paper, NULL);
  return paper < 96;
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

typedef enum
{
  INK_WHOLE,    /* letters in one piece each */
  INK_BROKEN,   /* thin or ragged letters with crumbs of their own */
  INK_SPECKLED, /* more specks than letters */
} Ink;

/* Specks are many and small: dust of a copier, salt of a bad threshold. Where pieces of letters are as small, as on a
 * thin copy, they are fewer than the letters, and stay. */
static Ink
despeckle (ExtractPrepared *prepared)
{
  int speck = prepared->dpi >= 250 ? 4 : 3;
  l_int32 all = 0, large = 0;
  g_autoptr (PIX) clean = pixSelectBySize (prepared->pix, speck, speck, 8, L_SELECT_IF_EITHER, L_SELECT_IF_GTE, NULL);
  if (clean == NULL)
    return INK_BROKEN;
  pixCountConnComp (prepared->pix, 8, &all);
  pixCountConnComp (clean, 8, &large);
  if (all - large <= 2 * large)
    return (all - large) * 10 > large ? INK_BROKEN : INK_WHOLE;
  replace (prepared, g_steal_pointer (&clean), "despeckle");
  return INK_SPECKLED;
}

/* A clean bilevel page reads best as it is. One that was speckled or must be turned is made grey, at half the size
 * where it has pixels to spare; broken letters have none. */
static void
scale_bilevel (ExtractPrepared *prepared, Ink ink, bool skewed)
{
  PIX *pix = prepared->pix;
  bool spare = prepared->dpi >= HALF_GREY_DPI && (ink == INK_SPECKLED || (ink == INK_WHOLE && skewed));
  int factor = prepared->dpi >= 500 ? 3 : spare ? 2 : 1;
  if (factor > 1 && MIN (pixGetWidth (pix), pixGetHeight (pix)) >= 16)
    replace (prepared, halve_bilevel (pix, factor), "half-grey");
}

static void
shrink_grey (ExtractPrepared *prepared)
{
  float by = (float)WORK_DPI / prepared->dpi;
  if (by < 0.8f)
    replace (prepared, pixScaleAreaMap (prepared->pix, by, by), "shrink");
}

/* Where the paper is not the lightest thing to be seen, a global threshold takes it for ink. */
static void
normalise (ExtractPrepared *prepared)
{
  if (pixGetDepth (prepared->pix) == 8 && MIN (pixGetWidth (prepared->pix), pixGetHeight (prepared->pix)) >= 64)
    replace (prepared, pixBackgroundNormSimple (prepared->pix, NULL, NULL), "normalise");
}

/* On grey: a bilevel page loses its edges when it is turned. */
static void
deskew (ExtractPrepared *prepared, double degrees)
{
  float angle = (float)(degrees * G_PI / 180);
  g_autoptr (PIX) grey = pixConvertTo8 (prepared->pix, 0);
  if (grey == NULL)
    return;
  PIX *turned = pixRotate (grey, angle, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, pixGetWidth (grey), pixGetHeight (grey));
  if (turned == NULL)
    return;
  pixDestroy (&prepared->pix);
  prepared->pix = turned;
  prepared->angle = angle;
  add_step (prepared, "deskew");
}

static double
skew_of (PIX *pix)
{
  g_autoptr (PIX) binary = extract_prepare_binary (pix);
  return binary != NULL ? find_skew (binary) : 0;
}

static void
clean_and_level (ExtractPrepared *prepared, PIX *page, bool normalised)
{
  bool bilevel = pixGetDepth (prepared->pix) == 1;
  Ink ink = bilevel ? despeckle (prepared) : INK_WHOLE;
  if (normalised && !bilevel)
    normalise (prepared);
  double skew = skew_of (prepared->pix);
  /* A fax has no pixels to spare: turning it a little costs more letters than leaving it a little crooked. */
  if (bilevel && ink != INK_SPECKLED && prepared->dpi < HALF_GREY_DPI && fabs (skew) < FAX_SKEW)
    skew = 0;
  if (bilevel)
    scale_bilevel (prepared, ink, skew != 0);
  else
    shrink_grey (prepared);
  prepared->page_w = pixGetWidth (prepared->pix);
  prepared->page_h = pixGetHeight (prepared->pix);
  prepared->x_scale = prepared->page_w / pixGetWidth (page);
  prepared->y_scale = prepared->page_h / pixGetHeight (page);
  if (skew != 0)
    deskew (prepared, skew);
}

ExtractPrepared *
extract_prepare (PIX *page, unsigned dpi, bool normalised)
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
  clean_and_level (prepared, page, normalised);
  return g_steal_pointer (&prepared);
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
