/* What a SKOS file says of one concept. */
#include "base/text.h"
#include "cmd/skos_read.h"
#include <string.h>

int
skos_language_of (const SkosRead *read, const SkosTriple *triple)
{
  if (triple->language == NULL)
    return read->language;
  g_autofree char *code = g_ascii_strdown (triple->language, -1);
  code[strcspn (code, "-_")] = '\0';
  return skos_language (code);
}

/* In one line, without control characters. Owned by the caller. */
static char *
clean (const char *text)
{
  g_autofree char *nfc = dk_nfc (text);
  GString *out = g_string_new (NULL);
  for (const char *p = nfc; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      bool blank = g_unichar_isspace (c) || g_unichar_iscntrl (c);
      if (blank && (out->len == 0 || out->str[out->len - 1] == ' '))
        continue;
      if (blank)
        g_string_append_c (out, ' ');
      else
        g_string_append_unichar (out, c);
    }
  g_strchomp (out->str);
  return g_string_free (out, FALSE);
}

static bool
read_type (const char *name, LabelType *type)
{
  for (int i = LABEL_ALTERNATIVE; name != NULL && i <= LABEL_CUE; i++)
    if (strcmp (vocab_type_name ((LabelType)i), name) == 0)
      {
        *type = (LabelType)i;
        return true;
      }
  return false;
}

static double
read_weight (const SkosRead *read, const char *subject, double low, double otherwise)
{
  const char *text = skos_object_of (read, subject, SKOS_TERMS "weight");
  char *end = NULL;
  double weight = text != NULL ? g_ascii_strtod (text, &end) : otherwise;
  bool good = text == NULL || (end != text && *end == '\0' && weight >= low && weight <= 10);
  return good ? weight : otherwise;
}

static bool
is_called (const SkosConcept *concept, int language, const char *text)
{
  for (guint i = 0; i < concept->labels->len; i++)
    {
      const SkosLabel *label = &g_array_index (concept->labels, SkosLabel, i);
      if (label->type == LABEL_PREFERRED && label->language == language && strcmp (label->text, text) == 0)
        return true;
    }
  return false;
}

static bool
has_label (const SkosConcept *concept, LabelType type, int language)
{
  for (guint i = 0; i < concept->labels->len; i++)
    {
      const SkosLabel *label = &g_array_index (concept->labels, SkosLabel, i);
      if (label->type == type && label->language == language)
        return true;
    }
  return false;
}

/* Whether the triple @subject @predicate @like stands in the file, language included. */
static bool
says_text (const SkosRead *read, const char *subject, const char *predicate, const SkosTriple *like)
{
  const GPtrArray *triples = skos_triples_of (read, subject);
  for (guint i = 0; triples != NULL && i < triples->len; i++)
    {
      const SkosTriple *triple = triples->pdata[i];
      if (strcmp (triple->predicate, predicate) == 0 && strcmp (triple->object, like->object) == 0
          && g_strcmp0 (triple->language, like->language) == 0)
        return true;
    }
  return false;
}

static void
take_label (const SkosRead *read, SkosConcept *concept, const SkosTriple *triple, LabelType type, double weight)
{
  g_autofree char *text = clean (triple->object);
  int language = skos_language_of (read, triple);
  if (*text != '\0' && language >= 0)
    skos_concept_add (concept, type, language, text, weight);
}

/* The labels whose type and weight are told, of those that SKOS knows; noted in @told. */
static void
take_annotation (const SkosRead *read, SkosConcept *concept, const char *subject, const char *node, GHashTable *told)
{
  const GPtrArray *triples = skos_triples_of (read, node);
  LabelType type;
  if (triples == NULL || !read_type (skos_object_of (read, node, SKOS_TERMS "type"), &type))
    return;
  const char *property = type == LABEL_ALTERNATIVE || type == LABEL_ABBREVIATION ? SKOS "altLabel" : SKOS "hiddenLabel";
  for (guint i = 0; i < triples->len; i++)
    {
      const SkosTriple *triple = triples->pdata[i];
      if (!skos_is_term (triple->predicate, SKOS_TERMS, "text") || !says_text (read, subject, property, triple))
        continue;
      take_label (read, concept, triple, type, read_weight (read, node, -10, 1));
      g_hash_table_add (told, g_strdup_printf ("%s %s %s", property, triple->language != NULL ? triple->language : "",
                                               triple->object));
    }
}

static void
take_plain (const SkosRead *read, SkosConcept *concept, const SkosTriple *triple, GHashTable *told)
{
  LabelType type = skos_is_term (triple->predicate, SKOS, "prefLabel")  ? LABEL_PREFERRED
                   : skos_is_term (triple->predicate, SKOS, "altLabel") ? LABEL_ALTERNATIVE
                                                                        : LABEL_MISSPELLING;
  int language = skos_language_of (read, triple);
  g_autofree char *key = g_strdup_printf ("%s %s %s", triple->predicate,
                                          triple->language != NULL ? triple->language : "", triple->object);
  if (language < 0)
    read->left->languages++;
  else if (!g_hash_table_contains (told, key))
    {
      /* of two countries, say: the second is another word where it differs */
      bool second = type == LABEL_PREFERRED && has_label (concept, LABEL_PREFERRED, language);
      if (!second || !is_called (concept, language, triple->object))
        take_label (read, concept, triple, second ? LABEL_ALTERNATIVE : type, 1);
    }
}

/* A concept that has no preferred label is called by its first other one. */
static void
name_concept (SkosConcept *concept)
{
  for (int i = 0; i < SKOS_LANGUAGES; i++)
    if (has_label (concept, LABEL_PREFERRED, i))
      return;
  for (guint i = 0; i < concept->labels->len; i++)
    {
      SkosLabel *label = &g_array_index (concept->labels, SkosLabel, i);
      if (label->type == LABEL_ALTERNATIVE)
        {
          label->type = LABEL_PREFERRED;
          return;
        }
    }
}

void
skos_take_labels (const SkosRead *read, SkosConcept *concept, const char *subject)
{
  static const char *const words[] = { "prefLabel", "altLabel", "hiddenLabel" };
  const GPtrArray *triples = skos_triples_of (read, subject);
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < triples->len; i++)
    {
      const SkosTriple *triple = triples->pdata[i];
      if (skos_is_term (triple->predicate, SKOS_TERMS, "labels"))
        take_annotation (read, concept, subject, triple->object, told);
    }
  for (gsize w = 0; w < G_N_ELEMENTS (words); w++)
    for (guint i = 0; i < triples->len; i++)
      {
        const SkosTriple *triple = triples->pdata[i];
        if (skos_is_term (triple->predicate, SKOS, words[w]) && triple->literal)
          take_plain (read, concept, triple, told);
      }
  name_concept (concept);
}

/* --- names and links --- */

void
skos_take_names (const SkosRead *read, SkosConcept *concept, const char *subject)
{
  const GPtrArray *triples = skos_triples_of (read, subject);
  for (guint i = 0; i < triples->len; i++)
    {
      const SkosTriple *triple = triples->pdata[i];
      bool is_form = skos_is_term (triple->predicate, SKOS_TERMS, "fileForm");
      bool is_folder = skos_is_term (triple->predicate, SKOS_TERMS, "folder");
      int language = is_form || is_folder ? skos_language_of (read, triple) : -1;
      char **name = language < 0 ? NULL : is_form ? &concept->file_forms[language] : &concept->folders[language];
      if (name != NULL && *name == NULL)
        *name = clean (triple->object);
    }
  const char *code = skos_object_of (read, subject, SKOS "notation");
  concept->code = code != NULL ? clean (code) : NULL;
}

void
skos_take_implied (const SkosRead *read, SkosConcept *concept, const char *subject)
{
  const GPtrArray *triples = skos_triples_of (read, subject);
  for (guint i = 0; i < triples->len; i++)
    {
      const SkosTriple *triple = triples->pdata[i];
      const char *target = skos_is_term (triple->predicate, SKOS_TERMS, "implies")
                               ? skos_object_of (read, triple->object, SKOS_TERMS "concept")
                               : NULL;
      if (target == NULL)
        continue;
      const char *id = g_hash_table_lookup (read->ids, target);
      SkosImplied one = { .id = id != NULL ? g_strdup (id) : skos_slug (skos_local_name (target)),
                          .scheme = g_strdup (""),
                          .weight = read_weight (read, triple->object, 0, 1) };
      g_array_append_val (concept->implies, one);
    }
}
