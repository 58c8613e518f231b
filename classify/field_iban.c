/* International bank account numbers. Misread letters are put right only where the check sum then proves the whole. */
#include "classify/field_find.h"
#include "classify/field_party.h"
#include "classify/field_words.h"
#include <string.h>

#define LONGEST_IBAN 34

typedef struct
{
  const char country[3];
  const char *shape; /* of what follows the check digits: n digit, a letter, c either, with a count */
} IbanShape;

static const IbanShape shapes[] = {
  { "AD", "8n12c" }, { "AT", "16n" },      { "BE", "12n" },      { "BG", "4a6n8c" },   { "CH", "5n12c" },
  { "CY", "8n16c" }, { "CZ", "20n" },      { "DE", "18n" },      { "DK", "14n" },      { "DO", "4c20n" },
  { "EE", "16n" },   { "ES", "20n" },      { "FI", "14n" },      { "FR", "10n11c2n" }, { "GB", "4a14n" },
  { "GI", "4a15c" }, { "GR", "7n16c" },    { "HR", "17n" },      { "HU", "24n" },      { "IE", "4a14n" },
  { "IS", "22n" },   { "IT", "1a10n12c" }, { "LI", "5n12c" },    { "LT", "16n" },      { "LU", "3n13c" },
  { "LV", "4a13c" }, { "MC", "10n11c2n" }, { "MT", "4a5n18c" },  { "NL", "4a10n" },    { "NO", "11n" },
  { "PL", "24n" },   { "PT", "21n" },      { "RO", "4a16c" },    { "RS", "18n" },      { "SE", "20n" },
  { "SI", "15n" },   { "SK", "20n" },      { "SM", "1a10n12c" }, { "TR", "6n16c" },    { "UA", "6n19c" },
  { "CR", "18n" },   { "BA", "16n" },      { "ME", "18n" },      { "MK", "3n10c2n" },  { "AL", "8n16c" },
  { "XK", "16n" },   { "MD", "20c" },      { "GE", "2a16n" },    { "FO", "14n" },      { "SV", "4a20n" },
  { "GT", "24c" },   { "BR", "23n1a1c" },  { "TN", "20n" },      { "IL", "19n" },      { "AE", "19n" },
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

#define MOST_DOUBTS 3 /* places with two readings: each doubles the tries, and one wrong number in 97 passes a try */

/* Whether the letters and digits from @at on are capitals or have a digit among them. */
static bool
has_digit (const char *plain, uint32_t at)
{
  bool small = false;
  for (; g_ascii_isalnum (plain[at]); at++)
    {
      if (g_ascii_isdigit (plain[at]))
        return true;
      small |= g_ascii_islower (plain[at]);
    }
  return !small;
}

/* Letters and digits from @at on, blanks and stray marks passed over; false when there are fewer than @n. *@alone: the
 * text goes on with neither behind them. */
static bool
collect (const FieldText *text, uint32_t at, size_t n, char *raw, uint32_t *end, bool *alone)
{
  const char *plain = text->plain->str;
  unsigned between = 0;
  for (size_t count = 0; count < n; at++)
    {
      bool seven = plain[at] == '?' && g_ascii_isalnum (plain[at + 1]) && at > 0 && g_ascii_isalnum (plain[at - 1]);
      bool bar = plain[at] == '|' && (count == 0 || g_ascii_isdigit (plain[at + 1]));
      if (between > 0 && count > 4 && g_ascii_isalpha (plain[at]) && !has_digit (plain, at))
        return false; /* a word behind it */
      if (g_ascii_isalnum (plain[at]) || seven || bar)
        {
          raw[count++] = plain[at];
          between = 0;
        }
      else if (plain[at] == '\0' || strchr (" .,'-:|\n~", plain[at]) == NULL || ++between > 3)
        return false;
    }
  *end = at;
  *alone = !g_ascii_isalnum (plain[at]);
  return true;
}

/* The other thing that a letter in the place of a digit, or of a country's letter, can have been; '\0' for none. */
static char
second_reading (char read, char kind)
{
  if (kind == 'n')
    return read == 'B' ? '3' : '\0';
  return kind == 'a' && (read == 'l' || read == '1') ? 'I' : '\0';
}

/* The first reading of each place as its kind wants it; @doubts gets the places with a second. False when a place
 * cannot be what it must be. */
static bool
shaped (const char *raw, const char *kinds, size_t n, char *iban, GArray *doubts, bool *repaired)
{
  for (size_t i = 0; i < n; i++)
    {
      char upper = g_ascii_toupper (raw[i]), second = second_reading (raw[i], kinds[i]);
      iban[i] = kinds[i] == 'n' ? field_as_digit (raw[i]) : kinds[i] == 'a' ? field_as_letter (raw[i]) : upper;
      if (iban[i] == '\0')
        return false;
      *repaired |= iban[i] != upper;
      if (second != '\0')
        g_array_append_val (doubts, i);
    }
  iban[n] = '\0';
  return true;
}

/* With the places that may hold either a letter or a digit as digits alone. */
static bool
proved_as_digits (char *iban, const char *kinds, size_t n)
{
  char digits[LONGEST_IBAN + 1];
  memcpy (digits, iban, n + 1);
  for (size_t i = 0; i < n; i++)
    if (kinds[i] == 'c' && field_as_digit (iban[i]) != '\0')
      digits[i] = field_as_digit (iban[i]);
  if (!checks (digits, n))
    return false;
  memcpy (iban, digits, n);
  return true;
}

/* Whether the check sum holds for one reading of the doubtful places, and for one alone; @iban is that. */
static bool
proved (char *iban, const char *raw, const char *kinds, size_t n, const GArray *doubts, bool *repaired)
{
  char found[LONGEST_IBAN + 1] = "";
  if (doubts->len > MOST_DOUBTS)
    return false;
  for (unsigned choice = 0; choice < 1U << doubts->len; choice++)
    {
      char tried[LONGEST_IBAN + 1];
      memcpy (tried, iban, n + 1);
      for (guint d = 0; d < doubts->len; d++)
        if (choice & (1U << d))
          {
            size_t place = g_array_index (doubts, size_t, d);
            tried[place] = second_reading (raw[place], kinds[place]);
          }
      bool plain = checks (tried, n);
      if (!plain && !proved_as_digits (tried, kinds, n))
        continue;
      if (*found != '\0')
        return false;
      *repaired |= !plain || choice != 0;
      memcpy (found, tried, n + 1);
    }
  memcpy (iban, found, n + 1);
  return *found != '\0';
}

static size_t
digits_in (const char *raw, size_t n)
{
  size_t digits = 0;
  for (size_t i = 0; i < n; i++)
    digits += g_ascii_isdigit (raw[i]) != 0;
  return digits;
}

/* One sign too many: read twice, or a small letter that is no digit. */
static bool
is_extra (const char *raw, size_t n, size_t i)
{
  bool both = i + 1 < n && g_ascii_isalpha (raw[i]) && field_as_digit (raw[i]) == raw[i + 1]; /* "S5" */
  return both || (i > 0 && raw[i] == raw[i - 1]) || (g_ascii_islower (raw[i]) && field_as_digit (raw[i]) == '\0');
}

/* Reads @n signs of @raw; @iban is empty when they do not prove themselves. False when they have not the shape. */
static bool
read_iban (const char *raw, const char *kinds, size_t n, char *iban, bool *repaired)
{
  g_autoptr (GArray) doubts = g_array_new (FALSE, FALSE, sizeof (size_t));
  *repaired = false;
  if (!shaped (raw, kinds, n, iban, doubts, repaired))
    return false;
  if (!proved (iban, raw, kinds, n, doubts, repaired))
    *iban = '\0';
  return true;
}

/* Leaves out each sign that may be too many; the one result that proves itself, or none. */
static bool
read_longer (const char *raw, const char *kinds, size_t n, char *iban)
{
  char found[LONGEST_IBAN + 1] = "";
  for (size_t i = 1; i <= n; i++)
    {
      char shorter[LONGEST_IBAN + 1], tried[LONGEST_IBAN + 1];
      bool repaired;
      if (!is_extra (raw, n + 1, i))
        continue;
      memcpy (shorter, raw, i);
      memcpy (shorter + i, raw + i + 1, n - i);
      if (!read_iban (shorter, kinds, n, tried, &repaired) || *tried == '\0' || strcmp (tried, found) == 0)
        continue;
      if (*found != '\0')
        return false;
      memcpy (found, tried, n + 1);
    }
  memcpy (iban, found, n + 1);
  return *found != '\0';
}

/* True also for what has the shape but not the check sum: then @iban is empty. */
static bool
iban_of_country (const FieldText *text, uint32_t at, const IbanShape *shape, char *iban, uint32_t *end, bool *repaired)
{
  char kinds[LONGEST_IBAN + 1], raw[LONGEST_IBAN + 2];
  size_t n = spread (shape, kinds);
  bool alone;
  if (collect (text, at, n + 1, raw, end, &alone) && alone && read_longer (raw, kinds, n, iban))
    {
      *repaired = true;
      return true;
    }
  if (!collect (text, at, n, raw, end, &alone) || !alone || !read_iban (raw, kinds, n, iban, repaired))
    return false;
  return *iban != '\0' || (memcmp (raw, shape->country, 2) == 0 && digits_in (raw, n) * 2 > n);
}

/* "U56 1030 …": of the country one letter alone is left; the one shape that proves itself, or none. */
static bool
half_country (const FieldText *text, uint32_t at, char *iban, uint32_t *end)
{
  const char *plain = text->plain->str;
  char found[LONGEST_IBAN + 1] = "";
  if (!g_ascii_isupper (plain[at]) || !g_ascii_isdigit (plain[at + 1]) || !g_ascii_isdigit (plain[at + 2]))
    return false;
  for (size_t s = 0; s < G_N_ELEMENTS (shapes); s++)
    {
      char kinds[LONGEST_IBAN + 1], raw[LONGEST_IBAN + 2], tried[LONGEST_IBAN + 1];
      size_t n = spread (&shapes[s], kinds);
      bool alone, repaired;
      uint32_t to;
      if (strchr (shapes[s].country, plain[at]) == NULL || !collect (text, at + 1, n - 2, raw + 2, &to, &alone)
          || !alone)
        continue;
      memcpy (raw, shapes[s].country, 2);
      if (!read_iban (raw, kinds, n, tried, &repaired) || *tried == '\0')
        continue;
      if (*found != '\0')
        return false;
      memcpy (found, tried, n + 1);
      *end = to;
    }
  g_strlcpy (iban, found, LONGEST_IBAN + 1);
  return *found != '\0';
}

static bool
iban_at (const FieldText *text, uint32_t at, char *iban, uint32_t *end, bool *repaired)
{
  const char *plain = text->plain->str;
  char a = field_as_letter (plain[at]), b = a != '\0' ? field_as_letter (plain[at + 1]) : '\0';
  char second = second_reading (plain[at], 'a');
  for (size_t s = 0; b != '\0' && s < G_N_ELEMENTS (shapes); s++)
    if (shapes[s].country[1] == b && (shapes[s].country[0] == a || shapes[s].country[0] == second)
        && iban_of_country (text, at, &shapes[s], iban, end, repaired))
      return true;
  *repaired = true;
  return half_country (text, at, iban, end);
}

/* A number may be glued to its label, or to a word in small letters. */
static bool
may_begin (const char *plain, uint32_t at)
{
  return at == 0 || !g_ascii_isalnum (plain[at - 1])
         || (g_ascii_islower (plain[at - 1]) && g_ascii_isupper (plain[at]) && g_ascii_isupper (plain[at + 1]))
         || (at >= 4 && g_ascii_strncasecmp (plain + at - 4, "iban", 4) == 0);
}

/* "su cuenta ES…", "your account": whose it is stands before it, or "que ustedes indican" behind. */
static bool
is_of_other (const FieldWork *work, FieldSpan span)
{
  static const char accounts[] = "account accounts cuenta compte szamla szamlajara szamlajukra szamlaszamukra iban";
  static const char others[] = "your su sus vuestra votre vos ustedes suya onok";
  static const char own[] = "my our mi mis nuestra mon notre sajat szamlamra szamlankra bankszamlamra";
  const FieldText *text = work->text;
  uint32_t i = field_text_token_at (text, span.from), next = field_text_token_at (text, span.to);
  if (field_is_others (work, field_text_line_at (text, span.from)))
    return true;
  bool account = false;
  for (unsigned n = 0; i > 0 && n < 5 && span.from - field_text_token (text, i - 1)->to < 60; n++)
    {
      const FieldToken *token = field_text_token (text, --i);
      if (token->line + 1 < field_text_line_at (text, span.from))
        break; /* another paragraph's */
      if (field_token_in (text, token, own))
        return false;
      if (account && field_token_in (text, token, others))
        return true;
      if (field_token_in (text, token, "szamlajukra szamlaszamukra szamlajara szamlajukon"))
        return true;
      account |= field_token_near_any (text, token, accounts);
    }
  for (unsigned n = 0; next < text->tokens->len && n < 3; n++, next++)
    if (field_text_token (text, next)->from < span.to + 16
        && field_token_in (text, field_text_token (text, next), "ustedes uds"))
      return true;
  return false;
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
      if (*iban != '\0' && !is_of_other (work, span) && g_hash_table_add (seen, g_strdup (iban)))
        field_found (work->findings, text, "iban", iban, span, repaired ? 0.9 : 0.99,
                     repaired ? "iban:mod97-repaired" : "iban:mod97");
      at = end - 1;
    }
}
