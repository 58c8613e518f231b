#include "classify/field_region.h"
#include "classify/field_words.h"
#include <string.h>

typedef struct
{
  const char *currency;
  const char *words; /* towns, regions and the name of the money */
  const char *code;  /* telephone */
  const char *top;   /* of addresses in the net */
} Region;

static const Region regions[] = {
  { "MXN",
    "mexico mexicano mexicanos cdmx alcaldia colonia leon toluca chihuahua sonora jalisco monterrey guadalajara puebla "
    "tijuana queretaro oaxaca merida veracruz mxn cfdi rfc",
    "+52", ".mx" },
  { "ARS", "argentina argentinos cuit cuil caba aires rosario mendoza tucuman rioplatense ars cordoba cabildo", "+54",
    ".ar" },
  { "COP",
    "colombia colombianos bogota medellin cali barranquilla cop nit cra quindio antioquia cundinamarca pereira "
    "manizales "
    "bucaramanga cucuta ibague sumerce",
    "+57", ".com.co" },
  { "CLP", "chile chilenos santiago valparaiso concepcion clp rut temuco antofagasta nunoa", "+56", ".cl" },
  { "UYU", "uruguay montevideo uyu", "+598", ".uy" },
  { "CAD", "canada quebec montreal ontario toronto vancouver calgary ottawa cad winnipeg halifax qc", "+1-514", ".ca" },
  { "AUD", "australia sydney melbourne brisbane perth adelaide hobart canberra aud nsw qld vic", "+61", ".au" },
  { "NZD", "zealand auckland wellington christchurch dunedin nzd aotearoa", "+64", ".nz" },
  { "DOP", "dominicana domingo dop", "+1-809", ".do" },
  { "USD", "usa usd miami florida texas houston dallas angeles california york chicago brooklyn unidos eeuu", "+1-305",
    ".us" },
};

/* ".com.au" at the end of an address or host. */
static bool
ends_address (const char *plain, const char *top)
{
  for (const char *p = strstr (plain, top); p != NULL; p = strstr (p + 1, top))
    if (p > plain && g_ascii_isalnum (p[-1]) && !g_ascii_isalnum (p[strlen (top)]))
      return true;
  return false;
}

/* "WA 6007" */
static bool
is_australian_postcode (const FieldText *text, uint32_t i)
{
  static const char states[] = "nsw vic qld sa wa tas act nt";
  const FieldToken *state = field_text_token (text, i);
  const FieldToken *code = i + 1 < text->tokens->len ? field_text_token (text, i + 1) : NULL;
  return code != NULL && code->kind == FIELD_TOKEN_NUMBER && code->to - code->from == 4 && code->from == state->to + 1
         && g_ascii_isupper (text->plain->str[state->to - 1]) && field_token_in (text, state, states);
}

/* "S7K 3L3" */
static bool
is_canadian_postcode (const FieldText *text, uint32_t i)
{
  const char *p = text->plain->str + field_text_token (text, i)->from;
  return g_ascii_isupper (p[0]) && g_ascii_isdigit (p[1]) && g_ascii_isupper (p[2]) && p[3] == ' '
         && g_ascii_isdigit (p[4]) && g_ascii_isupper (p[5]) && g_ascii_isdigit (p[6]) && !g_ascii_isalnum (p[7]);
}

/* "FL 33135" */
static bool
is_american_postcode (const FieldText *text, uint32_t i)
{
  const FieldToken *state = field_text_token (text, i);
  const char *p = text->plain->str + state->from;
  return state->to == state->from + 2 && g_ascii_isupper (p[0]) && g_ascii_isupper (p[1]) && p[2] == ' '
         && strspn (p + 3, "0123456789") == 5 && !g_ascii_isalnum (p[8]);
}

static unsigned
hits (const FieldText *text, const Region *region)
{
  unsigned n = (strstr (text->plain->str, region->code) != NULL) + ends_address (text->plain->str, region->top);
  for (uint32_t i = 0; i < text->tokens->len && n < 8; i++)
    {
      const FieldToken *token = field_text_token (text, i);
      bool new = i > 0 && field_token_in (text, field_text_token (text, i - 1), "new"); /* New Mexico */
      n += token->kind == FIELD_TOKEN_WORD && !new &&field_token_in (text, token, region->words);
      n += (strcmp (region->currency, "AUD") == 0 && is_australian_postcode (text, i))
           || (strcmp (region->currency, "CAD") == 0 && is_canadian_postcode (text, i))
           || (strcmp (region->currency, "USD") == 0 && is_american_postcode (text, i));
    }
  return n;
}

const char *
field_region_dollar (const FieldText *text, const char *language, bool comma)
{
  const Region *best = NULL;
  unsigned most = 0;
  for (size_t i = 0; i < G_N_ELEMENTS (regions); i++)
    {
      unsigned n = hits (text, &regions[i]);
      if (n <= most)
        continue;
      most = n;
      best = &regions[i];
    }
  if (best != NULL)
    return best->currency;
  if (g_strcmp0 (language, "es") != 0)
    return g_strcmp0 (language, "fr") == 0 ? "CAD" : "USD";
  return comma ? "ARS" : "MXN";
}
