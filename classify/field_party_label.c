/* Lines of another by their labels: "To:", "Attn.", the heading of a part of a form. */
#include "classify/field_line.h"
#include "classify/field_party.h"
#include "classify/field_words.h"
#include "classify/field_writer.h"
#include <string.h>

#define NUMBERED_MOST 5 /* tokens of "2. Datos de la empresa" */
#define HEADING_MOST 8  /* words of the heading of a part of a form */

/* "to be sent to:" */
static bool
points_on (const FieldText *text, uint32_t l, uint32_t colon)
{
  uint32_t last = field_text_token_at (text, colon);
  return last > 0 && field_token_in (text, field_text_token (text, last - 1), "a to")
         && field_line_label_is (text, l, field_list (text, FIELD_LIST_SEND_LABEL));
}

/* "à   Transports Le Bihan" */
static bool
is_far_addressed (const FieldText *text, const FieldLine *line, const FieldToken *first)
{
  return strncmp (text->plain->str + first->to, "  ", 2) == 0 && first->from == line->from && line->to - line->from < 50
         && field_token_in (text, first, "to a")
         && memchr (text->plain->str + line->from, ':', line->to - line->from) == NULL;
}

/* "2. Datos de la empresa", "B) L'entreprise": what a form numbers. */
static bool
is_numbered (const FieldText *text, const FieldLine *line)
{
  const FieldToken *first = field_text_token (text, field_text_token_at (text, line->from));
  const char *sign = text->plain->str + first->to;
  bool number = first->kind == FIELD_TOKEN_NUMBER || g_ascii_isupper (text->plain->str[first->from]);
  return first->from == line->from && number && first->to - first->from <= 2 && strchr (".)", *sign) != NULL
         && sign[1] == ' ';
}

static bool
holds (const FieldText *text, uint32_t from, uint32_t to, FieldList list)
{
  for (uint32_t i = from; i < to; i++)
    if (field_token_in (text, field_text_token (text, i), field_list (text, list)))
      return true;
  return false;
}

/* "3. DATOS DE LA PERSONA O ENTIDAD RECLAMADA", "2. Datos de la empresa" */
static bool
heads_opponent (const FieldText *text, uint32_t l)
{
  const FieldLine *line = field_text_line (text, l);
  uint32_t from = field_text_token_at (text, line->from), to = field_text_token_at (text, line->to);
  if (memchr (text->plain->str + line->from, ':', line->to - line->from) != NULL || to <= from)
    return false;
  bool numbered = is_numbered (text, line);
  if (numbered && to - from <= NUMBERED_MOST && holds (text, from, to, FIELD_LIST_RECIPIENT_SECTION))
    return true;
  return to - from <= HEADING_MOST && (numbered || field_line_is_capitals (text, line))
         && holds (text, from, to, FIELD_LIST_OPPONENT);
}

/* "To:", "To" alone, "2. ESTABLECIMIENTO RECLAMADO", "Attn: …": a small word such as "a" only before a colon. */
static bool
addresses_other (const FieldText *text, uint32_t l)
{
  const FieldLine *line = field_text_line (text, l);
  uint32_t end = field_line_label_end (text, l), i = field_text_token_at (text, line->from);
  if (i < text->tokens->len && is_far_addressed (text, line, field_text_token (text, i)))
    return true;
  if (heads_opponent (text, l))
    return true;
  if (end == 0 || i >= text->tokens->len || field_line_label_is (text, l, field_list (text, FIELD_LIST_CLAIM_LABEL))
      || (field_writer_is_labelled (text, l) && !field_line_label_is (text, l, "attention atencion")))
    return false;
  const FieldToken *first = field_text_token (text, i);
  if (field_line_label_is (text, l, field_list (text, FIELD_LIST_OFFICE_USE))
      && field_line_label_is (text, l, field_list (text, FIELD_LIST_STAFF_LABEL)))
    return true;
  bool colon = text->plain->str[end] == ':', alone = first->to == line->to;
  if (field_token_in (text, first, field_list (text, FIELD_LIST_TO_WORD))
      && !(colon && field_line_label_is (text, l, "attention atencion")))
    return colon ? end - first->to <= 2 : alone && first->to - first->from > 1;
  if (!colon && field_line_is_capitals (text, line)
      && field_line_label_is (text, l, field_list (text, FIELD_LIST_RECIPIENT_SECTION)))
    return true;
  if (colon && end <= first->to + 1 && field_token_in (text, first, field_list (text, FIELD_LIST_TRADE_LABEL)))
    return true;
  if (field_line_label_is (text, l, field_list (text, FIELD_LIST_OPPONENT)))
    return true;
  return (colon || alone)
         && (field_line_label_is (text, l, field_list (text, FIELD_LIST_RECIPIENT_LABEL))
             || (colon
                 && (field_line_label_is (text, l, field_list (text, FIELD_LIST_DESK_LABEL))
                     || points_on (text, l, end))));
}

/* "De: …", "Date: …" behind "A: …"; where that has its value beside it (@valued), any that is not a way to reach it. */
static bool
has_other_label (const FieldText *text, uint32_t l, bool valued)
{
  uint32_t end = field_line_label_end (text, l);
  return end > 0 && text->plain->str[end] == ':'
         && (field_line_label_is (text, l, field_list (text, FIELD_LIST_LETTER_LABEL))
             || field_line_begins (text, l, 1, field_list (text, FIELD_LIST_FROM_LABEL))
             || (valued && !field_line_label_is (text, l, field_list (text, FIELD_LIST_REACH_LABEL))));
}

/* "To: Coast Freight        From: Dolores Prudhomme" */
static bool
names_both (const FieldText *text, uint32_t l)
{
  const FieldLine *line = field_text_line (text, l);
  for (uint32_t i = field_text_token_at (text, line->from) + 1;
       i < text->tokens->len && field_text_token (text, i)->from < line->to; i++)
    {
      const FieldToken *token = field_text_token (text, i);
      if (text->plain->str[token->to] == ':' && strncmp (text->plain->str + token->from - 2, "  ", 2) == 0
          && field_token_in (text, token, field_list (text, FIELD_LIST_FROM_LABEL)))
        return true;
    }
  return false;
}

/* From a label on to the blank line or the next label of something else. */
void
field_party_mark_labelled (FieldWork *work)
{
  const FieldText *text = work->text;
  for (uint32_t l = 0; l < text->lines->len; l++)
    {
      if (field_line_is_blank (text, l) || !addresses_other (text, l) || names_both (text, l))
        continue;
      field_party_set (work, l, FIELD_PARTY_OTHER);
      uint32_t end = field_line_label_end (text, l);
      bool valued = end > 0 && end + 2 < field_text_line (text, l)->to;
      while (l + 1 < text->lines->len && !field_line_is_blank (text, l + 1)
             && field_text_line (text, l + 1)->to - field_text_line (text, l + 1)->from <= FIELD_LONGEST_HEAD_LINE
             && !has_other_label (text, l + 1, valued)
             && !field_line_begins (text, l + 1, 1, field_list (text, FIELD_LIST_SALUTATION))
             && !field_line_begins (text, l + 1, 1, "from"))
        field_party_set (work, ++l, FIELD_PARTY_OTHER);
    }
}
