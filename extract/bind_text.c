#include "extract/bind_text.h"
#include "extract/bind_line.h"
#include "extract/bind_sheet.h"
#include <math.h>

/* Text as small as it gets: whole pixels where they are small enough, and of every word only what differs from the one
 * before, its place as a step from there. */
#define FINE_BELOW 20 /* numbers below this get a digit behind the point */

/* Up to this, words lie flat on a base line that climbs in steps: common readers break a word in pieces where its own
 * base line climbs by more than half a point. */
#define LEAST_TURN_DEG 7.5
/* Above this a box says too little about the word inside it, and the word is laid along the box. */
#define MOST_TURN_DEG 30.0

#define LEAST_GAP_EM 0.2
#define LEAST_OF_LINE 0.6 /* a dash is as high as a small letter, or readers take it for another line */

/* Where a word stands, in pixels, origin bottom left: the start of its base line, its length along and height across
 * it, and its direction. */
typedef struct
{
  double x, y, length, height, cosine, sine;
} Place;

/* The box is the upright hull of the word turned by @degrees counter-clockwise; @page_height and the result have their
 * origin at the bottom. Length l and height h follow from width = l cos + h sin, height = l sin + h cos. */
static Place
place_of (const RecordBox *box, double degrees, double page_height)
{
  double width = box->x1 - box->x0, height = box->y1 - box->y0;
  double left = box->x0, bottom = page_height - box->y1;
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

/* What is being written, and the state it has left the reader in. */
typedef struct
{
  GString *text;
  const char *font_name;
  BindFont *font;
  double x, y; /* of the last word */
  double size, stretch;
  bool turned; /* the last word was laid along a slant */
} Writing;

static double
rounded (double value)
{
  return value < FINE_BELOW ? round (value * 10) / 10 : round (value);
}

static void
append (Writing *writing, double value, const char *behind)
{
  extract_bind_number (writing->text, value, 1);
  g_string_append (writing->text, behind);
}

static void
append_place (Writing *writing, const Place *place)
{
  double x = round (place->x), y = round (place->y);
  bool turned = place->sine != 0;
  if (turned || writing->turned)
    {
      const double matrix[] = { place->cosine, place->sine, -place->sine, place->cosine };
      for (int i = 0; i < 4; i++)
        {
          extract_bind_number (writing->text, matrix[i], 4);
          g_string_append_c (writing->text, ' ');
        }
      append (writing, x, " ");
      append (writing, y, " Tm");
    }
  else
    {
      append (writing, x - writing->x, " ");
      append (writing, y - writing->y, " Td");
    }
  writing->turned = turned;
  writing->x = x;
  writing->y = y;
}

static void
append_word (Writing *writing, const char *codes, unsigned n, const Place *place, bool blank)
{
  double size = MAX (rounded (place->height / EXTRACT_BIND_FONT_ASCENT), 0.1);
  double stretch = MAX (rounded (100 * place->length / (EXTRACT_BIND_FONT_ADVANCE * n * size)), 0.1);
  append_place (writing, place);
  if (size != writing->size)
    {
      g_string_append (writing->text, writing->font_name);
      append (writing, size, " Tf");
    }
  if (stretch != writing->stretch)
    {
      g_string_append_c (writing->text, ' ');
      append (writing, stretch, " Tz");
    }
  writing->size = size;
  writing->stretch = stretch;
  g_string_append_printf (writing->text, "<%s", codes);
  if (blank)
    g_string_append_printf (writing->text, "%04X", extract_bind_font_code (writing->font, ' '));
  g_string_append (writing->text, ">Tj\n");
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
place_on_line (const RecordWord *word, const BindLine *line, double page_height)
{
  Place place = place_of (&word->box, word->angle / 10.0, page_height);
  double base;
  if (place.sine == 0 && extract_bind_line_holds (line, &word->box, &base))
    {
      place.y = page_height - base;
      place.height = MAX (base - word->box.y0, LEAST_OF_LINE * line->size);
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
append_line (Writing *writing, const RecordPage *page, char *const *texts, guint first, guint end)
{
  const RecordWord *words = &g_array_index (page->words, RecordWord, 0);
  BindLine line = extract_bind_line (words + first, texts + first, end - first);
  for (guint i = first; i < end; i++)
    {
      unsigned n;
      g_autofree char *codes = codes_of (texts[i], writing->font, &n);
      Place place = place_on_line (&words[i], &line, page->height_px);
      if (i + 1 < end)
        part_from (&place, words[i + 1].box.x0);
      if (n > 0 && place.length > 0 && place.height > 0)
        append_word (writing, codes, n, &place, i + 1 < end);
    }
}

char *
extract_bind_text (const RecordPage *page, const char *name, BindFont *font)
{
  if (page->words->len == 0)
    return g_strdup ("");
  g_autofree char *font_name = g_strconcat (name, " ", NULL);
  Writing writing = { .text = g_string_new ("BT 3 Tr\n"), .font_name = font_name, .font = font, .stretch = 100 };
  g_autoptr (GPtrArray) texts = texts_of (page);
  for (guint first = 0, end; first < page->words->len; first = end)
    {
      end = first + 1;
      while (end < page->words->len && !(g_array_index (page->words, RecordWord, end).begins & RECORD_WORD_BEGINS_LINE))
        end++;
      append_line (&writing, page, (char *const *)texts->pdata, first, end);
    }
  g_string_append (writing.text, "ET\n");
  return g_string_free (writing.text, FALSE);
}
