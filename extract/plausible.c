#include "extract/plausible.h"
#include <math.h>
#include <string.h>

enum
{
  MOST_CHARACTERS = 60000, /* looked at: more than a page, and a bound for a text of megabytes */
  ENOUGH_LETTERS = 120,    /* to tell by how often each comes */
  LONGEST_WORD = 34,
  MOST_CONSONANTS = 6, /* in a row; German has them */
};
#define ALIKE 0.8 /* what other codes than letters hardly reach */

/* In a thousand, of English, French, German, Spanish and Hungarian together, without their accents. */
static const double often[26]
    = { 95, 15, 27, 41, 143, 12, 19, 28, 69, 6, 17, 49, 28, 74, 60, 22, 5, 62, 69, 66, 40, 12, 8, 3, 12, 13 };

/* --- one word --- */

typedef struct
{
  unsigned letters, digits, signs, vowels, latin;
  unsigned consonants; /* longest row */
  unsigned rises;      /* a small letter before a great one */
  unsigned repeats;    /* longest row of one letter */
  bool upper;          /* great letters alone */
  bool address;        /* @ or // within */
} Word;

static gunichar
without_accent (gunichar c)
{
  gunichar first, second;
  while (c > 127 && g_unichar_decompose (c, &first, &second))
    c = first;
  return c;
}

static bool
is_vowel (gunichar c)
{
  return c < 128 ? strchr ("aeiouy", (char)c) != NULL : c == 0xe6 || c == 0x153 || c == 0xf8 || c == 0x131;
}

static void
look_at_letters (Word *word, const char *from, const char *to, unsigned *counts)
{
  unsigned consonants = 0, repeats = 0;
  gunichar before = 0;
  word->upper = true;
  for (const char *at = from; at < to; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      word->address = word->address || c == '@' || (c == '/' && before == '/');
      bool letter = g_unichar_isalpha (c) || g_unichar_ismark (c);
      if (!letter)
        {
          word->digits += g_unichar_isdigit (c);
          /* Words are joined by these. */
          bool joins = g_utf8_strchr ("'’-‐–./&,:@·", -1, c) != NULL || g_unichar_type (c) == G_UNICODE_FORMAT;
          word->signs += !g_unichar_isdigit (c) && !joins;
          consonants = repeats = 0;
          before = c;
          continue;
        }
      word->rises += g_unichar_isupper (c) && before != 0 && g_unichar_islower (before);
      word->upper = word->upper && !g_unichar_islower (c);
      gunichar base = without_accent (g_unichar_tolower (c));
      bool latin = g_unichar_get_script (c) == G_UNICODE_SCRIPT_LATIN;
      word->letters++;
      word->latin += latin;
      word->vowels += is_vowel (base);
      consonants = latin && !is_vowel (base) ? consonants + 1 : 0;
      repeats = c == before ? repeats + 1 : 1;
      word->consonants = MAX (word->consonants, consonants);
      word->repeats = MAX (word->repeats, repeats);
      if (latin && base >= 'a' && base <= 'z')
        counts[base - 'a']++;
      before = c;
    }
}

static bool
is_odd (const Word *word)
{
  if (word->letters > LONGEST_WORD || word->repeats > 3)
    return true;
  /* Letters of a code like AB-1234 are great ones. */
  if (word->signs > 0 || (word->digits > 0 && !word->upper))
    return true;
  if (word->latin < word->letters)
    return word->latin > 0; /* two scripts in one word */
  return (word->vowels == 0 && word->letters >= 4 && !word->upper) || word->consonants > MOST_CONSONANTS
         || word->rises > 1 || (word->rises == 1 && word->letters < 5);
}

static bool
is_inside (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c);
}

/* The signs around a word are none of it. */
static void
judge_word (ExtractPlausible *sum, const char *from, const char *to, unsigned *counts)
{
  while (from < to && !is_inside (g_utf8_get_char (from)))
    from = g_utf8_next_char (from);
  while (to > from && !is_inside (g_utf8_get_char (g_utf8_prev_char (to))))
    to = g_utf8_prev_char (to);
  Word word = { 0 };
  look_at_letters (&word, from, to, counts);
  sum->letters += word.letters + word.digits;
  if (word.letters == 0 || word.address)
    return;
  if (word.letters == 1 && word.digits == 0)
    sum->singles += word.latin == 1 && !word.upper && word.vowels == 0;
  else if (is_odd (&word))
    sum->odd++;
  else if (word.letters > 1 && word.digits == 0)
    sum->clean++;
}

/* --- the text --- */

/* The cosine between how often letters come here and in general. */
static double
likeness_of (const unsigned *counts)
{
  double both = 0, here = 0, general = 0;
  unsigned all = 0;
  for (int i = 0; i < 26; i++)
    {
      both += counts[i] * often[i];
      here += (double)counts[i] * counts[i];
      general += often[i] * often[i];
      all += counts[i];
    }
  return all < ENOUGH_LETTERS ? 1 : both / sqrt (here * general);
}

static bool
is_rubbish (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);
  return c == 0xfffd || type == G_UNICODE_PRIVATE_USE || type == G_UNICODE_UNASSIGNED || type == G_UNICODE_CONTROL;
}

/* One of a row of the same signs, as dots lead to the number of a page. */
static bool
is_leader (const char *text, const char *at)
{
  gunichar c = g_utf8_get_char (at);
  if (!g_unichar_ispunct (c))
    return false;
  return g_utf8_get_char (g_utf8_next_char (at)) == c || (at > text && g_utf8_get_char (g_utf8_prev_char (at)) == c);
}

ExtractPlausible
extract_plausible (const char *text)
{
  ExtractPlausible sum = { 0 };
  unsigned counts[26] = { 0 };
  const char *from = text, *at = text;
  for (;; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      bool space = c == 0 || g_unichar_isspace (c);
      sum.characters += !space;
      sum.rubbish += !space && is_rubbish (c);
      if (!space && !is_leader (text, at))
        continue;
      judge_word (&sum, from, at, counts);
      if (c == 0 || sum.characters > MOST_CHARACTERS)
        break;
      from = g_utf8_next_char (at);
    }
  sum.likeness = likeness_of (counts);
  return sum;
}

double
extract_plausible_share (const ExtractPlausible *plausible)
{
  double words = plausible->clean + plausible->odd + plausible->singles / 2.0;
  if (words <= 0 || plausible->characters == 0)
    return 0;
  double rubbish = (double)plausible->rubbish / plausible->characters;
  double unlike = plausible->likeness < ALIKE ? MAX (1 - (ALIKE - plausible->likeness) * 5, 0.1) : 1;
  return plausible->clean / words * MAX (1 - 3 * rubbish, 0) * unlike;
}

double
extract_plausible_worth (const ExtractPlausible *plausible)
{
  double share = extract_plausible_share (plausible);
  return plausible->letters * share * share;
}
