#include "index/spelling.h"
#include "base/text.h"
#include "index/terms.h"
#include <string.h>

enum
{
  LEAST_LETTERS = 4, /* of shorter words, nearly any other is one letter away */
  LONG_LETTERS = 6,  /* from here on two letters may be wrong */
  MOST_LETTERS = 40,
  ENDS_ALIKE = 8, /* slips are inside words: one that begins and ends as typed is as if on so many times more pages */
};

void
index_spelling_free (IndexSpelling *spelling)
{
  g_free (spelling->word);
  g_free (spelling->instead);
  g_free (spelling);
}

void
spelling_free (Spelling *spelling)
{
  if (spelling == NULL)
    return;
  g_free (spelling->word);
  g_free (spelling->instead);
  g_free (spelling->letters);
  g_free (spelling);
}

Spelling *
spelling_new (const char *prefix, const char *raw)
{
  Spelling *spelling = g_new0 (Spelling, 1);
  glong length;
  g_autofree char *folded = dk_fold (raw);
  spelling->prefix = prefix;
  spelling->word = g_strdup (raw);
  spelling->letters = g_utf8_to_ucs4_fast (folded, -1, &length);
  spelling->length = (unsigned)length;
  bool tried = length >= LEAST_LETTERS && length <= MOST_LETTERS && strpbrk (raw, "0123456789") == NULL;
  spelling->allowed = !tried ? 0 : length < LONG_LETTERS ? 1 : 2;
  return spelling;
}

/* By the rows of the usual table of two words; two letters in the wrong order are one change. */
static unsigned
count_changes (const gunichar *a, unsigned a_length, const gunichar *b, unsigned b_length)
{
  unsigned rows[3][MOST_LETTERS + 3], *before = rows[0], *last = rows[1], *row = rows[2];
  for (unsigned j = 0; j <= b_length; j++)
    last[j] = j;
  for (unsigned i = 1; i <= a_length; i++)
    {
      row[0] = i;
      for (unsigned j = 1; j <= b_length; j++)
        {
          row[j] = MIN (MIN (last[j], row[j - 1]) + 1, last[j - 1] + (a[i - 1] != b[j - 1]));
          if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
            row[j] = MIN (row[j], before[j - 2] + 1);
        }
      unsigned *spare = before;
      before = last;
      last = row;
      row = spare;
    }
  return last[b_length];
}

unsigned
spelling_changes (const Spelling *spelling, const char *word)
{
  gunichar letters[MOST_LETTERS + 2];
  unsigned length = 0, most = spelling->length + spelling->allowed, least = spelling->length - spelling->allowed;
  gsize bytes = strlen (word);
  if (bytes < least || strpbrk (word, "0123456789") != NULL)
    return spelling->allowed + 1;
  g_autofree char *folded = g_str_is_ascii (word) ? NULL : dk_fold (word);
  for (const char *at = folded != NULL ? folded : word; *at != '\0'; at = g_utf8_next_char (at))
    {
      if (length >= most)
        return spelling->allowed + 1;
      letters[length++] = g_utf8_get_char (at);
    }
  if (length < least)
    return spelling->allowed + 1;
  return count_changes (spelling->letters, spelling->length, letters, length);
}

static bool
ends_alike (const Spelling *spelling, const char *word)
{
  g_autofree char *folded = dk_fold (word);
  const char *end = folded + strlen (folded);
  return *folded != '\0' && g_utf8_get_char (folded) == spelling->letters[0]
         && g_utf8_get_char (g_utf8_prev_char (end)) == spelling->letters[spelling->length - 1];
}

void
spelling_offer (Spelling *spelling, const char *word, unsigned changes, unsigned pages)
{
  if (changes > spelling->allowed || (spelling->instead != NULL && changes > spelling->changes))
    return;
  uint64_t weight = (uint64_t)pages * (ends_alike (spelling, word) ? ENDS_ALIKE : 1);
  if (spelling->instead != NULL && changes == spelling->changes && weight <= spelling->weight)
    return;
  g_free (spelling->instead);
  spelling->instead = g_strdup (word);
  spelling->changes = changes;
  spelling->weight = weight;
}

/* A word of a field as it is typed, "from:kovacs". */
static char *
in_field (const char *prefix, const char *word)
{
  const char *field = strcmp (prefix, INDEX_TERM_FROM) == 0   ? "from:"
                      : strcmp (prefix, INDEX_TERM_NAME) == 0 ? "name:"
                                                              : "";
  return word != NULL ? g_strconcat (field, word, NULL) : NULL;
}

IndexSpelling *
spelling_found (const Spelling *spelling)
{
  IndexSpelling *found = g_new0 (IndexSpelling, 1);
  found->word = in_field (spelling->prefix, spelling->word);
  found->instead = in_field (spelling->prefix, spelling->instead);
  return found;
}
