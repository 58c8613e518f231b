/* "Ltd", "S. L.", "Kft.": the forms of firms, which part them from people. */
#include "classify/field_party.h"
#include <string.h>

static bool
is_form (const FieldText *text, const char *squeezed)
{
  return g_strv_contains (field_vocabulary_list (text->words, FIELD_LIST_FIRM_FORM)->plain, squeezed);
}

/* Capital letters alone, or a capital first: "ltd" in small letters is none, nor is "sa" the French word. */
static bool
may_be_form (const char *p)
{
  return g_ascii_isupper (*p) || strncmp (p, "asbl", 4) == 0 || strncmp (p, "inc.", 4) == 0
         || strncmp (p, "ltee", 4) == 0 || strncmp (p, "enr.", 4) == 0;
}

/* Where the partner that begins at @at ends; @at when there is none. */
static uint32_t
partner_end (const FieldText *text, uint32_t at)
{
  const char *word = text->plain->str + at;
  const char *const *partner = field_vocabulary_list (text->words, FIELD_LIST_FIRM_PARTNER)->plain;
  for (; g_ascii_isupper (*word) && *partner != NULL; partner++)
    {
      size_t n = strlen (*partner);
      if (g_ascii_strncasecmp (word, *partner, n) == 0 && !g_ascii_isalnum (word[n]))
        return at + (uint32_t)n;
    }
  return at;
}

/* Where "& Associés", "(Regd.)" or "és Fia" ends, which begins at @at; @at when none does. */
static uint32_t
partners_end (const FieldText *text, uint32_t at)
{
  static const char *const joints[] = { "& ", "and ", "et ", "y ", "e ", "es " };
  static const char *const asides[] = { "(regd.)", "(regd)", "(pvt)", "(pvt.)", "(p)" };
  for (size_t i = 0; i < G_N_ELEMENTS (asides); i++)
    if (g_ascii_strncasecmp (text->plain->str + at, asides[i], strlen (asides[i])) == 0)
      return at + (uint32_t)strlen (asides[i]);
  for (size_t j = 0; j < G_N_ELEMENTS (joints); j++)
    {
      uint32_t from = at + (uint32_t)strlen (joints[j]);
      uint32_t end
          = g_ascii_strncasecmp (text->plain->str + at, joints[j], from - at) == 0 ? partner_end (text, from) : from;
      if (end > from)
        return end;
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
  uint32_t partners = partners_end (text, i);
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
      if (capitals && !state && is_form (text, squeezed))
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
  const char *plain = text->plain->str + span.from;
  const char *const *form = field_vocabulary_list (text->words, FIELD_LIST_FIRM_FORM_FIRST)->printed;
  for (; *form != NULL; form++)
    {
      size_t n = strlen (*form);
      if (span.to - span.from > n + 3 && memcmp (plain, *form, n) == 0 && plain[n] == ' '
          && g_ascii_isalpha (plain[n + 1]))
        return true;
    }
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
