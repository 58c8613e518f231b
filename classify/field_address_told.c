#include "classify/field_address.h"
#include "classify/field_line.h"
#include "classify/field_words.h"
#include <string.h>

static const char address_labels[] = "address adresse notificaciones notificacion direccion domicilio lakcim cim cime "
                                     "lakcime postacim lakohely postal postale domicile";

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

/* @to, or where "Cel." begins before it. */
static uint32_t
before_way (const FieldText *text, uint32_t from, uint32_t to)
{
  for (uint32_t i = field_text_token_at (text, from); i < text->tokens->len && field_text_token (text, i)->from < to;
       i++)
    {
      const FieldToken *token = field_text_token (text, i);
      if (field_token_in (text, token, "tel telf tlf cel movil mobile mob phone telefon mobil email mail")
          || (field_token_in (text, token, "e") && text->plain->str[token->to] == '-'))
        return field_text_trim (text, (FieldSpan){ from, token->from }, ",;.").to;
    }
  return to;
}

#define LONGEST_TOWN 50 /* bytes */

static const char town_labels[]
    = "city town zip postcode postal county state ville cp commune poblacion localidad ciudad "
      "municipio provincia island telepules varos iranyitoszam irsz";
static const char street_labels[] = "street rue calle utca domicilio via kozterulet hazszam";

uint32_t
field_address_town_label (const FieldText *text, uint32_t token, bool inner)
{
  static const char sure[] = "cp postcode zip postal ville commune localidad poblacion municipio provincia irsz "
                             "iranyitoszam telepules";
  const FieldToken *one = field_text_token (text, token), *two = token + 1 < text->tokens->len ? one + 1 : NULL;
  uint32_t behind = token;
  if (two != NULL && one->line == two->line
      && ((field_token_in (text, one, "c") && field_token_in (text, two, "p"))
          || (field_token_in (text, one, "code zip") && field_token_in (text, two, "postal code"))))
    behind = token + 2;
  else if (field_token_in (text, one, inner ? sure : town_labels))
    behind = token + 1;
  const FieldToken *value = behind < text->tokens->len ? field_text_token (text, behind) : NULL;
  bool valued = behind > token && value != NULL && value->line == one->line
                && (value->kind != FIELD_TOKEN_WORD || field_is_capital (text, value));
  return valued && text->plain->str[field_text_token (text, behind - 1)->to] != ':' ? behind : token;
}

/* "Localidad Jerez de la Frontera C.P. 11490": such a line of a form without colons. */
static bool
is_bare_town (const FieldText *text, uint32_t l)
{
  const FieldLine *line = field_text_line (text, l);
  uint32_t first = field_text_token_at (text, line->from);
  return line->to - line->from <= LONGEST_TOWN && first < text->tokens->len && field_text_token (text, first)->line == l
         && field_address_town_label (text, first, false) > first;
}

/* "City/State/ZIP: …", "Code postal : …" below "Street: …": leads the address on over such lines. */
static void
add_towns (const FieldText *text, FieldAddress *address)
{
  for (uint32_t l = address->last + 1; l < text->lines->len && l <= address->first + 3; l++)
    {
      const FieldLine *line = field_text_line (text, l);
      uint32_t end = field_line_is_blank (text, l) ? 0 : field_line_label_end (text, l);
      bool bare = !field_line_is_blank (text, l) && is_bare_town (text, l);
      if (bare)
        end = line->from;
      else if (end == 0 || text->plain->str[end] != ':' || line->to - end > LONGEST_TOWN
               || !(field_line_label_is (text, l, town_labels) || field_line_label_is (text, l, street_labels)))
        return;
      address->last = l;
      address->to = bare ? before_way (text, end, line->to) : line->to;
    }
}

/* "Street: 2917 Pecan Hollow Dr", the town below it or, as in Hungarian forms, above. */
static bool
parted (const FieldText *text, uint32_t l, FieldAddress *address)
{
  const FieldLine *line = field_text_line (text, l);
  uint32_t end = field_line_is_blank (text, l) ? 0 : field_line_label_end (text, l);
  if (end == 0 || text->plain->str[end] != ':'
      || !(field_line_label_is (text, l, street_labels) || field_line_label_is (text, l, town_labels)))
    return false;
  FieldSpan value = field_text_trim (text, (FieldSpan){ end + 1, line->to }, ",;");
  *address = (FieldAddress){ .first = l, .last = l, .from = value.from, .to = value.to, .labelled = true };
  add_towns (text, address);
  bool street = false;
  for (uint32_t k = l; k <= address->last; k++)
    street |= field_line_label_is (text, k, street_labels);
  return value.to > value.from && address->last > l && street;
}

bool
field_address_labelled (const FieldText *text, uint32_t l, FieldAddress *address)
{
  if (parted (text, l, address))
    return true;
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
      after += !bare;
      after += strspn (after, " ");
      uint32_t from = (uint32_t)(after - text->plain->str), to = from;
      while (to < line->to && text->taken[to] == 0 && text->plain->str[to] != '|'
             && strncmp (text->plain->str + to, "   ", 3) != 0)
        to++;
      FieldSpan span = field_text_trim (text, (FieldSpan){ from, before_way (text, from, to) }, ",;");
      *address = (FieldAddress){ .first = l, .last = l, .from = span.from, .to = span.to, .labelled = true };
      bool digit = false;
      for (uint32_t k = span.from; k < span.to; k++)
        digit |= g_ascii_isdigit (text->plain->str[k]) != 0;
      add_towns (text, address);
      return digit && span.to > span.from + 6;
    }
  return false;
}

/* "Col. Jardines del Sur" */
static bool
is_abbreviated (const FieldText *text, uint32_t stop)
{
  static const char parts[]
      = "col av avda blvd fracc urb depto dpto apto apt int pol ind res bat esc edif mza pje psje "
        "alc del ste no num";
  uint32_t i = field_text_token_at (text, stop);
  return i > 0 && field_text_token (text, i - 1)->to == stop
         && field_token_in (text, field_text_token (text, i - 1), parts);
}

/* Where a full stop behind a number or a long word ends the piece, or its end. */
static uint32_t
sentence_end (const FieldText *text, FieldSpan piece)
{
  const char *plain = text->plain->str;
  for (uint32_t i = piece.from + 3; i + 2 < piece.to; i++)
    if (plain[i] == '.' && plain[i + 1] == ' ' && g_ascii_isupper (plain[i + 2]) && !is_abbreviated (text, i)
        && g_ascii_isalnum (plain[i - 1]) && g_ascii_isalnum (plain[i - 2])
        && (g_ascii_isupper (plain[i - 1]) || g_ascii_isalnum (plain[i - 3])))
      return i;
  return piece.to;
}

/* Leads the address on where a line end parts it from its place: "demeurant 31, rue des Forges à", and below
 * "69990 Lyon, vous écris …". */
static void
add_place_below (const FieldText *text, FieldAddress *address)
{
  FieldSpan place;
  bool before;
  const FieldLine *line = field_text_line (text, address->first), *below = line + 1;
  if (field_text_trim (text, (FieldSpan){ address->to, line->to }, ",").to > address->to
      || address->first + 1 >= text->lines->len || below->page != line->page
      || !field_find_postcode (text, address->first + 1, &place, &before) || place.from > below->from)
    return;
  address->last = address->first + 1;
  address->to = place.to;
}

bool
field_address_told (const FieldText *text, uint32_t l, FieldAddress *address)
{
  static const char words[] = "residing resident demeurant domicilie domiciliee domiciliado domiciliada residente "
                              "domicilio lakos vivo vivimos habite live lakom lakok lakik";
  static const char small[] = "rue avenue chemin impasse route calle avenida plaza paseo av c place boulevard allee "
                              "depto dpto departamento piso apto "
                              "int oficina of portal puerta local";
  const FieldLine *line = field_text_line (text, l);
  for (uint32_t i = field_text_token_at (text, line->from);
       i + 1 < text->tokens->len && field_text_token (text, i)->from < line->to; i++)
    {
      if (!field_token_in (text, field_text_token (text, i), words))
        continue;
      uint32_t first = i + 1;
      while (first + 1 < text->tokens->len
             && field_token_in (text, field_text_token (text, first), "at au a en el la of efectos de notificaciones"))
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
          to = sentence_end (text, piece);
          if (to < piece.to || text->plain->str[to] != ',')
            break;
          at = to + 1;
        }
      *address = (FieldAddress){ .first = l, .last = l, .from = from, .to = to, .labelled = true };
      bool street = field_is_street (text, (FieldSpan){ from, to });
      if (street && strncmp (text->plain->str + to, " (", 2) == 0 && g_ascii_isdigit (text->plain->str[to + 2]))
        address->to = to = to + 2 + (uint32_t)strcspn (text->plain->str + to + 2, ")\n") + 1; /* "à Tulle (19000)" */
      add_place_below (text, address);
      return digit && to > from + 10 && to - from <= FIELD_LONGEST_ADDRESS
             && (street || memchr (text->plain->str + from, ',', to - from) != NULL);
    }
  return false;
}
