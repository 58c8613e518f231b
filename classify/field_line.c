#include "classify/field_line.h"
#include "classify/field_address.h"
#include "classify/field_words.h"
#include <string.h>

bool
field_line_is_blank (const FieldText *text, uint32_t l)
{
  const FieldLine *line = field_text_line (text, l);
  return line->from >= line->to;
}

bool
field_line_begins (const FieldText *text, uint32_t l, unsigned most, const char *list)
{
  const FieldLine *line = field_text_line (text, l);
  uint32_t i = field_text_token_at (text, line->from);
  for (unsigned n = 0; n < most && i < text->tokens->len && field_text_token (text, i)->from < line->to; n++, i++)
    if (field_token_near_any (text, field_text_token (text, i), list))
      return true;
  return false;
}

/* Whether a wide gap stands in the slice, and not right before its end, where the columns of a form have theirs. */
static bool
has_gap (const char *plain, uint32_t from, uint32_t to)
{
  const char *gap = memmem (plain + from, to - from, "   ", 3);
  return gap != NULL && (uint32_t)(gap - plain) + (uint32_t)strspn (gap, " ") < to;
}

uint32_t
field_line_label_end (const FieldText *text, uint32_t l)
{
  const FieldLine *line = field_text_line (text, l);
  const char *plain = text->plain->str;
  const char *colon = memchr (plain + line->from, ':', line->to - line->from);
  uint32_t end = colon != NULL ? (uint32_t)(colon - plain) : line->to;
  if (colon != NULL && has_gap (plain, line->from, end))
    return 0; /* that of another column */
  uint32_t words = field_text_token_at (text, end) - field_text_token_at (text, line->from);
  return words >= 1 && words <= (colon != NULL ? 5 : 3) ? end : 0;
}

bool
field_line_label_is (const FieldText *text, uint32_t l, const char *list)
{
  uint32_t end = field_line_label_end (text, l);
  for (uint32_t i = field_text_token_at (text, field_text_line (text, l)->from);
       end > 0 && i < text->tokens->len && field_text_token (text, i)->from < end; i++)
    {
      const FieldToken *token = field_text_token (text, i);
      if (field_token_in (text, token, list))
        return true;
    }
  return false;
}

bool
field_line_is_capitals (const FieldText *text, const FieldLine *line)
{
  for (uint32_t i = line->from; i < line->to; i++)
    if (g_ascii_islower (text->plain->str[i]))
      return false;
  return true;
}

bool
field_is_heading (const FieldText *text, uint32_t l)
{
  if (l + 1 >= text->lines->len || field_line_is_blank (text, l + 1)
      || !field_line_is_capitals (text, field_text_line (text, l)))
    return false;
  const FieldLine *below = field_text_line (text, l + 1);
  return below->to - below->from > FIELD_LONGEST_HEAD_LINE
         || field_line_begins (text, l + 1, 1, field_list (text, FIELD_LIST_FORM_LABEL));
}

/* Whether words other than @ways stand first, @before a mark: who it is that can be reached so. */
static bool
begins_with_words (const FieldText *text, FieldSpan before, const char *ways)
{
  FieldSpan piece = field_piece (text, before.from, before.to);
  uint32_t first = field_text_token_at (text, piece.from);
  if (piece.to <= piece.from || text->plain->str[piece.to] == ':' || first >= text->tokens->len
      || !field_is_capital (text, field_text_token (text, first)))
    return false;
  for (uint32_t i = first; i < text->tokens->len && field_text_token (text, i)->from < piece.to; i++)
    if (field_text_token (text, i)->kind == FIELD_TOKEN_NUMBER
        || field_token_near_any (text, field_text_token (text, i), ways))
      return false;
  return memchr (text->plain->str + piece.from, '@', piece.to - piece.from) == NULL;
}

/* "This message was checked by …": what a firm's post office writes below. */
static bool
is_notice (const FieldText *text, uint32_t l)
{
  const FieldLine *line = field_text_line (text, l);
  uint32_t i = field_text_token_at (text, line->from);
  if (i + 2 >= text->tokens->len || !field_token_in (text, field_text_token (text, i), "this ce cet este ez ezt"))
    return false;
  return field_token_in (text, field_text_token (text, i + 1), "message mail email e courriel mensaje correo")
         || (field_token_in (text, field_text_token (text, i + 1), "az")
             && field_token_in (text, field_text_token (text, i + 2), "uzenet uzenetet email emailt level levelet"));
}

bool
field_is_footer (const FieldText *text, uint32_t l)
{
  if (is_notice (text, l))
    return true;
  static const char ways[] = "tel telf tlf telefon telefono telephone phone fax ugyfelvonal ugyfelszolgalat hours";
  const FieldLine *line = field_text_line (text, l);
  FieldSpan postcode;
  bool before, way = memchr (text->plain->str + line->from, '@', line->to - line->from) != NULL;
  unsigned marks = 0;
  uint32_t first = line->to;
  for (uint32_t i = line->from; i + 2 < line->to; i++)
    if (strchr ("-|.*", text->plain->str[i + 1]) != NULL && text->plain->str[i] == ' ' && text->plain->str[i + 2] == ' '
        && marks++ == 0)
      first = i;
  for (uint32_t i = field_text_token_at (text, line->from);
       i < text->tokens->len && field_text_token (text, i)->from < line->to; i++)
    way |= field_token_near_any (text, field_text_token (text, i), ways);
  return way && begins_with_words (text, (FieldSpan){ line->from, first }, ways)
         && (marks >= 2 || (marks == 1 && field_find_postcode (text, l, &postcode, &before)));
}
