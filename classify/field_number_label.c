#include "classify/field_number_label.h"
#include "classify/field_chat.h"
#include "classify/field_line.h"
#include "classify/field_words.h"
#include <string.h>

#define LONGEST_WORD 32
#define LOOK_BACK 64
#define WIDEST_GAP 40
#define FAR_WORDS 12 /* between a Hungarian number and its label */

static const FieldNumberLabel labels[] = {
  { "customer_no", "label:customer-no", FIELD_LIST_CUSTOMER_NUMBER, FIELD_LIST_CUSTOMER_NUMBER_BEGINNING,
    FIELD_LIST_CUSTOMER_NUMBER_BEHIND },
  { "order_no", "label:order-no", FIELD_LIST_ORDER_NUMBER, FIELD_LIST_ORDER_NUMBER_BEGINNING,
    FIELD_LIST_ORDER_NUMBER_BEHIND },
  { "invoice_no", "label:invoice-no", FIELD_LIST_INVOICE_NUMBER, FIELD_LIST_INVOICE_NUMBER_BEGINNING,
    FIELD_LIST_INVOICE_NUMBER_BEHIND },
  { "reference_no", "label:reference-no", FIELD_LIST_REFERENCE_NUMBER, FIELD_LIST_REFERENCE_NUMBER_BEGINNING,
    FIELD_LIST_REFERENCE_NUMBER_BEHIND },
};
static const char fillers[]
    = "no n nr nro num number numbers numero numeros nos o os szam szama szamu szamom sz is es est "
      "a az the my our mi mon ma votre "
      "notre nuestra nuestro su tu vuestro your de d du del der la le el id code codigo kod "
      "kodja azonosito azonositoja "
      "azonositom azonositoszam sorszam sorszama of for with i ii dated confirmation card carte carnet tarjeta kartya "
      "kartyam kartyaszam frequent portant "
      "form referencee chez vous con ustedes usted "
      "era es fue was number onoknel onoknal nalatok nalunk you ya me "
      "cheques ahorro ahorros corriente courant savings checking current i think believe creo crois que hiszem";
static const char generic[] = "ref reference referencia references refs referenciaszam refer";

/* A capital within a line: a place, a name, and no label that was misread. */
static bool
is_name_within (const FieldText *text, const FieldToken *token)
{
  const FieldToken *before = token - 1;
  return field_is_capital (text, token) && token > field_text_token (text, 0) && before->line == token->line
         && token->from <= before->to + 2 && strchr (" ,-", text->plain->str[token->from - 1]) != NULL
         && strchr (".:", text->plain->str[before->to]) == NULL
         && !(token->to - token->from > 1 && g_ascii_isupper (text->plain->str[token->from + 1]));
}

static bool
is_head (const FieldText *text, const FieldToken *token, const FieldNumberLabel *label)
{
  uint32_t n = token->to - token->from;
  FieldToken shorter = { .from = token->from, .to = token->to - 2, .kind = token->kind };
  if (n == 1 && token->from >= 2 && strcmp (label->field, "customer_no") == 0
      && g_ascii_strncasecmp (text->plain->str + token->from - 2, "a/c", 3) == 0)
    return true;                                                                               /* an account */
  bool glued = n >= 7 && g_ascii_strncasecmp (text->plain->str + token->to - 2, "no", 2) == 0; /* "Commandeno" */
  bool alike = is_name_within (text, token) ? field_token_in (text, token, field_list (text, label->heads))
                                            : field_token_near_any (text, token, field_list (text, label->heads));
  return (alike && !field_token_in (text, token, "sector facts hill hall")
          && !(text->english && field_token_in (text, token, "tag")))
         || (glued && field_token_near_any (text, &shorter, field_list (text, label->heads)));
}

/* "vízszerződés": Hungarian puts what it is for before the label. */
static bool
ends_in_label (const FieldText *text, const FieldToken *token, const char *list)
{
  size_t n = token->to - token->from;
  for (const char *p = list; *p != '\0' && n <= LONGEST_WORD;)
    {
      size_t m = strcspn (p, " ");
      if (m >= 6 && n > m && g_ascii_strncasecmp (text->plain->str + token->to - m, p, m) == 0)
        return true;
      p += m;
      p += *p == ' ';
    }
  return false;
}

static const FieldNumberLabel *
label_of (const FieldText *text, const FieldToken *token, bool after)
{
  if (ends_in_label (text, token, "szolgalat szolgalata") /* a desk, whose postcode may follow */
      || field_token_in (text, token, "contact contacts contacto localite localidad locality please"))
    return NULL;
  for (size_t i = 0; i < G_N_ELEMENTS (labels); i++)
    if (field_token_begins_near (text, token, field_list (text, labels[i].begins))
        || (after && ends_in_label (text, token, field_list (text, labels[i].begins)))
        || (after ? field_token_near_any (text, token, field_list (text, labels[i].after))
                  : is_head (text, token, &labels[i])))
      return &labels[i];
  return NULL;
}

FieldSpan
field_number_with_prefix (const FieldText *text, FieldSpan span)
{
  uint32_t i = field_text_token_at (text, span.from);
  if (i == 0 || span.from == 0 || text->plain->str[span.from - 1] != ' ')
    return span;
  const FieldToken *token = field_text_token (text, i - 1);
  uint32_t n = token->to - token->from;
  const char *sign = text->plain->str + token->from;
  while (sign > text->plain->str && sign[-1] == ' ')
    sign--;
  bool alone = sign > text->plain->str && strchr (":#", sign[-1]) != NULL; /* "Customer no.: C 118 204" */
  bool capitals = token->kind == FIELD_TOKEN_WORD && n >= (alone ? 1 : 2) && n <= 4 && token->to + 1 == span.from;
  for (uint32_t k = token->from; k < token->to; k++)
    capitals = capitals && g_ascii_isupper (text->plain->str[k]);
  if (!capitals || field_text_is_taken (text, (FieldSpan){ token->from, token->to })
      || field_token_in (text, token, fillers) || field_token_in (text, token, generic)
      || field_token_in (text, token, "id po nr tel fax bic cif nif dni iban gb uk eu fr en de re vat tva iva")
      || label_of (text, token, false) != NULL)
    return span;
  return (FieldSpan){ token->from, span.to };
}

/* Whether the text between a label and what it names ends a thought. An abbreviation's full stop does not. */
static bool
parts (const FieldText *text, const FieldToken *left, uint32_t to)
{
  const char *plain = text->plain->str;
  uint32_t n = left->to - left->from;
  for (uint32_t i = left->to; i < to; i++)
    {
      if (plain[i] == '?' && i + 2 == to)
        continue; /* "Which account is it? 400-2281" */
      if (strchr ("|;?!,\"", plain[i]) != NULL && !(plain[i] == ',' && n <= 3) && !(plain[i] == ';' && n > 5))
        return true;
      bool colon = n > 5 && field_text_token (text, field_text_token_at (text, to))->kind != FIELD_TOKEN_WORD;
      if (plain[i] == '.' && plain[i + 1] == ' ' && i + 1 < to && n > 5 && !colon)
        return true;
      if (plain[i] == '\n' && i > 0 && plain[i - 1] == '.' && left->to - left->from > 5)
        return true;
    }
  unsigned signs = 0;
  for (uint32_t i = left->to; i < to; i++)
    signs += plain[i] != ' ';
  return signs > 4 || to - left->to > WIDEST_GAP;
}

/* Letters and digits, or digits with a sign between: a number that somebody gave. */
static bool
is_structured (const FieldText *text, FieldSpan span)
{
  FieldSigns signs = field_count_signs (text, span);
  return signs.digits >= 4
         && (signs.capitals > 0 ? signs.joints > 0 || signs.digits >= 5 : signs.joints > 0 && signs.digits >= 6);
}

const FieldNumberLabel *
field_number_label_before (const FieldText *text, FieldSpan span, uint32_t *from)
{
  uint32_t i = field_text_token_at (text, span.from), right = span.from;
  const char *plain = text->plain->str;
  bool reference = false, unknown = false, numbered = false;
  const FieldNumberLabel *found = NULL;
  for (unsigned n = 0; n < 6 && i > 0; n++)
    {
      const FieldToken *token = field_text_token (text, --i);
      if (numbered && text->taken[token->from] != 0 && span.from - token->from <= LOOK_BACK)
        {
          n--; /* "invoice of 31 March (no. 2303)" */
          right = token->from;
          continue;
        }
      bool comma = n == 0 && plain[token->to] == ',' && right == token->to + 2 && is_structured (text, span);
      if (span.from - token->from > LOOK_BACK || text->taken[token->from] != 0
          || (parts (text, token, right) && !numbered && !comma))
        break;
      numbered |= n == 0 && field_token_in (text, token, "no n nr nro num numero number szam");
      if (numbered && n > 0 && field_month_exact (text, token) != 0)
        {
          right = token->from; /* "facture d'avril (no 2303)" */
          continue;
        }
      bool is_generic = field_token_near_any (text, token, generic);
      bool filler = field_token_in (text, token, fillers)
                    || (field_token_near_any (text, token, fillers) && label_of (text, token, false) == NULL);
      if (!filler && !is_generic && !unknown && token->kind == FIELD_TOKEN_WORD
          && token->to - token->from <= (is_structured (text, span) ? 16 : 3) && !field_is_capital (text, token)
          && label_of (text, token, false) == NULL)
        filler = unknown = true; /* one word, such as a "no." misread, or what the contract is for */
      const FieldNumberLabel *label = is_generic || filler ? NULL : label_of (text, token, false);
      if (label != NULL && unknown && token->to - token->from < 5)
        break;
      if (label != NULL)
        {
          *from = token->from;
          found = label;
          break;
        }
      if (is_generic)
        *from = token->from;
      reference |= is_generic;
      if (!is_generic && !filler)
        break;
      right = token->from;
    }
  return found != NULL ? found : reference ? &labels[G_N_ELEMENTS (labels) - 1] : NULL;
}

/* Whether the token begins the label of the next line of a form. */
static bool
labels_next (const FieldText *text, const FieldToken *token)
{
  uint32_t end
      = field_text_line (text, token->line)->from == token->from ? field_line_label_end (text, token->line) : 0;
  return end > 0 && text->plain->str[end] == ':';
}

/* "… sorszámú, november 20-án lejárt, 1 143 000 Ft összegű számla": what comes between a number and its label in one
 * sentence. */
static const FieldNumberLabel *
far_label (const FieldText *text, uint32_t i, uint32_t *to)
{
  const char *plain = text->plain->str;
  for (unsigned n = 0; n < FAR_WORDS && i < text->tokens->len; n++, i++)
    {
      const FieldToken *token = field_text_token (text, i);
      const FieldNumberLabel *label = token->kind == FIELD_TOKEN_WORD ? label_of (text, token, true) : NULL;
      if (label != NULL)
        {
          *to = token->to;
          return label;
        }
      if (plain[token->to] == ';'
          || (plain[token->to] == '.' && g_ascii_islower (plain[token->to - 1]) && plain[token->to + 1] == ' '
              && g_ascii_isupper (plain[token->to + 2])))
        return NULL;
    }
  return NULL;
}

const FieldNumberLabel *
field_number_label_after (const FieldText *text, FieldSpan span, uint32_t *to)
{
  uint32_t i = field_text_token_at (text, span.to), left = span.to;
  const char *plain = text->plain->str;
  bool joined = false;
  for (unsigned n = 0; n < 3 && i < text->tokens->len; n++, i++)
    {
      const FieldToken *token = field_text_token (text, i);
      if (joined && (text->taken[token->from] != 0 || field_token_in (text, token, "an en jan jen kelt kelte napi"))
          && token->from - left < 4)
        {
          n--; /* "… számú, október 16-án kelt számla" */
          left = token->to;
          continue;
        }
      if (token->line > field_text_line_at (text, left) + 1 || token->from - left > 3
          || strspn (plain + left, joined ? " .,-\n" : " .-\n") < token->from - left)
        return NULL;
      bool joint = field_token_near_any (text, token, "szamu sz es as os is szamon sorszamu azonositoju");
      const FieldNumberLabel *label = joint ? NULL : label_of (text, token, true);
      if (label != NULL && !joined
          && (labels_next (text, token) || plain[token->to + strspn (plain + token->to, " ")] == ':'))
        return NULL;
      if (label != NULL)
        {
          *to = token->to;
          return label;
        }
      if (joined && !joint && is_structured (text, span)) /* "sorszámú" is one, whatever stands between */
        return far_label (text, i, to);
      joined = joint;
      if (!joined)
        return NULL;
      left = token->to;
    }
  return NULL;
}

const FieldNumberLabel *
field_number_label_asked_for (const FieldWork *work, FieldSpan span)
{
  const FieldText *text = work->text;
  uint32_t question = field_chat_question (work, field_text_line_at (text, span.from));
  const FieldNumberLabel *label = NULL;
  for (uint32_t i = question != UINT32_MAX ? field_text_token_at (text, field_text_line (text, question)->from) : 0;
       question != UINT32_MAX && i < text->tokens->len && field_text_token (text, i)->line == question; i++)
    if (text->taken[field_text_token (text, i)->from] == 0
        && label_of (text, field_text_token (text, i), false) != NULL)
      label = label_of (text, field_text_token (text, i), false);
  return label;
}

const FieldNumberLabel *
field_number_label_by_prefix (const FieldText *text, FieldSpan span, const FieldNumberLabel *label)
{
  static const char *const prefixes[] = { "cust cli clt pol kunde", "ord order ped cmd cde po", "inv fac fact szla" };
  if (strcmp (label->field, "reference_no") != 0)
    return label;
  uint32_t to = span.from;
  while (to < span.to && g_ascii_isalpha (text->plain->str[to]))
    to++;
  for (size_t i = 0; i < G_N_ELEMENTS (prefixes) && to > span.from; i++)
    if (field_token_in (text, &(FieldToken){ .from = span.from, .to = to }, prefixes[i]))
      return &labels[i];
  return label;
}

bool
field_number_names_contract (const FieldText *text, uint32_t from)
{
  uint32_t i = field_text_token_at (text, from);
  return i < text->tokens->len
         && field_token_in (text, field_text_token (text, i),
                            "policy poliza police contract contrat contrato szerzodes "
                            "szerzodesszam kotvenyszam kotveny card carte tarjeta");
}
