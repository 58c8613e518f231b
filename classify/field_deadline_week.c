#include "classify/field_deadline.h"
#include "classify/field_party.h"
#include "classify/field_words.h"

#define REACH 10 /* words before and behind in which the writer asks for something */

static const char *const weekdays[] = { "monday lundi lunes hetfo hetfoig",
                                        "tuesday mardi martes kedd keddig",
                                        "wednesday mercredi miercoles szerda szerdaig",
                                        "thursday jeudi jueves csutortok csutortokig",
                                        "friday vendredi viernes pentek pentekig",
                                        "saturday samedi sabado szombat szombatig",
                                        "sunday dimanche domingo vasarnap vasarnapig" };
static const char until[] = "hetfoig keddig szerdaig csutortokig pentekig szombatig vasarnapig";

/* 1 Monday to 7 Sunday; 0 where @token is none. */
static int
weekday_of (const FieldText *text, const FieldToken *token)
{
  for (int day = 0; day < 7; day++)
    if (field_token_in (text, token, weekdays[day]))
      return day + 1;
  return 0;
}

/* The token at which "by next Friday" begins, whose weekday is token @i; @i + 1 where nothing says until when. */
static uint32_t
begin_of (const FieldText *text, uint32_t i)
{
  if (field_token_in (text, field_text_token (text, i), until))
    return i;
  for (uint32_t at = i; at > 0 && i - at < 4;)
    {
      const FieldToken *token = field_text_token (text, --at);
      if (field_token_in (text, token, "by before avant antes tardar legkesobb"))
        return at;
      if (!field_token_in (text, token,
                           "the this next le ce prochain el la del de este proximo mas plus tard au end of"))
        break;
    }
  return i + 1;
}

/* Whether the day is told by its number, too, or is one of the past. */
static bool
is_other_day (const FieldText *text, uint32_t i)
{
  const FieldToken *behind = i + 1 < text->tokens->len ? field_text_token (text, i + 1) : NULL;
  return behind != NULL && behind->line <= field_text_token (text, i)->line + 1
         && (behind->kind == FIELD_TOKEN_NUMBER || field_month_exact (text, behind) != 0
             || field_token_in (text, behind, "the dernier passe pasado"));
}

/* Whether the sentence asks for something, or sets a condition: "if I have nothing by Friday", "by Friday or I shall
 * …".
 */
static bool
is_wanted (const FieldText *text, uint32_t from, uint32_t i)
{
  bool to_pay = field_any_before (text, from, 4, "pay paying payer paie pagar pago pague")
                && !field_any_before (text, from, 3, "me us back mel nous");
  if (to_pay) /* what is asked of the writer */
    return false;
  if (field_wishes_before (text, from))
    return !field_any_before (text, from, 4, "not didn nobody didnt never");
  for (uint32_t at = from, n = 0; at > 0 && n < REACH; n++)
    {
      const FieldToken *token = field_text_token (text, --at);
      if (field_ends_sentence (text, token->to, field_text_token (text, from)->from))
        break;
      if (field_token_in (text, token, "if unless si ha merci veuillez prie kerem kerjuk varom varjuk"))
        return true;
    }
  for (uint32_t at = i + 1; at < text->tokens->len && at <= i + REACH; at++)
    {
      const FieldToken *token = field_text_token (text, at);
      if (field_ends_sentence (text, field_text_token (text, i)->to, token->from))
        break;
      if (field_token_in (text, token, "or otherwise sinon faute o kulonben maskepp"))
        return true;
    }
  return false;
}

void
field_find_weekdays (FieldWork *work)
{
  const FieldText *text = work->text;
  for (uint32_t i = 0; i < text->tokens->len && work->letter_date != DK_DAY_NONE; i++)
    {
      int weekday = weekday_of (text, field_text_token (text, i));
      uint32_t from = weekday != 0 ? begin_of (text, i) : i + 1;
      if (from > i || is_other_day (text, i) || field_is_others (work, field_text_token (text, i)->line)
          || field_tells_story (text, from) || !is_wanted (text, from, i))
        continue;
      int days = (weekday - dk_weekday (work->letter_date) + 6) % 7 + 1;
      FieldSpan span = { field_text_token (text, from)->from, field_text_token (text, i)->to };
      field_deadline_found (work, work->letter_date + days, span, span, 0.7, "deadline:weekday");
    }
}
