#include "classify/variety.h"
#include <string.h>

#define WORDS_LEAST 20 /* of fewer words nobody can tell */
/* Different words that a text has at least: the square root of all, as far as that goes. Letters have six times that,
 * and the same letter ten times over has it still. */
#define DIFFERENT_ENOUGH 12
#define GUESS 0.5 /* the most that is given to what is concluded from such words */

static bool
is_varied (const ClassifyWords *words)
{
  guint n = words->words->len;
  g_autoptr (GHashTable) different = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < n; i++)
    {
      g_hash_table_add (different, (char *)(uintptr_t)g_array_index (words->words, ClassifyWord, i).text);
      guint had = g_hash_table_size (different);
      if (had >= DIFFERENT_ENOUGH || had * had >= n)
        return true;
    }
  return n < WORDS_LEAST;
}

void
classify_variety_check (const ClassifyWords *words, GPtrArray *findings)
{
  if (is_varied (words))
    return;
  for (guint i = 0; i < findings->len; i++)
    {
      RecordFinding *finding = findings->pdata[i];
      if (strcmp (finding->name, "kind") != 0 && strcmp (finding->name, "subject") != 0)
        continue;
      finding->undecided = true;
      finding->confidence = MIN (finding->confidence, GUESS);
    }
}
