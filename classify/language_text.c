#include "classify/language_text.h"
#include "base/hyphen.h"
#include "base/text.h"
#include <string.h>

#define WORD_LETTERS 40 /* a longer one is no word */
#define NAMED 0.4       /* what a word counts that begins with a capital letter within a sentence */
#define TAUGHT_LETTERS 3
#define SOFT_HYPHEN 0xad

typedef enum
{
  PLAIN,
  NAMED_WORD,
  SHOUTED
} Manner;

/* A word as it is read. */
typedef struct
{
  gunichar letters[WORD_LETTERS]; /* lower case */
  gsize length;
  guint capitals;
  bool begins_large, digits, latin;
} Word;

static bool
is_latin (gunichar letter)
{
  return letter < 0x80 || g_unichar_get_script (letter) == G_UNICODE_SCRIPT_LATIN;
}

static bool
is_one_letter_again (const Word *word)
{
  for (gsize i = 1; i < word->length; i++)
    if (word->letters[i] != word->letters[0])
      return false;
  return word->length > 2;
}

static void
take_letter (Word *word, gunichar letter)
{
  bool large = g_unichar_isupper (letter);
  if (word->length == 0)
    word->begins_large = large;
  word->latin = word->latin || is_latin (letter);
  word->capitals += large;
  if (word->length < WORD_LETTERS)
    word->letters[word->length] = g_unichar_tolower (letter);
  word->length++;
}

static void
count_word (const ClassifyLanguageTable *table, const Word *word, bool begins, ClassifyLanguageReading *reading)
{
  if (word->length == 0 || word->length > WORD_LETTERS || word->digits || is_one_letter_again (word))
    return;
  if (!word->latin)
    {
      reading->other_letters += (guint)word->length;
      reading->first_other = word->letters[0];
      return;
    }
  Manner manner = word->length > 1 && word->capitals == word->length ? SHOUTED
                  : word->begins_large && !begins                    ? NAMED_WORD
                                                                     : PLAIN;
  double *const scores[] = { reading->plain, reading->named, reading->shouted };
  reading->letters[manner] += (guint)word->length;
  reading->words++;
  reading->known += classify_language_table_read (table, word->letters, word->length, scores[manner]);
}

/* The end of what is no text but an address in the net or a mail address, when one begins at @at; else @at. */
static const char *
behind_address (const char *at, const char *end)
{
  const char *to = at;
  bool address = false;
  for (; to < end && !g_ascii_isspace (*to); to++)
    address = address || *to == '@' || (to[0] == ':' && to + 2 < end && to[1] == '/' && to[2] == '/')
              || (to == at && end - to > 4 && g_ascii_strncasecmp (to, "www.", 4) == 0);
  return address ? to : at;
}

/* Whether what parts two words ends a sentence, so that a capital letter behind it makes no name. */
static bool
ends_sentence (gunichar c)
{
  return c == '.' || c == '!' || c == '?' || c == ':' || c == ';' || c == '"' || c == 0xab || c == 0x201c || c == 0x201e
         || c == 0xbf || c == 0xa1 || c == '-' || c == 0x2022;
}

static void
read_words (const ClassifyLanguageTable *table, const char *text, const char *end, ClassifyLanguageReading *reading)
{
  Word word = { 0 };
  bool begins = true, space = true;
  for (const char *p = text, *next = NULL; p < end; p = next)
    {
      gunichar c = g_utf8_get_char (p);
      next = g_utf8_next_char (p);
      if (space && (next = behind_address (p, end)) != p)
        continue;
      next = g_utf8_next_char (p);
      space = g_unichar_isspace (c);
      if (g_unichar_isalpha (c))
        take_letter (&word, c);
      else if (c == SOFT_HYPHEN && *next != '\n')
        continue;
      else if (g_unichar_isdigit (c))
        word.digits = true;
      else if (word.length > 0 && dk_is_hyphen (c) && dk_hyphen (text, p, &next) == DK_HYPHEN_JOINS && next < end)
        continue;
      else
        {
          next = g_utf8_next_char (p);
          count_word (table, &word, begins, reading);
          begins = ends_sentence (c) || (begins && word.length == 0) || (c == '\n' && next < end && *next == '\n');
          word = (Word){ 0 };
        }
    }
  count_word (table, &word, begins, reading);
}

/* Whether letters stand beside their accents and have to be composed. */
static bool
is_decomposed (const char *text, gsize length)
{
  for (gsize i = 0; i + 1 < length; i++)
    if ((guchar)text[i] == 0xcc || ((guchar)text[i] == 0xcd && (guchar)text[i + 1] < 0xb0))
      return true;
  return false;
}

void
classify_language_read (const ClassifyLanguageTable *table, const char *text, gsize length,
                        ClassifyLanguageReading *reading)
{
  g_autofree char *part = g_strndup (text, length);
  if (is_decomposed (part, strlen (part)))
    {
      g_autofree char *composed = dk_nfc (part);
      read_words (table, composed, composed + strlen (composed), reading);
    }
  else
    read_words (table, part, part + strlen (part), reading);
}

void
classify_language_add (ClassifyLanguageReading *reading, const ClassifyLanguageReading *part)
{
  for (int i = 0; i < CLASSIFY_LANGUAGES; i++)
    {
      reading->plain[i] += part->plain[i];
      reading->named[i] += part->named[i];
      reading->shouted[i] += part->shouted[i];
    }
  for (int i = 0; i < 3; i++)
    reading->letters[i] += part->letters[i];
  reading->words += part->words;
  reading->known += part->known;
  reading->other_letters += part->other_letters;
  if (part->other_letters > 0)
    reading->first_other = part->first_other;
}

guint
classify_language_letters (const ClassifyLanguageReading *reading)
{
  return reading->letters[PLAIN] + reading->letters[NAMED_WORD] + reading->letters[SHOUTED];
}

void
classify_language_scores (const ClassifyLanguageReading *reading, double *scores)
{
  guint plain = reading->letters[PLAIN], named = reading->letters[NAMED_WORD];
  double of_named = plain * 3 < named ? 1 : NAMED;
  double of_shouted = (plain + named) * 3 < reading->letters[SHOUTED] ? 1 : 0;
  for (int i = 0; i < CLASSIFY_LANGUAGES; i++)
    scores[i] = reading->plain[i] + of_named * reading->named[i] + of_shouted * reading->shouted[i];
}

void
classify_language_learn (ClassifyLanguageTable *table, const char *label, int language)
{
  Word word = { 0 };
  for (const char *p = label;; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (c != 0 && g_unichar_isalpha (c))
        {
          take_letter (&word, c);
          continue;
        }
      /* A stem is no word that anybody writes. */
      if (c != '*' && word.latin && word.length >= TAUGHT_LETTERS && word.length <= WORD_LETTERS)
        classify_language_table_teach (table, word.letters, word.length, language);
      word = (Word){ 0 };
      if (c == 0)
        return;
    }
}
