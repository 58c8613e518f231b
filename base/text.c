#include "base/text.h"
#include "base/text_units.h"
#include <stdbool.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utrans.h>

/* Code points below keep their folding: letters, marks and punctuation of the four languages. */
#define TABLE_SIZE 0x3000
#define CODE_POINT_UNITS 64 /* a code point folds to 18 units of UTF-16 at the most, U+FDFA */

/* Folding is done code point by code point, so that a result can be led back; what is left of a combining mark is
 * nothing. Transliterators are not safe between threads and the table is filled as needed: one lock guards both. */
static GMutex lock;
static char *table[TABLE_SIZE];

static UTransliterator *
open_rules (const char *rules)
{
  UErrorCode code = U_ZERO_ERROR;
  UChar id[] = { 'd', 'k', 0 }, text[256];
  u_uastrcpy (text, rules);
  UTransliterator *opened = utrans_openU (id, -1, UTRANS_FORWARD, text, -1, NULL, &code);
  g_assert (U_SUCCESS (code)); /* rules of ours, data in the library */
  return opened;
}

/* In place; what does not fit stays as it is. Returns the length. */
static int32_t
transliterate (UTransliterator *rules, UChar *text, int32_t length, int32_t capacity)
{
  UErrorCode code = U_ZERO_ERROR;
  int32_t limit = length, result = length;
  utrans_transUChars (rules, text, &result, capacity, 0, &limit, &code);
  return U_SUCCESS (code) ? result : length;
}

char *
dk_utf8 (const UChar *units, int32_t length)
{
  UErrorCode code = U_ZERO_ERROR;
  int32_t size = 0;
  int32_t capacity = length * 3 + 1;
  char *bytes = g_malloc ((gsize)capacity);
  u_strToUTF8WithSub (bytes, capacity, &size, units, length, 0xFFFD, NULL, &code);
  bytes[U_SUCCESS (code) ? size : 0] = '\0';
  return bytes;
}

UChar *
dk_units (const char *text, int32_t *length)
{
  UErrorCode code = U_ZERO_ERROR;
  int32_t n = 0;
  gsize bytes = text != NULL ? strlen (text) : 0;
  g_assert (bytes < G_MAXINT32 / 4); /* the ceilings of base/limits.h are far below */
  UChar *units = g_new (UChar, bytes + 1);
  u_strFromUTF8WithSub (units, (int32_t)bytes + 1, &n, text, (int32_t)bytes, 0xFFFD, NULL, &code);
  n = U_SUCCESS (code) ? n : 0;
  units[n] = 0;
  if (length != NULL)
    *length = n;
  return units;
}

/* --- folding --- */

/* Letters and signs usual in the four languages and those beside them that are more than an ASCII letter with marks,
 * and what the rules make of them: opening the rules costs a program as much as all else at its start. */
static const struct
{
  UChar c;
  const char *folded;
} usual_signs[] = {
  { 0xA1, "!" },   { 0xA3, "£" },    { 0xA7, "§" },    { 0xAB, "<<" },   { 0xB0, "°" },    { 0xB7, "·" },
  { 0xBB, ">>" },  { 0xBF, "?" },    { 0xD7, "*" },    { 0xE6, "ae" },   { 0x142, "l" },   { 0x153, "oe" },
  { 0x2010, "-" }, { 0x2011, "-" },  { 0x2013, "-" },  { 0x2014, "-" },  { 0x2015, "-" },  { 0x2018, "'" },
  { 0x2019, "'" }, { 0x201A, "," },  { 0x201C, "\"" }, { 0x201D, "\"" }, { 0x201E, ",," }, { 0x2022, "•" },
  { 0x20AC, "€" }, { 0x2192, "->" }, { 0x2212, "-" },
};

static const char *
usual_sign (const UChar *text, int32_t length)
{
  for (gsize i = 0; length == 1 && i < G_N_ELEMENTS (usual_signs); i++)
    if (usual_signs[i].c == text[0])
      return usual_signs[i].folded;
  return NULL;
}

/* The ASCII of letters that are no more than that under their marks. NULL where there is more to them. */
static char *
bare_letters (const UChar *text, int32_t length)
{
  UErrorCode code = U_ZERO_ERROR;
  UChar parts[CODE_POINT_UNITS];
  int32_t n = unorm2_normalize (unorm2_getNFDInstance (&code), text, length, parts, CODE_POINT_UNITS, &code);
  g_autoptr (GString) bare = g_string_new (NULL);
  for (int32_t i = 0; U_SUCCESS (code) && i < n; i++)
    if (parts[i] < 0x80)
      g_string_append_c (bare, g_ascii_tolower ((char)parts[i]));
    else if (u_charType (parts[i]) != U_NON_SPACING_MARK)
      return NULL;
  return U_SUCCESS (code) ? g_strdup (bare->str) : NULL;
}

static char *
fold_code_point (UChar32 c)
{
  static UTransliterator *rules;
  UErrorCode code = U_ZERO_ERROR;
  UChar raw[2], folded[CODE_POINT_UNITS];
  int32_t n = 0;
  U16_APPEND_UNSAFE (raw, n, c);
  int32_t length = unorm2_normalize (unorm2_getNFKCCasefoldInstance (&code), raw, n, folded, CODE_POINT_UNITS, &code);
  if (U_FAILURE (code))
    return g_strdup ("");
  const char *sign = usual_sign (folded, length);
  char *bare = sign != NULL ? g_strdup (sign) : bare_letters (folded, length);
  if (bare != NULL)
    return bare;
  if (rules == NULL)
    rules = open_rules (":: NFD; :: [:Nonspacing Mark:] Remove; :: Latin-ASCII; :: Lower;");
  return dk_utf8 (folded, transliterate (rules, folded, length, CODE_POINT_UNITS));
}

static void
append_folded (GString *folded, UChar32 c)
{
  g_mutex_lock (&lock);
  if (c < TABLE_SIZE && table[c] == NULL)
    table[c] = fold_code_point (c);
  g_autofree char *rare = c < TABLE_SIZE ? NULL : fold_code_point (c);
  g_string_append (folded, rare != NULL ? rare : table[c]);
  g_mutex_unlock (&lock);
}

static void
note_origin (GArray *origin, const char *added, guint32 index)
{
  for (; *added != '\0'; added++)
    if (((guchar)*added & 0xC0) != 0x80)
      g_array_append_val (origin, index);
}

static char *
fold (const char *text, GArray *origin)
{
  gsize size = strlen (text);
  GString *folded = g_string_sized_new (size);
  guint32 index = 0;
  for (gsize at = 0; at < size; index++)
    {
      gsize before = folded->len;
      UChar32 c;
      U8_NEXT (text, at, size, c);
      if (c < 0)
        c = 0xFFFD;
      if (c < 0x80)
        g_string_append_c (folded, g_ascii_tolower ((char)c));
      else
        append_folded (folded, c);
      if (origin != NULL)
        note_origin (origin, folded->str + before, index);
    }
  return g_string_free (folded, FALSE);
}

char *
dk_fold (const char *text)
{
  return fold (text, NULL);
}

char *
dk_fold_mapped (const char *text, GArray **origin)
{
  *origin = g_array_new (FALSE, FALSE, sizeof (guint32));
  return fold (text, *origin);
}

/* --- forms --- */

static bool
is_ascii (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar)*text >= 0x80)
      return false;
  return true;
}

char *
dk_nfc (const char *text)
{
  if (is_ascii (text))
    return g_strdup (text);
  UErrorCode code = U_ZERO_ERROR;
  int32_t length;
  g_autofree UChar *raw = dk_units (text, &length);
  int32_t capacity = length * 3 + 1; /* the worst growth of NFC in UTF-16 */
  g_autofree UChar *composed = g_new (UChar, capacity);
  int32_t result = unorm2_normalize (unorm2_getNFCInstance (&code), raw, length, composed, capacity, &code);
  return U_SUCCESS (code) ? dk_utf8 (composed, result) : dk_utf8 (raw, length);
}

char *
dk_ascii (const char *text)
{
  static UTransliterator *rules;
  if (is_ascii (text))
    return g_strdup (text);
  int32_t length;
  g_autofree UChar *raw = dk_units (text, &length);
  int32_t capacity = length * CODE_POINT_UNITS + 1;
  g_autofree UChar *units = g_new (UChar, capacity);
  u_memcpy (units, raw, length);
  g_mutex_lock (&lock);
  if (rules == NULL)
    rules = open_rules (":: Any-Latin; :: Latin-ASCII; :: NFKD; :: Latin-ASCII; :: [:^ASCII:] Remove;");
  length = transliterate (rules, units, length, capacity);
  g_mutex_unlock (&lock);
  return dk_utf8 (units, length);
}

size_t
dk_offset (const char *text, uint32_t index)
{
  const char *at = text;
  for (; index > 0 && *at != '\0'; index--)
    at = g_utf8_next_char (at);
  return (size_t)(at - text);
}

/* Of a word of a label. */
static bool
is_of_word (const char *at)
{
  guchar c = (guchar)*at;
  return c < 0x80 ? g_ascii_isalnum (c) || c == '*' : g_unichar_isalnum (g_utf8_get_char (at));
}

char **
dk_label_words (const char *text)
{
  g_autofree char *folded = dk_fold (text);
  GPtrArray *found = g_ptr_array_new ();
  for (const char *p = folded; *p != '\0';)
    {
      const char *from = p;
      while (*p != '\0' && is_of_word (p))
        p = g_utf8_next_char (p);
      if (p > from)
        g_ptr_array_add (found, g_strndup (from, (gsize)(p - from)));
      else
        p = g_utf8_next_char (p);
    }
  g_ptr_array_add (found, NULL);
  return (char **)g_ptr_array_free (found, FALSE);
}
