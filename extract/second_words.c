#include "extract/second_words.h"
#include "base/clock.h"
#include <string.h>

/* A word in no dictionary is doubtful below this confidence. */
#define SURE 86.0f
/* By so much surer is another reading, where both are words, or none is. */
#define SURER 15.0f
#define MUCH_SURER 30.0f
/* And so sure two words that were read as one. */
#define LEAST_PARTED 30.0f
enum
{
  MOST_PARTS = 24, /* of a page: more are a bad page, not bad words */
  MARGIN = 6,      /* white round a part, in pixels */
  LEAST_LETTERS = 2,
  NEAR = 2, /* letters by which two readings of one word differ */
};
static const float scales[] = { 1.4f, 0.8f };

/* Words @first to @end (exclusive) of one line. */
typedef struct
{
  guint first, end;
} Part;

static ExtractReadWord *
word_at (const ExtractReading *reading, guint i)
{
  return &g_array_index (reading->words, ExtractReadWord, i);
}

/* --- doubt --- */

/* Figures between signs, as in dates, sums and times; not letters among them, which are figures misread. */
static bool
is_number (const char *text)
{
  unsigned figures = 0;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      if (g_unichar_isalpha (g_utf8_get_char (at)))
        return false;
      figures += g_unichar_isdigit (g_utf8_get_char (at));
    }
  return figures > 0;
}

static bool
is_sound (const ExtractReadWord *word)
{
  return is_number (word->text) || extract_recognise_knows_word (word->text, word->language);
}

static bool
is_doubtful (const ExtractReadWord *word)
{
  return word->confidence < SURE && extract_reading_letters (word->text) >= LEAST_LETTERS
         && !extract_recognise_knows_word (word->text, word->language);
}

/* The next doubtful words of the line of words @from to @end (exclusive), with a sure one on either side, by which the
 * engine tells how high and how far apart letters are. Empty when there are none. */
static Part
next_part (const ExtractReading *reading, guint from, guint line, guint end)
{
  while (from < end && !is_doubtful (word_at (reading, from)))
    from++;
  Part part = { from, from };
  for (guint i = from; i < end && i <= part.end + 1; i++)
    if (is_doubtful (word_at (reading, i)))
      part.end = i + 1;
  if (part.first == part.end)
    return part;
  return (Part){ part.first > line ? part.first - 1 : line, MIN (part.end + 1, end) };
}

/* --- the better reading --- */

/* Letters to change, add or leave out to make @b of @a; more than NEAR are not counted exactly. */
static unsigned
difference (const char *a, const char *b)
{
  glong m = 0, n = 0;
  g_autofree gunichar *from = g_utf8_to_ucs4_fast (a, -1, &m), *to = g_utf8_to_ucs4_fast (b, -1, &n);
  if (ABS (m - n) > NEAR)
    return NEAR + 1;
  g_autofree unsigned *row = g_new (unsigned, (gsize)n + 1);
  for (glong j = 0; j <= n; j++)
    row[j] = (unsigned)j;
  for (glong i = 0; i < m; i++)
    {
      unsigned before = row[0];
      row[0] = (unsigned)i + 1;
      for (glong j = 0; j < n; j++)
        {
          unsigned changed = before + (from[i] != to[j]);
          before = row[j + 1];
          row[j + 1] = MIN (MIN (row[j], row[j + 1]) + 1, changed);
        }
    }
  return row[n];
}

/* Whether @again has the letters of @word, but fewer accents: these are lost more often than gained. */
static bool
is_less_accented (const char *again, const char *word)
{
  g_autofree char *plain = g_str_to_ascii (word, "C"), *plain_again = g_str_to_ascii (again, "C");
  return strlen (again) < strlen (word) && strcmp (plain, plain_again) == 0;
}

static bool
is_better_word (const ExtractReadWord *again, const ExtractReadWord *word)
{
  if (extract_reading_letters (again->text) < LEAST_LETTERS || is_less_accented (again->text, word->text))
    return false;
  bool sound = is_sound (word), sound_again = is_sound (again);
  if (sound_again && !sound)
    return difference (word->text, again->text) <= NEAR;
  return sound == sound_again && again->confidence >= word->confidence + (sound ? SURER : MUCH_SURER);
}

static char *
letters_of (const ExtractReading *reading, Part part)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = part.first; i < part.end; i++)
    g_string_append (text, word_at (reading, i)->text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Whether @others of @again are the words that were joined, or parted, in @words of @reading: all are words of about
 * the same letters. */
static bool
are_better_words (const ExtractReading *again, Part others, const ExtractReading *reading, Part words)
{
  bool sound = true;
  for (guint i = words.first; i < words.end; i++)
    sound = sound && is_sound (word_at (reading, i));
  if (sound)
    return false;
  for (guint i = others.first; i < others.end; i++)
    {
      const ExtractReadWord *other = word_at (again, i);
      bool inside = i > others.first && !g_unichar_isalnum (g_utf8_get_char (other->text));
      if (inside || other->confidence < LEAST_PARTED || !is_sound (other))
        return false;
    }
  g_autofree char *before = letters_of (reading, words), *after = letters_of (again, others);
  return difference (before, after) < NEAR;
}

/* --- which words stand where --- */

/* A part read again, and where its pixels are in those of the page. */
typedef struct
{
  ExtractReading *reading;
  int left, top;
  float scale;
} Again;

static int
left_of (const Again *again, guint i)
{
  return again->left + (int)((float)word_at (again->reading, i)->box.x0 / again->scale);
}

static int
right_of (const Again *again, guint i)
{
  return again->left + (int)((float)word_at (again->reading, i)->box.x1 / again->scale);
}

/* The words from word @words->first of @reading and @others->first of @again on that stand on the same letters: each
 * overlaps the next of the other reading. */
static void
take_same (const ExtractReading *reading, guint end, Part *words, const Again *again, Part *others)
{
  int slack = (word_at (reading, words->first)->box.y1 - word_at (reading, words->first)->box.y0) / 4;
  int right = word_at (reading, words->first)->box.x1;
  words->end = words->first + 1;
  others->end = others->first;
  for (;;)
    if (others->end < again->reading->words->len && left_of (again, others->end) < right - slack)
      {
        right = MAX (right, right_of (again, others->end));
        others->end++;
      }
    else if (words->end < end && word_at (reading, words->end)->box.x0 < right - slack)
      {
        right = MAX (right, word_at (reading, words->end)->box.x1);
        words->end++;
      }
    else
      return;
}

/* A word that is none is as doubtful as before, however sure the other reading was: the two differ. */
static void
take_over (ExtractReading *reading, Part words, const Again *again, Part others)
{
  g_autoptr (ExtractReading) chosen = extract_reading_new (reading->language);
  float before = word_at (reading, words.first)->confidence;
  for (guint i = others.first; i < others.end; i++)
    {
      ExtractReadWord word = *word_at (again->reading, i);
      word.confidence = is_sound (&word) ? word.confidence : MIN (word.confidence, before);
      word.text = g_strdup (word.text);
      word.begins = 0;
      g_array_append_val (chosen->words, word);
    }
  extract_reading_replace (reading, words.first, words.end, chosen, again->left, again->top, again->scale);
}

typedef enum
{
  AS_BEFORE, /* both read the same */
  BETTER,
  OPEN, /* they differ, and neither is better */
} Verdict;

static Verdict
judge (const ExtractReading *reading, Part words, const Again *again, Part others)
{
  ExtractReadWord *word = word_at (reading, words.first);
  if (others.end == others.first)
    return is_doubtful (word) ? OPEN : AS_BEFORE;
  if (words.end - words.first > 1 || others.end - others.first > 1)
    return are_better_words (again->reading, others, reading, words) ? BETTER : OPEN;
  const ExtractReadWord *other = word_at (again->reading, others.first);
  if (strcmp (word->text, other->text) == 0)
    return AS_BEFORE;
  return is_better_word (other, word) ? BETTER : is_doubtful (word) ? OPEN : AS_BEFORE;
}

/* Compares the readings of @part word by word, and takes over what is better; part->end moves along. Whether a doubt is
 * left. */
static bool
compare (ExtractReading *reading, Part *part, const Again *again, unsigned *replaced)
{
  bool open = false;
  Part words = { part->first, 0 }, others = { 0, 0 };
  for (; words.first < part->end; words.first = words.end, others.first = others.end)
    {
      take_same (reading, part->end, &words, again, &others);
      Verdict verdict = judge (reading, words, again, others);
      open = open || verdict == OPEN;
      if (verdict != BETTER)
        continue;
      take_over (reading, words, again, others);
      (*replaced)++;
      guint now = words.first + others.end - others.first;
      part->end = part->end + now - words.end;
      words.end = now;
    }
  return open;
}

/* --- reading again --- */

static bool
read_again (const ExtractReading *reading, Part part, const ExtractPrepared *prepared, int64_t deadline_us,
            Again *again)
{
  RecordBox box = extract_reading_box (reading, part.first, part.end);
  again->left = MAX (box.x0 - MARGIN, 0);
  again->top = MAX (box.y0 - MARGIN, 0);
  BOX *place = boxCreate (again->left, again->top, box.x1 + MARGIN - again->left, box.y1 + MARGIN - again->top);
  g_autoptr (PIX) clip = pixClipRectangle (prepared->pix, place, NULL);
  g_autoptr (PIX) grey = clip != NULL ? pixConvertTo8 (clip, 0) : NULL;
  g_autoptr (PIX) scaled = grey != NULL ? pixScale (grey, again->scale, again->scale) : NULL;
  boxDestroy (&place);
  if (scaled != NULL)
    again->reading = extract_recognise_line (word_at (reading, part.first)->language, scaled,
                                             (unsigned)((float)prepared->dpi * again->scale), deadline_us, NULL);
  return again->reading != NULL && !again->reading->cut;
}

static void
look_again (ExtractReading *reading, Part *part, const ExtractPrepared *prepared, int64_t deadline_us,
            unsigned *replaced)
{
  bool open = true;
  for (size_t i = 0; i < G_N_ELEMENTS (scales) && open; i++)
    {
      Again again = { .scale = scales[i] };
      open = read_again (reading, *part, prepared, deadline_us, &again) && compare (reading, part, &again, replaced);
      extract_reading_free (again.reading);
    }
}

unsigned
extract_second_words (ExtractReading *reading, const ExtractPrepared *prepared, int64_t deadline_us)
{
  unsigned replaced = 0, parts = 0;
  for (guint line = 0; line < reading->words->len;)
    {
      guint from = line, end = extract_reading_line_end (reading, line);
      while (from < end && parts < MOST_PARTS && dk_monotonic_us () < deadline_us)
        {
          Part part = next_part (reading, from, line, end);
          if (part.first == part.end)
            break;
          guint before = reading->words->len;
          look_again (reading, &part, prepared, deadline_us, &replaced);
          end += reading->words->len - before; /* round, where there are fewer now */
          from = part.end;
          parts++;
        }
      line = end;
    }
  return replaced;
}
