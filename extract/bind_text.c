#include "extract/bind_text.h"
#include "extract/bind_line.h"
#include <math.h>

/* Up to this, words lie flat on a base line that climbs in steps: common readers break a word in pieces where its own
 * base line climbs by more than half a point. */
#define LEAST_TURN_DEG 7.5
/* Above this a box says too little about the word inside it, and the word is laid along the box. */
#define MOST_TURN_DEG 30.0

#define LEAST_GAP_EM 0.2
#define LEAST_OF_LINE 0.6 /* a dash is as high as a small letter, or readers take it for another line */

/* Where a word stands, in points, origin bottom left: the start of its base line, its length along and height across
 * it, and its direction. */
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
codes_of (const char *word, BindFont *font, unsigned *n)
{
  GString *hex = g_string_new (NULL);
  *n = 0;
  for (const char *at = word; *at != '\0'; at = g_utf8_next_char (at))
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
  double across = place->length / (EXTRACT_BIND_FONT_ADVANCE * n), up = place->height / EXTRACT_BIND_FONT_ASCENT;
  append_number (to, across * place->cosine);
  append_number (to, across * place->sine);
  append_number (to, -up * place->sine);
  append_number (to, up * place->cosine);
  append_number (to, place->x);
  append_number (to, place->y);
  g_string_append_printf (to, "Tm <%s", codes);
  if (blank)
    g_string_append_printf (to, "%04X", extract_bind_font_code (font, ' '));
  g_string_append (to, "> Tj\n");
}

/* The words themselves, one string each. */
static GPtrArray *
texts_of (const RecordPage *page)
{
  GPtrArray *texts = g_ptr_array_new_with_free_func (g_free);
  const char *at = page->text;
  uint32_t passed = 0;
  for (guint i = 0; i < page->words->len; i++)
    {
      const RecordWord *word = &g_array_index (page->words, RecordWord, i);
      const char *from = g_utf8_offset_to_pointer (at, word->from - passed);
      at = g_utf8_offset_to_pointer (from, word->to - word->from);
      passed = word->to;
      g_ptr_array_add (texts, g_strndup (from, (gsize)(at - from)));
    }
  return texts;
}

static Place
place_on_line (const RecordWord *word, const BindLine *line, double page_height_px, double scale)
{
  Place place = place_of (&word->box, word->angle / 10.0, page_height_px * scale, scale);
  double base;
  if (place.sine == 0 && extract_bind_line_holds (line, &word->box, &base))
    {
      place.y = (page_height_px - base) * scale;
      place.height = MAX (base - word->box.y0, LEAST_OF_LINE * line->size) * scale;
    }
  return place;
}

/* Leaves a gap before the next word that starts at @next, so that readers who go by gaps see a blank even where boxes
 * touch. */
static void
part_from (Place *place, double next)
{
  double gap = LEAST_GAP_EM * place->height / EXTRACT_BIND_FONT_ASCENT;
  double room = next - gap - place->x;
  if (place->sine == 0 && room < place->length && next > place->x)
    place->length = MAX (room, 0.7 * place->length);
}

static void
append_line (GString *to, const RecordPage *page, char *const *texts, guint first, guint end, double scale,
             BindFont *font)
{
  const RecordWord *words = &g_array_index (page->words, RecordWord, 0);
  BindLine line = extract_bind_line (words + first, texts + first, end - first);
  for (guint i = first; i < end; i++)
    {
      unsigned n;
      g_autofree char *codes = codes_of (texts[i], font, &n);
      Place place = place_on_line (&words[i], &line, page->height_px, scale);
      if (i + 1 < end)
        part_from (&place, words[i + 1].box.x0 * scale);
      if (n > 0 && place.length > 0 && place.height > 0)
        append_word (to, codes, n, &place, font, i + 1 < end);
    }
}

char *
extract_bind_text (const RecordPage *page, double points_per_px, BindFont *font)
{
  if (page->words->len == 0)
    return g_strdup ("");
  GString *text = g_string_new ("BT 3 Tr /F 1 Tf\n");
  g_autoptr (GPtrArray) texts = texts_of (page);
  for (guint first = 0, end; first < page->words->len; first = end)
    {
      end = first + 1;
      while (end < page->words->len && !(g_array_index (page->words, RecordWord, end).begins & RECORD_WORD_BEGINS_LINE))
        end++;
      append_line (text, page, (char *const *)texts->pdata, first, end, points_per_px, font);
    }
  g_string_append (text, "ET\n");
  return g_string_free (text, FALSE);
}
