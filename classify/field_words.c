#include "classify/field_words.h"
#include <string.h>

#define LONGEST_WORD 40
#define SHORTEST_NEAR 5

bool
field_near (const char *word, size_t n, const char *label)
{
  size_t m = strlen (label);
  if (n == m && memcmp (word, label, n) == 0)
    return true;
  if (m < SHORTEST_NEAR || n + 1 < m || n > m + 1)
    return false;
  size_t head = 0, tail = 0, shorter = MIN (n, m);
  while (head < shorter && word[head] == label[head])
    head++;
  while (tail < shorter - head && word[n - 1 - tail] == label[m - 1 - tail])
    tail++;
  if (head + tail + 1 >= MAX (n, m))
    return true;
  return n == m && head + tail + 2 == n && word[head] == label[head + 1] && word[head + 1] == label[head];
}

/* Lower-case letters of the token in @lower; 0 when it is longer than any word of ours. */
static size_t
lower_of (const FieldText *text, const FieldToken *token, char lower[LONGEST_WORD])
{
  size_t n = token->to - token->from;
  if (n >= LONGEST_WORD)
    return 0;
  for (size_t i = 0; i < n; i++)
    lower[i] = g_ascii_tolower (text->plain->str[token->from + i]);
  lower[n] = '\0';
  return n;
}

static bool
in_list (const FieldText *text, const FieldToken *token, const char *list, bool near)
{
  char lower[LONGEST_WORD], label[LONGEST_WORD];
  size_t n = lower_of (text, token, lower);
  if (n == 0)
    return false;
  for (const char *p = list; *p != '\0';)
    {
      size_t m = strcspn (p, " ");
      if (m == n && memcmp (p, lower, n) == 0)
        return true;
      if (near && m >= SHORTEST_NEAR && m < LONGEST_WORD && m + 1 >= n && n + 1 >= m)
        {
          memcpy (label, p, m);
          label[m] = '\0';
          if (field_near (lower, n, label))
            return true;
        }
      p += m;
      p += *p == ' ';
    }
  return false;
}

bool
field_token_in (const FieldText *text, const FieldToken *token, const char *list)
{
  return in_list (text, token, list, false);
}

bool
field_token_near_any (const FieldText *text, const FieldToken *token, const char *list)
{
  return in_list (text, token, list, true);
}

bool
field_token_begins (const FieldText *text, const FieldToken *token, const char *list)
{
  char lower[LONGEST_WORD];
  size_t n = lower_of (text, token, lower);
  for (const char *p = list; n > 0 && *p != '\0';)
    {
      size_t m = strcspn (p, " ");
      if (m <= n && memcmp (p, lower, m) == 0)
        return true;
      p += m;
      p += *p == ' ';
    }
  return false;
}

static const char *const months[12] = {
  "january jan janvier janv enero ene januar",
  "february feb fevrier fevr fev febrero februar febr",
  "march mar mars marzo marcius marc",
  "april apr avril avr abril abr aprilis",
  "may mai mayo majus maj",
  "june jun juin junio junius",
  "july jul juillet juil julio julius",
  "august aug aout agosto ago augusztus",
  "september sep sept septembre septiembre setiembre szeptember szept",
  "october oct octobre octubre oktober okt",
  "november nov novembre noviembre",
  "december dec decembre diciembre dic",
};

int
field_month (const FieldText *text, const FieldToken *token)
{
  if (token->kind == FIELD_TOKEN_NUMBER || token->to - token->from < 3)
    return 0;
  for (int i = 0; i < 12; i++)
    if (field_token_in (text, token, months[i]))
      return i + 1;
  int found = 0;
  for (int i = 0; i < 12; i++)
    if (field_token_near_any (text, token, months[i]))
      {
        if (found != 0)
          return 0;
        found = i + 1;
      }
  return found;
}

typedef struct
{
  int value;
  const char *words;
} NumberWord;

static const NumberWord number_words[] = {
  { 1, "one a un une uno una egy" },
  { 2, "two deux dos ket ketto" },
  { 3, "three trois tres harom" },
  { 4, "four quatre cuatro negy" },
  { 5, "five cinq cinco ot" },
  { 6, "six seis hat" },
  { 7, "seven sept siete het" },
  { 8, "eight huit ocho nyolc" },
  { 9, "nine neuf nueve kilenc" },
  { 10, "ten dix diez tiz" },
  { 12, "twelve douze doce tizenket" },
  { 14, "fourteen quatorze catorce tizennegy" },
  { 15, "fifteen quinze quince tizenot" },
  { 20, "twenty vingt veinte husz" },
  { 21, "huszonegy" },
  { 28, "huszonnyolc" },
  { 30, "thirty trente treinta harminc" },
  { 45, "negyvenot" },
  { 60, "sixty soixante sesenta hatvan" },
  { 90, "ninety noventa kilencven" },
};

int
field_number_word (const FieldText *text, const FieldToken *token)
{
  for (size_t i = 0; i < G_N_ELEMENTS (number_words); i++)
    if (field_token_near_any (text, token, number_words[i].words))
      return number_words[i].value;
  return 0;
}

char
field_as_digit (char c)
{
  static const char from[] = "OoQDlIiZzSsBbGgq|";
  static const char to[] = "00001112255866991";
  if (g_ascii_isdigit (c))
    return c;
  const char *p = c != '\0' ? strchr (from, c) : NULL;
  return p != NULL ? to[p - from] : '\0';
}

char
field_as_letter (char c)
{
  static const char from[] = "015826|";
  static const char to[] = "OISBZGI";
  if (g_ascii_isalpha (c))
    return g_ascii_toupper (c);
  const char *p = c != '\0' ? strchr (from, c) : NULL;
  return p != NULL ? to[p - from] : '\0';
}

int
field_digits (const FieldText *text, FieldSpan span, bool *repaired)
{
  if (span.to <= span.from || span.to - span.from > 4)
    return -1;
  int value = 0;
  bool true_digit = false;
  for (uint32_t i = span.from; i < span.to; i++)
    {
      char c = text->plain->str[i];
      char digit = field_as_digit (c);
      if (digit == '\0')
        return -1;
      true_digit |= digit == c;
      *repaired |= digit != c;
      value = value * 10 + (digit - '0');
    }
  return true_digit ? value : -1;
}

bool
field_is_capital (const FieldText *text, const FieldToken *token)
{
  return g_ascii_isupper (text->plain->str[token->from]);
}
