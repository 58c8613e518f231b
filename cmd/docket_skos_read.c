/* What a SKOS file says, as concepts of a vocabulary: of ours exactly, of others what the vocabulary has a place for.
 */
#include "base/text.h"
#include "cmd/skos.h"
#include <string.h>

typedef struct
{
  const char *file;
  GHashTable *by_subject; /* to a GPtrArray of SkosTriple, in the order of the file; lent */
  GPtrArray *subjects;    /* in the order of the file; lent */
  GHashTable *ids;        /* address of a concept of the scheme to its id */
  GHashTable *taken;      /* ids */
  int language;           /* of labels that tell none */
  SkosLeft *left;
} Read;

static bool
is_term (const char *iri, const char *space, const char *word)
{
  gsize length = strlen (space);
  return strncmp (iri, space, length) == 0 && strcmp (iri + length, word) == 0;
}

static const GPtrArray *
triples_of (const Read *read, const char *subject)
{
  return g_hash_table_lookup (read->by_subject, subject);
}

/* The first object of @predicate, NULL when there is none. */
static const SkosTriple *
first_of (const Read *read, const char *subject, const char *predicate)
{
  const GPtrArray *triples = triples_of (read, subject);
  for (guint i = 0; triples != NULL && i < triples->len; i++)
    if (strcmp (((const SkosTriple *)triples->pdata[i])->predicate, predicate) == 0)
      return triples->pdata[i];
  return NULL;
}

static const char *
object_of (const Read *read, const char *subject, const char *predicate)
{
  const SkosTriple *triple = first_of (read, subject, predicate);
  return triple != NULL ? triple->object : NULL;
}

static bool
says (const Read *read, const char *subject, const char *predicate, const char *object)
{
  const GPtrArray *triples = triples_of (read, subject);
  for (guint i = 0; triples != NULL && i < triples->len; i++)
    {
      const SkosTriple *triple = triples->pdata[i];
      if (strcmp (triple->predicate, predicate) == 0 && strcmp (triple->object, object) == 0)
        return true;
    }
  return false;
}

static void
sort_by_subject (Read *read, const GPtrArray *graph)
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

/* @text as an id: "Retours & échanges" gives "retours-echanges". Owned by the caller. */
static char *
slug (const char *text)
{
  g_autofree char *folded = dk_fold (text);
  GString *id = g_string_new (NULL);
  for (const char *p = folded; *p != '\0'; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (id, *p);
    else if (id->len > 0 && id->str[id->len - 1] != '-' && id->len < 60)
      g_string_append_c (id, '-');
  while (id->len > 0 && id->str[id->len - 1] == '-')
    g_string_truncate (id, id->len - 1);
  return g_string_free (id, FALSE);
}

/* What stands behind the last # / or : of an address. */
static const char *
local_name (const char *iri)
{
  const char *end = iri;
  for (const char *p = iri; *p != '\0'; p++)
    if (strchr ("#/:", *p) != NULL && p[1] != '\0')
      end = p + 1;
  return end;
}

/* A label for naming: the English one, else any. */
static const char *
some_label (const Read *read, const char *subject)
{
  const GPtrArray *triples = triples_of (read, subject);
  const char *found = NULL;
  for (guint i = 0; triples != NULL && i < triples->len; i++)
    {
      const SkosTriple *triple = triples->pdata[i];
      if (!is_term (triple->predicate, SKOS, "prefLabel") || !triple->literal)
        continue;
      if (found == NULL || (triple->language != NULL && g_str_has_prefix (triple->language, "en")))
        found = triple->object;
    }
  return found;
}

/* An id that nobody has yet. A name of an address that is a mere number, "c_4711", tells people nothing. */
static char *
id_of (const Read *read, const char *subject)
{
  g_autofree char *id = slug (local_name (subject));
  gsize letters = strspn (id, "abcdefghijklmnopqrstuvwxyz");
  bool is_number = letters <= 2 && strspn (id + letters, "0123456789-") == strlen (id + letters);
  const char *label = some_label (read, subject);
  if ((is_number || g_str_has_prefix (subject, "_:")) && label != NULL)
    {
      g_free (id);
      id = slug (label);
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
      if (is_term (triple->predicate, SKOS_RDF, "type") && is_term (triple->object, SKOS, "ConceptScheme"))
        add_scheme (schemes, triple->subject);
      else if (is_term (triple->predicate, SKOS, "hasTopConcept"))
        add_scheme (schemes, triple->subject);
      else if (is_term (triple->predicate, SKOS, "inScheme") || is_term (triple->predicate, SKOS, "topConceptOf"))
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
      g_autofree char *name = slug (local_name (schemes->pdata[i]));
      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", name);
    }
  return g_string_free (names, FALSE);
}

/* The scheme to read, NULL where the file names none; its name goes to *@name. */
static bool
choose_scheme (const Read *read, const GPtrArray *schemes, const char *wanted, const char **chosen, char **name,
               GError **error)
{
  g_autofree char *names = scheme_names (schemes);
  *chosen = schemes->len == 1 ? schemes->pdata[0] : NULL;
  for (guint i = 0; i < schemes->len && schemes->len > 1 && wanted != NULL; i++)
    {
      g_autofree char *local = slug (local_name (schemes->pdata[i]));
      if (strcmp (local, wanted) == 0)
        *chosen = schemes->pdata[i];
    }
  if (schemes->len > 1 && *chosen == NULL)
    return dk_throw (error, DK_ERROR_CONFIG,
                     "%s:1:1: this file has several concept schemes; choose one by --scheme: %s", read->file, names);
  if (schemes->len == 0 && wanted == NULL)
    return dk_throw (error, DK_ERROR_CONFIG, "%s:1:1: this file names no concept scheme; give it a name by --scheme",
                     read->file);
  *name = wanted != NULL ? slug (wanted) : slug (local_name (*chosen));
  return true;
}

static bool
is_in (const Read *read, const char *subject, const char *scheme)
{
  if (!says (read, subject, SKOS_RDF "type", SKOS "Concept") && first_of (read, subject, SKOS "prefLabel") == NULL)
    return false;
  if (scheme == NULL || strcmp (subject, scheme) == 0)
    return scheme == NULL;
  bool tells
      = first_of (read, subject, SKOS "inScheme") != NULL || first_of (read, subject, SKOS "topConceptOf") != NULL;
  return !tells || says (read, subject, SKOS "inScheme", scheme) || says (read, subject, SKOS "topConceptOf", scheme);
}

/* --- labels --- */

/* -1 for one that the vocabulary does not have. */
static int
language_of (const Read *read, const SkosTriple *triple)
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
read_weight (const Read *read, const char *subject, double low, double otherwise)
{
  const char *text = object_of (read, subject, SKOS_TERMS "weight");
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
says_text (const Read *read, const char *subject, const char *predicate, const SkosTriple *like)
{
  const GPtrArray *triples = triples_of (read, subject);
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
take_label (const Read *read, SkosConcept *concept, const SkosTriple *triple, LabelType type, double weight)
{
  g_autofree char *text = clean (triple->object);
  int language = language_of (read, triple);
  if (*text != '\0' && language >= 0)
    skos_concept_add (concept, type, language, text, weight);
}

/* The labels whose type and weight are told, of those that SKOS knows; noted in @told. */
static void
take_annotation (const Read *read, SkosConcept *concept, const char *subject, const char *node, GHashTable *told)
{
  const GPtrArray *triples = triples_of (read, node);
  LabelType type;
  if (triples == NULL || !read_type (object_of (read, node, SKOS_TERMS "type"), &type))
    return;
  const char *property = type == LABEL_ALTERNATIVE || type == LABEL_ABBREVIATION ? SKOS "altLabel" : SKOS "hiddenLabel";
  for (guint i = 0; i < triples->len; i++)
    {
      const SkosTriple *triple = triples->pdata[i];
      if (!is_term (triple->predicate, SKOS_TERMS, "text") || !says_text (read, subject, property, triple))
        continue;
      take_label (read, concept, triple, type, read_weight (read, node, -10, 1));
      g_hash_table_add (told, g_strdup_printf ("%s %s %s", property, triple->language != NULL ? triple->language : "",
                                               triple->object));
    }
}

static void
take_plain (const Read *read, SkosConcept *concept, const SkosTriple *triple, GHashTable *told)
{
  LabelType type = is_term (triple->predicate, SKOS, "prefLabel")  ? LABEL_PREFERRED
                   : is_term (triple->predicate, SKOS, "altLabel") ? LABEL_ALTERNATIVE
                                                                   : LABEL_MISSPELLING;
  int language = language_of (read, triple);
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

static void
take_labels (const Read *read, SkosConcept *concept, const char *subject)
{
  static const char *const words[] = { "prefLabel", "altLabel", "hiddenLabel" };
  const GPtrArray *triples = triples_of (read, subject);
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < triples->len; i++)
    {
      const SkosTriple *triple = triples->pdata[i];
      if (is_term (triple->predicate, SKOS_TERMS, "labels"))
        take_annotation (read, concept, subject, triple->object, told);
    }
  for (gsize w = 0; w < G_N_ELEMENTS (words); w++)
    for (guint i = 0; i < triples->len; i++)
      {
        const SkosTriple *triple = triples->pdata[i];
        if (is_term (triple->predicate, SKOS, words[w]) && triple->literal)
          take_plain (read, concept, triple, told);
      }
  name_concept (concept);
}

/* --- the rest of a concept --- */

static void
take_names (const Read *read, SkosConcept *concept, const char *subject)
{
  const GPtrArray *triples = triples_of (read, subject);
  for (guint i = 0; i < triples->len; i++)
    {
      const SkosTriple *triple = triples->pdata[i];
      bool is_form = is_term (triple->predicate, SKOS_TERMS, "fileForm");
      bool is_folder = is_term (triple->predicate, SKOS_TERMS, "folder");
      int language = is_form || is_folder ? language_of (read, triple) : -1;
      char **name = language < 0 ? NULL : is_form ? &concept->file_forms[language] : &concept->folders[language];
      if (name != NULL && *name == NULL)
        *name = clean (triple->object);
    }
  const char *code = object_of (read, subject, SKOS "notation");
  concept->code = code != NULL ? clean (code) : NULL;
}

static void
take_implied (const Read *read, SkosConcept *concept, const char *subject)
{
  const GPtrArray *triples = triples_of (read, subject);
  for (guint i = 0; i < triples->len; i++)
    {
      const SkosTriple *triple = triples->pdata[i];
      const char *target = is_term (triple->predicate, SKOS_TERMS, "implies")
                               ? object_of (read, triple->object, SKOS_TERMS "concept")
                               : NULL;
      if (target == NULL)
        continue;
      const char *id = g_hash_table_lookup (read->ids, target);
      SkosImplied one = { .id = id != NULL ? g_strdup (id) : slug (local_name (target)),
                          .scheme = g_strdup (""),
                          .weight = read_weight (read, triple->object, 0, 1) };
      g_array_append_val (concept->implies, one);
    }
}

static void
take_broader (const Read *read, SkosConcept *concept, const char *id)
{
  bool known = g_strcmp0 (concept->broader, id) == 0;
  if (id == NULL || (concept->broader != NULL && !known))
    read->left->broader++;
  else if (!known)
    concept->broader = g_strdup (id);
}

/* Told from below by broader, or from above by narrower. @by_address: of the concepts. */
static void
take_links (const Read *read, GHashTable *by_address, const GPtrArray *graph)
{
  for (guint i = 0; i < graph->len; i++)
    {
      const SkosTriple *triple = graph->pdata[i];
      bool up = is_term (triple->predicate, SKOS, "broader"), down = is_term (triple->predicate, SKOS, "narrower");
      SkosConcept *concept
          = up || down ? g_hash_table_lookup (by_address, up ? triple->subject : triple->object) : NULL;
      if (concept != NULL)
        take_broader (read, concept, g_hash_table_lookup (read->ids, up ? triple->object : triple->subject));
    }
}

static SkosConcept *
read_concept (const Read *read, const char *subject)
{
  SkosConcept *concept = skos_concept_new (g_hash_table_lookup (read->ids, subject));
  take_labels (read, concept, subject);
  take_names (read, concept, subject);
  take_implied (read, concept, subject);
  return concept;
}

static bool
check_circles (const Read *read, const GPtrArray *concepts, GError **error)
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
is_named (const Read *read, const char *subject)
{
  const GPtrArray *triples = triples_of (read, subject);
  for (guint i = 0; i < triples->len; i++)
    {
      const SkosTriple *triple = triples->pdata[i];
      bool names = is_term (triple->predicate, SKOS, "prefLabel") || is_term (triple->predicate, SKOS, "altLabel");
      if (names && triple->literal && language_of (read, triple) >= 0)
        return true;
    }
  return false;
}

/* The concepts of @scheme get their ids before any refers to another. In the order of the file; lent. */
static GPtrArray *
give_ids (const Read *read, const char *scheme)
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
read_scheme (const Read *read, const GPtrArray *graph, const char *scheme)
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
  Read read = { .file = file,
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
