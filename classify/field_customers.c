#include "classify/field_customers.h"
#include "classify/field_words.h"
#include <string.h>

#define MOST_ROWS 256
#define FEW_ROWS 8 /* of which each is looked for also through misreadings of its name */
#define SURE 0.99
#define REPAIRED 0.9
#define LEAST_SUPPORT 2 /* words of the name, or one thing that is the customer's alone */

static const struct
{
  const char *field;
  CustomersColumn column;
} keys[] = { { "customer_no", CUSTOMERS_NUMBER },
             { "email", CUSTOMERS_EMAIL },
             { "iban", CUSTOMERS_IBAN },
             { "phone", CUSTOMERS_PHONE } };

static bool
near (const char *read, const char *meant)
{
  size_t n = strlen (read), m = strlen (meant);
  return strcmp (read, meant) == 0
         || (m >= 4 && n + 2 >= m && n <= m + 2 && field_misreading (read, n, meant, m) <= (m >= 7 ? 3 : 2));
}

/* How many words of @name stand in @text, with @misread also if a letter of them is. */
static unsigned
words_in_text (const FieldText *text, const char *name, bool misread)
{
  g_autofree char *plain = field_fold (name);
  g_auto (GStrv) words = g_strsplit_set (plain, " -.,'", -1);
  unsigned found = 0;
  for (char **word = words; *word != NULL; word++)
    {
      bool here = false;
      for (uint32_t i = 0; strlen (*word) >= 3 && i < text->tokens->len && !here; i++)
        {
          const FieldToken *token = field_text_token (text, i);
          size_t n = token->to - token->from, m = strlen (*word);
          here = n == m && g_ascii_strncasecmp (text->plain->str + token->from, *word, n) == 0;
          if (here || !misread || n + 2 < m || n > m + 2)
            continue;
          g_autofree char *lower = field_text_lower (text, (FieldSpan){ token->from, token->to });
          here = near (lower, *word);
        }
      found += here;
    }
  return found;
}

/* What else in the letter speaks for @row, besides the finding that led to it. */
static unsigned
support (const FieldWork *work, uint32_t row, const RecordFinding *lead, bool misread)
{
  const Customers *customers = work->context->customers;
  g_autofree char *name = customers_value (customers, row, CUSTOMERS_NAME);
  unsigned sum = words_in_text (work->text, name, misread);
  for (guint i = 0; i < work->findings->len; i++)
    {
      const RecordFinding *finding = g_ptr_array_index (work->findings, i);
      for (size_t k = 0; k < G_N_ELEMENTS (keys) && finding != lead; k++)
        {
          if (strcmp (finding->name, keys[k].field) != 0)
            continue;
          g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (uint32_t));
          customers_find (customers, keys[k].column, finding->value, rows, MOST_ROWS);
          for (guint r = 0; r < rows->len; r++)
            sum += g_array_index (rows, uint32_t, r) == row ? LEAST_SUPPORT : 0;
        }
    }
  return sum;
}

/* The one of @rows that the rest of the letter speaks for. False when there is none, or more than one. */
static bool
one_supported (const FieldWork *work, const GArray *rows, const RecordFinding *lead, uint32_t *row)
{
  unsigned found = 0;
  for (guint i = 0; i < rows->len; i++)
    if (support (work, g_array_index (rows, uint32_t, i), lead, rows->len <= FEW_ROWS) >= LEAST_SUPPORT)
      {
        *row = g_array_index (rows, uint32_t, i);
        found++;
      }
  return found == 1;
}

/* The customer that wrote: by a finding that is in the list as it stands, else by one that is nearly. */
static bool
find_customer (const FieldWork *work, uint32_t *row)
{
  for (int repaired = 0; repaired <= 1; repaired++)
    for (size_t k = 0; k < G_N_ELEMENTS (keys); k++)
      for (guint i = 0; i < work->findings->len; i++)
        {
          const RecordFinding *finding = g_ptr_array_index (work->findings, i);
          g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (uint32_t));
          if (strcmp (finding->name, keys[k].field) != 0)
            continue;
          (repaired ? customers_find_near : customers_find) (work->context->customers, keys[k].column, finding->value,
                                                             rows, MOST_ROWS);
          if (rows->len < MOST_ROWS && one_supported (work, rows, finding, row))
            return true;
        }
  return false;
}

/* Letters and digits alone, small. Owned by the caller. */
static char *
squeezed (const char *text)
{
  g_autofree char *plain = field_fold (text);
  GString *out = g_string_new (NULL);
  for (const char *p = plain; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (out, *p);
  return g_string_free (out, FALSE);
}

static void
add_reason (RecordFinding *finding)
{
  if (finding->evidence->len == 0)
    return;
  RecordEvidence *first = g_ptr_array_index (finding->evidence, 0);
  g_free (first->rule);
  first->rule = g_strdup ("customers");
}

/* @finding says what the list says, or nearly: two signs of a number may be misread, three letters of a longer text. */
static void
settle (RecordFinding *finding, const char *listed, bool keeps_value)
{
  g_autofree char *read = squeezed (finding->value), *meant = squeezed (listed);
  size_t n = strlen (read), m = strlen (meant);
  if (*meant == '\0' || n + 2 < m || n > m + 2 || field_misreading (read, n, meant, m) > (m >= 12 ? 6 : 4))
    return;
  bool same = strcmp (read, meant) == 0;
  if (!same && keeps_value)
    return;
  if (!same)
    {
      g_free (finding->value);
      finding->value = g_strdup (listed);
    }
  finding->confidence = same ? SURE : REPAIRED;
  add_reason (finding);
}

void
field_check_customers (FieldWork *work)
{
  static const struct
  {
    const char *field;
    CustomersColumn column;
    bool keeps_value; /* people move, and banks prove their own numbers */
  } checked[] = { { "customer_no", CUSTOMERS_NUMBER, false }, { "email", CUSTOMERS_EMAIL, false },
                  { "sender", CUSTOMERS_NAME, false },        { "phone", CUSTOMERS_PHONE, true },
                  { "address", CUSTOMERS_ADDRESS, true },     { "iban", CUSTOMERS_IBAN, true } };
  uint32_t row;
  if (work->context->customers == NULL || !find_customer (work, &row))
    return;
  for (guint i = 0; i < work->findings->len; i++)
    for (size_t c = 0; c < G_N_ELEMENTS (checked); c++)
      {
        RecordFinding *finding = g_ptr_array_index (work->findings, i);
        if (strcmp (finding->name, checked[c].field) != 0)
          continue;
        g_autofree char *listed = customers_value (work->context->customers, row, checked[c].column);
        settle (finding, listed, checked[c].keeps_value);
      }
}
