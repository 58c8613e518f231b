#include "classify/field_address.h"
#include "classify/field_line.h"
#include "classify/field_places.h"
#include "classify/field_words.h"
#include "classify/field_writer.h"
#include <string.h>

#define LINES_ABOVE 5
#define MOST_ADDRESSES 32

FieldSpan
field_piece (const FieldText *text, uint32_t from, uint32_t to)
{
  const char *plain = text->plain->str;
  while (from < to && plain[from] == ' ')
    from++;
  uint32_t end = from;
  while (end < to && text->taken[end] == 0 && strchr (",|;(:)", plain[end]) == NULL
         && !(plain[end] == '-' && end > from && plain[end - 1] == ' ' && plain[end + 1] == ' ')
         && !(plain[end] == ' ' && end + 2 < to && plain[end + 1] == ' ' && plain[end + 2] == ' '))
    end++;
  return field_text_trim (text, (FieldSpan){ from, end }, "");
}

/* --- what belongs to the address of a postcode --- */

static bool
is_blank (const FieldLine *line)
{
  return line->from >= line->to;
}

bool
field_whole_line (const FieldText *text, uint32_t l, uint32_t page, FieldSpan *span)
{
  const FieldLine *line = field_text_line (text, l);
  *span = field_text_trim (text, (FieldSpan){ line->from, line->to }, ",");
  return line->page == page && !is_blank (line) && line->to - line->from <= FIELD_LONGEST_ADDRESS
         && !field_text_is_taken (text, *span)
         && memchr (text->plain->str + span->from, ':', span->to - span->from) == NULL
         && strchr ("!?", text->plain->str[span->to - 1]) == NULL;
}

bool
field_may_be_place (const FieldText *text, FieldSpan span)
{
  uint32_t first, n = field_tokens_in (text, span, &first);
  bool place = n >= 1 && n <= 5;
  for (uint32_t i = first; place && i < first + n; i++)
    {
      const FieldToken *token = field_text_token (text, i);
      place
          = field_is_capital (text, token)
            || field_token_in (text, token, "de del la las los le les du des of the and y et an na aux au en sur sous");
    }
  return place;
}

static const char houses[] = "cottage house forge farm barn rectory vicarage mill lodge hall manor grange villa croft "
                             "presbytere ferme domaine chateau mas residence cortijo finca hacienda casa tanya the";

bool
field_is_numbered (const FieldText *text, FieldSpan span)
{
  uint32_t first, n = field_tokens_in (text, span, &first);
  for (uint32_t i = first; i < first + MIN (n, 5); i++)
    {
      const FieldToken *token = field_text_token (text, i);
      if (token->kind == FIELD_TOKEN_NUMBER)
        return i > first && token->to - token->from <= 5;
      if (token->kind != FIELD_TOKEN_WORD
          || (!field_is_capital (text, token) && !field_token_in (text, token, "de del la el los las du des le les y")))
        return false;
    }
  return false;
}

/* "Old Vicarage" */
static bool
is_house (const FieldText *text, FieldSpan span)
{
  uint32_t first, n = field_tokens_in (text, span, &first);
  return n > 1 && field_token_in (text, field_text_token (text, first + n - 1), houses);
}

/* Neither a number nor a word for a house: not part of an address that goes on with a house number. */
static bool
is_no_house (const FieldText *text, FieldSpan span)
{
  uint32_t first, n = field_tokens_in (text, span, &first);
  for (uint32_t i = first; i < first + n; i++)
    {
      const FieldToken *token = field_text_token (text, i);
      if (token->kind != FIELD_TOKEN_WORD || field_token_in (text, token, houses)
          || field_token_in (text, token, "flat apartment apt unit room suite floor block residence batiment care co"))
        return false;
    }
  return true;
}

/* "Válasz ide: Kovács Gellért, 3396 Kerecsend, …" */
static bool
is_behind_label (const FieldText *text, const FieldLine *line, uint32_t at)
{
  while (at > line->from && text->plain->str[at - 1] == ' ')
    at--;
  uint32_t label = field_text_token_at (text, at > 0 ? at - 1 : 0);
  return at > line->from && text->plain->str[at - 1] == ':' && label > 0
         && !field_token_in (text, field_text_token (text, label - 1), "sz szul szuletett nee geb anyja");
}

/* Where the last sentence of the piece begins: "… is 9900. Kun Marcell" */
static uint32_t
last_sentence (const FieldText *text, FieldSpan piece)
{
  const char *plain = text->plain->str;
  uint32_t from = piece.from;
  for (uint32_t i = piece.from + 3; i + 2 < piece.to; i++)
    if (plain[i] == '.' && plain[i + 1] == ' ' && g_ascii_isupper (plain[i + 2]) && g_ascii_isalnum (plain[i - 1])
        && (g_ascii_isdigit (plain[i - 1])
            || (g_ascii_islower (plain[i - 2]) && g_ascii_islower (plain[i - 3]) && piece.to - piece.from > 40)))
      from = i + 2;
  return from;
}

/* Pieces before the postcode on its line: a name first, then the house and street. */
static void
look_left (const FieldText *text, FieldAddress *address, FieldSpan postcode)
{
  const FieldLine *line = field_text_line (text, address->first);
  const char *plain = text->plain->str;
  uint32_t at = line->from, from = UINT32_MAX;
  while (at < postcode.from)
    {
      bool stop = false;
      while (at < postcode.from && strchr (" ,-|;()*.", plain[at]) != NULL)
        stop = plain[at++] == '.' || stop;
      FieldSpan piece = field_piece (text, at, postcode.to);
      if (piece.to >= postcode.from)
        break;
      uint32_t sentence = last_sentence (text, piece);
      piece.from = sentence;
      bool first
          = at == line->from || sentence > at || stop || (from == UINT32_MAX && is_behind_label (text, line, at)),
          joined = strchr (",-()*|", plain[piece.to]) != NULL || plain[piece.to] == ' ';
      bool born
          = field_token_in (text, field_text_token (text, field_text_token_at (text, piece.from)), "szul nee nacido");
      bool street = (!born && field_is_street (text, piece)) || field_is_numbered (text, piece)
                    || (g_ascii_isdigit (plain[piece.from]) && piece.to - piece.from <= 7);
      bool house = g_ascii_isdigit (plain[piece.from]) && field_is_street (text, piece);
      if (house && from != UINT32_MAX && is_no_house (text, (FieldSpan){ from, piece.from }))
        from = UINT32_MAX; /* whoever stands before it */
      bool numbered
          = plain[piece.to] == ',' && field_is_house_number (text, field_piece (text, piece.to + 1, postcode.to));
      if (first && !street && !numbered && !is_house (text, piece) && field_is_name (text, piece))
        address->name = piece;
      else if (from == UINT32_MAX && piece.to > piece.from
               && (street || address->name.to > 0 || (first && joined && field_may_be_place (text, piece))))
        from = piece.from;
      if (!joined)
        from = UINT32_MAX;
      at = MAX (piece.to, at) + 1;
    }
  address->from = from != UINT32_MAX ? from : MIN (at, postcode.from);
}

/* What looked like a name before the postcode is a village or house when the street, or a body's name, stands on the
 * line above. */
static void
below_street (const FieldText *text, FieldAddress *address)
{
  FieldSpan above;
  const FieldLine *line = field_text_line (text, address->first);
  uint32_t first;
  FieldSpan rest = { line->from, address->from }, none = { 0 };
  if (address->first == 0 || !field_whole_line (text, address->first - 1, line->page, &above)
      || !(field_is_street (text, above) || field_is_body (text, above)) || field_tokens_in (text, rest, &first) > 5
      || field_text_is_taken (text, rest))
    return;
  address->name = field_is_street (text, above) ? none : above;
  address->from = line->from;
}

/* "Bem t6r 6.": behind a postcode and place a capital and a number are a street, whatever stands between. */
static bool
ends_in_number (const FieldText *text, FieldSpan span)
{
  uint32_t first, n = field_tokens_in (text, span, &first);
  const FieldToken *last = n >= 2 ? field_text_token (text, first + n - 1) : NULL;
  return last != NULL && n <= 5 && field_is_capital (text, field_text_token (text, first))
         && last->kind == FIELD_TOKEN_NUMBER && last->to - last->from <= 3;
}

/* "sz.", "B lépcsőház", "7. lakrész" */
static bool
is_of_house (const FieldText *text, FieldSpan span)
{
  uint32_t first, n = field_tokens_in (text, span, &first);
  for (uint32_t i = first; i < first + n; i++)
    if (field_token_in (text, field_text_token (text, i),
                        "sz szam em emelet ajto lepcsohaz lakresz lakas fszt foldszint lph ep epulet hrsz a b c d"))
      return true;
  return false;
}

/* Pieces after a Hungarian postcode and place: the street. */
static void
look_right (const FieldText *text, FieldAddress *address, FieldSpan postcode)
{
  const FieldLine *line = field_text_line (text, address->last);
  address->to = postcode.to;
  const char *plain = text->plain->str;
  for (uint32_t at = postcode.to, n = 0; at < line->to && (plain[at] == ',' || plain[at] == '.' || n == 0) && n < 4;
       n++)
    {
      FieldSpan piece = field_piece (text, at + (plain[at] == ',' || plain[at] == '.'), line->to);
      uint32_t first;
      for (uint32_t i = field_text_token_at (text, piece.from); i < field_text_token_at (text, piece.to); i++)
        if (field_token_in (text, field_text_token (text, i), "alatti alatt")) /* "Nyíl utca 77. alatti lakos" */
          piece.to = field_text_trim (text, (FieldSpan){ piece.from, field_text_token (text, i)->from }, "").to;
      if (!field_is_street (text, piece) && !(n == 0 && ends_in_number (text, piece))
          && !(n > 0 && field_tokens_in (text, piece, &first) <= 4 && piece.to > piece.from
               && (g_ascii_isdigit (plain[piece.from]) || is_of_house (text, piece))))
        return;
      address->to = piece.to;
      at = piece.to;
    }
  FieldSpan next;
  uint32_t unused;
  if (address->to == postcode.to && address->last + 1 < text->lines->len
      && field_whole_line (text, address->last + 1, line->page, &next) && field_is_street (text, next))
    {
      address->last++;
      address->to = next.to;
    }
  if (address->to > postcode.to && address->last + 1 < text->lines->len
      && field_whole_line (text, address->last + 1, line->page, &next) && is_of_house (text, next)
      && field_tokens_in (text, next, &unused) <= 6
      && !field_find_postcode (text, address->last + 1, &(FieldSpan){ 0 }, &(bool){ false }))
    {
      address->last++;
      address->to = next.to;
    }
}

bool
field_is_identity (const FieldText *text, FieldSpan span)
{
  uint32_t first, n = field_tokens_in (text, span, &first);
  return n > 1
         && (field_token_in (text, field_text_token (text, first),
                             "dni nif cif nie rut run cuit cuil rfc nit ruc cedula siret tva ice tel cel mob cc")
             || (field_token_in (text, field_text_token (text, first), "c")
                 && text->plain->str[field_text_token (text, first)->to] == '.'
                 && field_token_in (text, field_text_token (text, first + 1), "i c")));
}

/* Above a postcode a house number or the name of a house is enough. */
static bool
may_be_street (const FieldText *text, FieldSpan span)
{
  uint32_t first, n = field_tokens_in (text, span, &first);
  const FieldToken *token = n > 0 ? field_text_token (text, first) : NULL;
  if (field_is_identity (text, span))
    return false;
  if (n >= 2 && n <= 4 && token->kind == FIELD_TOKEN_WORD && field_may_be_place (text, span)
      && (field_token_in (text, field_text_token (text, first + n - 1), houses) || field_token_in (text, token, "the")
          || (n >= 3 && field_token_in (text, token, "la le les el las los"))))
    return true;
  return field_is_numbered (text, span) || field_is_street (text, span)
         || (n >= 2 && n <= 9 && token->kind != FIELD_TOKEN_WORD && token->to - token->from <= 4
             && field_text_token (text, first + 1)->kind == FIELD_TOKEN_WORD);
}

/* A British or Irish postcode cannot be anything else; four or five digits can. */
static bool
speaks_for_itself (const FieldText *text, FieldSpan postcode)
{
  return g_ascii_isalpha (text->plain->str[postcode.from]);
}

/* The first line under the name that a block begins with, where only villages and counties stand between it and a
 * postcode alone on line @l; @l when it is not so. */
static uint32_t
below_name (const FieldText *text, uint32_t l, uint32_t page)
{
  FieldSpan span;
  uint32_t top = l;
  while (top > 0 && l - top < LINES_ABOVE && field_whole_line (text, top - 1, page, &span)
         && field_may_be_place (text, span))
    top--;
  bool begins = top == 0 || is_blank (field_text_line (text, top - 1));
  if (!begins || l - top < 2 || !field_whole_line (text, top, page, &span) || !field_is_name (text, span))
    return l;
  return top + 1;
}

/* "Washington Etcheverry - C.I. 1.111.111-1": a name, and behind a dash no street. */
static bool
is_name_line (const FieldText *text, FieldSpan span)
{
  FieldSpan piece = field_piece (text, span.from, span.to);
  const char *sign = text->plain->str + piece.to + strspn (text->plain->str + piece.to, " ");
  FieldSpan rest = { (uint32_t)(sign - text->plain->str), span.to };
  return piece.to < span.to && *sign == '-' && field_is_name (text, piece) && !field_is_street (text, piece)
         && (field_is_identity (text, field_text_trim (text, rest, "- "))
             || !field_is_street (text, field_text_trim (text, rest, "- ")));
}

/* Lines above that belong to the block, and the name above them. */
static void
look_up (const FieldText *text, FieldAddress *address)
{
  uint32_t page = field_text_line (text, address->first)->page, top = address->first;
  FieldSpan span;
  for (uint32_t l = address->first, n = 0; l > 0 && n < LINES_ABOVE && field_whole_line (text, l - 1, page, &span)
                                           && !(top < address->first && field_is_body (text, span));
       l--, n++)
    if (is_name_line (text, span))
      break;
    else if (may_be_street (text, span) && !field_find_postcode (text, l - 1, &(FieldSpan){ 0 }, &(bool){ false }))
      top = l - 1;
  if (top == address->first && speaks_for_itself (text, (FieldSpan){ address->from, address->to }))
    top = below_name (text, address->first, page);
  if (top < address->first)
    {
      address->first = top;
      field_whole_line (text, top, page, &span);
      FieldSpan piece = field_piece (text, span.from, span.to);
      address->from = span.from;
      if (!field_is_street (text, piece) && field_is_name (text, piece) && piece.to < span.to)
        {
          address->name = piece;
          address->from = field_text_trim (text, (FieldSpan){ piece.to, span.to }, ",").from;
          return;
        }
    }
  uint32_t above = address->first;
  if (above > 0 && is_blank (field_text_line (text, above - 1)) && above > 1)
    return;
  if (above > 0 && field_whole_line (text, above - 1, page, &span))
    {
      FieldSpan piece = field_piece (text, field_signed_from (text, above - 1), span.to);
      if (field_is_name (text, piece) || field_is_body (text, piece))
        address->name = piece;
    }
}

/* "24000 Szabadka" and the street below it, with the name above. */
static void
look_down (const FieldText *text, FieldAddress *address)
{
  FieldSpan below;
  uint32_t page = field_text_line (text, address->last)->page;
  if (address->name.to == 0 || address->last + 1 >= text->lines->len
      || !field_whole_line (text, address->last + 1, page, &below) || !field_is_street (text, below)
      || field_find_postcode (text, address->last + 1, &(FieldSpan){ 0 }, &(bool){ false }))
    return;
  address->last++;
  address->to = below.to;
}

static bool
has_street (const FieldText *text, const FieldAddress *address, FieldSpan postcode)
{
  if (address->first < address->last)
    return true;
  for (uint32_t at = address->from; at < address->to;)
    {
      uint32_t line = field_text_line_at (text, at);
      FieldSpan piece = field_piece (text, at, MIN (address->to, field_text_line (text, line)->to));
      if (piece.from != postcode.from
          && (field_is_street (text, piece) || field_is_numbered (text, piece) || ends_in_number (text, piece)))
        return true;
      if (piece.from == postcode.from && piece.to > postcode.from + 10 && field_has_street_word (text, piece))
        return true;
      at = MAX (piece.to, at) + 1;
    }
  return false;
}

GArray *
field_addresses_find (const FieldWork *work)
{
  const FieldText *text = work->text;
  GArray *addresses = g_array_new (FALSE, TRUE, sizeof (FieldAddress));
  for (uint32_t l = 0; l < text->lines->len && addresses->len < MOST_ADDRESSES; l++)
    {
      const FieldLine *line = field_text_line (text, l);
      FieldAddress address = { .first = l, .last = l, .from = UINT32_MAX };
      FieldSpan postcode;
      bool before;
      if (!line->outer || is_blank (line))
        continue;
      if (!field_address_labelled (text, l, &address) && !field_address_told (text, l, &address))
        {
          address = (FieldAddress){ .first = l, .last = l, .from = UINT32_MAX };
          if (!field_find_postcode (text, l, &postcode, &before))
            continue;
          look_left (text, &address, postcode);
          if (before)
            look_right (text, &address, postcode);
          else
            address.to = postcode.to;
          below_street (text, &address);
          bool alone = field_text_trim (text, (FieldSpan){ line->from, address.from }, ",.").to <= line->from;
          if (address.name.to == 0 && alone)
            look_up (text, &address);
          if (!before && alone && address.first == address.last)
            look_down (text, &address);
          bool under_name = address.name.to > 0 && address.name.to < line->from && address.from < postcode.from;
          if (!speaks_for_itself (text, postcode) && !under_name && !has_street (text, &address, postcode))
            continue;
        }
      g_array_append_val (addresses, address);
      l = address.last;
    }
  return addresses;
}

/* What stands between the end of a line, which @value ends with, and the next: nothing behind "rue des Forges à". */
static const char *
between_lines (const GString *value)
{
  static const char *const small[] = { " à", " a", " at", " en", " in" };
  for (gsize i = 0; i < G_N_ELEMENTS (small); i++)
    if (g_str_has_suffix (value->str, small[i]))
      return " ";
  return value->len > 0 ? ", " : "";
}

/* Where the value behind a label without a colon begins on line @l; 0 where there is none. */
static uint32_t
behind_bare_label (const FieldText *text, uint32_t l)
{
  uint32_t first = field_text_token_at (text, field_text_line (text, l)->from);
  uint32_t behind = first < text->tokens->len ? field_address_town_label (text, first, false) : first;
  return behind > first ? field_text_token (text, behind)->from : 0;
}

/* Appends what is printed in @span, whose parts dashes or, in a labelled address, labels part. */
static void
append_parts (GString *value, const FieldText *text, FieldSpan span, bool labelled)
{
  static const char *const parting[] = { " | ", " - ", " – ", " — " };
  uint32_t first, n = labelled ? field_tokens_in (text, span, &first) : 0;
  for (uint32_t i = 1; i < n; i++)
    {
      uint32_t behind = field_address_town_label (text, first + i, true);
      if (behind == first + i)
        continue;
      bool number = field_text_token (text, first + i - 1)->kind == FIELD_TOKEN_NUMBER;
      append_parts (value, text,
                    field_text_trim (text, (FieldSpan){ span.from, field_text_token (text, first + i)->from }, ","),
                    false);
      g_string_append (value, number ? " " : ", ");
      span.from = field_text_token (text, behind)->from;
      break;
    }
  g_autofree char *printed = field_text_printed (text, span);
  g_autoptr (GString) joined = g_string_new (printed);
  for (gsize i = 0; i < G_N_ELEMENTS (parting); i++)
    g_string_replace (joined, parting[i], ", ", 0);
  g_string_append (value, joined->str);
}

char *
field_address_value (const FieldWork *work, const FieldAddress *address)
{
  const FieldText *text = work->text;
  GString *value = g_string_new (NULL);
  for (uint32_t l = address->first; l <= address->last; l++)
    {
      const FieldLine *line = field_text_line (text, l);
      bool below = l > address->first && address->labelled;
      uint32_t label = below ? MAX (field_line_label_end (text, l) + 1, behind_bare_label (text, l)) : 0;
      FieldSpan span = { MAX (MAX (line->from, label), address->from), MIN (line->to, address->to) };
      span = field_text_trim (text, span, ",");
      if (span.from >= span.to)
        continue;
      g_string_append (value, between_lines (value));
      append_parts (value, text, span, below);
    }
  g_autofree char *printed = g_string_free (value, FALSE);
  return field_places_repaired (printed, work->context->words);
}
