#include "classify/field_places.h"
#include "classify/field_people.h"
#include "classify/field_text.h"
#include "classify/field_words.h"
#include <limits.h>
#include <string.h>

#define DOTLESS_I 0x131

/* The one of @words that @plain is a misreading of; NULL when it is one itself, or none. */
static const char *
known_word (const char *plain, const FieldListWords *words, unsigned lenient)
{
  const char *found = NULL;
  size_t n = strlen (plain);
  unsigned least = UINT_MAX;
  for (size_t i = 0; words->plain[i] != NULL; i++)
    {
      const char *word = words->plain[i];
      size_t m = strlen (word);
      if (strcmp (word, plain) == 0)
        return NULL;
      unsigned most = m >= 8 || (m >= 5 && lenient) ? 2 : m >= 5 ? 1 : lenient && m == 4 ? 1 : 0;
      unsigned cost = m > n + 1 || n > m + 1 ? UINT_MAX : field_misreading_within (plain, n, word, m, most);
      if (cost > most || cost > least)
        continue;
      found = cost == least ? NULL : words->printed[i];
      least = cost;
    }
  return found;
}

/* An apostrophe fell between letters, where no language elides. */
static bool
is_dirt (const char *before, const char *at)
{
  if (*at != '\'' || !g_unichar_isalpha (g_utf8_get_char (at + 1)))
    return false;
  const char *start = at;
  unsigned left = 0, right = 0;
  while (start > before && g_unichar_isalpha (g_utf8_get_char (g_utf8_prev_char (start))))
    {
      start = g_utf8_prev_char (start);
      left++;
    }
  for (const char *p = at + 1; g_unichar_isalpha (g_utf8_get_char (p)); p = g_utf8_next_char (p))
    right++;
  return right >= 2 && (left >= 3 || (left == 1 && strchr ("dlomnstjcqDLOMNSTJCQ", *start) == NULL));
}

/* Whether a blank was lost before the capital at @at of a word that began at @start: not in names such as McKay. */
static bool
is_glued (const char *start, const char *at, const char *const *prefixes)
{
  gunichar before = g_utf8_get_char (g_utf8_prev_char (at)), next = g_utf8_get_char (g_utf8_next_char (at));
  if (!g_unichar_isupper (g_utf8_get_char (at)) || !g_unichar_islower (before) || !g_unichar_islower (next))
    return false;
  for (; *prefixes != NULL; prefixes++)
    if ((size_t)(at - start) == strlen (*prefixes) && memcmp (start, *prefixes, (size_t)(at - start)) == 0)
      return false;
  return g_utf8_strlen (start, at - start) >= 3;
}

char *
field_places_clean (const char *printed, const FieldVocabulary *words)
{
  const char *const *prefixes = field_vocabulary_list (words, FIELD_LIST_NAME_PREFIX)->printed;
  GString *clean = g_string_new (NULL);
  const char *start = printed;
  for (const char *p = printed; *p != '\0'; p = g_utf8_next_char (p))
    {
      bool mark
          = strchr (",.|'", *p) != NULL && p > printed && p[-1] == ' ' && g_unichar_isalnum (g_utf8_get_char (p + 1));
      if (mark || is_dirt (printed, p))
        continue;
      if (g_utf8_get_char (p) == DOTLESS_I) /* of none of the four languages */
        {
          g_string_append_c (clean, 'i');
          continue;
        }
      if (p > start && is_glued (start, p, prefixes))
        {
          g_string_append_c (clean, ' ');
          start = p;
        }
      if (!g_unichar_isalpha (g_utf8_get_char (p)))
        start = g_utf8_next_char (p);
      g_string_append_unichar (clean, g_utf8_get_char (p));
    }
  return g_string_free (clean, FALSE);
}

/* @word in the manner of @model: capital letters where that has them. Owned by the caller. */
static char *
in_manner (const char *word, const char *model)
{
  bool first = g_unichar_isupper (g_utf8_get_char (model));
  const char *second = *model != '\0' ? g_utf8_next_char (model) : model;
  if (first && g_unichar_isupper (g_utf8_get_char (second)))
    return g_utf8_strup (word, -1);
  g_autofree char *head = first ? g_utf8_strup (word, g_utf8_next_char (word) - word)
                                : g_strndup (word, (gsize)(g_utf8_next_char (word) - word));
  return g_strconcat (head, g_utf8_next_char (word), NULL);
}

char *
field_places_repaired (const char *address, const FieldVocabulary *words)
{
  const FieldListWords *streets = field_vocabulary_list (words, FIELD_LIST_STREET_WORD);
  const FieldListWords *towns = field_vocabulary_list (words, FIELD_LIST_TOWN);
  g_autofree char *clean = field_places_clean (address, words);
  GString *repaired = g_string_new (NULL);
  for (const char *p = clean; *p != '\0';)
    {
      const char *end = p;
      while (g_unichar_isalnum (g_utf8_get_char (end)))
        end = g_utf8_next_char (end);
      if (end == p)
        {
          g_string_append_unichar (repaired, g_utf8_get_char (p));
          p = g_utf8_next_char (p);
          continue;
        }
      g_autofree char *word = g_strndup (p, (gsize)(end - p));
      g_autofree char *plain = field_fold (word);
      bool capital = g_unichar_isupper (g_utf8_get_char (word));
      const char *known = strlen (plain) >= 4 ? known_word (plain, streets, 1) : NULL;
      if (known == NULL && capital && !field_is_frequent_name (words, plain, strlen (plain)))
        known = known_word (plain, towns, 0);
      g_autofree char *printed = known != NULL ? in_manner (known, word) : g_strdup (word);
      g_string_append (repaired, printed);
      p = end;
    }
  return g_string_free (repaired, FALSE);
}
