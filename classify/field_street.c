/* What looks like a street or a house. */
#include "classify/field_address.h"
#include "classify/field_words.h"
#include <string.h>

#define MOST_BEFORE 16 /* tokens between a house number and the word for its street */

/* Words that stand at the beginning, the end, or anywhere in a street; and others that do so only beside a number. */
static const char street_first[]
    = "calle ch bd bld rte pl rua praza carrera cra cl jr jiron prol calzada c avda avenida av paseo "
      "plaza pza ronda camino carretera ctra travesia "
      "villa cite hlm quartier hay derb lot lots jr psje pje mz manzana cdla house plot sector urbanizacion urb rambla "
      "rua carrer passeig "
      "masia cami muelle cortijo finca barrio glorieta pasaje pje cuesta bulevar alameda "
      "nave parcela str strada aleea croft "
      "poligono edificio residence res immeuble batiment bat appartement apt flat unit "
      "lieu lotissement hameau apartment "
      "lugar aldea partida paraje gran via notaria lg apartado zone za zi zac po bp box postafiok";
static const char street_last[]
    = "street st road rd avenue ave lane ln drive dr close court ct place mews parade terrace crescent "
      "gardens cottage house view way hill square sq grove boulevard blvd row walk farm lodge green "
      "croft rise park quay wharf bridge buildings building chambers parkway pkwy highway hwy circle cir trail way "
      "pike pde cres esplanade";
/* Those of them that are seldom somebody's name. */
static const char street_alone[]
    = "street road avenue mews parade terrace crescent gardens cottage boulevard square drive farm lane "
      "lodge house court buildings building chambers parkway highway";
static const char street_any[]
    = "chaussee esplanade sentier montee steenweg straat laan strasse rue avenue boulevard chemin impasse allee allees "
      "quai venelle route place cours square faubourg "
      "ut utca utja ter tere korut setany sor fasor koz lepcso rakpart liget dulo sugarut krt u";
static const char hungarian[] = "ut utca utja ter tere korut setany sor fasor koz rakpart liget dulo sugarut krt u "
                                "lakotelep park lakopark tanya major";

uint32_t
field_tokens_in (const FieldText *text, FieldSpan span, uint32_t *first)
{
  *first = field_text_token_at (text, span.from);
  uint32_t n = 0;
  while (*first + n < text->tokens->len && field_text_token (text, *first + n)->from < span.to)
    n++;
  return n;
}

/* "s/n", sin número */
static bool
is_without_number (const FieldText *text, const FieldToken *token)
{
  return token->to - token->from == 1 && g_ascii_strncasecmp (text->plain->str + token->from, "s/n", 3) == 0;
}

bool
field_is_street (const FieldText *text, FieldSpan span)
{
  uint32_t first, n = field_tokens_in (text, span, &first);
  if (n == 0 || n > 14)
    return false;
  bool number = false, any = false, almost = false, magyar = false;
  for (uint32_t i = first; i < first + n; i++)
    {
      const FieldToken *token = field_text_token (text, i);
      if (i > first && text->plain->str[token->from - 1] == '.' && token->to - token->from == 1)
        continue; /* "S.L.U." is no "u." */
      number |= token->kind != FIELD_TOKEN_WORD || is_without_number (text, token);
      any |= field_token_in (text, token, street_any);
      almost |= field_token_near_any (text, token, street_any);
      magyar |= i > first && field_token_near_any (text, token, hungarian);
    }
  const FieldToken *a = field_text_token (text, first), *z = field_text_token (text, first + n - 1);
  any |= almost && number;
  bool begins = number ? field_token_near_any (text, a, street_first) : field_token_in (text, a, street_first);
  begins = begins && (number || a->to - a->from > 1 || text->plain->str[a->to] == '/'); /* "C. Vasseur" */
  bool ends = n > 1 && (number ? field_token_near_any (text, z, street_last) : field_token_in (text, z, street_alone));
  bool both = n > 2 && a->kind == FIELD_TOKEN_NUMBER && a[1].kind == FIELD_TOKEN_NUMBER
              && text->plain->str[a->to] == '-'; /* "88-14 Parsons Blvd." */
  bool capital = n > 1 && a->kind != FIELD_TOKEN_WORD && a->to - a->from <= 4 && n <= 8
                 && field_is_capital (text, field_text_token (text, first + 1 + both));
  return ((begins || any) && (number || n <= 5)) || magyar || ends || capital;
}

bool
field_is_street_word (const FieldText *text, const FieldToken *token)
{
  const FieldToken *next = token + 1, *before = token - 1;
  bool ends = token + 1 == field_text_token (text, 0) + text->tokens->len || next->line != token->line
              || text->plain->str[token->to] == ',';
  if (!ends || !field_token_in (text, token, street_last))
    return false;
  for (; before >= field_text_token (text, 0) && before->line == token->line && token - before < MOST_BEFORE; before--)
    if (before->kind != FIELD_TOKEN_WORD) /* a house number */
      return true;
  return false;
}

bool
field_ends_in_street (const FieldText *text, FieldSpan span)
{
  uint32_t first, n = field_tokens_in (text, span, &first);
  return n > 1 && field_token_in (text, field_text_token (text, first + n - 1), street_last);
}

bool
field_is_house_number (const FieldText *text, FieldSpan piece)
{
  uint32_t first, n = field_tokens_in (text, piece, &first);
  const FieldToken *token = n > 0 ? field_text_token (text, first) : NULL;
  if (n == 0 || n > 2)
    return false;
  bool numbered = token->kind == FIELD_TOKEN_NUMBER ? token->to - token->from <= 4 : is_without_number (text, token);
  return numbered && (n == 1 || piece.to - field_text_token (text, first + 1)->from <= 2);
}

bool
field_has_street_word (const FieldText *text, FieldSpan span)
{
  uint32_t first, n = field_tokens_in (text, span, &first);
  for (uint32_t i = first + 2; i < first + n; i++)
    if (field_token_in (text, field_text_token (text, i), hungarian))
      return true;
  return false;
}
