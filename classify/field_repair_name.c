/* A sender's name that was misread, by what else the letter says. */
#include "classify/field_people.h"
#include "classify/field_repair.h"
#include "classify/field_words.h"
#include <string.h>

/* @printed with the letters that differ from its plain form changed to those of @plain. Owned by the caller. */
static char *
spelled (const char *printed, const char *plain)
{
  g_autofree char *folded = field_fold (printed);
  size_t n = strlen (folded), m = strlen (plain), head = 0, tail = 0;
  if ((size_t)g_utf8_strlen (printed, -1) != n)
    return g_strdup (printed);
  while (head < MIN (n, m) && folded[head] == plain[head])
    head++;
  while (tail < MIN (n, m) - head && folded[n - 1 - tail] == plain[m - 1 - tail])
    tail++;
  const char *from = g_utf8_offset_to_pointer (printed, (glong)head);
  const char *to = g_utf8_offset_to_pointer (printed, (glong)(n - tail));
  g_autofree char *middle = g_strndup (plain + head, m - head - tail);
  bool capitals = n > 1 && g_unichar_isupper (g_utf8_get_char (g_utf8_offset_to_pointer (printed, (glong)n - 1)));
  if (capitals || head == 0)
    *middle = g_ascii_toupper (*middle);
  for (char *p = middle; capitals && *p != '\0'; p++)
    *p = g_ascii_toupper (*p);
  return g_strdup_printf ("%.*s%s%s", (int)(from - printed), printed, middle, to);
}

/* "8ogdan" */
static void
without_digits (char *word)
{
  static const char digits[] = "0125689", small[] = "olzsbbg", large[] = "OIZSGBG";
  unsigned letters = 0;
  for (const char *p = word; *p != '\0'; p++)
    letters += !g_ascii_isdigit (*p);
  for (size_t i = 0; letters >= 3 && word[i] != '\0'; i++)
    {
      const char *p = strchr (digits, word[i]);
      bool capital = i == 0 || (i > 0 && g_ascii_isupper (word[i - 1]) && (i > 1 || !g_ascii_islower (word[i + 1])));
      if (p != NULL)
        word[i] = capital ? (word[i] == '8' ? 'B' : large[p - digits]) : small[p - digits];
    }
}

/* "Nova" where the address has nora.novak: the letter that a word lost at an end, if it is not @before, the initial of
 * the word before ("meve" is Marie-Ève). NULL when there is none. Owned by the caller. */
static char *
completed (const char *plain, char before, const GPtrArray *parts)
{
  size_t n = strlen (plain);
  for (guint i = 0; n >= 2 && i < parts->len; i++)
    {
      const char *part = g_ptr_array_index (parts, i);
      if (strlen (part) == n + 1 && n + 1 >= 3
          && (memcmp (part, plain, n) == 0 || (memcmp (part + 1, plain, n) == 0 && *part != before)))
        return g_strdup (part);
    }
  return NULL;
}

/* The parts of the e-mail addresses of which one part or more is a word of @name: the sender's own. */
static GPtrArray *
own_parts (const GPtrArray *findings, const char *name)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *plain = field_fold (name);
  g_auto (GStrv) words = g_strsplit_set (plain, " -.,'", -1);
  for (guint i = 0; i < findings->len; i++)
    {
      const RecordFinding *finding = g_ptr_array_index (findings, i);
      if (strcmp (finding->name, "email") != 0)
        continue;
      g_autofree char *small = g_ascii_strdown (finding->value, -1);
      g_auto (GStrv) pieces = g_strsplit_set (small, "@._-", -1);
      bool his = false;
      for (char **piece = pieces; *piece != NULL; piece++)
        his |= strlen (*piece) >= 3 && g_strv_contains ((const char *const *)words, *piece);
      for (char **piece = pieces; his && *piece != NULL; piece++)
        g_ptr_array_add (parts, g_strdup (*piece));
    }
  return parts;
}

void
field_repair_name (RecordFinding *sender, const FieldWitnesses *witnesses, const GPtrArray *findings,
                   bool surname_first)
{
  g_autoptr (GPtrArray) parts = own_parts (findings, sender->value);
  g_autoptr (GString) value = g_string_new (NULL);
  char before = '\0';
  for (const char *p = sender->value; *p != '\0';)
    {
      const char *end = p;
      while (*end != '\0' && strchr (" -.,'()", *end) == NULL)
        end = g_utf8_next_char (end);
      g_autofree char *word = g_strndup (p, (gsize)(end - p));
      bool given = surname_first ? *end == '\0' : p == sender->value;
      without_digits (word);
      g_autofree char *plain = field_fold (word);
      g_autofree char *right
          = strlen (plain) >= FIELD_SHORTEST_WITNESS ? field_witness_corrected (witnesses, plain) : NULL;
      if (right == NULL && (p == sender->value || p[-1] != '\''))
        right = completed (plain, before, parts);
      before = *plain;
      if (right == NULL && field_witness_count (witnesses, plain) <= 1)
        right = field_frequent_name (witnesses->words, plain, strlen (plain), given);
      bool foreign = strchr (plain, FIELD_OTHER) != NULL; /* whose letters were not told apart */
      g_autofree char *printed = right != NULL && !foreign ? spelled (word, right) : NULL;
      g_string_append (value, printed != NULL ? printed : word);
      for (p = end; *p != '\0' && strchr (" -.,'()", *p) != NULL; p++)
        g_string_append_c (value, *p);
    }
  field_repair_replace (sender, value);
}
