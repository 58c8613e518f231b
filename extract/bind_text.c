#include "extract/bind_text.h"
#include <math.h>

/* Below this a word's own turn cannot be told from the shape of its letters. */
#define LEAST_TURN_DEG 0.5
/* Above this a box says too little about the word inside it, and the word is laid along the box. */
#define MOST_TURN_DEG 30.0

/* Where a word stands: the start of its base line, its length along and height across it, and its direction. */
typedef struct
{
  double x, y, length, height, cosine, sine;
} Place;

/* The box is the upright hull of the word turned by @degrees counter-clockwise; @page_height and the result have their
 * origin at the bottom. Length l and height h follow from width = l cos + h sin, height = l sin + h cos. */
static Place
place_of (const RecordBox *box, double degrees, double page_height, double scale)
{
  double width = (box->x1 - box->x0) * scale, height = (box->y1 - box->y0) * scale;
  double left = box->x0 * scale, bottom = page_height - box->y1 * scale;
  Place upright = { left, bottom, width, height, 1, 0 };
  if (fabs (degrees) < LEAST_TURN_DEG || fabs (degrees) > MOST_TURN_DEG)
    return upright;
  double angle = degrees * G_PI / 180, c = cos (angle), s = fabs (sin (angle));
  double length = (width * c - height * s) / (c * c - s * s);
  double across = (height * c - width * s) / (c * c - s * s);
  if (across < 0.3 * height || length < 0.3 * width)
    return upright; /* the angle is the line's, not this word's */
  if (degrees > 0)
    return (Place){ left + across * s, bottom, length, across, c, s };
  return (Place){ left, bottom + length * s, length, across, c, -s };
}

static void
append_number (GString *to, double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  g_string_append (to, g_ascii_formatd (text, sizeof text, "%.3f", value));
  g_string_append_c (to, ' ');
}

/* The codes of the word in hexadecimal; their number in *@n. */
static char *
codes_of (const char *from, const char *to, BindFont *font, unsigned *n)
{
  GString *hex = g_string_new (NULL);
  *n = 0;
  for (const char *at = from; at < to; at = g_utf8_next_char (at))
    {
      guint16 code = extract_bind_font_code (font, g_utf8_get_char (at));
      if (code == 0)
        continue;
      g_string_append_printf (hex, "%04X", code);
      (*n)++;
    }
  return g_string_free (hex, FALSE);
}

static void
append_word (GString *to, const char *codes, unsigned n, const Place *place, BindFont *font, bool blank)
{
  double stretch = place->length / (EXTRACT_BIND_FONT_ADVANCE * n);
  append_number (to, stretch * place->cosine);
  append_number (to, stretch * place->sine);
  append_number (to, -place->height * place->sine);
  append_number (to, place->height * place->cosine);
  append_number (to, place->x);
  append_number (to, place->y);
  g_string_append_printf (to, "Tm <%s", codes);
  if (blank)
    g_string_append_printf (to, "%04X", extract_bind_font_code (font, ' '));
  g_string_append (to, "> Tj\n");
}

char *
extract_bind_text (const RecordPage *page, double points_per_px, BindFont *font)
{
  if (page->words->len == 0)
    return g_strdup ("");
  GString *text = g_string_new ("BT 3 Tr /F 1 Tf\n");
  const char *at = page->text;
  uint32_t passed = 0;
  for (guint i = 0; i < page->words->len; i++)
    {
      const RecordWord *word = &g_array_index (page->words, RecordWord, i);
      if (word->box.x1 <= word->box.x0 || word->box.y1 <= word->box.y0 || word->from < passed)
        continue;
      at = g_utf8_offset_to_pointer (at, word->from - passed);
      const char *end = g_utf8_offset_to_pointer (at, word->to - word->from);
      unsigned n;
      g_autofree char *codes = codes_of (at, end, font, &n);
      passed = word->to;
      at = end;
      bool last = i + 1 == page->words->len
                  || (g_array_index (page->words, RecordWord, i + 1).begins & RECORD_WORD_BEGINS_LINE) != 0;
      Place place = place_of (&word->box, word->angle / 10.0, page->height_px * points_per_px, points_per_px);
      if (n > 0)
        append_word (text, codes, n, &place, font, !last);
    }
  g_string_append (text, "ET\n");
  return g_string_free (text, FALSE);
}
