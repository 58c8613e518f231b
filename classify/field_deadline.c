/* The date a writer sets: a date with a word such as "before" at it, or a number of days that begins with the letter.
 */
#include "classify/field_deadline.h"
#include "classify/field_party.h"
#include "classify/field_words.h"
#include <string.h>

#define LONGEST_WAIT 400 /* days after the letter */
#define NEXT_YEAR 200    /* days, beyond which a date without a year has rather passed */
#define LOOK_BACK 60     /* bytes */

static const char cues[]
    = "before by until till avant jusqu jusque jusquau ici tard tardar antes hasta para pour legkesobb "
      "hatarido hatarideje hataridoig hataridovel hataridovel limite latest than deadline due tarde "
      "maximo mikorra say disons digamos mondjuk";
static const char between[]
    = "le la el los the du de del al au a on of end next este esta lunes martes miercoles jueves viernes sabado "
      "domingo "
      "monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi dimanche "
      "hetfo kedd szerda csutortok pentek szombat vasarnap dia noon midday midnight no date fecha is fin mon tue wed "
      "thu "
      "fri sat sun pm am h hrs this month mois mes semaine week date fixee fijada plus mas que ce close business "
      "proximo prochain az";

bool
field_ends_sentence (const FieldText *text, uint32_t from, uint32_t to)
{
  for (uint32_t i = from; i + 1 < to; i++)
    if (strchr ("?!;", text->plain->str[i]) != NULL
        || (text->plain->str[i] == '.' && text->plain->str[i + 1] == ' ' && !g_ascii_islower (text->plain->str[i + 2])))
      return true;
  return false;
}

bool
field_any_before (const FieldText *text, uint32_t index, unsigned most, const char *list)
{
  for (unsigned n = 0; n < most && index > 0; n++)
    if (field_token_in (text, field_text_token (text, --index), list))
      return true;
  return false;
}

static bool
any_beginning_before (const FieldText *text, uint32_t index, unsigned most, const char *list)
{
  for (unsigned n = 0; n < most && index > 0; n++)
    if (field_token_begins (text, field_text_token (text, --index), list))
      return true;
  return false;
}

/* "régleravant": the blank before a cue was lost. */
static bool
ends_in_cue (const FieldText *text, const FieldToken *token)
{
  static const char *const ends[]
      = { "avant", "antes", "hasta", "until", "before", "tardar", "tardarel", "hastael", "avantle" };
  uint32_t n = token->to - token->from;
  for (size_t i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      size_t m = strlen (ends[i]);
      if (n >= m && token->kind == FIELD_TOKEN_WORD
          && g_ascii_strncasecmp (text->plain->str + token->to - m, ends[i], m) == 0)
        return true;
    }
  return false;
}

/* "Reduced if paid by": what another offers. */
static bool
is_for_paying (const FieldText *text, uint32_t cue)
{
  return cue >= 2 && field_token_in (text, field_text_token (text, cue - 1), "paid paye payee paga pagada pagado")
         && field_token_in (text, field_text_token (text, cue - 2), "if si");
}

/* The cue before @date, or joined to it, as the beginning of the reason; false when there is none. */
static bool
cue_before (const FieldText *text, const FieldDate *date, uint32_t *from)
{
  uint32_t index = field_text_token_at (text, date->span.from), until = date->span.from;
  uint32_t oldest = until > LOOK_BACK ? until - LOOK_BACK : 0;
  bool unknown = false;
  while (index > 0)
    {
      const FieldToken *token = field_text_token (text, --index);
      if (token->from < oldest || field_ends_sentence (text, token->to, until))
        return false;
      if (field_token_near_any (text, token, cues) || ends_in_cue (text, token))
        {
          *from = token->from;
          return !field_any_before (text, index, 4, field_list (text, FIELD_LIST_DEADLINE_EXEMPT))
                 && !is_for_paying (text, index);
        }
      bool small = field_token_in (text, token, between)
                   || (token->to - token->from >= 5 && field_token_near_any (text, token, between));
      bool hour = token->kind == FIELD_TOKEN_NUMBER && token->to - token->from <= 2;
      if (!hour && !small && (unknown || token->to - token->from > 3))
        return false;
      unknown |= !hour && !small;
    }
  return false;
}

static bool
cue_after (const FieldText *text, const FieldDate *date)
{
  uint32_t index = field_text_token_at (text, date->span.to);
  for (unsigned n = 0; n < 4 && index < text->tokens->len; n++, index++)
    {
      const FieldToken *token = field_text_token (text, index);
      if (token->from > date->span.to + 28 || field_ends_sentence (text, date->span.to + 1, token->from))
        return false;
      if (field_token_near_any (text, token, "elott napjaig bezarolag hataridovel latest tard tarde tardar"))
        return true;
    }
  return false;
}

/* "Si el 22 de marzo no está resuelto", "if on 3 May it is not": what is to have happened by then. */
static bool
is_condition (const FieldText *text, const FieldDate *date)
{
  uint32_t before = field_text_token_at (text, date->span.from), after = field_text_token_at (text, date->span.to);
  bool supposed = false, denied = false;
  for (unsigned n = 0; n < 4 && before > 0 && !supposed; n++)
    {
      const FieldToken *token = field_text_token (text, --before);
      if (field_ends_sentence (text, token->to, date->span.from))
        return false;
      if (field_token_in (text, token, "paid paye payee paga pagada pagado"))
        return false; /* what another offers */
      supposed = field_token_in (text, token, "si if ha");
    }
  for (unsigned n = 0; n < 4 && after < text->tokens->len && !denied; n++, after++)
    {
      const FieldToken *token = field_text_token (text, after);
      if (field_ends_sentence (text, date->span.to, token->from))
        return false;
      denied = field_token_in (text, token, "no not nothing nem nincs ne n pas rien nada");
    }
  return supposed && denied;
}

static bool
already (const GPtrArray *findings, const char *value)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const RecordFinding *finding = g_ptr_array_index (findings, i);
      if (strcmp (finding->name, "deadline") == 0 && strcmp (finding->value, value) == 0)
        return true;
    }
  return false;
}

void
field_deadline_found (FieldWork *work, DkDay day, FieldSpan span, FieldSpan reason, double confidence, const char *rule)
{
  g_autofree char *value = dk_day_format (day);
  if (value != NULL && !already (work->findings, value))
    field_found_because (work->findings, work->text, "deadline", value, span, reason, confidence, rule);
}

/* "pour le 31 mai": a day for which something is meant, if no plainer word names one. */
static bool
is_weak (const FieldText *text, uint32_t cue, const FieldDate *date)
{
  uint32_t i = field_text_token_at (text, cue);
  return cue < date->span.from && i < text->tokens->len
         && field_token_in (text, field_text_token (text, i), "pour para");
}

static void
find_dated (FieldWork *work, bool weak)
{
  DkDay base = work->letter_date != DK_DAY_NONE ? work->letter_date : work->context->received;
  unsigned n = 0;
  for (guint i = 0; i < work->dates->len && n < FIELD_MOST; i++)
    {
      const FieldDate *date = &g_array_index (work->dates, FieldDate, i);
      uint32_t from = date->span.from;
      if ((work->letter_date != DK_DAY_NONE && date->span.from == work->letter_date_span.from)
          || field_is_others (work, field_text_line_at (work->text, date->span.from)))
        continue;
      if (!date->until && !cue_before (work->text, date, &from) && !cue_after (work->text, date)
          && !is_condition (work->text, date))
        continue;
      if (date->until
          && field_any_before (work->text, field_text_token_at (work->text, from), 4,
                               field_list (work->text, FIELD_LIST_DEADLINE_EXEMPT)))
        continue;
      DkDay day = field_date_day (date, base);
      if (is_weak (work->text, from, date) != weak || day == DK_DAY_NONE
          || (base != DK_DAY_NONE
              && (day < base || day == work->letter_date || day > base + (date->year == 0 ? NEXT_YEAR : LONGEST_WAIT))))
        continue;
      field_deadline_found (work, day, date->span, (FieldSpan){ from, date->span.to },
                            weak             ? 0.6
                            : date->repaired ? 0.8
                                             : 0.92,
                            "deadline:date");
      n++;
    }
}

/* --- so many days from the letter --- */

typedef struct
{
  const char *words;
  int days; /* 0: months; -1: hours; -2: working days */
} Unit;

static const Unit units[] = {
  { "day days jour jours dia dias nap napon napos napot napjuk napuk", 1 },
  { "week weeks semaine semaines semana semanas heten hetes hetet hetuk", 7 },
  { "fortnight", 14 },
  { "month months mois mes meses honapon", 0 },
  { "hour hours heure heures hora horas oran", -1 },
  { "munkanapon munkanapos", -2 },
};
static const char adjectives[] = "working business calendar clear consecutive full naptari munka";
static const char working[] = "working business ouvres ouvre ouvrables habiles laborables munka";
static const char cue_fillers[] = "por durante the a an un une de d des les el la los next maximum maximo of las "
                                  "improrrogable que period time max no mayor "
                                  "superior exceda maximal maximale nouveau supplementaire further another clear "
                                  "about say";

static const Unit *
unit_at (const FieldText *text, uint32_t index)
{
  const FieldToken *token = field_text_token (text, index);
  if (token->kind != FIELD_TOKEN_WORD)
    return NULL;
  const FieldToken *before = index > 0 ? field_text_token (text, index - 1) : token;
  bool counted
      = before->line == token->line && (before->kind != FIELD_TOKEN_WORD || field_number_word (text, before) > 0);
  uint32_t shortest = counted ? 4 : 6; /* misread, and near */
  for (size_t i = 0; i < G_N_ELEMENTS (units); i++)
    if (field_token_in (text, token, units[i].words)
        || (token->to - token->from >= shortest && field_token_near_any (text, token, units[i].words)))
      return &units[i];
  return NULL;
}

/* The count before the unit at *@index, which is led back to its token; 0 when there is none. */
static int
count_before (const FieldText *text, uint32_t *index, bool *works)
{
  for (unsigned n = 0; n < 3 && *index > 0; n++)
    {
      const FieldToken *token = field_text_token (text, --*index);
      bool repaired = false;
      int count = token->kind != FIELD_TOKEN_WORD
                      ? field_digits (text, (FieldSpan){ token->from, token->to }, &repaired)
                      : field_number_word (text, token);
      if (count > 0)
        return count <= 366 ? count : 0;
      *works |= field_token_in (text, token, working);
      if (!field_token_in (text, token, adjectives))
        return 0;
    }
  return 0;
}

bool
field_wishes_before (const FieldText *text, uint32_t index)
{
  return any_beginning_before (text, index, 8, field_list (text, FIELD_LIST_WISH_WORD));
}

bool
field_tells_story (const FieldText *text, uint32_t index)
{
  for (unsigned n = 0; n < 6 && index > 0; n++)
    {
      const FieldToken *token = field_text_token (text, --index);
      bool by_post = index > 0 && field_token_in (text, field_text_token (text, index - 1), "by a par")
                     && field_token_in (text, token, "return retour");
      if (!by_post && field_token_begins (text, token, field_list (text, FIELD_LIST_TOLD_PERIOD)))
        return true;
    }
  return false;
}

static bool
is_denied (const FieldText *text, uint32_t index)
{
  for (uint32_t i = index + 1; i < text->tokens->len && i <= index + 5; i++)
    if (field_token_in (text, field_text_token (text, i), "no not nothing nem nincs sincs n pas rien"))
      return true;
  return false;
}

/* Whether the count at token @number is what the writer gives, not what was promised, and where the reason begins. */
static bool
is_given (const FieldText *text, uint32_t number, uint32_t unit, uint32_t *from, uint32_t *to)
{
  *from = field_text_token (text, number)->from;
  *to = field_text_token (text, unit)->to;
  bool given = false;
  for (uint32_t i = unit + 1; i < text->tokens->len && i <= unit + 6; i++)
    {
      const FieldToken *token = field_text_token (text, i);
      if (field_ends_sentence (text, *to, token->from))
        break;
      if (field_token_in (text, token, field_list (text, FIELD_LIST_PERIOD_START)))
        return false;
      if (i <= unit + 2
          && field_token_near_any (
              text, token, "belul hatarido hataridovel hataridot siguientes following suivant suivants adok adunk"))
        {
          given = true;
          *to = token->to;
        }
    }
  for (uint32_t i = number, n = 0; i > 0 && n < 5 && !given; n++)
    {
      const FieldToken *token = field_text_token (text, --i);
      const FieldToken *before = i > 0 ? field_text_token (text, i - 1) : token;
      bool yours = (field_token_in (text, token, "have avez disposez") && field_token_in (text, before, "you vous"))
                   || (field_token_in (text, token, "got") && field_token_in (text, before, "ve have"))
                   || field_token_in (text, token, "tienen tiene disponen");
      bool asked = field_token_in (text, token, "in en") && n == 0 && field_wishes_before (text, i);
      asked |= n == 0 && field_token_in (text, token, "in en dans") && field_token_in (text, before, "if si")
               && is_denied (text, unit); /* "si en 10 días no" */
      asked |= n == 0 && field_token_in (text, token, "szamitott") && field_token_in (text, before, "naptol keltetol");
      asked |= n == 0 && field_token_in (text, token, "ha")
               && field_token_in (text, field_text_token (text, unit) + 1, "mulva");
      bool by_then = field_token_in (text, token, "antes avant") && n <= 1;
      bool small = n == 0 && token->kind == FIELD_TOKEN_WORD && token->to - token->from <= 3; /* a misread "de" */
      if (yours || asked || by_then || field_token_near_any (text, token, field_list (text, FIELD_LIST_PERIOD_WORD))
          || field_token_in (text, token, "dansles dansun sousun"))
        {
          given = true;
          *from = token->from;
          number = i;
        }
      else if (!field_token_in (text, token, cue_fillers) && field_number_word (text, token) == 0
               && token->kind != FIELD_TOKEN_NUMBER && !small)
        break;
    }
  return given && !field_tells_story (text, number);
}

static DkDay
after_working_days (DkDay day, int count)
{
  while (count > 0)
    count -= dk_weekday (++day) <= 5;
  return day;
}

static DkDay
counted (DkDay base, const Unit *unit, int count, bool works)
{
  if (unit->days == -1 && works)
    return after_working_days (base, (count + 23) / 24);
  if (works || unit->days == -2)
    return after_working_days (base, count);
  if (unit->days == 0)
    return count <= 12 ? dk_day_add_months (base, count) : DK_DAY_NONE;
  int days = unit->days == -1 ? (count + 23) / 24 : unit->days * count;
  return days <= LONGEST_WAIT ? base + days : DK_DAY_NONE;
}

/* "sous huitaine", "dans la quinzaine" */
static bool
french_span (const FieldText *text, uint32_t index, int *days)
{
  const FieldToken *token = field_text_token (text, index);
  *days = field_token_in (text, token, "huitaine") ? 8 : field_token_in (text, token, "quinzaine") ? 15 : 0;
  return *days != 0 && field_any_before (text, index, 2, "sous dans");
}

static void
find_relative (FieldWork *work)
{
  const FieldText *text = work->text;
  DkDay base = work->letter_date != DK_DAY_NONE ? work->letter_date : work->context->received;
  if (base == DK_DAY_NONE)
    return;
  double known = work->letter_date != DK_DAY_NONE ? 0 : -0.25;
  for (uint32_t i = 1, n = 0; i < text->tokens->len && n < FIELD_MOST; i++)
    {
      int days = 0;
      if (french_span (text, i, &days))
        {
          FieldSpan span = { field_text_token (text, i)->from, field_text_token (text, i)->to };
          field_deadline_found (work, base + days, span, span, 0.85 + known, "deadline:days");
          n++;
          continue;
        }
      const Unit *unit = unit_at (text, i);
      if (unit == NULL)
        continue;
      bool works = i + 1 < text->tokens->len && field_token_in (text, field_text_token (text, i + 1), working);
      uint32_t number = i, from, to;
      int count = count_before (text, &number, &works);
      if (count == 0 && unit->days == 14)
        {
          number = i;
          count = 1; /* "in the next fortnight" */
        }
      if (count == 0 || !is_given (text, number, i, &from, &to)
          || field_text_line (text, field_text_line_at (text, from))->page
                 != field_text_line (text, field_text_line_at (text, to))->page)
        continue;
      bool exact = !works && unit->days != -2;
      FieldSpan span = { from, to };
      field_deadline_found (work, counted (base, unit, count, works), span, span, (exact ? 0.85 : 0.6) + known,
                            exact ? "deadline:days" : "deadline:working-days");
      n++;
    }
}

void
field_find_deadlines (FieldWork *work)
{
  find_dated (work, false);
  find_relative (work);
  field_find_days_of_month (work);
  field_find_weekdays (work);
  find_dated (work, true);
}
