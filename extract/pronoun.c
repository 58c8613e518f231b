#include "extract/pronoun.h"
#include "extract/pieces.h"
#include "extract/survey.h"
#include <string.h>

/* Parts of the height of a stroke by which it may end above or below the feet of the letters beside it. */
#define LEVEL 8
/* What is lower than such a part of it is a point, not a letter. */
#define POINT 3

static const ExtractReadWord *
word_at (const ExtractReading *reading, guint i)
{
  return &g_array_index (reading->words, ExtractReadWord, i);
}

static bool
is_stroke (const ExtractReadWord *word)
{
  return strcmp (word->text, "|") == 0 || strcmp (word->text, "l") == 0;
}

/* --- the words beside it --- */

static bool
is_last (const ExtractReading *reading, guint i)
{
  return i + 1 == extract_reading_line_end (reading, i);
}

static bool
is_first (const ExtractReading *reading, guint i)
{
  return i == 0 || word_at (reading, i)->begins & RECORD_WORD_BEGINS_LINE;
}

/* Whether @right follows @left as the next word does, not as the next cell of a table. */
static bool
is_near (const ExtractReadWord *left, const ExtractReadWord *right)
{
  return right->box.x0 - left->box.x1 < MAX (left->box.y1 - left->box.y0, right->box.y1 - right->box.y0);
}

static bool
begins_small (const ExtractReadWord *word)
{
  return g_unichar_islower (g_utf8_get_char (word->text));
}

/* The word beside the stroke, word @i, that speaks for a word of the sentence: one in small letters behind it, or one
 * before it at the end of the line or before a name. NULL when there is none. */
static const ExtractReadWord *
neighbour (const ExtractReading *reading, guint i)
{
  const ExtractReadWord *stroke = word_at (reading, i);
  bool first = is_first (reading, i), last = is_last (reading, i);
  bool follows = !last && is_near (stroke, stroke + 1), goes_before = !first && is_near (stroke - 1, stroke);
  if (follows && begins_small (stroke + 1))
    return first || goes_before ? stroke + 1 : NULL;
  return goes_before && (last || (follows && begins_small (stroke - 1))) ? stroke - 1 : NULL;
}

/* --- the figure 1 --- */

/* Words that follow I, and no number of things: one thing has. Those that may also tell somebody what to do, as the
 * first of a list would, are not among them. */
static const char *const behind_me[] = { "am",   "have",  "haven't",    "haven’t", "don't",   "don’t",
                                         "want", "think", "understand", "believe", "suppose", NULL };
/* Words that go before a clause, and "step" or "page" before a number. */
static const char *const before_me[]
    = { "and",   "that",  "when",  "as", "but", "because", "if",  "which", "since",    "where",  "what",    "before",
        "after", "while", "until", "so", "how", "why",     "who", "than",  "although", "though", "whether", NULL };
#define STOP_LEAST 5 /* bytes of a word with a full stop that is no abbreviation, such as "No." */

/* Whether a clause may begin behind @word: @inside, in the same line. */
static bool
parts_clauses (const ExtractReadWord *word, bool inside)
{
  size_t n = strlen (word->text);
  if (word->text[n - 1] == '.')
    return inside && n >= STOP_LEAST;
  return word->text[n - 1] == ',' || g_strv_contains (before_me, word->text);
}

/* The word behind the 1, word @i, with which it cannot be a number. NULL when it may be one. */
static const ExtractReadWord *
verb_behind (const ExtractReading *reading, guint i)
{
  const ExtractReadWord *one = word_at (reading, i);
  if (strcmp (one->text, "1") != 0 || i == 0 || is_last (reading, i) || !is_near (one, one + 1))
    return NULL;
  return g_strv_contains (behind_me, one[1].text) && parts_clauses (one - 1, !is_first (reading, i)) ? one + 1 : NULL;
}

/* --- the pixels --- */

static int
by_size (const void *a, const void *b)
{
  return *(const int *)a - *(const int *)b;
}

/* Where most of the @pieces from column @left to @right end that are higher than @height; -1 when there are none. */
static int
feet_of (const ExtractPiece *pieces, guint n, int left, int right, int height)
{
  g_autoptr (GArray) feet = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = 0; i < n; i++)
    if (pieces[i].box.x0 >= left && pieces[i].box.x1 <= right && pieces[i].box.y1 - pieces[i].box.y0 > height)
      g_array_append_val (feet, pieces[i].box.y1);
  g_array_sort (feet, by_size);
  return feet->len > 0 ? g_array_index (feet, int, feet->len / 2) : -1;
}

/* The highest of the @pieces between the columns @left and @right. NULL when there is none. */
static const ExtractPiece *
highest (const ExtractPiece *pieces, guint n, int left, int right)
{
  const ExtractPiece *most = NULL;
  for (guint i = 0; i < n; i++)
    if (pieces[i].box.x0 >= left && pieces[i].box.x1 <= right
        && (most == NULL || pieces[i].box.y1 - pieces[i].box.y0 > most->box.y1 - most->box.y0))
      most = &pieces[i];
  return most;
}

/* Whether @stroke ends where the letters of @word beside it do. */
static bool
ends_with (const RecordBox *stroke, const RecordBox *word, PIX *pix)
{
  int left = MAX (MIN (stroke->x0, word->x0) - 1, 0), top = MIN (stroke->y0, word->y0);
  BOX *place = boxCreate (left, top, MAX (stroke->x1, word->x1) + 1 - left, MAX (stroke->y1, word->y1) - top);
  g_autoptr (PIX) part = pixClipRectangle (pix, place, NULL), ink = part != NULL ? extract_survey_binary (part) : NULL;
  boxDestroy (&place);
  g_autoptr (ExtractPieces) pieces = ink != NULL ? extract_pieces_new (ink) : NULL;
  guint n = 0;
  const ExtractPiece *all = pieces != NULL ? extract_pieces_all (pieces, &n) : NULL;
  const ExtractPiece *found = highest (all, n, stroke->x0 - left - 1, stroke->x1 - left + 1);
  int height = found != NULL ? found->box.y1 - found->box.y0 : 0;
  int feet = feet_of (all, n, word->x0 - left - 1, word->x1 - left + 1, height / POINT);
  return height > 0 && feet > 0 && ABS (found->box.y1 - feet) <= height / LEVEL + 1;
}

void
extract_pronoun_mend (ExtractReading *reading, PIX *pix)
{
  for (guint i = 0; i < reading->words->len; i++)
    {
      ExtractReadWord *word = &g_array_index (reading->words, ExtractReadWord, i);
      if (strcmp (word->language, "en") != 0)
        continue;
      const ExtractReadWord *beside = is_stroke (word) ? neighbour (reading, i) : verb_behind (reading, i);
      if (beside == NULL || !ends_with (&word->box, &beside->box, pix))
        continue;
      g_free (word->text);
      word->text = g_strdup ("I");
    }
}
