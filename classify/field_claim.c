#include "classify/field_claim.h"
#include "classify/field_line.h"
#include "classify/field_words.h"
#include <string.h>

#define LOOK_BACK 110 /* bytes */
#define LOOK_AHEAD 48
#define NEAR 5 /* words */
#define RESTATED 12
#define SUMMED 6

/* Right before a sum: a part of it that nobody asks for by itself, and what it was once. */
static const char parts[] = "iva tva vat afa igic gst tps tvq from";
/* "2,000 of the 5,000 invoiced": the second is the whole. */
static const char whole_before[] = "of sur de los les el the az a total totale";
static const char whole_after[] = "invoiced factures facture facturados facturado cobrados charged billed total";
static const char turns[] = "although whereas while alors cuando holott mig pedig";
/* Words right before a sum that say it once more, or sum up. */
static const char restated[] = "felet fele moitie half mitad soit azaz vagyis osszesen tehat decir dire";

/* The full stop of "i.e." */
static bool
is_initial (const FieldText *text, uint32_t stop)
{
  return stop >= 2 && g_ascii_isalpha (text->plain->str[stop - 1]) && !g_ascii_isalnum (text->plain->str[stop - 2]);
}

static bool
sentence_between (const FieldText *text, uint32_t from, uint32_t to)
{
  for (uint32_t i = from; i + 1 < to; i++)
    if (strchr ("?!;", text->plain->str[i]) != NULL
        || (text->plain->str[i] == '.' && strchr (" \n", text->plain->str[i + 1]) != NULL && !is_initial (text, i)))
      return true;
  return false;
}

/* "250 € de más", "£30 too much" */
static bool
is_excess (const FieldText *text, const FieldToken *token)
{
  return (field_token_in (text, token, "mas trop plus") && field_token_in (text, token - 1, "de en"))
         || (field_token_in (text, token, "much sokat") && field_token_in (text, token - 1, "too tul"));
}

/* "We do not contest", "no lo reclamo" */
static bool
is_not_disputed (const FieldText *text, const FieldToken *token)
{
  static const char said[] = "contest dispute disputing claim claiming conteste contestons contesto reclamo reclamamos "
                             "reclame reclamons vitatom vitatjuk kifogasolom kifogasoljuk";
  if (!field_token_in (text, token, said))
    return false;
  for (unsigned n = 0; n < 3 && token > field_text_token (text, 0) && token->line == token[-1].line; n++)
    if (field_token_in (text, --token, "not ne no nem n don"))
      return true;
  return false;
}

/* "I owe", "que je dois" */
static bool
is_admitted (const FieldText *text, const FieldToken *token)
{
  return field_token_in (text, token, field_list (text, FIELD_LIST_OWN_DEBT)) || is_not_disputed (text, token)
         || (field_token_in (text, token, "owe") && token > field_text_token (text, 0)
             && field_token_in (text, token - 1, "i we"));
}

/* "gastos de envío 5,90", "5,90 de port", but not "185 000 por el envío que llegó destruido". */
static bool
is_sending (const FieldText *text, const FieldToken *token, unsigned distance, bool before)
{
  return field_token_begins_near (text, token, field_list (text, FIELD_LIST_SENDING_COST))
         && (before || distance == 0 || field_token_in (text, token - 1, "de for of"));
}

/* Whether what @token says once more is asked for in the same sentence. */
static bool
is_claimed_before (const FieldText *text, const FieldToken *token)
{
  const FieldToken *from = token;
  for (unsigned n = 0; n < 16 && from > field_text_token (text, 0); n++)
    if (sentence_between (text, (--from)->to, token->from))
      return false;
    else if (field_token_begins_near (text, from, field_list (text, FIELD_LIST_CLAIM_WORD))
             || field_token_begins (text, from, field_list (text, FIELD_LIST_CHARGE_WORD)))
      return true;
  return false;
}

/* "paid the balance of" */
static bool
was_paid (const FieldText *text, const FieldToken *token)
{
  for (unsigned n = 0; n < 2 && token > field_text_token (text, 0); n++)
    if (field_token_in (text, --token, "paid paye payee paga pagado pagamos rendeztuk befizettuk"))
      return true;
  return false;
}

static int
points_of (const FieldText *text, const FieldToken *token, unsigned distance, bool before)
{
  bool that_is = distance == 0 && field_token_in (text, token, "is") && token > field_text_token (text, 0)
                 && field_token_in (text, token - 1, "that");
  that_is |= distance == 0 && field_token_in (text, token, "e") && token > field_text_token (text, 0)
             && field_token_in (text, token - 1, "i");
  if (before && distance < 2 && (that_is || field_token_in (text, token, restated)))
    return is_claimed_before (text, token) ? RESTATED : RESTATED / 2;
  if (!before && distance == 1 && field_token_in (text, token, "mes mois month")
      && field_token_in (text, token - 1, "al par per a por"))
    return -6; /* what is paid regularly */
  bool ending = token->from > 0 && text->plain->str[token->from - 1] == '-' && field_token_in (text, token, "os es as");
  if (!before && distance == 0 && (ending || field_token_in (text, token, "new neuf neuve nuevo nueva ujonnan")))
    return -8; /* "egy 375 Ft-os jegy", "it was 410 new": what something costs, told in passing */
  if (distance < 2 && field_token_in (text, token, "only just seulement solo solamente csak csupan mindossze"))
    return -8; /* what came of it */
  if (before && distance <= 1 && field_token_in (text, token, "avoir") && token > field_text_token (text, 0)
      && !field_token_in (text, token - 1, "d pour y"))
    return 10; /* "un avoir de 900 €" */
  if ((distance <= (before ? 1 : 3) && is_admitted (text, token))
      || (distance <= (before ? 3 : 2) && is_sending (text, token, distance, before)))
    return -12;
  if (field_token_begins_near (text, token, field_list (text, FIELD_LIST_OFFERED_SUM)))
    return distance < NEAR ? -12 : 0;
  if (before && distance == 0 && field_token_in (text, token, parts))
    return -5;
  if (field_token_begins (text, token, "visszakuld"))
    return 0; /* goods */
  if (before && field_token_begins_near (text, token, field_list (text, FIELD_LIST_BALANCE_WORD))
      && was_paid (text, token))
    return 0;
  if (field_token_begins_near (text, token, field_list (text, FIELD_LIST_CLAIM_WORD))
      || (before && field_token_begins_near (text, token, field_list (text, FIELD_LIST_BALANCE_WORD)))
      || (!before && distance == 1 && is_excess (text, token)))
    return 10;
  if (field_token_begins_near (text, token, field_list (text, FIELD_LIST_CHARGE_WORD)))
    return 6;
  if (field_token_begins (text, token, field_list (text, FIELD_LIST_VALUE_WORD)))
    return 5;
  if (field_token_begins (text, token, field_list (text, FIELD_LIST_PRICE_WORD)))
    return 3;
  if (field_token_begins (text, token, "senal arrhes foglalo eloleg acompte anticip"))
    return 2; /* is asked back or taken off */
  bool after_word = field_token_in (text, token, "helyett korul");
  return distance < 3 && field_token_in (text, token, field_list (text, FIELD_LIST_COMPARED_SUM))
                 && after_word != before
             ? -12
             : 0;
}

typedef struct
{
  int best, worst;
} Balance;

static void
weigh (Balance *balance, int points)
{
  balance->best = MAX (balance->best, points);
  balance->worst = MIN (balance->worst, points);
}

/* Whether a line of a form, which speaks for itself, begins between @from and @to. */
static bool
label_between (const FieldText *text, uint32_t from, uint32_t to)
{
  uint32_t line = field_text_line_at (text, to),
           end = line != field_text_line_at (text, from) ? field_line_label_end (text, line) : 0;
  return end > 0 && text->plain->str[end] == ':';
}

static void
look_back (const FieldText *text, FieldSpan span, Balance *balance)
{
  uint32_t i = field_text_token_at (text, span.from);
  bool other = false; /* what stands before another sum says less of this one */
  for (unsigned n = 0, words = 0; i > 0 && words < 12; n++)
    {
      const FieldToken *token = field_text_token (text, --i);
      if (span.from - token->to > LOOK_BACK || sentence_between (text, token->to, span.from)
          || label_between (text, token->to, span.from))
        return;
      if (field_token_in (text, token, turns))
        {
          weigh (balance, -4);
          return;
        }
      other = other || text->taken[token->from] != 0;
      int points = points_of (text, token, words, true);
      weigh (balance, other ? MAX (points, 0) / 2 : points);
      words += n == 0 || token->to - token->from > 1;
      if (field_token_in (text, token, "paid paye payee pague pagado fizettem fizettunk befizettem"))
        return; /* what is said before is not of this sum */
    }
}

static void
look_ahead (const FieldText *text, FieldSpan span, Balance *balance)
{
  uint32_t i = field_text_token_at (text, span.to);
  bool other = false; /* behind "and" something else is done */
  for (unsigned n = 0; i < text->tokens->len && n < 5; n++, i++)
    {
      const FieldToken *token = field_text_token (text, i);
      if (token->from > span.to + LOOK_AHEAD || sentence_between (text, span.to, token->from)
          || label_between (text, span.to, token->from))
        return;
      if (n == 0 && text->plain->str[span.to] == '-' && token->from == span.to + 1
          && field_token_in (text, token, "ot t et at"))
        continue; /* "Ft-ot, adják vissza" */
      int points = points_of (text, token, n, false);
      other |= field_token_in (text, token, "and et y");
      weigh (balance, points > 0 ? (points - 1) / (other ? 2 : 1) : points);
      if (strchr (",\n", text->plain->str[token->to]) != NULL)
        return;
    }
}

static bool
is_the_whole (const FieldText *text, FieldSpan span)
{
  uint32_t before = field_text_token_at (text, span.from), after = field_text_token_at (text, span.to);
  if (before < 2 || field_text_token (text, before - 1)->line != field_text_token (text, before - 2)->line)
    return false;
  const FieldToken *article = field_text_token (text, before - 1);
  if (span.from - article->to <= 2 && field_token_in (text, article, "total totale"))
    return true;
  if (span.from - article->to <= 2 && field_token_in (text, article, "of de sur") && before >= 3
      && field_token_in (text, field_text_token (text, before - 2), "total totale")
      && field_token_in (text, field_text_token (text, before - 3), "a un the le el"))
    return true; /* "950 of a total of 3,160" */
  return span.from - article->to <= 2 && field_token_in (text, article, whole_before)
         && field_token_in (text, field_text_token (text, before - 2), "of sur de out") && after < text->tokens->len
         && field_token_in (text, field_text_token (text, after), whole_after);
}

/* "Half of the £420 back", "moitié des 90 €", "94 500 forint felét": the sum is halved, and not what is asked for. */
static bool
is_halved (const FieldText *text, FieldSpan span)
{
  uint32_t before = field_text_token_at (text, span.from), after = field_text_token_at (text, span.to);
  for (unsigned n = 0; n < 4 && before > 0; n++)
    {
      const FieldToken *token = field_text_token (text, --before);
      if (memchr (text->plain->str + token->to, ',', span.from - token->to) != NULL)
        return false;
      if (field_token_in (text, token, "half moitie mitad third tiers tercio"))
        return true;
      if (token->to - token->from > 3 && !field_token_in (text, token, "that this notre votre"))
        return false;
    }
  return after < text->tokens->len && field_text_token (text, after)->from <= span.to + 4
         && field_token_in (text, field_text_token (text, after), "fele felet harmada harmadat");
}

int
field_claim_points (const FieldText *text, FieldSpan span)
{
  Balance balance = { 0 };
  look_back (text, span, &balance);
  look_ahead (text, span, &balance);
  uint32_t sign = span.from;
  while (sign > 0 && text->plain->str[sign - 1] == ' ')
    sign--;
  if (sign > 0 && text->plain->str[sign - 1] == '=')
    balance.best = MAX (balance.best, SUMMED); /* "540 + VAT = 648" */
  return balance.best + balance.worst - (is_the_whole (text, span) || is_halved (text, span) ? 12 : 0);
}
