#include "cases/names.h"
#include "base/align.h"
#include "cases/point.h"
#include "store/contact.h"
#include <string.h>

#define WORDS_MOST 12

static bool
is_particle (const char *word)
{
  static const char *const particles[] = { "de",  "la", "del", "las", "los", "el",  "y",  "e",   "i",   "d",   "da",
                                           "das", "do", "dos", "di",  "al",  "von", "zu", "van", "der", "den", "ten",
                                           "ter", "le", "les", "du",  "des", "et",  "es", "of",  "the", "and", NULL };
  return g_strv_contains (particles, word);
}

typedef struct
{
  char **all; /* owns them */
  const char *words[WORDS_MOST];
  bool used[WORDS_MOST];
  guint n;
} Name;

static void
name_clear (Name *name)
{
  g_strfreev (name->all);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Name, name_clear)

/* The words that count, or all where none does. */
static void
name_read (Name *name, const char *normalised)
{
  name->all = g_strsplit (normalised, " ", -1);
  for (char **word = name->all; *word != NULL && name->n < WORDS_MOST; word++)
    if (**word != '\0' && !is_particle (*word))
      name->words[name->n++] = *word;
  for (char **word = name->all; name->n == 0 && *word != NULL; word++)
    if (**word != '\0')
      name->words[name->n++] = *word;
}

static bool
is_same (const char *a, const char *b)
{
  return a[1] != '\0' && strcmp (a, b) == 0;
}

static bool
is_misread (const char *a, const char *b)
{
  return a[1] != '\0' && b[1] != '\0' && dk_words_alike (a, b) && dk_words_alike (b, a);
}

static bool
is_initial (const char *a, const char *b)
{
  return (a[1] == '\0' || b[1] == '\0') && a[0] == b[0];
}

/* Pairs words that are not yet paired. The number of pairs. */
static guint
pair (Name *a, Name *b, bool (*fit) (const char *a, const char *b))
{
  guint pairs = 0;
  for (guint i = 0; i < a->n; i++)
    for (guint k = 0; k < b->n && !a->used[i]; k++)
      if (!b->used[k] && fit (a->words[i], b->words[k]))
        {
          a->used[i] = b->used[k] = true;
          pairs++;
        }
  return pairs;
}

NamesFit
names_compare (const char *a, const char *b)
{
  g_autofree char *one = point_normalise (STORE_POINT_NAME, a, ""), *other = point_normalise (STORE_POINT_NAME, b, "");
  g_auto (Name) left = { 0 }, right = { 0 };
  if (one == NULL || other == NULL)
    return NAMES_DIFFER;
  if (strcmp (one, other) == 0)
    return NAMES_AGREE;
  name_read (&left, one);
  name_read (&right, other);
  guint same = pair (&left, &right, is_same), misread = pair (&left, &right, is_misread);
  if (same + misread == 0)
    return NAMES_DIFFER;
  guint pairs = same + misread + pair (&left, &right, is_initial);
  if (pairs < MIN (left.n, right.n))
    return NAMES_TOUCH;
  return pairs < 2 ? NAMES_PART : misread > 0 ? NAMES_LIKE : NAMES_AGREE;
}
