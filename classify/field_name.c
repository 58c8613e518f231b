#include "classify/field_address.h"
#include "classify/field_words.h"
#include <string.h>

#define LONGEST_NAME 64
#define MOST_WORDS 8
#define MOST_CASELESS 3 /* words of a script without capitals: more are a sentence */

/* A digit in a word of letters: "8ogdan". */
static bool
is_misread_letter (const FieldText *text, FieldSpan span, uint32_t at)
{
  const char *plain = text->plain->str;
  uint32_t from = at, to = at + 1;
  while (from > span.from && g_ascii_isalpha (plain[from - 1]))
    from--;
  while (to < span.to && g_ascii_isalpha (plain[to]))
    to++;
  return g_ascii_isdigit (plain[at]) && to - from >= 4;
}

/* Whether the word of another script @token may begin a name: a capital, or a letter of a script that has none, which
 * is counted in @caseless. */
static bool
begins_foreign_name (const FieldText *text, const FieldToken *token, unsigned *caseless)
{
  g_autofree char *printed = field_text_printed (text, (FieldSpan){ token->from, token->to });
  gunichar first = g_utf8_get_char (printed);
  bool cased = g_unichar_toupper (first) != g_unichar_tolower (first);
  *caseless += cased ? 0 : 1;
  return cased ? g_unichar_isupper (first) : *caseless <= MOST_CASELESS;
}

/* Letters and the marks that names have; *@misread when one letter was read as a digit, of which a name may have one.
 */
static bool
has_letters_of_name (const FieldText *text, FieldSpan span, bool *misread)
{
  *misread = false;
  for (uint32_t i = span.from; i < span.to; i++)
    {
      char c = text->plain->str[i];
      if (g_ascii_isalpha (c) || strchr (" .'-&,\x03", c) != NULL)
        continue;
      if (*misread || !is_misread_letter (text, span, i))
        return false;
      *misread = true;
    }
  return true;
}

/* Whether the word @token may stand in a name, as the first of it or behind others; @capital: it begins as names do;
 * @joined: by a dash to the word before. */
static bool
may_stand_in_name (const FieldText *text, const FieldToken *token, bool first, bool capital, bool joined)
{
  if (!capital && (first || (!joined && !field_token_in (text, token, field_list (text, FIELD_LIST_NAME_PARTICLE)))))
    return false;
  bool telling = first || token->to - token->from > 3;
  return !(telling && field_token_in (text, token, field_list (text, FIELD_LIST_NO_NAME)))
         && !field_token_in (text, token, field_list (text, FIELD_LIST_PAGE_HEADING));
}

bool
field_is_name (const FieldText *text, FieldSpan span)
{
  const char *plain = text->plain->str;
  bool misread, last_capital = false;
  unsigned words = 0, capitals = 0, caseless = 0;
  span = field_text_trim (text, field_without_title (text, span), ".,:*_");
  if (span.to <= span.from || span.to - span.from > LONGEST_NAME || field_text_is_taken (text, span)
      || !has_letters_of_name (text, span, &misread))
    return false;
  for (uint32_t i = field_text_token_at (text, span.from); i < text->tokens->len; i++, words++)
    {
      const FieldToken *token = field_text_token (text, i);
      if (token->from >= span.to)
        break;
      bool capital = field_is_capital (text, token) || (misread && token->kind == FIELD_TOKEN_MIXED)
                     || (plain[token->from] == FIELD_OTHER && begins_foreign_name (text, token, &caseless));
      bool joined = words > 0 && plain[token->from - 1] == '-';
      if (!may_stand_in_name (text, token, words == 0, capital, joined))
        return false;
      capitals += capital && !joined && !field_token_in (text, token, field_list (text, FIELD_LIST_PERSON_TITLE));
      last_capital = capital;
    }
  return words <= MOST_WORDS && capitals >= 2 && last_capital;
}

FieldSpan
field_without_title (const FieldText *text, FieldSpan span)
{
  const char *plain = text->plain->str;
  span = field_text_trim (text, span, "");
  uint32_t begin = span.from, last = field_text_token_at (text, span.to);
  const FieldToken *behind = last > 0 ? field_text_token (text, last - 1) : NULL;
  if (behind != NULL && behind->from > span.from && behind->to == span.to
      && (field_token_in (text, behind, "mr mrs ms mme")
          || (g_ascii_isupper (plain[behind->to - 1])
              && field_token_in (text, behind, field_list (text, FIELD_LIST_PERSON_HONOUR)))))
    span = field_text_trim (text, (FieldSpan){ span.from, behind->from }, "");
  for (uint32_t i = field_text_token_at (text, span.from); i + 1 < text->tokens->len; i++)
    {
      const FieldToken *token = field_text_token (text, i), *next = field_text_token (text, i + 1);
      bool initial = token->to - token->from == 1 && strchr ("DM", plain[token->from]) != NULL
                     && plain[token->to] == '.' && (next->to - next->from > 1 || plain[next->from] == 'a');
      bool feminine = plain[token->from] == 'a' && token->to - token->from == 1 && token->from >= begin + 2
                      && plain[token->from - 1] == '.'; /* D.ª */
      bool title
          = initial || feminine
            || (field_token_in (text, token, field_list (text, FIELD_LIST_PERSON_TITLE)) && token->to - token->from > 1)
            || field_token_near_any (text, token, "madame monsieur mademoiselle");
      title |= token->from > begin && field_token_in (text, token, "et and y es und")
               && field_token_in (text, next, field_list (text, FIELD_LIST_PERSON_TITLE));
      if (token->from != span.from || next->to > span.to || !title)
        break;
      span.from = next->from;
    }
  return span;
}

bool
field_is_body (const FieldText *text, FieldSpan span)
{
  uint32_t first = field_text_token_at (text, span.from), words = 0;
  bool body = false;
  if (span.to <= span.from || span.to - span.from > LONGEST_NAME || first >= text->tokens->len
      || !field_is_capital (text, field_text_token (text, first)) || field_text_is_taken (text, span))
    return false;
  for (uint32_t i = first; i < text->tokens->len && field_text_token (text, i)->from < span.to; i++, words++)
    if (field_text_token (text, i)->kind != FIELD_TOKEN_WORD
        && (field_text_token (text, i)->to != span.to || field_text_token (text, i)->kind != FIELD_TOKEN_NUMBER))
      return false;
    else
      body |= field_token_in (text, field_text_token (text, i),
                              field_list (text, i == first ? FIELD_LIST_BODY_FIRST : FIELD_LIST_BODY_LAST));
  return words >= 2 && words <= MOST_WORDS && body && strchr (".!?:", text->plain->str[span.to - 1]) == NULL;
}
