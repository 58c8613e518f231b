/* The writer on the left, the recipient on the right: lines that hold a piece of each. Put one below the other they are
 * two blocks, as every rule expects. */
#include "classify/field_columns.h"
#include <string.h>

#define HEAD_LINES 24
#define FEWEST_LINES 2 /* with both columns */
#define LEAST_GAP 4    /* blanks */
#define LEAST_COLUMN 24
#define MOST_APART 6 /* columns, between the beginnings of the right pieces */

/* Where the right column begins on the line; its end when it has none. */
static uint32_t
right_piece (const FieldText *text, const FieldLine *line)
{
  const char *plain = text->plain->str;
  for (uint32_t i = line->from; i < line->to; i++)
    {
      uint32_t blanks = (uint32_t)strspn (plain + i, " ");
      if (blanks >= LEAST_GAP && plain[i - 1] != ':')
        return i + blanks;
      i += blanks;
    }
  return line->to;
}

static uint32_t
column_of (const FieldText *text, uint32_t at)
{
  uint32_t from = at;
  while (from > 0 && text->plain->str[from - 1] != '\n')
    from--;
  return at - from;
}

/* Four digits and more in one, or a letter and a digit in one word as in "SW1A 2AA". */
static bool
has_postcode (const char *plain, uint32_t from, uint32_t to)
{
  unsigned digits = 0;
  for (uint32_t i = from; i < to; i++)
    {
      digits = g_ascii_isdigit (plain[i]) ? digits + 1 : 0;
      bool ends = i + 1 == to || !g_ascii_isalnum (plain[i + 1]);
      if ((digits >= 4 && digits <= 6 && ends)
          || (i >= from + 2 && ends && g_ascii_isupper (plain[i]) && g_ascii_isupper (plain[i - 1])
              && g_ascii_isdigit (plain[i - 2])))
        return true;
    }
  return false;
}

/* Where the right column begins on the line: it may be all of it, or nothing. */
static uint32_t
right_from (const FieldText *text, const FieldLine *line, uint32_t column)
{
  return column_of (text, line->from) + MOST_APART >= column ? line->from : right_piece (text, line);
}

/* The column in which the right pieces of the lines from @from to @to, exclusive, begin; 0 when they are not of one. */
static uint32_t
common_column (const FieldText *text, uint32_t from, uint32_t to)
{
  uint32_t column = 0;
  unsigned both = 0;
  for (uint32_t l = from; l < to; l++)
    {
      const FieldLine *line = field_text_line (text, l);
      uint32_t piece = right_piece (text, line), begins = column_of (text, piece);
      if (piece == line->to)
        continue;
      if (memchr (text->plain->str + line->from, ':', line->to - line->from) != NULL
          || (both > 0 && (begins > column + MOST_APART || begins + MOST_APART < column)))
        return 0;
      column = begins;
      both++;
    }
  return both >= FEWEST_LINES && column >= LEAST_COLUMN ? column : 0;
}

/* Whether both columns have a postcode, and no line runs over both. */
static bool
are_columns (const FieldText *text, uint32_t from, uint32_t to, uint32_t column)
{
  bool left = false, right = false;
  for (uint32_t l = from; column > 0 && l < to; l++)
    {
      const FieldLine *line = field_text_line (text, l);
      uint32_t piece = right_from (text, line, column);
      if (piece == line->to && column_of (text, piece) > column)
        return false;
      left |= has_postcode (text->plain->str, line->from, piece);
      right |= has_postcode (text->plain->str, piece, line->to);
    }
  return left && right;
}

static void
add_piece (FieldText *parted, const FieldText *text, uint32_t from, uint32_t to, uint32_t page)
{
  uint32_t begin = (uint32_t)parted->plain->len;
  g_string_append_len (parted->plain, text->plain->str + from, to - from);
  g_array_append_vals (parted->origin, &g_array_index (text->origin, uint32_t, from), to - from);
  field_text_end_line (parted, begin, page, g_array_index (text->origin, uint32_t, to));
}

static void
add_columns (FieldText *parted, const FieldText *text, uint32_t from, uint32_t to, uint32_t column)
{
  for (int right = 0; right <= 1; right++)
    {
      for (uint32_t l = from; l < to; l++)
        {
          const FieldLine *line = field_text_line (text, l);
          uint32_t piece = right_from (text, line, column);
          uint32_t begin = right ? piece : line->from, end = right ? line->to : piece;
          if (begin < end)
            add_piece (parted, text, begin, end, line->page);
        }
      const FieldLine *last = field_text_line (text, to - 1);
      add_piece (parted, text, last->to, last->to, last->page); /* blank */
    }
}

/* The end of the block of lines that begins at @from. */
static uint32_t
block_end (const FieldText *text, uint32_t from)
{
  uint32_t to = from;
  while (to < text->lines->len && field_text_line (text, to)->from < field_text_line (text, to)->to)
    to++;
  return to;
}

static bool
find_columns (const FieldText *text, uint32_t *from, uint32_t *to, uint32_t *column)
{
  for (*from = 0; *from < MIN (text->lines->len, HEAD_LINES); *from = MAX (*to, *from + 1))
    {
      *to = block_end (text, *from);
      *column = *to <= HEAD_LINES ? common_column (text, *from, *to) : 0;
      if (are_columns (text, *from, *to, *column))
        return true;
    }
  return false;
}

void
field_columns_part (FieldText *text)
{
  uint32_t from, to = 0, column = 0;
  if (!find_columns (text, &from, &to, &column))
    return;
  FieldText parted = { .pages = text->pages,
                       .plain = g_string_sized_new (text->plain->len),
                       .origin = g_array_new (FALSE, FALSE, sizeof (uint32_t)),
                       .lines = g_array_new (FALSE, TRUE, sizeof (FieldLine)) };
  for (uint32_t l = 0; l < text->lines->len; l++)
    {
      const FieldLine *line = field_text_line (text, l);
      if (l == from)
        add_columns (&parted, text, from, to, column);
      if (l < from || l >= to)
        add_piece (&parted, text, line->from, line->to, line->page);
    }
  g_string_free (text->plain, TRUE);
  g_array_unref (text->origin);
  g_array_unref (text->lines);
  text->plain = parted.plain;
  text->origin = parted.origin;
  text->lines = parted.lines;
}
