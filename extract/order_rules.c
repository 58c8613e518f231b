#include "extract/order_rules.h"
#include "extract/pieces.h"

#define NEARLY 0.8 /* of the width of all cells: lines are thin, and scans break them */
#define MOST 0.6   /* of the rows but the last; a cell of two lines may make two of one */
#define FEW_LINES 2

static RecordBox
box_of_row (const GPtrArray *cells, int row)
{
  RecordBox all = { 0 };
  for (guint i = 0; i < cells->len; i++)
    {
      const ExtractCell *cell = g_ptr_array_index (cells, i);
      if (cell->row != row)
        continue;
      bool first = all.x1 == 0;
      all.x0 = first ? cell->box.x0 : MIN (all.x0, cell->box.x0);
      all.y0 = first ? cell->box.y0 : MIN (all.y0, cell->box.y0);
      all.x1 = MAX (all.x1, cell->box.x1);
      all.y1 = MAX (all.y1, cell->box.y1);
    }
  return all;
}

/* Whether a piece of ink reaches over nearly all columns from @left to @right somewhere from line @top to @bottom. */
static bool
is_line_between (PIX *ink, int left, int right, int top, int bottom)
{
  BOX *place = boxCreate (left, top, right - left, MAX (bottom - top, 1));
  g_autoptr (PIX) part = pixClipRectangle (ink, place, NULL);
  boxDestroy (&place);
  g_autoptr (ExtractPieces) pieces = part != NULL ? extract_pieces_new (part) : NULL;
  guint n = 0;
  const ExtractPiece *all = pieces != NULL ? extract_pieces_all (pieces, &n) : NULL;
  for (guint i = 0; i < n; i++)
    if (all[i].box.x1 - all[i].box.x0 >= NEARLY * (right - left))
      return true;
  return false;
}

bool
extract_order_ruled (const GPtrArray *cells, int rows, PIX *ink)
{
  int left = G_MAXINT, right = 0, lines = 0;
  for (guint i = 0; i < cells->len; i++)
    {
      const ExtractCell *cell = g_ptr_array_index (cells, i);
      left = MIN (left, cell->box.x0);
      right = MAX (right, cell->box.x1);
    }
  if (ink == NULL || left >= right)
    return false;
  RecordBox above = box_of_row (cells, 0);
  for (int row = 1; row < rows; row++)
    {
      RecordBox below = box_of_row (cells, row);
      lines += is_line_between (ink, left, right, above.y1, below.y0);
      above = below;
    }
  return lines >= FEW_LINES && lines >= MOST * (rows - 1);
}
