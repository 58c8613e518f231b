#include "classify/field_witness.h"
#include "classify/field_people.h"
#include "classify/field_words.h"
#include <string.h>

#define MOST_WITNESSES 512

unsigned
field_witness_budget (size_t n)
{
  return n >= 7 ? 3 : 2;
}

/* Which of two letters that stand in the same place was meant: 0 when it cannot be told. */
static char
meant (char x, char y)
{
  bool x_of_y = field_looks_like (x, y), y_of_x = field_looks_like (y, x);
  if (g_ascii_isdigit (x) != g_ascii_isdigit (y))
    return g_ascii_isdigit (x) ? y : x;
  return x_of_y == y_of_x ? '\0' : x_of_y ? y : x;
}

/* What @word was when @witness is another reading of it. NULL when nothing shows it. Owned by the caller. */
static char *
merged (const char *word, const char *witness)
{
  size_t n = strlen (word), m = strlen (witness), head = 0, tail = 0, shorter = MIN (n, m);
  if (n == m)
    {
      g_autofree char *out = g_strdup (word);
      for (size_t i = 0; i < n; i++)
        if (word[i] != witness[i] && (out[i] = meant (word[i], witness[i])) == '\0')
          return NULL;
      return g_steal_pointer (&out);
    }
  while (head < shorter && word[head] == witness[head])
    head++;
  while (tail < shorter - head && word[n - 1 - tail] == witness[m - 1 - tail])
    tail++;
  const char *longer = n > m ? word : witness;
  size_t extra = MAX (n, m) - head - tail, less = shorter - head - tail;
  if (less == 1 && extra == 2) /* two letters for one: "ii" is a "u" */
    {
      const char *single = n > m ? witness : word;
      bool pair = field_misreading (longer + head, 2, single + head, 1) == 1;
      bool either = field_misreading (single + head, 1, longer + head, 2) == 1;
      return pair && !either ? g_strdup (single) : NULL;
    }
  if (less != 0 || extra != 1)
    return NULL;
  bool twice = head > 0 && longer[head - 1] == longer[head];
  return twice || head == 0 || tail == 0 ? NULL : g_strdup (longer); /* a letter lost within; at the ends it may be
                                                                        an initial or an ending */
}

/* "Kálmánné" is Kálmán's wife. */
static bool
is_wife_of (const char *a, const char *b)
{
  size_t n = strlen (b);
  return strncmp (a, b, n) == 0 && strcmp (a + n, "ne") == 0;
}

bool
field_are_readings (const char *a, const char *b)
{
  size_t n = strlen (a), m = strlen (b);
  if (MIN (n, m) < FIELD_SHORTEST_WITNESS || n > m + 2 || m > n + 2 || is_wife_of (a, b) || is_wife_of (b, a))
    return false;
  unsigned most = field_witness_budget (MAX (n, m));
  unsigned cost = MIN (field_misreading_within (a, n, b, m, most), field_misreading_within (b, m, a, n, most));
  return cost > 0 && cost <= most;
}

FieldWitnesses *
field_witnesses_new (const FieldWork *work)
{
  const FieldText *text = work->text;
  GHashTable *counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (uint32_t i = 0; i < text->tokens->len && g_hash_table_size (counts) < MOST_WITNESSES; i++)
    {
      const FieldToken *token = field_text_token (text, i);
      uint32_t n = token->to - token->from;
      bool mail = token->from > 0 && strchr ("@._-<", text->plain->str[token->from - 1]) != NULL;
      bool mail_behind = strchr ("@._-", text->plain->str[token->to]) != NULL && text->plain->str[token->to] != '\0';
      if (n < FIELD_SHORTEST_WITNESS || n >= FIELD_LONGEST_WORD || token->kind == FIELD_TOKEN_NUMBER
          || !(field_is_capital (text, token) || mail || mail_behind))
        continue;
      char *word = field_text_lower (text, (FieldSpan){ token->from, token->to });
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, word));
      g_hash_table_insert (counts, word, GUINT_TO_POINTER (count + 1));
    }
  FieldWitnesses *witnesses = g_new (FieldWitnesses, 1);
  *witnesses = (FieldWitnesses){ counts, text->words };
  return witnesses;
}

void
field_witnesses_free (FieldWitnesses *witnesses)
{
  g_hash_table_unref (witnesses->counts);
  g_free (witnesses);
}

unsigned
field_witness_count (const FieldWitnesses *witnesses, const char *word)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (witnesses->counts, word));
}

char *
field_witness_corrected (const FieldWitnesses *witnesses, const char *word)
{
  guint own = field_witness_count (witnesses, word);
  bool frequent = field_is_frequent_name (witnesses->words, word, strlen (word));
  GHashTableIter iter;
  gpointer key, value;
  char *best = NULL;
  guint most = 0;
  g_hash_table_iter_init (&iter, witnesses->counts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      guint count = GPOINTER_TO_UINT (value);
      if (!field_are_readings (word, key))
        continue;
      bool witness_frequent = field_is_frequent_name (witnesses->words, key, strlen (key));
      g_autofree char *merge = witness_frequent && frequent      ? NULL
                               : witness_frequent || count > own ? g_strdup (key)
                               : frequent || own > count         ? NULL
                                                                 : merged (word, key);
      guint weight = count + (witness_frequent ? 10 : 0);
      if (merge == NULL || weight <= most || strcmp (merge, word) == 0)
        continue;
      most = weight;
      g_free (best);
      best = g_steal_pointer (&merge);
    }
  return best;
}
