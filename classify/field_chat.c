#include "classify/field_chat.h"
#include "classify/field_address.h"
#include "classify/field_line.h"
#include "classify/field_party.h"
#include "classify/field_words.h"
#include <string.h>

#define MOST_SPEAKERS 8
#define MOST_LINES 200
#define LONGEST_HEAD 48 /* bytes from the beginning of the name to the colon */
#define LONGEST_NAME 4  /* words */

static const char staff[] = "agent agente advisor asesor asesora conseiller conseillere operator operador operadora "
                            "ugyintezo munkatars support bot assistant asistente team equipo equipe service soporte "
                            "atencion ayuda sav helpdesk chatbot robot ugyfelszolgalat csapat";
static const char clients[]
    = "you me vous moi toi yo tu usted te on guest client cliente clienta cliente customer ugyfel "
      "visitor visitante visiteur visiteuse latogato user usuario usuaria utilisateur "
      "felhasznalo vendeg invite invitado";
static const char offers_help[]
    = "help assist aider aide ayudar ayudarle ayudarte ayudo segithetek segithetunk segitseg welcome bienvenido "
      "bienvenue udvozlom udvozoljuk queue";

typedef struct
{
  FieldSpan name;
  unsigned turns;
  bool staff, client;
} Speaker;

typedef struct
{
  FieldSpan name;
  uint32_t said; /* behind the colon */
  bool timed;
} Turn;

static bool
any_in (const FieldText *text, uint32_t from, uint32_t to, const char *list)
{
  for (uint32_t i = field_text_token_at (text, from); i < text->tokens->len && field_text_token (text, i)->from < to;
       i++)
    if (field_token_in (text, field_text_token (text, i), list))
      return true;
  return false;
}

/* "[14:02] Percy Adeyemi: …", "14:02 Percy Adeyemi: …", "Percy (support): …"; false when nobody speaks. */
static bool
turn_of (const FieldText *text, const FieldLine *line, Turn *turn)
{
  const char *plain = text->plain->str;
  uint32_t from = line->from;
  if (from < line->to && strchr ("[(", plain[from]) != NULL)
    {
      const char *end = memchr (plain + from, plain[from] == '[' ? ']' : ')', line->to - from);
      from = end != NULL && g_ascii_isdigit (plain[from + 1]) ? (uint32_t)(end + 1 - plain) : from;
    }
  while (from < line->to && (g_ascii_isdigit (plain[from]) || strchr (" :.h-/])|,", plain[from]) != NULL))
    from++;
  const char *colon = from < line->to ? memchr (plain + from, ':', MIN (line->to - from, LONGEST_HEAD)) : NULL;
  if (colon == NULL || !g_ascii_isalpha (plain[from]))
    return false;
  turn->timed = from > line->from + 3;
  turn->said = (uint32_t)(colon + 1 - plain);
  turn->name = field_text_trim (text, field_piece (text, from, (uint32_t)(colon - plain)), "");
  if (any_in (text, turn->name.from, turn->name.to, field_list (text, FIELD_LIST_FORM_LABEL))
      || any_in (text, turn->name.from, turn->name.to, "cp nif dni poblacion localidad ville city town"))
    return false;
  uint32_t words = field_text_token_at (text, turn->name.to) - field_text_token_at (text, turn->name.from);
  uint32_t next = turn->name.to + (uint32_t)strspn (plain + turn->name.to, " ");
  return turn->name.to > turn->name.from && words <= LONGEST_NAME && strchr (":(", plain[next]) != NULL;
}

/* The index of who is called @name, who is added; MOST_SPEAKERS when there are too many. */
static unsigned
speaker_of (const FieldText *text, FieldSpan name, Speaker speakers[], unsigned *n)
{
  g_autofree char *said = field_text_lower (text, name);
  for (unsigned s = 0; s < *n; s++)
    {
      g_autofree char *known = field_text_lower (text, speakers[s].name);
      if (field_misreading (known, strlen (known), said, strlen (said)) <= strlen (known) / 5)
        return s;
    }
  if (*n == MOST_SPEAKERS)
    return MOST_SPEAKERS;
  speakers[*n] = (Speaker){ .name = name, .client = any_in (text, name.from, name.to, clients) };
  return (*n)++;
}

/* Who of them has written to the others; MOST_SPEAKERS when that cannot be told. */
static unsigned
writer_of (const FieldText *text, const Speaker speakers[], unsigned n)
{
  unsigned client = MOST_SPEAKERS;
  for (unsigned s = 0; s < n; s++)
    if (speakers[s].client && (client == MOST_SPEAKERS || speakers[s].turns > speakers[client].turns))
      client = s;
  if (client != MOST_SPEAKERS)
    return client;
  for (unsigned s = 0; s < n; s++)
    if (!speakers[s].staff && field_is_name (text, speakers[s].name))
      return s;
  return MOST_SPEAKERS;
}

void
field_chat_find (FieldWork *work)
{
  FieldText *text = work->text;
  Speaker speakers[MOST_SPEAKERS];
  uint8_t who[MOST_LINES];
  unsigned n = 0, turns = 0, timed = 0, repeated = 0;
  uint32_t lines = MIN (text->lines->len, MOST_LINES);
  for (uint32_t l = 0; l < lines; l++)
    {
      const FieldLine *line = field_text_line (text, l);
      Turn turn;
      who[l] = MOST_SPEAKERS;
      if (line->from >= line->to || !turn_of (text, line, &turn))
        continue;
      who[l] = (uint8_t)speaker_of (text, turn.name, speakers, &n);
      if (who[l] == MOST_SPEAKERS)
        continue;
      Speaker *speaker = &speakers[who[l]];
      speaker->staff |= any_in (text, line->from, turn.said, staff) || any_in (text, turn.said, line->to, offers_help);
      repeated += ++speaker->turns == 2;
      turns++;
      timed += turn.timed;
    }
  unsigned writer = writer_of (text, speakers, n);
  if (writer == MOST_SPEAKERS || (timed >= 2 ? turns < 2 : repeated < 2) || n < 2)
    return;
  work->chat = true;
  FieldSpan name = speakers[writer].name, aside = { 0 };
  if (strncmp (text->plain->str + name.to, " (", 2) == 0) /* "Visitor (Jane Roe): …" */
    aside = field_piece (text, name.to + 2, (uint32_t)text->plain->len);
  work->speaker = field_is_name (text, name) ? name : field_is_name (text, aside) ? aside : (FieldSpan){ 0 };
  FieldParty party = FIELD_PARTY_UNKNOWN;
  for (uint32_t l = 0; l < lines; l++)
    {
      const FieldLine *line = field_text_line (text, l);
      if (line->from >= line->to)
        party = FIELD_PARTY_UNKNOWN;
      else if (who[l] < MOST_SPEAKERS && (speakers[who[l]].turns > 1 || timed >= 2))
        {
          Turn turn;
          if (turn_of (text, line, &turn))
            field_text_take (text, (FieldSpan){ turn.name.from, turn.said });
          party = who[l] == writer ? FIELD_PARTY_WRITER : FIELD_PARTY_OTHER;
        }
      FieldParty *known = &g_array_index (work->parties, FieldParty, l);
      *known = *known == FIELD_PARTY_OTHER ? *known : party;
    }
}

uint32_t
field_chat_question (const FieldWork *work, uint32_t line)
{
  if (!work->chat || line == 0 || !field_is_writers (work, line))
    return UINT32_MAX;
  uint32_t before = line - 1;
  return field_is_others (work, before) ? before : UINT32_MAX;
}
