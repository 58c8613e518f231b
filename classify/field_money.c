#include "classify/field_money.h"
#include "classify/field_currency.h"
#include "classify/field_region.h"
#include "classify/field_words.h"
#include <string.h>

#define LARGEST_UNITS G_GINT64_CONSTANT (1000000000000)

/* A digit, or a letter that stands for one: between digits, before a separator, or at the end behind one. */
static bool
counts_as_digit (const char *plain, uint32_t at)
{
  if (g_ascii_isdigit (plain[at]))
    return true;
  if (!g_ascii_isalpha (plain[at]) || field_as_digit (plain[at]) == '\0' || g_ascii_isalpha (plain[at + 1]) || at == 0)
    return false;
  bool behind = g_ascii_isdigit (plain[at - 1])
                || (strchr (".,", plain[at - 1]) != NULL && at > 1 && g_ascii_isdigit (plain[at - 2]));
  bool inside = g_ascii_isdigit (plain[at + 1])
                || (strchr (".,", plain[at + 1]) != NULL && plain[at + 1] != '\0' && g_ascii_isdigit (plain[at + 2]));
  return behind
         && (inside
             || (strchr ("EeCF", plain[at]) == NULL && plain[at + 1] != '\0'
                 && strchr (" .,\n\x01\x02$)", plain[at + 1]) != NULL));
}

static uint32_t
digit_run (const char *plain, uint32_t at)
{
  uint32_t end = at;
  while (end - at < 16 && counts_as_digit (plain, end))
    end++;
  return end;
}

static void
add_digits (FieldMoney *money, const char *plain, uint32_t from, uint32_t to)
{
  for (uint32_t i = from; i < to; i++)
    {
      char digit = field_as_digit (plain[i]);
      money->repaired |= digit != plain[i];
      if (money->units < LARGEST_UNITS)
        money->units = money->units * 10 + (digit - '0');
    }
}

/* "318 .72": a blank before the point, as boxes of forms make it. */
static bool
is_parted (const char *plain, uint32_t end)
{
  return plain[end] == ' ' && plain[end + 1] == '.' && g_ascii_isdigit (plain[end + 2])
         && g_ascii_isdigit (plain[end + 3]) && !g_ascii_isalnum (plain[end + 4]);
}

/* Decimals after @end: ,50 .5 ,- .-- */
static uint32_t
read_cents (FieldMoney *money, const char *plain, uint32_t end)
{
  end += is_parted (plain, end);
  if (plain[end] != '.' && plain[end] != ',')
    return end;
  end += plain[end + 1] == plain[end] ? 1 : 0; /* read twice */
  uint32_t to = digit_run (plain, end + 1);
  uint32_t n = to - end - 1;
  if (n == 1 || n == 2)
    {
      FieldMoney part = { 0 };
      add_digits (&part, plain, end + 1, to);
      money->repaired |= part.repaired;
      money->cents = (int)(n == 1 ? part.units * 10 : part.units);
      money->comma = plain[end] == ',';
      money->decimals = n == 2;
      return to;
    }
  uint32_t dashes = end + 1;
  while (plain[dashes] == '-' && dashes - end <= 3)
    dashes++;
  return n == 0 && dashes > end + 1 ? dashes : end;
}

/* "1,24,500": the end, or 0. */
static uint32_t
read_lakhs (FieldMoney *money, const char *plain, uint32_t at)
{
  uint32_t end = digit_run (plain, at), first = end - at;
  unsigned pairs = 0;
  while (first <= 2 && plain[end] == ',' && digit_run (plain, end + 1) == end + 3)
    {
      end += 3;
      pairs++;
    }
  if (pairs == 0 || plain[end] != ',' || digit_run (plain, end + 1) != end + 4)
    return 0;
  for (uint32_t i = at; i < end + 4; i++)
    if (plain[i] != ',')
      add_digits (money, plain, i, i + 1);
  return end + 4;
}

/* Reads the number at @at: 1.234,56 1,234.56 1 234,56 289.900,- 18 900. The end, or 0. */
static uint32_t
read_number (FieldMoney *money, const char *plain, uint32_t at)
{
  uint32_t lakhs = read_lakhs (money, plain, at);
  if (lakhs > 0)
    return read_cents (money, plain, lakhs);
  uint32_t end = digit_run (plain, g_ascii_isdigit (plain[at]) ? at : at + 1);
  if (end == at || end - at > 12)
    return 0;
  add_digits (money, plain, at, end);
  char sign = '\0';
  while (end - at <= 16 && (sign == '\0' ? end - at <= 3 : true) && strchr (" .,'", plain[end]) != NULL
         && plain[end] != '\0' && (sign == '\0' || plain[end] == sign))
    {
      uint32_t next = end + 1 + (plain[end] == ' ' && plain[end + 1] == ' ');
      uint32_t to = digit_run (plain, next);
      if (to - next != 3)
        break;
      sign = plain[end];
      money->comma |= sign == '.';
      add_digits (money, plain, next, to);
      end = to;
    }
  return read_cents (money, plain, end);
}

/* A word for money of which a letter is misread: long ones anywhere, "Ft" in Hungarian, "E" where the euro sign was. */
static const char *
currency_of_misread (const FieldText *text, FieldSpan word, const char *language, const FieldMoney *money)
{
  static const char *const long_words[][2]
      = { { "euros", "EUR" },    { "euro", "EUR" },    { "forint", "HUF" }, { "pounds", "GBP" },
          { "sterling", "GBP" }, { "dollars", "USD" }, { "francs", "CHF" }, { "pesos", FIELD_DOLLAR } };
  static const char *const forints[] = { "t", "f", "fr", "fl", "ff", "tt", "lt", "ht", "pt" };
  g_autofree char *lower = field_text_lower (text, word);
  size_t n = strlen (lower);
  for (size_t i = 0; n >= 4 && i < G_N_ELEMENTS (long_words); i++)
    if (field_misreading (lower, n, long_words[i][0], strlen (long_words[i][0])) <= (n >= 5 ? 2 : 1))
      return long_words[i][1];
  bool magyar = g_strcmp0 (language, "hu") == 0;
  for (size_t i = 0; magyar && money->units >= 100 && i < G_N_ELEMENTS (forints); i++)
    if (strcmp (lower, forints[i]) == 0)
      return "HUF";
  bool cents = money->decimals && !magyar;
  if (cents && n == 2 && strstr ("ur eu er", lower) != NULL)
    return "EUR"; /* a letter of "EUR" was lost */
  return cents && n == 1 && strchr ("ec", *lower) != NULL ? "EUR" : NULL;
}

/* "Fttúlfizetés", "eurosen", "ferintot": a word for money that the next is glued to, or with an ending. */
static const char *
currency_of_glued (const char *word, size_t n, const char *language, uint32_t *to, uint32_t from)
{
  bool magyar = g_strcmp0 (language, "hu") == 0;
  if (magyar && n > 4 && memcmp (word, "Ft", 2) == 0 && g_ascii_islower (word[2]))
    {
      *to = from + 2;
      return "HUF";
    }
  if (magyar && n >= 7 && field_misreading (word, 6, "forint", 6) <= 2)
    return "HUF";
  if (n > 5 && n < 12 && g_ascii_strncasecmp (word, "euros", 5) == 0)
    {
      *to = from + 5;
      return "EUR";
    }
  return NULL;
}

/* "E1,320.00", "L540.00": a sign read as a letter, right before a sum with cents. */
static const char *
misread_sign (const FieldText *text, uint32_t at, const char *language, const FieldMoney *money)
{
  const char *plain = text->plain->str;
  if (at == 0 || (at > 1 && g_ascii_isalnum (plain[at - 2])) || (!money->decimals && plain[at - 1] != 'L'))
    return NULL;
  const char *next = plain + at + strspn (plain + at, "0123456789");
  if (*next == ' ' && g_ascii_isdigit (next[1]) && g_ascii_isupper (next[2])) /* "L8 3SL", a postcode */
    return NULL;
  bool pounds = strchr (plain, FIELD_POUND) != NULL, euros = strchr (plain, FIELD_EURO) != NULL;
  bool english = g_strcmp0 (language, "en") == 0;
  if (plain[at - 1] == 'L' && (english || pounds))
    return "GBP";
  if (strchr ("EeC", plain[at - 1]) == NULL)
    return NULL;
  return !english || euros || strstr (plain, "EUR") != NULL ? "EUR" : pounds || plain[at - 1] == 'E' ? "GBP" : "EUR";
}

/* The currency that ends at or up to two blanks before *@at, which is led back to its beginning. */
static const char *
currency_before (const FieldText *text, uint32_t *at)
{
  const char *plain = text->plain->str;
  uint32_t i = *at;
  for (unsigned n = 0; n < 2 && i > 0 && plain[i - 1] == ' '; n++)
    i--;
  if (i == 0)
    return NULL;
  uint32_t from = i - 1;
  const char *currency = field_currency_of_prefix (plain, i, &from);
  if (currency == NULL)
    currency = field_currency_of_sign (plain[i - 1]);
  if (currency == NULL)
    {
      from = i;
      while (from > 0 && i - from < 4 && g_ascii_isalpha (plain[from - 1]))
        from--;
      if (i - from != 3 || (from > 0 && g_ascii_isalnum (plain[from - 1])))
        return NULL;
      currency = field_currency_of_word (plain + from, 3);
    }
  if (currency != NULL)
    *at = from;
  return currency;
}

static void
multiply (FieldMoney *money, int64_t by)
{
  if (money->units >= LARGEST_UNITS / by)
    return;
  money->units = money->units * by + money->cents * by / 100;
  money->cents = 0;
}

static void
add_cents (FieldMoney *money, const char *digits)
{
  money->cents = 10 * (digits[0] - '0') + digits[1] - '0';
  money->decimals = true;
}

/* The currency that begins at or after blanks and a word such as "mil" after *@at, which is led on to its end. */
static const char *
currency_after (const FieldText *text, uint32_t *at, const char *language, FieldMoney *money)
{
  const char *plain = text->plain->str;
  uint32_t i = *at;
  for (unsigned words = 0; words < 3; words++)
    {
      for (unsigned n = 0; n < 2 && plain[i] == ' '; n++)
        i++;
      i += plain[i] == '-' && g_ascii_isupper (plain[i + 1]) ? 1 : 0; /* "1 200 -Ft" */
      const char *currency = field_currency_of_sign (plain[i]);
      uint32_t to = i + (currency != NULL);
      while (currency == NULL && g_ascii_isalpha (plain[to]) && to - i < 16)
        to++;
      if (currency == NULL)
        currency = field_currency_of_word (plain + i, to - i);
      if (currency == NULL)
        currency = currency_of_glued (plain + i, to - i, language, &to, i);
      if (currency != NULL && strcmp (currency, "CHF") == 0 && to - i == 2 && g_strcmp0 (language, "hu") == 0)
        currency = NULL;
      if (currency == NULL && !g_ascii_isdigit (plain[to]) && to > i)
        currency = currency_of_misread (text, (FieldSpan){ i, to }, language, money);
      if (currency != NULL)
        {
          uint32_t cents = to + (plain[to] == ' ');
          bool both = !money->decimals && money->cents == 0 && g_ascii_isdigit (plain[cents])
                      && g_ascii_isdigit (plain[cents + 1]) && !g_ascii_isalnum (plain[cents + 2])
                      && strchr (".,", plain[cents + 2]) == NULL && plain[cents + 2] != '\0';
          if (both && plain[i] == FIELD_EURO && cents == to) /* "45€50" */
            {
              add_cents (money, plain + cents);
              to = cents + 2;
            }
          *at = to;
          return currency;
        }
      FieldToken word = { .from = i, .to = to };
      if (to == i)
        return NULL;
      if (field_token_in (text, &word, "mil ezer mille e"))
        multiply (money, 1000);
      else if (field_token_in (text, &word, "millio million millions millones"))
        multiply (money, 1000000);
      else if (!field_token_in (text, &word, "de d")
               && !(to == i + 1 && plain[i] == 'F' && strncmp (plain + to, " CFA", 4) == 0))
        return NULL;
      i = to;
    }
  return NULL;
}

/* Whether digits that belong to the number stand before @at, parted by what is no separator: its worth is not known. */
static bool
is_cut (const FieldText *text, uint32_t at)
{
  const char *plain = text->plain->str;
  uint32_t i = at;
  while (i > 0 && at - i < 2 && strchr (" '.,", plain[i - 1]) != NULL)
    i--;
  if (i == at || i == 0 || !g_ascii_isdigit (plain[i - 1]) || text->taken[i - 1] != 0)
    return false;
  uint32_t from = i;
  while (from > 0 && g_ascii_isdigit (plain[from - 1]))
    from--;
  return i - from <= 3 && (from == 0 || strchr (" \n(:\x01\x02$", plain[from - 1]) != NULL);
}

/* "R1 250,00", "R 4 500": South African. */
static bool
is_rand (const FieldText *text, uint32_t at, const FieldMoney *money)
{
  const char *plain = text->plain->str;
  uint32_t sign = at > 0 && plain[at - 1] == ' ' ? at - 1 : at;
  return text->english && (money->decimals || money->units >= 100) && sign > 0 && plain[sign - 1] == 'R'
         && (sign == 1 || strchr (" \n(", plain[sign - 2]) != NULL);
}

/* A number begins here, and is not the middle of a reference. A letter may stand for its first digit. */
static bool
may_begin (const FieldText *text, uint32_t at, const char *language, const FieldMoney *money)
{
  const char *plain = text->plain->str;
  if (at == 0)
    return true;
  char before = plain[at - 1];
  if (g_ascii_isdigit (before) || is_cut (text, at))
    return false;
  uint32_t sign = at;
  bool word = before == ',' && at >= 3 && money->decimals && g_ascii_islower (plain[at - 2])
              && g_ascii_islower (plain[at - 3]);
  if (at >= 2 && !word && strchr (".,-/'", before) != NULL && g_ascii_isalnum (plain[at - 2])
      && field_currency_of_prefix (plain, at, &sign) == NULL)
    return false;
  if (!g_ascii_isalpha (before))
    return true;
  bool glued
      = at >= 2 && g_ascii_islower (before) && g_ascii_islower (plain[at - 2]) && money->decimals; /* "de310,00" */
  uint32_t i = at;
  return glued || is_rand (text, at, money) || currency_before (text, &i) != NULL
         || misread_sign (text, at, language, money) != NULL;
}

/* "l2.00": a letter that stands for the first digit, with a blank or a sign before it. */
static bool
begins_misread (const FieldText *text, uint32_t at)
{
  const char *plain = text->plain->str;
  bool apart = at == 0 || strchr (" \n(:\x01\x02$", plain[at - 1]) != NULL;
  bool leads
      = plain[at] != '\0'
        && (g_ascii_isdigit (plain[at + 1])
            || (plain[at + 1] != '\0' && strchr (".,", plain[at + 1]) != NULL && g_ascii_isdigit (plain[at + 2])));
  bool more = g_ascii_isdigit (plain[at + 1]) && plain[at + 2] != '\0'
              && (g_ascii_isdigit (plain[at + 2]) || strchr (".,", plain[at + 2]) != NULL);
  return apart && leads && (strchr ("OolIiSZzBGg", plain[at]) != NULL || (more && strchr ("Aaqb", plain[at]) != NULL));
}

/* What follows a number that is whole: no digit, and no letter that was one of its digits. */
static bool
ends_whole (const char *plain, uint32_t end)
{
  bool more = strchr (".,'", plain[end]) != NULL && plain[end] != '\0' && g_ascii_isdigit (plain[end + 1]);
  bool letter = g_ascii_islower (plain[end]) && !g_ascii_isalpha (plain[end + 1]) && strchr ("ef", plain[end]) == NULL;
  bool two = g_ascii_islower (plain[end]) && g_ascii_islower (plain[end + 1]) && !g_ascii_isalpha (plain[end + 2])
             && strchr ("ft", plain[end + 1]) == NULL; /* "8gt" was 894 */
  return !more && !letter && !two && !g_ascii_isdigit (plain[end]);
}

bool
field_money_at (const FieldText *text, uint32_t at, const char *language, FieldMoney *money)
{
  const char *plain = text->plain->str;
  *money = (FieldMoney){ 0 };
  if (!g_ascii_isdigit (plain[at]) && !begins_misread (text, at))
    return false;
  uint32_t from = at, end = read_number (money, plain, at);
  if (end == 0 || money->units >= LARGEST_UNITS || !may_begin (text, at, language, money) || !ends_whole (plain, end))
    return false;
  money->currency = currency_before (text, &from);
  uint32_t to = end;
  if (money->currency == NULL && (money->currency = currency_after (text, &to, language, money)) != NULL)
    end = to;
  if (money->currency == NULL && (money->currency = misread_sign (text, at, language, money)) != NULL)
    from = at - 1;
  if (money->currency == NULL && is_rand (text, from, money))
    {
      money->currency = "ZAR";
      from -= 1 + (plain[from - 1] == ' ');
    }
  if (money->currency == NULL && end >= 3 && g_strcmp0 (language, "fr") == 0 && memcmp (plain + end - 2, ".-", 2) == 0)
    money->currency = "CHF"; /* "248.-", as the Swiss write it */
  if (money->currency == NULL)
    return false;
  if (strcmp (money->currency, FIELD_DOLLAR) == 0)
    money->currency = field_region_dollar (text, language, money->comma);
  money->span = (FieldSpan){ from, end };
  return (money->units > 0 || money->cents > 0) && !field_text_is_taken (text, money->span);
}
