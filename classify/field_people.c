#include "classify/field_people.h"
#include "classify/field_words.h"
#include <string.h>

#define SHORTEST_REPAIRED 5

static bool
is_in (const char *word, size_t n, const char *const *names)
{
  for (; *names != NULL; names++)
    if (strncmp (*names, word, n) == 0 && (*names)[n] == '\0')
      return true;
  return false;
}

bool
field_is_frequent_name (const FieldVocabulary *words, const char *word, size_t n)
{
  return n >= 3
         && (is_in (word, n, field_vocabulary_list (words, FIELD_LIST_GIVEN_NAME)->plain)
             || is_in (word, n, field_vocabulary_list (words, FIELD_LIST_SURNAME)->plain));
}

/* "Mohammed" beside "Mohamed": how it is spelt, and no misreading. */
static bool
is_doubled (const char *word, size_t n, const char *name, size_t m)
{
  size_t head = 0;
  while (head < m && word[head] == name[head])
    head++;
  return n == m + 1 && head > 0 && word[head] == word[head - 1] && memcmp (word + head + 1, name + head, m - head) == 0;
}

/* Spanish and Italian names part man and woman by their last letter, which recognition confuses too. */
static bool
differs_in_gender (const char *word, size_t n, const char *name, size_t m)
{
  return n == m && memcmp (word, name, n - 1) == 0 && strchr ("aoe", word[n - 1]) != NULL;
}

char *
field_frequent_name (const FieldVocabulary *words, const char *word, size_t n, bool given)
{
  const char *found = NULL;
  if (n < SHORTEST_REPAIRED || n >= FIELD_LONGEST_WORD || field_is_frequent_name (words, word, n))
    return NULL;
  const char *const *name = field_vocabulary_list (words, given ? FIELD_LIST_GIVEN_NAME : FIELD_LIST_SURNAME)->plain;
  for (; *name != NULL; name++)
    {
      size_t m = strlen (*name);
      bool near = m >= SHORTEST_REPAIRED && m <= n + 1 && n <= m + 1
                  && field_misreading_within (word, n, *name, m, 1) == 1
                  && (given || field_misreading_within (*name, m, word, n, 1) > 1)
                  && !differs_in_gender (word, n, *name, m) && !is_doubled (word, n, *name, m);
      if (near && found != NULL && strcmp (found, *name) != 0)
        return NULL;
      if (near)
        found = *name;
    }
  return g_strdup (found);
}
