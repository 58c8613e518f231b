/* extract/straight.h - the straight line that most of some points lie on. */
#pragma once
#include <glib.h>
#include <stdbool.h>

/* A point of a line that is asked for across @along: an edge of a sheet, row by row, or ends of lines of letters. */
typedef struct
{
  double along, across;
} ExtractPoint;
typedef struct
{
  double at, slope; /* across = at + slope * along */
  guint points;     /* that lie on it */
} ExtractStraight;
/* The line on which the most of @points (of ExtractPoint) lie within @reach. False when there are fewer than @least. */
bool extract_straight (const GArray *points, double reach, guint least, ExtractStraight *line);
static inline double
extract_straight_at (const ExtractStraight *line, double along)
{
  return line->at + line->slope * along;
}
