/* Which of the addresses in a letter is the writer's, and whose name stands above it. */
#include "classify/field_line.h"
#include "classify/field_party.h"
#include "classify/field_sender.h"
#include "classify/field_words.h"
#include "classify/field_writer.h"
#include <string.h>

#define LINES_OF_FOOT 5
#define WORDS_OF_LINE 16

bool
field_sender_names_desk (const FieldWork *work, uint32_t line)
{
  return field_line_begins (work->text, line, WORDS_OF_LINE, field_list (work->text, FIELD_LIST_DESK));
}

/* A salutation, a formula or the end of a sentence stands between a recipient and what follows. */
static bool
is_body_end (const FieldText *text, const FieldLine *line)
{
  return strchr (",.!?", text->plain->str[line->to - 1]) != NULL;
}

/* "To: …" */
static bool
is_addressed (const FieldText *text, const FieldLine *line)
{
  uint32_t first = field_text_token_at (text, line->from);
  if (line->from >= line->to || first >= text->tokens->len)
    return false;
  const FieldToken *token = field_text_token (text, first);
  return text->plain->str[token->to + strspn (text->plain->str + token->to, " ")] == ':'
         && field_token_in (text, token, "to para a destinataire destinatario cimzett attn");
}

/* "Return to: PO Box 9910, …" */
static bool
is_sent_to (const FieldText *text, uint32_t at)
{
  uint32_t i = field_text_token_at (text, at);
  while (at > 0 && text->plain->str[at - 1] == ' ')
    at--;
  for (unsigned n = 0; at > 0 && text->plain->str[at - 1] == ':' && n < 2 && i > 0; n++)
    if (field_token_in (text, field_text_token (text, --i),
                        "return renvoyer retourner adresser devolver enviar remitir send visszakuldendo kuldendo dest"))
      return true;
  return false;
}

/* Whether the block of @address names a desk that letters are written to. */
static bool
is_recipient (const FieldWork *work, const FieldAddress *address)
{
  const FieldText *text = work->text;
  uint32_t first = address->name.to > 0 ? field_text_line_at (text, address->name.from) : address->first;
  if (is_sent_to (text, address->from))
    return true;
  if (field_writer_is_labelled (text, address->first) && !field_is_others (work, address->first))
    return false;
  for (unsigned n = 0; n < 3 && first > 0; n++)
    {
      const FieldLine *above = field_text_line (text, first - 1);
      if (above->from >= above->to || above->to - above->from > 64 || is_body_end (text, above))
        break;
      first--;
    }
  for (uint32_t l = first; l <= address->last; l++)
    {
      const FieldLine *line = field_text_line (text, l);
      if (field_is_others (work, l) || is_addressed (text, line))
        return true;
      if (field_is_writers (work, l))
        continue;
      if (!address->labelled && line->to - line->from <= 64 && field_sender_names_desk (work, l))
        return true;
    }
  return false;
}

/* Among the last lines, below the letter proper, and nobody else's: the writer's. */
static bool
is_in_foot (const FieldWork *work, uint32_t l)
{
  const FieldText *text = work->text;
  unsigned below = 0;
  if (2 * l < text->lines->len || field_is_others (work, l))
    return false;
  for (uint32_t next = l; next < text->lines->len && below <= LINES_OF_FOOT; next++)
    {
      const FieldLine *line = field_text_line (text, next);
      below += line->to > line->from;
      if (line->to - line->from > FIELD_LONGEST_HEAD_LINE)
        return false;
    }
  return below <= LINES_OF_FOOT;
}

void
field_sender_addresses (FieldWork *work, GArray *senders)
{
  FieldText *text = work->text;
  g_autoptr (GArray) addresses = field_addresses_find (work);
  unsigned emitted = 0;
  for (int rank = 3; rank >= 0; rank--)
    for (guint i = 0; i < addresses->len && emitted < FIELD_MOST_SENDERS; i++)
      {
        FieldAddress *address = &g_array_index (addresses, FieldAddress, i);
        if (g_array_index (work->parties, FieldParty, address->first) == FIELD_PARTY_LETTERHEAD
            && address->first < address->last)
          address->from = field_text_line (text, ++address->first)->from;
        int own = 2 * field_is_writers (work, address->first) + address->labelled;
        if (own != rank || is_recipient (work, address))
          continue;
        double first = emitted == 0 ? 0 : 0.3;
        if (address->name.to > 0)
          field_sender_add (senders, text, address->name, 0.87 - first, "place:above-address");
        g_autofree char *value = field_address_value (work, address);
        field_found (work->findings, text, "address", value, (FieldSpan){ address->from, address->to },
                     (address->labelled      ? 0.95
                      : address->name.to > 0 ? 0.85
                                             : 0.7)
                         - first,
                     address->labelled ? "label:address" : "address:postcode");
        emitted++;
      }
  for (uint32_t l = 0; emitted == 0 && l < text->lines->len; l++)
    {
      FieldAddress address;
      if (!(field_is_writers (work, l) || is_in_foot (work, l)) || !field_address_bare (text, l, &address))
        continue;
      g_autofree char *value = field_address_value (work, &address);
      field_found (work->findings, text, "address", value, (FieldSpan){ address.from, address.to }, 0.6,
                   "address:street");
      emitted++;
    }
}
