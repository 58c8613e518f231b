/* The box of a word ends where its ink ends: "go" reaches below the base line and "of" does not. Readers that put words
 * in order by their base lines would take the words of one line for several lines. The letters tell which words stand
 * on the base line; the line takes the middle one of theirs. */
#include "extract/bind_line.h"
#include <math.h>
#include <string.h>

#define DESCENT 0.22 /* what "go" has below the base line, in heights of its box */

typedef struct
{
  double x, bottom, height; /* at the middle of the word, without what its slant adds to the box */
  bool stands;              /* has letters, and nothing below the base line */
} Shape;

static bool
reaches_below (gunichar c)
{
  return c < 0x80 ? strchr ("gjpqyQ,;()[]{}|/@$_", (int)c) != NULL : c == 0xE7 || c == 0xA7; /* ç § */
}

static Shape
shape_of (const RecordWord *word, const char *text)
{
  const RecordBox *box = &word->box;
  double slant = fabs (word->angle / 10.0 * G_PI / 180), width = box->x1 - box->x0, height = box->y1 - box->y0;
  double tight = MAX (height - width * sin (slant), height / 3);
  bool letters = false, below = false;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      letters |= g_unichar_isalnum (g_utf8_get_char (at));
      below |= reaches_below (g_utf8_get_char (at));
    }
  return (Shape){ (box->x0 + box->x1) / 2.0, (box->y0 + box->y1 + tight) / 2, tight, letters && !below };
}

static int
compare_reals (gconstpointer a, gconstpointer b)
{
  double first = *(const double *)a, second = *(const double *)b;
  return first < second ? -1 : first > second;
}

double
extract_bind_middle (GArray *values)
{
  g_array_sort (values, compare_reals);
  return g_array_index (values, double, values->len / 2);
}

BindLine
extract_bind_line (const RecordWord *words, char *const *texts, unsigned n)
{
  g_autoptr (GArray) firm = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) rough = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) heights = g_array_new (FALSE, FALSE, sizeof (double));
  BindLine line = { .x = words[0].box.x0, .climb = tan (words[0].angle / 10.0 * G_PI / 180) };
  for (unsigned i = 0; i < n; i++)
    {
      Shape shape = shape_of (&words[i], texts[i]);
      double level = shape.bottom + line.climb * (shape.x - line.x), raised = level - DESCENT * shape.height;
      g_array_append_val (heights, shape.height);
      g_array_append_val (rough, raised);
      if (shape.stands)
        g_array_append_val (firm, level);
    }
  line.y = extract_bind_middle (firm->len > 0 ? firm : rough);
  line.size = extract_bind_middle (heights);
  return line;
}

bool
extract_bind_line_holds (const BindLine *line, const RecordBox *box, double *base)
{
  *base = line->y - line->climb * ((box->x0 + box->x1) / 2.0 - line->x);
  double above = *base - box->y0, below = box->y1 - *base;
  return above > 0.1 * line->size && above < 2 * line->size && below < 0.6 * line->size && below > -0.7 * line->size;
}
