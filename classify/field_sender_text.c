#include "classify/field_party.h"
#include "classify/field_sender.h"
#include "classify/field_words.h"
#include <string.h>

#define LONGEST_TAIL 90 /* bytes after the last sentence of a line */

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
  from_chat (work, senders);
  from_line_ends (work, senders);
}
