#include "classify/field_tidy.h"
#include "classify/field_words.h"
#include <string.h>

#define LONGEST_ASIDE 40 /* bytes */
#define COLUMN_BLANKS 2
#define COLUMN_WORDS 5
#define COLUMN_ROWS 3

/* "19l01/2025": a stroke read as a letter or a one between the numbers of a date. */
static void
end_strokes (FieldText *text)
{
  char *plain = text->plain->str;
  static const char strokes[] = "lI1|";
  for (uint32_t i = 5; i + 4 < text->plain->len; i++)
    {
      if (plain[i] != '/' && plain[i] != '.')
        continue;
      bool year_behind
          = g_ascii_isdigit (plain[i + 1]) && g_ascii_isdigit (plain[i + 4]) && !g_ascii_isalnum (plain[i + 5]);
      bool two = g_ascii_isdigit (plain[i - 1]) && g_ascii_isdigit (plain[i - 2]) && g_ascii_isalnum (plain[i - 4])
                 && (i < 6 || !g_ascii_isalnum (plain[i - 6]) || !g_ascii_isalnum (plain[i - 5]));
      if (plain[i] == '/' && year_behind && two && strchr (strokes, plain[i - 3]) != NULL
          && field_as_digit (plain[i - 4]) != '\0')
        plain[i - 3] = '/';
      else if (plain[i] == '/' && g_ascii_isdigit (plain[i + 1]) && g_ascii_isdigit (plain[i + 2])
               && strchr (strokes, plain[i + 3]) != NULL && plain[i + 3] != '\0'
               && strncmp (plain + i + 4, "20", 2) == 0 && g_ascii_isdigit (plain[i + 7])
               && !g_ascii_isalnum (plain[i + 8]))
        plain[i + 3] = '/';
    }
}

/* "4?2,00": a seven; nobody asks right before a digit. */
static void
end_questions (FieldText *text)
{
  char *plain = text->plain->str;
  for (uint32_t i = 1; plain[i] != '\0'; i++)
    if (plain[i] == '?'
        && (g_ascii_isdigit (plain[i + 1])
            || (g_ascii_isdigit (plain[i - 1]) && strchr (".,", plain[i + 1]) != NULL && plain[i + 1] != '\0'
                && g_ascii_isdigit (plain[i + 2]))))
      plain[i] = '7';
}

/* Whether the letters from byte @at on, or behind "de" or "of", are a month. */
static bool
begins_month (const FieldText *text, uint32_t at)
{
  const char *plain = text->plain->str;
  at += g_str_has_prefix (plain + at, "de ") || g_str_has_prefix (plain + at, "of ") ? 3 : 0;
  uint32_t end = at;
  while (g_ascii_isalpha (plain[end]))
    end++;
  return end > at && field_month_exact (text, &(FieldToken){ .from = at, .to = end }) != 0;
}

/* Whether the letters before the blank at byte @end are a month. */
static bool
ends_month (const FieldText *text, uint32_t end)
{
  uint32_t from = end;
  while (from > 0 && g_ascii_isalpha (text->plain->str[from - 1]))
    from--;
  return from < end && field_month_exact (text, &(FieldToken){ .from = from, .to = end }) != 0;
}

/* Whether the sign at byte @at is the day, or its last figure, beside a month: "$ de mayo", "1$ May", "0$/11/2025",
 * "majus $-en". The sign of a sum has its figures beside it. */
static bool
is_day (const FieldText *text, uint32_t at)
{
  const char *plain = text->plain->str, *behind = plain + at + 1;
  bool tens = at > 0 && plain[at - 1] >= '0' && plain[at - 1] <= '2';
  uint32_t from = at - tens;
  if (from > 0 && g_ascii_isalnum (plain[from - 1]))
    return false;
  bool blank = from > 0 && plain[from - 1] == ' ';
  if (blank && from > 1 && g_ascii_isdigit (plain[from - 2]))
    return false;
  if (*behind == ' ')
    return begins_month (text, at + 2);
  if (blank && strchr (".-", *behind) != NULL && *behind != '\0' && !g_ascii_isdigit (behind[1]))
    return ends_month (text, from - 1 - (from > 1 && plain[from - 2] == '.'));
  return strchr ("/.-", *behind) != NULL && *behind != '\0' && g_ascii_isdigit (behind[1])
         && g_ascii_isdigit (behind[2]) && behind[3] == *behind && g_ascii_isdigit (behind[4]);
}

/* "a $ de noviembre": a five. */
static void
end_dollars (FieldText *text)
{
  char *plain = text->plain->str;
  for (uint32_t i = 0; plain[i] != '\0'; i++)
    if (plain[i] == '$' && is_day (text, i))
      plain[i] = '5';
}

/* "318 .72" */
static bool
is_cents (const char *plain, uint32_t at)
{
  return plain[at] == '.' && at >= 2 && g_ascii_isdigit (plain[at - 2]) && g_ascii_isdigit (plain[at + 1])
         && g_ascii_isdigit (plain[at + 2]) && !g_ascii_isalnum (plain[at + 3]);
}

/* " ,Grant", " .Cluny": a mark behind a blank that goes on without one is dirt. */
static void
end_dirt (FieldText *text)
{
  char *plain = text->plain->str;
  for (uint32_t i = 1; plain[i] != '\0' && plain[i + 1] != '\0'; i++)
    if (plain[i] == '.' && plain[i - 1] == ' ' && plain[i + 1] == ' ')
      plain[i] = '|'; /* between the parts of a letterhead */
    else if (plain[i - 1] == ' ' && strchr (",.|'", plain[i]) != NULL && g_ascii_isalnum (plain[i + 1])
             && !is_cents (plain, i)
             && (plain[i] != '\''
                 || (g_ascii_isdigit (plain[i + 1])
                     && !(g_ascii_isdigit (plain[i + 2]) && !g_ascii_isalnum (plain[i + 3])))))
      plain[i] = ' ';
}

/* "Name ......... Kovács": a row of dots is the colon of a form. */
static void
end_leaders (FieldText *text)
{
  char *plain = text->plain->str;
  for (uint32_t i = 0; plain[i] != '\0'; i++)
    {
      uint32_t to = i, dots = 0;
      while (strchr (". _", plain[to]) != NULL && plain[to] != '\0')
        dots += plain[to++] != ' ';
      if (dots >= 4 || (dots == 3 && i > 0 && plain[i] == ' '))
        {
          memset (plain + i, ' ', to - i);
          if (plain[to] != ':')
            plain[i + (plain[i + 1] == ' ')] = ':';
        }
      i = MAX (i, to > 0 ? to - 1 : 0);
    }
}

/* "Visitor (Jane Roe): …" */
static bool
holds_name (const char *plain, uint32_t open, uint32_t close)
{
  const char *blank = memchr (plain + open, ' ', close - open);
  return g_ascii_isupper (plain[open + 1]) && g_ascii_islower (plain[open + 2]) && blank != NULL
         && g_ascii_isupper (blank[1]) && g_ascii_islower (blank[2]);
}

/* "Customer number (if you have one): …": what a form explains in brackets. "| Order | 4711 |": its two cells. */
static void
end_asides (FieldText *text)
{
  char *plain = text->plain->str;
  for (uint32_t l = 0; l < text->lines->len; l++)
    {
      const FieldLine *line = &g_array_index (text->lines, FieldLine, l);
      uint32_t open = 0, bars = 0, middle = 0;
      for (uint32_t i = line->from; i < line->to; i++)
        {
          if (plain[i] == '(' || g_ascii_isdigit (plain[i]))
            open = plain[i] == '(' ? i : 0;
          if (plain[i] == ')' && open > line->from && i - open < LONGEST_ASIDE
              && plain[i + 1 + strspn (plain + i + 1, " ")] == ':' && !holds_name (plain, open, i))
            memset (plain + open, ' ', i + 1 - open);
          if (plain[i] == '|' && ++bars == 2)
            middle = i;
        }
      if (bars == 3 && plain[line->from] == '|' && plain[line->to - 1] == '|')
        plain[middle] = ':';
    }
}

/* The one wide gap, or dash between blanks, in the line, behind its first few words; 0 when there is none, or another.
 */
static uint32_t
column_gap (const char *plain, const FieldLine *line)
{
  uint32_t gap = 0, words = 1;
  for (uint32_t i = line->from; i + 2 < line->to; i++)
    {
      if (plain[i] != ' ')
        continue;
      uint32_t blanks = (uint32_t)strspn (plain + i, " ");
      if (blanks >= COLUMN_BLANKS && gap != 0)
        return 0;
      if (blanks >= COLUMN_BLANKS || (gap == 0 && plain[i + 1] == '-' && plain[i + 2] == ' '))
        gap = i;
      words += gap == 0;
      i += blanks - 1;
    }
  return words <= COLUMN_WORDS && memchr (plain + line->from, ':', line->to - line->from) == NULL ? gap : 0;
}

/* "Name      Jane Roe" in one line after another: the colons that a form in columns does without. */
static void
end_columns (FieldText *text)
{
  char *plain = text->plain->str;
  for (uint32_t l = 0, rows = 0; l <= text->lines->len; l++)
    {
      if (l < text->lines->len && column_gap (plain, &g_array_index (text->lines, FieldLine, l)) != 0)
        {
          rows++;
          continue;
        }
      for (uint32_t row = l - rows; rows >= COLUMN_ROWS && row < l; row++)
        plain[column_gap (plain, &g_array_index (text->lines, FieldLine, row))] = ':';
      rows = 0;
    }
}

void
field_tidy (FieldText *text)
{
  end_leaders (text);
  end_asides (text);
  end_columns (text);
  end_dirt (text);
  end_questions (text);
  end_dollars (text);
  end_strokes (text);
}
