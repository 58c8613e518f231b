#include "classify/field_tokens.h"
#include <string.h>

#define LONGEST_GLUED 40 /* letters or digits before a lost blank */

static bool
begins_small_word (const char *p)
{
  return (g_ascii_strncasecmp (p, "de", 2) == 0 || g_ascii_strncasecmp (p, "of", 2) == 0) && !g_ascii_isalnum (p[2]);
}

/* What a number is often written before. */
static bool
begins_unit (const char *word, uint32_t n)
{
  static const char *const units[]
      = { "jan", "fev", "feb", "mar", "apr", "avr", "abr", "may", "mai", "maj", "jun", "jui", "jul",
          "aug", "aou", "ago", "sep", "sze", "oct", "okt", "nov", "dec", "dic", "ene", "day", "jou",
          "dia", "nap", "wee", "sem", "het", "eur", "for", "pou", "fra", "pes", "dol" };
  for (size_t i = 0; n >= 3 && i < G_N_ELEMENTS (units); i++)
    if (g_ascii_strncasecmp (word, units[i], 3) == 0)
      return true;
  return false;
}

/* Whether a blank was lost between the bytes before and at @at: "le31", "de2024", "5mai", "Order70". */
static bool
lost_blank (const char *plain, uint32_t from, uint32_t at)
{
  bool number = g_ascii_isdigit (plain[from]) != 0;
  uint32_t before = at - from, after = 0;
  bool turns = (g_ascii_isdigit (plain[at - 1]) != 0) != (g_ascii_isdigit (plain[at]) != 0)
               || (g_ascii_islower (plain[at - 1]) && g_ascii_isupper (plain[at]));
  if (!turns || before > LONGEST_GLUED)
    return false;
  if (before >= 5 && g_ascii_islower (plain[at - 1]) && g_ascii_islower (plain[at - 2]) && g_ascii_isupper (plain[at]))
    return !g_ascii_islower (plain[at + 1])                                       /* "invoiceA/20931" */
           || (g_ascii_isupper (plain[from]) && g_ascii_islower (plain[at + 2])); /* "NemesCsongor" */
  for (uint32_t i = from; i < at; i++)
    if ((g_ascii_isdigit (plain[i]) != 0) != number)
      return false;
  if (number == (g_ascii_isdigit (plain[at]) != 0))
    return false;
  while (after < LONGEST_GLUED && g_ascii_isalnum (plain[at + after])
         && (g_ascii_isdigit (plain[at + after]) != 0) != number)
    after++;
  if (number && after >= 4 && g_ascii_isupper (plain[at]) && g_ascii_islower (plain[at + 1])
      && g_ascii_islower (plain[at + 2]) && g_ascii_islower (plain[at + 3]))
    return true; /* "118-6Best" */
  if (number)
    return (before >= 4 && before <= 5 && after >= 3 && g_ascii_isupper (plain[at]) && g_ascii_islower (plain[at + 1])
            && g_ascii_islower (plain[at + 2])) /* "71250Cluny" */
           || (before <= 4 && (begins_unit (plain + at, after) || begins_small_word (plain + at)));
  bool small_word = before == 2 && strchr ("dleoaubn", g_ascii_tolower (plain[from])) != NULL
                    && strchr ("elnfuy", plain[from + 1]) != NULL && after >= 2;
  return (before >= 3 || small_word) && g_ascii_islower (plain[at - 1]) && !g_ascii_isalpha (plain[at + after]);
}

void
field_tokens_find (FieldText *text)
{
  const char *plain = text->plain->str;
  for (uint32_t l = 0; l < text->lines->len; l++)
    {
      const FieldLine *line = field_text_line (text, l);
      for (uint32_t i = line->from; i < line->to; i++)
        {
          if (!g_ascii_isalnum (plain[i]) && plain[i] != FIELD_OTHER)
            continue;
          FieldToken token = { .from = i, .line = l };
          bool digits = false, letters = false;
          for (; i < line->to && (g_ascii_isalnum (plain[i]) || plain[i] == FIELD_OTHER)
                 && !(i > token.from && lost_blank (plain, token.from, i));
               i++)
            g_ascii_isdigit (plain[i]) ? (digits = true) : (letters = true);
          token.to = i;
          token.kind = digits && letters ? FIELD_TOKEN_MIXED : digits ? FIELD_TOKEN_NUMBER : FIELD_TOKEN_WORD;
          g_array_append_val (text->tokens, token);
          i--; /* the loop steps on over the byte behind it, which a lost blank made the first of the next */
        }
    }
}
