/* Customer, order, invoice and reference numbers: a shape with a digit, and a label before it or, as in Hungarian,
 * after. */
#include "classify/field_chat.h"
#include "classify/field_party.h"
#include "classify/field_words.h"
#include <string.h>

#define LONGEST_NUMBER 32
#define LOOK_BACK 64
#define WIDEST_GAP 40

typedef struct
{
  const char *field, *rule;
  const char *heads;  /* whole words, one misread letter allowed */
  const char *begins; /* beginnings of words, for languages that put endings on them */
  const char *after;  /* words that stand behind a number */
} NumberLabel;

static const NumberLabel labels[] = {
  { "customer_no", "label:customer-no",
    "customer cust consumer assure assuree asegurado asegurada asociado asociada biztositott patient patiente "
    "societaire torzsvasarloi fizeto payer client clients cliente clienta account acc "
    "acct berletszam berlet compte cuenta member membership membre "
    "contract contrat "
    "contrato "
    "policy adherente affilie affiliation afiliado afiliada library reader lecteur lector olvasojegy olvaso tagsagi "
    "tag "
    "tagszam mprn mutualista kotvenyszam szerzodesszam szerzodes loyalty fidelite fidelidad husegkartya "
    "police poliza subscriber abonne dabonne dadherent abonnement abonado adherent suscriptor customerno clientno "
    "ugyfelazonosito vevoazonosito ugyfelszam vevoszam vevokod vevo ugyfel ugyfelkod partnerszam partnerkod elofizetoi "
    "felhasznalo felhasznaloi "
    "fogyaszto "
    "torzsszam usager titular tenant tenancy locataire allocataire beneficiaire matricule inquilino beneficiario "
    "suministro berlo berloi",
    "socio socia abono berlet ugyfelszam ugyfelazonosito ugyfelkod vevoszam vevokod vevoazonosito szerzodes kotveny "
    "partnerszam partnerkod elofizeto "
    "felhasznaloazonosito fogyasztoazonosito",
    "szerzodes szerzodesem szerzodesszel szerzodest kotveny kotvenyem" },
  { "order_no", "label:order-no",
    "order ord rend orderno ordernumber orders purchase commande cde pedido compra orden rendelesszam rendelesi "
    "rendeles "
    "megrendeles "
    "bestelling po booking reservation reserva foglalas foglalasi foglalasszam localizador reservacion pnr resa",
    "rendeles megrendeles foglalasszam",
    "foglalas foglalasom rendeles rendelesem megrendeles megrendelesem rendelest" },
  { "invoice_no", "label:invoice-no",
    "invoice fact invoiceno inv bill facture factura fra recibo avis quittance szamla szamlaszam dijbekero fra "
    "echeance",
    "szamla dijbekero", "szamla szamlan szamlat szamlajuk" },
  { "reference_no", "label:reference-no",
    "claim case complaint sinistre dossier expediente siniestro reclamo reclamacion reclamation ugyszam iktatoszam "
    "ugyiratszam "
    "panaszszam hivatkozasi incident ticketno incidencia",
    "ugyszam iktatoszam ugyirat panaszszam hivatkozas", "ugyszamu iktatoszamu" },
};
static const char fillers[]
    = "no n nr nro num number numbers numero numeros nos o os szam szama szamu szamom sz is es est "
      "a az the my our mi mon ma votre "
      "notre nuestra nuestro su tu vuestro your de d du del der la le el id code codigo kod "
      "kodja azonosito azonositoja "
      "azonositom azonositoszam sorszam sorszama of for with i ii dated confirmation card carte carnet tarjeta portant "
      "form referencee chez vous con ustedes usted "
      "era es fue was number onoknel onoknal nalatok nalunk you ya me";
static const char generic[] = "ref reference referencia references refs referenciaszam refer";

static bool
is_joint (char c)
{
  return c != '\0' && strchr ("-/._'", c) != NULL;
}

/* The whole number around token @index: letters and digits joined by single signs. A sign and a blank join too. */
static FieldSpan
chunk_at (const FieldText *text, uint32_t index)
{
  const char *plain = text->plain->str;
  FieldSpan span = { field_text_token (text, index)->from, field_text_token (text, index)->to };
  uint32_t least = span.from > LONGEST_NUMBER ? span.from - LONGEST_NUMBER : 0;
  while (span.from >= 2 && span.from > least && is_joint (plain[span.from - 1])
         && g_ascii_isalnum (plain[span.from - 2])
         && !(plain[span.from - 1] == '.' && g_ascii_islower (plain[span.from - 2])))
    for (span.from--; span.from > least && g_ascii_isalnum (plain[span.from - 1]);)
      span.from--;
  while (span.to - span.from <= LONGEST_NUMBER)
    {
      uint32_t at = span.to;
      if (!is_joint (plain[at]))
        break;
      at++;
      if (is_joint (plain[at])) /* read twice */
        at++;
      if (plain[at] == ' ' && plain[span.to] != '.' && g_ascii_isdigit (plain[at + 1])
          && g_ascii_isdigit (plain[span.to - 1]))
        at++;
      if (!g_ascii_isalnum (plain[at]) || (strchr (".'", plain[span.to]) != NULL && !g_ascii_isdigit (plain[at])))
        break;
      while (g_ascii_isalnum (plain[at]))
        at++;
      span.to = at;
    }
  uint32_t end = span.to;
  while (end > span.from && g_ascii_islower (plain[end - 1]))
    end--;
  if (span.to - end >= 1 && span.to - end <= 5 && end >= span.from + 2 && plain[end - 1] == '-'
      && g_ascii_isdigit (plain[end - 2]))
    span.to = end - 1; /* "4-2219-es" */
  bool degree = g_ascii_strncasecmp (plain + span.from, "no", 2) == 0 && g_ascii_isdigit (plain[span.from + 2]);
  span.from += degree ? 2 : 0;
  return span;
}

static bool
looks_like_number (const FieldText *text, FieldSpan span)
{
  unsigned digits = 0, capitals = 0, small = 0;
  for (uint32_t i = span.from; i < span.to; i++)
    {
      char c = text->plain->str[i];
      digits += g_ascii_isdigit (c) != 0;
      capitals += g_ascii_isupper (c) != 0;
      small += g_ascii_islower (c) != 0;
    }
  if (span.to - span.from > LONGEST_NUMBER || digits < 2 || 2 * small >= digits || capitals > 3 * digits)
    return false;
  return digits >= 3 || capitals > 0;
}

/* What ought to be an IBAN is none: empty beats wrong. */
static bool
is_broken_iban (const FieldText *text, FieldSpan span)
{
  const char *p = text->plain->str + span.from;
  bool begins = span.to - span.from == 4 && g_ascii_isupper (p[0]) && g_ascii_isupper (p[1]) && g_ascii_isdigit (p[2])
                && g_ascii_isdigit (p[3]) && p[4] == ' ';
  for (size_t i = 5; begins && i < 9; i++) /* "GB26 MIDL" */
    begins = g_ascii_isupper (p[i]) || g_ascii_isdigit (p[i]);
  if (begins && !g_ascii_isalnum (p[9]))
    return true;
  return span.to - span.from >= 15 && g_ascii_isalpha (p[0]) && g_ascii_isalpha (p[1]) && g_ascii_isdigit (p[2]);
}

/* The last of several groups of four, as an account has: none begins a number, nor is one by itself. */
static bool
is_end_of_account (const FieldText *text, FieldSpan span)
{
  const char *plain = text->plain->str;
  uint32_t at = span.from, groups = 0;
  while (span.to - span.from <= 4 && groups < 3 && at >= 5 && plain[at - 1] == ' ')
    {
      unsigned digits = 0, letters = 0;
      for (uint32_t i = at - 5; i < at - 1; i++)
        {
          digits += g_ascii_isdigit (plain[i]) != 0;
          letters += g_ascii_isupper (plain[i]) != 0;
        }
      if (digits + letters < 4 || digits < 2)
        break;
      groups++;
      at -= 5;
    }
  return groups == 3;
}

/* "7730A1Z", "I0452": a letter at the end of the number or its beginning, beside four digits and more and nothing else.
 */
static bool
is_edge (const char *plain, FieldSpan span, uint32_t at)
{
  uint32_t digits = 0;
  if (at != span.from && at + 1 != span.to)
    return false;
  for (uint32_t i = span.from; i < span.to; i++)
    if (i != at && !g_ascii_isdigit (plain[i]))
      return false;
    else
      digits++;
  return digits >= 5;
}

/* Whether the letter at @at stands for a digit: a small one beside a digit, a capital between two. */
static bool
is_misread_digit (const FieldText *text, FieldSpan span, uint32_t at)
{
  const char *plain = text->plain->str;
  bool left = at > span.from && g_ascii_isdigit (plain[at - 1]);
  bool right = at + 1 < span.to && g_ascii_isdigit (plain[at + 1]);
  bool begins = at == span.from || !g_ascii_isalnum (plain[at - 1]);
  if (!g_ascii_isalpha (plain[at]) || field_as_digit (plain[at]) == '\0')
    return false;
  if (strchr ("OIlZ", plain[at]) != NULL && is_edge (plain, span, at))
    return true;
  return g_ascii_islower (plain[at]) ? left || right : (left || (begins && plain[at] == 'O')) && right;
}

/* The number as printed, with digits for the letters that stand for them. NULL when other small letters are among its
 * digits: a digit is lost then. Owned by the caller. */
static char *
number_value (const FieldText *text, FieldSpan span, bool *repaired)
{
  g_autofree char *printed = field_text_printed (text, span);
  const char *plain = text->plain->str;
  g_autoptr (GString) value = g_string_new (NULL);
  const char *p = printed;
  for (uint32_t i = span.from; i < span.to && *p != '\0'; i++)
    {
      const char *next = g_utf8_next_char (p);
      bool digit = is_misread_digit (text, span, i);
      bool beside
          = (i > span.from && g_ascii_isdigit (plain[i - 1])) || (i + 1 < span.to && g_ascii_isdigit (plain[i + 1]));
      if (g_ascii_islower (plain[i]) && !digit && beside)
        return NULL;
      if (plain[i] == '\'')
        ;
      else if (digit)
        g_string_append_c (value, field_as_digit (plain[i]));
      else
        g_string_append_len (value, p, next - p);
      *repaired |= digit;
      while (plain[i] == ' ' && plain[i + 1] == ' ')
        i++;
      p = next;
    }
  return g_string_free (g_steal_pointer (&value), FALSE);
}

static bool
is_year (const FieldText *text, FieldSpan span)
{
  const char *p = text->plain->str + span.from;
  return span.to - span.from == 4 && (memcmp (p, "19", 2) == 0 || memcmp (p, "20", 2) == 0) && g_ascii_isdigit (p[2])
         && g_ascii_isdigit (p[3]);
}

/* "2021-2026" */
static bool
is_span_of_years (const FieldText *text, FieldSpan span)
{
  return span.to - span.from == 9 && strchr ("-/", text->plain->str[span.from + 4]) != NULL
         && is_year (text, (FieldSpan){ span.from, span.from + 4 })
         && is_year (text, (FieldSpan){ span.from + 5, span.to });
}

static bool
is_head (const FieldText *text, const FieldToken *token, const NumberLabel *label)
{
  uint32_t n = token->to - token->from;
  FieldToken shorter = { .from = token->from, .to = token->to - 2, .kind = token->kind };
  bool glued = n >= 7 && g_ascii_strncasecmp (text->plain->str + token->to - 2, "no", 2) == 0; /* "Commandeno" */
  return (field_token_near_any (text, token, label->heads) && !field_token_in (text, token, "sector facts"))
         || (glued && field_token_near_any (text, &shorter, label->heads));
}

/* "vízszerződés": Hungarian puts what it is for before the label. */
static bool
ends_in_label (const FieldText *text, const FieldToken *token, const char *list)
{
  g_autofree char *lower
      = field_text_lower (text, (FieldSpan){ token->from, MIN (token->to, token->from + LONGEST_NUMBER) });
  g_auto (GStrv) words = g_strsplit (list, " ", -1);
  for (char **word = words; *word != NULL; word++)
    if (strlen (*word) >= 6 && strlen (lower) > strlen (*word) && g_str_has_suffix (lower, *word))
      return true;
  return false;
}

static const NumberLabel *
label_of (const FieldText *text, const FieldToken *token, bool after)
{
  for (size_t i = 0; i < G_N_ELEMENTS (labels); i++)
    if (field_token_begins (text, token, labels[i].begins) || (after && ends_in_label (text, token, labels[i].begins))
        || (after ? field_token_near_any (text, token, labels[i].after) : is_head (text, token, &labels[i])))
      return &labels[i];
  return NULL;
}

/* "CU 339 104": a short word in capitals that belongs to the number behind it. */
static FieldSpan
with_prefix (const FieldText *text, FieldSpan span)
{
  uint32_t i = field_text_token_at (text, span.from);
  if (i == 0 || span.from == 0 || text->plain->str[span.from - 1] != ' ')
    return span;
  const FieldToken *token = field_text_token (text, i - 1);
  uint32_t n = token->to - token->from;
  bool capitals = token->kind == FIELD_TOKEN_WORD && n >= 2 && n <= 4 && token->to + 1 == span.from;
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
  unsigned capitals = 0, digits = 0, signs = 0;
  for (uint32_t i = span.from; i < span.to; i++)
    {
      char c = text->plain->str[i];
      capitals += g_ascii_isupper (c) != 0;
      digits += g_ascii_isdigit (c) != 0;
      signs += c == '-' || c == '/';
    }
  return digits >= 4 && capitals > 0 && (signs > 0 || digits >= 5);
}

/* The label before @span; *@from is where it begins. */
static const NumberLabel *
label_before (const FieldText *text, FieldSpan span, uint32_t *from)
{
  uint32_t i = field_text_token_at (text, span.from), right = span.from;
  const char *plain = text->plain->str;
  bool reference = false, unknown = false, numbered = false;
  const NumberLabel *found = NULL;
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
      bool is_generic = field_token_near_any (text, token, generic);
      bool filler = field_token_in (text, token, fillers)
                    || (field_token_near_any (text, token, fillers) && label_of (text, token, false) == NULL);
      if (!filler && !is_generic && !unknown && token->kind == FIELD_TOKEN_WORD
          && token->to - token->from <= (is_structured (text, span) ? 9 : 3) && !field_is_capital (text, token)
          && label_of (text, token, false) == NULL)
        filler = unknown = true; /* one word, such as a "no." misread, or what the contract is for */
      const NumberLabel *label = is_generic || filler ? NULL : label_of (text, token, false);
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

/* "az SF-559021 számú megrendelés", "a 0024117 számlán". A label with a colon belongs to what comes next. */
static const NumberLabel *
label_after (const FieldText *text, FieldSpan span, uint32_t *to)
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
      const NumberLabel *label = joint ? NULL : label_of (text, token, true);
      if (label != NULL && !joined && plain[token->to + strspn (plain + token->to, " ")] == ':')
        return NULL;
      if (label != NULL)
        {
          *to = token->to;
          return label;
        }
      joined = joint;
      if (!joined)
        return NULL;
      left = token->to;
    }
  return NULL;
}

/* What the other side of a chat has just asked for. */
static const NumberLabel *
label_asked_for (const FieldWork *work, FieldSpan span)
{
  const FieldText *text = work->text;
  uint32_t question = field_chat_question (work, field_text_line_at (text, span.from));
  const NumberLabel *label = NULL;
  for (uint32_t i = question != UINT32_MAX ? field_text_token_at (text, field_text_line (text, question)->from) : 0;
       question != UINT32_MAX && i < text->tokens->len && field_text_token (text, i)->line == question; i++)
    if (text->taken[field_text_token (text, i)->from] == 0
        && label_of (text, field_text_token (text, i), false) != NULL)
      label = label_of (text, field_text_token (text, i), false);
  return label;
}

/* Groups of digits that continue a number of digits: "4411 209 355". */
static FieldSpan
with_groups (const FieldText *text, FieldSpan span)
{
  const char *plain = text->plain->str;
  uint32_t first = span.to - span.from;
  for (uint32_t i = span.from; i < span.to; i++)
    if (!g_ascii_isdigit (plain[i]) && !is_edge (plain, span, i) && !(first >= 4 && is_misread_digit (text, span, i)))
      return span;
  while (first <= 5 && plain[span.to] == ' ' && span.to - span.from < 20)
    {
      uint32_t to = span.to + 1;
      while (g_ascii_isdigit (plain[to]))
        to++;
      uint32_t n = to - span.to - 1;
      bool ends = plain[to] == '\0' || strchr ("\n.,;)|", plain[to]) != NULL;
      if ((n < 3 && n != first && !ends) || n < 2 || n > 5 || g_ascii_isalnum (plain[to])
          || field_text_is_taken (text, (FieldSpan){ span.to, to }))
        break;
      span.to = to;
    }
  if (span.to - span.from > first && plain[span.to] == ' ' && g_ascii_isupper (plain[span.to + 1])
      && (plain[span.to + 2] == '\n' || plain[span.to + 2] == '\0'))
    span.to += 2; /* "2 770 145 K" */
  return span;
}

/* A Hungarian bank account has two or three groups of eight digits, a British one eight digits near its sort code. */
static bool
is_bank_account (const FieldText *text, FieldSpan span, uint32_t label_from)
{
  const char *p = text->plain->str + span.from;
  uint32_t n = span.to - span.from;
  if ((n == 17 || n == 26) && p[8] == '-')
    return true;
  uint32_t i = field_text_token_at (text, label_from);
  if (i > 0 && field_token_in (text, field_text_token (text, i - 1), "bank bancaire bancaria banki"))
    return true;
  uint32_t from = span.from > 60 ? span.from - 60 : 0;
  uint32_t to = MIN (span.to + 40, (uint32_t)text->plain->len);
  g_autofree char *around = field_text_lower (text, (FieldSpan){ from, to });
  return n == 8 && strstr (around, "sort code") != NULL;
}

static bool
is_new (GHashTable *seen, const NumberLabel *label, const char *value)
{
  return g_hash_table_add (seen, g_strdup_printf ("%s %s", label->field, value));
}

/* Under "your ref." the letters a number begins with tell what it is: INV-2231, ORD/77. */
static const NumberLabel *
label_by_prefix (const FieldText *text, FieldSpan span, const NumberLabel *label)
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

/* A policy or contract tells who the customer is only where no number of his own does. */
static bool
names_contract (const FieldText *text, uint32_t from)
{
  uint32_t i = field_text_token_at (text, from);
  return i < text->tokens->len
         && field_token_in (text, field_text_token (text, i),
                            "policy poliza police contract contrat contrato szerzodes "
                            "szerzodesszam kotvenyszam kotveny card carte tarjeta");
}

static double
confidence_of (const NumberLabel *label, bool after, bool contract, bool repaired, const GPtrArray *shapes)
{
  double confidence = strcmp (label->field, "reference_no") == 0 ? 0.85 : after ? 0.92 : contract ? 0.9 : 0.95;
  if (shapes != NULL)
    for (guint i = 0; i < shapes->len; i++)
      if (strcmp (((const ConfigNumber *)shapes->pdata[i])->field, label->field) == 0)
        return confidence - 0.35; /* it has none of the shapes that such a number has */
  return repaired ? confidence - 0.15 : confidence;
}

static void
consider (FieldWork *work, FieldSpan span, GHashTable *seen)
{
  FieldText *text = work->text;
  FieldSpan longer = with_prefix (text, span);
  uint32_t from = longer.from, to = span.to;
  const NumberLabel *label = label_before (text, longer, &from);
  bool after = label == NULL;
  if (after)
    label = label_after (text, span, &to);
  if (label == NULL && (label = label_asked_for (work, span)) != NULL)
    after = false;
  bool crosses = label != NULL && field_text_line_at (text, from) != field_text_line_at (text, span.from);
  if (crosses && field_is_others (work, field_text_line_at (text, span.from)))
    return; /* the recipient's own */
  if (label == NULL || is_year (text, span) || is_span_of_years (text, span) || is_end_of_account (text, span)
      || is_bank_account (text, span, from))
    return;
  FieldSpan whole = after ? span : with_groups (text, span);
  if (!looks_like_number (text, whole) || is_broken_iban (text, whole))
    return;
  whole.from = longer.from;
  label = label_by_prefix (text, whole, label);
  g_autofree char *plain = field_text_lower (text, whole);
  bool repaired = false, is_first = is_new (seen, label, plain);
  g_autofree char *value = is_first ? number_value (text, whole, &repaired) : NULL;
  if (value != NULL || !is_first)
    field_text_take (text, whole);
  if (value != NULL)
    field_found_because (work->findings, text, label->field, value, whole,
                         (FieldSpan){ MIN (from, whole.from), MAX (to, whole.to) },
                         confidence_of (label, after, names_contract (text, from), repaired,
                                        work->context->settings != NULL ? work->context->settings->numbers : NULL),
                         label->rule);
}

static gint
surer_first (gconstpointer a, gconstpointer b)
{
  const RecordFinding *x = *(RecordFinding *const *)a, *y = *(RecordFinding *const *)b;
  int order = strcmp (x->name, y->name);
  return order != 0 || !g_str_has_suffix (x->name, "_no")
             ? order
             : (x->confidence < y->confidence) - (x->confidence > y->confidence);
}

void
field_find_numbers (FieldWork *work)
{
  FieldText *text = work->text;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  uint32_t done = 0;
  for (uint32_t i = 0; i < text->tokens->len && g_hash_table_size (seen) < 4 * FIELD_MOST; i++)
    {
      const FieldToken *token = field_text_token (text, i);
      if (token->kind == FIELD_TOKEN_WORD || token->from < done || token->to - token->from > LONGEST_NUMBER)
        continue;
      FieldSpan span = chunk_at (text, i);
      done = span.to;
      bool signed_number = span.from > 0 && text->plain->str[span.from - 1] == '+';
      if (!signed_number && !field_text_is_taken (text, span))
        consider (work, span, seen);
    }
  g_ptr_array_sort (work->findings, surer_first);
}
