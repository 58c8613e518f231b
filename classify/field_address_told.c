#include "classify/field_address.h"
#include "classify/field_words.h"
#include <string.h>

static const char address_labels[]
    = "address adresse direccion domicilio lakcim cim cime lakcime postacim lakohely postal postale domicile";

/* Whether what stands after a label without a colon can be an address: a number or capital first, and a number in it.
 */
static bool
begins_value (const char *after, uint32_t n)
{
  bool digit = false;
  for (uint32_t i = 0; i < n && after[i] != '\n'; i++)
    digit |= g_ascii_isdigit (after[i]) != 0;
  return digit && (g_ascii_isdigit (*after) || g_ascii_isupper (*after));
}

bool
field_address_labelled (const FieldText *text, uint32_t l, FieldAddress *address)
{
  const FieldLine *line = field_text_line (text, l);
  for (uint32_t i = field_text_token_at (text, line->from); i < text->tokens->len; i++)
    {
      const FieldToken *token = field_text_token (text, i);
      if (token->from >= line->to)
        return false;
      const char *after = text->plain->str + token->to;
      after += strspn (after, " ");
      bool mail = i > 0 && field_token_in (text, field_text_token (text, i - 1), "mail email e ip web")
                  && field_text_token (text, i - 1)->line == l;
      bool bare = i < field_text_token_at (text, line->from) + 2 && *after != ':'
                  && begins_value (after, line->to - token->to);
      if ((*after != ':' && !bare) || mail || !field_token_near_any (text, token, address_labels)
          || field_token_in (text, token, "direction"))
        continue;
      uint32_t from = (uint32_t)(after + !bare - text->plain->str), to = from;
      while (to < line->to && text->taken[to] == 0 && text->plain->str[to] != '|'
             && strncmp (text->plain->str + to, "   ", 3) != 0)
        to++;
      FieldSpan span = field_text_trim (text, (FieldSpan){ from, to }, ",;");
      *address = (FieldAddress){ .first = l, .last = l, .from = span.from, .to = span.to, .labelled = true };
      bool digit = false;
      for (uint32_t k = span.from; k < span.to; k++)
        digit |= g_ascii_isdigit (text->plain->str[k]) != 0;
      return digit && span.to > span.from + 6;
    }
  return false;
}

bool
field_address_told (const FieldText *text, uint32_t l, FieldAddress *address)
{
  static const char words[] = "residing resident demeurant domicilie domiciliee domiciliado domiciliada residente "
                              "domicilio lakos";
  static const char small[] = "rue avenue chemin impasse route calle avenida plaza paseo av c place boulevard allee";
  const FieldLine *line = field_text_line (text, l);
  for (uint32_t i = field_text_token_at (text, line->from);
       i + 1 < text->tokens->len && field_text_token (text, i)->from < line->to; i++)
    {
      if (!field_token_in (text, field_text_token (text, i), words))
        continue;
      uint32_t first = i + 1;
      while (first + 1 < text->tokens->len
             && field_token_in (text, field_text_token (text, first), "at au a en el la of"))
        first++;
      uint32_t at = field_text_token (text, first)->from, to = at, from = at;
      bool digit = false;
      for (unsigned n = 0; n < 6 && at < line->to; n++)
        {
          FieldSpan piece = field_piece (text, at, line->to);
          uint32_t token = field_text_token_at (text, piece.from);
          if (piece.to <= piece.from || token >= text->tokens->len
              || (g_ascii_islower (text->plain->str[piece.from])
                  && !field_token_in (text, field_text_token (text, token), small)))
            break;
          for (uint32_t k = piece.from; k < piece.to; k++)
            digit |= g_ascii_isdigit (text->plain->str[k]) != 0;
          to = piece.to;
          if (text->plain->str[to] != ',')
            break;
          at = to + 1;
        }
      *address = (FieldAddress){ .first = l, .last = l, .from = from, .to = to, .labelled = true };
      return digit && to > from + 10 && to - from <= FIELD_LONGEST_ADDRESS
             && memchr (text->plain->str + from, ',', to - from) != NULL;
    }
  return false;
}
