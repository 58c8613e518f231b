/* E-mail addresses that were misread, by the sender's name and the words of the letter. */
#include "classify/field_domain.h"
#include "classify/field_people.h"
#include "classify/field_repair.h"
#include "classify/field_words.h"
#include <limits.h>
#include <string.h>

/* All ways to write a name in an address: each word, with the initial of another, two words together. */
static GPtrArray *
forms_of (char **words)
{
  GPtrArray *forms = g_ptr_array_new_with_free_func (g_free);
  for (char **word = words; *word != NULL; word++)
    {
      if (strlen (*word) < 3)
        continue;
      g_ptr_array_add (forms, g_strdup (*word));
      g_autoptr (GString) initials = g_string_new (NULL);
      for (char **before = words; before < word; before++)
        g_string_append_len (initials, *before, **before != '\0');
      g_ptr_array_add (forms, g_strconcat (initials->str, *word, NULL)); /* "jssandhu" */
      for (char **other = words; *other != NULL && forms->len < 64; other++)
        {
          if (other == word || **other == '\0')
            continue;
          g_ptr_array_add (forms, g_strdup_printf ("%c%s", **other, *word));
          g_ptr_array_add (forms, g_strdup_printf ("%s%c", *word, **other));
          g_ptr_array_add (forms, g_strdup_printf ("%s%s", *word, *other));
        }
    }
  return forms;
}

/* Whether @part is more likely @form misread than the other way round. */
static bool
is_misread_form (const FieldVocabulary *words, const char *part, const char *form)
{
  size_t n = strlen (part), m = strlen (form);
  unsigned here = field_misreading (part, n, form, m), there = field_misreading (form, m, part, n);
  return here < there || (here == there && n < m)
         || (here == there && field_is_frequent_name (words, form, m) && !field_is_frequent_name (words, part, n));
}

/* Whether each letter in which two words of one length differ looks like the other's: "conchi" is not "concha". */
static bool
look_alike (const char *a, const char *b)
{
  for (; *a != '\0' && *b != '\0'; a++, b++)
    if (*a != *b && !field_looks_like (*a, *b) && !field_looks_like (*b, *a)
        && !(strchr ("aeou", *a) != NULL && strchr ("aeou", *b) != NULL))
      return false;
  return true;
}

/* What @part of an address is by the sender's name. NULL when it is one of @forms already, or none. */
static const char *
by_name (const char *part, const GPtrArray *forms, bool lenient, const FieldWitnesses *witnesses)
{
  const char *found = NULL;
  unsigned least = UINT_MAX;
  for (guint i = 0; i < forms->len; i++)
    {
      const char *form = g_ptr_array_index (forms, i);
      if (strcmp (part, form) == 0)
        return NULL;
      size_t n = strlen (part), m = strlen (form);
      unsigned cost = field_misreading_within (part, n, form, m, field_witness_budget (MAX (n, m)));
      bool near = field_are_readings (part, form) || (lenient && n >= 2 && m >= 3 && cost <= 2);
      bool short_form = n >= 3 && g_str_has_prefix (form, part); /* "zsofi" of Zsófia is no misreading */
      if (cost >= least || !near || short_form || n > m + 1 || (n == m ? !look_alike (part, form) : cost > 2))
        continue;
      found = form;
      least = cost;
    }
  bool twice = found != NULL && field_witness_count (witnesses, found) >= 2; /* printed so elsewhere */
  return found != NULL && (twice || is_misread_form (witnesses->words, part, found)) ? found : NULL;
}

/* The mailbox of a house that alone stands before the @ with a letter misread or lost: "jroda", "illing"; NULL when it
 * is none or none is nearest. Owned by the caller. */
static char *
role_of (const char *part, const FieldVocabulary *words)
{
  const char *const *role = field_vocabulary_list (words, FIELD_LIST_MAILBOX)->plain;
  const char *found = NULL;
  for (; *role != NULL; role++)
    {
      size_t n = strlen (part), m = strlen (*role);
      if (strcmp (part, *role) == 0)
        return NULL;
      bool first_lost = n + 1 == m && strcmp (part, *role + 1) == 0; /* "order" is a word by itself */
      if (m < 5 || (!first_lost && n != m) || (!first_lost && field_misreading (part, n, *role, m) > 1))
        continue;
      if (found != NULL)
        return NULL;
      found = *role;
    }
  return g_strdup (found);
}

/* Whether a part of @local is the sender's name as it is: then the rest is rather his, too. */
static bool
agrees (const char *local, const GPtrArray *forms)
{
  g_auto (GStrv) parts = g_strsplit_set (local, "._-", -1);
  for (char **part = parts; *part != NULL; part++)
    for (guint i = 0; i < forms->len; i++)
      if (strcmp (*part, g_ptr_array_index (forms, i)) == 0)
        return true;
  return false;
}

/* "m.arcus.bell" with a mark too many, where two words of the name are all there is. NULL when it is not so. Owned by
 * the caller. */
static char *
by_two_words (const char *local, char **words)
{
  g_auto (GStrv) parts = g_strsplit_set (local, "._-", -1);
  g_autofree char *all = g_strjoinv ("", parts);
  if (g_strv_length (parts) < 3)
    return NULL;
  for (char **a = words; *a != NULL; a++)
    for (char **b = words; *b != NULL; b++)
      {
        g_autofree char *both = a != b && **a != '\0' && **b != '\0' ? g_strconcat (*a, *b, NULL) : NULL;
        if (both != NULL && strcmp (both, all) == 0)
          return g_strdup_printf ("%s.%s", *a, *b);
      }
  return NULL;
}

/* Digits among letters were letters: "be1l". */
static void
unmix (char *part)
{
  static const char digits[] = "0159", letters[] = "olsg";
  for (size_t i = 1; part[0] != '\0' && part[i] != '\0' && part[i + 1] != '\0'; i++)
    {
      const char *p = strchr (digits, part[i]);
      if (p != NULL && g_ascii_isalpha (part[i - 1]) && g_ascii_isalpha (part[i + 1]))
        part[i] = letters[p - digits];
    }
}

/* The name of a host by the words of the letter: a firm writes from its own. */
static void
append_domain (GString *value, const char *domain, const FieldWitnesses *witnesses, const char *language)
{
  g_autofree char *repaired = field_domain_repaired (domain, language);
  g_auto (GStrv) labels = g_strsplit (repaired, ".", -1);
  for (char **label = labels; *label != NULL; label++)
    {
      g_autofree char *part = g_ascii_strdown (*label, -1);
      unmix (part);
      bool alone = field_witness_count (witnesses, part) <= 1 && label[1] != NULL && strlen (part) >= 5;
      g_autofree char *as_read = g_ascii_strdown (*label, -1);
      g_autofree char *right = alone && strcmp (as_read, part) == 0 ? field_witness_corrected (witnesses, part) : NULL;
      bool same = right == NULL && strcmp (as_read, part) == 0;
      g_string_append_printf (value, "%s%s", same ? *label : right != NULL ? right : part, label[1] != NULL ? "." : "");
    }
}

void
field_repair_address (RecordFinding *email, char **words, const FieldWitnesses *witnesses, const char *language)
{
  g_autoptr (GPtrArray) forms = forms_of (words);
  const char *at = strchr (email->value, '@');
  g_autoptr (GString) value = g_string_new (NULL);
  g_autofree char *local = g_ascii_strdown (email->value, at - email->value);
  g_autofree char *two = by_two_words (local, words);
  bool lenient = agrees (local, forms);
  for (const char *p = two == NULL ? email->value : at; p < at;)
    {
      size_t n = strcspn (p, "@._-+");
      g_autofree char *part = g_ascii_strdown (p, (gssize)n);
      g_autofree char *read = g_strdup (part);
      unmix (part);
      const char *right = by_name (part, forms, lenient, witnesses);
      g_autofree char *role
          = right == NULL && p == email->value && p[n] == '@' ? role_of (part, witnesses->words) : NULL;
      right = role != NULL ? role : right;
      if (right == NULL && strcmp (read, part) == 0)
        g_string_append_len (value, p, (gssize)n);
      else
        g_string_append (value, right != NULL ? right : part);
      for (p += n; p < at && strchr ("._-+", *p) != NULL; p++)
        g_string_append_c (value, *p);
    }
  g_string_append_printf (value, "%s@", two != NULL ? two : "");
  append_domain (value, at + 1, witnesses, language);
  field_repair_replace (email, value);
}
