#include "pipeline/lint.h"
#include "base/text.h"
#include <string.h>

#define SHORT_LETTERS 3  /* fewer before a * stand for too many words */
#define HIDDEN_LETTERS 5 /* letters with a label from which it is said that it never counts */
#define DEAD_EACH 5      /* more labels of a concept that stand nowhere are told together */
#define BROAD 0.25       /* share of letters in which a label tells nothing */
#define TELLING 0.9      /* … unless so many of them are of its own kind or subject */
#define EVEN_LETTERS 20  /* letters with a label from which its spread is judged */
#define EVEN 1.2         /* times as frequent as elsewhere its own kind or subject must be with it */

typedef struct
{
  const Vocabulary *vocabulary;
  char **languages;
  const PipelineLabels *labels;
  GPtrArray *words; /* by the number of the label: its words, NULL-terminated */
  GArray *found;    /* of PipelineLint */
} Lint;

static PipelineLint *
add (Lint *lint, const char *code, const YamlNode *place, const char *text)
{
  PipelineLint one = { .code = code, .place = place, .text = text, .other = "" };
  g_array_append_val (lint->found, one);
  return &g_array_index (lint->found, PipelineLint, lint->found->len - 1);
}

static PipelineLint *
add_pair (Lint *lint, const char *code, const Label *label, const Label *other)
{
  PipelineLint *one = add (lint, code, label->place, label->text);
  one->other = other->text;
  one->beside = other->place;
  return one;
}

static char **
words_of (const Lint *lint, const Label *label)
{
  return lint->words->pdata[label->no];
}

/* --- by itself --- */

static void
check_languages (Lint *lint, const Concept *concept)
{
  for (char **language = lint->languages; *language != NULL; language++)
    {
      bool named = false;
      for (guint i = 0; i < concept->labels->len && !named; i++)
        named = strcmp (g_array_index (concept->labels, Label, i).language, *language) == 0;
      if (!named)
        add (lint, "no_label", concept->place, concept->id)->other = *language;
    }
}

static void
check_words (Lint *lint, const Label *label)
{
  for (char **word = words_of (lint, label); *word != NULL; word++)
    {
      gsize bytes = strlen (*word);
      bool is_stem = bytes > 1 && (*word)[bytes - 1] == '*';
      if (is_stem && g_utf8_strlen (*word, -1) - 1 < SHORT_LETTERS)
        add (lint, "short", label->place, label->text);
    }
  if (strspn (label->text, "* ") == strlen (label->text))
    add (lint, "any", label->place, label->text);
}

/* Whether the word @a of a text, or every word that the stem @a stands for, is one that @b stands for. */
static bool
covers (const char *b, const char *a)
{
  gsize length = strlen (b);
  if (strcmp (b, "*") == 0 || strcmp (a, b) == 0)
    return true;
  return b[length - 1] == '*' && strncmp (a, b, length - 1) == 0 && strcmp (a, "*") != 0;
}

/* Whether the words of @inner stand in those of @outer, from word @at on. */
static bool
stands_at (char **inner, char **outer, guint at)
{
  for (; *inner != NULL; inner++, at++)
    if (outer[at] == NULL || !covers (*inner, outer[at]))
      return false;
  return true;
}

/* The same words a second time, or words that a stem beside them stands for anyway: of a concept only one counts. */
static void
check_concept (Lint *lint, const Concept *concept)
{
  for (guint i = 0; i < concept->labels->len; i++)
    for (guint j = 0; j < concept->labels->len; j++)
      {
        const Label *a = &g_array_index (concept->labels, Label, i), *b = &g_array_index (concept->labels, Label, j);
        char **words = words_of (lint, a), **others = words_of (lint, b);
        if (i == j || strcmp (a->language, b->language) != 0 || g_strv_length (words) != g_strv_length (others))
          continue;
        bool same = g_strv_equal ((const char *const *)words, (const char *const *)others);
        bool overrides = b->type == LABEL_PREFERRED && a->weight != b->weight; /* a name has no weight of its own */
        if (same && i > j && !overrides)
          add_pair (lint, "again", a, b);
        else if (!same && a->weight == b->weight && a->type != LABEL_PREFERRED && stands_at (others, words, 0))
          {
            add_pair (lint, "covered", a, b);
            break;
          }
      }
}

/* The same words under another concept of the scheme. @seen: words to label. */
static void
check_twice (Lint *lint, const Concept *concept, GHashTable *seen, GHashTable *owners)
{
  for (guint i = 0; i < concept->labels->len; i++)
    {
      const Label *label = &g_array_index (concept->labels, Label, i);
      g_autofree char *words = g_strjoinv (" ", words_of (lint, label));
      char *key = g_strconcat (label->language, " ", words, NULL);
      const Label *other = g_hash_table_lookup (seen, key);
      if (other == NULL)
        {
          g_hash_table_insert (seen, key, (Label *)label);
          g_hash_table_insert (owners, (Label *)label, (Concept *)concept);
          continue;
        }
      g_free (key);
      const Concept *owner = g_hash_table_lookup (owners, other);
      if (owner != concept)
        {
          PipelineLint *one = add_pair (lint, "twice", label, other);
          one->other = owner->id;
        }
    }
}

/* Whether some text holds the words of @outer, and in it, from word @at on, those of @inner. */
static bool
may_stand_at (char **inner, char **outer, guint at)
{
  for (; *inner != NULL; inner++, at++)
    if (outer[at] == NULL || !(covers (*inner, outer[at]) || covers (outer[at], *inner)))
      return false;
  return true;
}

/* A shorter label of its scheme, or one of its own concept in the same place. */
static bool
hides_something (const Lint *lint, const GPtrArray *concepts, const Concept *concept, const Label *zero)
{
  char **outer = words_of (lint, zero);
  guint length = g_strv_length (outer);
  for (guint i = 0; i < concepts->len; i++)
    {
      const GArray *labels = ((const Concept *)concepts->pdata[i])->labels;
      for (guint j = 0; j < labels->len; j++)
        {
          const Label *label = &g_array_index (labels, Label, j);
          char **inner = words_of (lint, label);
          guint within = g_strv_length (inner);
          bool comes_into_question = within < length || (within == length && concepts->pdata[i] == concept);
          if (label->weight == 0 || !comes_into_question || strcmp (label->language, zero->language) != 0)
            continue;
          for (guint at = 0; at + within <= length; at++)
            if (may_stand_at (inner, outer, at))
              return true;
        }
    }
  return false;
}

static void
check_weights (Lint *lint, const GPtrArray *concepts, const Concept *concept)
{
  bool is_sign = strcmp (concept->scheme, "sign") == 0;
  for (guint i = 0; i < concept->labels->len; i++)
    {
      const Label *label = &g_array_index (concept->labels, Label, i);
      if (is_sign && label->weight != 1 && label->weight != 0)
        add (lint, "weight", label->place, label->text);
      if (label->weight == 0 && !hides_something (lint, concepts, concept, label))
        add (lint, "zero", label->place, label->text);
    }
}

/* Concepts that a newer docket reads by and the store's files lack. */
static void
check_completed (Lint *lint, const char *scheme)
{
  const GPtrArray *concepts = vocabulary_concepts (lint->vocabulary, scheme);
  for (guint i = 0; i < concepts->len; i++)
    {
      const Concept *concept = concepts->pdata[i];
      if (concept->completed)
        add (lint, PIPELINE_LINT_COMPLETED, concept->place, concept->id)->other = concept->scheme;
    }
}

static void
check_scheme (Lint *lint, const char *scheme)
{
  const GPtrArray *concepts = vocabulary_concepts (lint->vocabulary, scheme);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) owners = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < concepts->len; i++)
    {
      const Concept *concept = concepts->pdata[i];
      check_languages (lint, concept);
      for (guint j = 0; j < concept->labels->len; j++)
        check_words (lint, &g_array_index (concept->labels, Label, j));
      check_concept (lint, concept);
      check_twice (lint, concept, seen, owners);
      check_weights (lint, concepts, concept);
    }
}

/* --- against the letters --- */

/* A label of weight @hits that points to its own no more than chance does. */
static void
check_spread (Lint *lint, const PipelineLabelHits *hits, unsigned letters)
{
  const Concept *top = vocabulary_top (lint->vocabulary, hits->concept);
  unsigned own = pipeline_labels_of (lint->labels, top->scheme, top->id, hits->label->language);
  double usual = own / (double)letters, share = hits->own / (double)MAX (1, hits->counted);
  if (hits->counted < EVEN_LETTERS || hits->label->weight <= 0 || share >= MIN (usual * EVEN, TELLING))
    return;
  PipelineLint *one = add (lint, "even", hits->label->place, hits->label->text);
  one->other = top->id;
  one->count = hits->counted;
  one->share = share;
  one->usual = usual;
}

static void
check_breadth (Lint *lint, const PipelineLabelHits *hits, unsigned letters)
{
  bool decides = strcmp (hits->concept->scheme, "kind") == 0 || strcmp (hits->concept->scheme, "subject") == 0;
  if (!decides || hits->label->weight == 0)
    return;
  if (hits->counted <= letters * BROAD || hits->own >= hits->counted * TELLING)
    {
      check_spread (lint, hits, letters);
      return;
    }
  PipelineLint *one = add (lint, "broad", hits->label->place, hits->label->text);
  one->count = hits->counted;
  one->of = letters;
}

/* A name for people need not stand in any letter. */
static bool
is_dead (const PipelineLabelHits *hits)
{
  return hits->found == 0 && hits->label->type != LABEL_PREFERRED;
}

/* The labels of @concept in @language that stand in none of @letters. */
static void
check_dead (Lint *lint, const Concept *concept, const char *language, unsigned letters)
{
  g_autoptr (GPtrArray) dead = g_ptr_array_new ();
  for (guint i = 0; i < concept->labels->len; i++)
    {
      const Label *label = &g_array_index (concept->labels, Label, i);
      if (strcmp (label->language, language) == 0
          && is_dead (&g_array_index (lint->labels->labels, PipelineLabelHits, label->no)))
        g_ptr_array_add (dead, (Label *)label);
    }
  bool together = dead->len > DEAD_EACH;
  for (guint i = 0; i < (together ? MIN (1, dead->len) : dead->len); i++)
    {
      const Label *label = dead->pdata[i];
      PipelineLint *one = add (lint, together ? "dead_many" : "dead", label->place, label->text);
      one->other = concept->id;
      one->count = dead->len - 1;
      one->of = letters;
    }
}

static void
check_all_dead (Lint *lint, const char *scheme)
{
  static const char *const languages[] = { "en", "fr", "es", "hu" };
  const GPtrArray *concepts = vocabulary_concepts (lint->vocabulary, scheme);
  for (gsize k = 0; k < G_N_ELEMENTS (languages); k++)
    {
      unsigned letters = pipeline_labels_in (lint->labels, languages[k]);
      for (guint i = 0; i < concepts->len && letters >= PIPELINE_LINT_LETTERS; i++)
        check_dead (lint, concepts->pdata[i], languages[k], letters);
    }
}

static void
check_hits (Lint *lint, const PipelineLabelHits *hits)
{
  unsigned letters = pipeline_labels_in (lint->labels, hits->label->language);
  if (letters < PIPELINE_LINT_LETTERS || hits->found == 0)
    return;
  if (hits->counted > 0 || hits->hider == 0)
    {
      check_breadth (lint, hits, letters);
      return;
    }
  const Label *hider = g_array_index (lint->labels->labels, PipelineLabelHits, hits->hider - 1).label;
  if (hits->found >= HIDDEN_LETTERS)
    add_pair (lint, "hidden", hits->label, hider)->count = hits->found;
}

/* --- all --- */

static gint
by_place (gconstpointer a, gconstpointer b)
{
  const PipelineLint *x = a, *y = b;
  return yaml_compare (x->place, y->place);
}

static void
cut_words (Lint *lint)
{
  g_autoptr (PipelineLabels) labels = pipeline_labels_new (lint->vocabulary);
  for (guint i = 0; i < labels->labels->len; i++)
    g_ptr_array_add (lint->words, dk_label_words (g_array_index (labels->labels, PipelineLabelHits, i).label->text));
}

GArray *
pipeline_lint (const Vocabulary *vocabulary, char **languages, const PipelineLabels *labels)
{
  Lint lint = { .vocabulary = vocabulary, .languages = languages, .labels = labels };
  lint.words = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  lint.found = g_array_new (FALSE, FALSE, sizeof (PipelineLint));
  cut_words (&lint);
  for (const char *const *scheme = vocabulary_schemes (vocabulary); *scheme != NULL; scheme++)
    {
      check_completed (&lint, *scheme);
      if (strcmp (*scheme, VOCABULARY_FIELD) == 0)
        continue;
      check_scheme (&lint, *scheme);
      if (labels != NULL)
        check_all_dead (&lint, *scheme);
    }
  for (guint i = 0; labels != NULL && i < labels->labels->len; i++)
    check_hits (&lint, &g_array_index (labels->labels, PipelineLabelHits, i));
  g_ptr_array_unref (lint.words);
  g_array_sort (lint.found, by_place);
  return lint.found;
}
