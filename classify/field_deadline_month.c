#include "classify/field_date_parts.h"
#include "classify/field_deadline.h"
#include "classify/field_party.h"
#include "classify/field_words.h"

/* "before the end of the month", "avant la fin du mois", "hó végéig": of the letter's. */
static void
find_month_end (FieldWork *work)
{
  const FieldText *text = work->text;
  for (uint32_t i = 2; i < text->tokens->len && work->letter_date != DK_DAY_NONE; i++)
    {
      const FieldToken *token = field_text_token (text, i), *before = token - 1;
      uint32_t from = i;
      if (field_token_in (text, token, "month mois mes"))
        while (from > 0 && i - from < 4
               && !field_token_in (text, field_text_token (text, from), "end fin final finales"))
          from--;
      bool end
          = from < i && i - from < 4 && field_any_before (text, from, 3, "before by avant antes until jusqu hasta");
      end |= field_token_in (text, token, "vegeig vege") && field_token_in (text, before, "ho honap");
      if (!end || field_is_others (work, token->line)
          || (i + 1 < text->tokens->len
              && field_token_in (text, token + 1, "of de d next prochain que proximo following suivant")))
        continue;
      DkDate date = dk_date (work->letter_date);
      DkDay day = dk_day_add_months (dk_day (date.year, date.month, 1), 1) - 1;
      FieldSpan span = { field_text_token (text, MIN (from, i - 1))->from, token->to };
      field_deadline_found (work, day, span, span, 0.8, "deadline:end-of-month");
      return;
    }
}

/* Whether the number at token @i is a day of the letter's month: "by the 20th of this month", "antes del día 20", "pour
 * le 20 courant", "e hónap 20-áig". */
static bool
is_day_of_month (const FieldText *text, uint32_t i)
{
  const FieldToken *token = field_text_token (text, i), *before = token - 1, *end = token + 5;
  const FieldToken *last = field_text_token (text, 0) + text->tokens->len;
  bool cue = field_any_before (text, i, 4, "before by avant antes until jusqu hasta pour tardar");
  bool this_month = cue && field_token_in (text, before, "dia");
  for (const FieldToken *after = token + 1; after < MIN (end, last) && after->line == token->line; after++)
    {
      if (field_month_exact (text, after) != 0)
        return false;
      this_month |= cue && after == token + 1 && field_token_in (text, after, "courant corriente");
      this_month |= cue && field_token_in (text, after, "month mois mes")
                    && field_token_in (text, after - 1, "this present presente este ce");
    }
  return this_month
         || (field_token_in (text, before, "ho honap") && token + 1 < last
             && field_token_in (text, token + 1, "ig aig eig"));
}

static void
find_days_of_month (FieldWork *work)
{
  const FieldText *text = work->text;
  for (uint32_t i = 2; i < text->tokens->len && work->letter_date != DK_DAY_NONE; i++)
    {
      const FieldToken *token = field_text_token (text, i);
      bool repaired = false;
      int number = token->kind != FIELD_TOKEN_WORD && text->taken[token->from] == 0 && is_day_of_month (text, i)
                       ? field_date_day_at (text, i, &repaired)
                       : 0;
      if (number <= 0 || field_is_others (work, token->line))
        continue;
      DkDate date = dk_date (work->letter_date);
      DkDay day = dk_day (date.year, date.month, number);
      FieldSpan span = { token->from, token->to };
      if (day != DK_DAY_NONE && day > work->letter_date)
        field_deadline_found (work, day, span, span, 0.8, "deadline:day-of-month");
    }
}

void
field_find_days_of_month (FieldWork *work)
{
  find_month_end (work);
  find_days_of_month (work);
}
