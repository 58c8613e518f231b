#include "classify/field_sender.h"
#include "classify/field_words.h"
#include <string.h>

#define LONGEST_TAIL 90 /* bytes after the last sentence of a line */

/* "My name is …", "je soussignée …": in the middle of a sentence. */
static void
from_sentence (const FieldWork *work, GArray *senders)
{
  static const char *const before[][2]
      = { { "name", "is" },  { "m", "appelle" },  { "je", "soussigne" },   { "je", "soussignee" },
          { "me", "llamo" }, { "nombre", "es" },  { "a", "nevem" },        { "", "soy" },
          { "", "llama" },   { "", "alulirott" }, { "abajo", "firmante" }, { "", "undersigned" } };
  const FieldText *text = work->text;
  for (uint32_t i = 1; i + 1 < text->tokens->len && senders->len < 64; i++)
    for (size_t b = 0; b < G_N_ELEMENTS (before); b++)
      {
        const FieldToken *token = field_text_token (text, i), *next = field_text_token (text, i + 1);
        if (!field_token_in (text, token, before[b][1]) || next->line != token->line
            || (before[b][0][0] != '\0' && !field_token_in (text, field_text_token (text, i - 1), before[b][0])))
          continue;
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

static const char staff[] = "agent agente advisor asesor asesora conseiller conseillere operator operador ugyintezo "
                            "support bot assistant asistente team";

/* "[14:02] Percy Adeyemi: …": the first who is not of the staff. */
static void
from_chat (const FieldWork *work, GArray *senders)
{
  const FieldText *text = work->text;
  const char *plain = text->plain->str;
  unsigned timed = 0;
  FieldSpan first = { 0 };
  for (uint32_t l = 0; l < text->lines->len && l < 64; l++)
    {
      const FieldLine *line = field_text_line (text, l);
      const char *bracket = line->from < line->to && plain[line->from] == '['
                                ? memchr (plain + line->from, ']', line->to - line->from)
                                : NULL;
      if (bracket == NULL || bracket - (plain + line->from) > 24 || !g_ascii_isdigit (plain[line->from + 1]))
        continue;
      timed++;
      FieldSpan name = field_piece (text, (uint32_t)(bracket + 1 - plain), line->to);
      name = field_text_trim (text, name, "");
      uint32_t token = field_text_token_at (text, name.from);
      if (first.to == 0 && plain[name.to + strspn (plain + name.to, " ")] == ':' && field_is_name (text, name)
          && !field_token_in (text, field_text_token (text, token), staff))
        first = name;
    }
  if (timed >= 2 && first.to > 0)
    field_sender_add (senders, text, first, 0.9, "chat:first-speaker");
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
          || g_array_index (work->own_lines, bool, l))
        continue;
      FieldSpan rest = field_text_trim (text, (FieldSpan){ name.to, line->to }, ",.;|-()");
      if (rest.from >= rest.to || field_text_is_taken (text, rest)
          || field_is_street (text, field_piece (text, rest.from, rest.to)))
        field_sender_add (senders, text, name, 0.7, "place:after-last-sentence");
    }
}

void
field_senders_in_text (const FieldWork *work, GArray *senders)
{
  from_sentence (work, senders);
  from_chat (work, senders);
  from_line_ends (work, senders);
}
