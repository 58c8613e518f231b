#include "extract/straight.h"
#include <math.h>

enum
{
  LEAST_STEP = 2, /* points between the two through which a line is tried */
  TRIES = 16,     /* of each such step */
};

static const ExtractPoint *
point_at (const GArray *points, guint i)
{
  return &g_array_index (points, ExtractPoint, i);
}

static bool
lies_on (const ExtractStraight *line, const ExtractPoint *point, double reach)
{
  return fabs (point->across - extract_straight_at (line, point->along)) <= reach;
}

static void
try_line (const GArray *points, guint i, guint j, double reach, ExtractStraight *best)
{
  const ExtractPoint *a = point_at (points, i), *b = point_at (points, j);
  if (fabs (b->along - a->along) < 4 * reach)
    return;
  ExtractStraight line = { .slope = (b->across - a->across) / (b->along - a->along) };
  line.at = a->across - line.slope * a->along;
  for (guint k = 0; k < points->len; k++)
    line.points += lies_on (&line, point_at (points, k), reach);
  if (line.points > best->points)
    *best = line;
}

/* Of the points on @line, the line with the least squares. */
static void
fit (const GArray *points, double reach, ExtractStraight *line)
{
  double n = 0, along = 0, across = 0, squares = 0, products = 0;
  for (guint k = 0; k < points->len; k++)
    {
      const ExtractPoint *point = point_at (points, k);
      if (!lies_on (line, point, reach))
        continue;
      n++;
      along += point->along;
      across += point->across;
      squares += point->along * point->along;
      products += point->along * point->across;
    }
  double spread = squares - along * along / n;
  if (n < 2 || spread <= 0)
    return;
  line->slope = (products - along * across / n) / spread;
  line->at = across / n - line->slope * along / n;
}

bool
extract_straight (const GArray *points, double reach, guint least, ExtractStraight *line)
{
  ExtractStraight best = { 0 };
  for (guint step = points->len / 2; step >= LEAST_STEP; step /= 2)
    for (guint i = 0; i + step < points->len; i += MAX (points->len / TRIES, 1))
      try_line (points, i, i + step, reach, &best);
  if (best.points < MAX (least, LEAST_STEP))
    return false;
  fit (points, reach, &best);
  *line = best;
  return true;
}
