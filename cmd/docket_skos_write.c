/* A vocabulary as Turtle. */
#include "cmd/skos.h"
#include <serd/serd.h>
#include <string.h>

typedef struct
{
  SerdWriter *writer;
  const char *scheme;
  unsigned blanks; /* nodes without a name so far */
} Out;

static size_t
to_string (const void *bytes, size_t size, void *string)
{
  g_string_append_len (string, bytes, (gssize)size);
  return size;
}

static SerdNode
node (SerdType type, const char *text)
{
  return serd_node_from_string (type, (const uint8_t *)text);
}

/* @language and @type may be NULL. */
static void
put (Out *out, SerdStatementFlags flags, const SerdNode *subject, const char *predicate, const SerdNode *object,
     const char *language, const char *type)
{
  SerdNode verb = node (SERD_URI, predicate), tag = node (SERD_LITERAL, language), datatype = node (SERD_URI, type);
  serd_writer_write_statement (out->writer, flags, NULL, subject, &verb, object, type != NULL ? &datatype : NULL,
                               language != NULL ? &tag : NULL);
}

static void
put_text (Out *out, SerdStatementFlags flags, const SerdNode *subject, const char *predicate, const char *text,
          const char *language)
{
  SerdNode object = node (SERD_LITERAL, text);
  put (out, flags, subject, predicate, &object, language, NULL);
}

static void
put_link (Out *out, SerdStatementFlags flags, const SerdNode *subject, const char *predicate, const char *iri)
{
  SerdNode object = node (SERD_URI, iri);
  put (out, flags, subject, predicate, &object, NULL, NULL);
}

static void
put_weight (Out *out, const SerdNode *subject, double weight)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  SerdNode object = node (SERD_LITERAL, g_ascii_formatd (text, sizeof text, "%g", weight));
  put (out, SERD_ANON_CONT, subject, SKOS_TERMS "weight", &object, NULL, SKOS_XSD "decimal");
}

/* A node without a name begins as the object of @predicate; its name goes to @name. */
static SerdNode
open_blank (Out *out, const SerdNode *subject, const char *predicate, char name[static 16])
{
  g_snprintf (name, 16, "b%u", ++out->blanks);
  SerdNode blank = node (SERD_BLANK, name);
  put (out, SERD_ANON_O_BEGIN, subject, predicate, &blank, NULL, NULL);
  return blank;
}

static char *
concept_iri (const char *scheme, const char *id)
{
  return g_strconcat (SKOS_SCHEME, scheme, "#", id, NULL);
}

static const char *
property_of (LabelType type)
{
  switch (type)
    {
    case LABEL_PREFERRED:
      return SKOS "prefLabel";
    case LABEL_ALTERNATIVE:
    case LABEL_ABBREVIATION:
      return SKOS "altLabel";
    default:
      return SKOS "hiddenLabel";
    }
}

/* Labels of the type and weight of the one at @first, which is the first of them. */
static void
put_annotation (Out *out, const SerdNode *subject, const GArray *labels, guint first)
{
  const SkosLabel *like = &g_array_index (labels, SkosLabel, first);
  char name[16];
  SerdNode blank = open_blank (out, subject, SKOS_TERMS "labels", name);
  put_text (out, SERD_ANON_CONT, &blank, SKOS_TERMS "type", vocab_type_name (like->type), NULL);
  put_weight (out, &blank, like->weight);
  for (guint i = first; i < labels->len; i++)
    {
      const SkosLabel *label = &g_array_index (labels, SkosLabel, i);
      if (label->type == like->type && label->weight == like->weight)
        put_text (out, SERD_ANON_CONT, &blank, SKOS_TERMS "text", label->text, skos_languages[label->language]);
    }
  serd_writer_end_anon (out->writer, &blank);
}

/* What is not clear from the property alone, each type and weight once. */
static void
put_annotations (Out *out, const SerdNode *subject, const GArray *labels)
{
  for (guint i = 0; i < labels->len; i++)
    {
      const SkosLabel *label = &g_array_index (labels, SkosLabel, i);
      bool known = label->type == LABEL_PREFERRED || (label->type == LABEL_ALTERNATIVE && label->weight == 1);
      for (guint j = 0; j < i && !known; j++)
        {
          const SkosLabel *before = &g_array_index (labels, SkosLabel, j);
          known = before->type == label->type && before->weight == label->weight;
        }
      if (!known)
        put_annotation (out, subject, labels, i);
    }
}

static void
put_names (Out *out, const SerdNode *subject, const SkosConcept *concept)
{
  if (concept->code != NULL)
    put_text (out, 0, subject, SKOS "notation", concept->code, NULL);
  for (int i = 0; i < SKOS_LANGUAGES; i++)
    if (concept->file_forms[i] != NULL)
      put_text (out, 0, subject, SKOS_TERMS "fileForm", concept->file_forms[i], skos_languages[i]);
  for (int i = 0; i < SKOS_LANGUAGES; i++)
    if (concept->folders[i] != NULL)
      put_text (out, 0, subject, SKOS_TERMS "folder", concept->folders[i], skos_languages[i]);
}

static void
put_implied (Out *out, const SerdNode *subject, const SkosImplied *implied)
{
  char name[16];
  g_autofree char *iri = concept_iri (implied->scheme, implied->id);
  SerdNode blank = open_blank (out, subject, SKOS_TERMS "implies", name);
  put_link (out, SERD_ANON_CONT, &blank, SKOS_TERMS "concept", iri);
  put_weight (out, &blank, implied->weight);
  serd_writer_end_anon (out->writer, &blank);
}

/* Both directions, for those who read only one. */
static void
put_narrower (Out *out, const SerdNode *subject, const SkosConcept *concept, const GPtrArray *all)
{
  for (guint i = 0; i < all->len; i++)
    {
      const SkosConcept *other = all->pdata[i];
      g_autofree char *iri = concept_iri (out->scheme, other->id);
      if (g_strcmp0 (other->broader, concept->id) == 0)
        put_link (out, 0, subject, SKOS "narrower", iri);
    }
}

static void
put_concept (Out *out, const SkosConcept *concept, const GPtrArray *all, const char *scheme_iri)
{
  g_autofree char *iri = concept_iri (out->scheme, concept->id);
  g_autofree char *broader = concept->broader != NULL ? concept_iri (out->scheme, concept->broader) : NULL;
  SerdNode subject = node (SERD_URI, iri);
  put_link (out, 0, &subject, SKOS_RDF "type", SKOS "Concept");
  put_link (out, 0, &subject, SKOS "inScheme", scheme_iri);
  if (broader != NULL)
    put_link (out, 0, &subject, SKOS "broader", broader);
  else
    put_link (out, 0, &subject, SKOS "topConceptOf", scheme_iri);
  put_narrower (out, &subject, concept, all);
  for (guint i = 0; i < concept->labels->len; i++)
    {
      const SkosLabel *label = &g_array_index (concept->labels, SkosLabel, i);
      put_text (out, 0, &subject, property_of (label->type), label->text, skos_languages[label->language]);
    }
  put_names (out, &subject, concept);
  for (guint i = 0; i < concept->implies->len; i++)
    put_implied (out, &subject, &g_array_index (concept->implies, SkosImplied, i));
  put_annotations (out, &subject, concept->labels);
}

static void
put_scheme (Out *out, const Vocabulary *vocabulary, const char *scheme)
{
  g_autoptr (GPtrArray) concepts = skos_concepts_of (vocabulary, scheme);
  g_autofree char *iri = g_strconcat (SKOS_SCHEME, scheme, NULL);
  SerdNode subject = node (SERD_URI, iri);
  out->scheme = scheme;
  put_link (out, 0, &subject, SKOS_RDF "type", SKOS "ConceptScheme");
  for (guint i = 0; i < concepts->len; i++)
    {
      const SkosConcept *concept = concepts->pdata[i];
      g_autofree char *top = concept_iri (scheme, concept->id);
      if (concept->broader == NULL)
        put_link (out, 0, &subject, SKOS "hasTopConcept", top);
    }
  for (guint i = 0; i < concepts->len; i++)
    put_concept (out, concepts->pdata[i], concepts, iri);
}

static void
add_prefix (SerdEnv *env, SerdWriter *writer, const char *name, const char *iri)
{
  SerdNode prefix = node (SERD_LITERAL, name), uri = node (SERD_URI, iri);
  serd_env_set_prefix (env, &prefix, &uri);
  serd_writer_set_prefix (writer, &prefix, &uri);
}

char *
skos_turtle (const Vocabulary *vocabulary, const char *const *schemes)
{
  GString *text = g_string_new (NULL);
  SerdEnv *env = serd_env_new (NULL);
  SerdWriter *writer
      = serd_writer_new (SERD_TURTLE, SERD_STYLE_ABBREVIATED | SERD_STYLE_CURIED, env, NULL, to_string, text);
  Out out = { .writer = writer };
  add_prefix (env, writer, "skos", SKOS);
  add_prefix (env, writer, "xsd", SKOS_XSD);
  add_prefix (env, writer, "docket", SKOS_TERMS);
  for (const char *const *scheme = vocabulary_schemes (vocabulary); *scheme != NULL; scheme++)
    {
      g_autofree char *iri = g_strconcat (SKOS_SCHEME, *scheme, "#", NULL);
      add_prefix (env, writer, *scheme, iri);
    }
  for (; *schemes != NULL; schemes++)
    put_scheme (&out, vocabulary, *schemes);
  serd_writer_finish (writer);
  serd_writer_free (writer);
  serd_env_free (env);
  return g_string_free (text, FALSE);
}
