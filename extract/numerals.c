#include "extract/numerals.h"
#include "extract/pieces.h"
#include "extract/survey.h"
#include <stdlib.h>
#include <string.h>

enum
{
  MOST_FIGURES = 12,
};
/* What is as high as that, of the highest piece, is a figure. */
#define FIGURE 0.85
/* Parts of its height by which a figure may stand above or below the next. */
#define LEVEL 8
/* Breadth of a piece, in its height, up to which it can be a single stroke, with its serifs and in bold. */
#define STROKE 0.65
/* All strokes of a word are alike, and any other figure is that much broader. */
#define ALIKE 1.35
#define BROADER 1.5

/* --- the words --- */

/* What one or two strokes side by side are taken for. */
static bool
is_misread_stroke (char letter)
{
  return letter != '\0' && strchr ("li|1![]TUHNJ", letter) != NULL;
}

static bool
is_broad_figure (char letter)
{
  return letter != '\0' && strchr ("VXLCDM", letter) != NULL;
}

bool
extract_numerals_is_roman (const char *text)
{
  static const char *const figures[][10] = {
    { "", "M", "MM", "MMM" },
    { "", "C", "CC", "CCC", "CD", "D", "DC", "DCC", "DCCC", "CM" },
    { "", "X", "XX", "XXX", "XL", "L", "LX", "LXX", "LXXX", "XC" },
    { "", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX" },
  };
  const char *at = text;
  for (size_t place = 0; place < G_N_ELEMENTS (figures); place++)
    {
      size_t longest = 0;
      for (size_t i = 0; i < G_N_ELEMENTS (figures[place]) && figures[place][i] != NULL; i++)
        if (g_str_has_prefix (at, figures[place][i]))
          longest = MAX (longest, strlen (figures[place][i]));
      at += longest;
    }
  return *text != '\0' && *at == '\0';
}

/* Signs, or the ending of the French ordinal. */
static bool
may_follow (const char *rest)
{
  return extract_reading_letters (rest) == (*rest == 'e' ? 1 : 0);
}

/* The part of @word that may be a numeral, from *@from on: its length, 0 where there is none. It has a V or an X, and
 * may then have signs that are taken for strokes, or consists of strokes: "MI", "Ill" and "Cl" are words. */
static size_t
numeral_in (const char *word, const char **from)
{
  size_t length = 0, strokes = 0;
  bool certain = false;
  *from = word + strcspn (word, "IVXLCDM");
  for (const char *at = *from; *at == 'I' || is_broad_figure (*at) || is_misread_stroke (*at); at++)
    {
      length++;
      strokes += *at == 'I';
      certain = certain || *at == 'V' || *at == 'X';
    }
  g_autofree char *head = g_strndup (word, (gsize)(*from - word));
  bool whole = extract_reading_letters (head) == 0 && may_follow (*from + length);
  return whole && length <= MOST_FIGURES && (certain || strokes == length) ? length : 0;
}

/* --- the pixels --- */

static int
by_left (const void *a, const void *b)
{
  return ((const ExtractPiece *)a)->box.x0 - ((const ExtractPiece *)b)->box.x0;
}

static int
width_of (const ExtractPiece *piece)
{
  return piece->box.x1 - piece->box.x0;
}

static int
height_of (const ExtractPiece *piece)
{
  return piece->box.y1 - piece->box.y0;
}

/* Points, commas and apostrophes, and what stands behind @last, the last figure. */
static bool
is_sign (const ExtractPiece *piece, const ExtractPiece *last)
{
  int middle = (last->box.y0 + last->box.y1) / 2;
  return piece->box.y0 >= middle || piece->box.y1 <= middle || piece->box.x0 >= last->box.x1;
}

/* Whether @figures stand on one line as one word does. A box of a word may reach into the next line or word. */
static bool
is_one_word (const GArray *figures)
{
  for (guint i = 1; i < figures->len; i++)
    {
      const RecordBox *left = &g_array_index (figures, ExtractPiece, i - 1).box,
                      *right = &g_array_index (figures, ExtractPiece, i).box;
      int height = left->y1 - left->y0, slack = height / LEVEL + 1;
      if (ABS (left->y0 - right->y0) > slack || ABS (left->y1 - right->y1) > slack || right->x0 - left->x1 > height / 2)
        return false;
    }
  return true;
}

/* The pieces of @ink that are as high as the highest, from the left. NULL where there are others than these and signs,
 * or they are not one word. Owned by the caller. */
static GArray *
figures_of (PIX *ink)
{
  g_autoptr (ExtractPieces) pieces = extract_pieces_new (ink);
  guint n = 0;
  int highest = 0;
  const ExtractPiece *all = pieces != NULL ? extract_pieces_all (pieces, &n) : NULL;
  for (guint i = 0; i < n; i++)
    highest = MAX (highest, height_of (&all[i]));
  g_autoptr (GArray) figures = g_array_new (FALSE, FALSE, sizeof (ExtractPiece));
  for (guint i = 0; i < n; i++)
    if (height_of (&all[i]) >= FIGURE * highest)
      g_array_append_val (figures, all[i]);
  if (figures->len == 0)
    return NULL;
  qsort (figures->data, figures->len, sizeof (ExtractPiece), by_left);
  const ExtractPiece *last = &g_array_index (figures, ExtractPiece, figures->len - 1);
  for (guint i = 0; i < n; i++)
    if (height_of (&all[i]) < FIGURE * highest && !is_sign (&all[i], last))
      return NULL;
  return is_one_word (figures) ? g_steal_pointer (&figures) : NULL;
}

/* What @figures are, one sign each: I for a stroke, - for anything broader. NULL where one may be either. Owned by the
 * caller. */
static char *
shapes_of (const GArray *figures)
{
  g_autoptr (GString) shapes = g_string_new (NULL);
  int narrowest = G_MAXINT;
  for (guint i = 0; i < figures->len; i++)
    narrowest = MIN (narrowest, width_of (&g_array_index (figures, ExtractPiece, i)));
  for (guint i = 0; i < figures->len; i++)
    {
      const ExtractPiece *figure = &g_array_index (figures, ExtractPiece, i);
      bool stroke = width_of (figure) <= STROKE * height_of (figure), alike = width_of (figure) <= ALIKE * narrowest;
      if (alike ? !stroke : width_of (figure) < BROADER * narrowest)
        return NULL;
      g_string_append_c (shapes, alike ? 'I' : '-');
    }
  return g_string_free (g_steal_pointer (&shapes), FALSE);
}

/* The shapes of what stands in @box of @pix; NULL where that cannot be told. Owned by the caller. */
static char *
shapes_in (PIX *pix, const RecordBox *box)
{
  BOX *place = boxCreate (box->x0, box->y0, box->x1 - box->x0, box->y1 - box->y0);
  g_autoptr (PIX) part = pixClipRectangle (pix, place, NULL);
  g_autoptr (PIX) ink = part != NULL ? extract_survey_binary (part) : NULL;
  boxDestroy (&place);
  g_autoptr (GArray) figures = ink != NULL ? figures_of (ink) : NULL;
  return figures != NULL && figures->len <= MOST_FIGURES ? shapes_of (figures) : NULL;
}

/* --- both together --- */

/* The numeral that has the strokes of @shapes and the broad figures of @read. NULL unless these are as many as there.
 * Owned by the caller. */
static char *
fill_in (const char *shapes, const char *read)
{
  g_autoptr (GString) numeral = g_string_new (NULL);
  for (; *shapes != '\0'; shapes++)
    {
      read += strcspn (read, "VXLCDM");
      if (*shapes == '-' && *read == '\0')
        return NULL;
      g_string_append_c (numeral, *shapes == 'I' ? 'I' : *read++);
    }
  return read[strcspn (read, "VXLCDM")] == '\0' ? g_string_free (g_steal_pointer (&numeral), FALSE) : NULL;
}

/* What @word becomes; NULL where it stays as it is. Letters that touch are counted as one: what would become shorter
 * stays. */
static char *
mended (const ExtractReadWord *word, PIX *pix)
{
  const char *from;
  size_t length = numeral_in (word->text, &from);
  if (length == 0)
    return NULL;
  g_autofree char *read = g_strndup (from, length), *shapes = shapes_in (pix, &word->box);
  g_autofree char *numeral = shapes != NULL ? fill_in (shapes, read) : NULL;
  if (numeral == NULL || strlen (numeral) < length || strcmp (numeral, read) == 0
      || !extract_numerals_is_roman (numeral))
    return NULL;
  return g_strdup_printf ("%.*s%s%s", (int)(from - word->text), word->text, numeral, from + length);
}

void
extract_numerals_mend (ExtractReading *reading, PIX *pix)
{
  for (guint i = 0; i < reading->words->len; i++)
    {
      ExtractReadWord *word = &g_array_index (reading->words, ExtractReadWord, i);
      char *better = mended (word, pix);
      if (better == NULL)
        continue;
      g_free (word->text);
      word->text = better;
    }
}
