#include "classify/field_date_words.h"
#include "classify/field_words.h"
#include <string.h>

/* The words for each number from 1 on, as they stand in dates. */
static const char *const numbers[] = {
  "uno primero premier first",
  "dos deux second",
  "tres trois third",
  "cuatro quatre fourth",
  "cinco cinq fifth",
  "seis six sixth",
  "siete sept seventh",
  "ocho huit eighth",
  "nueve neuf ninth",
  "diez dix tenth",
  "once onze eleventh",
  "doce douze twelfth",
  "trece treize thirteenth",
  "catorce quatorze fourteenth",
  "quince quinze fifteenth",
  "dieciseis seize sixteenth",
  "diecisiete seventeenth",
  "dieciocho eighteenth",
  "diecinueve nineteenth",
  "veinte vingt twentieth",
  "veintiuno",
  "veintidos",
  "veintitres",
  "veinticuatro",
  "veinticinco",
  "veintiseis",
  "veintisiete",
  "veintiocho",
  "veintinueve",
  "treinta trente",
};

static int
number_of (const FieldText *text, uint32_t index)
{
  return index < text->tokens->len
             ? field_token_which (text, field_text_token (text, index), numbers, G_N_ELEMENTS (numbers))
             : 0;
}

/* "tizenhetedikén", "huszonegyedike": a Hungarian day with its ending; 0 for anything else. */
static int
hungarian_day (const char *lower)
{
  static const char *const tens[] = { "tizen", "huszon", "harminc" };
  static const char *const ordinals[] = { "elsej",   "masodik", "harmadik",  "negyedik",   "otodik",
                                          "hatodik", "hetedik", "nyolcadik", "kilencedik", "tizedik" };
  static const char *const round[] = { "tizedik", "huszadik", "harmincadik" };
  int day = 0;
  for (int t = 0; t < (int)G_N_ELEMENTS (round); t++)
    if (g_str_has_prefix (lower, round[t]))
      return 10 * (t + 1);
  for (int t = 0; t < (int)G_N_ELEMENTS (tens) && day == 0; t++)
    if (g_str_has_prefix (lower, tens[t]))
      {
        day = 10 * (t + 1);
        lower += strlen (tens[t]);
      }
  if (day > 0 && g_str_has_prefix (lower, "egyedik"))
    return day + 1;
  if (day > 0 && g_str_has_prefix (lower, "kettedik"))
    return day + 2;
  for (int i = 0; i < (int)G_N_ELEMENTS (ordinals); i++)
    if (g_str_has_prefix (lower, ordinals[i]))
      return day + i + 1 <= 31 ? day + i + 1 : 0;
  return 0;
}

int
field_day_word (const FieldText *text, const FieldToken *token)
{
  if (token->kind != FIELD_TOKEN_WORD || token->to - token->from < 3 || token->to - token->from >= FIELD_LONGEST_WORD)
    return 0;
  int day = field_token_which (text, token, numbers, G_N_ELEMENTS (numbers));
  if (day != 0)
    return day;
  g_autofree char *lower = field_text_lower (text, (FieldSpan){ token->from, token->to });
  return hungarian_day (lower);
}

uint32_t
field_year_words (const FieldText *text, uint32_t index, int *year)
{
  if (index + 2 >= text->tokens->len || !field_token_in (text, field_text_token (text, index), "dos deux")
      || !field_token_in (text, field_text_token (text, index + 1), "mil mille"))
    return 0;
  int tens = number_of (text, index + 2), ones = 0;
  if (tens == 0)
    return 0;
  uint32_t used = 3;
  if (tens == 20 || tens == 30)
    {
      uint32_t next = index + 3;
      next += next < text->tokens->len && field_token_in (text, field_text_token (text, next), "y et");
      ones = number_of (text, next);
      if (ones >= 1 && ones <= 9)
        used = next + 1 - index;
      else
        ones = 0;
    }
  *year = 2000 + tens + ones;
  return used;
}
