/* Who wrote: from a label, the head of a mail, the block above an address, the signature, the first or last lines. */
#include "classify/field_sender.h"
#include "classify/field_line.h"
#include "classify/field_party.h"
#include "classify/field_places.h"
#include "classify/field_words.h"
#include "classify/field_writer.h"
#include <string.h>

#define LONGEST_FIRM 64
#define HEAD_LINES 4       /* among which the name of a firm stands */
#define MUCH_LESS_SURE 0.2 /* a line at the edge says nothing beside a signature */

static const char name_fillers[]
    = "by contrato contrat contract cuenta compte suministro company business empresa entreprise sociale az a completo "
      "completa social complet full account holder on and y "
      "et o or your su votre first last surname apellidos apellido "
      "vezetek kereszt keresztnev utonev prenoms "
      "consumer consommateur consumidor fogyaszto tenant locataire customer client cliente complainant el la le of de "
      "du del the ugyfel panaszos teljes n guest patient patiente "
      "contact member vendeg huesped del "
      "reclamante reclamant bejelento bejelentes du persona";
void
field_sender_add (GArray *senders, const FieldText *text, FieldSpan span, double confidence, const char *rule)
{
  const char *bracket = memmem (text->plain->str + span.from, span.to - span.from, " (", 2);
  if (bracket != NULL && bracket > text->plain->str + span.from + 4)
    span.to = (uint32_t)(bracket - text->plain->str);
  uint32_t last = field_text_token_at (text, span.to);
  bool office = last > 0 && field_token_in (text, field_text_token (text, last - 1), "iroda");
  if (!office && !field_has_form (text, span)) /* "Dr. Pataki és Társai" */
    span = field_without_title (text, span);
  span = field_text_trim (text, span, ",.:;-_*");
  uint32_t n = span.to - span.from;
  while (text->plain->str[span.to] == '.' && field_has_form (text, (FieldSpan){ span.from, span.to }))
    span.to++; /* the full stop of "Kft." */
  span.to = MAX (span.to, field_form_end (text, span.to));
  if (span.from >= span.to)
    return;
  if (n >= 3 && memchr (text->plain->str + span.from, '.', MIN (n, 4)) != NULL)
    confidence -= 0.1; /* "J. Smith": a name in full beats it */
  if (field_token_in (text, field_text_token (text, field_text_token_at (text, span.from)), "famille family familia"))
    confidence -= 0.2; /* somebody signs for it */
  FieldSender sender = { span, confidence, rule };
  g_array_append_val (senders, sender);
}

/* Whether the words from the piece's beginning to the colon at @colon are a label for a name. */
static bool
is_name_label (const FieldText *text, FieldSpan label)
{
  unsigned n = 0;
  uint32_t first = field_text_token_at (text, label.from);
  bool known = first < text->tokens->len && field_text_token (text, first)->to == label.to
               && field_token_in (text, field_text_token (text, first), "customer client cliente");
  for (uint32_t i = first; i < text->tokens->len; i++, n++)
    {
      const FieldToken *token = field_text_token (text, i);
      if (token->from >= label.to)
        break;
      bool name = field_token_near_any (text, token, field_list (text, FIELD_LIST_NAME_LABEL));
      known |= name;
      if (!name && !field_token_near_any (text, token, name_fillers))
        return false;
    }
  return known && n <= 5;
}

/* Whether the words of @label ask for the surname and then for the given name: "Apellidos y nombre". */
static bool
asks_for_surname_first (const FieldText *text, FieldSpan label)
{
  bool surname = false;
  for (uint32_t i = field_text_token_at (text, label.from);
       i < text->tokens->len && field_text_token (text, i)->from < label.to; i++)
    {
      const FieldToken *token = field_text_token (text, i);
      if (surname && field_token_in (text, token, field_list (text, FIELD_LIST_GIVEN_NAME_LABEL)))
        return true;
      surname |= field_token_in (text, token, field_list (text, FIELD_LIST_FAMILY_NAME_LABEL));
    }
  return false;
}

/* @value with the given name behind its comma, "Carvajal Montesinos, Beatriz", where @label asks so or the name is a
 * frequent one. */
static FieldSpan
with_given_name (const FieldText *text, FieldSpan label, FieldSpan value, uint32_t line_to)
{
  FieldSpan given = field_piece (text, MIN (value.to + 1, line_to), line_to);
  uint32_t first, n = field_tokens_in (text, given, &first);
  if (text->plain->str[value.to] != ',' || n < 1 || n > 2
      || !(asks_for_surname_first (text, label)
           || field_token_in (text, field_text_token (text, first), field_list (text, FIELD_LIST_GIVEN_NAME))))
    return value;
  for (uint32_t i = first; i < first + n; i++)
    if (!field_is_capital (text, field_text_token (text, i)))
      return value;
  return (FieldSpan){ value.from, given.to };
}

/* "Full name   Peter Mulligan": a form without colons, at the beginning of a line. */
static void
from_bare_label (const FieldText *text, uint32_t l, GArray *senders)
{
  const FieldLine *line = field_text_line (text, l);
  uint32_t first = field_text_token_at (text, line->from), i = first;
  bool known = false;
  for (; i < text->tokens->len && i < first + 4 && field_text_token (text, i)->to <= line->to; i++)
    {
      const FieldToken *token = field_text_token (text, i);
      bool name = field_token_in (text, token, "name nom nombre nev neve")
                  || (strncmp (text->plain->str + token->to, "  ", 2) == 0
                      && field_token_in (text, token, "signature signed signe firma firmado alairas"));
      if (!name && !field_token_in (text, token, name_fillers)
          && !(known && field_token_in (text, token, field_list (text, FIELD_LIST_NAME_LABEL))))
        break;
      known |= name;
    }
  if (!known || i >= text->tokens->len || field_text_token (text, i)->line != l)
    return;
  FieldSpan value = field_piece (text, field_text_token (text, i)->from, line->to);
  FieldSpan label = { line->from, value.from };
  if (field_is_name (text, value))
    field_sender_add (senders, text, with_given_name (text, label, value, line->to), 0.86, "label:name");
}

/* "Name: …" anywhere on a line. */
static void
from_labels (const FieldWork *work, uint32_t l, GArray *senders)
{
  const FieldText *text = work->text;
  const FieldLine *line = field_text_line (text, l);
  const char *plain = text->plain->str;
  for (uint32_t at = line->from; at < line->to;)
    {
      FieldSpan piece = field_piece (text, at, line->to);
      uint32_t colon = piece.to;
      while (colon < line->to && plain[colon] == ' ')
        colon++;
      for (uint32_t i = piece.from; i + 1 < piece.to; i++)
        if (plain[i] == '.' && plain[i + 1] == ' ')
          piece.from = i + 1; /* a label may begin a sentence */
      if (colon < line->to && strchr (":;", plain[colon]) != NULL && is_name_label (text, piece))
        {
          FieldSpan value = field_piece (text, colon + 1, line->to);
          if (value.from >= value.to && l + 1 < text->lines->len)
            value = field_piece (text, field_text_line (text, l + 1)->from, field_text_line (text, l + 1)->to);
          FieldSpan given = field_piece (text, MIN (value.to + 1, line->to), line->to);
          if (!field_is_name (text, value) && plain[value.to] == ',' && given.to > given.from)
            value.to = given.to; /* "Kovács-Dobó, Gellért" */
          bool signed_by = field_text_token_at (text, piece.from) + 1 >= field_text_token_at (text, piece.to)
                           && field_token_in (text, field_text_token (text, field_text_token_at (text, piece.from)),
                                              "signed firmado fdo signature firma alairas");
          if (field_is_name (text, value))
            value = with_given_name (text, piece, value, line->to);
          if (field_is_name (text, value)) /* who signs for a firm is not who writes */
            field_sender_add (senders, text, value, signed_by ? 0.93 : 0.95, "label:name");
        }
      at = MAX (piece.to, at) + 1;
    }
}

/* Where the name begins on a line such as "From: Tom Okonkwo <tom@…>". A head with an address in brackets is known even
 * when its word is misread, unless that is one for the recipient; 0 when the line is none. */
static uint32_t
header_value (const FieldText *text, const FieldLine *line)
{
  const char *plain = text->plain->str;
  const FieldToken *first
      = field_text_token (text, MIN (field_text_token_at (text, line->from), text->tokens->len - 1));
  const char *after = plain + first->to;
  after += strspn (after, " -");
  bool sign = *after != '\0' && strchr (":;.,", *after) != NULL;
  const char *bracket = memchr (plain + line->from, '<', line->to - line->from);
  bool address = bracket != NULL && bracket[1] != '\0' && text->taken[bracket + 1 - plain] != 0;
  if (first->from > line->from + 2 || !sign || first->to - first->from > 12
      || field_token_in (text, first, "to cc bcc a para cimzett pour destinataire destinatario masolat copie copia"))
    return 0;
  if (address
      || (strchr (":;", *after) != NULL
          && field_token_near_any (text, first, "from frem fron de felado von expediteur remitente kuldo")))
    return (uint32_t)(after + 1 - plain);
  return 0;
}

/* Near the top. */
static void
from_header (const FieldWork *work, uint32_t l, GArray *senders)
{
  const FieldText *text = work->text;
  const FieldLine *line = field_text_line (text, l);
  uint32_t from = line->from < line->to ? header_value (text, line) : 0, to = from;
  if (from == 0)
    return;
  while (to < line->to && strchr ("<[(@", text->plain->str[to]) == NULL && text->taken[to] == 0)
    to++;
  FieldSpan value = field_text_trim (text, (FieldSpan){ from, to }, "\"',.");
  if (to == line->to || memmem (text->plain->str + value.from, value.to - value.from, "   ", 3) != NULL)
    value = field_piece (text, value.from, value.to);
  uint32_t words = field_text_token_at (text, value.to) - field_text_token_at (text, value.from);
  if (!field_is_name (text, value))
    {
      FieldSpan piece = field_piece (text, value.from, value.to);
      value = field_is_name (text, piece) ? piece : value;
    }
  if (value.from < value.to && (field_is_name (text, value) || (words == 2 && value.to < line->to)))
    field_sender_add (senders, text, value, 0.95, "mail:from");
}

/* The name on a line under a closing: behind "for", and before a word such as "tanítónő" for what somebody does. */
static FieldSpan
signature_at (const FieldText *text, const FieldLine *line)
{
  FieldSpan piece = field_piece (text, line->from, line->to);
  uint32_t first = field_text_token_at (text, piece.from), last = field_text_token_at (text, piece.to), end = last;
  if (first + 1 < last && field_token_in (text, field_text_token (text, first), "for pour por pp"))
    piece.from = field_text_token (text, ++first)->from;
  while (end > first + 2 && last - end < 2 && !field_is_capital (text, field_text_token (text, end - 1)))
    end--;
  if (end < last && last - first <= 5 && last - first > 2 && !field_is_name (text, piece))
    piece.to = field_text_token (text, end - 1)->to;
  return piece;
}

/* After "Yours sincerely" and its like: on the same line or one of the next. */
static void
from_closing (const FieldWork *work, uint32_t l, GArray *senders)
{
  const FieldText *text = work->text;
  const FieldLine *line = field_text_line (text, l);
  uint32_t last = 0;
  for (uint32_t i = field_text_token_at (text, line->from); i < text->tokens->len; i++)
    {
      const FieldToken *token = field_text_token (text, i);
      if (token->from >= line->to)
        break;
      if (field_token_near_any (text, token, field_list (text, FIELD_LIST_CLOSING))
          || field_token_in (text, token, "yours thanks"))
        last = token->to;
    }
  if (last == 0 || line->to - last > 90)
    return;
  FieldSpan rest = field_text_trim (text, (FieldSpan){ last, line->to }, ",:.");
  FieldSpan same = field_piece (text, rest.from, rest.to);
  if (field_is_name (text, same))
    {
      field_sender_add (senders, text, same, 0.85, "signature");
      return;
    }
  for (uint32_t next = l + 1, n = 0; next < text->lines->len && n < 3 && next < l + 7; next++)
    {
      const FieldLine *below = field_text_line (text, next);
      if (below->from >= below->to)
        continue;
      n++;
      FieldSpan piece = signature_at (text, below);
      if (field_is_others (work, next) || !field_is_name (text, piece) || field_is_street (text, piece))
        continue;
      field_sender_add (senders, text, piece, 0.88, "signature");
      return;
    }
}

/* How the rest of a line after a name speaks for it: nothing more, or something that was understood, or an address. */
static bool
goes_on_as_sender (const FieldText *text, FieldSpan name, uint32_t l)
{
  const FieldLine *line = field_text_line (text, l);
  FieldSpan rest = field_text_trim (text, (FieldSpan){ name.to, line->to }, ",.;|-()");
  if (rest.from >= rest.to || field_text_is_taken (text, rest))
    return true;
  FieldSpan piece = field_piece (text, rest.from, rest.to);
  const char *sign = text->plain->str + name.to + strspn (text->plain->str + name.to, " ");
  if (strchr ("|*-", *sign) != NULL && *sign != '\0' && sign > text->plain->str + name.to)
    return true;
  return field_is_street (text, piece) || (text->plain->str[name.to] == ',' && rest.to - rest.from < 50);
}

/* The first or last lines that are not blank. */
static void
from_edges (const FieldWork *work, GArray *senders)
{
  const FieldText *text = work->text;
  for (int bottom = 1; bottom >= 0; bottom--)
    for (uint32_t k = 0, n = 0; k < text->lines->len && n < (bottom ? 7U : 6U); k++)
      {
        uint32_t l = bottom ? text->lines->len - 1 - k : k;
        const FieldLine *line = field_text_line (text, l);
        if (line->from >= line->to)
          continue;
        n++;
        FieldSpan piece = field_piece (text, bottom ? field_signed_from (text, l) : line->from, line->to);
        FieldSpan signature = bottom ? signature_at (text, line) : piece;
        if (bottom && line->to - piece.to <= 1 && !field_is_name (text, piece) && signature.to < piece.to)
          piece = signature;                                       /* "Garzó Evarist ny. tanár" */
        bool titled = bottom && text->plain->str[piece.to] == ','; /* "Chloé Muller, directrice" */
        if (field_is_others (work, l) || !field_is_name (text, piece) || field_is_street (text, piece)
            || !goes_on_as_sender (text, piece, l) || field_is_heading (text, l)
            || (!titled && field_sender_names_desk (work, l))
            || (l + 1 < text->lines->len && field_sender_names_desk (work, l + 1)))
          continue;
        double confidence = (bottom ? 0.72 : 0.66) - 0.02 * n;
        field_sender_add (senders, text, piece, confidence, bottom ? "place:last-lines" : "place:first-lines");
      }
}

/* Whether the line above, of the same block, is a name: what stands under it is an office, as "Comité des loisirs". */
static bool
is_under_name (const FieldText *text, uint32_t l)
{
  const FieldLine *above = l > 0 ? field_text_line (text, l - 1) : NULL;
  FieldSpan piece = above != NULL ? field_piece (text, above->from, above->to) : (FieldSpan){ 0 };
  return above != NULL && above->from < above->to && above->to - piece.to <= 1 && field_is_name (text, piece);
}

/* "ALFA-TRANS 2000 Bt.": only a firm has a number in its name. */
static bool
ends_in_form (const FieldText *text, FieldSpan piece)
{
  uint32_t last = field_text_token_at (text, piece.to), blank = piece.to;
  while (blank > piece.from && text->plain->str[blank - 1] != ' ')
    blank--;
  return last > 0 && blank > piece.from + 3
         && field_is_capital (text, field_text_token (text, field_text_token_at (text, piece.from)))
         && field_form_end (text, blank) >= piece.to
         && strpbrk (text->plain->str + piece.from, "!?") != text->plain->str + piece.to;
}

/* A firm or body in the letterhead or under the signature: who signs writes for it. */
static void
from_firms (const FieldWork *work, GArray *senders)
{
  const FieldText *text = work->text;
  for (uint32_t l = 0; l < text->lines->len && senders->len < 64; l++)
    {
      const FieldLine *line = field_text_line (text, l);
      if (line->from >= line->to || !line->outer || !field_is_writers (work, l))
        continue;
      FieldSpan piece = field_piece (text, field_signed_from (text, l), line->to);
      uint32_t end = field_form_end (text, piece.to);
      bool firm = end > piece.to || field_has_form (text, piece)
                  || (l < HEAD_LINES && memmem (text->plain->str + piece.from, piece.to - piece.from, " & ", 3) != NULL)
                  || g_array_index (work->parties, FieldParty, l) == FIELD_PARTY_LETTERHEAD;
      if (piece.to - piece.from < LONGEST_FIRM
          && ((firm && field_is_name (text, piece)) || (end == piece.to && ends_in_form (text, piece))
              || (field_is_body (text, piece) && !is_under_name (text, l))))
        field_sender_add (senders, text, piece, 0.94, "place:firm");
    }
}

static gint
surer_first (gconstpointer a, gconstpointer b)
{
  const FieldSender *x = a, *y = b;
  return x->confidence != y->confidence ? (x->confidence < y->confidence ? 1 : -1)
         : x->span.from < y->span.from  ? -1
                                        : 1;
}

/* Whether each word of @value stands in @name. */
static bool
is_part_of (const char *value, const char *name)
{
  g_autofree char *plain = field_fold (value), *whole = field_fold (name);
  g_auto (GStrv) words = g_strsplit_set (plain, " -.,", -1), all = g_strsplit_set (whole, " -.,", -1);
  for (char **word = words; *word != NULL; word++)
    if (!g_strv_contains ((const char *const *)all, *word))
      return false;
  return true;
}

/* "Carvajal Montesinos, Beatriz" as "Beatriz Carvajal Montesinos", but in Hungarian, where that is the order. Takes
 * @name; owned by the caller. */
static char *
in_order (const FieldWork *work, const FieldSender *sender, char *name)
{
  char *comma = strstr (name, ", ");
  if (comma == NULL || strcmp (sender->rule, "label:name") != 0 || g_strcmp0 (work->context->language, "hu") == 0)
    return name;
  g_autofree char *taken = name;
  return g_strdup_printf ("%s %.*s", comma + 2, (int)(comma - name), taken);
}

/* @joined: what is reported already, NULL for nothing. */
static void
report (FieldWork *work, GArray *senders, const RecordFinding *joined)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_array_sort (senders, surer_first);
  field_sender_prefer_fuller (work, senders);
  double best = joined != NULL     ? joined->confidence
                : senders->len > 0 ? g_array_index (senders, FieldSender, 0).confidence
                                   : 0;
  for (guint i = 0; i < senders->len && g_hash_table_size (seen) < FIELD_MOST_SENDERS; i++)
    {
      const FieldSender *sender = &g_array_index (senders, FieldSender, i);
      if (field_is_others (work, field_text_line_at (work->text, sender->span.from))
          || sender->confidence + MUCH_LESS_SURE < best)
        continue;
      g_autofree char *printed = field_text_printed (work->text, sender->span);
      g_autofree char *value = in_order (work, sender, g_strstrip (field_places_clean (printed, work->text->words)));
      if (*value == '\0') /* the line of a form that nobody filled in */
        continue;
      if ((joined == NULL || !is_part_of (value, joined->value)) && g_hash_table_add (seen, field_fold (value)))
        field_found (work->findings, work->text, "sender", value, sender->span, sender->confidence, sender->rule);
    }
}

void
field_find_sender (FieldWork *work)
{
  const FieldText *text = work->text;
  g_autoptr (GArray) senders = g_array_new (FALSE, TRUE, sizeof (FieldSender));
  if (text->tokens->len == 0)
    return;
  for (uint32_t l = 0; l < text->lines->len && senders->len < 64; l++)
    {
      if (!field_text_line (text, l)->outer || field_is_others (work, l))
        continue;
      from_labels (work, l, senders);
      from_bare_label (text, l, senders);
      if (l < 16)
        from_header (work, l, senders);
      from_closing (work, l, senders);
    }
  const RecordFinding *joined = field_sender_of_parts (work);
  field_senders_in_text (work, senders);
  from_firms (work, senders);
  field_sender_addresses (work, senders);
  from_edges (work, senders);
  report (work, senders, joined);
}
