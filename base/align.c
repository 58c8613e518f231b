#include "base/align.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

#define MENDED_LETTERS 4 /* shorter words are too near to others */
#define TWO_WRONG 8      /* letters of a word in which two may be wrong */

static void
word_clear (gpointer word)
{
  g_free (((DkWord *)word)->folded);
}

GArray *
dk_words (const char *text, guint most)
{
  g_autoptr (GArray) origin = NULL;
  g_autofree char *folded = dk_fold_mapped (text, &origin);
  GArray *words = g_array_new (FALSE, FALSE, sizeof (DkWord));
  g_array_set_clear_func (words, word_clear);
  guint at = 0;
  for (const char *p = folded; *p != '\0' && words->len < most;)
    {
      const char *end = p;
      guint n = 0;
      for (; *end != '\0' && g_unichar_isalnum (g_utf8_get_char (end)); end = g_utf8_next_char (end))
        n++;
      if (n > 0 && at + n <= origin->len)
        {
          DkWord word = { g_strndup (p, (gsize)(end - p)), g_array_index (origin, guint32, at),
                          g_array_index (origin, guint32, at + n - 1) + 1 };
          g_array_append_val (words, word);
        }
      at += n;
      p = end;
      if (*p != '\0')
        {
          p = g_utf8_next_char (p);
          at++;
        }
    }
  return words;
}

/* --- words as numbers: equal words, and those that are mended into each other, have the same --- */

/* Whether no more than @most letters of @a must be changed, added or left out to have @b. */
static gboolean
is_near (const char *a, const char *b, int most)
{
  int n = (int)strlen (a), m = (int)strlen (b), row[66];
  if (abs (n - m) > most || n > 64 || m > 64)
    return FALSE;
  for (int j = 0; j <= m; j++)
    row[j] = j;
  for (int i = 1; i <= n; i++)
    {
      int diagonal = row[0], best = row[0] = i;
      for (int j = 1; j <= m; j++)
        {
          int cost = MIN (MIN (row[j], row[j - 1]) + 1, diagonal + (a[i - 1] != b[j - 1]));
          diagonal = row[j];
          row[j] = cost;
          best = MIN (best, cost);
        }
      if (best > most)
        return FALSE;
    }
  return row[m] <= most;
}

static gboolean
has_digit (const char *word)
{
  for (; *word != '\0'; word++)
    if (g_ascii_isdigit (*word))
      return TRUE;
  return FALSE;
}

gboolean
dk_words_alike (const char *a, const char *b)
{
  size_t length = strlen (a);
  return length >= MENDED_LETTERS && !has_digit (a) && !has_digit (b) && is_near (a, b, length >= TWO_WRONG ? 2 : 1);
}

/* The number of the first word of @known (of const char *) that @word is near to, -1 for none. */
static int
mended (const GPtrArray *known, const char *word)
{
  if (strlen (word) < MENDED_LETTERS || has_digit (word))
    return -1;
  for (guint i = 0; i < known->len; i++)
    if (dk_words_alike (word, known->pdata[i]))
      return (int)i;
  return -1;
}

static int *
number_words (const GArray *words, guint n, GHashTable *numbers, GPtrArray *known, gboolean mend)
{
  int *ids = g_new (int, n + 1);
  guint before = known->len; /* only words of the other text are mended into */
  g_autoptr (GPtrArray) theirs = g_ptr_array_new ();
  for (guint i = 0; i < before; i++)
    g_ptr_array_add (theirs, known->pdata[i]);
  for (guint i = 0; i < n; i++)
    {
      char *word = g_array_index (words, DkWord, i).folded;
      gpointer found;
      if (g_hash_table_lookup_extended (numbers, word, NULL, &found))
        {
          ids[i] = GPOINTER_TO_INT (found);
          continue;
        }
      int near = mend && before > 0 ? mended (theirs, word) : -1;
      ids[i] = near >= 0 ? near : (int)known->len;
      g_hash_table_insert (numbers, word, GINT_TO_POINTER (ids[i]));
      g_ptr_array_add (known, word);
    }
  return ids;
}

/* --- the longest common sequence --- */

static guint
longest_run (const GArray *flags)
{
  guint run = 0, longest = 0;
  for (guint i = 0; i < flags->len; i++)
    {
      run = g_array_index (flags, gboolean, i) ? 0 : run + 1;
      longest = MAX (longest, run);
    }
  return longest;
}

void
dk_align (const GArray *left, const GArray *right, gboolean mend, DkAlignment *alignment)
{
  guint n = MIN (left->len, DK_ALIGN_WORDS), m = MIN (right->len, DK_ALIGN_WORDS);
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) known = g_ptr_array_new ();
  g_autofree int *a = number_words (left, n, numbers, known, FALSE);
  g_autofree int *b = number_words (right, m, numbers, known, mend);
  g_autofree guint16 *length = g_new0 (guint16, (gsize)(n + 1) * (m + 1)); /* of what is common from i and j on */
  gsize width = m + 1;
  for (guint i = n; i-- > 0;)
    for (guint j = m; j-- > 0;)
      length[i * width + j] = a[i] == b[j] ? (guint16)(length[(i + 1) * width + j + 1] + 1)
                                           : MAX (length[(i + 1) * width + j], length[i * width + j + 1]);
  alignment->left = g_array_sized_new (FALSE, TRUE, sizeof (gboolean), n);
  alignment->right = g_array_sized_new (FALSE, TRUE, sizeof (gboolean), m);
  g_array_set_size (alignment->left, n);
  g_array_set_size (alignment->right, m);
  alignment->common = length[0];
  for (guint i = 0, j = 0; i < n && j < m;)
    if (a[i] == b[j])
      {
        g_array_index (alignment->left, gboolean, i++) = TRUE;
        g_array_index (alignment->right, gboolean, j++) = TRUE;
      }
    else if (length[(i + 1) * width + j] >= length[i * width + j + 1])
      i++;
    else
      j++;
  alignment->longest = MAX (longest_run (alignment->left), longest_run (alignment->right));
}

void
dk_alignment_clear (DkAlignment *alignment)
{
  g_clear_pointer (&alignment->left, g_array_unref);
  g_clear_pointer (&alignment->right, g_array_unref);
}
