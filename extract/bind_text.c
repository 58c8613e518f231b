#include "extract/bind_text.h"
#include "extract/bind_line.h"
#include "extract/bind_sheet.h"
#include <math.h>

/* Text as small as it gets: whole pixels where they are small enough, a line of level words as one list of strings with
 * the steps between them, and of size and width only what differs clearly from what went before. */
#define FINE_BELOW 20 /* numbers below this get a digit behind the point */

/* Up to this, words lie flat on a base line that climbs in steps: common readers break a word in pieces where its own
 * base line climbs by more than half a point. */
#define LEAST_TURN_DEG 7.5
/* Above this a box says too little about the word inside it, and the word is laid along the box. */
#define MOST_TURN_DEG 30.0

#define LEAST_GAP_EM 0.2
/* Words of a line are shown in its usual size and width unless their own differ by more. */
#define SAME_SIZE 0.1
#define SAME_STRETCH 0.08
#define STEP 20           /* thousandths of an em, in which words are moved along their line */
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

/* Codes of a byte stand for themselves, which is a twentieth shorter, deflated, than two digits each. */
static void
append_code (GString *string, const BindFont *font, guint16 code)
{
  if (extract_bind_font_digits (font) == 4)
    g_string_append_printf (string, "%04X", code);
  else
    {
      if (code == '(' || code == ')' || code == '\\')
        g_string_append_c (string, '\\');
      g_string_append_c (string, (char)code);
    }
}

/* A string of the codes of the word, with those of the @blanks behind it; the number of the former in *@n. */
static char *
string_of (const char *word, unsigned blanks, BindFont *font, unsigned *n)
{
  bool wide = extract_bind_font_digits (font) == 4;
  GString *string = g_string_new (wide ? "<" : "(");
  *n = 0;
  for (const char *at = word; *at != '\0'; at = g_utf8_next_char (at))
    {
      guint16 code = extract_bind_font_code (font, g_utf8_get_char (at));
      if (code == 0)
        continue;
      append_code (string, font, code);
      (*n)++;
    }
  for (unsigned i = 0; i < blanks; i++)
    append_code (string, font, extract_bind_font_code (font, ' '));
  g_string_append_c (string, wide ? '>' : ')');
  return g_string_free (string, FALSE);
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

typedef struct
{
  Place place;
  char *codes; /* a string of PDF, with the blank behind it */
  unsigned n, blanks;
} Shown;

static void
shown_clear (gpointer data)
{
  g_free (((Shown *)data)->codes);
}

static double
size_of (const Shown *word)
{
  return MAX (rounded (word->place.height / EXTRACT_BIND_FONT_ASCENT), 0.1);
}

/* In percent, at @size. */
static double
stretch_of (const Shown *word, double size)
{
  return MAX (rounded (100 * word->place.length / (EXTRACT_BIND_FONT_ADVANCE * word->n * size)), 0.1);
}

static void
set_shape (Writing *writing, double size, double stretch)
{
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
}

/* A word by itself. */
static void
append_word (Writing *writing, const Shown *word)
{
  double size = size_of (word);
  append_place (writing, &word->place);
  set_shape (writing, size, stretch_of (word, size));
  g_string_append (writing->text, word->codes);
  g_string_append (writing->text, "Tj\n");
}

/* --- level lines --- */

static void
usual_shape (const GArray *words, double *size, double *stretch)
{
  g_autoptr (GArray) sizes = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) stretches = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < words->len; i++)
    {
      double own = size_of (&g_array_index (words, Shown, i));
      g_array_append_val (sizes, own);
    }
  *size = extract_bind_middle (sizes);
  for (guint i = 0; i < words->len; i++)
    {
      double own = stretch_of (&g_array_index (words, Shown, i), *size);
      g_array_append_val (stretches, own);
    }
  *stretch = extract_bind_middle (stretches);
}

/* Whether @words stand on one base line, one behind the other. */
static bool
is_level (const GArray *words)
{
  for (guint i = 0; i < words->len; i++)
    {
      const Shown *word = &g_array_index (words, Shown, i);
      if (word->place.sine != 0 || (i > 0 && word->place.x <= word[-1].place.x)
          || (i > 0 && round (word->place.y) != round (word[-1].place.y)))
        return false;
    }
  return true;
}

static double
nearly (double own, double usual, double allowed)
{
  return fabs (own / usual - 1) <= allowed ? usual : own;
}

static void
append_level (Writing *writing, const GArray *words)
{
  double size, stretch, at;
  usual_shape (words, &size, &stretch);
  append_place (writing, &g_array_index (words, Shown, 0).place);
  at = writing->x;
  for (guint i = 0; i < words->len; i++)
    {
      const Shown *word = &g_array_index (words, Shown, i);
      double own = nearly (size_of (word), size, SAME_SIZE);
      double own_stretch = nearly (stretch_of (word, own), stretch, SAME_STRETCH);
      bool anew = i == 0 || own != writing->size || own_stretch != writing->stretch;
      if (anew && i > 0)
        g_string_append (writing->text, "]TJ");
      set_shape (writing, own, own_stretch);
      double em = own * own_stretch / 100, back = round ((at - word->place.x) / em * 1000 / STEP) * STEP;
      if (anew)
        g_string_append_c (writing->text, '[');
      if (back != 0)
        append (writing, back, "");
      g_string_append (writing->text, word->codes);
      at += (EXTRACT_BIND_FONT_ADVANCE * (word->n + word->blanks) - back / 1000) * em;
    }
  g_string_append (writing->text, "]TJ\n");
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

static Shown
shown_of (const RecordWord *word, const char *text, const BindLine *line, bool last, Writing *writing, double height)
{
  Shown shown = { .place = place_on_line (word, line, height), .blanks = last ? 0 : 1 };
  shown.codes = string_of (text, shown.blanks, writing->font, &shown.n);
  return shown;
}

static void
append_line (Writing *writing, const RecordPage *page, char *const *texts, guint first, guint end)
{
  const RecordWord *words = &g_array_index (page->words, RecordWord, 0);
  BindLine line = extract_bind_line (words + first, texts + first, end - first);
  g_autoptr (GArray) shown = g_array_new (FALSE, FALSE, sizeof (Shown));
  g_array_set_clear_func (shown, shown_clear);
  for (guint i = first; i < end; i++)
    {
      Shown word = shown_of (&words[i], texts[i], &line, i + 1 == end, writing, page->height_px);
      if (i + 1 < end)
        part_from (&word.place, words[i + 1].box.x0);
      if (word.n > 0 && word.place.length > 0 && word.place.height > 0)
        g_array_append_val (shown, word);
      else
        shown_clear (&word);
    }
  if (shown->len > 0 && is_level (shown))
    append_level (writing, shown);
  else
    for (guint i = 0; i < shown->len; i++)
      append_word (writing, &g_array_index (shown, Shown, i));
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
