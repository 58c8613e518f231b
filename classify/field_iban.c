/* International bank account numbers. Misread letters are put right only where the check sum then proves the whole. */
#include "classify/field_find.h"
#include "classify/field_words.h"
#include <string.h>

#define LONGEST_IBAN 34

typedef struct
{
  const char country[3];
  const char *shape; /* of what follows the check digits: n digit, a letter, c either, with a count */
} IbanShape;

static const IbanShape shapes[] = {
  { "AD", "8n12c" },    { "AT", "16n" },      { "BE", "12n" },      { "BG", "4a6n8c" }, { "CH", "5n12c" },
  { "CY", "8n16c" },    { "CZ", "20n" },      { "DE", "18n" },      { "DK", "14n" },    { "EE", "16n" },
  { "ES", "20n" },      { "FI", "14n" },      { "FR", "10n11c2n" }, { "GB", "4a14n" },  { "GI", "4a15c" },
  { "GR", "7n16c" },    { "HR", "17n" },      { "HU", "24n" },      { "IE", "4a14n" },  { "IS", "22n" },
  { "IT", "1a10n12c" }, { "LI", "5n12c" },    { "LT", "16n" },      { "LU", "3n13c" },  { "LV", "4a13c" },
  { "MC", "10n11c2n" }, { "MT", "4a5n18c" },  { "NL", "4a10n" },    { "NO", "11n" },    { "PL", "24n" },
  { "PT", "21n" },      { "RO", "4a16c" },    { "RS", "18n" },      { "SE", "20n" },    { "SI", "15n" },
  { "SK", "20n" },      { "SM", "1a10n12c" }, { "TR", "6n16c" },    { "UA", "6n19c" },
};

/* The shape with a letter for each place ("aannnn…"), country and check digits included. */
static size_t
spread (const IbanShape *iban, char kinds[LONGEST_IBAN + 1])
{
  size_t n = 0;
  memcpy (kinds, "aann", 4);
  n = 4;
  for (const char *p = iban->shape; *p != '\0'; p++)
    {
      unsigned count = 0;
      for (; g_ascii_isdigit (*p); p++)
        count = count * 10 + (unsigned)(*p - '0');
      for (; count > 0 && n < LONGEST_IBAN; count--)
        kinds[n++] = *p;
    }
  kinds[n] = '\0';
  return n;
}

static bool
checks (const char *iban, size_t n)
{
  unsigned rest = 0;
  for (size_t i = 0; i < n; i++)
    {
      char c = iban[(i + 4) % n];
      rest
          = g_ascii_isdigit (c) ? (rest * 10 + (unsigned)(c - '0')) % 97 : (rest * 100 + (unsigned)(c - 'A') + 10) % 97;
    }
  return rest == 1;
}

/* Letters and digits from @at on, blanks and stray marks passed over; false when there are fewer than @n. */
static bool
collect (const FieldText *text, uint32_t at, size_t n, char *raw, uint32_t *end)
{
  const char *plain = text->plain->str;
  unsigned between = 0;
  for (size_t count = 0; count < n; at++)
    {
      if (g_ascii_isalnum (plain[at]))
        {
          raw[count++] = plain[at];
          between = 0;
        }
      else if (plain[at] == '\0' || strchr (" .,'-:|\n", plain[at]) == NULL || ++between > 3)
        return false;
    }
  *end = at;
  return !g_ascii_isalnum (plain[at]);
}

/* Puts each place into the form its kind demands. */
static bool
shaped (const char *raw, const char *kinds, size_t n, char *iban, bool *repaired)
{
  for (size_t i = 0; i < n; i++)
    {
      char upper = g_ascii_toupper (raw[i]);
      iban[i] = kinds[i] == 'n' ? field_as_digit (raw[i]) : kinds[i] == 'a' ? field_as_letter (raw[i]) : upper;
      if (iban[i] == '\0')
        return false;
      *repaired |= iban[i] != upper;
    }
  iban[n] = '\0';
  return true;
}

/* Tries the places that may hold either also as digits alone. Each further try would let one wrong number in 97 pass.
 */
static bool
proved (char *iban, const char *kinds, size_t n, bool *repaired)
{
  if (checks (iban, n))
    return true;
  *repaired = true;
  char digits[LONGEST_IBAN + 1];
  memcpy (digits, iban, n + 1);
  for (size_t i = 0; i < n; i++)
    if (kinds[i] == 'c' && field_as_digit (iban[i]) != '\0')
      digits[i] = field_as_digit (iban[i]);
  if (checks (digits, n))
    {
      memcpy (iban, digits, n);
      return true;
    }
  return false;
}

static size_t
digits_in (const char *raw, size_t n)
{
  size_t digits = 0;
  for (size_t i = 0; i < n; i++)
    digits += g_ascii_isdigit (raw[i]) != 0;
  return digits;
}

/* True also for what has the shape but not the check sum: then @iban is empty. */
static bool
iban_at (const FieldText *text, uint32_t at, char *iban, uint32_t *end, bool *repaired)
{
  const char *plain = text->plain->str;
  char a = field_as_letter (plain[at]), b = a != '\0' ? field_as_letter (plain[at + 1]) : '\0';
  if (b == '\0')
    return false;
  for (size_t s = 0; s < G_N_ELEMENTS (shapes); s++)
    {
      if (shapes[s].country[0] != a || shapes[s].country[1] != b)
        continue;
      char kinds[LONGEST_IBAN + 1], raw[LONGEST_IBAN + 1];
      size_t n = spread (&shapes[s], kinds);
      *repaired = false;
      if (!collect (text, at, n, raw, end) || !shaped (raw, kinds, n, iban, repaired))
        return false;
      if (proved (iban, kinds, n, repaired))
        return true;
      *iban = '\0';
      return memcmp (raw, shapes[s].country, 2) == 0 && digits_in (raw, n) * 2 > n;
    }
  return false;
}

/* A number may be glued to its label. */
static bool
may_begin (const char *plain, uint32_t at)
{
  return at == 0 || !g_ascii_isalnum (plain[at - 1])
         || (at >= 4 && g_ascii_strncasecmp (plain + at - 4, "iban", 4) == 0);
}

void
field_find_ibans (FieldWork *work)
{
  FieldText *text = work->text;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (uint32_t at = 0; at + 1 < text->plain->len && g_hash_table_size (seen) < FIELD_MOST; at++)
    {
      char iban[LONGEST_IBAN + 1];
      uint32_t end = at;
      bool repaired;
      if (!may_begin (text->plain->str, at) || text->taken[at] != 0 || !iban_at (text, at, iban, &end, &repaired))
        continue;
      FieldSpan span = { at, end };
      field_text_take (text, span); /* a wrong one is no other number either */
      if (*iban != '\0' && g_hash_table_add (seen, g_strdup (iban)))
        field_found (work->findings, text, "iban", iban, span, repaired ? 0.9 : 0.99,
                     repaired ? "iban:mod97-repaired" : "iban:mod97");
      at = end - 1;
    }
}
