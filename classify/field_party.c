#include "classify/field_party.h"
#include "classify/field_address.h"
#include "classify/field_chat.h"
#include "classify/field_line.h"
#include "classify/field_words.h"
#include "classify/field_writer.h"
#include "classify/lines.h"
#include <string.h>

#define MOST_BLOCKS 256
#define HEADING_MOST 8 /* words of the heading of a part of a form */
#define MANY_LABELS 3  /* lines of a form, each of which speaks for itself */

bool
field_is_writers (const FieldWork *work, uint32_t line)
{
  FieldParty party = g_array_index (work->parties, FieldParty, line);
  return party == FIELD_PARTY_WRITER || party == FIELD_PARTY_LETTERHEAD;
}

bool
field_is_others (const FieldWork *work, uint32_t line)
{
  return g_array_index (work->parties, FieldParty, line) >= FIELD_PARTY_OTHER;
}

bool
field_is_quoted (const FieldWork *work, uint32_t line)
{
  return g_array_index (work->parties, FieldParty, line) == FIELD_PARTY_QUOTED;
}

static void
set_party (FieldWork *work, uint32_t line, FieldParty party)
{
  FieldParty *known = &g_array_index (work->parties, FieldParty, line);
  if (*known < FIELD_PARTY_OTHER)
    *known = party;
}

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

/* "3. DATOS DE LA PERSONA O ENTIDAD RECLAMADA" */
static bool
heads_opponent (const FieldText *text, uint32_t l)
{
  const FieldLine *line = field_text_line (text, l);
  uint32_t from = field_text_token_at (text, line->from), to = field_text_token_at (text, line->to);
  if (to - from > HEADING_MOST || !field_line_is_capitals (text, line)
      || memchr (text->plain->str + line->from, ':', line->to - line->from) != NULL)
    return false;
  for (uint32_t i = from; i < to; i++)
    if (field_token_in (text, field_text_token (text, i), field_list (text, FIELD_LIST_OPPONENT)))
      return true;
  return false;
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
static void
mark_labelled (FieldWork *work)
{
  const FieldText *text = work->text;
  for (uint32_t l = 0; l < text->lines->len; l++)
    {
      if (field_line_is_blank (text, l) || !addresses_other (text, l) || names_both (text, l))
        continue;
      set_party (work, l, FIELD_PARTY_OTHER);
      uint32_t end = field_line_label_end (text, l);
      bool valued = end > 0 && end + 2 < field_text_line (text, l)->to;
      while (l + 1 < text->lines->len && !field_line_is_blank (text, l + 1)
             && field_text_line (text, l + 1)->to - field_text_line (text, l + 1)->from <= FIELD_LONGEST_HEAD_LINE
             && !has_other_label (text, l + 1, valued)
             && !field_line_begins (text, l + 1, 1, field_list (text, FIELD_LIST_SALUTATION))
             && !field_line_begins (text, l + 1, 1, "from"))
        set_party (work, ++l, FIELD_PARTY_OTHER);
    }
}

static int
compare_place (gconstpointer a, gconstpointer b)
{
  const ClassifyLine *line = a, *place = b;
  if (line->page != place->page)
    return line->page < place->page ? -1 : 1;
  return place->at < line->at ? 1 : place->at >= line->at + line->length ? -1 : 0;
}

/* What another wrote in an earlier message, below the letter or between its lines. */
static void
mark_quoted (FieldWork *work)
{
  const FieldText *text = work->text;
  for (uint32_t l = 0; work->context->lines != NULL && l < text->lines->len; l++)
    {
      const FieldLine *line = field_text_line (text, l);
      ClassifyLine place = { .page = line->page, .at = g_array_index (text->origin, uint32_t, line->from) };
      guint at = 0;
      if (!field_line_is_blank (text, l)
          && g_array_binary_search ((GArray *)work->context->lines, &place, compare_place, &at)
          && g_array_index (work->context->lines, ClassifyLine, at).quoted)
        g_array_index (work->parties, FieldParty, l) = FIELD_PARTY_QUOTED;
    }
}

/* The page on which the letter ends, where no other letter begins before; G_MAXUINT where none does. */
static guint
last_page (const GArray *lines)
{
  guint page = G_MAXUINT;
  for (guint i = 0; i < lines->len; i++)
    {
      const ClassifyLine *line = &g_array_index (lines, ClassifyLine, i);
      if (line->greets && line->page > page)
        break;
      if (line->ends && !line->quoted)
        page = line->page;
    }
  return page;
}

/* Pages behind the end of the letter are enclosures: an invoice, somebody's answer, the next letter of the heap. */
static void
mark_enclosed (FieldWork *work)
{
  guint last = work->context->lines != NULL ? last_page (work->context->lines) : G_MAXUINT;
  for (uint32_t l = 0; l < work->text->lines->len; l++)
    if (field_text_line (work->text, l)->page > last)
      g_array_index (work->parties, FieldParty, l) = FIELD_PARTY_QUOTED;
}

/* --- blocks --- */

typedef struct
{
  uint32_t from, to; /* lines, to exclusive */
  bool wide;         /* a line is a paragraph */
  unsigned labels;   /* lines that begin with one */
  bool named;        /* it begins with words in capitals, no street */
  bool shared, desk, form, number, postcode, contact, other;
} Block;

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

static Block
block_at (const FieldWork *work, uint32_t from, const FieldWriter *names)
{
  const FieldText *text = work->text;
  Block block = { .from = from, .to = from, .named = begins_with_name (text, from) };
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

static void
set_block (FieldWork *work, const Block *block, FieldParty party)
{
  for (uint32_t l = block->from; l < block->to; l++)
    set_party (work, l, party);
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

/* The blocks of short lines, up to the salutation as @head. */
static GArray *
blocks_of (const FieldWork *work, const FieldWriter *names, guint *head)
{
  const FieldText *text = work->text;
  GArray *blocks = g_array_new (FALSE, TRUE, sizeof (Block));
  bool in_head = true;
  for (uint32_t l = 0; l < text->lines->len && blocks->len < MOST_BLOCKS;)
    {
      if (field_line_is_blank (text, l))
        {
          l++;
          continue;
        }
      Block block = block_at (work, l, names);
      in_head = in_head && !block.wide && !is_salutation (text, block.from);
      g_array_append_val (blocks, block);
      *head += in_head;
      l = block.to;
    }
  return blocks;
}

/* Whether the block at @at, the first of more than one line, is the letterhead of a firm: another's follows it, or it
 * says how to reach it. */
static bool
is_letterhead (const GArray *blocks, guint at, guint head)
{
  for (guint i = 0; i < at; i++)
    if (g_array_index (blocks, Block, i).to - g_array_index (blocks, Block, i).from > 1)
      return false;
  const Block *first = &g_array_index (blocks, Block, at);
  bool followed = false;
  for (guint i = at + 1; i < head; i++)
    {
      const Block *block = &g_array_index (blocks, Block, i);
      if (block->shared && block->postcode && block->labels > 0)
        return false; /* "Vevő: …", there the writer's own is */
      followed |= block->other || (!block->shared && (block->form || block->desk || block->postcode));
    }
  return !first->desk && !first->other
         && (first->form ? followed || (first->contact && at == 0) : followed && first->contact && first->named);
}

typedef struct
{
  const GArray *blocks;
  const FieldWriter *names;
  guint head;  /* blocks before the letter proper */
  bool placed; /* a postcode stands with the writer's name */
} Layout;

/* Whether a block that has no name of the writer is the recipient's: a desk or firm in the head, a second address, what
 * is printed on a form or at the foot. */
static bool
is_anothers (const FieldWork *work, const Layout *layout, guint i)
{
  const Block *block = &g_array_index (layout->blocks, Block, i);
  uint32_t lines = block->to - block->from;
  bool desk = block->number && (block->form || block->desk), last = i + 1 == layout->blocks->len;
  if (block->shared || block->labels >= MANY_LABELS)
    return false;
  if (layout->names->form && layout->names->n > 0 && !block->wide && block->contact
      && (block->form || block->desk || block->postcode) && lines <= 4)
    return true;
  if (field_is_writers (work, block->from))
    return false;
  if (last && i > 0 && block->number && lines <= 3 && field_is_footer (work->text, block->to - 1))
    return true;
  if (layout->names->n == 0) /* in a letter that a firm writes, its own block is the first */
    return (desk || block->desk) && i > 0 && i < layout->head;
  if (i >= layout->head)
    return last && block->number && lines <= 3 && (block->form || (block->postcode && block->contact));
  bool nameless = g_strcmp0 (work->context->language, "en") == 0 && i == 0; /* the writer's own, above the date */
  return desk
         || (!nameless && lines >= 2
             && (block->postcode ? layout->placed || block->named : block->named && block->contact));
}

void
field_parties_find (FieldWork *work)
{
  FieldWriter names = { .n = 0 };
  guint head = 0;
  field_chat_find (work);
  if (work->chat)
    return;
  mark_quoted (work);
  mark_enclosed (work);
  mark_labelled (work);
  field_writer_find (work, &names);
  g_autoptr (GArray) blocks = blocks_of (work, &names, &head);
  bool placed = false;
  for (guint i = 0; i < blocks->len; i++)
    {
      const Block *block = &g_array_index (blocks, Block, i);
      bool letterhead = !names.form && i < head && is_letterhead (blocks, i, head);
      if (block->wide || block->labels >= MANY_LABELS || !(block->shared || letterhead))
        continue;
      set_block (work, block, FIELD_PARTY_WRITER);
      if (!block->shared)
        set_party (work, block->from, FIELD_PARTY_LETTERHEAD);
      placed |= block->postcode;
    }
  Layout layout = { blocks, &names, head, placed };
  for (guint i = 0; i < blocks->len; i++)
    if (is_anothers (work, &layout, i))
      set_block (work, &g_array_index (blocks, Block, i), FIELD_PARTY_OTHER);
}
