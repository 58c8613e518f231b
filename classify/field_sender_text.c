#include "classify/field_party.h"
#include "classify/field_sender.h"
#include "classify/field_words.h"
#include <string.h>

#define LONGEST_TAIL 90 /* bytes after the last sentence of a line */
#define LONGEST_PART 40 /* of a name, in bytes */
#define MOST_CELLS 96

/* "Kovács Éva vagyok": the two words before. */
static void
from_words_before (const FieldWork *work, GArray *senders)
{
  const FieldText *text = work->text;
  for (uint32_t i = 2; i < text->tokens->len && senders->len < 64; i++)
    {
      const FieldToken *first = field_text_token (text, i - 2), *second = field_text_token (text, i - 1);
      FieldSpan span = { first->from, second->to };
      if (field_token_in (text, field_text_token (text, i), "vagyok here")
          && first->line == field_text_token (text, i)->line && field_is_name (text, span))
        field_sender_add (senders, text, span, 0.8, "sentence:my-name-is");
    }
}

/* "My name is …", "je soussignée …": in the middle of a sentence. */
static void
from_sentence (const FieldWork *work, GArray *senders)
{
  static const char *const before[][2] = {
    { "name", "is" },        { "m", "appelle" },   { "je", "soussigne" }, { "je", "soussignee" }, { "me", "llamo" },
    { "nombre", "es" },      { "a", "nevem" },     { "", "soy" },         { "account", "is" },    { "", "yo" },
    { "", "llama" },         { "", "i" },          { "c", "est" },        { "je", "suis" },       { "this", "is" },
    { "i", "am" },           { "i", "m" },         { "s", "me" },         { "", "moi" },          { "", "alulirott" },
    { "abajo", "firmante" }, { "", "undersigned" }
  };
  const FieldText *text = work->text;
  for (uint32_t i = 0; i + 1 < text->tokens->len && senders->len < 64; i++)
    for (size_t b = 0; b < G_N_ELEMENTS (before); b++)
      {
        const FieldToken *token = field_text_token (text, i), *next = field_text_token (text, i + 1);
        if (strlen (before[b][1]) != token->to - token->from || !field_token_in (text, token, before[b][1])
            || next->line != token->line || (before[b][0][0] != '\0' && i == 0)
            || (before[b][0][0] != '\0' && !field_token_in (text, field_text_token (text, i - 1), before[b][0])))
          continue;
        if (before[b][0][0] == '\0' && token->to - token->from == 1 && text->plain->str[token->to] != ',')
          continue; /* "I, Tom Okonkwo, residing at" */
        uint32_t end = token->to, n = 0;
        for (uint32_t k = i + 1; k < text->tokens->len && n < 5; k++, n++)
          {
            const FieldToken *word = field_text_token (text, k);
            bool apart = k > i + 1 && word->from > end + 1;
            if (word->line != token->line || apart || word->from > end + 3
                || !(field_is_capital (text, word) || field_token_in (text, word, "de del la")))
              break;
            end = word->to;
          }
        FieldSpan span = { next->from, end };
        if (span.to > span.from && field_is_name (text, span))
          field_sender_add (senders, text, span, 0.78, "sentence:my-name-is");
      }
}

/* "YESENIA OSPINA MÚNERA, identificada con C.C. …": what petitions begin with. */
static void
from_petition (const FieldWork *work, GArray *senders)
{
  static const char words[]
      = "identificado identificada mayor vecino vecina domiciliado domiciliada usuario usuaria abonado abonada "
        "titular demeurant domicilie domiciliee soussigne soussignee residing lakos lakosa szuletett";
  const FieldText *text = work->text;
  for (uint32_t l = 0; l < text->lines->len && senders->len < 64; l++)
    {
      const FieldLine *line = field_text_line (text, l);
      FieldSpan piece = field_piece (text, line->from, line->to);
      uint32_t next = field_text_token_at (text, piece.to);
      if (piece.to < line->to && text->plain->str[piece.to] == ',' && next < text->tokens->len
          && !field_is_others (work, l) && field_token_in (text, field_text_token (text, next), words)
          && field_is_name (text, piece))
        field_sender_add (senders, text, piece, 0.86, "sentence:my-name-is");
    }
}

/* "[19:47] you: Eimear Tuohy, account …": the first turn of the writer in a chat that is, or begins with, a name. */
static void
from_chat (const FieldWork *work, GArray *senders)
{
  const FieldText *text = work->text;
  if (work->speaker.to > 0)
    field_sender_add (senders, text, work->speaker, 0.9, "chat:speaker");
  for (uint32_t l = 0; work->chat && work->speaker.to == 0 && l < text->lines->len; l++)
    {
      const FieldLine *line = field_text_line (text, l);
      const char *colon = memchr (text->plain->str + line->from, ':', line->to - line->from);
      const char *next = colon != NULL ? strstr (colon, ": ") : NULL; /* the first may be that of a time */
      if (!field_is_writers (work, l) || next == NULL || next >= text->plain->str + line->to)
        continue;
      FieldSpan name = field_piece (text, (uint32_t)(next + 1 - text->plain->str), line->to);
      for (uint32_t i = field_text_token_at (text, name.from), n = 0;
           n < 3 && i + 1 < text->tokens->len && field_text_token (text, i)->to < name.to
           && field_token_in (text, field_text_token (text, i),
                              "con soy c est je suis moi ici it its s this is i m im am avec with hi hello "
                              "hola bonjour szia");
           i++, n++)
        name.from = field_text_token (text, i + 1)->from; /* "Con Iñaki Zubeldia" */
      if (field_is_name (text, name))
        field_sender_add (senders, text, name, 0.86, "chat:answer");
    }
}

static const char family_labels[] = "nom surname apellido apellidos vezeteknev csaladi last family";
static const char given_labels[] = "prenom prenoms first given forename forenames nombre nombres keresztnev utonev";

/* The words with capitals behind "Nom :" or "Prénom :", with nothing else in the cell. */
static FieldSpan
value_of_label (const FieldText *text, FieldSpan cell, const char *list)
{
  const char *plain = text->plain->str;
  const char *colon = memchr (plain + cell.from, ':', cell.to - cell.from);
  uint32_t words = 0;
  bool known = false;
  if (colon == NULL)
    return (FieldSpan){ 0 };
  for (uint32_t i = field_text_token_at (text, cell.from);
       i < text->tokens->len && field_text_token (text, i)->to <= colon - plain; i++, words++)
    known |= field_token_in (text, field_text_token (text, i), list);
  FieldSpan value = field_piece (text, (uint32_t)(colon + 1 - plain), cell.to);
  uint32_t first = field_text_token_at (text, value.from);
  bool capital = first < text->tokens->len && field_is_capital (text, field_text_token (text, first));
  return known && words <= 2 && capital && value.to - value.from < LONGEST_PART ? value : (FieldSpan){ 0 };
}

/* Where the wide gap begins that ends the cell at @at: none before or behind the colon of a label; @end when there is
 * none. */
static uint32_t
cell_end (const char *plain, uint32_t at, uint32_t end)
{
  for (uint32_t i = at; i < end; i++)
    {
      uint32_t blanks = (uint32_t)strspn (plain + i, " ");
      if (blanks >= 3 && i > at && plain[i - 1] != ':' && plain[i + blanks] != ':')
        return i;
      i += blanks;
    }
  return end;
}

/* The cells of the first lines: what wide gaps part. */
static GArray *
cells_of (const FieldText *text)
{
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (FieldSpan));
  const char *plain = text->plain->str;
  for (uint32_t l = 0; l < text->lines->len && cells->len < MOST_CELLS; l++)
    for (uint32_t at = field_text_line (text, l)->from, end = field_text_line (text, l)->to; at < end;)
      {
        FieldSpan cell = { at, cell_end (plain, at, end) };
        g_array_append_val (cells, cell);
        at = cell.to + (uint32_t)strspn (plain + cell.to, " ");
      }
  return cells;
}

/* "Nom : BOUCHERIT", "Prénom : Samia" in two cells or lines: the two belong together as the page has them. */
static void
from_split_name (FieldWork *work)
{
  const FieldText *text = work->text;
  g_autoptr (GArray) cells = cells_of (text);
  for (guint i = 0; i + 1 < cells->len; i++)
    {
      FieldSpan one = g_array_index (cells, FieldSpan, i), two = g_array_index (cells, FieldSpan, i + 1);
      FieldSpan family = value_of_label (text, one, family_labels), given = value_of_label (text, two, given_labels);
      if (family.to == 0 || given.to == 0)
        {
          given = value_of_label (text, one, given_labels);
          family = value_of_label (text, two, family_labels);
        }
      if (family.to == 0 || given.to == 0)
        continue;
      g_autofree char *a = field_text_printed (text, family), *b = field_text_printed (text, given);
      bool magyar = g_strcmp0 (work->context->language, "hu") == 0;
      g_autofree char *value = magyar ? g_strconcat (a, " ", b, NULL) : g_strconcat (b, " ", a, NULL);
      FieldSpan whole = { MIN (family.from, given.from), MAX (family.to, given.to) };
      field_found (work->findings, text, "sender", value, whole, 0.96, "label:name");
      return;
    }
}

/* Where what follows the last full stop of the line begins; its end when nothing does. */
static uint32_t
last_sentence_end (const FieldText *text, const FieldLine *line)
{
  const char *plain = text->plain->str;
  uint32_t end = line->to;
  for (uint32_t i = line->from + 8; i + 2 < line->to; i++)
    if (strchr (".!?)", plain[i]) != NULL && plain[i + 1] == ' '
        && (plain[i] != '.' || (g_ascii_isalnum (plain[i - 1]) && g_ascii_isalnum (plain[i - 2])))
        && g_ascii_isupper (plain[i + 2]) && text->taken[i + 2] == 0)
      end = i + 2;
  return end;
}

/* "… arrived this morning. Amara Nwosu": near the end, alone or before a date, a number or an address. */
static void
from_line_ends (const FieldWork *work, GArray *senders)
{
  const FieldText *text = work->text;
  for (uint32_t k = 0, n = 0; k < text->lines->len && n < 4; k++)
    {
      uint32_t l = text->lines->len - 1 - k;
      const FieldLine *line = field_text_line (text, l);
      if (line->from >= line->to)
        continue;
      n++;
      uint32_t from = last_sentence_end (text, line);
      FieldSpan name = field_piece (text, from, line->to);
      if (from >= line->to || line->to - from > LONGEST_TAIL || !field_is_name (text, name)
          || field_is_others (work, l))
        continue;
      FieldSpan rest = field_text_trim (text, (FieldSpan){ name.to, line->to }, ",.;|-()");
      if (rest.from >= rest.to || field_text_is_taken (text, rest)
          || field_is_street (text, field_piece (text, rest.from, rest.to)))
        field_sender_add (senders, text, name, 0.7, "place:after-last-sentence");
    }
}

void
field_senders_in_text (FieldWork *work, GArray *senders)
{
  from_sentence (work, senders);
  from_words_before (work, senders);
  from_petition (work, senders);
  from_split_name (work);
  from_chat (work, senders);
  from_line_ends (work, senders);
}
