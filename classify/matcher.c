#include "classify/matcher.h"
#include "base/text.h"
#include "classify/language_tables.h"
#include "classify/matcher_edges.h"
#include <math.h>
#include <string.h>

/* A mended word counts a little less than one that was read well. */
#define MENDED 0.8
/* Words and stems shorter than this are never mended: too many others are near. */
#define MENDED_LETTERS 7
#define MENDED_MOST 40

typedef struct
{
  const Concept *concept;
  const Label *label;
  guint next; /* of the same node, as in first_leaves */
} Leaf;

/* A stem; of two that differ in one letter, one half is the same. */
typedef struct
{
  const char *text;
  size_t length;
  guint symbol;
  guint before[2]; /* the one before it with the same hash of its first half, of its second; 0: none */
} Near;

/* Symbols are the words and stems of the labels, numbered from 1; node 0 is the root. An edge is (node, symbol). */
struct ClassifyMatcher
{
  GHashTable *exact;     /* word to symbol */
  GHashTable *stems;     /* beginning to symbol */
  GArray *near;          /* of Near, from 1: stems for which a word may be mended */
  GHashTable *halves[2]; /* a hash of that half of a stem to the last of near that has it */
  ClassifyEdges edges;
  GArray *first_leaves; /* by node: of guint, its first leaf, counted from 1; 0: none */
  GArray *leaves;       /* of Leaf */
  guint symbols;
  guint any;               /* the symbol of the lone *, 0 when no label has one */
  guint shortest, longest; /* stems, in bytes */
};

typedef struct
{
  guint symbol;
  bool mended;
} Taken;

/* Of one half of the @length letters at @text. */
static gpointer
half_key (const char *text, size_t length, guint half)
{
  size_t middle = length / 2, to = half == 0 ? middle : length;
  guint hash = (guint)length;
  for (size_t i = half == 0 ? 0 : middle; i < to; i++)
    hash = (hash ^ (guchar)text[i]) * 16777619u;
  return GUINT_TO_POINTER (hash);
}

/* @text is lent for as long as there is a @matcher. */
static void
add_near (ClassifyMatcher *matcher, const char *text, size_t length, guint symbol)
{
  if (length < MENDED_LETTERS || length > MENDED_MOST)
    return;
  Near near = { .text = text, .length = length, .symbol = symbol };
  for (guint half = 0; half < 2; half++)
    {
      gpointer key = half_key (text, length, half);
      near.before[half] = GPOINTER_TO_UINT (g_hash_table_lookup (matcher->halves[half], key));
      g_hash_table_insert (matcher->halves[half], key, GUINT_TO_POINTER (matcher->near->len + 1));
    }
  g_array_append_val (matcher->near, near);
}

/* Takes the star from a stem. */
static guint
symbol_of (ClassifyMatcher *matcher, char *word)
{
  size_t length = strlen (word);
  if (g_str_equal (word, "*"))
    return matcher->any != 0 ? matcher->any : (matcher->any = ++matcher->symbols);
  bool stem = word[length - 1] == '*';
  length -= stem ? 1 : 0;
  word[length] = '\0';
  GHashTable *table = stem ? matcher->stems : matcher->exact;
  guint symbol = GPOINTER_TO_UINT (g_hash_table_lookup (table, word));
  if (symbol != 0)
    return symbol;
  symbol = ++matcher->symbols;
  char *text = g_strdup (word);
  if (stem)
    {
      matcher->shortest = MIN (matcher->shortest, (guint)length);
      matcher->longest = MAX (matcher->longest, (guint)length);
      add_near (matcher, text, length, symbol);
    }
  g_hash_table_insert (table, text, GUINT_TO_POINTER (symbol));
  return symbol;
}

static guint
follow_or_grow (ClassifyMatcher *matcher, guint node, guint symbol)
{
  const guint none = 0;
  guint next = classify_edges_follow (&matcher->edges, node, symbol);
  if (next != 0)
    return next;
  next = matcher->first_leaves->len;
  g_array_append_val (matcher->first_leaves, none);
  classify_edges_add (&matcher->edges, node, symbol, next);
  return next;
}

/* The same words twice for a concept and language: what the file says last counts. */
static void
put_leaf (ClassifyMatcher *matcher, guint node, const Concept *concept, const Label *label)
{
  guint *end = &g_array_index (matcher->first_leaves, guint, node);
  while (*end != 0)
    {
      Leaf *leaf = &g_array_index (matcher->leaves, Leaf, *end - 1);
      if (leaf->concept == concept && g_str_equal (leaf->label->language, label->language))
        {
          leaf->label = label;
          return;
        }
      end = &leaf->next;
    }
  *end = matcher->leaves->len + 1;
  Leaf leaf = { .concept = concept, .label = label };
  g_array_append_val (matcher->leaves, leaf);
}

static void
add_label (ClassifyMatcher *matcher, const Concept *concept, const Label *label)
{
  g_auto (GStrv) words = dk_label_words (label->text);
  guint node = 0;
  for (char **word = words; *word != NULL; word++)
    node = follow_or_grow (matcher, node, symbol_of (matcher, *word));
  if (node != 0)
    put_leaf (matcher, node, concept, label);
}

ClassifyMatcher *
classify_matcher_new (const Vocabulary *vocabulary, const char *scheme)
{
  ClassifyMatcher *matcher = g_new0 (ClassifyMatcher, 1);
  matcher->exact = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  matcher->stems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  matcher->near = g_array_new (FALSE, FALSE, sizeof (Near));
  for (guint half = 0; half < 2; half++)
    matcher->halves[half] = g_hash_table_new (NULL, NULL);
  classify_edges_init (&matcher->edges);
  matcher->leaves = g_array_new (FALSE, FALSE, sizeof (Leaf));
  matcher->first_leaves = g_array_new (FALSE, TRUE, sizeof (guint));
  g_array_set_size (matcher->first_leaves, 1);
  matcher->shortest = G_MAXUINT;
  const GPtrArray *concepts = vocabulary_concepts (vocabulary, scheme);
  for (guint i = 0; i < concepts->len; i++)
    {
      const Concept *concept = concepts->pdata[i];
      for (guint j = 0; j < concept->labels->len; j++)
        add_label (matcher, concept, &g_array_index (concept->labels, Label, j));
    }
  return matcher;
}

void
classify_matcher_free (ClassifyMatcher *matcher)
{
  if (matcher == NULL)
    return;
  g_hash_table_unref (matcher->exact);
  g_hash_table_unref (matcher->stems);
  g_array_unref (matcher->near);
  for (guint half = 0; half < 2; half++)
    g_hash_table_unref (matcher->halves[half]);
  classify_edges_clear (&matcher->edges);
  g_array_unref (matcher->leaves);
  g_array_unref (matcher->first_leaves);
  g_free (matcher);
}

static void
take (GArray *taken, guint symbol, bool mended)
{
  Taken one = { .symbol = symbol, .mended = mended };
  if (symbol != 0)
    g_array_append_val (taken, one);
}

/* Whether two letters look alike in print. */
static bool
look_alike (char a, char b)
{
  static const char *const groups[]
      = { "1iljtf", "o0cea", "s58a", "nuhrm", "b6h8", "g9q", "vyu", "z27", "tfrl", "dcl", "wv" };
  for (size_t i = 0; i < G_N_ELEMENTS (groups); i++)
    if (a != b && strchr (groups[i], a) != NULL && strchr (groups[i], b) != NULL)
      return true;
  return false;
}

/* Words that are right as they stand, beside the common ones, though a label is one letter away. A word with one of
 * these beginnings is not mended. */
static bool
is_real_word (const char *word)
{
  static const char *const real[]
      = { "abonad",    "adresson", "delicias", "despegu",   "despego", "emballage", "ertesit", "excedent", "feltolt",
          "insistent", "parlai",   "pregunt",  "producing", "recarga", "szerver",   "tramita", "ugyintez", "verifia" };
  for (size_t i = 0; i < G_N_ELEMENTS (real); i++)
    if (g_str_has_prefix (word, real[i]))
      return true;
  return classify_language_is_common (word);
}

/* The place of the one letter in which @word begins otherwise than @near, which is not its first; 0 where there is no
 * such. */
static size_t
other_letter (const Near *near, const char *word, size_t length)
{
  size_t place = 0;
  if (near->length != length || near->text[0] != word[0])
    return 0;
  for (size_t i = 1; i < length; i++)
    if (near->text[i] != word[i])
      {
        if (place != 0)
          return 0;
        place = i;
      }
  return place;
}

/* Of the stems that differ from the first @length letters of @word in one, by the place of that, the first there is. */
static void
find_near (const ClassifyMatcher *matcher, const char *word, size_t length, const Near **found)
{
  for (guint half = 0; half < 2; half++)
    {
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (matcher->halves[half], half_key (word, length, half)));
      while (n != 0)
        {
          const Near *near = &g_array_index (matcher->near, Near, n - 1);
          size_t place = other_letter (near, word, length);
          if (place != 0 && (found[place] == NULL || near < found[place]))
            found[place] = near;
          n = near->before[half];
        }
    }
}

/* One letter read wrongly: the beginnings of @word that are a stem but for a letter that looks like it. */
static void
take_near (const ClassifyMatcher *matcher, const char *word, size_t length, GArray *taken)
{
  size_t most = MIN (length, MENDED_MOST);
  for (size_t end = MENDED_LETTERS; end <= most; end++)
    {
      const Near *found[MENDED_MOST] = { NULL };
      find_near (matcher, word, end, found);
      for (size_t i = 1; i < end; i++)
        {
          if (found[i] == NULL || !look_alike (found[i]->text[i], word[i]))
            continue;
          if (!is_real_word (word))
            take (taken, found[i]->symbol, true);
          return;
        }
    }
}

/* The symbols that @word takes, of Taken; @sure as in ClassifyWord. Owned by the caller. */
static GArray *
symbols_of_word (const ClassifyMatcher *matcher, const char *word, bool sure)
{
  GArray *taken = g_array_new (FALSE, FALSE, sizeof (Taken));
  char buffer[130];
  size_t length = strlen (word);
  take (taken, GPOINTER_TO_UINT (g_hash_table_lookup (matcher->exact, word)), false);
  size_t most = MIN (length, MIN ((size_t)matcher->longest, sizeof buffer - 1));
  for (size_t end = most; end >= matcher->shortest && end > 0; end--)
    {
      memcpy (buffer, word, end);
      buffer[end] = '\0';
      take (taken, GPOINTER_TO_UINT (g_hash_table_lookup (matcher->stems, buffer)), false);
    }
  if (taken->len == 0 && !sure)
    take_near (matcher, word, length, taken);
  take (taken, matcher->any, false);
  return taken;
}

/* The walk from one word on; @depth is bounded by the longest label. */
typedef struct
{
  const ClassifyMatcher *matcher;
  GArray *(*taken)[3]; /* by word: of Taken; the whole word's and, where it is broken, those of its parts, else NULL */
  guint n, from;
  const char *language;
  GArray *found;
} Walk;

static void walk (const Walk *way, guint node, guint at, bool mended);

/* "self-" and "service", parted by a line end, also read as the two words of a label. */
static void
walk_parts (const Walk *way, guint node, guint at, bool mended)
{
  const GArray *first = way->taken[at][1], *second = way->taken[at][2];
  for (guint i = 0; first != NULL && i < first->len; i++)
    {
      const Taken *one = &g_array_index (first, Taken, i);
      guint middle = classify_edges_follow (&way->matcher->edges, node, one->symbol);
      for (guint j = 0; middle != 0 && j < second->len; j++)
        {
          const Taken *other = &g_array_index (second, Taken, j);
          guint next = classify_edges_follow (&way->matcher->edges, middle, other->symbol);
          if (next != 0)
            walk (way, next, at + 1, mended || one->mended || other->mended);
        }
    }
}

static void
note_leaves (const Walk *way, guint node, guint at, bool mended)
{
  const ClassifyMatcher *matcher = way->matcher;
  guint next = g_array_index (matcher->first_leaves, guint, node);
  while (next != 0 && way->found->len < CLASSIFY_MATCHES_MAX)
    {
      const Leaf *leaf = &g_array_index (matcher->leaves, Leaf, next - 1);
      next = leaf->next;
      if (way->language != NULL && !g_str_equal (leaf->label->language, way->language))
        continue;
      ClassifyMatch match = { .concept = leaf->concept,
                              .label = leaf->label,
                              .from = way->from,
                              .to = at,
                              .weight = leaf->label->weight * (mended ? MENDED : 1) };
      g_array_append_val (way->found, match);
    }
}

static void
walk (const Walk *way, guint node, guint at, bool mended)
{
  note_leaves (way, node, at, mended);
  if (at >= way->n)
    return;
  const GArray *taken = way->taken[at][0];
  for (guint i = 0; i < taken->len; i++)
    {
      const Taken *one = &g_array_index (taken, Taken, i);
      guint next = classify_edges_follow (&way->matcher->edges, node, one->symbol);
      if (next != 0)
        walk (way, next, at + 1, mended || one->mended);
    }
  walk_parts (way, node, at, mended);
}

static gint
by_place (gconstpointer a, gconstpointer b)
{
  const ClassifyMatch *x = a, *y = b;
  if (x->from != y->from)
    return x->from < y->from ? -1 : 1;
  return x->to == y->to ? 0 : x->to > y->to ? -1 : 1;
}

/* A label's words stand in one sentence of one page. */
static bool
stands_together (const ClassifyWords *words, const ClassifyMatch *match)
{
  const ClassifyWord *first = &g_array_index (words->words, ClassifyWord, match->from);
  const ClassifyWord *last = &g_array_index (words->words, ClassifyWord, match->to - 1);
  return first->sentence == last->sentence;
}

/* Drops what lies inside a longer match; of a concept's labels at the same place one that hides stays, else the
 * weightiest. @found is sorted by place, longest first, so that a match is hidden when one before it reaches as far and
 * is longer. */
static GArray *
without_hidden (const GArray *found, const ClassifyWords *words)
{
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (ClassifyMatch));
  guint reach = 0, reach_length = 0;
  for (guint i = 0; i < found->len; i++)
    {
      const ClassifyMatch *match = &g_array_index (found, ClassifyMatch, i);
      guint length = match->to - match->from;
      if ((match->to <= reach && length < reach_length) || !stands_together (words, match))
        continue;
      ClassifyMatch *last = kept->len == 0 ? NULL : &g_array_index (kept, ClassifyMatch, kept->len - 1);
      if (last != NULL && last->concept == match->concept && last->from == match->from && last->to == match->to)
        {
          if (last->weight != 0 && (match->weight == 0 || fabs (match->weight) > fabs (last->weight)))
            *last = *match;
          continue;
        }
      if (match->to > reach || length > reach_length)
        {
          reach = match->to;
          reach_length = length;
        }
      g_array_append_val (kept, *match);
    }
  return kept;
}

/* Every label that stands in @words, by place, the longest first. */
static GArray *
find_all (const ClassifyMatcher *matcher, const ClassifyWords *words, const char *language)
{
  guint n = words->words->len;
  GArray *found = g_array_new (FALSE, FALSE, sizeof (ClassifyMatch));
  g_autofree GArray *(*taken)[3] = g_malloc0 ((n + 1) * sizeof *taken);
  for (guint i = 0; i < n; i++)
    {
      const ClassifyWord *word = &g_array_index (words->words, ClassifyWord, i);
      taken[i][0] = symbols_of_word (matcher, word->text, word->sure);
      for (guint part = 0; part < 2 && word->parts[1] != NULL; part++)
        taken[i][part + 1] = symbols_of_word (matcher, word->parts[part], true);
    }
  for (guint i = 0; i < n; i++)
    walk (&(Walk){ matcher, taken, n, i, language, found }, 0, i, false);
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < 3 && taken[i][j] != NULL; j++)
      g_array_unref (taken[i][j]);
  g_array_sort (found, by_place);
  return found;
}

GArray *
classify_matcher_run (const ClassifyMatcher *matcher, const ClassifyWords *words, const char *language)
{
  g_autoptr (GArray) found = find_all (matcher, words, language);
  return without_hidden (found, words);
}

GArray *
classify_matcher_run_all (const ClassifyMatcher *matcher, const ClassifyWords *words, const char *language)
{
  GArray *found = find_all (matcher, words, language);
  for (guint i = found->len; i-- > 0;)
    if (!stands_together (words, &g_array_index (found, ClassifyMatch, i)))
      g_array_remove_index (found, i);
  return found;
}
