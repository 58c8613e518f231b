#include "extract/survey.h"
#include "extract/grey.h"
#include "extract/shadows.h"
#include <math.h>
#include <stdlib.h>

enum
{
  /* A side of the small copy: A4 at 150 to 200 dpi, where ascenders and lines can still be told. */
  MOST_SIDE = 2400,
  LEAST_SIDE = 64, /* of a page that has lines */
  FEW_LETTERS = 30,
  FEW_SHADED = 10,
  MANY_PIECES = 8000,    /* twice as many as on pages in small print */
  MOST_PIECES = 25000,   /* more have no room to be letters */
  SOLID = 15,            /* pixels: thicker than any stroke or rule */
  MOST_SAMPLES = 500000, /* of a histogram */
};
#define SMALLEST_SKEW 0.2 /* degrees */
/* Letters cover less of a page than that. */
#define MUCH_INK 0.2
#define MUCH_SHADED 0.35 /* of a shadow */
/* Parts of the picture that the surroundings of a sheet may cover. */
#define LEAST_BORDER 0.003
#define MOST_BORDER 0.6
#define EDGE 25.0f /* levels of grey between a sheet and what lies round it */
#define LEVEL 1.0  /* degrees: ascenders can be told nevertheless */
#define LARGEST_SKEW 7.0
#define SURE_SKEW 3.0 /* Leptonica's confidence */
#define NO_LINES 1.5
#define ALIKE 0.9    /* of all letters; of a text hardly two thirds are small ones */
#define MOST_INK 0.4 /* of a page with few letters, or it is a picture */
/* Leptonica's confidence in a turn: the excess of ascenders over descenders in units of its deviation. */
#define SURE_TURN 6.0
#define VERY_SURE_TURN 10.0 /* lines that run up or down have never more than five */
#define SURE_RATIO 2.5

void
extract_survey_free (ExtractSurvey *survey)
{
  if (survey == NULL)
    return;
  pixDestroy (&survey->ink);
  pixDestroy (&survey->border);
  for (size_t i = 0; i < G_N_ELEMENTS (survey->lines); i++)
    extract_pieces_free (survey->pieces[i]);
  g_free (survey);
}

/* --- two levels --- */

static int
sampling_of (PIX *pix)
{
  double pixels = (double)pixGetWidth (pix) * pixGetHeight (pix);
  return (int)MAX (sqrt (pixels / MOST_SAMPLES), 1);
}

/* Between ink and paper, found within @sheet, or on all of @pix where that is NULL. */
static int
threshold_within (PIX *pix, PIX *sheet)
{
  NUMA *histogram = pixGetGrayHistogramMasked (pix, sheet, 0, 0, sampling_of (pix));
  l_int32 threshold = 128;
  if (histogram != NULL)
    numaSplitDistribution (histogram, 0.1f, &threshold, NULL, NULL, NULL, NULL, NULL);
  numaDestroy (&histogram);
  return CLAMP (threshold, 1, 255);
}

PIX *
extract_survey_binary (PIX *pix)
{
  return pixGetDepth (pix) == 1 ? pixClone (pix) : pixThresholdToBinary (pix, threshold_within (pix, NULL));
}

bool
extract_survey_is_negative (PIX *pix)
{
  if (pixGetDepth (pix) == 1)
    {
      l_float32 ink = 0;
      pixForegroundFraction (pix, &ink);
      return ink > 0.6f;
    }
  l_float32 paper = 255;
  pixGetRankValueMasked (pix, NULL, 0, 0, sampling_of (pix), 0.5f, &paper, NULL);
  return paper < 96;
}

/* --- blank pages --- */

/* Ink is what is clearly darker than most of the page: a threshold that must split something would find letters in the
 * grain of empty paper. */
static PIX *
dark_parts (PIX *pix)
{
  if (pixGetDepth (pix) == 1)
    return pixClone (pix);
  l_float32 paper = 255;
  pixGetRankValueMasked (pix, NULL, 0, 0, sampling_of (pix), 0.5f, &paper, NULL);
  return pixThresholdToBinary (pix, MAX ((int)paper - 40, 1));
}

/* As the shadow of the lid and the rim of the glass do. */
static bool
touches_edge (const ExtractPiece *piece, PIX *ink)
{
  const RecordBox *box = &piece->box;
  return box->x0 == 0 || box->y0 == 0 || box->x1 == pixGetWidth (ink) || box->y1 == pixGetHeight (ink);
}

static bool
is_grain (const ExtractPiece *piece)
{
  return piece->box.x1 - piece->box.x0 < 3 && piece->box.y1 - piece->box.y0 < 3;
}

/* @small is a page at some 75 to 150 dpi. */
static bool
is_blank (PIX *small)
{
  if (pixGetWidth (small) < 16 || pixGetHeight (small) < 16)
    return true;
  g_autoptr (PIX) ink = dark_parts (small);
  g_autoptr (ExtractPieces) pieces = ink != NULL ? extract_pieces_new (ink) : NULL;
  if (pieces == NULL)
    return false;
  guint n, parts = 0;
  const ExtractPiece *all = extract_pieces_all (pieces, &n);
  double pixels = 0, all_ink = 0, area = (double)pixGetWidth (ink) * pixGetHeight (ink);
  for (guint i = 0; i < n; i++)
    {
      bool counts = !touches_edge (&all[i], ink) && !is_grain (&all[i]);
      parts += counts;
      pixels += counts ? all[i].pixels : 0;
      all_ink += all[i].pixels;
    }
  /* A page of ink alone has lost all to the edge; a frame with letters in it has not lost them. */
  return parts < 3 && pixels < area * 0.002 && (all_ink < area * 0.2 || all_ink > area * 0.97);
}

/* --- the small copy --- */

static PIX *
halve (PIX *pix)
{
  return pixGetDepth (pix) == 1 ? pixReduceRankBinary2 (pix, 2, NULL) : extract_grey_halve (pix);
}

static PIX *
shrink_below (PIX *page, int most_side, int *factor)
{
  PIX *small = pixClone (page);
  while (small != NULL && MAX (pixGetWidth (small), pixGetHeight (small)) > most_side
         && MIN (pixGetWidth (small), pixGetHeight (small)) >= 16)
    {
      PIX *half = halve (small);
      pixDestroy (&small);
      small = half;
      *factor *= 2;
    }
  return small;
}

static bool
has_lines (PIX *ink)
{
  return pixGetWidth (ink) >= LEAST_SIDE && pixGetHeight (ink) >= LEAST_SIDE;
}

static double
inked (PIX *ink)
{
  l_float32 part = 0;
  pixForegroundFraction (ink, &part);
  return part;
}

/* The solid dark parts of @ink that touch the edge of the picture. NULL when there are none to speak of. */
static PIX *
border_of (PIX *ink)
{
  if (!has_lines (ink))
    return NULL;
  g_autoptr (PIX) half = pixReduceRankBinary2 (ink, 4, NULL);
  g_autoptr (PIX) solid = half != NULL ? pixOpenBrick (NULL, half, SOLID, SOLID) : NULL;
  if (solid == NULL || inked (solid) < LEAST_BORDER)
    return NULL;
  g_autoptr (PIX) inner = pixRemoveBorderConnComps (solid, 8);
  if (inner == NULL)
    return NULL;
  pixXor (solid, solid, inner);
  double part = inked (solid);
  if (part < LEAST_BORDER || part > MOST_BORDER)
    return NULL;
  g_autoptr (PIX) whole = pixSeedfillBinary (NULL, solid, half, 8);
  g_autoptr (PIX) wide = whole != NULL ? pixDilateBrick (NULL, whole, SOLID, SOLID) : NULL;
  return wide != NULL ? pixScaleToSize (wide, pixGetWidth (ink), pixGetHeight (ink)) : NULL;
}

/* Whether the paper beside @border is clearly lighter: a shadow fades into the sheet, and letters lie in it. */
static bool
has_edge (PIX *small, PIX *border)
{
  l_float32 lighter = 0, darker = 0;
  g_autoptr (PIX) outer = pixDilateBrick (NULL, border, SOLID, SOLID), inverse = pixInvert (NULL, border);
  /* The border was made wider than it is. */
  g_autoptr (PIX) paper = inverse != NULL ? pixDilateBrick (NULL, inverse, 3 * SOLID, 3 * SOLID) : NULL;
  g_autoptr (PIX) inner = paper != NULL ? pixDilateBrick (NULL, paper, SOLID, SOLID) : NULL;
  if (outer == NULL || inner == NULL)
    return true;
  pixSubtract (outer, outer, border);
  pixSubtract (inner, inner, paper);
  if (pixGetAverageMasked (small, outer, 0, 0, 1, L_MEAN_ABSVAL, &lighter) != 0
      || pixGetAverageMasked (small, inner, 0, 0, 1, L_MEAN_ABSVAL, &darker) != 0)
    return true;
  return lighter - darker > EDGE;
}

static bool
is_letter (const ExtractPiece *piece)
{
  int w = piece->box.x1 - piece->box.x0, h = piece->box.y1 - piece->box.y0;
  return h >= 4 && w >= 2 && h <= 100 && w <= 4 * h && h <= 6 * w;
}

/* Whether @ink of evened paper has @least letters in @parts, where a global threshold may have lost them. */
static bool
has_letters_in (PIX *ink, PIX *parts, guint least)
{
  g_autoptr (PIX) within = pixAnd (NULL, ink, parts);
  g_autoptr (ExtractPieces) pieces = within != NULL ? extract_pieces_new (within) : NULL;
  guint n = 0, letters = 0;
  const ExtractPiece *all = pieces != NULL ? extract_pieces_all (pieces, &n) : NULL;
  for (guint i = 0; i < n; i++)
    letters += is_letter (&all[i]);
  return letters >= least && inked (within) < MUCH_SHADED * inked (parts);
}

/* What is darker than @threshold in @small, a grey page with lines; or, where the paper is not even, what is ink once
 * it was made so: where the threshold takes too much for ink, as of shadows and photos, or letters stand in shadows.
 * What seemed a border is none where letters stand in it. Owned by the caller. */
static PIX *
even_ink (ExtractSurvey *survey, PIX *small, PIX *first, int threshold)
{
  g_autoptr (PIX) shadows = extract_shadows (small, threshold);
  if (shadows == NULL && survey->border == NULL && inked (first) < MUCH_INK)
    return pixClone (first);
  g_autoptr (PIX) even = pixBackgroundNormSimple (small, NULL, NULL);
  g_autoptr (PIX) better = even != NULL ? extract_survey_binary (even) : NULL;
  g_autoptr (PIX) shaded = shadows != NULL && survey->border != NULL ? pixAnd (NULL, shadows, survey->border) : NULL;
  if (better != NULL && shaded != NULL && has_letters_in (better, shaded, FEW_LETTERS))
    pixDestroy (&survey->border);
  if (shaded != NULL && survey->border != NULL)
    pixSubtract (shadows, shadows, survey->border);
  g_autoptr (PIX) sheet = survey->border != NULL ? pixInvert (NULL, survey->border) : NULL;
  g_autoptr (PIX) ink
      = sheet != NULL ? pixThresholdToBinary (small, threshold_within (small, sheet)) : pixClone (first);
  if (better == NULL || ink == NULL)
    return pixClone (first);
  survey->uneven
      = inked (better) < inked (ink) / 2 || (shadows != NULL && has_letters_in (better, shadows, FEW_SHADED));
  return pixClone (survey->uneven ? better : ink);
}

static bool
find_ink (ExtractSurvey *survey, PIX *small)
{
  bool grey = pixGetDepth (small) == 8;
  int threshold = grey ? threshold_within (small, NULL) : 0;
  g_autoptr (PIX) first = grey ? pixThresholdToBinary (small, threshold) : pixClone (small);
  if (first == NULL)
    return false;
  survey->border = border_of (first);
  if (survey->border != NULL && grey && !has_edge (small, survey->border))
    pixDestroy (&survey->border);
  survey->ink = grey && has_lines (small) ? even_ink (survey, small, first, threshold) : pixClone (first);
  if (survey->border != NULL && survey->ink != NULL)
    {
      PIX *rest = pixSubtract (NULL, survey->ink, survey->border);
      pixDestroy (&survey->ink);
      survey->ink = rest;
    }
  return survey->ink != NULL;
}

ExtractSurvey *
extract_survey_new (PIX *page)
{
  g_autoptr (ExtractSurvey) survey = g_new0 (ExtractSurvey, 1);
  survey->factor = 1;
  survey->skew = NAN;
  g_autoptr (PIX) small = shrink_below (page, MOST_SIDE, &survey->factor);
  int factor = 1;
  g_autoptr (PIX) smaller = small != NULL ? shrink_below (small, MOST_SIDE / 2, &factor) : NULL;
  if (small == NULL || smaller == NULL || !find_ink (survey, small))
    return NULL;
  survey->blank = is_blank (smaller);
  return g_steal_pointer (&survey);
}

/* --- lines --- */

/* Degrees, and how sure that is: of lines hardly ever below five, of noise 1.1 to 1.3. */
static double
skew_and_sureness (PIX *ink, double *sureness)
{
  l_float32 angle = 0, sure = 0;
  if (!has_lines (ink) || pixFindSkewSweepAndSearch (ink, &angle, &sure, 4, 2, (float)LARGEST_SKEW, 1.0f, 0.01f) != 0)
    sure = 0;
  *sureness = sure;
  return angle;
}

static double
skew_of (PIX *ink)
{
  double sure = 0, angle = skew_and_sureness (ink, &sure);
  return sure < SURE_SKEW || fabs (angle) < SMALLEST_SKEW ? 0 : angle;
}

/* Of the page as it lies. Asked for to tell its turn, and again for its lines where it needs none. */
static double
lying_skew (ExtractSurvey *survey)
{
  if (isnan (survey->skew))
    survey->skew = skew_of (survey->ink);
  return survey->skew;
}

static int
by_size (const void *a, const void *b)
{
  return *(const int *)a - *(const int *)b;
}

/* Most letters of a text are small ones without ascender: theirs is the middle height of all pieces of ink that can be
 * letters. */
static double
x_height_of (const ExtractLines *lines)
{
  guint letters = 0;
  g_autofree int *heights = g_new (int, MAX (lines->n_pieces, 1));
  for (guint i = 0; i < lines->n_pieces; i++)
    {
      const ExtractPiece *piece = &lines->pieces[i];
      if (is_letter (piece))
        heights[letters++] = piece->box.y1 - piece->box.y0;
    }
  if (letters < FEW_LETTERS)
    return 0;
  qsort (heights, letters, sizeof *heights, by_size);
  return heights[letters / 2];
}

/* Whether nearly all letters would be equally high, as the dots of a halftone are. */
static bool
are_alike (const ExtractLines *lines)
{
  guint letters = 0, alike = 0;
  for (guint i = 0; i < lines->n_pieces; i++)
    if (is_letter (&lines->pieces[i]))
      {
        double height = lines->pieces[i].box.y1 - lines->pieces[i].box.y0;
        letters++;
        alike += height >= 0.75 * lines->x_height && height <= 1.25 * lines->x_height;
      }
  return alike > ALIKE * letters;
}

static bool
is_all_grain (PIX *ink, const ExtractLines *lines)
{
  double sure = 0;
  if (lines->x_height <= 0 && lines->n_pieces < MANY_PIECES)
    return inked (ink) > MOST_INK;
  if (lines->n_pieces < MANY_PIECES)
    return false;
  skew_and_sureness (ink, &sure);
  return sure < NO_LINES || lines->n_pieces > MOST_PIECES || are_alike (lines);
}

const ExtractLines *
extract_survey_lines (ExtractSurvey *survey, int turn)
{
  ExtractLines *lines = &survey->lines[turn / 90];
  if (survey->measured[turn / 90])
    return lines;
  survey->measured[turn / 90] = true;
  g_autoptr (PIX) upright = turn == 0 ? pixClone (survey->ink) : pixRotateOrth (survey->ink, turn / 90);
  ExtractPieces *pieces = survey->pieces[turn / 90] = upright != NULL ? extract_pieces_new (upright) : NULL;
  if (pieces != NULL)
    lines->pieces = extract_pieces_all (pieces, &lines->n_pieces);
  lines->skew = upright == NULL ? 0 : turn == 0 ? lying_skew (survey) : skew_of (upright);
  lines->x_height = x_height_of (lines);
  lines->grain = upright != NULL && is_all_grain (upright, lines);
  return lines;
}

/* --- which way up --- */

static int
turn_of (double up, double left)
{
  double most = MAX (fabs (up), fabs (left)), least = MIN (fabs (up), fabs (left));
  if (most < SURE_TURN || most < SURE_RATIO * least)
    return -1;
  if (fabs (up) > fabs (left))
    return up > 0 ? 0 : 180;
  return left > 0 ? 90 : 270;
}

static double
ascenders_of (PIX *level)
{
  l_float32 excess = 0;
  return level != NULL && pixUpDownDetect (level, &excess, 0, 0, 0) == 0 ? excess : 0;
}

/* The middle of @level by ink: the rows between its first and last fifth. */
static PIX *
middle_of (PIX *level)
{
  NUMA *rows = pixCountPixelsByRow (level, NULL);
  l_float32 all = 0, sum = 0;
  l_int32 top = 0, bottom = 0;
  if (rows == NULL || numaGetSum (rows, &all) != 0)
    return NULL;
  for (l_int32 y = 0; y < numaGetCount (rows) && sum < 0.8f * all; y++)
    {
      l_float32 here = 0;
      numaGetFValue (rows, y, &here);
      sum += here;
      top = sum < 0.2f * all ? y : top;
      bottom = y + 1;
    }
  numaDestroy (&rows);
  BOX *box = boxCreate (0, top, pixGetWidth (level), bottom - top);
  PIX *middle = pixClipRectangle (level, box, NULL);
  boxDestroy (&box);
  return middle;
}

static int
find_orientation (ExtractSurvey *survey)
{
  if (!has_lines (survey->ink))
    return -1;
  g_autoptr (PIX) level = NULL;
  double skew = lying_skew (survey);
  if (fabs (skew) > LEVEL)
    level = pixRotate (survey->ink, (float)(skew * G_PI / 180), L_ROTATE_SAMPLING, L_BRING_IN_WHITE, 0, 0);
  else
    level = pixClone (survey->ink);
  g_autoptr (PIX) middle = level != NULL ? middle_of (level) : NULL;
  /* Most pages are upright, and a part tells. */
  if (middle != NULL && ascenders_of (middle) > VERY_SURE_TURN)
    return 0;
  g_autoptr (PIX) sideways = level != NULL ? pixRotateOrth (level, 1) : NULL;
  return turn_of (ascenders_of (level), ascenders_of (sideways));
}

int
extract_survey_orientation (ExtractSurvey *survey)
{
  if (!survey->oriented)
    survey->turn = find_orientation (survey);
  survey->oriented = true;
  return survey->turn;
}
