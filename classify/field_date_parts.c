#include "classify/field_date_parts.h"
#include "classify/field_words.h"
#include <string.h>

#define FIRST_YEAR 1900
#define LAST_YEAR 2059

char
field_date_gap (const FieldText *text, uint32_t left, uint32_t most)
{
  if (left + 1 >= text->tokens->len)
    return '\0';
  const FieldToken *a = field_text_token (text, left), *b = field_text_token (text, left + 1);
  if (a->line != b->line || b->from - a->to > most)
    return '\0';
  char sign = ' ';
  for (uint32_t i = a->to; i < b->from; i++)
    {
      char c = text->plain->str[i];
      if (strchr (" ./,-'|~:", c) == NULL)
        return '\0';
      if (c != ' ' && c != '|' && (sign == ' ' || sign == ','))
        sign = c;
    }
  return sign;
}

bool
field_date_glued_before (const FieldText *text, uint32_t at)
{
  const char *plain = text->plain->str;
  if (at == 0 || strchr ("/-.:", plain[at - 1]) == NULL)
    return false;
  return at >= 2 && g_ascii_isalnum (plain[at - 2])
         && (plain[at - 1] != '.' && plain[at - 1] != ':' ? true : g_ascii_isdigit (plain[at - 2]));
}

bool
field_date_glued_after (const FieldText *text, uint32_t at)
{
  const char *plain = text->plain->str;
  return strchr ("/-.", plain[at]) != NULL && plain[at] != '\0' && g_ascii_isdigit (plain[at + 1]);
}

int
field_date_number_at (const FieldText *text, uint32_t i, bool *repaired)
{
  if (i >= text->tokens->len)
    return -1;
  const FieldToken *token = field_text_token (text, i);
  return field_digits (text, (FieldSpan){ token->from, token->to }, repaired);
}

int
field_date_day_at (const FieldText *text, uint32_t i, bool *repaired)
{
  static const char *const endings[] = { "st", "nd", "rd", "th", "er", "re", "o", "e", "h" };
  if (i >= text->tokens->len)
    return 0;
  const FieldToken *token = field_text_token (text, i);
  FieldSpan span = { token->from, token->to };
  const char *plain = text->plain->str;
  uint32_t n = span.to - span.from;
  if (n > 5)
    return 0;
  if (token->kind == FIELD_TOKEN_MIXED && n == 5 && plain[span.from + 2] == 'T')
    span.to = span.from + 2;
  if (n == 3 && strchr ("1Ilt", plain[span.from]) != NULL && strchr ("eco", plain[span.from + 1]) != NULL
      && strchr ("rtin", plain[span.to - 1]) != NULL
      && field_month_exact (text, &(FieldToken){ .from = span.from, .to = span.to }) == 0) /* "1er" */
    {
      *repaired |= plain[span.from] != '1' || strncmp (plain + span.from + 1, "er", 2) != 0;
      return 1;
    }
  for (size_t e = 0; token->kind == FIELD_TOKEN_MIXED && e < G_N_ELEMENTS (endings) - 1; e++)
    {
      size_t m = strlen (endings[e]);
      if (n > m && n <= m + 2 && g_ascii_strncasecmp (plain + span.to - m, endings[e], m) == 0)
        {
          bool digits = true;
          for (uint32_t k = span.from; k < span.to - m; k++)
            digits &= field_as_digit (plain[k]) != '\0';
          bool one = span.to - m - span.from == 1 && plain[span.from] == '1';
          bool last
              = g_ascii_isdigit (plain[span.to - m - 1]) || (m == 2 && g_ascii_isdigit (plain[span.from])); /* "1Ath" */
          if (!digits || !last || (m == 1 && plain[span.to - 1] != 'h' && !one))
            continue; /* "3o" is 30 */
          span.to -= (uint32_t)m;
          break;
        }
    }
  bool dirty = span.to - span.from == 3 && g_ascii_isdigit (plain[span.from]) && g_ascii_isdigit (plain[span.from + 1])
               && strchr ("aeiournsc", plain[span.to - 1]) != NULL; /* "15r" */
  span.to -= dirty;
  *repaired |= dirty;
  if (span.to - span.from > 2)
    return 0;
  int day = field_digits (text, span, repaired);
  if (day > 31 && plain[span.from] == 'B') /* a three as well as an eight */
    day -= 50;
  if (day < 0 && span.to == span.from + 1 && strchr ("SZlIGBq", plain[span.from]) != NULL)
    {
      day = field_as_digit (plain[span.from]) - '0';
      *repaired = true;
    }
  return day >= 1 && day <= 31 ? day : 0;
}

int
field_date_roman_month (const FieldText *text, const FieldToken *token)
{
  static const char *const roman[12] = { "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII" };
  char read[5] = "";
  uint32_t n = token->to - token->from;
  bool letter = false;
  for (uint32_t i = 0; i < n && n < sizeof read; i++)
    {
      char c = text->plain->str[token->from + i];
      letter |= g_ascii_isalpha (c);
      read[i] = g_ascii_toupper (strchr ("1l", c) != NULL ? 'I' : c);
    }
  for (int i = 0; letter && i < 12; i++)
    if (strcmp (roman[i], read) == 0)
      return i + 1;
  return 0;
}

/* Whether the @n signs at @read are the year @digits with one of them misread, lost or read twice. */
static bool
is_misread_year (const char *read, uint32_t n, const char *digits)
{
  uint32_t head = 0, tail = 0;
  while (head < MIN (n, 4) && (read[head] == digits[head] || field_as_digit (read[head]) == digits[head]))
    head++;
  while (tail < MIN (n, 4) - head
         && (read[n - 1 - tail] == digits[3 - tail] || field_as_digit (read[n - 1 - tail]) == digits[3 - tail]))
    tail++;
  return n == 4 ? head + tail >= 3 : n == 3 ? head + tail >= 3 : head + tail >= 4;
}

/* The one year written plainly elsewhere in the text that the signs at @token are a misreading of; 0 when there is none
 * or more than one. */
static int
year_of_witness (const FieldText *text, const FieldToken *token)
{
  int found = 0;
  const char *plain = text->plain->str;
  for (uint32_t i = 0; i < text->tokens->len && i < 2000; i++)
    {
      const FieldToken *other = field_text_token (text, i);
      const char *p = plain + other->from;
      if (other == token || other->to - other->from != 4 || other->kind != FIELD_TOKEN_NUMBER
          || (strncmp (p, "20", 2) != 0 && strncmp (p, "199", 3) != 0) || (p[0] == '2' && p[2] > '5')
          || !is_misread_year (plain + token->from, token->to - token->from, p))
        continue;
      int year = (p[0] - '0') * 1000 + (p[1] - '0') * 100 + (p[2] - '0') * 10 + p[3] - '0';
      if (found != 0 && found != year)
        return 0;
      found = year;
    }
  return found;
}

/* "2074", "7025": the one wrong digit that leaves a year of our time; 0 when there is none. */
static int
year_of_our_time (const char *p, uint32_t n)
{
  char digits[6] = "";
  for (uint32_t i = 0; i < n; i++)
    if (n > 5 || (digits[i] = field_as_digit (p[i])) == '\0')
      return 0;
  for (uint32_t i = 1; n == 5 && i < n; i++) /* one read twice */
    if (digits[i] == digits[i - 1])
      {
        memmove (digits + i, digits + i + 1, n - i);
        return strncmp (digits, "202", 3) == 0 || strncmp (digits, "201", 3) == 0
                   ? 2000 + 10 * (digits[2] - '0') + digits[3] - '0'
                   : 0;
      }
  if (n == 3 && (digits[0] == '0' || digits[0] == '2') && digits[1] == '2')
    return 2020 + digits[2] - '0';
  if (n != 4)
    return 0;
  int tens = digits[2] == '7' ? 2 : digits[2] - '0';
  bool wrong = (digits[0] != '2') + (digits[1] != '0') + (digits[2] == '7') == 1;
  return wrong && tens >= 1 && tens < 5 ? 2000 + tens * 10 + digits[3] - '0' : 0;
}

bool
field_date_year_at (const FieldText *text, uint32_t i, FieldDate *date)
{
  if (i >= text->tokens->len)
    return false;
  const FieldToken *token = field_text_token (text, i);
  uint32_t n = token->to - token->from;
  if (n < 3 || n > 5 || token->kind == FIELD_TOKEN_WORD)
    return false;
  bool repaired = false;
  int year = n == 4 ? field_date_number_at (text, i, &repaired) : -1;
  if (year < FIRST_YEAR || year > LAST_YEAR)
    {
      repaired = true;
      year = year_of_witness (text, token);
      if (year == 0)
        year = year_of_our_time (text->plain->str + token->from, n);
    }
  if (year < FIRST_YEAR || year > LAST_YEAR)
    return false;
  date->year = year;
  date->repaired |= repaired;
  return true;
}

bool
field_date_short_year_at (const FieldText *text, uint32_t i, FieldDate *date)
{
  if (i >= text->tokens->len)
    return false;
  const FieldToken *token = field_text_token (text, i);
  if (token->to - token->from != 2 || token->kind != FIELD_TOKEN_NUMBER)
    return false;
  bool repaired = false;
  int year = field_date_number_at (text, i, &repaired);
  date->year = year < 60 ? 2000 + year : 1900 + year;
  return true;
}
