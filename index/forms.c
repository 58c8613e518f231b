#include "index/forms.h"
#include "base/text.h"
#include "index/stem.h"
#include <string.h>

/* Stemmers know endings only with their accents: reclamaciones gives reclam, reclamación too, but reclamacion stays
 * whole. Who writes without accents shall find the same pages, so a word has a second stem, which does not depend on
 * its accents: the shortest that any accenting of its last vowels gives. */

const char *const index_languages[] = { "en", "es", "fr", "hu", NULL };

enum
{
  LEXICON_WORDS = 50000,
  ACCENTED_VOWELS = 3,
  KEY_BYTES = 3, /* shorter stems bring unrelated words together */
};

struct IndexLexicon
{
  GHashTable *forms; /* "hu" + raw to IndexForms */
};

typedef struct
{
  const char *language;
  const char *accents[5]; /* of a e i o u: the letters that may stand for them in an ending */
} Accents;

static const Accents accents[] = {
  { "es", { "aá", "eé", "ií", "oó", "uú" } },
  { "fr", { "aâ", "eéè", "iî", "oô", "uû" } },
  { "hu", { "aá", "eé", "ií", "oóöő", "uúüű" } },
};
static const char vowels[] = "aeiou";

static void
forms_free (gpointer data)
{
  IndexForms *forms = data;
  g_free (forms->exact);
  g_free (forms->folded);
  for (int i = 0; i < INDEX_STEMS; i++)
    g_free (forms->stems[i]);
  g_free (forms);
}

IndexLexicon *
index_lexicon_new (void)
{
  IndexLexicon *lexicon = g_new0 (IndexLexicon, 1);
  lexicon->forms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, forms_free);
  return lexicon;
}

void
index_lexicon_free (IndexLexicon *lexicon)
{
  if (lexicon == NULL)
    return;
  g_hash_table_unref (lexicon->forms);
  g_free (lexicon);
}

/* Letters and digits of @text alone, at most INDEX_TERM_BYTES of them. */
static char *
letters_of (const char *text)
{
  GString *kept = g_string_new (NULL);
  for (const char *at = text; *at != '\0' && kept->len < INDEX_TERM_BYTES - 6; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      if (g_unichar_isalnum (c) || g_unichar_ismark (c))
        g_string_append_unichar (kept, c);
    }
  return g_string_free (kept, FALSE);
}

static char *
exact_form (const char *raw)
{
  g_autofree char *whole = g_utf8_casefold (raw, -1);
  g_autofree char *composed = g_utf8_normalize (whole, -1, G_NORMALIZE_ALL_COMPOSE);
  return letters_of (composed);
}

/* @word without the accents that the tables above can have put there. */
static char *
without_accents (const char *word)
{
  g_autofree char *folded = dk_fold (word);
  return letters_of (folded);
}

static void
keep_shorter (char **best, char *stem)
{
  gsize length = stem == NULL ? 0 : strlen (stem);
  bool shorter
      = length >= KEY_BYTES
        && (*best == NULL || length < strlen (*best) || (length == strlen (*best) && strcmp (stem, *best) < 0));
  if (!shorter)
    {
      g_free (stem);
      return;
    }
  g_free (*best);
  *best = stem;
}

/* Tries each accenting of @word from the byte @at backwards, with at most @left vowels yet to accent. */
static void
try_accents (const Accents *table, const char *word, gssize at, int left, char **best)
{
  while (at >= 0 && (word[at] == '\0' || strchr (vowels, word[at]) == NULL))
    at--;
  if (at < 0 || left == 0)
    {
      char *stem = index_stem (table->language, word);
      keep_shorter (best, stem);
      return;
    }
  for (const char *letter = table->accents[strchr (vowels, word[at]) - vowels]; *letter != '\0';
       letter = g_utf8_next_char (letter))
    {
      int bytes = (int)(g_utf8_next_char (letter) - letter);
      g_autofree char *accented = g_strdup_printf ("%.*s%.*s%s", (int)at, word, bytes, letter, word + at + 1);
      try_accents (table, accented, at - 1, left - 1, best);
    }
}

static char *
accentless_stem (const char *folded, const char *language)
{
  char *best = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (accents); i++)
    if (strcmp (accents[i].language, language) == 0 && g_str_is_ascii (folded))
      try_accents (&accents[i], folded, (gssize)strlen (folded) - 1, ACCENTED_VOWELS, &best);
  return best;
}

static void
add_stem (IndexForms *forms, const char *language, const char *stem)
{
  if (stem == NULL || *stem == '\0')
    return;
  g_autofree char *plain = without_accents (stem);
  g_autofree char *tagged = g_strconcat (language, plain, NULL);
  for (int i = 0; i < INDEX_STEMS; i++)
    {
      if (g_strcmp0 (forms->stems[i], tagged) == 0)
        return;
      if (forms->stems[i] == NULL)
        {
          forms->stems[i] = g_steal_pointer (&tagged);
          return;
        }
    }
}

static IndexForms *
make_forms (const char *raw, const char *language)
{
  IndexForms *forms = g_new0 (IndexForms, 1);
  forms->exact = exact_form (raw);
  forms->folded = without_accents (raw);
  bool stemmed = g_strv_contains (index_languages, language) && strpbrk (forms->folded, "0123456789") == NULL;
  if (!stemmed)
    return forms;
  g_autofree char *own = index_stem (language, forms->exact);
  g_autofree char *accentless
      = strcmp (language, "en") == 0 ? index_stem (language, forms->folded) : accentless_stem (forms->folded, language);
  add_stem (forms, language, own);
  add_stem (forms, language, accentless);
  return forms;
}

const IndexForms *
index_lexicon_forms (IndexLexicon *lexicon, const char *raw, const char *language)
{
  g_autofree char *key = g_strconcat (language, "\n", raw, NULL);
  IndexForms *forms = g_hash_table_lookup (lexicon->forms, key);
  if (forms == NULL)
    {
      if (g_hash_table_size (lexicon->forms) >= LEXICON_WORDS)
        g_hash_table_remove_all (lexicon->forms);
      forms = make_forms (raw, language);
      g_hash_table_insert (lexicon->forms, g_steal_pointer (&key), forms);
    }
  return *forms->folded == '\0' || *forms->exact == '\0' ? NULL : forms;
}
