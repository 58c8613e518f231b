/* Sums of money. What is disputed comes first: the words around a sum tell. */
#include "classify/field_claim.h"
#include "classify/field_find.h"
#include "classify/field_money.h"
#include "classify/field_party.h"
#include "classify/field_words.h"
#include <string.h>

#define WORKED_OUT 7 /* points for what is left of two others, or both */
#define REPEATED 3   /* points for a sum that stands twice */
#define ANOTHERS 16  /* points taken off what is quoted, or said by the other side */

typedef struct
{
  FieldMoney money;
  int points;
} Amount;

static gint
better_first (gconstpointer a, gconstpointer b)
{
  const Amount *x = a, *y = b;
  return x->points != y->points ? y->points - x->points : x->money.span.from > y->money.span.from ? -1 : 1;
}

static char *
value_of (const Amount *amount)
{
  if (strcmp (amount->money.currency, "HUF") == 0 && amount->money.cents == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT " HUF", amount->money.units);
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%02d %s", amount->money.units, amount->money.cents,
                          amount->money.currency);
}

/* "0.15 €/min", "minimum 25 €": what something costs in general, which nobody disputes. */
static bool
is_rate (const FieldText *text, FieldSpan span)
{
  static const char units[] = "min minute minuta minutos perc kwh hour heure hora ora ora day jour dia nap person "
                              "personne persona fo kilo kg unit";
  static const char bounds[] = "minimum minimo minimale maximum maximo";
  uint32_t next = field_text_token_at (text, span.to), i = field_text_token_at (text, span.from);
  if (next + 1 < text->tokens->len)
    {
      const FieldToken *unit = field_text_token (text, next);
      bool slash = unit->from - span.to <= 3 && memchr (text->plain->str + span.to, '/', unit->from - span.to) != NULL;
      bool per = unit->from - span.to <= 2 && field_token_in (text, unit, "par per al por a");
      if ((slash && field_token_in (text, unit, units))
          || (per && field_token_in (text, field_text_token (text, next + 1), units)))
        return true;
    }
  for (unsigned n = 0; n < 2 && i > 0; n++)
    if (field_token_in (text, field_text_token (text, --i), bounds))
      return true;
  return false;
}

static GArray *
all_amounts (const FieldWork *work)
{
  FieldText *text = work->text;
  GArray *amounts = g_array_new (FALSE, TRUE, sizeof (Amount));
  for (uint32_t at = 0; at < text->plain->len && amounts->len < 8 * FIELD_MOST; at++)
    {
      Amount amount = { 0 };
      if (text->taken[at] != 0 || !field_money_at (text, at, work->context->language, &amount.money))
        continue;
      amount.points = field_claim_points (text, amount.money.span)
                      - (field_is_others (work, field_text_line_at (text, at)) ? ANOTHERS : 0);
      field_text_take (text, amount.money.span);
      if (!is_rate (text, amount.money.span))
        g_array_append_val (amounts, amount);
      at = amount.money.span.to - 1;
    }
  return amounts;
}

static int64_t
cents_of (const Amount *amount)
{
  return amount->money.units * 100 + amount->money.cents;
}

/* The points of the best of the sums that are @amount. */
static int
best_points (const GArray *amounts, const Amount *amount)
{
  int best = amount->points;
  for (guint i = 0; i < amounts->len; i++)
    {
      const Amount *other = &g_array_index (amounts, Amount, i);
      best = cents_of (other) == cents_of (amount) ? MAX (best, other->points) : best;
    }
  return best;
}

/* "You charge 318.76, right were 151.20: 167.56 too much", "2,890 and 39,900, in all 42,790": what is left of two sums
 * that were named before, or both, unless one of them is spoken for more. */
static bool
is_worked_out (const GArray *amounts, guint index)
{
  const Amount *amount = &g_array_index (amounts, Amount, index);
  for (guint k = 0; k < index; k++)
    for (guint m = 0; m < index; m++)
      {
        const Amount *one = &g_array_index (amounts, Amount, k), *two = &g_array_index (amounts, Amount, m);
        int64_t whole = cents_of (one), part = cents_of (two), sum = cents_of (amount);
        bool left = whole - part == sum && part != sum && best_points (amounts, two) <= amount->points;
        bool both = k < m && whole + part == sum && best_points (amounts, one) <= amount->points + 1
                    && best_points (amounts, two) <= amount->points + 1;
        if (part > 0 && (left || both))
          return true;
      }
  return false;
}

static void
count_worked_out (GArray *amounts)
{
  for (guint i = 2; i < amounts->len; i++)
    g_array_index (amounts, Amount, i).points += is_worked_out (amounts, i) ? WORKED_OUT : 0;
}

/* What is disputed is said more than once: of equal sums the best stands for all, and counts for more. */
static void
count_repeated (GArray *amounts)
{
  for (guint i = 0; i < amounts->len; i++)
    {
      Amount *amount = &g_array_index (amounts, Amount, i);
      unsigned others = 0;
      for (guint k = 0; k < amounts->len; k++)
        {
          const FieldMoney *other = &g_array_index (amounts, Amount, k).money;
          others += k != i && other->units == amount->money.units && other->cents == amount->money.cents;
        }
      amount->points += others > 0 ? REPEATED : 0;
    }
}

/* A list of sums of which none is spoken for: an empty field is better than a wrong one. */
static bool
are_rivals (const GArray *amounts)
{
  const Amount *best = amounts->len > 0 ? &g_array_index (amounts, Amount, 0) : NULL;
  unsigned others = 0;
  for (guint i = 1; i < amounts->len; i++)
    {
      const Amount *other = &g_array_index (amounts, Amount, i);
      others += other->points == best->points && cents_of (other) != cents_of (best);
    }
  return others > 1 && best->points <= 0;
}

void
field_find_amounts (FieldWork *work)
{
  g_autoptr (GArray) amounts = all_amounts (work);
  count_worked_out (amounts);
  count_repeated (amounts);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_array_sort (amounts, better_first);
  if (are_rivals (amounts))
    return;
  for (guint i = 0; i < amounts->len && g_hash_table_size (seen) < FIELD_MOST; i++)
    {
      const Amount *amount = &g_array_index (amounts, Amount, i);
      g_autofree char *value = value_of (amount);
      double confidence = amount->money.repaired ? 0.7 : amount->points > 0 ? 0.93 : amounts->len == 1 ? 0.9 : 0.75;
      if (g_hash_table_add (seen, g_strdup (value)))
        field_found (work->findings, work->text, "amount", value, amount->money.span, confidence, "amount:currency");
    }
}
