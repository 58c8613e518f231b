#include "classify/field_broken.h"
#include "classify/field_currency.h"
#include <string.h>

#define RUNNING 30 /* bytes of a line that goes on below; a shorter one is a line of a table or an address */

/* Behind the currency that begins at @at; @at when none does. */
static uint32_t
currency_end (const char *plain, uint32_t at)
{
  if (field_currency_of_sign (plain[at]) != NULL)
    return at + 1;
  uint32_t to = at;
  while (g_ascii_isalpha (plain[to]))
    to++;
  return to > at && !g_ascii_isdigit (plain[to]) && field_currency_of_word (plain + at, to - at) != NULL ? to : at;
}

static uint32_t
blank_end (const char *plain, uint32_t at)
{
  return at + (plain[at] == ' ');
}

/* Behind groups of three digits and decimals that begin at @at; @at when what begins there is no group. */
static uint32_t
groups_end (const char *plain, uint32_t at)
{
  uint32_t to = at;
  while (strspn (plain + to, "0123456789") == 3)
    {
      to += 3;
      if (strchr (".,", plain[to]) != NULL && plain[to] != '\0' && strspn (plain + to + 1, "0123456789") == 2)
        return to + 3;
      if (strchr (" .", plain[to]) == NULL || plain[to] == '\0' || strspn (plain + to + 1, "0123456789") != 3)
        return to;
      to++;
    }
  return to;
}

/* Whether one to three digits alone, as the first group of a number is, stand before @end. */
static bool
ends_in_group (const char *plain, uint32_t from, uint32_t end)
{
  uint32_t at = end;
  while (at > from && g_ascii_isdigit (plain[at - 1]))
    at--;
  return end > at && end - at <= 3 && at > from && plain[at - 1] == ' ' && plain[at] != '0';
}

/* Whether the sum that the line from @from to @end begins goes on at @next. */
static bool
is_broken (const FieldText *text, uint32_t from, uint32_t end, uint32_t next)
{
  const char *plain = text->plain->str;
  if (g_ascii_isdigit (plain[end - 1]))
    {
      uint32_t groups = groups_end (plain, next), currency = currency_end (plain, next);
      if (!text->english && groups > next && ends_in_group (plain, from, end))
        return currency_end (plain, blank_end (plain, groups)) > blank_end (plain, groups);
      return currency > next && !g_ascii_isdigit (plain[blank_end (plain, currency)]);
    }
  uint32_t before = end - 1 - (end - 1 > from && plain[end - 2] == ' ');
  return field_currency_of_sign (plain[end - 1]) != NULL && g_ascii_isdigit (plain[next])
         && (before == from || !g_ascii_isdigit (plain[before - 1]));
}

void
field_broken_join (FieldText *text)
{
  for (uint32_t l = 0; l + 1 < text->lines->len; l++)
    {
      const FieldLine *line = field_text_line (text, l), *below = field_text_line (text, l + 1);
      if (line->to - line->from >= RUNNING && below->from < below->to && below->page == line->page
          && text->plain->str[line->to] == '\n' && below->from == line->to + 1
          && is_broken (text, line->from, line->to, below->from))
        text->plain->str[line->to] = ' ';
    }
}
