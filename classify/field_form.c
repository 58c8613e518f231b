/* "Ltd", "S. L.", "Kft.": the forms of firms, which part them from people. */
#include "classify/field_party.h"
#include <string.h>

/* Forms of firms without dots and blanks; what else of a longer one stands behind "sa" and "slu" begins with these. */
static const char *const forms[]
    = { "ltd",  "limited", "inc",  "llc",  "plc", "llp",  "ptyltd", "gmbh", "sarl",  "sas", "sasu",   "eurl",    "srl",
        "sprl", "asbl",    "sl",   "slu",  "sll", "sa",   "sau",    "sc",   "scoop", "scl", "sadecv", "srldecv", "spa",
        "eirl", "sac",     "ltda", "kft",  "bt",  "zrt",  "nyrt",   "kkt",  "rt",    "bv",  "cb",     "scp",     "nv",
        "enr",  "ag",      "cic",  "ltee", "co",  "corp", "snc",    "scrl", "dac",   "clg" };

static bool
is_form (const char *squeezed)
{
  for (size_t i = 0; i < G_N_ELEMENTS (forms); i++)
    if (strcmp (squeezed, forms[i]) == 0)
      return true;
  return false;
}

/* Capital letters alone, or a capital first: "ltd" in small letters is none, nor is "sa" the French word. */
static bool
may_be_form (const char *p)
{
  return g_ascii_isupper (*p) || strncmp (p, "asbl", 4) == 0 || strncmp (p, "inc.", 4) == 0
         || strncmp (p, "ltee", 4) == 0 || strncmp (p, "enr.", 4) == 0;
}

/* Where "& Associés", "(Regd.)" or "és Fia" ends, which begins at @at; @at when none does. */
static uint32_t
partners_end (const char *plain, uint32_t at)
{
  static const char *const joints[] = { "& ", "and ", "et ", "y ", "e ", "es " };
  static const char *const partners[]
      = { "associes", "associates", "asociados", "partners", "sons",  "daughters", "brothers",
          "bros",     "fils",       "freres",    "filles",   "hijos", "hijas",     "hermanos",
          "cia",      "cie",        "tarsa",     "tarsai",   "fia",   "fiai",      "lanyai" };
  static const char *const asides[] = { "(regd.)", "(regd)", "(pvt)", "(pvt.)", "(p)" };
  for (size_t i = 0; i < G_N_ELEMENTS (asides); i++)
    if (g_ascii_strncasecmp (plain + at, asides[i], strlen (asides[i])) == 0)
      return at + (uint32_t)strlen (asides[i]);
  for (size_t j = 0; j < G_N_ELEMENTS (joints); j++)
    for (size_t i = 0;
         g_ascii_strncasecmp (plain + at, joints[j], strlen (joints[j])) == 0 && i < G_N_ELEMENTS (partners); i++)
      {
        const char *word = plain + at + strlen (joints[j]);
        size_t n = strlen (partners[i]);
        if (g_ascii_isupper (*word) && g_ascii_strncasecmp (word, partners[i], n) == 0 && !g_ascii_isalnum (word[n]))
          return (uint32_t)(word + n - plain);
      }
  return at;
}

uint32_t
field_form_end (const FieldText *text, uint32_t at)
{
  const char *plain = text->plain->str;
  char squeezed[12] = "";
  size_t n = 0;
  uint32_t end = at, i = at + (uint32_t)strspn (plain + at, ", ");
  if (i > at + 3)
    return at;
  uint32_t partners = partners_end (plain, i);
  if (partners > i)
    return partners;
  if (!may_be_form (plain + i))
    return at;
  for (unsigned words = 0; words < 5 && n + 1 < sizeof squeezed;)
    {
      for (; g_ascii_isalpha (plain[i]) && n + 1 < sizeof squeezed; i++)
        squeezed[n++] = g_ascii_tolower (plain[i]);
      squeezed[n] = '\0';
      words++;
      if (g_ascii_isalnum (plain[i]))
        break;
      bool capitals = n >= 2 || plain[i] == '.';
      i += plain[i] == '.';
      bool state = strcmp (squeezed, "co") == 0 && plain[i] == ' ' && g_ascii_isdigit (plain[i + 1]); /* Colorado */
      if (capitals && !state && is_form (squeezed))
        end = i;
      i += plain[i] == ' ';
      if (!g_ascii_isalpha (plain[i]))
        break;
    }
  return end;
}

/* "SARL Garage des Tilleuls", "Ets Morel": French puts the form first. */
static bool
begins_with_form (const FieldText *text, FieldSpan span)
{
  static const char *const first[]
      = { "SARL ", "SAS ", "SASU ", "EURL ", "SCI ", "SCEA ", "GAEC ", "EARL ", "Ets ", "ETS ", "Ste " };
  for (size_t i = 0; i < G_N_ELEMENTS (first); i++)
    if (span.to - span.from > strlen (first[i]) + 2
        && memcmp (text->plain->str + span.from, first[i], strlen (first[i])) == 0
        && g_ascii_isalpha (text->plain->str[span.from + strlen (first[i])]))
      return true;
  return false;
}

bool
field_has_form (const FieldText *text, FieldSpan span)
{
  if (begins_with_form (text, span))
    return true;
  for (uint32_t i = span.from + 2; i + 1 < span.to; i++)
    if (text->plain->str[i] == ' '
        && g_ascii_isalnum (text->plain->str[i - 1] == ',' ? text->plain->str[i - 2] : text->plain->str[i - 1])
        && field_form_end (text, i) > i && field_form_end (text, i) <= span.to + 1)
      return true;
  return false;
}
