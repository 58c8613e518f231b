#include "classify/field_currency.h"
#include "classify/field_text.h"
#include <string.h>

const char *
field_currency_of_sign (char c)
{
  return c == FIELD_EURO ? "EUR" : c == FIELD_POUND ? "GBP" : c == '$' ? FIELD_DOLLAR : NULL;
}

const char *
field_currency_of_word (const char *word, size_t n)
{
  static const struct
  {
    const char *word, *currency;
    bool prefix;
  } names[] = { { "eur", "EUR", false },
                { "euro", "EUR", false },
                { "euros", "EUR", false },
                { "eurot", "EUR", false },
                { "gbp", "GBP", false },
                { "pound", "GBP", false },
                { "pounds", "GBP", false },
                { "libras", "GBP", false },
                { "livres", "GBP", false },
                { "sterling", "GBP", false },
                { "font", "GBP", false },
                { "huf", "HUF", false },
                { "ft", "HUF", false },
                { "ftot", "HUF", true },
                { "forint", "HUF", true },
                { "usd", "USD", false },
                { "dollars", FIELD_DOLLAR, false },
                { "dolares", "USD", false },
                { "chf", "CHF", false },
                { "fr", "CHF", false },
                { "francs", "CHF", false },
                { "franken", "CHF", false },
                { "ron", "RON", false },
                { "lei", "RON", false },
                { "lej", "RON", true },
                { "lejt", "RON", false },
                { "mxn", "MXN", false },
                { "ars", "ARS", false },
                { "cop", "COP", false },
                { "clp", "CLP", false },
                { "cad", "CAD", false },
                { "pesos", FIELD_DOLLAR, false },
                { "us$", "USD", false },
                { "aud", "AUD", false },
                { "nzd", "NZD", false },
                { "inr", "INR", false },
                { "rupees", "INR", false },
                { "rs", "INR", false },
                { "zar", "ZAR", false },
                { "pen", "PEN", false },
                { "soles", "PEN", false },
                { "dop", "DOP", false },
                { "uyu", "UYU", false },
                { "bob", "BOB", false },
                { "crc", "CRC", false },
                { "gtq", "GTQ", false },
                { "bucks", FIELD_DOLLAR, false },
                { "quid", "GBP", false },
                { "cop$", "COP", false },
                { "dollar", FIELD_DOLLAR, false },
                { "rsd", "RSD", false },
                { "dinar", "RSD", true },
                { "pln", "PLN", false },
                { "czk", "CZK", false },
                { "sek", "SEK", false },
                { "dkk", "DKK", false },
                { "nok", "NOK", false },
                { "fcfa", "XOF", false },
                { "cfa", "XOF", false },
                { "xof", "XOF", false },
                { "xaf", "XAF", false },
                { "mad", "MAD", false },
                { "dhs", "MAD", false },
                { "dh", "MAD", false },
                { "dirhams", "MAD", false },
                { "tnd", "TND", false },
                { "dzd", "DZD", false },
                { "dinars", "DZD", false },
                { "ngn", "NGN", false },
                { "naira", "NGN", false },
                { "kes", "KES", false },
                { "ksh", "KES", false },
                { "ghs", "GHS", false },
                { "cedis", "GHS", false },
                { "rand", "ZAR", false },
                { "sgd", "SGD", false },
                { "myr", "MYR", false },
                { "php", "PHP", false },
                { "pkr", "PKR", false },
                { "lkr", "LKR", false },
                { "aed", "AED", false },
                { "pyg", "PYG", false },
                { "guaranies", "PYG", false },
                { "hnl", "HNL", false },
                { "lempiras", "HNL", false },
                { "quetzales", "GTQ", false },
                { "colones", "CRC", false },
                { "nio", "NIO", false },
                { "bolivianos", "BOB", false },
                { "ves", "VES", false },
                { "bolivares", "VES", false },
                { "brl", "BRL", false },
                { "uah", "UAH", false },
                { "hrivnya", "UAH", true },
                { "korona", "CZK", true },
                { "hkd", "HKD", false },
                { "jpy", "JPY", false },
                { "taka", "BDT", false },
                { "bdt", "BDT", false },
                { "htg", "HTG", false },
                { "gourdes", "HTG", false } };
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
