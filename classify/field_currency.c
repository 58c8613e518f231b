#include "classify/field_currency.h"
#include "classify/field_text.h"
#include <string.h>

const char *
field_currency_of_sign (char c)
{
  return c == FIELD_EURO ? "EUR" : c == FIELD_POUND ? "GBP" : c == '$' ? FIELD_DOLLAR : NULL;
}

typedef struct
{
  const char *currency;
  const char *words;      /* parted by blanks */
  const char *beginnings; /* of words with endings */
} Money;

static const Money monies[] = {
  { "EUR", "eur euro euros eurot", "" },
  { "GBP", "gbp pound pounds libras livres sterling font quid", "" },
  { "HUF", "huf ft", "ftot forint" },
  { "USD", "usd dolares us$", "" },
  { FIELD_DOLLAR, "dollars pesos bucks dollar", "" },
  { "CHF", "chf fr francs franken", "" },
  { "RON", "ron lei lejt", "lej" },
  { "MXN", "mxn", "" },
  { "ARS", "ars", "" },
  { "COP", "cop cop$", "" },
  { "CLP", "clp", "" },
  { "CAD", "cad", "" },
  { "AUD", "aud", "" },
  { "NZD", "nzd", "" },
  { "INR", "inr rupees rs", "" },
  { "ZAR", "zar rand", "" },
  { "PEN", "pen soles", "" },
  { "DOP", "dop", "" },
  { "UYU", "uyu", "" },
  { "BOB", "bob bolivianos", "" },
  { "CRC", "crc colones", "" },
  { "GTQ", "gtq quetzales", "" },
  { "RSD", "rsd", "dinar" },
  { "PLN", "pln", "" },
  { "CZK", "czk", "korona" },
  { "SEK", "sek", "" },
  { "DKK", "dkk", "" },
  { "NOK", "nok", "" },
  { "XOF", "fcfa cfa xof", "" },
  { "XAF", "xaf", "" },
  { "MAD", "mad dhs dh dirhams", "" },
  { "TND", "tnd", "" },
  { "DZD", "dzd dinars", "" },
  { "NGN", "ngn naira", "" },
  { "KES", "kes ksh", "" },
  { "GHS", "ghs cedis", "" },
  { "SGD", "sgd", "" },
  { "MYR", "myr", "" },
  { "PHP", "php", "" },
  { "PKR", "pkr", "" },
  { "LKR", "lkr", "" },
  { "AED", "aed", "" },
  { "PYG", "pyg guaranies", "" },
  { "HNL", "hnl lempiras", "" },
  { "NIO", "nio", "" },
  { "VES", "ves bolivares", "" },
  { "BRL", "brl", "" },
  { "UAH", "uah", "hrivnya" },
  { "HKD", "hkd", "" },
  { "JPY", "jpy", "" },
  { "BDT", "taka bdt", "" },
  { "HTG", "htg gourdes", "" },
};

/* Whether one of @words is the @n letters at @lower, or (@begins) their beginning. */
static bool
is_one_of (const char *words, const char *lower, size_t n, bool begins)
{
  for (const char *p = words; *p != '\0';)
    {
      size_t m = strcspn (p, " ");
      if ((m == n || (begins && m < n)) && memcmp (p, lower, m) == 0)
        return true;
      p += m;
      p += *p == ' ';
    }
  return false;
}

const char *
field_currency_of_word (const char *word, size_t n)
{
  char lower[16];
  if (n == 0 || n >= sizeof lower)
    return NULL;
  for (size_t i = 0; i < n; i++)
    lower[i] = g_ascii_tolower (word[i]);
  for (int begins = 0; begins <= 1; begins++)
    for (size_t i = 0; i < G_N_ELEMENTS (monies); i++)
      if (is_one_of (begins ? monies[i].beginnings : monies[i].words, lower, n, begins))
        return monies[i].currency;
  return NULL;
}

const char *
field_currency_of_prefix (const char *plain, uint32_t end, uint32_t *from)
{
  static const char *const prefixes[][2]
      = { { "AU$", "AUD" }, { "A$", "AUD" },  { "NZ$", "NZD" },  { "CA$", "CAD" },  { "C$", "CAD" },  { "US$", "USD" },
          { "RD$", "DOP" }, { "MX$", "MXN" }, { "AR$", "ARS" },  { "R$", "BRL" },   { "HK$", "HKD" }, { "COP$", "COP" },
          { "Rs.", "INR" }, { "Rs", "INR" },  { "SFr.", "CHF" }, { "sFr.", "CHF" }, { "Fr.", "CHF" }, { "S/.", "PEN" },
          { "S/", "PEN" },  { "Bs.", "BOB" }, { "Ft.", "HUF" },  { "S$", "SGD" },   { "RM", "MYR" },  { "KSh", "KES" },
          { "Ksh", "KES" }, { "Dhs", "AED" }, { "Gs.", "PYG" },  { "GHS", "GHS" },  { "Bs", "BOB" },  { "U$S", "USD" },
          { "$U", "UYU" },  { "B/.", "PAB" }, { "P$", "PHP" } };
  for (size_t i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      size_t n = strlen (prefixes[i][0]);
      if (end < n || memcmp (plain + end - n, prefixes[i][0], n) != 0
          || (end > n && g_ascii_isalnum (plain[end - n - 1])))
        continue;
      *from = end - (uint32_t)n;
      return prefixes[i][1];
    }
  return NULL;
}
