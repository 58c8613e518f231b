/* Customer, order, invoice and reference numbers: a shape with a digit, and a label before it or, as in Hungarian,
 * after. */
#include "classify/field_number_label.h"
#include "classify/field_party.h"
#include "classify/field_words.h"
#include <string.h>

#define LONGEST_NUMBER 32
#define AGAIN 0.01 /* surer for each time that a number is named */

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
      bool sign
          = plain[at] == '#' && g_ascii_isupper (plain[at - 1]) && g_ascii_isdigit (plain[at + 1]); /* "WB#70915" */
      if (!is_joint (plain[at]) && !sign)
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
  bool degree = (g_ascii_strncasecmp (plain + span.from, "no", 2) == 0 && g_ascii_isdigit (plain[span.from + 2]))
                || (strncmp (plain + span.from, "no", 2) == 0 && g_ascii_isupper (plain[span.from + 2]));
  span.from += degree ? 2 : 0;
  return span;
}

/* "4.00", "17:30", "12/08": a time, a price or a day. */
static bool
is_time (const FieldText *text, FieldSpan span)
{
  const char *p = text->plain->str + span.from;
  size_t n = strspn (p, "0123456789");
  bool day = p[n] == '/' && *p <= '3' && p[n + 1] <= '1'; /* "12/08" */
  return n >= 1 && n <= 2 && (p[n] == '.' || p[n] == ':' || day) && span.to - span.from == n + 3
         && g_ascii_isdigit (p[n + 1]) && g_ascii_isdigit (p[n + 2]);
}

/* "500 db naptár", "12 pieces" */
static bool
is_quantity (const FieldText *text, FieldSpan span)
{
  uint32_t next = field_text_token_at (text, span.to);
  return next < text->tokens->len && field_text_token (text, next)->from == span.to + 1
         && strspn (text->plain->str + span.from, "0123456789.,") >= span.to - span.from
         && field_token_in (text, field_text_token (text, next),
                            "db pcs pieces piece unites piezas unidades uds ud stk kg");
}

/* "HZK7QD": a booking is named in five to seven capitals and digits. */
static bool
is_booking (const FieldText *text, FieldSpan span)
{
  const char *p = text->plain->str + span.from;
  return strspn (p, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == span.to - span.from && span.to - span.from >= 5
         && span.to - span.from <= 7;
}

static bool
looks_like_number (const FieldText *text, FieldSpan span)
{
  FieldSigns signs = field_count_signs (text, span);
  if (span.to - span.from > LONGEST_NUMBER || signs.digits < 2 || 2 * signs.small >= signs.digits
      || signs.capitals > 3 * signs.digits)
    return false;
  return signs.digits >= 3 || signs.capitals > 0;
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
  if (field_count_signs (text, span).digits >= 17) /* longer than any number of a customer */
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

/* "BT-4471 9920": a group as long as the last, which is no year. */
static FieldSpan
with_equal_group (const FieldText *text, FieldSpan span)
{
  const char *plain = text->plain->str;
  uint32_t tail = span.to, to = span.to + 1;
  while (tail > span.from && g_ascii_isdigit (plain[tail - 1]))
    tail--;
  to += (uint32_t)strspn (plain + to, "0123456789");
  uint32_t n = span.to - tail;
  if (n < 3 || tail == span.from || strchr ("-/", plain[tail - 1]) == NULL || plain[span.to] != ' '
      || to != span.to + 1 + n || is_year (text, (FieldSpan){ span.to + 1, to })
      || (plain[to] != '\0' && strchr (" \n,;)", plain[to]) == NULL
          && !(plain[to] == '.' && !g_ascii_isdigit (plain[to + 1])))
      || field_text_is_taken (text, (FieldSpan){ span.to, to }))
    return span;
  return (FieldSpan){ span.from, to };
}

/* Groups of digits that continue a number of digits: "4411 209 355". */
static FieldSpan
with_groups (const FieldText *text, FieldSpan span)
{
  const char *plain = text->plain->str;
  uint32_t first = span.to - span.from;
  for (uint32_t i = span.from; i < span.to; i++)
    if (!g_ascii_isdigit (plain[i]) && !is_edge (plain, span, i) && !(first >= 4 && is_misread_digit (text, span, i)))
      return with_equal_group (text, span);
  while (first <= 5 && plain[span.to] == ' ' && span.to - span.from < 20)
    {
      uint32_t to = span.to + 1;
      while (g_ascii_isdigit (plain[to]))
        to++;
      uint32_t n = to - span.to - 1;
      bool ends = plain[to] == '\0' || strchr ("\n.,;)|", plain[to]) != NULL;
      bool more = n >= 2 && plain[to] == ' ' && g_ascii_isdigit (plain[to + 1]) && g_ascii_isdigit (plain[to + 2]);
      if ((n < 3 && n != first && !ends && !more) || n < (ends && span.to - span.from > first ? 1 : 2) || n > 5
          || g_ascii_isalnum (plain[to]) || field_text_is_taken (text, (FieldSpan){ span.to, to }))
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
is_new (GHashTable *seen, const FieldNumberLabel *label, const char *value)
{
  return g_hash_table_add (seen, g_strdup_printf ("%s %s", label->field, value));
}

static double
confidence_of (const FieldNumberLabel *label, bool after, bool contract, bool repaired, const GPtrArray *shapes)
{
  double confidence = strcmp (label->field, "reference_no") == 0 ? 0.85 : after ? 0.92 : contract ? 0.9 : 0.95;
  if (shapes != NULL)
    for (guint i = 0; i < shapes->len; i++)
      if (strcmp (((const ConfigNumber *)shapes->pdata[i])->field, label->field) == 0)
        return confidence - 0.35; /* it has none of the shapes that such a number has */
  return repaired ? confidence - 0.15 : confidence;
}

/* How often the number stands in the text, up to three times: what is written about is named again. */
static unsigned
times_of (const FieldText *text, FieldSpan span)
{
  unsigned times = 0;
  g_autofree char *number = g_strndup (text->plain->str + span.from, span.to - span.from);
  for (const char *p = strstr (text->plain->str, number); p != NULL && times < 3; p = strstr (p + 1, number))
    times++;
  return times;
}

static void
consider (FieldWork *work, FieldSpan span, GHashTable *seen)
{
  FieldText *text = work->text;
  uint32_t index = field_text_token_at (text, span.from);
  if (index > 0 && field_text_token (text, index - 1)->line == field_text_line_at (text, span.from)
      && field_token_in (text, field_text_token (text, index - 1),
                         "dni nif nie rut cuit cuil rfc curp cedula cc siret siren"))
    return; /* who somebody is */
  FieldSpan longer = field_number_with_prefix (text, span);
  uint32_t from = longer.from, to = span.to;
  const FieldNumberLabel *label = field_number_label_before (text, longer, &from);
  const FieldNumberLabel *behind
      = label == NULL || strcmp (label->field, "reference_no") == 0 ? field_number_label_after (text, span, &to) : NULL;
  bool after = label == NULL || behind != NULL; /* "Hivatkozás: MM-77 számú számla" */
  if (after)
    label = behind;
  if (label == NULL && (label = field_number_label_asked_for (work, span)) != NULL)
    after = false;
  bool crosses = label != NULL && field_text_line_at (text, from) != field_text_line_at (text, span.from);
  if (crosses && field_is_others (work, field_text_line_at (text, span.from)))
    return; /* the recipient's own */
  if (label == NULL || is_year (text, span) || is_span_of_years (text, span) || is_end_of_account (text, span)
      || is_bank_account (text, span, from))
    return;
  FieldSpan whole = after ? span : with_groups (text, span);
  bool booking = strcmp (label->field, "order_no") == 0 && is_booking (text, whole);
  if (!(booking || looks_like_number (text, whole)) || is_time (text, whole) || is_quantity (text, whole)
      || is_broken_iban (text, whole))
    return;
  whole.from = longer.from;
  label = field_number_label_by_prefix (text, whole, label);
  g_autofree char *plain = field_text_lower (text, whole);
  bool repaired = false, is_first = is_new (seen, label, plain);
  g_autofree char *value = is_first ? number_value (text, whole, &repaired) : NULL;
  if (value != NULL || !is_first)
    field_text_take (text, whole);
  const GPtrArray *shapes = work->context->settings != NULL ? work->context->settings->numbers : NULL;
  double confidence = confidence_of (label, after, field_number_names_contract (text, from), repaired, shapes)
                      + AGAIN * times_of (text, whole);
  if (value != NULL)
    field_found_because (work->findings, text, label->field, value, whole,
                         (FieldSpan){ MIN (from, whole.from), MAX (to, whole.to) }, confidence, label->rule);
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
