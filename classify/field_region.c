#include "classify/field_region.h"
#include "classify/field_words.h"
#include <string.h>

typedef struct
{
  const char *currency;
  const char *words; /* towns, regions and the name of the money */
  const char *code;  /* telephone */
} Region;

static const Region regions[] = {
  { "MXN", "mexico mexicano mexicanos cdmx monterrey guadalajara puebla tijuana queretaro oaxaca merida veracruz mxn",
    "+52" },
  { "ARS", "argentina argentinos caba aires rosario mendoza tucuman rioplatense ars", "+54" },
  { "COP", "colombia colombianos bogota medellin cali barranquilla cop", "+57" },
  { "CLP", "chile chilenos santiago valparaiso concepcion clp", "+56" },
  { "UYU", "uruguay montevideo", "+598" },
  { "CAD", "canada quebec montreal ontario toronto vancouver calgary ottawa cad", "+1-514" },
  { "AUD", "australia sydney melbourne brisbane aud nsw", "+61" },
};

static unsigned
hits (const FieldText *text, const Region *region)
{
  unsigned n = strstr (text->plain->str, region->code) != NULL;
  for (uint32_t i = 0; i < text->tokens->len && n < 8; i++)
    {
      const FieldToken *token = field_text_token (text, i);
      n += token->kind == FIELD_TOKEN_WORD && field_token_in (text, token, region->words);
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
