#include "extract/flatten.h"
#include "extract/base_lines.h"
#include "extract/grey.h"
#include <math.h>

enum
{
  SAMPLES = 64, /* places at which an edge of a sheet is looked for */
};
/* Of a side: how far the samples of an edge may lie from it, and which of them are not near a corner. */
#define NEAR_EDGE 0.004
#define FROM_CORNER 0.1
#define ON_EDGE 0.6 /* of all samples */
#define LIKE 0.026  /* slopes that agree, as radians: one and a half degrees */
/* Less than that, in degrees, is read as well without. */
#define CONVERGING_LINES 1.2
#define CONVERGING_SIDES 4.0
#define EVENLY 0.2  /* of what two margins lean apart, each leans at least so much */
#define CROOKED 7.0 /* more than can be levelled */
#define MOST_LEANING 35.0
#define MARGIN 0.02 /* round the sheet, of its sides */
#define NEAR_HORIZON 0.25
#define MOST_LARGER 1.8 /* pixels, of those of the photo */

void
extract_flat_free (ExtractFlat *flat)
{
  if (flat == NULL)
    return;
  pixDestroy (&flat->pix);
  g_free (flat);
}

/* --- the edges of the sheet --- */

/* Four sides of what lies straight on the desk. Left and right give columns by rows, the others rows by columns. */
typedef struct
{
  ExtractStraight left, right, top, bottom;
  bool has_sides, has_ends; /* left and right; top and bottom */
  bool are_edges;           /* all four were seen, as edges of the sheet */
} Sides;

/* The first place from the edge of the picture on, in the direction @step_x, @step_y, that is no desk; false where the
 * edge is not desk itself, or all is. */
static bool
find_sheet (PIX *desk, int x, int y, int step_x, int step_y, double *found)
{
  l_uint32 dark = 0;
  int width = pixGetWidth (desk), height = pixGetHeight (desk);
  for (int n = 0; x >= 0 && y >= 0 && x < width && y < height; n++, x += step_x, y += step_y)
    {
      pixGetPixel (desk, x, y, &dark);
      if (dark)
        continue;
      *found = step_x != 0 ? x : y;
      return n > 0;
    }
  return false;
}

static bool
find_edge (PIX *desk, int step_x, int step_y, ExtractStraight *edge)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (ExtractPoint));
  int width = pixGetWidth (desk), height = pixGetHeight (desk);
  double side = step_x != 0 ? height : width;
  for (int i = 0; i < SAMPLES; i++)
    {
      ExtractPoint point = { .along = side * (FROM_CORNER + (1 - 2 * FROM_CORNER) * i / (SAMPLES - 1)) };
      int along = (int)point.along;
      int x = step_x == 0 ? along : step_x > 0 ? 0 : width - 1, y = step_y == 0 ? along : step_y > 0 ? 0 : height - 1;
      if (find_sheet (desk, x, y, step_x, step_y, &point.across))
        g_array_append_val (points, point);
    }
  return extract_straight (points, MAX (NEAR_EDGE * side, 2), (guint)(ON_EDGE * SAMPLES), edge);
}

static Sides
sides_of (PIX *desk)
{
  Sides sides = { 0 };
  if (desk == NULL)
    return sides;
  sides.has_sides = find_edge (desk, 1, 0, &sides.left) && find_edge (desk, -1, 0, &sides.right);
  sides.has_ends = find_edge (desk, 0, 1, &sides.top) && find_edge (desk, 0, -1, &sides.bottom);
  sides.are_edges = sides.has_sides && sides.has_ends;
  return sides;
}

/* --- what letters and edges say together --- */

/* The lines of letters are what is to become level: they have the last word on the ends of the sheet. */
static void
take_lines (Sides *sides, const ExtractBaseLines *lines, int width, int height)
{
  double top = sides->has_ends ? extract_straight_at (&sides->top, width / 2.0) : lines->top;
  double bottom = sides->has_ends ? extract_straight_at (&sides->bottom, width / 2.0) : lines->bottom;
  sides->top.slope = lines->slope + lines->converge * (top - height / 2.0);
  sides->bottom.slope = lines->slope + lines->converge * (bottom - height / 2.0);
  sides->top.at = top - sides->top.slope * width / 2.0;
  sides->bottom.at = bottom - sides->bottom.slope * width / 2.0;
  sides->has_ends = true;
}

/* Whether both margins may be those of a sheet. Where lines are parallel, the sheet leans back or forward only, and its
 * sides lean from the square to either side; a ragged margin leans by chance beside a square one. */
static bool
are_margins (const ExtractBaseLines *lines)
{
  if (!lines->has_left || !lines->has_right)
    return false;
  double left = lines->left.slope + lines->slope, right = lines->right.slope + lines->slope;
  bool parallel = fabs (lines->converge * (lines->bottom - lines->top)) * 180 / G_PI < CONVERGING_LINES;
  return !parallel || (left * right <= 0 && MIN (fabs (left), fabs (right)) >= EVENLY * fabs (left - right));
}

/* Margins of the text where the sheet shows no sides, or what is square to the lines where it has no margins. */
static void
take_margins (Sides *sides, const ExtractBaseLines *lines, bool has_lines, int width)
{
  if (!sides->has_sides && has_lines && are_margins (lines))
    {
      sides->left = lines->left;
      sides->right = lines->right;
      sides->has_sides = true;
    }
  if (sides->has_sides)
    return;
  bool one = has_lines && (lines->has_left || lines->has_right);
  const ExtractStraight *margin = lines->has_left ? &lines->left : &lines->right;
  double slope = one ? margin->slope : -(sides->top.slope + sides->bottom.slope) / 2;
  double middle
      = (extract_straight_at (&sides->top, width / 2.0) + extract_straight_at (&sides->bottom, width / 2.0)) / 2;
  sides->left = (ExtractStraight){ .at = -slope * middle, .slope = slope };
  sides->right = (ExtractStraight){ .at = width - slope * middle, .slope = slope };
}

static double
degrees (double slope)
{
  return atan (slope) * 180 / G_PI;
}

/* Whether the @sides, all four of which are known, are those of a sheet seen at an angle. @measured tells whether left
 * and right were seen, or margins that are as good. */
static bool
is_leaning (const Sides *sides, bool measured)
{
  double top = degrees (sides->top.slope), bottom = degrees (sides->bottom.slope);
  double left = degrees (sides->left.slope), right = degrees (sides->right.slope);
  if (MAX (MAX (fabs (top), fabs (bottom)), MAX (fabs (left), fabs (right))) > MOST_LEANING)
    return false;
  return fabs (top - bottom) >= CONVERGING_LINES || (measured && fabs (left - right) >= CONVERGING_SIDES)
         || fabs (top + bottom) / 2 > CROOKED;
}

/* The sides of the sheet on @desk (or NULL) with letters on @lines. False where it was seen from above, or nothing is
 * clear. */
static bool
find_sides (PIX *desk, const ExtractLines *lines, int width, int height, Sides *sides)
{
  ExtractBaseLines base;
  *sides = sides_of (desk);
  bool has_lines = extract_base_lines (lines, width, height, &base);
  if (has_lines)
    {
      bool like = !sides->has_ends
                  || fabs ((sides->top.slope + sides->bottom.slope) / 2 - base.slope) < LIKE; /* of the same sheet */
      if (!like)
        return false;
      take_lines (sides, &base, width, height);
    }
  if (!has_lines && !sides->are_edges)
    return false;
  take_margins (sides, &base, has_lines, width);
  return is_leaning (sides, sides->has_sides);
}

/* --- from the sheet to the photo --- */

typedef struct
{
  double x, y;
} Corner;

/* Where the nearly upright line @side crosses the nearly level line @end. */
static Corner
corner_of (const ExtractStraight *side, const ExtractStraight *end, int factor)
{
  double x = (side->at + side->slope * end->at) / (1 - side->slope * end->slope);
  return (Corner){ x * factor, extract_straight_at (end, x) * factor };
}

static double
distance (Corner a, Corner b)
{
  return hypot (a.x - b.x, a.y - b.y);
}

/* Has @flat lead the square from (0, 0) to (@width, @height) to the four corners, clockwise from top left: Heckbert,
 * "Fundamentals of texture mapping and image warping" (1989). */
static void
lead_to (ExtractFlat *flat, const Corner corners[4], double width, double height)
{
  Corner a = corners[0], b = corners[1], c = corners[2], d = corners[3];
  double x1 = b.x - c.x, x2 = d.x - c.x, x3 = a.x - b.x + c.x - d.x;
  double y1 = b.y - c.y, y2 = d.y - c.y, y3 = a.y - b.y + c.y - d.y;
  double area = x1 * y2 - x2 * y1, g = (x3 * y2 - x2 * y3) / area, h = (x1 * y3 - x3 * y1) / area;
  const double across[3] = { (b.x - a.x + g * b.x) / width, (d.x - a.x + h * d.x) / height, a.x };
  const double down[3] = { (b.y - a.y + g * b.y) / width, (d.y - a.y + h * d.y) / height, a.y };
  const double depth[3] = { g / width, h / height, 1 };
  for (int i = 0; i < 3; i++)
    {
      flat->across[i] = across[i];
      flat->down[i] = down[i];
      flat->depth[i] = depth[i];
    }
}

static Corner
on_photo (const ExtractFlat *flat, double x, double y)
{
  double depth = flat->depth[0] * x + flat->depth[1] * y + flat->depth[2];
  return (Corner){ (flat->across[0] * x + flat->across[1] * y + flat->across[2]) / depth,
                   (flat->down[0] * x + flat->down[1] * y + flat->down[2]) / depth };
}

/* Moves the origin of the sheet by (@x, @y), so that it has room round the four corners. */
static void
move_origin (ExtractFlat *flat, double x, double y)
{
  flat->across[2] -= flat->across[0] * x + flat->across[1] * y;
  flat->down[2] -= flat->down[0] * x + flat->down[1] * y;
  flat->depth[2] -= flat->depth[0] * x + flat->depth[1] * y;
}

/* The place on the sheet that is seen at @at. False where that is near the horizon, or beyond. */
static bool
on_sheet (const ExtractFlat *flat, Corner at, Corner *place)
{
  double a = flat->across[0] - at.x * flat->depth[0], b = flat->across[1] - at.x * flat->depth[1];
  double c = flat->down[0] - at.y * flat->depth[0], d = flat->down[1] - at.y * flat->depth[1];
  double right = at.x * flat->depth[2] - flat->across[2], low = at.y * flat->depth[2] - flat->down[2];
  double area = a * d - b * c;
  if (area == 0)
    return false;
  *place = (Corner){ (right * d - b * low) / area, (a * low - right * c) / area };
  return flat->depth[0] * place->x + flat->depth[1] * place->y + flat->depth[2] > NEAR_HORIZON;
}

/* A part of the sheet. */
typedef struct
{
  double x0, y0, x1, y1;
} Part;

/* Reaches as far as the photo does. */
static bool
reach_over_photo (const ExtractFlat *flat, Part *part)
{
  for (int i = 0; i < 4; i++)
    {
      Corner place;
      if (!on_sheet (flat, (Corner){ i & 1 ? flat->photo_w : 0, i & 2 ? flat->photo_h : 0 }, &place))
        return false;
      *part = (Part){ MIN (part->x0, place.x), MIN (part->y0, place.y), MAX (part->x1, place.x),
                      MAX (part->y1, place.y) };
    }
  return true;
}

/* What of the sheet is to be seen: all within @sides where these are its edges, or all of the photo. */
static PIX *
draw_flat (ExtractFlat *flat, PIX *upright, const Sides *sides, int factor)
{
  const Corner corners[4]
      = { corner_of (&sides->left, &sides->top, factor), corner_of (&sides->right, &sides->top, factor),
          corner_of (&sides->right, &sides->bottom, factor), corner_of (&sides->left, &sides->bottom, factor) };
  double width = (distance (corners[0], corners[1]) + distance (corners[3], corners[2])) / 2;
  double height = (distance (corners[0], corners[3]) + distance (corners[1], corners[2])) / 2;
  Part part = { -MARGIN * width, -MARGIN * height, (1 + MARGIN) * width, (1 + MARGIN) * height };
  lead_to (flat, corners, width, height);
  if (!sides->are_edges && !reach_over_photo (flat, &part))
    return NULL;
  double part_w = part.x1 - part.x0, part_h = part.y1 - part.y0;
  if (part_w * part_h > MOST_LARGER * flat->photo_w * flat->photo_h || MIN (part_w, part_h) < 1)
    return NULL;
  move_origin (flat, -part.x0, -part.y0);
  return extract_grey_project (upright, flat->across, flat->down, flat->depth, (l_int32)part_w, (l_int32)part_h);
}

ExtractFlat *
extract_flatten (PIX *photo, ExtractSurvey *survey)
{
  if (pixGetDepth (photo) != 8)
    return NULL;
  int turn = MAX (extract_survey_orientation (survey), 0);
  g_autoptr (PIX) desk = survey->border != NULL ? pixRotateOrth (survey->border, turn / 90) : NULL;
  bool aside = turn % 180 != 0;
  int width = aside ? pixGetHeight (survey->ink) : pixGetWidth (survey->ink);
  int height = aside ? pixGetWidth (survey->ink) : pixGetHeight (survey->ink);
  Sides sides;
  if (!find_sides (desk, extract_survey_lines (survey, turn), width, height, &sides))
    return NULL;
  g_autoptr (PIX) upright = turn == 0 ? pixClone (photo) : extract_grey_turn (photo, turn / 90);
  g_autoptr (ExtractFlat) flat = g_new0 (ExtractFlat, 1);
  if (upright == NULL)
    return NULL;
  flat->turn = turn;
  flat->photo_w = pixGetWidth (upright);
  flat->photo_h = pixGetHeight (upright);
  flat->pix = draw_flat (flat, upright, &sides, survey->factor);
  return flat->pix != NULL ? g_steal_pointer (&flat) : NULL;
}

/* --- back --- */

/* Where @at, on a page that was turned clockwise by @turn from @width by @height, was before. */
static Corner
turned_back (Corner at, int turn, double width, double height)
{
  switch (turn)
    {
    case 90:
      return (Corner){ at.y, height - at.x };
    case 180:
      return (Corner){ width - at.x, height - at.y };
    case 270:
      return (Corner){ width - at.y, at.x };
    default:
      return at;
    }
}

static Corner
turned (Corner at, int turn, double width, double height)
{
  bool aside = turn % 180 != 0;
  return turned_back (at, (360 - turn) % 360, aside ? height : width, aside ? width : height);
}

RecordBox
extract_flat_back (const ExtractFlat *flat, RecordBox box, int turn, double *climb)
{
  Corner corners[4];
  RecordBox hull = { G_MAXINT32, G_MAXINT32, G_MININT32, G_MININT32 };
  for (int i = 0; i < 4; i++)
    {
      Corner here = { i & 1 ? box.x1 : box.x0, i & 2 ? box.y1 : box.y0 };
      here = turned_back (here, turn, pixGetWidth (flat->pix), pixGetHeight (flat->pix));
      corners[i] = turned (on_photo (flat, here.x, here.y), turn, flat->photo_w, flat->photo_h);
      hull = (RecordBox){ MIN (hull.x0, (int32_t)floor (corners[i].x + 1e-6)),
                          MIN (hull.y0, (int32_t)floor (corners[i].y + 1e-6)),
                          MAX (hull.x1, (int32_t)ceil (corners[i].x - 1e-6)),
                          MAX (hull.y1, (int32_t)ceil (corners[i].y - 1e-6)) };
    }
  *climb = -atan2 (corners[3].y - corners[2].y, corners[3].x - corners[2].x) * 180 / G_PI;
  return hull;
}
