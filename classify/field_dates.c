#include "classify/field_dates.h"
#include "classify/field_date_parts.h"
#include "classify/field_date_words.h"
#include "classify/field_words.h"
#include <string.h>

#define MOST_DATES 512
#define SOON 45 /* days in which a day without a month comes */

static bool
finish (const FieldText *text, FieldDate *date, uint32_t first, uint32_t last, const char *rule)
{
  date->span = (FieldSpan){ field_text_token (text, first)->from, field_text_token (text, last)->to };
  date->rule = rule;
  return dk_day (date->year == 0 ? 2024 : date->year, date->month, date->day) != DK_DAY_NONE;
}

/* The token after @i when it is one of @list on the same line, "2026. év 03. hó 12."; else @i. */
static uint32_t
past_word (const FieldText *text, uint32_t i, const char *list)
{
  return field_date_gap (text, i, 3) != '\0' && field_token_in (text, field_text_token (text, i + 1), list) ? i + 1 : i;
}

/* 2026-03-12, 2026. 03. 12., 2026. március 2-án, 2026. III. 12. */
static uint32_t
year_first (const FieldText *text, uint32_t i, FieldDate *date)
{
  if (!field_date_year_at (text, i, date) || field_date_glued_before (text, field_text_token (text, i)->from))
    return 0;
  uint32_t y = past_word (text, i, "ev evi"), m = y + 1;
  char sign = field_date_gap (text, y, 3);
  if (sign == '\0' || m + 1 >= text->tokens->len)
    return 0;
  const FieldToken *token = field_text_token (text, m);
  int month = field_month (text, token);
  bool named = month != 0;
  if (!named && sign == '.')
    named = (month = field_date_roman_month (text, token)) != 0;
  uint32_t after = past_word (text, m, "ho havi honap"), d = after + 1;
  if (!named)
    {
      month = token->to - token->from <= 2 ? field_date_number_at (text, m, &date->repaired) : -1;
      if (((sign == ' ' || sign == ',') && y == i) || (field_date_gap (text, m, 3) == ' ' && after == m))
        return 0;
    }
  date->month = month;
  date->day = d < text->tokens->len ? field_date_day_at (text, d, &date->repaired) : 0;
  if (date->day == 0 && named && d < text->tokens->len)
    date->day = field_day_word (text, field_text_token (text, d));
  if (month < 1 || month > 12 || date->day == 0 || field_date_gap (text, after, 3) == '\0')
    return 0;
  if (!named && field_date_glued_after (text, field_text_token (text, d)->to))
    return 0;
  return finish (text, date, i, d, named ? "date:year-month-day" : "date:numeric-year-first") ? d - i + 1 : 0;
}

/* "24. 05. 03.": two digits for the year, as Hungarian puts it first. */
static uint32_t
short_year_first (const FieldText *text, uint32_t i, FieldDate *date)
{
  if (i + 2 >= text->tokens->len || field_date_glued_before (text, field_text_token (text, i)->from))
    return 0;
  const FieldToken *token = field_text_token (text, i + 1);
  bool quoted = field_text_token (text, i)->from > 0 && text->plain->str[field_text_token (text, i)->from - 1] == '\'';
  bool named = field_month_exact (text, token) != 0;
  if (!field_date_short_year_at (text, i, date) || date->year < 2010 || date->year > 2039
      || field_date_gap (text, i, 2) != '.' || (named ? !quoted : field_date_gap (text, i + 1, 2) != '.'))
    return 0;
  date->month = named ? field_month_exact (text, token) : field_date_number_at (text, i + 1, &date->repaired);
  date->day = field_date_day_at (text, i + 2, &date->repaired);
  if (date->month < 1 || date->month > 12 || date->day == 0 || date->repaired
      || field_date_glued_after (text, field_text_token (text, i + 2)->to))
    return 0;
  return finish (text, date, i, i + 2, "date:numeric-year-first") ? 3 : 0;
}

/* 12/03/2026, 12.3.26, 12 - 03 - 2026 */
static uint32_t
numeric (const FieldText *text, uint32_t i, FieldDate *date)
{
  const FieldToken *token = field_text_token (text, i);
  if (token->to - token->from > 2 || i + 2 >= text->tokens->len
      || field_text_token (text, i + 1)->to - field_text_token (text, i + 1)->from > 2)
    return 0;
  char left = field_date_gap (text, i, 3), right = field_date_gap (text, i + 1, 3);
  if (left == '\0' || left == ' ' || left == '\'' || right == '\0' || right == ' ' || right == '\'')
    return 0;
  int a = field_date_day_at (text, i, &date->repaired), b = field_date_number_at (text, i + 1, &date->repaired);
  if (a < 1 || b < 1 || a > 31 || b > 31 || (a > 12 && b > 12) || field_date_glued_before (text, token->from)
      || field_date_glued_after (text, field_text_token (text, i + 2)->to))
    return 0;
  if (!field_date_year_at (text, i + 2, date)
      && (left != right || left == ',' || date->repaired || !field_date_short_year_at (text, i + 2, date)))
    return 0;
  date->month_first = b > 12;
  date->swappable = a <= 12 && b <= 12;
  date->day = date->month_first ? b : a;
  date->month = date->month_first ? a : b;
  return finish (text, date, i, i + 2, "date:numeric") ? 3 : 0;
}

/* The words inside a date, and those that are too short to tell when a letter of them is misread. */
static bool
is_small_word (const FieldText *text, const FieldToken *token)
{
  return (token->kind != FIELD_TOKEN_NUMBER && token->to - token->from <= 3 && field_month_exact (text, token) == 0)
         || field_token_in (text, token, "del ano year dia dias day mes de1");
}

/* The token after @last that is a year, or @last. */
static uint32_t
year_after (const FieldText *text, uint32_t last, FieldDate *date)
{
  uint32_t i = last;
  for (int skipped = 0; skipped < 3; skipped++)
    {
      char sign = field_date_gap (text, i, 3);
      if (sign == '\0')
        return last;
      uint32_t words = field_year_words (text, i + 1, &date->year);
      if (words > 0)
        return i + words;
      if (field_date_year_at (text, i + 1, date))
        return i + 1;
      bool ends = sign == ' ' && skipped == 0
                  && field_text_token (text, i + 1)->to == field_text_line (text, field_text_token (text, i)->line)->to;
      if ((ends || strchr ("-'/", sign) != NULL) && field_date_short_year_at (text, i + 1, date))
        return i + 1;
      if (!is_small_word (text, field_text_token (text, i + 1)))
        return last;
      i++;
    }
  return last;
}

/* 12 mars 2026, 3 de marzo de 2026, 1st December, 2024, 25-Mar-24, 12 May */
static uint32_t
day_first (const FieldText *text, uint32_t i, FieldDate *date)
{
  date->day = field_date_day_at (text, i, &date->repaired);
  uint32_t m = i;
  bool worded = false;
  if (date->day == 0)
    {
      date->day = field_day_word (text, field_text_token (text, i));
      if (date->day == 0)
        return 0;
      worded = true;
    }
  if (field_date_glued_before (text, field_text_token (text, i)->from))
    return 0;
  for (int skipped = 0; skipped < 4; skipped++)
    {
      if (field_date_gap (text, m, 3) == '\0')
        return 0;
      m++;
      const FieldToken *token = field_text_token (text, m);
      if ((date->month = worded ? field_month_exact (text, token) : field_month (text, token)) != 0)
        break;
      if (skipped == 0 && strchr ("-/.", field_date_gap (text, i, 3)) != NULL
          && (date->month = field_date_roman_month (text, token)) != 0)
        break;
      if (!is_small_word (text, token))
        return 0;
    }
  if (date->month == 0)
    return 0;
  uint32_t last = year_after (text, m, date);
  if (date->year == 0 && (worded || !field_is_sure_month (text, field_text_token (text, m))))
    return 0; /* as where "12.xi" is no month */
  return finish (text, date, i, last, "date:day-month-year") ? last - i + 1 : 0;
}

/* March 12, 2026; október 18-áig. "may" and "mars" are also no months: a capital is wanted where the year is missing.
 */
static uint32_t
month_first (const FieldText *text, uint32_t i, FieldDate *date, bool hungarian)
{
  const FieldToken *token = field_text_token (text, i);
  char sign = field_date_gap (text, i, 2);
  if (sign == '\0' || sign == ',' || sign == '/')
    return 0;
  date->day = field_date_day_at (text, i + 1, &date->repaired);
  if (date->day == 0 || (date->month = field_month (text, token)) == 0)
    return 0;
  uint32_t last = year_after (text, i + 1, date);
  if (date->year == 0 && ((!hungarian && !field_is_capital (text, token)) || !field_is_sure_month (text, token)))
    return 0;
  return finish (text, date, i, last, "date:month-day-year") ? last - i + 1 : 0;
}

/* 29/03 after a word such as "le" or "before"; 10. 18-ig. Alone, two numbers are a fraction or a reference. */
static uint32_t
without_year (const FieldText *text, uint32_t i, FieldDate *date, bool hungarian)
{
  const FieldToken *token = field_text_token (text, i);
  char sign = field_date_gap (text, i, 2);
  bool repaired = false;
  if (i == 0 || (sign != '/' && sign != '.') || token->to - token->from > 2
      || field_date_glued_before (text, token->from))
    return 0;
  const FieldToken *next = field_text_token (text, i + 1), *before = field_text_token (text, i - 1);
  int a = field_date_number_at (text, i, &repaired), b = field_date_number_at (text, i + 1, &repaired);
  if (a < 1 || b < 1 || repaired || next->to - next->from > 2)
    return 0;
  bool until = hungarian && g_ascii_strncasecmp (text->plain->str + next->to, "-ig", 3) == 0;
  bool led = sign == '/' && before->line == token->line && !field_date_glued_after (text, next->to)
             && field_token_in (text, before, "le before by until till au el del al");
  if (!until && !led)
    return 0;
  date->month = until ? a : b;
  date->day = until ? b : a;
  if (date->month > 12)
    return 0;
  return finish (text, date, i, i + 1, "date:day-month") ? 2 : 0;
}

/* "the end of May", "fin mai 2025", "finales de mayo", "május végéig": its last day. */
static uint32_t
month_end (const FieldText *text, uint32_t i, FieldDate *date, bool hungarian)
{
  static const int days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  uint32_t last = i;
  if (hungarian && (date->month = field_month_exact (text, field_text_token (text, i))) != 0)
    {
      if (past_word (text, i, "vegeig vegere") == i)
        return 0;
      date->until = true;
      last = i + 1;
    }
  else if (field_token_in (text, field_text_token (text, i), "end fin finales final fines"))
    for (unsigned n = 0; n < 4 && date->month == 0 && field_date_gap (text, last, 1) == ' '; n++)
      {
        date->month = field_month_exact (text, field_text_token (text, ++last));
        if (date->month == 0 && !field_token_in (text, field_text_token (text, last), "of de du mois mes the"))
          return 0;
      }
  if (date->month == 0)
    return 0;
  date->day = days[date->month - 1];
  last = year_after (text, last, date);
  return finish (text, date, i, last, "date:end-of-month") ? last - i + 1 : 0;
}

/* "viernes 30", "Friday 17th": no month stands behind it. */
static uint32_t
weekday_and_day (const FieldText *text, uint32_t i, FieldDate *date)
{
  static const char *const weekdays[7]
      = { "monday lundi lunes",      "tuesday mardi martes",   "wednesday mercredi miercoles", "thursday jeudi jueves",
          "friday vendredi viernes", "saturday samedi sabado", "sunday dimanche domingo" };
  bool repaired = false;
  for (int d = 0; d < 7 && date->weekday == 0; d++)
    if (field_token_in (text, field_text_token (text, i), weekdays[d]))
      date->weekday = d + 1;
  if (date->weekday == 0 || field_date_gap (text, i, 1) != ' ')
    return 0;
  if (day_first (text, i + 1, &(FieldDate){ 0 }) > 0 || numeric (text, i + 1, &(FieldDate){ 0 }) > 0)
    return 0; /* the date behind it says more */
  date->day = field_date_day_at (text, i + 1, &repaired);
  const FieldToken *day = field_text_token (text, i + 1);
  if (date->day == 0 || repaired || field_date_glued_after (text, day->to)
      || strchr (":/", text->plain->str[day->to]) != NULL)
    return 0;
  date->span = (FieldSpan){ field_text_token (text, i)->from, day->to };
  date->rule = "date:weekday-day";
  return 2;
}

static uint32_t
date_at (const FieldText *text, uint32_t i, FieldDate *date, bool hungarian)
{
  uint32_t used = 0;
  static uint32_t (*const forms[]) (const FieldText *, uint32_t, FieldDate *) = { year_first, day_first, numeric };
  *date = (FieldDate){ 0 };
  if (hungarian && (used = short_year_first (text, i, date)) > 0)
    return used;
  for (size_t f = 0; f < G_N_ELEMENTS (forms) && used == 0; f++)
    {
      *date = (FieldDate){ 0 };
      used = forms[f](text, i, date);
    }
  if (used == 0)
    {
      *date = (FieldDate){ 0 };
      used = month_first (text, i, date, hungarian);
    }
  if (used == 0)
    {
      *date = (FieldDate){ 0 };
      used = without_year (text, i, date, hungarian);
    }
  if (used == 0)
    {
      *date = (FieldDate){ 0 };
      used = month_end (text, i, date, hungarian);
    }
  if (used == 0)
    {
      *date = (FieldDate){ 0 };
      used = weekday_and_day (text, i, date);
    }
  return used;
}

/* Whether Hungarian "-ig" (until) is joined to the number that ends at @at: -ig -áig -éig -jéig -ikáig, or "napjáig".
 */
static bool
means_until (const FieldText *text, uint32_t at)
{
  static const char *const endings[] = { "-ig", "-aig", "-eig", "-jeig", "-jaig", "-ikaig", "-ikeig" };
  const char *p = text->plain->str + at;
  p += *p == '.';
  p += *p == ' ' && p[1] == '-';
  for (size_t i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_ascii_strncasecmp (p, endings[i], strlen (endings[i])) == 0 && !g_ascii_isalpha (p[strlen (endings[i])]))
      return true;
  static const char *const days[]
      = { "hetfoig", "keddig", "szerdaig", "csutortokig", "pentekig", "szombatig", "vasarnapig" };
  const char *word = p + strspn (p, ".,; ");
  for (size_t i = 0; i < G_N_ELEMENTS (days); i++)
    if (g_ascii_strncasecmp (word, days[i], strlen (days[i])) == 0)
      return true;
  return g_ascii_strncasecmp (p, " napjaig", 8) == 0 || g_ascii_strncasecmp (p, "-e elott", 8) == 0;
}

/* A state and its ZIP code stand in an address of the United States. */
static bool
has_zip (const FieldText *text)
{
  static const char states[] = "al ak az ar ca co ct dc fl ga hi id il ia ks ky la ma md mi mn mo ms mt nc nd ne nh nj "
                               "nm nv ny oh ok or pa ri sc sd tn tx ut va vt wa wi wv wy me in de";
  for (uint32_t i = 0; i + 1 < text->tokens->len; i++)
    {
      const FieldToken *a = field_text_token (text, i), *b = field_text_token (text, i + 1);
      if (a->to - a->from == 2 && b->to - b->from == 5 && b->kind == FIELD_TOKEN_NUMBER && a->line == b->line
          && g_ascii_isupper (text->plain->str[a->from]) && g_ascii_isupper (text->plain->str[a->to - 1])
          && b->from - a->to <= 2 && field_token_in (text, a, states))
        return true;
    }
  return false;
}

static void
settle_order (const FieldText *text, GArray *dates, const ClassifyContext *context)
{
  unsigned day_only = 0, month_only = 0;
  for (guint i = 0; i < dates->len; i++)
    {
      const FieldDate *date = &g_array_index (dates, FieldDate, i);
      month_only += date->month_first;
      day_only += strcmp (date->rule, "date:numeric") == 0 && !date->month_first && !date->swappable;
    }
  bool english = context->language == NULL || strcmp (context->language, "en") == 0;
  if (day_only > 0 || (month_only == 0 && !(english && has_zip (text))))
    return;
  for (guint i = 0; i < dates->len; i++)
    {
      FieldDate *date = &g_array_index (dates, FieldDate, i);
      if (!date->swappable)
        continue;
      int day = date->day;
      date->day = date->month;
      date->month = day;
    }
}

GArray *
field_dates_find (const FieldText *text, const ClassifyContext *context)
{
  GArray *dates = g_array_new (FALSE, TRUE, sizeof (FieldDate));
  bool hungarian = context->language != NULL && strcmp (context->language, "hu") == 0;
  for (uint32_t i = 0; i < text->tokens->len && dates->len < MOST_DATES;)
    {
      FieldDate date;
      uint32_t used = date_at (text, i, &date, hungarian);
      if (used > 0 && !field_text_is_taken (text, date.span))
        {
          date.until |= means_until (text, date.span.to);
          g_array_append_val (dates, date);
        }
      i += MAX (used, 1);
    }
  settle_order (text, dates, context);
  return dates;
}

/* The first of the days soon after @after that has the weekday and number of @date. */
static DkDay
next_such_day (const FieldDate *date, DkDay after)
{
  for (DkDay day = after + 1; after != DK_DAY_NONE && day <= after + SOON; day++)
    if (dk_date (day).day == date->day && dk_weekday (day) == date->weekday)
      return day;
  return DK_DAY_NONE;
}

DkDay
field_date_day (const FieldDate *date, DkDay after)
{
  if (date->month == 0)
    return next_such_day (date, after);
  if (date->year != 0)
    return dk_day (date->year, date->month, date->day);
  if (after == DK_DAY_NONE)
    return DK_DAY_NONE;
  int year = dk_date (after).year;
  DkDay day = dk_day (year, date->month, date->day);
  return day == DK_DAY_NONE || day < after ? dk_day (year + 1, date->month, date->day) : day;
}
