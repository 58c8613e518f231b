/* What a SKOS file says, as concepts of a vocabulary: of ours exactly, of others what the vocabulary has a place for.
 */
#include "cmd/skos_read.h"
#include <string.h>

static bool
says (const SkosRead *read, const char *subject, const char *predicate, const char *object)
{
  const GPtrArray *triples = skos_triples_of (read, subject);
  for (guint i = 0; triples != NULL && i < triples->len; i++)
    {
      const SkosTriple *triple = triples->pdata[i];
      if (strcmp (triple->predicate, predicate) == 0 && strcmp (triple->object, object) == 0)
        return true;
    }
  return false;
}

static void
sort_by_subject (SkosRead *read, const GPtrArray *graph)
{
  for (guint i = 0; i < graph->len; i++)
    {
      SkosTriple *triple = graph->pdata[i];
      GPtrArray *triples = g_hash_table_lookup (read->by_subject, triple->subject);
      if (triples == NULL)
        {
          triples = g_ptr_array_new ();
          g_hash_table_insert (read->by_subject, triple->subject, triples);
          g_ptr_array_add (read->subjects, triple->subject);
        }
      g_ptr_array_add (triples, triple);
    }
}

/* --- names --- */

/* A label for naming: the English one, else any. */
static const char *
some_label (const SkosRead *read, const char *subject)
{
  const GPtrArray *triples = skos_triples_of (read, subject);
  const char *found = NULL;
  for (guint i = 0; triples != NULL && i < triples->len; i++)
    {
      const SkosTriple *triple = triples->pdata[i];
      if (!skos_is_term (triple->predicate, SKOS, "prefLabel") || !triple->literal)
        continue;
      if (found == NULL || (triple->language != NULL && g_str_has_prefix (triple->language, "en")))
        found = triple->object;
    }
  return found;
}

/* An id that nobody has yet. A name of an address that is a mere number, "c_4711", tells people nothing. */
static char *
id_of (const SkosRead *read, const char *subject)
{
  g_autofree char *id = skos_slug (skos_local_name (subject));
  gsize letters = strspn (id, "abcdefghijklmnopqrstuvwxyz");
  bool is_number = letters <= 2 && strspn (id + letters, "0123456789-") == strlen (id + letters);
  const char *label = some_label (read, subject);
  if ((is_number || g_str_has_prefix (subject, "_:")) && label != NULL)
    {
      g_free (id);
      id = skos_slug (label);
    }
  if (*id == '\0')
    {
      g_free (id);
      id = g_strdup ("concept");
    }
  g_autofree char *whole = g_strdup (id);
  for (unsigned n = 2; g_hash_table_contains (read->taken, whole); n++)
    {
      g_free (whole);
      whole = g_strdup_printf ("%s-%u", id, n);
    }
  return g_steal_pointer (&whole);
}

/* --- schemes --- */

static void
add_scheme (GPtrArray *schemes, char *iri)
{
  if (!g_ptr_array_find_with_equal_func (schemes, iri, g_str_equal, NULL))
    g_ptr_array_add (schemes, iri);
}

/* Everything that is called or used as a scheme. Lent. */
static GPtrArray *
find_schemes (const GPtrArray *graph)
{
  GPtrArray *schemes = g_ptr_array_new ();
  for (guint i = 0; i < graph->len; i++)
    {
      const SkosTriple *triple = graph->pdata[i];
      if (skos_is_term (triple->predicate, SKOS_RDF, "type") && skos_is_term (triple->object, SKOS, "ConceptScheme"))
        add_scheme (schemes, triple->subject);
      else if (skos_is_term (triple->predicate, SKOS, "hasTopConcept"))
        add_scheme (schemes, triple->subject);
      else if (skos_is_term (triple->predicate, SKOS, "inScheme")
               || skos_is_term (triple->predicate, SKOS, "topConceptOf"))
        add_scheme (schemes, triple->object);
    }
  return schemes;
}

/* "kind subject", to be freed. */
static char *
scheme_names (const GPtrArray *schemes)
{
  GString *names = g_string_new (NULL);
  for (guint i = 0; i < schemes->len; i++)
    {
      g_autofree char *name = skos_slug (skos_local_name (schemes->pdata[i]));
      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", name);
    }
  return g_string_free (names, FALSE);
}

/* The scheme to read, NULL where the file names none; its name goes to *@name. */
static bool
choose_scheme (const SkosRead *read, const GPtrArray *schemes, const char *wanted, const char **chosen, char **name,
               GError **error)
{
  g_autofree char *names = scheme_names (schemes);
  *chosen = schemes->len == 1 ? schemes->pdata[0] : NULL;
  for (guint i = 0; i < schemes->len && schemes->len > 1 && wanted != NULL; i++)
    {
      g_autofree char *local = skos_slug (skos_local_name (schemes->pdata[i]));
      if (strcmp (local, wanted) == 0)
        *chosen = schemes->pdata[i];
    }
  if (schemes->len > 1 && *chosen == NULL)
    return dk_throw (error, DK_ERROR_CONFIG,
                     "%s:1:1: this file has several concept schemes; choose one by --scheme: %s", read->file, names);
  if (schemes->len == 0 && wanted == NULL)
    return dk_throw (error, DK_ERROR_CONFIG, "%s:1:1: this file names no concept scheme; give it a name by --scheme",
                     read->file);
  *name = wanted != NULL ? skos_slug (wanted) : skos_slug (skos_local_name (*chosen));
  return true;
}

static bool
is_in (const SkosRead *read, const char *subject, const char *scheme)
{
  if (!says (read, subject, SKOS_RDF "type", SKOS "Concept")
      && skos_triple_of (read, subject, SKOS "prefLabel") == NULL)
    return false;
  if (scheme == NULL || strcmp (subject, scheme) == 0)
    return scheme == NULL;
  bool tells = skos_triple_of (read, subject, SKOS "inScheme") != NULL
               || skos_triple_of (read, subject, SKOS "topConceptOf") != NULL;
  return !tells || says (read, subject, SKOS "inScheme", scheme) || says (read, subject, SKOS "topConceptOf", scheme);
}

/* --- concepts --- */

static void
take_broader (const SkosRead *read, SkosConcept *concept, const char *id)
{
  bool known = g_strcmp0 (concept->broader, id) == 0;
  if (id == NULL || (concept->broader != NULL && !known))
    read->left->broader++;
  else if (!known)
    concept->broader = g_strdup (id);
}

/* Told from below by broader, or from above by narrower. @by_address: of the concepts. */
static void
take_links (const SkosRead *read, GHashTable *by_address, const GPtrArray *graph)
{
  for (guint i = 0; i < graph->len; i++)
    {
      const SkosTriple *triple = graph->pdata[i];
      bool up = skos_is_term (triple->predicate, SKOS, "broader"),
           down = skos_is_term (triple->predicate, SKOS, "narrower");
      SkosConcept *concept
          = up || down ? g_hash_table_lookup (by_address, up ? triple->subject : triple->object) : NULL;
      if (concept != NULL)
        take_broader (read, concept, g_hash_table_lookup (read->ids, up ? triple->object : triple->subject));
    }
}

static SkosConcept *
read_concept (const SkosRead *read, const char *subject)
{
  SkosConcept *concept = skos_concept_new (g_hash_table_lookup (read->ids, subject));
  skos_take_labels (read, concept, subject);
  skos_take_names (read, concept, subject);
  skos_take_implied (read, concept, subject);
  return concept;
}

static bool
check_circles (const SkosRead *read, const GPtrArray *concepts, GError **error)
{
  g_autoptr (GHashTable) broader = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < concepts->len; i++)
    {
      const SkosConcept *concept = concepts->pdata[i];
      g_hash_table_insert (broader, concept->id, concept->broader);
    }
  for (guint i = 0; i < concepts->len; i++)
    {
      const char *at = ((const SkosConcept *)concepts->pdata[i])->id;
      for (guint steps = 0; at != NULL; steps++, at = g_hash_table_lookup (broader, at))
        if (steps > concepts->len)
          return dk_throw (error, DK_ERROR_CONFIG, "%s:1:1: the concept %s is broader than itself", read->file, at);
    }
  return true;
}

/* Whether any label of @subject is in a language of ours. */
static bool
is_named (const SkosRead *read, const char *subject)
{
  const GPtrArray *triples = skos_triples_of (read, subject);
  for (guint i = 0; i < triples->len; i++)
    {
      const SkosTriple *triple = triples->pdata[i];
      bool names
          = skos_is_term (triple->predicate, SKOS, "prefLabel") || skos_is_term (triple->predicate, SKOS, "altLabel");
      if (names && triple->literal && skos_language_of (read, triple) >= 0)
        return true;
    }
  return false;
}

/* The concepts of @scheme get their ids before any refers to another. In the order of the file; lent. */
static GPtrArray *
give_ids (const SkosRead *read, const char *scheme)
{
  GPtrArray *members = g_ptr_array_new ();
  for (guint i = 0; i < read->subjects->len; i++)
    {
      char *subject = read->subjects->pdata[i];
      if (!is_in (read, subject, scheme))
        continue;
      if (!is_named (read, subject))
        {
          read->left->nameless++;
          continue;
        }
      char *id = id_of (read, subject);
      g_hash_table_add (read->taken, id);
      g_hash_table_insert (read->ids, subject, id);
      g_ptr_array_add (members, subject);
    }
  return members;
}

static GPtrArray *
read_scheme (const SkosRead *read, const GPtrArray *graph, const char *scheme)
{
  g_autoptr (GPtrArray) members = give_ids (read, scheme);
  g_autoptr (GHashTable) by_address = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *concepts = g_ptr_array_new_with_free_func ((GDestroyNotify)skos_concept_free);
  for (guint i = 0; i < members->len; i++)
    {
      SkosConcept *concept = read_concept (read, members->pdata[i]);
      g_ptr_array_add (concepts, concept);
      g_hash_table_insert (by_address, members->pdata[i], concept);
      read->left->labels += concept->labels->len;
    }
  take_links (read, by_address, graph);
  read->left->concepts = concepts->len;
  return concepts;
}

GPtrArray *
skos_read (const char *file, const GPtrArray *graph, const char *scheme, int language, char **name, SkosLeft *left,
           GError **error)
{
  g_autoptr (GHashTable) by_subject
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)g_ptr_array_unref);
  g_autoptr (GPtrArray) subjects = g_ptr_array_new ();
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) schemes = find_schemes (graph);
  SkosRead read = { .file = file,
                    .by_subject = by_subject,
                    .subjects = subjects,
                    .ids = ids,
                    .taken = taken,
                    .language = language,
                    .left = left };
  const char *chosen;
  *left = (SkosLeft){ 0 };
  sort_by_subject (&read, graph);
  if (!choose_scheme (&read, schemes, scheme, &chosen, name, error))
    return NULL;
  g_autoptr (GPtrArray) concepts = read_scheme (&read, graph, chosen);
  if (concepts->len > 0)
    return check_circles (&read, concepts, error) ? g_steal_pointer (&concepts) : NULL;
  dk_throw (error, DK_ERROR_CONFIG, "%s:1:1: the scheme has no concept with a label in en, fr, es or hu", file);
  return NULL;
}
