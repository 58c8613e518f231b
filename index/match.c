#include "index/match.h"
#include "base/messages.h"
#include "base/text.h"
#include "index/index.h"
#include "index/terms.h"
#include "index/words.h"
#include <string.h>

/* A page with the very form typed earns all three weights, one with other accents two, one with another ending one. */
static const double exact_weight = 2.0, stem_weight = 0.3;

enum
{
  WILDCARD_LETTERS = 3,
  NUMBER_DIGITS = 4, /* "covid-19" is a word, "A-4711" a number */
};

void *
index_refuse (GError **error, const char *key, const char *types, ...)
{
  va_list args;
  va_start (args, types);
  g_autofree char *full = g_strconcat ("refuse.query.", key, NULL);
  g_autofree char *sentence = dk_message_v (dk_spoken (), full, types, args);
  va_end (args);
  g_set_error_literal (error, INDEX_ERROR, INDEX_ERROR_QUERY, sentence);
  return NULL;
}

static void
mark (Match *match, const char *prefix, const char *word)
{
  if (!match->excluded)
    g_hash_table_add (match->query->marks, g_strconcat (prefix, word, NULL));
}

/* Notes that pages must hold @raw, so that it can be told when none does. */
static void
require (Match *match, const char *prefix, const char *raw)
{
  const QueryWord word = { .prefix = prefix, .raw = g_strdup (raw) };
  if (match->excluded)
    g_free (word.raw);
  else
    g_array_append_val (match->query->words, word);
}

static QueryNode *
prefixed (const char *prefix, const char *word)
{
  g_autofree char *term = g_strconcat (prefix, word, NULL);
  return query_node (QUERY_TERM, term);
}

static QueryNode *
scaled (double weight, QueryNode *child)
{
  if (child == NULL)
    return NULL;
  QueryNode *node = query_add (query_node (QUERY_SCALE, NULL), child);
  node->weight = weight;
  return node;
}

/* The stems of @raw in every language, since a query does not say in which it is written. */
static QueryNode *
stems_of (Match *match, const char *raw)
{
  QueryNode *stems = query_node (QUERY_OR, NULL);
  for (const char *const *language = index_languages; *language != NULL; language++)
    {
      const IndexForms *forms = index_lexicon_forms (match->lexicon, raw, *language);
      for (int i = 0; forms != NULL && i < INDEX_STEMS && forms->stems[i] != NULL; i++)
        {
          mark (match, INDEX_TERM_STEM, forms->stems[i]);
          query_add (stems, prefixed (INDEX_TERM_STEM, forms->stems[i]));
        }
    }
  return query_simplify (stems);
}

static unsigned
count_digits (const char *word)
{
  unsigned digits = 0;
  for (; *word != '\0'; word++)
    digits += g_ascii_isdigit (*word);
  return digits;
}

/* Whether the words @first to before @end were typed as one number, with hyphens alone in it. */
static bool
is_number (const GArray *words, guint first, guint end)
{
  unsigned digits = 0;
  for (guint i = first; i < end; i++)
    {
      const IndexWord *word = &g_array_index (words, IndexWord, i);
      if (word->joined)
        continue;
      unsigned own = count_digits (word->raw);
      if ((i > first && word->link != INDEX_LINK_HYPHEN) || (own == 0 && strlen (word->raw) > INDEX_NUMBER_LETTERS))
        return false;
      digits += own;
    }
  return digits >= NUMBER_DIGITS;
}

/* The words of @phrase stand for a number, which is neither the beginning nor the end of a longer one. */
static void
close_number (QueryNode *phrase)
{
  QueryNode *first = phrase->children->pdata[0], *last = phrase->children->pdata[phrase->children->len - 1];
  g_autofree char *begin = g_steal_pointer (&first->term), *end = g_steal_pointer (&last->term);
  first->term = g_strconcat (INDEX_TERM_BEGIN, begin, NULL);
  last->term = g_strconcat (INDEX_TERM_END, end, NULL);
}

/* "AB1234567" may be printed "AB 1234567". */
static QueryNode *
split_at_digits (const char *folded)
{
  QueryNode *phrase = query_node (QUERY_PHRASE, NULL);
  for (const char *at = folded; *at != '\0';)
    {
      const char *end = at + 1;
      while (*end != '\0' && !g_ascii_isdigit (*end) == !g_ascii_isdigit (*at))
        end++;
      g_autofree char *part = g_strndup (at, (gsize)(end - at));
      query_add (phrase, query_node (QUERY_TERM, part));
      at = end;
    }
  if (phrase->children->len > 1)
    {
      if (count_digits (folded) >= NUMBER_DIGITS)
        close_number (phrase);
      return phrase;
    }
  query_node_free (phrase);
  return NULL;
}

static QueryNode *
match_word (Match *match, const char *raw)
{
  const IndexForms *forms = index_lexicon_forms (match->lexicon, raw, "und");
  if (forms == NULL)
    return NULL;
  mark (match, "", forms->folded);
  require (match, INDEX_TERM_EXACT, raw);
  QueryNode *any = query_node (QUERY_OR, NULL);
  query_add (any, scaled (exact_weight, prefixed (INDEX_TERM_EXACT, forms->exact)));
  query_add (any, query_node (QUERY_TERM, forms->folded));
  query_add (any, split_at_digits (forms->folded));
  return query_add (any, scaled (stem_weight, stems_of (match, raw)));
}

/* The words from @first to before @end as a phrase, with @number as a number of its own; pages with the exact forms
 * come first. */
static QueryNode *
phrase_of (Match *match, const GArray *words, guint first, guint end, bool number)
{
  g_autoptr (QueryNode) phrase = query_node (QUERY_PHRASE, NULL);
  g_autoptr (QueryNode) exact = query_node (QUERY_AND, NULL);
  for (guint i = first; i < end; i++)
    {
      const IndexWord *word = &g_array_index (words, IndexWord, i);
      const IndexForms *forms = word->joined ? NULL : index_lexicon_forms (match->lexicon, word->raw, "und");
      if (forms == NULL)
        continue;
      mark (match, "", forms->folded);
      require (match, INDEX_TERM_EXACT, word->raw);
      query_add (phrase, query_node (QUERY_TERM, forms->folded));
      query_add (exact, prefixed (INDEX_TERM_EXACT, forms->exact));
    }
  if (number && phrase->children->len > 1)
    close_number (phrase);
  QueryNode *plain = query_simplify (g_steal_pointer (&phrase));
  if (plain == NULL)
    return NULL;
  QueryNode *node = query_add (query_node (QUERY_MAYBE, NULL), plain);
  return query_add (node, scaled (exact_weight, query_simplify (g_steal_pointer (&exact))));
}

/* Words linked by marks: as printed, or in one piece without the marks. */
static QueryNode *
match_linked (Match *match, const GArray *words, guint first, guint end)
{
  g_autoptr (GString) whole = g_string_new (NULL);
  for (guint i = first; i < end; i++)
    if (!g_array_index (words, IndexWord, i).joined)
      g_string_append (whole, g_array_index (words, IndexWord, i).raw);
  bool number = is_number (words, first, end);
  QueryNode *any = query_add (query_node (QUERY_OR, NULL), phrase_of (match, words, first, end, number));
  const IndexForms *forms = index_lexicon_forms (match->lexicon, whole->str, "und");
  if (forms == NULL)
    return query_simplify (any);
  mark (match, "", forms->folded);
  query_add (any, query_node (QUERY_TERM, forms->folded));
  return query_simplify (any);
}

/* Of "l'abonnement" or "customer's" the long part must be there and may be inflected; the letter beside it may be
 * absent. */
static QueryNode *
match_part (Match *match, const GArray *words, guint first, guint end, QueryNode *optional)
{
  const IndexWord *word = &g_array_index (words, IndexWord, first);
  if (end - first > 1)
    return match_linked (match, words, first, end);
  if (words->len == 1 || g_utf8_strlen (word->raw, -1) > 1)
    return match_word (match, word->raw);
  query_add (optional, match_word (match, word->raw));
  return NULL;
}

QueryNode *
match_chunk (Match *match, const char *chunk)
{
  g_autoptr (GArray) words = index_words (chunk);
  QueryNode *all = query_node (QUERY_AND, NULL), *optional = query_node (QUERY_AND, NULL);
  guint first = 0;
  for (guint i = 1; i <= words->len; i++)
    {
      const IndexWord *word = i < words->len ? &g_array_index (words, IndexWord, i) : NULL;
      if (word != NULL && (word->joined || word->link != INDEX_LINK_APOSTROPHE))
        continue;
      query_add (all, match_part (match, words, first, i, optional));
      first = i;
    }
  QueryNode *must = query_simplify (all), *may = query_simplify (optional);
  if (must == NULL || may == NULL)
    return must == NULL ? may : must;
  return query_add (query_add (query_node (QUERY_MAYBE, NULL), must), may);
}

QueryNode *
match_phrase (Match *match, const char *text)
{
  g_autoptr (GArray) words = index_words (text);
  if (words->len == 1)
    return match_chunk (match, text);
  return phrase_of (match, words, 0, words->len, false);
}

static char *
wildcard_start (const char *start, GError **error)
{
  g_autofree char *folded = dk_fold (start);
  GString *letters = g_string_new (NULL);
  for (const char *at = folded; *at != '\0' && letters->len < INDEX_TERM_BYTES; at = g_utf8_next_char (at))
    if (g_unichar_isalnum (g_utf8_get_char (at)))
      g_string_append_unichar (letters, g_utf8_get_char (at));
  if (g_utf8_strlen (letters->str, -1) >= WILDCARD_LETTERS)
    return g_string_free (letters, FALSE);
  g_string_free (letters, TRUE);
  index_refuse (error, "letters", "d", WILDCARD_LETTERS);
  return NULL;
}

QueryNode *
match_wildcard (Match *match, const char *start, GError **error)
{
  char *letters = wildcard_start (start, error);
  if (letters == NULL)
    return NULL;
  QueryNode *node = query_node (QUERY_WILDCARD, letters);
  if (match->excluded)
    g_free (letters);
  else
    g_ptr_array_add (match->query->prefixes, letters);
  return node;
}

/* In a field every word of a phrase has its place, but an open last word has none: it stands beside the phrase. */
QueryNode *
match_field (Match *match, const char *prefix, const char *text, GError **error)
{
  g_autofree char *closed = g_strdup (text);
  bool open = g_str_has_suffix (closed, "*");
  if (open)
    closed[strlen (closed) - 1] = '\0';
  g_autoptr (GArray) words = index_words (closed);
  g_autoptr (QueryNode) phrase = query_node (QUERY_PHRASE, NULL);
  g_autofree char *last = NULL;
  for (guint i = 0; i < words->len; i++)
    {
      const IndexWord *word = &g_array_index (words, IndexWord, i);
      const IndexForms *forms = word->joined ? NULL : index_lexicon_forms (match->lexicon, word->raw, "und");
      if (forms == NULL)
        continue;
      if (last != NULL)
        query_add (phrase, prefixed (prefix, last));
      if (!open || i + 1 < words->len)
        require (match, prefix, word->raw);
      g_free (last);
      last = g_strdup (forms->folded);
    }
  if (last != NULL && !open)
    query_add (phrase, prefixed (prefix, last));
  QueryNode *node = query_simplify (g_steal_pointer (&phrase));
  if (!open)
    return node;
  g_autofree char *letters = wildcard_start (last == NULL ? "" : last, error);
  if (letters == NULL)
    {
      query_node_free (node);
      return NULL;
    }
  g_autofree char *start = g_strconcat (prefix, letters, NULL);
  QueryNode *both = query_add (query_node (QUERY_AND, NULL), node);
  return query_simplify (query_add (both, query_node (QUERY_WILDCARD, start)));
}
