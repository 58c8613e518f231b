/* The date of the letter: a date that stands alone on its line, or after a place, or after a label, and not in a
 * sentence. */
#include "classify/field_party.h"
#include "classify/field_words.h"
#include <string.h>

#define WORST_ACCEPTED 10
#define NEAR_DATES 4
#define WIDEST_SEGMENT 400 /* bytes before a date and behind it */

static const char place_words[]
    = "le a en el de la of on fait made the dia du des les al y sur sous and et lez aux au l d s "
      "in los las del";
static const char after_words[]
    = "an en jen a at h kor utc gmt cet cest bst pm am las les horas heures ora orakor napjan hrs i";

/* A full stop, and no abbreviation's, with a capital behind it. */
static bool
ends_a_sentence (const char *plain, uint32_t at)
{
  if (strchr ("!?.", plain[at]) == NULL || plain[at] == '\0' || plain[at + 1] != ' '
      || !g_ascii_isupper (plain[at + 2]))
    return false;
  return plain[at] != '.'
         || (at >= 3 && g_ascii_isalnum (plain[at - 1]) && g_ascii_isalnum (plain[at - 2])
             && g_ascii_isalnum (plain[at - 3]));
}

/* The part of its line a date stands in: forms put several labels on one line, and a name and date may follow the last
 * sentence (@cut). */
static FieldSpan
segment_of (const FieldText *text, FieldSpan date, bool *cut)
{
  const FieldLine *line = field_text_line (text, field_text_line_at (text, date.from));
  const char *plain = text->plain->str;
  FieldSpan segment
      = { MAX (line->from, date.from - MIN (date.from, WIDEST_SEGMENT)), MIN (line->to, date.to + WIDEST_SEGMENT) };
  for (uint32_t i = segment.from; i + 2 < date.from; i++)
    if (plain[i] == '|' || plain[i] == ';'
        || (memcmp (plain + i, "   ", 3) == 0 && !(i > line->from && strchr (": ", plain[i - 1]) != NULL))
        || memcmp (plain + i, " / ", 3) == 0 || memcmp (plain + i, " // ", 4) == 0 || memcmp (plain + i, " - ", 3) == 0)
      segment.from = i + 1;
  *cut = false;
  for (uint32_t i = segment.from; i + 2 < date.from; i++)
    if (ends_a_sentence (plain, i) && i > line->from + 8)
      {
        segment.from = i + 1;
        *cut = true;
      }
  for (uint32_t i = date.to; i + 2 < segment.to; i++)
    if (plain[i] == '|' || plain[i] == ';' || memcmp (plain + i, "   ", 3) == 0 || memcmp (plain + i, " / ", 3) == 0
        || memcmp (plain + i, " // ", 4) == 0 || memcmp (plain + i, " - ", 3) == 0)
      {
        segment.to = i;
        break;
      }
  return segment;
}

typedef struct
{
  bool strong, weak, other; /* kind of label before the date */
  bool sent;                /* it says that the letter went then */
  bool signed_on;           /* "Date et signature" */
  bool place;               /* nothing but a place, a name or fillers before it */
  bool bare;                /* nothing before it */
  bool ends;                /* nothing but a time or a weekday after it */
  bool small;               /* words in small letters before it */
  bool sentence_ends;       /* a full stop and a capital after it */
} Surroundings;

static void
look_before (const FieldText *text, FieldSpan segment, FieldSpan date, Surroundings *s)
{
  unsigned unknown = 0, n = 0;
  bool small = false;
  uint32_t last = field_text_token_at (text, date.from);
  for (uint32_t i = field_text_token_at (text, segment.from); i < last; i++)
    {
      const FieldToken *token = field_text_token (text, i);
      n++;
      bool near = last - i <= 4;
      s->strong |= near && field_token_near_any (text, token, field_list (text, FIELD_LIST_DATE_LABEL));
      s->sent |= near && field_token_in (text, token, field_list (text, FIELD_LIST_SENT_LABEL));
      s->weak |= near && field_token_near_any (text, token, field_list (text, FIELD_LIST_RECEIVED_LABEL));
      s->strong |= i + 2 == last && field_token_in (text, token, "written") && field_token_in (text, token + 1, "on");
      s->signed_on |= near && i + 2 < last && field_token_in (text, token, "date fecha datum")
                      && field_token_in (text, token + 2, "signature firma alairas");
      s->other |= near
                  && (field_token_in (text, token, field_list (text, FIELD_LIST_OTHER_DATE_LABEL))
                      || (token->to - token->from >= 6
                          && field_token_near_any (text, token, field_list (text, FIELD_LIST_OTHER_DATE_LABEL))));
      if (field_token_in (text, token, place_words)
          || field_token_in (text, token, field_list (text, FIELD_LIST_WEEKDAY)))
        continue;
      if (token->kind == FIELD_TOKEN_WORD && !field_is_capital (text, token))
        small = true;
      bool misread = token->kind == FIELD_TOKEN_MIXED && token->to - token->from == 2; /* "1e" for "le" */
      if (!misread && (token->kind != FIELD_TOKEN_WORD || !field_is_capital (text, token)))
        unknown++;
    }
  s->bare = n == 0;
  s->strong
      |= n > 0
         && field_token_in (text, field_text_token (text, field_text_token_at (text, segment.from)), "fait hecho");
  FieldSpan before = field_text_trim (text, (FieldSpan){ segment.from, date.from }, "");
  bool comma = memchr (text->plain->str + before.from, ',', before.to - before.from) != NULL;
  s->place = n <= 8 && before.to - before.from <= 64 && (unknown == 0 || (unknown == 1 && n <= 3 && comma));
  s->small = small;
  if (small && n > 3)
    s->place = false;
  for (uint32_t i = before.from; i + 1 < before.to; i++)
    if (strchr ("?!.", text->plain->str[i]) != NULL && text->plain->str[i + 1] == ' ' && !s->strong)
      s->place = false;
}

static void
look_after (const FieldText *text, FieldSpan segment, FieldSpan date, Surroundings *s)
{
  unsigned towns = 0;
  bool date_led = !s->bare && !s->place && !s->strong; /* what follows is a sentence's then */
  s->ends = segment.to - MIN (segment.to, date.to) <= 40;
  for (uint32_t i = field_text_token_at (text, date.to); i < text->tokens->len && s->ends; i++)
    {
      const FieldToken *token = field_text_token (text, i);
      if (token->from >= segment.to)
        break;
      bool time = token->kind != FIELD_TOKEN_WORD
                  && (token->to - token->from <= 4
                      || (token->to - token->from == 5 && text->plain->str[token->from + 2] == 'h')); /* "07h55" */
      bool town = !date_led && field_is_capital (text, token) && token->kind == FIELD_TOKEN_WORD && ++towns <= 3;
      if (!time && !town && !field_token_in (text, token, after_words)
          && !field_token_near_any (text, token, field_list (text, FIELD_LIST_WEEKDAY))
          && !field_token_begins (text, token, "hetfo kedd szerda csutortok pentek szombat vasarnap")
          && !field_token_in (text, token, "de la los las"))
        s->ends = false;
    }
  const char *after = text->plain->str + date.to;
  s->sentence_ends = after[0] == '.' && after[1] == ' ' && g_ascii_isupper (after[2]);
}

/* Whether the date is the first of all that is written, and parted from what follows: "23/1/25 - …". */
static bool
opens (const FieldText *text, FieldSpan date)
{
  const char *after = text->plain->str + date.to;
  after += strspn (after, " ");
  return text->tokens->len > 0 && field_text_token (text, 0)->from == date.from && strchr ("-:.;\n", *after) != NULL;
}

/* Date and time on the first line of all: somebody noted when it came. */
static bool
is_stamp (const FieldText *text, FieldSpan date)
{
  uint32_t time = field_text_token_at (text, date.to);
  if (time + 1 >= text->tokens->len || field_text_token (text, 0)->line != field_text_line_at (text, date.from))
    return false;
  const FieldToken *hours = field_text_token (text, time), *minutes = field_text_token (text, time + 1);
  const char *plain = text->plain->str;
  bool apart = hours->from - date.to <= 3 && hours->kind != FIELD_TOKEN_WORD;
  bool colon = hours->to - hours->from <= 2 && plain[hours->to] == ':' && minutes->kind == FIELD_TOKEN_NUMBER;
  bool letter = hours->to - hours->from >= 3 && memchr (plain + hours->from, 'h', hours->to - hours->from) != NULL;
  return apart && (colon || letter);
}

/* "It is now the 11th of March 2025", "hoy, 3 de mayo de 2025" */
static bool
is_today (const FieldText *text, FieldSpan date)
{
  uint32_t i = field_text_token_at (text, date.from), line = field_text_line_at (text, date.from);
  for (unsigned n = 0; n < 3 && i > 0 && field_text_token (text, i - 1)->line == line; n++)
    if (field_token_in (text, field_text_token (text, --i), "now today hoy aujourd mai"))
      return true;
  return false;
}

static int
rank_surroundings (const FieldText *text, const FieldDate *date)
{
  bool cut;
  FieldSpan segment = segment_of (text, date->span, &cut);
  Surroundings s = { 0 };
  look_before (text, segment, date->span, &s);
  look_after (text, segment, date->span, &s);
  if (s.other && !s.signed_on)
    return -20;
  if (s.strong)
    return s.place || s.ends ? (s.sent ? 70 : s.weak ? 55 : 60) : 20;
  if (s.weak)
    return 25;
  if ((s.bare || s.place) && s.ends)
    return cut ? 30 : 50;
  if (cut && s.ends && !s.small)
    return 24; /* a name and a number between the last sentence and the date */
  if (s.bare && opens (text, date->span))
    return 35;
  if (is_stamp (text, date->span))
    return 32;
  if (is_today (text, date->span))
    return 22;
  if (s.place && !s.bare && s.sentence_ends)
    return 30;
  if (s.ends && segment.to - segment.from < 60)
    return 8;
  return -20;
}

/* "12/05/2025   Pharmacie   18,30" beside another such line: a table. */
static bool
is_row (const FieldWork *work, const FieldDate *date)
{
  const FieldText *text = work->text;
  const FieldDate *first = &g_array_index (work->dates, FieldDate, 0), *end = first + work->dates->len;
  uint32_t l = field_text_line_at (text, date->span.from), rows = 0;
  for (const FieldDate *other = MAX (first, date - NEAR_DATES); other < end && other <= date + NEAR_DATES; other++)
    {
      uint32_t k = field_text_line_at (text, other->span.from);
      const FieldLine *line = field_text_line (text, k);
      rows += k + 1 >= l && k <= l + 1 && other->span.from == line->from && other->span.to + 3 < line->to
              && (k != l || other == date);
    }
  return rows > 1 && date->span.from == field_text_line (text, l)->from;
}

/* Whether nothing is written behind the date, and the line does not say what is to happen by then. */
static bool
closes (const FieldText *text, const FieldDate *date)
{
  uint32_t i = field_text_token_at (text, date->span.from);
  const char *rest = text->plain->str + date->span.to;
  if (rest[strspn (rest, " .,;\n)")] != '\0' || i == 0)
    return false;
  const char *before = text->plain->str + field_text_token (text, i - 1)->to;
  return memchr (before, ',', (size_t)(text->plain->str + date->span.from - before)) != NULL
         || memchr (before, '.', (size_t)(text->plain->str + date->span.from - before)) != NULL;
}

static int
rank (const FieldWork *work, const FieldDate *date, DkDay day)
{
  const FieldText *text = work->text;
  uint32_t l = field_text_line_at (text, date->span.from);
  const FieldLine *line = field_text_line (text, l);
  if (!line->outer || date->until || date->month == 0 || strcmp (date->rule, "date:end-of-month") == 0
      || field_is_quoted (work, l))
    return -100;
  int points = rank_surroundings (text, date);
  if (!work->chat && is_row (work, date))
    return -100;
  if (closes (text, date))
    points = MAX (points, 24);
  points += l < 16 ? 8 : 0;
  points += l + 8 >= text->lines->len ? 6 : 0;
  points -= date->year == 0 ? 15 : 0;
  points -= date->repaired ? 3 : 0;
  DkDay received = work->context->received;
  if (received != DK_DAY_NONE && day > received + 1)
    points -= 45;
  if (received != DK_DAY_NONE && day < received - 3 * 366)
    points -= 10;
  return points;
}

/* A letter without a year was written before it came. */
static DkDay
day_of (const FieldWork *work, const FieldDate *date)
{
  DkDay received = work->context->received;
  if (date->year != 0)
    return field_date_day (date, DK_DAY_NONE);
  if (received == DK_DAY_NONE || date->month == 0)
    return DK_DAY_NONE;
  int year = dk_date (received).year;
  DkDay day = dk_day (year, date->month, date->day);
  return day == DK_DAY_NONE || day > received + 1 ? dk_day (year - 1, date->month, date->day) : day;
}

static double
confidence_of (const FieldDate *date, int points)
{
  double confidence = points >= 60 ? 0.96 : points >= 50 ? 0.93 : points >= 30 ? 0.8 : points >= 20 ? 0.6 : 0.45;
  if (date->swappable && date->day != date->month)
    confidence -= 0.05;
  if (date->year == 0 || date->repaired)
    confidence -= 0.1;
  return confidence;
}

void
field_find_letter_date (FieldWork *work)
{
  work->dates = field_dates_find (work->text, work->context);
  const FieldDate *best = NULL;
  int best_points = WORST_ACCEPTED - 1;
  DkDay best_day = DK_DAY_NONE;
  for (guint i = 0; i < work->dates->len; i++)
    {
      const FieldDate *date = &g_array_index (work->dates, FieldDate, i);
      field_text_take (work->text, date->span);
      DkDay day = day_of (work, date);
      int points = day == DK_DAY_NONE ? -100 : rank (work, date, day);
      if (points <= best_points)
        continue;
      best = date;
      best_points = points;
      best_day = day;
    }
  if (best == NULL)
    return;
  work->letter_date = best_day;
  work->letter_date_span = best->span;
  g_autofree char *value = dk_day_format (best_day);
  field_found (work->findings, work->text, "letter_date", value, best->span, confidence_of (best, best_points),
               best->rule);
}
