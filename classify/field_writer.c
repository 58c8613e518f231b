#include "classify/field_writer.h"
#include "classify/field_address.h"
#include "classify/field_line.h"
#include "classify/field_party.h"
#include "classify/field_words.h"
#include <string.h>

#define LAST_LINES 7      /* among which the signature stands */
#define SHORTEST_SHARED 4 /* letters of a word that two blocks share */

static const char closings[]
    = "sincerely faithfully regards cordialement salutations atentamente atte saludos cordialmente udvozlettel "
      "tisztelettel sentiments wishes koszonettel respetuosamente agreer truly signed firmado fdo alairas firma";

bool
field_writer_is_labelled (const FieldText *text, uint32_t l)
{
  return field_line_label_is (text, l, field_list (text, FIELD_LIST_FROM_LABEL))
         || field_line_label_is (text, l, field_list (text, FIELD_LIST_WRITER_LABEL));
}

static void
add_name (FieldWriter *names, const FieldText *text, FieldSpan span)
{
  if (names->n < FIELD_WRITER_NAMES && field_is_name (text, span))
    names->spans[names->n++] = field_without_title (text, span);
}

/* "M. Tanguy", "Noémie": a few words with capitals, alone on a line. */
static void
add_signature (FieldWriter *names, const FieldText *text, FieldSpan span)
{
  unsigned words = 0;
  for (uint32_t i = span.from; i < span.to; i++)
    if (!g_ascii_isalpha (text->plain->str[i]) && strchr (" .'-", text->plain->str[i]) == NULL)
      return;
  for (uint32_t i = field_text_token_at (text, span.from);
       i < text->tokens->len && field_text_token (text, i)->from < span.to; i++, words++)
    if (!field_is_capital (text, field_text_token (text, i)))
      return;
  if (words >= 1 && words <= 4 && names->n < FIELD_WRITER_NAMES)
    names->spans[names->n++] = span;
}

/* Whether a name stands above the line in its block: a house, a town, an office then, if it is no firm. */
static bool
is_under_name (const FieldText *text, uint32_t l)
{
  const FieldLine *line = field_text_line (text, l);
  if (field_has_form (text, (FieldSpan){ line->from, line->to })
      || field_is_body (text, field_piece (text, line->from, line->to)))
    return false;
  for (uint32_t above = l; above > 0 && !field_line_is_blank (text, above - 1); above--)
    {
      const FieldLine *other = field_text_line (text, above - 1);
      FieldSpan piece = field_piece (text, other->from, other->to);
      if (other->to - piece.to <= 1 && field_is_name (text, piece))
        return true;
    }
  return false;
}

uint32_t
field_signed_from (const FieldText *text, uint32_t l)
{
  const FieldLine *line = field_text_line (text, l);
  uint32_t i = field_text_token_at (text, line->from), end = field_text_token_at (text, line->to);
  if (i + 1 >= end || !field_token_in (text, field_text_token (text, i), "for pour por pp from")
      || text->plain->str[field_text_token (text, i)->to] == ':')
    return line->from;
  i += i + 2 < end && field_token_in (text, field_text_token (text, i + 1), "the la le les el los") ? 2 : 1;
  return field_text_token (text, i)->from;
}

/* What stands behind a label and a wide gap: "Name      Shanice Whitlock". */
static FieldSpan
bare_value (const FieldText *text, uint32_t l)
{
  static const char labels[] = "name nom nombre nev neve titular";
  const FieldLine *line = field_text_line (text, l);
  uint32_t i = field_text_token_at (text, line->from);
  if (field_line_is_blank (text, l) || i >= text->tokens->len
      || !field_token_in (text, field_text_token (text, i), labels))
    return (FieldSpan){ 0 };
  uint32_t end = field_text_token (text, i)->to;
  return strncmp (text->plain->str + end, "  ", 2) == 0 ? field_piece (text, end, line->to) : (FieldSpan){ 0 };
}

void
field_writer_find (const FieldWork *work, FieldWriter *names)
{
  const FieldText *text = work->text;
  unsigned last = 0;
  bool body = false;
  FieldSpan foot = { 0 }; /* whose it is stands above, or it is the writer's */
  for (uint32_t k = text->lines->len; k > 0 && last < LAST_LINES; k--)
    {
      const FieldLine *line = field_text_line (text, k - 1);
      if (field_line_is_blank (text, k - 1))
        continue;
      if (body)
        break; /* what stands above the letter proper is no signature */
      last++;
      body |= line->to - line->from > FIELD_LONGEST_HEAD_LINE;
      FieldSpan piece = field_piece (text, field_signed_from (text, k - 1), line->to);
      bool whole = line->to - piece.to <= 1;
      if (last == 1 && field_is_footer (text, k - 1) && piece.to > piece.from)
        {
          foot = piece;
          continue;
        }
      if (field_is_others (work, k - 1) || (!whole && field_has_form (text, piece)) || is_under_name (text, k - 1)
          || field_is_heading (text, k - 1))
        continue;
      add_name (names, text, piece);
      if (whole && !body && last <= 4)
        add_signature (names, text, piece);
    }
  for (uint32_t l = 0; l < text->lines->len; l++)
    {
      const FieldLine *line = field_text_line (text, l);
      uint32_t end = field_line_is_blank (text, l) ? 0 : field_line_label_end (text, l);
      unsigned before = names->n;
      if (!field_is_others (work, l))
        add_name (names, text, bare_value (text, l));
      if (end > 0 && end < line->to && field_writer_is_labelled (text, l) && !field_is_others (work, l))
        add_name (names, text, field_piece (text, end + 1, line->to));
      names->form |= names->n > before && !field_line_begins (text, l, 1, field_list (text, FIELD_LIST_FROM_LABEL));
      if (!field_line_is_blank (text, l) && 2 * l >= text->lines->len
          && line->to - line->from <= FIELD_LONGEST_HEAD_LINE && field_line_begins (text, l, 6, closings))
        for (uint32_t next = l + 1; next < text->lines->len && next <= l + 3; next++)
          add_name (names, text,
                    field_piece (text, field_text_line (text, next)->from, field_text_line (text, next)->to));
    }
  if (names->n == 0 && foot.to > 0)
    add_name (names, text, foot);
}

bool
field_writer_shares (const FieldText *text, uint32_t l, const FieldWriter *names)
{
  const FieldLine *line = field_text_line (text, l);
  for (uint32_t i = field_text_token_at (text, line->from);
       i < text->tokens->len && field_text_token (text, i)->from < line->to; i++)
    {
      const FieldToken *token = field_text_token (text, i);
      if (token->to - token->from < SHORTEST_SHARED || token->to - token->from >= FIELD_LONGEST_WORD
          || field_is_street_word (text, token))
        continue; /* nobody's name, "Dover Pike" */
      g_autofree char *word = field_text_lower (text, (FieldSpan){ token->from, token->to });
      for (unsigned n = 0; n < names->n; n++)
        for (uint32_t k = field_text_token_at (text, names->spans[n].from);
             k < text->tokens->len && field_text_token (text, k)->from < names->spans[n].to; k++)
          {
            const FieldToken *part = field_text_token (text, k);
            g_autofree char *name = field_text_lower (text, (FieldSpan){ part->from, part->to });
            size_t n_word = strlen (word), n_name = strlen (name);
            if (n_name >= SHORTEST_SHARED && n_word + 1 >= n_name && n_name + 1 >= n_word
                && field_misreading_within (word, n_word, name, n_name, 2) <= (n_name >= 6 ? 2 : n_name == 5))
              return true;
          }
    }
  return false;
}
