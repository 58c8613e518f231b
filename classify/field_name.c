#include "classify/field_address.h"
#include "classify/field_words.h"
#include <string.h>

#define LONGEST_NAME 64
#define MOST_WORDS 8
#define MOST_CASELESS 3 /* words of a script without capitals: more are a sentence */

static const char titles[]
    = "alulirott undersigned soussigne soussignee veuve vve viuda senor senora senorita mr mrs "
      "ms miss dr prof mme mlle m monsieur madame "
      "mademoiselle me sr sra srta dna don dona ozv ifj "
      "cdr capt captain maj major col colonel lt sgt revd reverend rev sister lady lord hon cllr councillor cmdte pbro "
      "vitez nt sir mister mine mtre dra lic ing arq abg abog adv professor dipl maitre "
      "canon canonigo shri smt profr profra profesor profesora docteur doctor doctora mlle fr sor";
static const char particles[]
    = "de del la las los y e i von van der da dos das do le les du des al el und and of et es a "
      "d o san bin ben ne the a";
static const char no_name[]
    = "dear sir madam sirs statement query order complaint complaints form re subject objet asunto targy lettre "
      "recommandee avec "
      "ref invoice bonjour hola estimado estimados estimada muy senores tisztelt hello hi customer service services "
      "department "
      "messieurs object formal notice final demand urgent private confidential panasz panaszfelveteli fizetesi "
      "felszolitas hoja "
      "reclamaciones reclamacion formulario formulaire reclamation facture contrat account number date page your our "
      "my we "
      "thank thanks gracias merci koszonom koszonettel regards sincerely faithfully yours best kind sent from to cc "
      "name nom "
      "nombre nev address adresse direccion lakcim phone tel telephone telefono telefon email mail fecha datum kelt "
      "objeto "
      "message mensaje uzenet cordialement cordialmente atentamente saludos saludo saludamos udvozlettel tisztelettel "
      "salutations veuillez agreer hirek signature firma alairas enclosure enclosures annexe annexes anexo melleklet "
      "receipt "
      "refund delivery livraison entrega szallitas factura szamla pedido commande rendeles megrendeles contract "
      "contrato "
      "szerzodes cliente client ugyfel ugyfelszolgalat request solicitud demande kerelem kerem kerjuk please attention "
      "re: attn atencion cher chere chers estimadas apreciados ezuton panaszom co county st kerdes question pregunta "
      "consulta "
      "bonsoir buenos "
      "buenas dias tardes jo napot kivanok monday tuesday wednesday thursday friday saturday sunday lundi mardi "
      "mercredi jeudi "
      "vendredi samedi dimanche lunes martes miercoles jueves viernes sabado domingo web webform urlap iban bic swift "
      "fax "
      "reference referencia hivatkozas confirmation reminder rappel relance mise demeure resiliation cancellation this "
      "that "
      "fait i il je nous yo nosotros en un une le a az ez the por para pour on in at no not if when details important "
      "copy reklamacios kapcsolatfelveteli bejelentes adatlap reclamante transcript chat csevegese transcription";

/* Words over parts of letters, forms and lists, none of which is a surname of any frequency. */
static const char headings[]
    = "total subtotal totals amount balance vat tax tva iva afa net gross paid unpaid payment payments invoice "
      "curriculum vitae resume "
      "experience education skills employment summary contents introduction conclusion minutes agenda notes "
      "description quantity details particulars happened filing transaction transactions remarks observations terms "
      "conditions "
      "warning important statement sommaire montant somme releve competences parcours quantite conditions generales "
      "remarques importe resumen experiencia formacion habilidades descripcion cantidad precio condiciones datos "
      "hechos observaciones osszesen fizetendo vegosszeg oneletrajz tapasztalat tanulmanyok leiras mennyiseg egysegar "
      "reste solde saldo egyenleg tartozas branch fiok sucursal agence derecho peticion requete kerelem "
      "megnevezes adatok feltetelek megjegyzes megjegyzesek overdue due owing receipt";

/* A digit in a word of letters: "8ogdan". */
static bool
is_misread_letter (const FieldText *text, FieldSpan span, uint32_t at)
{
  const char *plain = text->plain->str;
  uint32_t from = at, to = at + 1;
  while (from > span.from && g_ascii_isalpha (plain[from - 1]))
    from--;
  while (to < span.to && g_ascii_isalpha (plain[to]))
    to++;
  return g_ascii_isdigit (plain[at]) && to - from >= 4;
}

/* Whether the word of another script @token may begin a name: a capital, or a letter of a script that has none, which
 * is counted in @caseless. */
static bool
begins_foreign_name (const FieldText *text, const FieldToken *token, unsigned *caseless)
{
  g_autofree char *printed = field_text_printed (text, (FieldSpan){ token->from, token->to });
  gunichar first = g_utf8_get_char (printed);
  bool cased = g_unichar_toupper (first) != g_unichar_tolower (first);
  *caseless += cased ? 0 : 1;
  return cased ? g_unichar_isupper (first) : *caseless <= MOST_CASELESS;
}

/* Letters and the marks that names have; *@misread when one letter was read as a digit, of which a name may have one.
 */
static bool
has_letters_of_name (const FieldText *text, FieldSpan span, bool *misread)
{
  *misread = false;
  for (uint32_t i = span.from; i < span.to; i++)
    {
      char c = text->plain->str[i];
      if (g_ascii_isalpha (c) || strchr (" .'-&,\x03", c) != NULL)
        continue;
      if (*misread || !is_misread_letter (text, span, i))
        return false;
      *misread = true;
    }
  return true;
}

/* Whether the word @token may stand in a name, as the first of it or behind others; @capital: it begins as names do;
 * @joined: by a dash to the word before. */
static bool
may_stand_in_name (const FieldText *text, const FieldToken *token, bool first, bool capital, bool joined)
{
  if (!capital && (first || (!joined && !field_token_in (text, token, particles))))
    return false;
  bool telling = first || token->to - token->from > 3;
  return !(telling && field_token_in (text, token, no_name)) && !field_token_in (text, token, headings);
}

bool
field_is_name (const FieldText *text, FieldSpan span)
{
  const char *plain = text->plain->str;
  bool misread, last_capital = false;
  unsigned words = 0, capitals = 0, caseless = 0;
  span = field_text_trim (text, field_without_title (text, span), ".,:*_");
  if (span.to <= span.from || span.to - span.from > LONGEST_NAME || field_text_is_taken (text, span)
      || !has_letters_of_name (text, span, &misread))
    return false;
  for (uint32_t i = field_text_token_at (text, span.from); i < text->tokens->len; i++, words++)
    {
      const FieldToken *token = field_text_token (text, i);
      if (token->from >= span.to)
        break;
      bool capital = field_is_capital (text, token) || (misread && token->kind == FIELD_TOKEN_MIXED)
                     || (plain[token->from] == FIELD_OTHER && begins_foreign_name (text, token, &caseless));
      bool joined = words > 0 && plain[token->from - 1] == '-';
      if (!may_stand_in_name (text, token, words == 0, capital, joined))
        return false;
      capitals += capital && !joined && !field_token_in (text, token, titles);
      last_capital = capital;
    }
  return words <= MOST_WORDS && capitals >= 2 && last_capital;
}

FieldSpan
field_without_title (const FieldText *text, FieldSpan span)
{
  const char *plain = text->plain->str;
  span = field_text_trim (text, span, "");
  uint32_t begin = span.from, last = field_text_token_at (text, span.to);
  const FieldToken *behind = last > 0 ? field_text_token (text, last - 1) : NULL;
  if (behind != NULL && behind->from > span.from && behind->to == span.to
      && (field_token_in (text, behind, "mr mrs ms mme")
          || (g_ascii_isupper (plain[behind->to - 1])
              && field_token_in (text, behind, "rn mbe obe cbe jp md bsc msc phd frcs frcp esq mp qc kc"))))
    span = field_text_trim (text, (FieldSpan){ span.from, behind->from }, "");
  for (uint32_t i = field_text_token_at (text, span.from); i + 1 < text->tokens->len; i++)
    {
      const FieldToken *token = field_text_token (text, i), *next = field_text_token (text, i + 1);
      bool initial = token->to - token->from == 1 && strchr ("DM", plain[token->from]) != NULL
                     && plain[token->to] == '.' && (next->to - next->from > 1 || plain[next->from] == 'a');
      bool feminine = plain[token->from] == 'a' && token->to - token->from == 1 && token->from >= begin + 2
                      && plain[token->from - 1] == '.'; /* D.ª */
      bool title = initial || feminine || (field_token_in (text, token, titles) && token->to - token->from > 1)
                   || field_token_near_any (text, token, "madame monsieur mademoiselle");
      title |= token->from > begin && field_token_in (text, token, "et and y es und")
               && field_token_in (text, next, titles);
      if (token->from != span.from || next->to > span.to || !title)
        break;
      span.from = next->from;
    }
  return span;
}

bool
field_is_body (const FieldText *text, FieldSpan span)
{
  static const char bodies[]
      = "association asociacion societe syndicat comite club comunidad comision cooperativa sociedad "
        "fundacion fondation foundation federation federacion ampa amicale collectif colectivo "
        "egyesulet alapitvany lakokozosseg tarsashaz school ecole escuela colegio college parish "
        "parroquia paroisse copropriete residents tenants locataires";
  static const char last[]
      = "egyesulet alapitvany szovetkezet lakasszovetkezet tarsashaz lakokozosseg iskola gimnazium ovoda "
        "onkormanyzat kozseg plebania klub kepviselete group practice";
  uint32_t first = field_text_token_at (text, span.from), words = 0;
  bool body = false;
  if (span.to <= span.from || span.to - span.from > LONGEST_NAME || first >= text->tokens->len
      || !field_is_capital (text, field_text_token (text, first)) || field_text_is_taken (text, span))
    return false;
  for (uint32_t i = first; i < text->tokens->len && field_text_token (text, i)->from < span.to; i++, words++)
    if (field_text_token (text, i)->kind != FIELD_TOKEN_WORD
        && (field_text_token (text, i)->to != span.to || field_text_token (text, i)->kind != FIELD_TOKEN_NUMBER))
      return false;
    else
      body |= field_token_in (text, field_text_token (text, i), i == first ? bodies : last);
  return words >= 2 && words <= MOST_WORDS && body && strchr (".!?:", text->plain->str[span.to - 1]) == NULL;
}
