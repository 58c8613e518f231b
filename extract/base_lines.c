#include "extract/base_lines.h"
#include <math.h>
#include <stdlib.h>

enum
{
  MOST_PIECES = 12000, /* more are the grain of a picture */
  LEAST_PIECES = 8,    /* of a line */
  LEAST_LINES = 6,
};
/* In heights of a small letter. */
#define LEAST_HEIGHT 0.6
#define MOST_HEIGHT 3.0
#define MOST_WIDTH 25.0 /* letters of a word run into each other on photos */
#define MOST_BLANK 2.5
#define MOST_STEP 0.5 /* from the foot of a letter to that of the next */
#define NEAR_LINE 0.3
#define NEAR_MARGIN 0.8
#define LEAST_LENGTH 12.0
/* Of all lines. */
#define AGREEING 0.8
#define ON_MARGIN 0.4
#define WITHIN_MARGIN 0.85
#define LIKE 0.01 /* slopes that agree differ by no more: half a degree */

typedef struct
{
  int x0, x1, foot;
  int next; /* piece to the right of it on the same line, -1 where there is none */
  bool has_previous;
} Piece;

typedef struct
{
  double slope, middle; /* height at which it crosses the middle column */
  double x0, x1;
} BaseLine;

static int
by_left (const void *a, const void *b)
{
  return ((const Piece *)a)->x0 - ((const Piece *)b)->x0;
}

static GArray *
pieces_of (const ExtractLines *lines)
{
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  double height = lines->x_height;
  for (guint i = 0; i < lines->n_pieces; i++)
    {
      const RecordBox *box = &lines->pieces[i].box;
      int w = box->x1 - box->x0, h = box->y1 - box->y0;
      if (h < LEAST_HEIGHT * height || h > MOST_HEIGHT * height || w > MOST_WIDTH * height)
        continue;
      Piece piece = { box->x0, box->x1, box->y1, -1, false };
      g_array_append_val (pieces, piece);
    }
  g_array_sort (pieces, by_left);
  return pieces;
}

/* Finds for each piece the nearest one to the right whose foot is as low. */
static void
link_pieces (GArray *pieces, double height)
{
  Piece *all = (Piece *)(void *)pieces->data;
  for (guint i = 0; i < pieces->len; i++)
    for (guint j = i + 1; j < pieces->len && all[j].x0 <= all[i].x1 + MOST_BLANK * height; j++)
      {
        if (all[j].has_previous || all[j].x1 <= all[i].x1 || abs (all[j].foot - all[i].foot) > MOST_STEP * height)
          continue;
        all[i].next = (int)j;
        all[j].has_previous = true;
        break;
      }
}

/* The line through the feet of the pieces from @first on. False when it is too short to tell how it leans. */
static bool
base_line_of (const GArray *pieces, guint first, double height, int width, BaseLine *line)
{
  const Piece *all = (const Piece *)(const void *)pieces->data;
  g_autoptr (GArray) feet = g_array_new (FALSE, FALSE, sizeof (ExtractPoint));
  line->x0 = all[first].x0;
  for (int i = (int)first; i >= 0; i = all[i].next)
    {
      ExtractPoint foot = { (all[i].x0 + all[i].x1) / 2.0, all[i].foot };
      g_array_append_val (feet, foot);
      line->x1 = all[i].x1;
    }
  ExtractStraight straight;
  if (feet->len < LEAST_PIECES || line->x1 - line->x0 < LEAST_LENGTH * height
      || !extract_straight (feet, NEAR_LINE * height, feet->len / 2, &straight))
    return false;
  line->slope = straight.slope;
  line->middle = extract_straight_at (&straight, width / 2.0);
  return true;
}

static GArray *
base_lines_of (const ExtractLines *lines, int width)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (BaseLine));
  if (lines->x_height <= 0 || lines->n_pieces > MOST_PIECES)
    return found;
  g_autoptr (GArray) pieces = pieces_of (lines);
  link_pieces (pieces, lines->x_height);
  for (guint i = 0; i < pieces->len; i++)
    {
      BaseLine line;
      if (!g_array_index (pieces, Piece, i).has_previous && base_line_of (pieces, i, lines->x_height, width, &line))
        g_array_append_val (found, line);
    }
  return found;
}

/* --- what they have in common --- */

/* How the slopes of @all change from the first line to the last. */
static bool
find_slopes (const GArray *all, int height, ExtractBaseLines *found)
{
  g_autoptr (GArray) slopes = g_array_new (FALSE, FALSE, sizeof (ExtractPoint));
  ExtractStraight change;
  found->top = height;
  found->bottom = 0;
  for (guint i = 0; i < all->len; i++)
    {
      const BaseLine *line = &g_array_index (all, BaseLine, i);
      /* As far apart as pixels are, for a tolerance in both directions. */
      ExtractPoint point = { line->middle, line->slope * height };
      g_array_append_val (slopes, point);
      found->top = MIN (found->top, line->middle);
      found->bottom = MAX (found->bottom, line->middle);
    }
  guint least = MAX ((guint)(AGREEING * all->len), LEAST_LINES);
  if (!extract_straight (slopes, LIKE * height, least, &change))
    return false;
  found->converge = change.slope / height;
  found->slope = extract_straight_at (&change, height / 2.0) / height;
  return true;
}

/* The margin at which lines begin (@side -1) or end (1): many lie on it, and hardly one beyond. @middle is the column
 * at which lines are measured. */
static bool
find_margin (const GArray *all, int side, double middle, double x_height, ExtractStraight *margin)
{
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (ExtractPoint));
  double reach = NEAR_MARGIN * x_height;
  guint within = 0;
  for (guint i = 0; i < all->len; i++)
    {
      const BaseLine *line = &g_array_index (all, BaseLine, i);
      double x = side < 0 ? line->x0 : line->x1;
      ExtractPoint end = { line->middle + line->slope * (x - middle), x };
      g_array_append_val (ends, end);
    }
  if (!extract_straight (ends, reach, MAX ((guint)(ON_MARGIN * all->len), LEAST_LINES), margin))
    return false;
  for (guint i = 0; i < ends->len; i++)
    {
      const ExtractPoint *end = &g_array_index (ends, ExtractPoint, i);
      within += (end->across - extract_straight_at (margin, end->along)) * side <= reach;
    }
  return within >= WITHIN_MARGIN * ends->len;
}

bool
extract_base_lines (const ExtractLines *lines, int width, int height, ExtractBaseLines *found)
{
  g_autoptr (GArray) all = base_lines_of (lines, width);
  *found = (ExtractBaseLines){ 0 };
  if (all->len < LEAST_LINES || !find_slopes (all, height, found))
    return false;
  found->has_left = find_margin (all, -1, width / 2.0, lines->x_height, &found->left);
  found->has_right = find_margin (all, 1, width / 2.0, lines->x_height, &found->right);
  return true;
}
