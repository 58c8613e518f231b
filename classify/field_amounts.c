/* Sums of money: a number with a currency beside it. What is disputed comes first: the words around a sum tell. */
#include "classify/field_claim.h"
#include "classify/field_find.h"
#include "classify/field_region.h"
#include "classify/field_words.h"
#include <string.h>

#define DOLLAR "$" /* until it is known whose */
#define LARGEST_UNITS G_GINT64_CONSTANT (1000000000000)

typedef struct
{
  FieldSpan span;
  int64_t units;
  int cents; /* 0 to 99 */
  const char *currency;
  bool repaired, comma; /* a comma parts the cents */
  int points;
} Amount;

static bool
counts_as_digit (const char *plain, uint32_t at)
{
  if (g_ascii_isdigit (plain[at]))
    return true;
  return plain[at] != '\0' && strchr ("OolI", plain[at]) != NULL && at > 0
         && (g_ascii_isdigit (plain[at - 1]) || strchr (".,", plain[at - 1]) != NULL)
         && !g_ascii_isalpha (plain[at + 1]);
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
add_digits (Amount *amount, const char *plain, uint32_t from, uint32_t to)
{
  for (uint32_t i = from; i < to; i++)
    {
      char digit = field_as_digit (plain[i]);
      amount->repaired |= digit != plain[i];
      if (amount->units < LARGEST_UNITS)
        amount->units = amount->units * 10 + (digit - '0');
    }
}

/* Decimals after @end: ,50 .5 ,- .-- */
static uint32_t
read_cents (Amount *amount, const char *plain, uint32_t end)
{
  if (plain[end] != '.' && plain[end] != ',')
    return end;
  uint32_t to = digit_run (plain, end + 1);
  uint32_t n = to - end - 1;
  if (n == 1 || n == 2)
    {
      Amount part = { 0 };
      add_digits (&part, plain, end + 1, to);
      amount->repaired |= part.repaired;
      amount->cents = (int)(n == 1 ? part.units * 10 : part.units);
      amount->comma = plain[end] == ',';
      return to;
    }
  uint32_t dashes = end + 1;
  while (plain[dashes] == '-' && dashes - end <= 3)
    dashes++;
  return n == 0 && dashes > end + 1 ? dashes : end;
}

/* Reads the number at @at: 1.234,56 1,234.56 1 234,56 289.900,- 18 900. The end, or 0. */
static uint32_t
read_number (Amount *amount, const char *plain, uint32_t at)
{
  uint32_t end = digit_run (plain, at);
  if (end == at || end - at > 12)
    return 0;
  add_digits (amount, plain, at, end);
  char sign = '\0';
  while (end - at <= 16 && (sign == '\0' ? end - at <= 3 : true) && strchr (" .,'", plain[end]) != NULL
         && plain[end] != '\0' && (sign == '\0' || plain[end] == sign))
    {
      uint32_t to = digit_run (plain, end + 1);
      if (to - end != 4)
        break;
      sign = plain[end];
      add_digits (amount, plain, end + 1, to);
      end = to;
    }
  return read_cents (amount, plain, end);
}

static const char *
currency_of_sign (char c)
{
  return c == FIELD_EURO ? "EUR" : c == FIELD_POUND ? "GBP" : c == '$' ? DOLLAR : NULL;
}

static const char *
currency_of_word (const char *word, size_t n)
{
  static const struct
  {
    const char *word, *currency;
    bool prefix;
  } names[] = { { "eur", "EUR", false },      { "euro", "EUR", false },    { "euros", "EUR", false },
                { "eurot", "EUR", false },    { "gbp", "GBP", false },     { "pound", "GBP", false },
                { "pounds", "GBP", false },   { "libras", "GBP", false },  { "livres", "GBP", false },
                { "sterling", "GBP", false }, { "font", "GBP", false },    { "huf", "HUF", false },
                { "ft", "HUF", false },       { "forint", "HUF", true },   { "usd", "USD", false },
                { "dollars", "USD", false },  { "dolares", "USD", false }, { "dollar", "USD", false },
                { "chf", "CHF", false },      { "fr", "CHF", false },      { "francs", "CHF", false },
                { "franken", "CHF", false },  { "ron", "RON", false },     { "lei", "RON", false },
                { "lej", "RON", false },      { "lejt", "RON", false },    { "mxn", "MXN", false },
                { "ars", "ARS", false },      { "cop", "COP", false },     { "clp", "CLP", false },
                { "cad", "CAD", false },      { "pesos", DOLLAR, false },  { "us$", "USD", false } };
  char lower[16];
  if (n >= sizeof lower)
    return NULL;
  for (size_t i = 0; i < n; i++)
    lower[i] = g_ascii_tolower (word[i]);
  for (size_t i = 0; i < G_N_ELEMENTS (names); i++)
    {
      size_t m = strlen (names[i].word);
      if ((n == m || (names[i].prefix && n > m)) && memcmp (lower, names[i].word, m) == 0)
        return names[i].currency;
    }
  return NULL;
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
  const char *currency = currency_of_sign (plain[i - 1]);
  uint32_t from = i - 1;
  if (currency == NULL)
    {
      from = i;
      while (from > 0 && i - from < 4 && g_ascii_isalpha (plain[from - 1]))
        from--;
      if (i - from != 3 || (from > 0 && g_ascii_isalnum (plain[from - 1])))
        return NULL;
      currency = currency_of_word (plain + from, 3);
    }
  if (currency != NULL)
    *at = from;
  return currency;
}

static void
multiply (Amount *amount, int64_t by)
{
  if (amount->units >= LARGEST_UNITS / by)
    return;
  amount->units = amount->units * by + amount->cents * by / 100;
  amount->cents = 0;
}

/* The currency that begins at or after blanks and a word such as "mil" after *@at, which is led on to its end. */
static const char *
currency_after (const FieldText *text, uint32_t *at, Amount *amount)
{
  const char *plain = text->plain->str;
  uint32_t i = *at;
  for (unsigned words = 0; words < 3; words++)
    {
      for (unsigned n = 0; n < 2 && plain[i] == ' '; n++)
        i++;
      const char *currency = currency_of_sign (plain[i]);
      uint32_t to = i + (currency != NULL);
      while (currency == NULL && g_ascii_isalpha (plain[to]) && to - i < 16)
        to++;
      if (currency == NULL)
        currency = currency_of_word (plain + i, to - i);
      if (currency != NULL)
        {
          *at = to;
          return currency;
        }
      FieldToken word = { .from = i, .to = to };
      if (to == i)
        return NULL;
      if (field_token_in (text, &word, "mil ezer mille e"))
        multiply (amount, 1000);
      else if (field_token_in (text, &word, "millio million millions millones"))
        multiply (amount, 1000000);
      else if (!field_token_in (text, &word, "de d"))
        return NULL;
      i = to;
    }
  return NULL;
}

/* Whether a number may begin at @at, and is not the middle of a reference. */
static bool
may_begin (const FieldText *text, uint32_t at)
{
  const char *plain = text->plain->str;
  if (at == 0)
    return true;
  char before = plain[at - 1];
  if (g_ascii_isdigit (before))
    return false;
  if (at >= 2 && strchr (".,-/'", before) != NULL && g_ascii_isalnum (plain[at - 2]))
    return false;
  if (!g_ascii_isalpha (before))
    return true;
  uint32_t i = at;
  return currency_before (text, &i) != NULL;
}

static bool
amount_at (const FieldText *text, uint32_t at, Amount *amount)
{
  *amount = (Amount){ 0 };
  uint32_t from = at, end = read_number (amount, text->plain->str, at);
  if (end == 0 || amount->units >= LARGEST_UNITS)
    return false;
  amount->currency = currency_before (text, &from);
  if (amount->currency == NULL)
    {
      uint32_t to = end;
      amount->currency = currency_after (text, &to, amount);
      end = to;
    }
  amount->span = (FieldSpan){ from, end };
  return amount->currency != NULL && (amount->units > 0 || amount->cents > 0)
         && !field_text_is_taken (text, amount->span);
}

static gint
better_first (gconstpointer a, gconstpointer b)
{
  const Amount *x = a, *y = b;
  return x->points != y->points ? y->points - x->points : x->span.from < y->span.from ? -1 : 1;
}

static char *
value_of (const Amount *amount)
{
  if (strcmp (amount->currency, "HUF") == 0 && amount->cents == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT " HUF", amount->units);
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%02d %s", amount->units, amount->cents, amount->currency);
}

static GArray *
all_amounts (const FieldWork *work)
{
  FieldText *text = work->text;
  GArray *amounts = g_array_new (FALSE, TRUE, sizeof (Amount));
  const char *plain = text->plain->str;
  for (uint32_t at = 0; at < text->plain->len && amounts->len < 8 * FIELD_MOST; at++)
    {
      Amount amount;
      if (!g_ascii_isdigit (plain[at]) || text->taken[at] != 0 || !may_begin (text, at)
          || !amount_at (text, at, &amount))
        continue;
      if (strcmp (amount.currency, DOLLAR) == 0)
        amount.currency = field_region_dollar (text, work->context->language, amount.comma);
      amount.points = field_claim_points (text, amount.span);
      field_text_take (text, amount.span);
      g_array_append_val (amounts, amount);
      at = amount.span.to - 1;
    }
  return amounts;
}

void
field_find_amounts (FieldWork *work)
{
  g_autoptr (GArray) amounts = all_amounts (work);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_array_sort (amounts, better_first);
  for (guint i = 0; i < amounts->len && g_hash_table_size (seen) < FIELD_MOST; i++)
    {
      const Amount *amount = &g_array_index (amounts, Amount, i);
      g_autofree char *value = value_of (amount);
      double confidence = amount->repaired ? 0.7 : amount->points > 0 ? 0.93 : amounts->len == 1 ? 0.9 : 0.75;
      if (g_hash_table_add (seen, g_strdup (value)))
        field_found (work->findings, work->text, "amount", value, amount->span, confidence, "amount:currency");
    }
}
