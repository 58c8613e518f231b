#include "extract/noise.h"
#include <string.h>

/* Of a hundred words in lines below the first, ten are right; of signs below the second, fewer. */
#define RUBBISH_LINE 30.0
#define RUBBISH_SIGN 55.0
enum
{
  LONG = 13, /* letters; scribbles are read as nine */
};

/* What is read of dirt is short: an address of mail that was read badly is one long word, and stays. */
static bool
has_long_word (const GArray *words, guint first, guint end)
{
  for (guint i = first; i < end; i++)
    if (extract_reading_letters (g_array_index (words, ExtractReadWord, i).text) >= LONG)
      return true;
  return false;
}

/* The mean of the words @first to @end (exclusive), each as often as it has letters. */
static double
confidence_of (const GArray *words, guint first, guint end)
{
  double sum = 0;
  unsigned n = 0;
  for (guint i = first; i < end; i++)
    {
      const ExtractReadWord *word = &g_array_index (words, ExtractReadWord, i);
      unsigned weight = MAX (extract_reading_letters (word->text), 1);
      sum += (double)word->confidence * weight;
      n += weight;
    }
  return n > 0 ? sum / n : 0;
}

/* Asterisks in a row stand for what was left out on purpose; dirt is read as one or two. */
static bool
is_left_out (const ExtractReadWord *word)
{
  return strstr (word->text, "***") != NULL;
}

/* Begins of a word that goes are handed on to the next. */
static void
drop (GArray *words, guint i)
{
  unsigned begins = g_array_index (words, ExtractReadWord, i).begins;
  g_array_remove_index (words, i);
  if (i < words->len)
    g_array_index (words, ExtractReadWord, i).begins |= begins;
}

void
extract_noise_drop (ExtractReading *reading)
{
  GArray *words = reading->words;
  for (guint first = 0, end; first < words->len; first = end)
    {
      end = extract_reading_line_end (reading, first);
      bool rubbish = confidence_of (words, first, end) < RUBBISH_LINE && !has_long_word (words, first, end);
      for (guint i = end; i-- > first;)
        {
          const ExtractReadWord *word = &g_array_index (words, ExtractReadWord, i);
          if (rubbish
              || (extract_reading_letters (word->text) == 0 && word->confidence < RUBBISH_SIGN && !is_left_out (word)))
            {
              drop (words, i);
              end--;
            }
        }
    }
}
