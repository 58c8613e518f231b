#include "extract/spaces.h"
#include <string.h>

/* A gap is a blank when it is this much of the usual blank of its line, and of the height of a small letter. */
#define OF_BLANK 0.75
#define OF_HEIGHT 0.28
enum
{
  FEW_BLANKS = 3,
  LEAST_CONFIDENCE = 50, /* of rubbish nothing is gained by parting it */
};

static bool
has_ink (PIX *ink, l_int32 x, l_int32 top, l_int32 bottom)
{
  const l_uint32 *data = pixGetData (ink);
  l_int32 words = pixGetWpl (ink);
  for (l_int32 y = top; y < bottom; y++)
    if (GET_DATA_BIT (data + (size_t)y * (size_t)words, x))
      return true;
  return false;
}

ExtractGap
extract_spaces_gap (PIX *ink, RecordBox box)
{
  ExtractGap widest = { 0, 0 };
  l_int32 left = MAX (box.x0, 0), right = MIN (box.x1, pixGetWidth (ink));
  l_int32 top = MAX (box.y0, 0), bottom = MIN (box.y1, pixGetHeight (ink));
  l_int32 last = -1; /* column of ink */
  for (l_int32 x = left; x < right; x++)
    {
      if (!has_ink (ink, x, top, bottom))
        continue;
      if (last >= 0 && x - last - 1 > widest.x1 - widest.x0)
        widest = (ExtractGap){ last + 1, x };
      last = x;
    }
  return widest;
}

/* --- what a blank of a line is --- */

static bool
begins_line (const ExtractReading *reading, guint i)
{
  return g_array_index (reading->words, ExtractReadWord, i).begins & RECORD_WORD_BEGINS_LINE;
}

static int
by_size (gconstpointer a, gconstpointer b)
{
  return *(const int *)a - *(const int *)b;
}

/* Sorts @sizes, of int. 0 when there are none. */
static int
middle_of (GArray *sizes)
{
  g_array_sort (sizes, by_size);
  return sizes->len > 0 ? g_array_index (sizes, int, sizes->len / 2) : 0;
}

static const ExtractReadWord *
word_at (const ExtractReading *reading, guint i)
{
  return &g_array_index (reading->words, ExtractReadWord, i);
}

/* The usual blank between words @first to @end (exclusive) of one line; 0 where there are too few to tell. */
static int
usual_blank (const ExtractReading *reading, guint first, guint end)
{
  g_autoptr (GArray) blanks = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = first + 1; i < end; i++)
    {
      int blank = word_at (reading, i)->box.x0 - word_at (reading, i - 1)->box.x1;
      if (blank > 0)
        g_array_append_val (blanks, blank);
    }
  return blanks->len >= FEW_BLANKS ? middle_of (blanks) : 0;
}

/* Two thirds of the middle height of all words is about that of a small letter. */
static double
small_letter_height (const ExtractReading *reading)
{
  g_autoptr (GArray) heights = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = 0; i < reading->words->len; i++)
    {
      int height = word_at (reading, i)->box.y1 - word_at (reading, i)->box.y0;
      g_array_append_val (heights, height);
    }
  return middle_of (heights) * 2.0 / 3;
}

/* --- parting --- */

static bool
is_one_of (gunichar c, const char *all)
{
  return c < 0x80 && strchr (all, (int)c) != NULL;
}

/* No blank stands before what closes, behind what opens, or round the signs inside of numbers; and the narrow 1 leaves
 * a gap between figures that is none. */
static bool
may_part (const ExtractReadWord *word)
{
  gunichar behind = g_utf8_get_char (word->text + word->gap_at);
  gunichar before = g_utf8_get_char (g_utf8_prev_char (word->text + word->gap_at));
  if (word->confidence < LEAST_CONFIDENCE)
    return false;
  bool number = g_unichar_isdigit (behind) && (g_unichar_isdigit (before) || is_one_of (before, ".,:-/"));
  return !number && !is_one_of (behind, ".,;:!?)]}'\"-/") && !is_one_of (before, "([{'\"/") && behind != 0x2019
         && before != 0x2019;
}

static void
part (ExtractReading *reading, guint i)
{
  ExtractReadWord *word = &g_array_index (reading->words, ExtractReadWord, i);
  ExtractReadWord rest = { .text = g_strdup (word->text + word->gap_at),
                           .box = { word->gap.x1, word->box.y0, word->box.x1, word->box.y1 },
                           .confidence = word->confidence };
  word->text[word->gap_at] = '\0';
  word->box.x1 = word->gap.x0;
  word->gap_at = 0;
  g_array_insert_val (reading->words, i + 1, rest);
}

/* Parts the words @first to @end of one line; returns how many words it has now. */
static guint
mend_line (ExtractReading *reading, guint first, guint end, double least)
{
  int blank = usual_blank (reading, first, end);
  if (blank == 0)
    return end - first;
  double wide = MAX (OF_BLANK * blank, least);
  for (guint i = first; i < end; i++)
    {
      const ExtractReadWord *word = &g_array_index (reading->words, ExtractReadWord, i);
      if (word->gap_at > 0 && word->gap.x1 - word->gap.x0 >= wide && may_part (word))
        {
          part (reading, i);
          i++;
          end++;
        }
    }
  return end - first;
}

void
extract_spaces_mend (ExtractReading *reading)
{
  double least = OF_HEIGHT * small_letter_height (reading);
  for (guint first = 0, end; first < reading->words->len; first = end)
    {
      end = first + 1;
      while (end < reading->words->len && !begins_line (reading, end))
        end++;
      end = first + mend_line (reading, first, end, least);
    }
}
