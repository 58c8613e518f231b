#include "cases/point.h"
#include "base/text.h"
#include "store/contact.h"
#include <string.h>

#define PHONE_DIGITS_MIN 6
#define PHONE_DIGITS_MAX 15 /* E.164 */
#define NAME_WORDS_MAX 12
#define LEGAL_LETTERS 4 /* "S.A.S.U." */

/* --- each type --- */

static char *
email_of (const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);
  g_strstrip (lower);
  const char *at = strchr (lower, '@');
  bool whole = at != NULL && at > lower && strchr (at + 1, '@') == NULL && strchr (at + 1, '.') != NULL && at[1] != '.'
               && !g_str_has_suffix (lower, ".") && strpbrk (lower, " \t\n<>,;\"()") == NULL;
  return whole ? g_steal_pointer (&lower) : NULL;
}

static const struct
{
  const char *country, *code, *trunk; /* dialled before a number at home */
  size_t least, most;                 /* digits after it */
} dialling[] = {
  { "ES", "34", "", 9, 9 },   { "FR", "33", "0", 9, 9 },  { "HU", "36", "06", 8, 9 }, { "GB", "44", "0", 9, 10 },
  { "DE", "49", "0", 6, 12 }, { "AT", "43", "0", 6, 12 }, { "BE", "32", "0", 8, 9 },  { "IT", "39", "", 8, 11 },
  { "PT", "351", "", 9, 9 },  { "IE", "353", "0", 7, 9 }, { "RO", "40", "0", 9, 9 },  { "SK", "421", "0", 9, 9 },
};

static char *
phone_at_home (const char *digits, const char *country)
{
  for (gsize i = 0; i < G_N_ELEMENTS (dialling); i++)
    {
      if (strncmp (dialling[i].country, country, 2) != 0 || !g_str_has_prefix (digits, dialling[i].trunk))
        continue;
      const char *rest = digits + strlen (dialling[i].trunk);
      if (strlen (rest) >= dialling[i].least && strlen (rest) <= dialling[i].most)
        return g_strconcat ("+", dialling[i].code, rest, NULL);
    }
  return g_strdup (digits);
}

static char *
phone_of (const char *text, const char *country)
{
  g_autoptr (GString) digits = g_string_new (NULL);
  const char *open = strstr (text, "(0)"); /* +44 (0)20 … */
  for (const char *at = text; *at != '\0'; at++)
    if (g_ascii_isdigit (*at) && at != (open != NULL ? open + 1 : NULL))
      g_string_append_c (digits, *at);
    else if (g_ascii_isalpha (*at) && digits->len > 0)
      break; /* an extension, or another number behind it */
  bool abroad = strchr (text, '+') != NULL && strchr (text, '+') < strpbrk (text, "0123456789");
  if (!abroad && g_str_has_prefix (digits->str, "00"))
    {
      g_string_erase (digits, 0, 2);
      abroad = true;
    }
  if (digits->len < PHONE_DIGITS_MIN || digits->len > PHONE_DIGITS_MAX)
    return NULL;
  return abroad ? g_strconcat ("+", digits->str, NULL) : phone_at_home (digits->str, country);
}

static char *
capitals_of (const char *text)
{
  g_autoptr (GString) kept = g_string_new (NULL);
  for (const char *at = text; *at != '\0'; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (kept, g_ascii_toupper (*at));
  return kept->len > 0 ? g_string_free (g_steal_pointer (&kept), FALSE) : NULL;
}

/* ISO 13616: the first four characters behind the others, letters as 10 to 35, leave 1 when divided by 97. */
static char *
iban_of (const char *text)
{
  g_autofree char *iban = capitals_of (text);
  size_t length = iban != NULL ? strlen (iban) : 0;
  if (length < 15 || length > 34 || !g_ascii_isalpha (iban[0]) || !g_ascii_isalpha (iban[1]))
    return NULL;
  unsigned rest = 0;
  for (size_t i = 0; i < length; i++)
    {
      char c = iban[(i + 4) % length];
      rest
          = g_ascii_isdigit (c) ? (rest * 10 + (unsigned)(c - '0')) % 97 : (rest * 100 + (unsigned)(c - 'A') + 10) % 97;
    }
  return rest == 1 ? g_steal_pointer (&iban) : NULL;
}

/* The words of @text, folded. */
static char **
words_of (const char *text)
{
  g_autofree char *folded = dk_fold (text);
  GStrvBuilder *words = g_strv_builder_new ();
  g_autoptr (GString) word = g_string_new (NULL);
  for (const char *at = folded;; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      if (c != 0 && g_unichar_isalnum (c))
        g_string_append_unichar (word, c);
      else if (word->len > 0 && c != '\'' && c != 0x2019)
        {
          g_strv_builder_add (words, word->str);
          g_string_truncate (word, 0);
        }
      if (c == 0)
        break;
    }
  char **list = g_strv_builder_end (words);
  g_strv_builder_unref (words);
  return list;
}

static char *
address_of (const char *text)
{
  g_auto (GStrv) words = words_of (text);
  return words[0] != NULL ? g_strjoinv (" ", words) : NULL;
}

static bool
is_title (const char *word)
{
  static const char *const titles[]
      = { "mr",  "mrs",  "ms",       "miss",   "dr", "prof", "sr",  "sra", "srta",   "don", "dona",
          "mme", "mlle", "monsieur", "madame", "ur", "ifj",  "ozv", "id",  "maitre", "sir", NULL };
  return g_strv_contains (titles, word);
}

static int
by_text (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

static bool
is_legal_form (const char *word)
{
  static const char *const forms[]
      = { "sl",  "slu",     "sa",  "sau", "sarl", "sas", "sasu",     "eurl",    "snc",     "kft", "zrt", "nyrt",
          "bt",  "kkt",     "ltd", "plc", "llp",  "inc", "llc",      "gmbh",    "ag",      "bv",  "nv",  "srl",
          "spa", "limited", "cb",  "scp", "sci",  "sca", "sociedad", "societe", "company", NULL };
  return g_strv_contains (forms, word);
}

/* How many of @words, from the first of them on, are the legal form of a company: "SL", or "S", "L"; 0: none. */
static guint
legal_form (char **words)
{
  g_autoptr (GString) letters = g_string_new (NULL);
  guint n = 0, found = 0;
  for (; words[n] != NULL && words[n][1] == '\0' && n < LEGAL_LETTERS; n++)
    {
      g_string_append (letters, words[n]);
      found = is_legal_form (letters->str) ? n + 1 : found;
    }
  return n == 0 && words[0] != NULL ? is_legal_form (words[0]) : found;
}

static char *
name_of (const char *text)
{
  g_auto (GStrv) words = words_of (text);
  const char *kept[NAME_WORDS_MAX + 1] = { NULL };
  gsize n = 0;
  for (char **word = words; *word != NULL && n < NAME_WORDS_MAX;)
    {
      guint form = word > words ? legal_form (word) : 0;
      if (form == 0 && !is_title (*word))
        kept[n++] = *word;
      word += MAX (form, 1);
    }
  qsort (kept, n, sizeof *kept, by_text);
  return n > 0 ? g_strjoinv (" ", (char **)(uintptr_t)kept) : NULL;
}

char *
point_normalise (const char *type, const char *text, const char *country)
{
  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return NULL;
  if (strcmp (type, STORE_POINT_EMAIL) == 0)
    return email_of (text);
  if (strcmp (type, STORE_POINT_PHONE) == 0)
    return phone_of (text, country);
  if (strcmp (type, STORE_POINT_IBAN) == 0)
    return iban_of (text);
  if (strcmp (type, STORE_POINT_CUSTOMER) == 0)
    return capitals_of (text);
  if (strcmp (type, STORE_POINT_ADDRESS) == 0)
    return address_of (text);
  return strcmp (type, STORE_POINT_NAME) == 0 ? name_of (text) : NULL;
}

bool
point_is_company (const char *name)
{
  g_auto (GStrv) words = words_of (name);
  for (char **word = words; *word != NULL; word++)
    if (word > words && legal_form (word) > 0)
      return true;
  return false;
}

char *
point_words (const char *text)
{
  g_auto (GStrv) words = words_of (text);
  return g_strjoinv (" ", words);
}

/* --- regions --- */

/* By the first two digits of the postcode, 01 to 52. */
static const char *const provinces[]
    = { "ES-PV", "ES-CM", "ES-VC", "ES-AN", "ES-CL", "ES-EX", "ES-IB", "ES-CT", "ES-CL", "ES-EX", "ES-AN",
        "ES-VC", "ES-CM", "ES-AN", "ES-GA", "ES-CM", "ES-CT", "ES-AN", "ES-CM", "ES-PV", "ES-AN", "ES-AR",
        "ES-AN", "ES-CL", "ES-CT", "ES-RI", "ES-GA", "ES-MD", "ES-AN", "ES-MC", "ES-NC", "ES-GA", "ES-AS",
        "ES-CL", "ES-CN", "ES-GA", "ES-CL", "ES-CN", "ES-CB", "ES-CL", "ES-AN", "ES-CL", "ES-CT", "ES-AR",
        "ES-CM", "ES-VC", "ES-CL", "ES-PV", "ES-CL", "ES-AR", "ES-CE", "ES-ML" };

static const struct
{
  const char *region, *departments;
} french[] = {
  { "FR-ARA", " 01 03 07 15 26 38 42 43 63 69 73 74 " },
  { "FR-BFC", " 21 25 39 58 70 71 89 90 " },
  { "FR-BRE", " 22 29 35 56 " },
  { "FR-CVL", " 18 28 36 37 41 45 " },
  { "FR-20R", " 20 " },
  { "FR-GES", " 08 10 51 52 54 55 57 67 68 88 " },
  { "FR-HDF", " 02 59 60 62 80 " },
  { "FR-IDF", " 75 77 78 91 92 93 94 95 " },
  { "FR-NOR", " 14 27 50 61 76 " },
  { "FR-NAQ", " 16 17 19 23 24 33 40 47 64 79 86 87 " },
  { "FR-OCC", " 09 11 12 30 31 32 34 46 48 65 66 81 82 " },
  { "FR-PDL", " 44 49 53 72 85 " },
  { "FR-PAC", " 04 05 06 13 83 84 " },
};

/* The last word of five digits: the house number of a long street stands before it. */
static const char *
postcode_of (char **words)
{
  const char *found = NULL;
  for (char **word = words; *word != NULL; word++)
    if (strlen (*word) == 5 && strspn (*word, "0123456789") == 5)
      found = *word;
  return found;
}

/* --- countries --- */

#define POSTCODES_OF_FIVE 5 /* digits */
#define POSTCODES_OF_FOUR 4

/* What an address has in one country alone: its name as a last word, what streets are called, the languages of letters
 * from there, and how many digits its postcodes have. */
static const struct
{
  const char *country, *names, *streets, *languages;
  size_t digits;
} places[] = {
  { "ES", " espana spain espagne spanyolorszag ",
    " calle avda avenida plaza paseo camino carretera ctra ronda travesia glorieta urbanizacion pza carrer rua ",
    " es ca gl eu ", POSTCODES_OF_FIVE },
  { "FR", " france francia franciaorszag ",
    " rue avenue boulevard bd chemin allee allees impasse quai route cours cedex faubourg lotissement ", " fr ",
    POSTCODES_OF_FIVE },
  { "HU", " magyarorszag hungary hongrie hungria ", " utca ut ter korut fasor koz setany dulo rakpart utja tere hrsz ",
    " hu ", POSTCODES_OF_FOUR },
};

static bool
is_in (const char *list, const char *word)
{
  g_autofree char *whole = g_strdup_printf (" %s ", word);
  return strstr (list, whole) != NULL;
}

/* "ls6 2ab": a letter or two, a digit, perhaps one sign more; a digit and two letters. */
static bool
is_british (const char *outward, const char *inward)
{
  return g_regex_match_simple ("^[a-z]{1,2}[0-9][0-9a-z]?$", outward, 0, 0)
         && g_regex_match_simple ("^[0-9][a-z]{2}$", inward, 0, 0);
}

static bool
has_digits (char **words, size_t digits)
{
  for (; *words != NULL; words++)
    if (strlen (*words) == digits && strspn (*words, "0123456789") == digits)
      return true;
  return false;
}

static const char *
named_country (char **words)
{
  static const char british[] = " uk gb england scotland wales britain kingdom unido uni kiralysag britannia ";
  guint n = g_strv_length (words);
  if (n > 0 && is_in (british, words[n - 1]))
    return "GB";
  for (gsize i = 0; n > 0 && i < G_N_ELEMENTS (places); i++)
    if (is_in (places[i].names, words[n - 1]))
      return places[i].country;
  for (guint i = 1; i < n; i++)
    if (is_british (words[i - 1], words[i]))
      return "GB";
  return "";
}

/* Whose postcode it is, of those whose streets are called so, else of those that write @language. */
static const char *
postcode_country (char **words, const char *language)
{
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    for (char **word = words; *word != NULL; word++)
      if (is_in (places[i].streets, *word))
        return has_digits (words, places[i].digits) ? places[i].country : "";
  for (gsize i = 0; language != NULL && i < G_N_ELEMENTS (places); i++)
    if (is_in (places[i].languages, language) && has_digits (words, places[i].digits))
      return places[i].country;
  return "";
}

const char *
point_country (const char *address, const char *language)
{
  g_auto (GStrv) words = words_of (address);
  const char *named = named_country (words);
  return *named != '\0' ? named : postcode_country (words, language);
}

const char *
point_region (const char *address, const char *country)
{
  g_auto (GStrv) words = words_of (address);
  const char *postcode = postcode_of (words);
  if (postcode == NULL)
    return "";
  unsigned number = (unsigned)(postcode[0] - '0') * 10 + (unsigned)(postcode[1] - '0');
  if (strncmp (country, "ES", 2) == 0)
    return number >= 1 && number <= G_N_ELEMENTS (provinces) ? provinces[number - 1] : "";
  g_autofree char *department = g_strdup_printf (" %.2s ", postcode);
  for (gsize i = 0; strncmp (country, "FR", 2) == 0 && i < G_N_ELEMENTS (french); i++)
    if (strstr (french[i].departments, department) != NULL)
      return french[i].region;
  return "";
}
