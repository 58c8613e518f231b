/* What is not of the letter: earlier messages, and pages behind its end. */
#include "classify/field_line.h"
#include "classify/field_party.h"
#include "classify/lines.h"

static int
compare_place (gconstpointer a, gconstpointer b)
{
  const ClassifyLine *line = a, *place = b;
  if (line->page != place->page)
    return line->page < place->page ? -1 : 1;
  return place->at < line->at ? 1 : place->at >= line->at + line->length ? -1 : 0;
}

/* What another wrote in an earlier message, below the letter or between its lines. */
void
field_party_mark_quoted (FieldWork *work)
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
void
field_party_mark_enclosed (FieldWork *work)
{
  guint last = work->context->lines != NULL ? last_page (work->context->lines) : G_MAXUINT;
  for (uint32_t l = 0; l < work->text->lines->len; l++)
    if (field_text_line (work->text, l)->page > last)
      g_array_index (work->parties, FieldParty, l) = FIELD_PARTY_QUOTED;
}
