/* Addresses without a postcode, by a street or house and a number alone. */
#include "classify/field_address.h"
#include "classify/field_line.h"
#include "classify/field_words.h"
#include <string.h>

/* What stands before a bar or a wide gap, "PO Box 2290, Galway | 091 555 014". */
static bool
first_part (const FieldText *text, const FieldLine *line, FieldSpan *span)
{
  uint32_t to = line->from;
  while (to < line->to && text->plain->str[to] != '|' && strncmp (text->plain->str + to, "   ", 3) != 0)
    to++;
  *span = field_text_trim (text, (FieldSpan){ line->from, to }, ",");
  return to - line->from <= FIELD_LONGEST_ADDRESS && span->to > span->from && !field_text_is_taken (text, *span)
         && memchr (text->plain->str + span->from, ':', span->to - span->from) == NULL
         && strchr ("!?", text->plain->str[span->to - 1]) == NULL;
}

/* A name alone on the line above. */
static bool
is_below_name (const FieldText *text, uint32_t l)
{
  const FieldLine *above = l > 0 ? field_text_line (text, l - 1) : NULL;
  return above != NULL && !field_line_is_blank (text, l - 1)
         && field_is_name (text, (FieldSpan){ above->from, above->to });
}

/* "Mendoza 2240, Rosario", "Ellauri 550 ap. 801": without a word for a street, but a number and the town or flat. */
static bool
has_house (const FieldText *text, FieldSpan span)
{
  static const char flats[] = "ap apto apt dpto depto piso int bis puerta torre";
  bool house = false, more = memchr (text->plain->str + span.from, ',', span.to - span.from) != NULL;
  uint32_t first, n = field_tokens_in (text, span, &first);
  for (uint32_t i = first; i < first + n; i++)
    more |= i > first + 1 && field_token_in (text, field_text_token (text, i), flats);
  for (uint32_t at = span.from; at < span.to && !house;)
    {
      FieldSpan piece = field_piece (text, at, span.to);
      house = piece.to > piece.from && g_ascii_isupper (text->plain->str[piece.from])
              && (field_is_numbered (text, piece) || field_is_street (text, piece));
      at = MAX (piece.to, at) + 1;
    }
  return house && more;
}

bool
field_address_bare (const FieldText *text, uint32_t l, FieldAddress *address)
{
  FieldSpan span, town;
  const FieldLine *line = field_text_line (text, l);
  if (field_line_is_blank (text, l) || !first_part (text, line, &span)
      || !(field_is_street (text, span) || has_house (text, span)) || field_is_identity (text, span)
      || memchr (text->plain->str + span.from, '@', span.to - span.from) != NULL || span.to - span.from > 70)
    return false;
  bool digit = false;
  for (uint32_t i = span.from; i < span.to; i++)
    digit |= g_ascii_isdigit (text->plain->str[i]) != 0;
  *address = (FieldAddress){ .first = l, .last = l, .from = span.from, .to = span.to };
  if (span.to >= line->to - 1 && l + 1 < text->lines->len && field_whole_line (text, l + 1, line->page, &town)
      && field_may_be_place (text, town) && !field_is_name (text, town))
    {
      address->last = l + 1;
      address->to = town.to;
    }
  return digit
         && (address->last > l || is_below_name (text, l) || !field_is_street (text, span)
             || memchr (text->plain->str + span.from, ',', span.to - span.from) != NULL);
}
