/* Concepts as a vocabulary file. */
#include "cmd/skos.h"
#include <string.h>

#define COLUMNS 120

const char *const skos_languages[SKOS_LANGUAGES] = { "en", "fr", "es", "hu" };

int
skos_language (const char *language)
{
  for (int i = 0; i < SKOS_LANGUAGES; i++)
    if (strcmp (skos_languages[i], language) == 0)
      return i;
  return -1;
}

static void
label_clear (SkosLabel *label)
{
  g_free (label->text);
}

static void
implied_clear (SkosImplied *implied)
{
  g_free (implied->id);
  g_free (implied->scheme);
}

SkosConcept *
skos_concept_new (const char *id)
{
  SkosConcept *concept = g_new0 (SkosConcept, 1);
  concept->id = g_strdup (id);
  concept->labels = g_array_new (FALSE, FALSE, sizeof (SkosLabel));
  concept->implies = g_array_new (FALSE, FALSE, sizeof (SkosImplied));
  g_array_set_clear_func (concept->labels, (GDestroyNotify)label_clear);
  g_array_set_clear_func (concept->implies, (GDestroyNotify)implied_clear);
  return concept;
}

void
skos_concept_free (SkosConcept *concept)
{
  g_free (concept->id);
  g_free (concept->broader);
  g_free (concept->code);
  g_array_unref (concept->labels);
  g_array_unref (concept->implies);
  for (int i = 0; i < SKOS_LANGUAGES; i++)
    {
      g_free (concept->file_forms[i]);
      g_free (concept->folders[i]);
    }
  g_free (concept);
}

/* A label that is there already has the weight that was said last. */
void
skos_concept_add (SkosConcept *concept, LabelType type, int language, const char *text, double weight)
{
  for (guint i = 0; i < concept->labels->len; i++)
    {
      SkosLabel *label = &g_array_index (concept->labels, SkosLabel, i);
      if (label->type == type && label->language == language && strcmp (label->text, text) == 0)
        {
          label->weight = weight;
          return;
        }
    }
  SkosLabel label = { .type = type, .language = language, .text = g_strdup (text), .weight = weight };
  g_array_append_val (concept->labels, label);
}

static void
add_names (const Vocabulary *vocabulary, SkosConcept *to)
{
  to->code = g_strdup (vocabulary_code (vocabulary, to->id));
  for (int i = 0; i < SKOS_LANGUAGES; i++)
    {
      to->file_forms[i] = g_strdup (vocabulary_given_file_form (vocabulary, to->id, skos_languages[i]));
      to->folders[i] = g_strdup (vocabulary_folder_name (vocabulary, to->id, skos_languages[i]));
    }
}

/* The order of the canonical form. */
static gint
by_type (gconstpointer a, gconstpointer b)
{
  const SkosLabel *x = a, *y = b;
  if (x->type != y->type)
    return x->type < y->type ? -1 : 1;
  if (x->language != y->language)
    return x->language < y->language ? -1 : 1;
  return x->weight > y->weight ? -1 : x->weight < y->weight;
}

static SkosConcept *
concept_of (const Vocabulary *vocabulary, const Concept *from)
{
  SkosConcept *to = skos_concept_new (from->id);
  to->broader = g_strdup (from->broader);
  for (guint i = 0; i < from->labels->len; i++)
    {
      const Label *label = &g_array_index (from->labels, Label, i);
      skos_concept_add (to, label->type, skos_language (label->language), label->text, label->weight);
    }
  g_array_sort (to->labels, by_type);
  for (guint i = 0; i < from->implies->len; i++)
    {
      const Implied *implied = &g_array_index (from->implies, Implied, i);
      SkosImplied one = { .id = g_strdup (implied->id),
                          .scheme = g_strdup (vocabulary_concept (vocabulary, implied->id)->scheme),
                          .weight = implied->weight };
      g_array_append_val (to->implies, one);
    }
  add_names (vocabulary, to);
  return to;
}

GPtrArray *
skos_concepts_of (const Vocabulary *vocabulary, const char *scheme)
{
  const GPtrArray *from = vocabulary_concepts (vocabulary, scheme);
  GPtrArray *to = g_ptr_array_new_with_free_func ((GDestroyNotify)skos_concept_free);
  for (guint i = 0; i < from->len; i++)
    g_ptr_array_add (to, concept_of (vocabulary, from->pdata[i]));
  return to;
}

/* --- text --- */

/* Whether YAML reads @text as that very text without quotes, inside brackets too. */
static bool
is_plain (const char *text)
{
  static const char *const words[]
      = { "yes", "no", "true", "false", "null", "on", "off", "y", "n", "re", NULL }; /* of YAML 1.1 and 1.2 */
  g_autofree char *lower = g_ascii_strdown (text, -1);
  if (g_strv_contains (words, lower) || g_str_has_suffix (text, " "))
    return false;
  if (!g_unichar_isalpha (g_utf8_get_char (text)))
    return false;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (!g_unichar_isalnum (g_utf8_get_char (p)) && strchr (" '’*.-", *p) == NULL)
      return false;
  return true;
}

/* Control characters do not come in: they were blanks. */
static char *
quoted (const char *text)
{
  if (is_plain (text))
    return g_strdup (text);
  GString *out = g_string_new ("\"");
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"' || *p == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *p);
    }
  return g_string_free (g_string_append_c (out, '"'), FALSE);
}

static void
append_names (GString *out, const char *key, char *const *names)
{
  const char *before = "{";
  for (int i = 0; i < SKOS_LANGUAGES; i++)
    {
      if (names[i] == NULL)
        continue;
      g_autofree char *name = quoted (names[i]);
      if (*before == '{')
        g_string_append_printf (out, "    %s: ", key);
      g_string_append_printf (out, "%s%s: %s", before, skos_languages[i], name);
      before = ", ";
    }
  if (*before != '{')
    g_string_append (out, "}\n");
}

/* The names of a concept: the first preferred label in each language. */
static void
append_preferred (GString *out, const SkosConcept *concept)
{
  char *names[SKOS_LANGUAGES] = { NULL };
  for (guint i = concept->labels->len; i-- > 0;)
    {
      const SkosLabel *label = &g_array_index (concept->labels, SkosLabel, i);
      if (label->type == LABEL_PREFERRED)
        names[label->language] = label->text;
    }
  append_names (out, "label", names);
}

static gint
by_weight (gconstpointer a, gconstpointer b)
{
  double x = (*(SkosLabel *const *)a)->weight, y = (*(SkosLabel *const *)b)->weight;
  return x > y ? -1 : x < y;
}

/* The labels of a type and language, the weightiest first. Lent. */
static GPtrArray *
labels_of (const SkosConcept *concept, LabelType type, int language)
{
  GPtrArray *found = g_ptr_array_new ();
  for (guint i = 0; i < concept->labels->len; i++)
    {
      SkosLabel *label = &g_array_index (concept->labels, SkosLabel, i);
      if (label->type == type && label->language == language)
        g_ptr_array_add (found, label);
    }
  g_ptr_array_sort (found, by_weight);
  return found;
}

/* "[a, b, c]" of those from *@at on that have the same weight, in lines. */
static void
append_list (GString *out, const GPtrArray *labels, guint *at)
{
  gsize line = out->len;
  while (line > 0 && out->str[line - 1] != '\n')
    line--;
  gsize indent = strspn (out->str + line, " ") + 4;
  double weight = ((const SkosLabel *)labels->pdata[*at])->weight;
  g_string_append_c (out, '[');
  for (guint first = *at; *at < labels->len && ((const SkosLabel *)labels->pdata[*at])->weight == weight; ++*at)
    {
      g_autofree char *text = quoted (((const SkosLabel *)labels->pdata[*at])->text);
      if (*at > first)
        g_string_append (out, ", ");
      if (g_utf8_strlen (out->str + line, -1) + g_utf8_strlen (text, -1) + 2 > COLUMNS)
        {
          g_string_truncate (out, out->len - (*at > first ? 1 : 0)); /* the blank at the end of the line */
          g_string_append_printf (out, "\n%*s", (int)indent, "");
          line = out->len - indent;
        }
      g_string_append (out, text);
    }
  g_string_append (out, "]\n");
}

static void
append_type (GString *out, const SkosConcept *concept, LabelType type)
{
  bool headed = false;
  for (int i = 0; i < SKOS_LANGUAGES; i++)
    {
      char weight[G_ASCII_DTOSTR_BUF_SIZE];
      g_autoptr (GPtrArray) labels = labels_of (concept, type, i);
      if (labels->len == 0)
        continue;
      if (!headed)
        g_string_append_printf (out, "    %s:\n", vocab_type_name (type));
      headed = true;
      g_string_append_printf (out, "      %s:", skos_languages[i]);
      const SkosLabel *first = labels->pdata[0], *last = labels->pdata[labels->len - 1];
      if (first->weight == 1 && last->weight == 1)
        {
          guint at = 0;
          append_list (g_string_append_c (out, ' '), labels, &at);
          continue;
        }
      g_string_append_c (out, '\n');
      for (guint at = 0; at < labels->len;)
        {
          g_ascii_formatd (weight, sizeof weight, "%g", ((const SkosLabel *)labels->pdata[at])->weight);
          g_string_append_printf (out, "        %s: ", weight);
          append_list (out, labels, &at);
        }
    }
}

static void
append_implies (GString *out, const SkosConcept *concept)
{
  for (guint i = 0; i < concept->implies->len; i++)
    {
      const SkosImplied *implied = &g_array_index (concept->implies, SkosImplied, i);
      char weight[G_ASCII_DTOSTR_BUF_SIZE];
      g_ascii_formatd (weight, sizeof weight, "%g", implied->weight);
      g_string_append_printf (out, "%s%s: %s", i == 0 ? "    implies: {" : ", ", implied->id, weight);
    }
  if (concept->implies->len > 0)
    g_string_append (out, "}\n");
}

static void
append_concept (GString *out, const SkosConcept *concept)
{
  g_string_append_printf (out, "  %s:\n", concept->id);
  if (concept->broader != NULL)
    g_string_append_printf (out, "    broader: %s\n", concept->broader);
  append_preferred (out, concept);
  append_names (out, "file", concept->file_forms);
  append_implies (out, concept);
  for (LabelType type = LABEL_ALTERNATIVE; type <= LABEL_CUE; type++)
    append_type (out, concept, type);
}

static const SkosConcept *
find_concept (const GPtrArray *concepts, const char *id)
{
  for (guint i = 0; id != NULL && i < concepts->len; i++)
    if (strcmp (((const SkosConcept *)concepts->pdata[i])->id, id) == 0)
      return concepts->pdata[i];
  return NULL;
}

/* "delivery/late"; a circle is cut, which the vocabulary then refuses. */
static char *
path_of (const GPtrArray *concepts, const SkosConcept *concept)
{
  GString *path = g_string_new (concept->id);
  unsigned steps = 0;
  for (const SkosConcept *at = find_concept (concepts, concept->broader); at != NULL && steps++ < concepts->len;
       at = find_concept (concepts, at->broader))
    {
      g_string_prepend_c (path, '/');
      g_string_prepend (path, at->id);
    }
  return g_string_free (path, FALSE);
}

/* Folders stand in the taxonomy: here they are ready to be taken over there. */
static void
append_folders (GString *out, const GPtrArray *concepts)
{
  bool headed = false;
  for (guint i = 0; i < concepts->len; i++)
    {
      const SkosConcept *concept = concepts->pdata[i];
      if (concept->code == NULL)
        continue;
      if (!headed)
        g_string_append (out, "# Their folders, as in taxonomy/:\n");
      headed = true;
      g_autofree char *path = path_of (concepts, concept);
      g_autofree char *code = quoted (concept->code);
      g_string_append_printf (out, "#   %s: {code: %s", path, code);
      for (int k = 0; k < SKOS_LANGUAGES; k++)
        if (concept->folders[k] != NULL)
          {
            g_autofree char *name = quoted (concept->folders[k]);
            g_string_append_printf (out, ", %s: %s", skos_languages[k], name);
          }
      g_string_append (out, "}\n");
    }
}

char *
skos_yaml (const char *scheme, const GPtrArray *concepts)
{
  GString *out = g_string_new (NULL);
  g_string_append_printf (out, "scheme: %s\nconcepts:\n", scheme);
  for (guint i = 0; i < concepts->len; i++)
    append_concept (out, concepts->pdata[i]);
  append_folders (out, concepts);
  return g_string_free (out, FALSE);
}
