#include "extract/spelling.h"
#include <string.h>

enum
{
  MOST_LETTERS = 24,
  LEAST_LETTERS = 4,  /* of a word in which a letter is changed */
  LEAST_ACCENTED = 2, /* of one in which an accent is */
  MOST_ACCENTS = 3,   /* changed in one word */
};

/* What is read for what was meant, in either direction. */
static const char *const confused[][2] = {
  { "c", "e" },  { "a", "o" }, { "i", "l" },  { "1", "l" }, { "1", "i" }, { "0", "o" },  { "n", "u" },  { "rn", "m" },
  { "t", "l" },  { "f", "t" }, { "h", "b" },  { "y", "v" }, { "g", "q" }, { "vv", "w" }, { "cl", "d" }, { "I", "l" },
  { "ii", "u" }, { "J", "l" }, { "in", "m" }, { "5", "s" }, { "f", "l" }, { "r", "t" },  { "li", "h" },
};

static const struct
{
  const char *language, *letters; /* of one sound after the other, variants between blanks */
} accents[] = {
  { "hu", "aá eé ií oóöő uúüű" },
  { "es", "aá eé ií oó uúü nñ" },
  { "fr", "aàâ cç eéèêë iîï oô uùûü" },
};

typedef struct
{
  const char *language;
  ExtractIsWord is_word;
  void *data;
  char *found;  /* the only word so far */
  bool several; /* more than one was found: none is sure */
} Search;

static void
try_word (Search *search, const char *word)
{
  if (search->several || !search->is_word (word, search->language, search->data)
      || (search->found != NULL && strcmp (search->found, word) == 0))
    return;
  search->several = search->found != NULL;
  g_free (search->found);
  search->found = g_strdup (word);
}

/* --- letters --- */

static void
try_with (Search *search, const char *core, const char *at, const char *read, const char *meant)
{
  if (!g_str_has_prefix (at, read))
    return;
  g_autofree char *head = g_strndup (core, (gsize)(at - core));
  g_autofree char *word = g_strconcat (head, meant, at + strlen (read), NULL);
  try_word (search, word);
}

static void
try_letters (Search *search, const char *core)
{
  for (const char *at = core; *at != '\0'; at = g_utf8_next_char (at))
    for (size_t i = 0; i < G_N_ELEMENTS (confused); i++)
      {
        try_with (search, core, at, confused[i][0], confused[i][1]);
        if (!g_ascii_isdigit (confused[i][0][0]))
          try_with (search, core, at, confused[i][1], confused[i][0]);
      }
}

/* --- accents --- */

/* The variants of @letter, from one blank to the next; *@n bytes. NULL when it has none. */
static const char *
variants_of (const char *letters, gunichar letter, size_t *n)
{
  for (const char *group = letters; *group != '\0'; group += *n + (group[*n] == ' '))
    {
      *n = strcspn (group, " ");
      if (g_utf8_strchr (group, (gssize)*n, letter) != NULL)
        return group;
    }
  return NULL;
}

/* Tries all ways to change the accents of exactly @changes letters of @word from @i on. */
static void
try_accents (Search *search, const char *letters, gunichar *word, glong length, glong i, unsigned changes)
{
  if (changes == 0)
    {
      g_autofree char *text = g_ucs4_to_utf8 (word, length, NULL, NULL, NULL);
      if (text != NULL)
        try_word (search, text);
      return;
    }
  for (; i < length && !search->several; i++)
    {
      gunichar was = word[i];
      size_t n = 0;
      const char *group = variants_of (letters, g_unichar_tolower (was), &n);
      for (const char *v = group; v != NULL && v < group + n; v = g_utf8_next_char (v))
        if (g_utf8_get_char (v) != g_unichar_tolower (was))
          {
            word[i] = g_unichar_isupper (was) ? g_unichar_toupper (g_utf8_get_char (v)) : g_utf8_get_char (v);
            try_accents (search, letters, word, length, i + 1, changes - 1);
          }
      word[i] = was;
    }
}

static void
try_all_accents (Search *search, const char *core)
{
  const char *letters = NULL;
  for (size_t i = 0; i < G_N_ELEMENTS (accents); i++)
    if (strcmp (accents[i].language, search->language) == 0)
      letters = accents[i].letters;
  glong length = 0;
  g_autofree gunichar *word = g_utf8_to_ucs4_fast (core, -1, &length);
  for (unsigned changes = 1; letters != NULL && changes <= MOST_ACCENTS && search->found == NULL; changes++)
    try_accents (search, letters, word, length, 0, changes);
}

/* The part of @word between the signs round it. */
static void
core_of (const char *word, const char **from, const char **to)
{
  *from = *to = word;
  bool begun = false;
  for (const char *at = word; *at != '\0'; at = g_utf8_next_char (at))
    if (g_unichar_isalnum (g_utf8_get_char (at)))
      {
        *from = begun ? *from : at;
        begun = true;
        *to = g_utf8_next_char (at);
      }
}

char *
extract_spelling_core (const char *word)
{
  const char *from, *to;
  core_of (word, &from, &to);
  return g_strndup (from, (gsize)(to - from));
}

/* Letters enough to be sure, figures fewer: a number is no word. */
static bool
is_worth_it (const char *core, glong least)
{
  glong letters = 0, others = 0, length = 0;
  for (const char *at = core; *at != '\0'; at = g_utf8_next_char (at), length++)
    {
      letters += g_unichar_isalpha (g_utf8_get_char (at));
      others += !g_unichar_isalpha (g_utf8_get_char (at));
    }
  return length >= least && length <= MOST_LETTERS && letters > others;
}

/* --- what no spelling allows --- */

/* Spanish has no gúe and no gúi: it is the diaeresis that was read as an accent. NULL when @word has none. */
static char *
mend_diaeresis (const char *word)
{
  if (strstr (word, "gúe") == NULL && strstr (word, "gúi") == NULL)
    return NULL;
  g_auto (GStrv) at_e = g_strsplit (word, "gúe", -1);
  g_autofree char *mended = g_strjoinv ("güe", at_e);
  g_auto (GStrv) at_i = g_strsplit (mended, "gúi", -1);
  return g_strjoinv ("güi", at_i);
}

/* What stands behind @sign at the end of @rest: nothing, or the 2 that may be its stroke or a number. NULL where it is
 * something else. */
static const char *
behind_sign (const char *rest, const char *sign)
{
  const char *behind = g_str_has_prefix (rest, sign) ? rest + strlen (sign) : NULL;
  return behind != NULL && (*behind == '\0' || strcmp (behind, "2") == 0) ? behind : NULL;
}

/* The raised o of "number", behind a bracket too, is read as another raised sign. NULL when @word is none of these. */
static char *
mend_number_sign (const char *word)
{
  const char *n = word + strspn (word, "(["), *rest = *n == 'n' || *n == 'N' ? n + 1 : n;
  bool point = *rest == '.';
  rest += rest != n && point;
  static const char *const raised[] = { "*", "\"", "?2", "?", "”", "%" };
  for (size_t i = 0; rest != n && i < G_N_ELEMENTS (raised); i++)
    {
      const char *behind = behind_sign (rest, raised[i]);
      if (behind != NULL)
        return g_strdup_printf ("%.*s%s%s", (int)(n + 1 - word), word, point ? ".º" : "°", behind);
    }
  return NULL;
}

/* French has œ before u and i, never æ; and one of the two where the engine saw both. NULL when @word has none. */
static char *
mend_ligature (const char *word)
{
  static const char *const wrong[][2] = { { "æœ", "œ" }, { "œæ", "œ" }, { "æu", "œu" }, { "æi", "œi" } };
  for (size_t i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      const char *at = strstr (word, wrong[i][0]);
      if (at != NULL)
        return g_strdup_printf ("%.*s%s%s", (int)(at - word), word, wrong[i][1], at + strlen (wrong[i][0]));
    }
  return NULL;
}

static char *
mend_signs (const char *word, const char *language)
{
  bool french = strcmp (language, "fr") == 0, spanish = strcmp (language, "es") == 0;
  char *mended = french || spanish ? mend_number_sign (word) : NULL;
  if (mended == NULL && spanish)
    mended = mend_diaeresis (word);
  return mended == NULL && french ? mend_ligature (word) : mended;
}

/* --- words --- */

static char *
mend_core (const char *core, const char *language, ExtractIsWord is_word, void *data)
{
  if (!is_worth_it (core, LEAST_ACCENTED) || is_word (core, language, data))
    return NULL;
  Search search = { .language = language, .is_word = is_word, .data = data };
  try_all_accents (&search, core);
  if (search.found == NULL && is_worth_it (core, LEAST_LETTERS))
    try_letters (&search, core);
  if (!search.several)
    return search.found;
  g_free (search.found);
  return NULL;
}

char *
extract_spelling_mend (const char *word, const char *language, bool sure, ExtractIsWord is_word, void *data)
{
  char *mended = mend_signs (word, language);
  bool broken = g_str_has_suffix (word, "-"); /* over the line end: half a word is in no dictionary */
  if (mended != NULL || sure || broken)
    return mended;
  const char *from, *to;
  core_of (word, &from, &to);
  g_autofree char *core = g_strndup (from, (gsize)(to - from));
  g_autofree char *found = mend_core (core, language, is_word, data);
  g_autofree char *head = g_strndup (word, (gsize)(from - word));
  return found != NULL ? g_strconcat (head, found, to, NULL) : NULL;
}
