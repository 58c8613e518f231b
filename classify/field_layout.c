/* A text shows its blocks by empty lines and blanks. The words of a scan or a PDF come one line below the other, and
 * only their boxes tell that the writer's address ends and that of the recipient begins. */
#include "classify/field_layout.h"
#include <math.h>

#define WIDE_BLANK 2.5 /* heights of a word */
#define LETTER 0.55    /* the width of one: columns are counted in it */
#define MOST_COLUMN 120
#define WIDER 1.4    /* from line to line where one is left empty, by what is usual */
#define CONTRAST 1.2 /* … and, within running text, by the line before or behind */
#define RUNNING 0.75 /* of the widest line: text that goes on below */

typedef struct
{
  guint from, to;     /* words, to exclusive */
  double y;           /* the middle */
  double height;      /* from the highest letter to the lowest */
  double left, right; /* as on the page */
  double pitch;       /* from the middle of the line above */
} Line;

static gint
by_value (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Of @values, which are sorted, the one at @share of them; 0 where there are none. */
static double
quantile (GArray *values, double share)
{
  g_array_sort (values, by_value);
  return values->len > 0 ? g_array_index (values, double, (guint)(share * (values->len - 1))) : 0;
}

static double
word_height (const RecordPage *page)
{
  g_autoptr (GArray) heights = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < page->words->len; i++)
    {
      const RecordBox *box = &g_array_index (page->words, RecordWord, i).box;
      double height = box->y1 - box->y0;
      g_array_append_val (heights, height);
    }
  return MAX (quantile (heights, 0.5), 1);
}

/* The line of words that begins at @from, seen upright: a crooked page is turned by its skew. */
static Line
line_at (const RecordPage *page, guint from)
{
  double slope = tan (page->skew * G_PI / 180), top = HUGE_VAL, bottom = -HUGE_VAL;
  Line line = { .from = from, .to = from, .left = HUGE_VAL, .right = -HUGE_VAL };
  for (; line.to < page->words->len; line.to++)
    {
      const RecordWord *word = &g_array_index (page->words, RecordWord, line.to);
      if (line.to > from && (word->begins & RECORD_WORD_BEGINS_LINE))
        break;
      double lower = slope * (word->box.x0 + word->box.x1) / 2;
      top = MIN (top, word->box.y0 + lower);
      bottom = MAX (bottom, word->box.y1 + lower);
      line.left = MIN (line.left, word->box.x0);
      line.right = MAX (line.right, word->box.x1);
    }
  line.y = (top + bottom) / 2;
  line.height = bottom - top;
  return line;
}

static GArray *
lines_of (const RecordPage *page)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (Line));
  for (guint from = 0; from < page->words->len;)
    {
      Line line = line_at (page, from);
      if (lines->len > 0)
        line.pitch = line.y - g_array_index (lines, Line, lines->len - 1).y;
      g_array_append_val (lines, line);
      from = line.to;
    }
  return lines;
}

/* From line to line where none is left empty: what a quarter of the lines keep below. */
static double
usual_pitch (const GArray *lines, double height)
{
  g_autoptr (GArray) pitches = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint l = 1; l < lines->len; l++)
    {
      double pitch = g_array_index (lines, Line, l).pitch;
      if (pitch > 0.8 * height && pitch < 4 * height)
        g_array_append_val (pitches, pitch);
    }
  return quantile (pitches, 0.25);
}

/* Whether the lines above or below stand clearly closer than @l to the one above it. */
static bool
stands_off (const GArray *lines, guint l)
{
  double pitch = g_array_index (lines, Line, l).pitch;
  double before = l > 1 ? g_array_index (lines, Line, l - 1).pitch : 0;
  double behind = l + 1 < lines->len ? g_array_index (lines, Line, l + 1).pitch : 0;
  return (before > 0 && pitch > CONTRAST * before) || (behind > 0 && pitch > CONTRAST * behind);
}

/* Whether a line is left empty above @l, or it begins another column. */
static bool
is_apart (const GArray *lines, guint l, double height, double usual, double right)
{
  const Line *line = &g_array_index (lines, Line, l), *above = &g_array_index (lines, Line, l - 1);
  if (line->pitch < -height / 2)
    return true;
  double least = MAX (usual, MIN (line->height, above->height));
  return line->pitch > WIDER * least && (above->right < RUNNING * right || stands_off (lines, l));
}

/* Marks the words of @line that wide blanks part from the one before, or from the left edge of the text. */
static void
mark_blanks (const RecordPage *page, const Line *line, double left, double height, FieldLayoutBefore *before)
{
  double end = left;
  for (guint w = line->from; w < line->to; w++)
    {
      const RecordBox *box = &g_array_index (page->words, RecordWord, w).box;
      if (box->x0 - end > WIDE_BLANK * height)
        before[w].column = (uint8_t)CLAMP ((box->x0 - left) / (LETTER * height), 1, MOST_COLUMN);
      end = box->x1;
    }
}

FieldLayoutBefore *
field_layout_new (const RecordPage *page)
{
  if (page->words->len == 0)
    return NULL;
  FieldLayoutBefore *before = g_new0 (FieldLayoutBefore, page->words->len);
  g_autoptr (GArray) lines = lines_of (page);
  double height = word_height (page), usual = usual_pitch (lines, height), left = HUGE_VAL, right = -HUGE_VAL;
  for (guint l = 0; l < lines->len; l++)
    {
      left = MIN (left, g_array_index (lines, Line, l).left);
      right = MAX (right, g_array_index (lines, Line, l).right);
    }
  for (guint l = 0; l < lines->len; l++)
    {
      const Line *line = &g_array_index (lines, Line, l);
      before[line->from].empty_line = l > 0 && is_apart (lines, l, height, usual, right);
      mark_blanks (page, line, left, height, before);
    }
  return before;
}
