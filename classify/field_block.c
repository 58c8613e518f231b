#include "classify/field_block.h"
#include "classify/field_address.h"
#include "classify/field_line.h"
#include "classify/field_party.h"
#include "classify/field_words.h"
#include <string.h>

#define MOST_BLOCKS 256

/* Words that begin with capitals, without a number, a label or a word for a street: a firm, a desk, a person. */
static bool
begins_with_name (const FieldText *text, uint32_t l)
{
  const FieldLine *line = field_text_line (text, l);
  FieldSpan piece = field_piece (text, line->from, line->to);
  unsigned words = 0, capitals = 0;
  for (uint32_t i = field_text_token_at (text, piece.from);
       i < text->tokens->len && field_text_token (text, i)->from < piece.to; i++, words++)
    {
      const FieldToken *token = field_text_token (text, i);
      if (token->kind != FIELD_TOKEN_WORD
          || (words == 0 && field_token_in (text, token, field_list (text, FIELD_LIST_REACH_LABEL))))
        return false;
      capitals += field_is_capital (text, token);
    }
  return words >= 1 && words <= 8 && 2 * capitals > words && text->plain->str[piece.to] != ':'
         && !field_is_street (text, piece);
}

/* "Name | street | telephone": parts with bars between them. */
static bool
is_letterhead_line (const FieldText *text, const FieldLine *line)
{
  unsigned bars = 0;
  for (uint32_t i = line->from; i < line->to; i++)
    bars += strchr ("|*", text->plain->str[i]) != NULL;
  return bars >= 2;
}

/* As many as a telephone number has. */
static bool
has_many_digits (const FieldText *text, const FieldLine *line)
{
  unsigned digits = 0;
  for (uint32_t i = line->from; i < line->to && digits < 9; i++)
    digits = g_ascii_isdigit (text->plain->str[i])            ? digits + 1
             : strchr (" .-/()", text->plain->str[i]) != NULL ? digits
                                                              : 0;
  return digits >= 9;
}

static FieldBlock
block_at (const FieldWork *work, uint32_t from, const FieldWriter *names)
{
  const FieldText *text = work->text;
  FieldBlock block = { .from = from, .to = from, .named = begins_with_name (text, from) };
  for (uint32_t l = from; l < text->lines->len && !field_line_is_blank (text, l); l++)
    {
      const FieldLine *line = field_text_line (text, l);
      bool other = field_is_others (work, l);
      bool desk_below
          = l + 1 < text->lines->len && field_line_begins (text, l + 1, 6, field_list (text, FIELD_LIST_DESK));
      if (l > from && !block.wide && !block.form && (block.number || desk_below)
          && field_has_form (text, (FieldSpan){ line->from, line->to }))
        break; /* whom it is to, with no gap between */
      FieldSpan postcode;
      bool before;
      block.to = l + 1;
      block.other |= other;
      uint32_t label = field_line_label_end (text, l);
      block.labels += (label > 0 && text->plain->str[label] == ':')
                      || field_line_begins (text, l, 1, field_list (text, FIELD_LIST_FORM_LABEL));
      block.postcode |= field_find_postcode (text, l, &postcode, &before);
      block.contact |= has_many_digits (text, line)
                       || memchr (text->plain->str + line->from, '@', line->to - line->from) != NULL
                       || field_line_begins (text, l, 1, "tel telefon telefono phone t tfno");
      block.wide |= line->to - line->from > FIELD_LONGEST_HEAD_LINE && !is_letterhead_line (text, line);
      block.shared |= !other && field_writer_shares (text, l, names);
      block.desk |= field_line_begins (text, l, 6, field_list (text, FIELD_LIST_DESK));
      block.form |= field_has_form (text, (FieldSpan){ line->from, line->to })
                    || (l == from && field_is_body (text, field_piece (text, line->from, line->to)));
      for (uint32_t i = line->from; i < line->to; i++)
        block.number |= g_ascii_isdigit (text->plain->str[i]) && g_ascii_isdigit (text->plain->str[i + 1]);
    }
  return block;
}

/* Whether the line opens the letter proper. */
static bool
is_salutation (const FieldText *text, uint32_t l)
{
  const FieldLine *line = field_text_line (text, l);
  uint32_t first = field_text_token_at (text, line->from);
  char last = text->plain->str[line->to - 1];
  if (last == '.') /* of an abbreviation, too */
    return line->to - line->from <= 60 && first < text->tokens->len
           && field_token_in (text, field_text_token (text, first), field_list (text, FIELD_LIST_SALUTATION));
  return strchr (",:!", last) != NULL && line->to - line->from <= 60
         && field_line_begins (text, l, 2, field_list (text, FIELD_LIST_SALUTATION));
}

GArray *
field_blocks_new (const FieldWork *work, const FieldWriter *names, guint *head)
{
  const FieldText *text = work->text;
  GArray *blocks = g_array_new (FALSE, TRUE, sizeof (FieldBlock));
  bool in_head = true;
  for (uint32_t l = 0; l < text->lines->len && blocks->len < MOST_BLOCKS;)
    {
      if (field_line_is_blank (text, l))
        {
          l++;
          continue;
        }
      FieldBlock block = block_at (work, l, names);
      in_head = in_head && !block.wide && !is_salutation (text, block.from);
      g_array_append_val (blocks, block);
      *head += in_head;
      l = block.to;
    }
  return blocks;
}
