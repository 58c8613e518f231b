#include "classify/field_party.h"
#include "classify/field_block.h"
#include "classify/field_chat.h"
#include "classify/field_line.h"

#define MANY_LABELS 3 /* lines of a form, each of which speaks for itself */

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

void
field_party_set (FieldWork *work, uint32_t line, FieldParty party)
{
  FieldParty *known = &g_array_index (work->parties, FieldParty, line);
  if (*known < FIELD_PARTY_OTHER)
    *known = party;
}

static void
set_block (FieldWork *work, const FieldBlock *block, FieldParty party)
{
  for (uint32_t l = block->from; l < block->to; l++)
    field_party_set (work, l, party);
}

/* Whether the block at @at, the first of more than one line, is the letterhead of a firm: another's follows it, or it
 * says how to reach it. */
static bool
is_letterhead (const GArray *blocks, guint at, guint head)
{
  for (guint i = 0; i < at; i++)
    if (g_array_index (blocks, FieldBlock, i).to - g_array_index (blocks, FieldBlock, i).from > 1)
      return false;
  const FieldBlock *first = &g_array_index (blocks, FieldBlock, at);
  bool followed = false;
  for (guint i = at + 1; i < head; i++)
    {
      const FieldBlock *block = &g_array_index (blocks, FieldBlock, i);
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
  const FieldBlock *block = &g_array_index (layout->blocks, FieldBlock, i);
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
  field_party_mark_quoted (work);
  field_party_mark_enclosed (work);
  field_party_mark_labelled (work);
  field_writer_find (work, &names);
  g_autoptr (GArray) blocks = field_blocks_new (work, &names, &head);
  bool placed = false;
  for (guint i = 0; i < blocks->len; i++)
    {
      const FieldBlock *block = &g_array_index (blocks, FieldBlock, i);
      bool letterhead = !names.form && i < head && is_letterhead (blocks, i, head);
      if (block->wide || block->labels >= MANY_LABELS || !(block->shared || letterhead))
        continue;
      set_block (work, block, FIELD_PARTY_WRITER);
      if (!block->shared)
        field_party_set (work, block->from, FIELD_PARTY_LETTERHEAD);
      placed |= block->postcode;
    }
  Layout layout = { blocks, &names, head, placed };
  for (guint i = 0; i < blocks->len; i++)
    if (is_anothers (work, &layout, i))
      set_block (work, &g_array_index (blocks, FieldBlock, i), FIELD_PARTY_OTHER);
}
