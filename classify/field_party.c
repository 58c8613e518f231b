#include "classify/field_party.h"
#include "classify/field_address.h"
#include "classify/field_chat.h"
#include "classify/field_words.h"
#include <string.h>

#define LONGEST_HEAD_LINE 90 /* a longer one is a paragraph */
#define LAST_LINES 7         /* among which the signature stands */
#define SHORTEST_SHARED 4    /* letters of a word that two blocks share */
#define MOST_NAMES 12
#define MOST_BLOCKS 256
#define MANY_LABELS 3 /* lines of a form, each of which speaks for itself */

static const char to_words[] = "to para a pour attn att fao attention atencion";
static const char from_words[] = "from de felado von expediteur remitente sender claimant";
static const char to_labels[]
    = "destinataire destinatario cimzett against contra proveedor "
      "vendeur vendedor prestataire fournisseur elado kereskedo szolgaltato vallalkozas retailer trader merchant "
      "supplier reclamado reclamada denunciado denunciada commercant reszere";
/* Over a part of a form, in capitals and alone on a line. */
static const char to_sections[] = "business company firm merchant seller trader empresa establecimiento comercio "
                                  "proveedor entreprise professionnel vendeur ceg kereskedo szolgaltato vallalkozas";
static const char desk_labels[] = "office return returns retour retours devoluciones visszakuldesi visszakuldes "
                                  "assistance asistencia helpdesk support";
/* "Formulaire à renvoyer à :", with a word that points behind them. */
static const char send_labels[] = "renvoyer retourner devolver enviar remitir send post";
static const char writer_labels[] = "from de felado von expediteur remitente sender claimant reclamante reclamant "
                                    "consumidor consommateur bejelento panaszos name nom nombre nev customer client "
                                    "cliente ugyfel vendeg guest";
static const char end_labels[]
    = "date dated fecha kelt datum keltezes subject asunto objet targy objeto sub re from felado sender expediteur "
      "remitente sent envoye envoyee enviado elkuldve invoice order facture factura commande pedido rendeles szamla "
      "your votre su our notre nuestra nuestro ref reference referencia hivatkozas reclamant";
static const char contact_labels[] = "iban bic swift tel telephone telefono telefon phone tlf fax email e mail correo "
                                     "courriel web domicilio direccion "
                                     "adresse address cim cime cif nif localidad poblacion cp ville ciudad szekhely";
/* Words that a line of a form begins with, with or without a colon. */
static const char form_labels[]
    = "name address postcode phone email date order invoice account nom prenom adresse courriel telephone nombre "
      "apellidos direccion domicilio telefono nev cim lakcim telefon fecha datum complainant claimant";
static const char staff_words[] = "staff office hivatalos ugyintezo interno interne reserve reservado administration";
static const char desks[]
    = "customer service services complaint complaints department dept reclamations atencion reclamaciones "
      "ugyfelszolgalat ugyfelszolgalata panaszkezeles attn fao attention manager director directeur directrice "
      "directora "
      "secretary destinataire destinatario cimzett reszere panasziroda office support relations ugyfelkapcsolati "
      "ugyfelkapcsolat osztaly postafiok sav siniestros sinistres";
static const char salutations[] = "dear hello hi madame monsieur mesdames messieurs bonjour chere cher estimado "
                                  "estimada estimados estimadas senores "
                                  "senor senora distinguido distinguidos distinguida tisztelt kedves hola respected";
static const char closings[]
    = "sincerely faithfully regards cordialement salutations atentamente atte saludos cordialmente udvozlettel "
      "tisztelettel sentiments wishes koszonettel respetuosamente agreer truly signed firmado fdo alairas firma";

bool
field_is_writers (const FieldWork *work, uint32_t line)
{
  FieldParty party = g_array_index (work->parties, FieldParty, line);
  return party == FIELD_PARTY_WRITER || party == FIELD_PARTY_LETTERHEAD;
}

bool
field_is_others (const FieldWork *work, uint32_t line)
{
  return g_array_index (work->parties, FieldParty, line) == FIELD_PARTY_OTHER;
}

static void
set_party (FieldWork *work, uint32_t line, FieldParty party)
{
  FieldParty *known = &g_array_index (work->parties, FieldParty, line);
  if (*known != FIELD_PARTY_OTHER)
    *known = party;
}

static bool
is_blank (const FieldText *text, uint32_t l)
{
  const FieldLine *line = field_text_line (text, l);
  return line->from >= line->to;
}

/* How many words of the line stand in @list, letter for letter or nearly, of its first @most. */
static bool
begins_with_any (const FieldText *text, uint32_t l, unsigned most, const char *list)
{
  const FieldLine *line = field_text_line (text, l);
  uint32_t i = field_text_token_at (text, line->from);
  for (unsigned n = 0; n < most && i < text->tokens->len && field_text_token (text, i)->from < line->to; n++, i++)
    if (field_token_near_any (text, field_text_token (text, i), list))
      return true;
  return false;
}

/* Where the label that the line begins with ends: at a colon behind up to five words, or at the end of a line of up to
 * three. 0 when there is none. */
static uint32_t
label_end (const FieldText *text, uint32_t l)
{
  const FieldLine *line = field_text_line (text, l);
  const char *plain = text->plain->str;
  const char *colon = memchr (plain + line->from, ':', line->to - line->from);
  uint32_t end = colon != NULL ? (uint32_t)(colon - plain) : line->to;
  uint32_t words = field_text_token_at (text, end) - field_text_token_at (text, line->from);
  return words >= 1 && words <= (colon != NULL ? 5 : 3) ? end : 0;
}

/* Whether one of the words of the line's label is in @list. */
static bool
label_is (const FieldText *text, uint32_t l, const char *list)
{
  uint32_t end = label_end (text, l);
  for (uint32_t i = field_text_token_at (text, field_text_line (text, l)->from);
       end > 0 && i < text->tokens->len && field_text_token (text, i)->from < end; i++)
    {
      const FieldToken *token = field_text_token (text, i);
      if (field_token_in (text, token, list))
        return true;
    }
  return false;
}

static bool
is_capitals (const FieldText *text, const FieldLine *line)
{
  for (uint32_t i = line->from; i < line->to; i++)
    if (g_ascii_islower (text->plain->str[i]))
      return false;
  return true;
}

/* "to be sent to:" */
static bool
points_on (const FieldText *text, uint32_t l, uint32_t colon)
{
  uint32_t last = field_text_token_at (text, colon);
  return last > 0 && field_token_in (text, field_text_token (text, last - 1), "a to")
         && label_is (text, l, send_labels);
}

/* "To:", "To" alone, "2. ESTABLECIMIENTO RECLAMADO", "Attn: …": a small word such as "a" only before a colon. */
static bool
addresses_other (const FieldText *text, uint32_t l)
{
  const FieldLine *line = field_text_line (text, l);
  uint32_t end = label_end (text, l), i = field_text_token_at (text, line->from);
  if (end == 0 || i >= text->tokens->len || label_is (text, l, writer_labels))
    return false;
  const FieldToken *first = field_text_token (text, i);
  if (label_is (text, l, "use only interno hivatali reserve reservado") && label_is (text, l, staff_words))
    return true;
  bool colon = text->plain->str[end] == ':', alone = first->to == line->to;
  if (field_token_in (text, first, to_words))
    return colon ? end - first->to <= 2 : alone && first->to - first->from > 1;
  if (!colon && is_capitals (text, line) && label_is (text, l, to_sections))
    return true;
  return colon || alone
             ? label_is (text, l, to_labels) || (colon && (label_is (text, l, desk_labels) || points_on (text, l, end)))
             : label_is (text, l, "reclamado reclamada denunciado");
}

/* "De: …", "Date: …" behind "A: …"; where that has its value beside it (@valued), any that is not a way to reach it. */
static bool
has_other_label (const FieldText *text, uint32_t l, bool valued)
{
  uint32_t end = label_end (text, l);
  return end > 0 && text->plain->str[end] == ':'
         && (label_is (text, l, end_labels) || begins_with_any (text, l, 1, from_words)
             || (valued && !label_is (text, l, contact_labels)));
}

/* From a label on to the blank line or the next label of something else. */
static void
mark_labelled (FieldWork *work)
{
  const FieldText *text = work->text;
  for (uint32_t l = 0; l < text->lines->len; l++)
    {
      if (is_blank (text, l) || !addresses_other (text, l))
        continue;
      set_party (work, l, FIELD_PARTY_OTHER);
      bool valued = label_end (text, l) + 2 < field_text_line (text, l)->to;
      while (l + 1 < text->lines->len && !is_blank (text, l + 1)
             && field_text_line (text, l + 1)->to - field_text_line (text, l + 1)->from <= LONGEST_HEAD_LINE
             && !has_other_label (text, l + 1, valued) && !begins_with_any (text, l + 1, 1, salutations))
        set_party (work, ++l, FIELD_PARTY_OTHER);
    }
}

bool
field_is_heading (const FieldText *text, uint32_t l)
{
  if (l + 1 >= text->lines->len || is_blank (text, l + 1) || !is_capitals (text, field_text_line (text, l)))
    return false;
  const FieldLine *below = field_text_line (text, l + 1);
  return below->to - below->from > LONGEST_HEAD_LINE || begins_with_any (text, l + 1, 1, form_labels);
}

/* "> Dear Mr Renshaw": what another had written, where the letter has lines of its own too. */
static void
mark_quoted (FieldWork *work)
{
  const FieldText *text = work->text;
  unsigned quoted = 0, own = 0;
  for (uint32_t l = 0; l < text->lines->len; l++)
    if (!is_blank (text, l))
      *(text->plain->str[field_text_line (text, l)->from] == '>' ? &quoted : &own) += 1;
  for (uint32_t l = 0; l < text->lines->len && quoted > 0 && own >= 2; l++)
    if (!is_blank (text, l) && text->plain->str[field_text_line (text, l)->from] == '>')
      set_party (work, l, FIELD_PARTY_OTHER);
}

/* --- blocks --- */

typedef struct
{
  FieldSpan spans[MOST_NAMES];
  unsigned n;
  bool form; /* one stands behind a label, and not in the head of a mail */
} Names;

static void
add_name (Names *names, const FieldText *text, FieldSpan span)
{
  if (names->n < MOST_NAMES && field_is_name (text, span))
    names->spans[names->n++] = field_without_title (text, span);
}

/* "M. Tanguy", "Noémie": a few words with capitals, alone on a line. */
static void
add_signature (Names *names, const FieldText *text, FieldSpan span)
{
  unsigned words = 0;
  for (uint32_t i = span.from; i < span.to; i++)
    if (!g_ascii_isalpha (text->plain->str[i]) && strchr (" .'-", text->plain->str[i]) == NULL)
      return;
  for (uint32_t i = field_text_token_at (text, span.from);
       i < text->tokens->len && field_text_token (text, i)->from < span.to; i++, words++)
    if (!field_is_capital (text, field_text_token (text, i)))
      return;
  if (words >= 1 && words <= 4 && names->n < MOST_NAMES)
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
  for (uint32_t above = l; above > 0 && !is_blank (text, above - 1); above--)
    {
      const FieldLine *other = field_text_line (text, above - 1);
      FieldSpan piece = field_piece (text, other->from, other->to);
      if (other->to - piece.to <= 1 && field_is_name (text, piece))
        return true;
    }
  return false;
}

/* "Name - street - 881 00 09 40 - mail@…": the last line of all, on paper or in a mail of another. */
static bool
is_footer (const FieldText *text, uint32_t l)
{
  static const char ways[] = "tel telf tlf telefon telefono telephone phone fax ugyfelvonal ugyfelszolgalat hours";
  const FieldLine *line = field_text_line (text, l);
  FieldSpan postcode;
  bool before, way = memchr (text->plain->str + line->from, '@', line->to - line->from) != NULL;
  unsigned marks = 0;
  for (uint32_t i = line->from; i + 2 < line->to; i++)
    marks += strchr ("-|.*", text->plain->str[i + 1]) != NULL && text->plain->str[i] == ' '
             && text->plain->str[i + 2] == ' ';
  for (uint32_t i = field_text_token_at (text, line->from);
       i < text->tokens->len && field_text_token (text, i)->from < line->to; i++)
    way |= field_token_near_any (text, field_text_token (text, i), ways);
  return way && (marks >= 2 || (marks == 1 && field_find_postcode (text, l, &postcode, &before)));
}

/* Where the name begins in "for Penhaligon & Daughters", or the line itself. */
static uint32_t
signed_from (const FieldText *text, const FieldLine *line)
{
  uint32_t i = field_text_token_at (text, line->from);
  bool stands_for = i + 1 < text->tokens->len
                    && field_text_token (text, i + 1)->line == field_text_token (text, i)->line
                    && field_token_in (text, field_text_token (text, i), "for pour por pp");
  return stands_for ? field_text_token (text, i + 1)->from : line->from;
}

/* What stands behind a label and a wide gap: "Name      Shanice Whitlock". */
static FieldSpan
bare_value (const FieldText *text, uint32_t l)
{
  static const char labels[] = "name nom nombre nev neve titular";
  const FieldLine *line = field_text_line (text, l);
  uint32_t i = field_text_token_at (text, line->from);
  if (is_blank (text, l) || i >= text->tokens->len || !field_token_in (text, field_text_token (text, i), labels))
    return (FieldSpan){ 0 };
  uint32_t end = field_text_token (text, i)->to;
  return strncmp (text->plain->str + end, "  ", 2) == 0 ? field_piece (text, end, line->to) : (FieldSpan){ 0 };
}

/* Names that the writer gave as his: behind a label or a closing, in the head of a mail, alone on one of the last
 * lines. */
static void
find_names (const FieldWork *work, Names *names)
{
  const FieldText *text = work->text;
  unsigned last = 0;
  bool body = false;
  FieldSpan foot = { 0 }; /* whose it is stands above, or it is the writer's */
  for (uint32_t k = text->lines->len; k > 0 && last < LAST_LINES; k--)
    {
      const FieldLine *line = field_text_line (text, k - 1);
      if (is_blank (text, k - 1))
        continue;
      last++;
      body |= line->to - line->from > LONGEST_HEAD_LINE;
      FieldSpan piece = field_piece (text, signed_from (text, line), line->to);
      bool whole = line->to - piece.to <= 1;
      if (last == 1 && is_footer (text, k - 1) && piece.to > piece.from)
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
      uint32_t end = is_blank (text, l) ? 0 : label_end (text, l);
      unsigned before = names->n;
      if (!field_is_others (work, l))
        add_name (names, text, bare_value (text, l));
      if (end > 0 && end < line->to && label_is (text, l, writer_labels) && !field_is_others (work, l))
        add_name (names, text, field_piece (text, end + 1, line->to));
      names->form |= names->n > before && !begins_with_any (text, l, 1, from_words);
      if (!is_blank (text, l) && 2 * l >= text->lines->len && line->to - line->from <= LONGEST_HEAD_LINE
          && begins_with_any (text, l, 6, closings))
        for (uint32_t next = l + 1; next < text->lines->len && next <= l + 3; next++)
          add_name (names, text,
                    field_piece (text, field_text_line (text, next)->from, field_text_line (text, next)->to));
    }
  if (names->n == 0 && foot.to > 0)
    add_name (names, text, foot);
}

/* Whether a word of a name that is the writer's stands on the line. */
static bool
shares (const FieldText *text, uint32_t l, const Names *names)
{
  const FieldLine *line = field_text_line (text, l);
  for (uint32_t i = field_text_token_at (text, line->from);
       i < text->tokens->len && field_text_token (text, i)->from < line->to; i++)
    {
      const FieldToken *token = field_text_token (text, i);
      if (token->to - token->from < SHORTEST_SHARED || token->to - token->from >= FIELD_LONGEST_WORD)
        continue;
      g_autofree char *word = field_text_lower (text, (FieldSpan){ token->from, token->to });
      for (unsigned n = 0; n < names->n; n++)
        for (uint32_t k = field_text_token_at (text, names->spans[n].from);
             k < text->tokens->len && field_text_token (text, k)->from < names->spans[n].to; k++)
          {
            const FieldToken *part = field_text_token (text, k);
            g_autofree char *name = field_text_lower (text, (FieldSpan){ part->from, part->to });
            size_t n_word = strlen (word), n_name = strlen (name);
            if (n_name >= SHORTEST_SHARED && n_word + 1 >= n_name && n_name + 1 >= n_word
                && field_misreading (word, n_word, name, n_name) <= (n_name >= 6 ? 2 : n_name == 5))
              return true;
          }
    }
  return false;
}

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
      if (token->kind != FIELD_TOKEN_WORD)
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

static Block
block_at (const FieldWork *work, uint32_t from, const Names *names)
{
  const FieldText *text = work->text;
  Block block = { .from = from, .to = from, .named = begins_with_name (text, from) };
  for (uint32_t l = from; l < text->lines->len && !is_blank (text, l); l++)
    {
      const FieldLine *line = field_text_line (text, l);
      bool other = field_is_others (work, l);
      bool desk_below = l + 1 < text->lines->len && begins_with_any (text, l + 1, 6, desks);
      if (l > from && !block.wide && !block.form && (block.number || desk_below)
          && field_has_form (text, (FieldSpan){ line->from, line->to }))
        break; /* whom it is to, with no gap between */
      FieldSpan postcode;
      bool before;
      block.to = l + 1;
      block.other |= other;
      uint32_t label = label_end (text, l);
      block.labels += (label > 0 && text->plain->str[label] == ':') || begins_with_any (text, l, 1, form_labels);
      block.postcode |= field_find_postcode (text, l, &postcode, &before);
      block.contact |= memchr (text->plain->str + line->from, '@', line->to - line->from) != NULL
                       || begins_with_any (text, l, 1, "tel telefon telefono phone t tfno");
      block.wide |= line->to - line->from > LONGEST_HEAD_LINE && !is_letterhead_line (text, line);
      block.shared |= !other && shares (text, l, names);
      block.desk |= begins_with_any (text, l, 6, desks);
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
           && field_token_in (text, field_text_token (text, first), salutations);
  return strchr (",:!", last) != NULL && line->to - line->from <= 60 && begins_with_any (text, l, 2, salutations);
}

/* The blocks of short lines, up to the salutation as @head. */
static GArray *
blocks_of (const FieldWork *work, const Names *names, guint *head)
{
  const FieldText *text = work->text;
  GArray *blocks = g_array_new (FALSE, TRUE, sizeof (Block));
  bool in_head = true;
  for (uint32_t l = 0; l < text->lines->len && blocks->len < MOST_BLOCKS;)
    {
      if (is_blank (text, l))
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
      followed |= block->other || (!block->shared && (block->form || block->desk || block->postcode));
    }
  return !first->desk && !first->other
         && (first->form ? followed || (first->contact && at == 0) : followed && first->contact && first->named);
}

void
field_parties_find (FieldWork *work)
{
  Names names = { .n = 0 };
  guint head = 0;
  field_chat_find (work);
  if (work->chat)
    return;
  mark_labelled (work);
  mark_quoted (work);
  find_names (work, &names);
  g_autoptr (GArray) blocks = blocks_of (work, &names, &head);
  bool placed = false, english = g_strcmp0 (work->context->language, "en") == 0;
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
  for (guint i = 0; i < blocks->len; i++)
    {
      const Block *block = &g_array_index (blocks, Block, i);
      bool desk = block->number && (block->form || block->desk);
      bool told = names.n > 0 || (desk && i > 0); /* in a letter that a firm writes, its own block is the first */
      bool nameless = english && i == 0 && !desk; /* the writer's own, above the date */
      bool second = !nameless && block->to - block->from >= 2
                    && (block->postcode ? placed || block->named : block->named && block->contact);
      bool foot = i + 1 == blocks->len && block->number && block->to - block->from <= 3
                  && (block->form || (block->postcode && block->contact) || is_footer (work->text, block->to - 1));
      if (names.n == 0 && i > 0 && i + 1 == blocks->len && is_footer (work->text, block->to - 1))
        set_block (work, block, FIELD_PARTY_OTHER);
      bool printed = names.form && block->contact && (block->form || block->desk || block->postcode); /* on the form */
      if (!block->shared && names.n > 0 && printed && block->labels < MANY_LABELS && block->to - block->from <= 4)
        set_block (work, block, FIELD_PARTY_OTHER);
      if (!block->shared && told && block->labels < MANY_LABELS && (i < head ? desk || second : foot)
          && !field_is_writers (work, block->from))
        set_block (work, block, FIELD_PARTY_OTHER);
    }
}
