/* "Ltd", "S. L.", "Kft.": the forms of firms, which part them from people. */
#include "classify/field_party.h"
#include <string.h>

/* Forms of firms without dots and blanks; what else of a longer one stands behind "sa" and "slu" begins with these. */
static const char *const forms[]
    = { "ltd",     "limited", "inc",  "llc", "plc",  "llp", "ptyltd", "gmbh", "sarl", "sas",   "sasu", "eurl",
        "srl",     "sprl",    "asbl", "sl",  "slu",  "sll", "sa",     "sau",  "sc",   "scoop", "scl",  "sadecv",
        "srldecv", "spa",     "eirl", "sac", "ltda", "kft", "bt",     "zrt",  "nyrt", "kkt",   "rt",   "bv",
        "nv",      "enr",     "ag",   "cic", "ltee", "co",  "corp",   "snc",  "scrl", "dac",   "clg" };

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

uint32_t
field_form_end (const FieldText *text, uint32_t at)
{
  const char *plain = text->plain->str;
  char squeezed[12] = "";
  size_t n = 0;
  uint32_t end = at, i = at + (uint32_t)strspn (plain + at, ", ");
  if (i > at + 3 || !may_be_form (plain + i))
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
      if (capitals && is_form (squeezed))
        end = i;
      i += plain[i] == ' ';
      if (!g_ascii_isalpha (plain[i]))
        break;
    }
  return end;
}

bool
field_has_form (const FieldText *text, FieldSpan span)
{
  for (uint32_t i = span.from + 2; i + 1 < span.to; i++)
    if (text->plain->str[i] == ' '
        && g_ascii_isalnum (text->plain->str[i - 1] == ',' ? text->plain->str[i - 2] : text->plain->str[i - 1])
        && field_form_end (text, i) > i && field_form_end (text, i) <= span.to + 1)
      return true;
  return false;
}
