/* Postcodes of Britain, Ireland, Spain, France, Hungary and the United States with the place beside them. */
#include "classify/field_address.h"
#include "classify/field_words.h"
#include <string.h>

/* Whether the letters at @token follow @shape: A a letter, 9 a digit, * either, where a misread sign counts as what it
 * resembles if at least one of its kind is right. */
static bool
follows (const FieldText *text, const FieldToken *token, const char *shape)
{
  size_t n = strlen (shape);
  unsigned right = 0;
  if (token->to - token->from != n)
    return false;
  for (size_t i = 0; i < n; i++)
    {
      char c = text->plain->str[token->from + i];
      if (g_ascii_islower (c) && c != 'l')
        return false;
      if (shape[i] == 'A'   ? field_as_letter (c) == '\0'
          : shape[i] == '9' ? field_as_digit (c) == '\0'
                            : !g_ascii_isalnum (c))
        return false;
      right += shape[i] == 'A' ? g_ascii_isalpha (c) != 0 : shape[i] == '9' ? g_ascii_isdigit (c) != 0 : 1;
    }
  return right + 1 >= n && right > 1;
}

static bool
is_street_above (const FieldText *text, uint32_t l)
{
  for (uint32_t above = l; above > 0 && l - above < 2; above--)
    {
      const FieldLine *line = field_text_line (text, above - 1);
      if (line->to > line->from && field_is_street (text, (FieldSpan){ line->from, line->to })
          && memchr (text->plain->str + line->from, ':', line->to - line->from) == NULL)
        return true;
    }
  return false;
}

/* "12 Temple Road, Adyar, Chennai 600020": the first piece of the line is a street with its number. */
static bool
begins_with_street (const FieldText *text, const FieldLine *line, uint32_t to)
{
  FieldSpan piece = field_piece (text, line->from, to);
  bool digit = false;
  for (uint32_t i = piece.from; i < piece.to; i++)
    digit |= g_ascii_isdigit (text->plain->str[i]) != 0;
  return digit && piece.to < to && text->plain->str[piece.to] == ',' && line->to - line->from <= 90;
}

static bool
blanks_between (const FieldText *text, const FieldToken *a, const FieldToken *b)
{
  return b->from - a->to <= 2 && strspn (text->plain->str + a->to, " ") == b->from - a->to;
}

/* "QLD 4555", "QC J8A 1B2", "Chennai - 600004": a state or province, or a town, stands before. */
static bool
behind_place (const FieldText *text, uint32_t i)
{
  static const char states[] = "nsw vic qld sa wa tas act nt qc on bc ab mb sk ns nb nl pe yt";
  const FieldToken *token = field_text_token (text, i), *before = i > 0 ? field_text_token (text, i - 1) : NULL;
  const char *p = text->plain->str + token->from;
  if (before == NULL || before->line != token->line || token->from - before->to > 3)
    return false;
  bool state = before->to - before->from <= 3 && g_ascii_isupper (text->plain->str[before->to - 1])
               && field_token_in (text, before, states);
  const FieldToken *next = i + 1 < text->tokens->len ? field_text_token (text, i + 1) : NULL;
  if (state && token->to - token->from == 4 && token->kind == FIELD_TOKEN_NUMBER)
    return true;
  if (token->to - token->from == 6 && token->kind == FIELD_TOKEN_NUMBER && field_is_capital (text, before)
      && token->to == field_text_line (text, token->line)->to
      && memchr (text->plain->str + before->to, '-', token->from - before->to) != NULL)
    return true;
  uint32_t digits = token->to - token->from;
  if (text->english && digits == 3 && token->kind == FIELD_TOKEN_NUMBER && field_is_capital (text, before)
      && before->to - before->from >= 4 && before->kind == FIELD_TOKEN_WORD && next != NULL
      && next->kind == FIELD_TOKEN_NUMBER && next->to - next->from == 3 && next->from == token->to + 1
      && next->to == field_text_line (text, token->line)->to)
    return true; /* "Bengaluru 560 003" */
  const FieldLine *line = field_text_line (text, token->line);
  if (token->kind == FIELD_TOKEN_NUMBER && (digits == 4 || digits == 6) && token->to == line->to
      && field_is_capital (text, before) && before->kind == FIELD_TOKEN_WORD && token->line > 0
      && text->plain->str[token->from - 1] == ' ' && i - field_text_token_at (text, line->from) <= 3
      && !field_is_street (text, (FieldSpan){ line->from, line->to })
      && (is_street_above (text, token->line) || begins_with_street (text, line, token->from))) /* "Wellington 6023" */
    return true;
  return follows (text, token, "A9A") && next != NULL && next->line == token->line && blanks_between (text, token, next)
         && follows (text, next, "9A9") && g_ascii_isupper (*p)
         && (token->kind == FIELD_TOKEN_MIXED || next->kind == FIELD_TOKEN_MIXED);
}

static bool
british (const FieldText *text, const FieldToken *a, const FieldToken *b)
{
  static const char *const outward[] = { "A9", "A99", "AA9", "AA99", "A9A", "AA9A" };
  bool plate = a > field_text_token (text, 0)
               && field_token_in (text, a - 1, "vehicle reg registration plate car van vrm")
               && b->kind == FIELD_TOKEN_WORD;
  if (plate || !blanks_between (text, a, b) || (a->kind != FIELD_TOKEN_MIXED && b->kind != FIELD_TOKEN_MIXED))
    return false;
  for (size_t i = 0; i < G_N_ELEMENTS (outward); i++)
    if (follows (text, a, outward[i]) && follows (text, b, "9AA"))
      return true;
  return (follows (text, a, "A99") || follows (text, a, "A9A")) && follows (text, b, "****")
         && a->kind == FIELD_TOKEN_MIXED && b->kind == FIELD_TOKEN_MIXED;
}

/* The end of the place name after a postcode: words with capitals and the particles between them. */
static uint32_t
place_after (const FieldText *text, uint32_t index)
{
  uint32_t end = field_text_token (text, index)->to, line = field_text_token (text, index)->line;
  for (uint32_t i = index + 1, n = 0; i < text->tokens->len && n < 7; i++, n++)
    {
      const FieldToken *token = field_text_token (text, i);
      if (token->line != line || token->from - field_text_token (text, i - 1)->to > 2
          || field_text_is_taken (text, (FieldSpan){ token->from, token->to }))
        break;
      bool parted = false;
      for (uint32_t k = field_text_token (text, i - 1)->to; k < token->from; k++)
        parted |= strchr (",;|.", text->plain->str[k]) != NULL;
      if (parted && n > 0)
        break;
      bool capital = field_is_capital (text, token);
      if (capital || (token->kind == FIELD_TOKEN_NUMBER && token->to - token->from <= 2 && n > 0))
        end = token->to;
      else if (!field_token_in (text, token, "de del la las los le les sur sous en d l a lez aux du cedex et y"))
        break;
    }
  bool open
      = memchr (text->plain->str + field_text_token (text, index)->to, '(', end - field_text_token (text, index)->to)
        != NULL;
  return end + (open && text->plain->str[end] == ')');
}

/* "CH-1260", "H-6720" */
static bool
is_country_prefix (const FieldText *text, uint32_t at)
{
  const char *plain = text->plain->str;
  if (at < 2 || plain[at - 1] != '-' || !g_ascii_isupper (plain[at - 2]))
    return false;
  uint32_t from = at - 2;
  from -= from > 0 && g_ascii_isupper (plain[from - 1]);
  return from == 0 || !g_ascii_isalnum (plain[from - 1]);
}

/* Whether a piece of the line begins at @at: a house number, which ends one, is no postcode. */
static bool
begins_piece (const FieldText *text, uint32_t at)
{
  const char *plain = text->plain->str;
  const FieldLine *line = field_text_line (text, field_text_line_at (text, at));
  if (is_country_prefix (text, at))
    return true;
  while (at > line->from && plain[at - 1] == ' ')
    at--;
  return at <= line->from || strchr (",;:|-(.*", plain[at - 1]) != NULL;
}

static bool
is_number (const FieldText *text, const FieldToken *token, uint32_t n)
{
  unsigned misread = 0;
  for (uint32_t i = token->from; i < token->to && misread <= 1; i++)
    misread += !g_ascii_isdigit (text->plain->str[i]) ? (field_as_digit (text->plain->str[i]) != '\0' ? 1 : 2) : 0;
  return token->to - token->from == n && misread <= 1
         && (token->from == 0 || strchr ("-/.,", text->plain->str[token->from - 1]) == NULL
             || (token->from >= 2 && strchr (".,", text->plain->str[token->from - 1]) != NULL
                 && g_ascii_isupper (text->plain->str[token->from - 2]))
             || is_country_prefix (text, token->from));
}

static bool
is_argentine (const FieldText *text, const FieldToken *token)
{
  const char *p = text->plain->str + token->from;
  uint32_t n = token->to - token->from;
  bool digits = n == 5 || n == 8;
  for (uint32_t i = 1; digits && i < n; i++)
    digits = i < 5 ? g_ascii_isdigit (p[i]) : g_ascii_isupper (p[i]);
  return digits && g_ascii_isupper (p[0]);
}

/* "31500 oulouse": five digits that begin a short line, and a word whose first letter was lost. */
static bool
lost_capital (const FieldText *text, const FieldToken *a, const FieldToken *b)
{
  const FieldLine *line = field_text_line (text, a->line);
  return b->to - b->from >= 4 && line->to - line->from <= 40 && a->from - line->from <= 2 && a->line > 0
         && is_street_above (text, a->line);
}

static bool
postcode_at (const FieldText *text, uint32_t i, FieldSpan *postcode, bool *before)
{
  const FieldToken *a = field_text_token (text, i);
  const FieldToken *b = i + 1 < text->tokens->len ? field_text_token (text, i + 1) : NULL;
  if (behind_place (text, i))
    {
      *before = false;
      bool whole = a->kind == FIELD_TOKEN_NUMBER && a->to - a->from != 3;
      *postcode = (FieldSpan){ a->from, whole ? a->to : b->to };
      return true;
    }
  if (b == NULL || b->line != a->line)
    {
      b = NULL;
      if (!is_number (text, a, 5) || i == 0 || field_text_token (text, i - 1)->line != a->line)
        return false;
    }
  *before = false;
  *postcode = (FieldSpan){ a->from, a->to };
  if (b != NULL && british (text, a, b))
    {
      postcode->to = b->to;
      return true;
    }
  bool state = i > 0 && field_text_token (text, i - 1)->line == a->line
               && a->from - field_text_token (text, i - 1)->to <= 2 && text->plain->str[a->from - 1] == ' '
               && field_is_capital (text, field_text_token (text, i - 1));
  const FieldToken *third = i + 2 < text->tokens->len ? field_text_token (text, i + 2) : NULL;
  if (b != NULL && third != NULL && third->line == a->line && is_number (text, a, 3) && is_number (text, b, 2)
      && a->kind == FIELD_TOKEN_NUMBER && b->kind == FIELD_TOKEN_NUMBER && b->from == a->to + 1
      && third->from <= b->to + 2 && third->kind == FIELD_TOKEN_WORD && third->to - third->from >= 3
      && field_is_capital (text, third) && begins_piece (text, a->from)
      && is_street_above (text, a->line)) /* "945 01 Komárno" */
    {
      postcode->to = place_after (text, i + 1);
      return true;
    }
  bool six = is_number (text, a, 6) && a->kind == FIELD_TOKEN_NUMBER; /* Romania */
  if ((six || is_argentine (text, a) || is_number (text, a, 5)) && b != NULL && b->from - a->to <= 3
      && b->kind == FIELD_TOKEN_WORD && (field_is_capital (text, b) || lost_capital (text, a, b)))
    {
      postcode->to = place_after (text, i);
      *before = six;
      return true;
    }
  if (is_number (text, a, 5) && state)
    return true;
  *before = is_number (text, a, 4) && b != NULL && b->from - a->to <= 2 && b->kind != FIELD_TOKEN_NUMBER
            && field_is_capital (text, b) && begins_piece (text, a->from)
            && (!text->english || is_country_prefix (text, a->from))
            && (b->to - b->from >= 3 || field_token_in (text, b, "bp la le")) && field_month_exact (text, b) == 0
            && text->plain->str[a->from] != '0';
  uint32_t line_to = field_text_line (text, a->line)->to;
  *before = *before && !field_ends_in_street (text, field_piece (text, a->from, line_to));
  if (*before)
    postcode->to = place_after (text, i);
  return *before;
}

/* The first on the line of those with (@four) or without four digits alone. */
static bool
find_of_kind (const FieldText *text, uint32_t line, FieldSpan *postcode, bool *before, bool four)
{
  const FieldLine *l = field_text_line (text, line);
  for (uint32_t i = field_text_token_at (text, l->from); i < text->tokens->len; i++)
    {
      if (field_text_token (text, i)->from >= l->to)
        return false;
      if (postcode_at (text, i, postcode, before) && *before == four && !field_text_is_taken (text, *postcode))
        return true;
    }
  return false;
}

bool
field_find_postcode (const FieldText *text, uint32_t line, FieldSpan *postcode, bool *before)
{
  return find_of_kind (text, line, postcode, before, false) || find_of_kind (text, line, postcode, before, true);
}
