#include "extract/spaces.h"
#include <string.h>

/* A gap is a blank when it is this much of the usual blank of its line, and of the height of a small letter. */
#define OF_BLANK 0.75
#define OF_HEIGHT 0.28
enum
{
  FEW_BLANKS = 3,
  NEAR = 2,              /* letters */
  LONG = 4,              /* letters of one of two words: nearly any two short pieces are words */
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

/* The usual blank between words @first to @end (exclusive) of the same line; 0 where there are too few to tell. */
static int
usual_blank (const ExtractReading *reading, guint first, guint end)
{
  g_autoptr (GArray) blanks = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = first + 1; i < end; i++)
    {
      int blank = word_at (reading, i)->box.x0 - word_at (reading, i - 1)->box.x1;
      if (blank > 0 && !begins_line (reading, i))
        g_array_append_val (blanks, blank);
    }
  return blanks->len >= FEW_BLANKS ? middle_of (blanks) : 0;
}

/* The middle height of words @first to @end (exclusive). */
static int
usual_height (const ExtractReading *reading, guint first, guint end)
{
  g_autoptr (GArray) heights = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = first; i < end; i++)
    {
      int height = word_at (reading, i)->box.y1 - word_at (reading, i)->box.y0;
      g_array_append_val (heights, height);
    }
  return middle_of (heights);
}

/* What is usual on the whole page. */
typedef struct
{
  int blank, height;
} Page;

/* The blank of a line: in a table its own are those between columns, and the page knows better, but for headings. */
static int
blank_of_line (const ExtractReading *reading, guint first, guint end, const Page *page)
{
  int own = usual_blank (reading, first, end);
  bool large = usual_height (reading, first, end) * 4 > page->height * 5;
  if (large || page->blank == 0)
    return own;
  return own > 0 ? MIN (own, page->blank) : page->blank;
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

static bool
is_plain (const char *text)
{
  while (g_unichar_isalpha (g_utf8_get_char_validated (text, -1)))
    text = g_utf8_next_char (text);
  return *text == '\0' || is_one_of (g_utf8_get_char (text), ".,;:!?");
}

/* The letter near word->gap_at before which two words part; the engine knows only about where its letters stand. The
 * gap's own place where there are not only letters, 0 where no two words come of it. */
static unsigned
place_to_part (const ExtractReadWord *word, ExtractIsWord is_word, void *data)
{
  if (!is_plain (word->text))
    return word->gap_at;
  const char *at = word->text + word->gap_at;
  for (int steps = 0; steps <= 2 * NEAR; steps++)
    {
      /* 0, 1 back, 1 on, 2 back … */
      int by = steps % 2 != 0 ? -(steps + 1) / 2 : steps / 2;
      glong from_start = g_utf8_pointer_to_offset (word->text, at) + by;
      if (from_start < 1 || from_start >= g_utf8_strlen (word->text, -1))
        continue;
      const char *cut = g_utf8_offset_to_pointer (word->text, from_start);
      g_autofree char *head = g_strndup (word->text, (gsize)(cut - word->text));
      bool long_enough = g_utf8_strlen (head, -1) >= LONG || g_utf8_strlen (cut, -1) >= LONG || strcmp (head, "I") == 0;
      if (long_enough && is_word (head, word->language, data) && is_word (cut, word->language, data))
        return (unsigned)(cut - word->text);
    }
  return 0;
}

static void
part (ExtractReading *reading, guint i)
{
  ExtractReadWord *word = &g_array_index (reading->words, ExtractReadWord, i);
  ExtractReadWord rest = { .text = g_strdup (word->text + word->gap_at),
                           .box = { word->gap.x1, word->box.y0, word->box.x1, word->box.y1 },
                           .confidence = word->confidence,
                           .language = word->language };
  word->text[word->gap_at] = '\0';
  word->box.x1 = word->gap.x0;
  word->gap_at = 0;
  g_array_insert_val (reading->words, i + 1, rest);
}

/* Parts the words @first to @end of one line; returns how many words it has now. */
static guint
mend_line (ExtractReading *reading, guint first, guint end, const Page *page, ExtractIsWord is_word, void *data)
{
  int blank = blank_of_line (reading, first, end, page);
  if (blank == 0)
    return end - first;
  /* Two thirds of the usual height of a word is about that of a small letter. */
  double wide = MAX (OF_BLANK * blank, OF_HEIGHT * page->height * 2 / 3);
  for (guint i = first; i < end; i++)
    {
      ExtractReadWord *word = &g_array_index (reading->words, ExtractReadWord, i);
      bool parted = word->gap_at > 0 && word->gap.x1 - word->gap.x0 >= wide && may_part (word);
      word->gap_at = parted ? place_to_part (word, is_word, data) : 0;
      if (word->gap_at > 0)
        {
          part (reading, i);
          i++;
          end++;
        }
    }
  return end - first;
}

void
extract_spaces_mend (ExtractReading *reading, ExtractIsWord is_word, void *data)
{
  guint n = reading->words->len;
  Page page = { .blank = usual_blank (reading, 0, n), .height = usual_height (reading, 0, n) };
  for (guint first = 0, end; first < reading->words->len; first = end)
    {
      guint here = extract_reading_line_end (reading, first);
      end = first + mend_line (reading, first, here, &page, is_word, data);
    }
}
