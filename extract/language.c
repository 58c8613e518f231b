#include "extract/language.h"
#include <string.h>

enum
{
  /* A verdict needs that many common words, and half as many again as the second best language. */
  ENOUGH_WORDS = 3,
  /* Words looked at: enough for any letter, and a bound for a text of megabytes. */
  MOST_WORDS = 2000,
};

const char *const extract_language_codes[EXTRACT_LANGUAGES] = { "en", "fr", "es", "hu" };

/* Short words that a letter cannot do without. Words that two of the languages share stand under both, or nowhere. */
static const char *const common[EXTRACT_LANGUAGES] = {
  " the and of to in is that for with this was are your you have not on be it as by from at which our we has my i "
  "been would will were they but or if any all their please ",
  " le la les des du de et est une un que qui dans pour pas vous nous je ne sur au aux avec mon ma mes votre vos ce "
  "cette par plus ai été sont il elle se son sa en mais ou donc notre à d l j n qu c ",
  " el la los las de del que y en un una por con no para se su mi me es lo al como más pero sus le ha he este esta sin "
  "fue ustedes usted han mis está desde o a muy ",
  " a az és hogy nem egy is meg de ez van volt csak vagy mert még már ha el ezt azt kérem kérjük szerint amely "
  "azonban után alapján önök önöknek én minden mint nekem sem kell lehet illetve ezért ",
};

/* Letters that only one of the four uses; each counts like a common word. */
static const char *const letters[EXTRACT_LANGUAGES] = { "", "èêçœùîôûë", "ñ¿¡", "őűöü" };

static int
count_letters (const char *word, const char *set)
{
  int n = 0;
  for (const char *at = word; *at != '\0'; at = g_utf8_next_char (at))
    n += g_utf8_strchr (set, -1, g_utf8_get_char (at)) != NULL;
  return n;
}

typedef struct
{
  unsigned words;
  unsigned hits[EXTRACT_LANGUAGES];    /* common words */
  unsigned letters[EXTRACT_LANGUAGES]; /* words with a letter of its own */
} Counts;

static void
count_word (Counts *counts, const char *from, size_t length)
{
  char key[40];
  if (length == 0 || length > sizeof key - 3)
    {
      counts->words += length > 0;
      return;
    }
  g_snprintf (key, sizeof key, " %.*s ", (int)length, from);
  counts->words++;
  for (int l = 0; l < EXTRACT_LANGUAGES; l++)
    {
      counts->hits[l] += strstr (common[l], key) != NULL;
      counts->letters[l] += count_letters (key, letters[l]) > 0;
    }
}

static Counts
count_words (const char *lower)
{
  Counts counts = { 0 };
  const char *from = lower;
  for (const char *at = lower;; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      if (g_unichar_isalpha (c) || c == 0xbf || c == 0xa1)
        continue;
      count_word (&counts, from, (size_t)(at - from));
      if (c == 0 || counts.words >= MOST_WORDS)
        return counts;
      from = g_utf8_next_char (at);
    }
}

static Counts
count_text (const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);
  return count_words (lower);
}

void
extract_language_evidence (const char *text, unsigned evidence[EXTRACT_LANGUAGES])
{
  Counts counts = count_text (text);
  for (int l = 0; l < EXTRACT_LANGUAGES; l++)
    evidence[l] = counts.hits[l] + counts.letters[l];
}

const char *
extract_language_guess (const char *text, double *share)
{
  Counts counts = count_text (text);
  int best = 0, second = -1;
  unsigned score[EXTRACT_LANGUAGES];
  for (int l = 0; l < EXTRACT_LANGUAGES; l++)
    score[l] = counts.hits[l] + counts.letters[l];
  for (int l = 1; l < EXTRACT_LANGUAGES; l++)
    if (score[l] > score[best])
      best = l;
  for (int l = 0; l < EXTRACT_LANGUAGES; l++)
    if (l != best && (second < 0 || score[l] > score[second]))
      second = l;
  if (share != NULL)
    *share = counts.words > 0 ? (double)counts.hits[best] / counts.words : 0;
  bool clear = counts.hits[best] >= ENOUGH_WORDS && counts.hits[best] * 12 >= counts.words
               && score[best] * 2 >= score[second] * 3;
  return clear ? extract_language_codes[best] : "und";
}
