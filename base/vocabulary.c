#include "base/vocabulary.h"
#include "base/taxonomy.h"
#include <string.h>

/* A concept as it is kept: what others see stands first, so that a Concept * of ours is an Entry *. */
typedef struct
{
  Concept seen;
  GHashTable *preferred;  /* language to label */
  GHashTable *file_forms; /* language to form */
} Entry;

struct Vocabulary
{
  GHashTable *by_id;       /* id to Entry */
  GHashTable *schemes;     /* scheme to GPtrArray of Entry */
  GPtrArray *none;         /* the concepts of a scheme that has none */
  GPtrArray *order;        /* of Entry, as in the files; owns */
  GPtrArray *scheme_names; /* in the order of the files, then NULL */
  unsigned n_labels;
  GStringChunk *strings;
  Taxonomy *taxonomy;
  Config *config; /* which holds the places, and the texts of labels */
};

static const char *const languages[] = { "en", "fr", "es", "hu", NULL };
static const char *const file_keys[] = { "scheme", "concepts", NULL };
static const char *const concept_keys[]
    = { "broader", "label", "file", "alternative", "misspelling", "ocr", "abbreviation", "cue", "implies", NULL };
static const struct
{
  const char *key;
  LabelType type;
} lists[] = {
  { "alternative", LABEL_ALTERNATIVE },
  { "misspelling", LABEL_MISSPELLING },
  { "ocr", LABEL_OCR },
  { "abbreviation", LABEL_ABBREVIATION },
  { "cue", LABEL_CUE },
};

static void
entry_free (Entry *entry)
{
  g_array_unref (entry->seen.labels);
  g_array_unref (entry->seen.implies);
  g_hash_table_unref (entry->preferred);
  g_hash_table_unref (entry->file_forms);
  g_free (entry);
}

static Entry *
entry_new (Vocabulary *vocabulary, const char *id, const char *scheme, const YamlNode *node)
{
  Entry *entry = g_new0 (Entry, 1);
  entry->seen.id = g_string_chunk_insert_const (vocabulary->strings, id);
  entry->seen.scheme = g_string_chunk_insert_const (vocabulary->strings, scheme);
  entry->seen.labels = g_array_new (FALSE, FALSE, sizeof (Label));
  entry->seen.implies = g_array_new (FALSE, FALSE, sizeof (Implied));
  entry->preferred = g_hash_table_new (g_str_hash, g_str_equal);
  entry->file_forms = g_hash_table_new (g_str_hash, g_str_equal);
  entry->seen.place = node;
  return entry;
}

/* Words of ours are written in decisions and paths, so they are kept plain. */
static bool
is_id (const char *text)
{
  return *text != '\0' && strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen (text);
}

static bool
language_read (const YamlNode *node, const char *language, GError **error)
{
  return g_strv_contains (languages, language)
         || yaml_throw (node, error, "unknown language %s; allowed are en, fr, es, hu", language);
}

static void
add_label (Vocabulary *vocabulary, Entry *entry, LabelType type, const char *language, const YamlNode *place,
           double weight)
{
  Label label = { .type = type,
                  .language = language,
                  .text = yaml_text (place),
                  .weight = weight,
                  .no = vocabulary->n_labels++,
                  .place = place };
  g_array_append_val (entry->seen.labels, label);
}

/* label: and file: give one text for each language. */
static bool
read_texts (const YamlNode *concept, const char *member, GHashTable *texts, GError **error)
{
  const YamlNode *node = yaml_get (concept, member);
  if (node == NULL)
    return true;
  if (!yaml_is_mapping (node))
    return yaml_throw (node, error, "%s must give a text for each language", member);
  for (size_t i = 0; i < yaml_size (node); i++)
    {
      const char *language = NULL;
      const YamlNode *value = yaml_at (node, i, &language);
      const char *text = NULL;
      if (!language_read (value, language, error) || !yaml_need_text (node, language, &text, error))
        return false;
      g_hash_table_insert (texts, (gpointer)language, (gpointer)text);
    }
  return true;
}

static bool
read_list (Vocabulary *vocabulary, Entry *entry, LabelType type, const char *language, const YamlNode *node,
           double weight, GError **error)
{
  if (!yaml_is_sequence (node))
    return yaml_throw (node, error, "here a list of words and phrases is expected");
  for (size_t i = 0; i < yaml_size (node); i++)
    {
      const YamlNode *item = yaml_at (node, i, NULL);
      const char *text = yaml_text (item);
      if (text == NULL || *text == '\0')
        return yaml_throw (item, error, "here a word or phrase is expected");
      add_label (vocabulary, entry, type, language, item, weight);
    }
  return true;
}

/* A language's labels are a list, or lists by weight. */
static bool
read_weighted (Vocabulary *vocabulary, Entry *entry, LabelType type, const char *language, const YamlNode *node,
               GError **error)
{
  if (!yaml_is_mapping (node))
    return read_list (vocabulary, entry, type, language, node, 1, error);
  for (size_t i = 0; i < yaml_size (node); i++)
    {
      const char *key = NULL;
      const YamlNode *list = yaml_at (node, i, &key);
      char *end = NULL;
      double weight = g_ascii_strtod (key, &end);
      if (end == key || *end != '\0' || !(weight >= -10 && weight <= 10))
        return yaml_throw (list, error, "%s is no weight; allowed are numbers from -10 to 10", key);
      if (!read_list (vocabulary, entry, type, language, list, weight, error))
        return false;
    }
  return true;
}

static bool
read_labels (Vocabulary *vocabulary, Entry *entry, size_t which, GError **error)
{
  const YamlNode *node = yaml_get (entry->seen.place, lists[which].key);
  if (node == NULL)
    return true;
  if (!yaml_is_mapping (node))
    return yaml_throw (node, error, "%s must give lists by language", lists[which].key);
  for (size_t i = 0; i < yaml_size (node); i++)
    {
      const char *language = NULL;
      const YamlNode *value = yaml_at (node, i, &language);
      if (!language_read (value, language, error)
          || !read_weighted (vocabulary, entry, lists[which].type, language, value, error))
        return false;
    }
  return true;
}

static bool
read_implies (Vocabulary *vocabulary, Entry *entry, GError **error)
{
  const YamlNode *node = yaml_get (entry->seen.place, "implies");
  if (node == NULL)
    return true;
  if (!yaml_is_mapping (node))
    return yaml_throw (node, error, "implies must give a weight for each concept");
  for (size_t i = 0; i < yaml_size (node); i++)
    {
      Implied implied = { .weight = 1 };
      const char *id = NULL;
      yaml_at (node, i, &id);
      if (!yaml_want_real (node, id, 0, 10, &implied.weight, error))
        return false;
      implied.id = g_string_chunk_insert_const (vocabulary->strings, id);
      g_array_append_val (entry->seen.implies, implied);
    }
  return true;
}

static bool
read_concept (Vocabulary *vocabulary, Entry *entry, GError **error)
{
  const char *broader = NULL;
  if (!yaml_check_keys (entry->seen.place, concept_keys, error)
      || !yaml_want_text (entry->seen.place, "broader", &broader, error)
      || !read_texts (entry->seen.place, "label", entry->preferred, error)
      || !read_texts (entry->seen.place, "file", entry->file_forms, error) || !read_implies (vocabulary, entry, error))
    return false;
  if (g_hash_table_size (entry->preferred) == 0)
    return yaml_throw (entry->seen.place, error, "%s has no label", entry->seen.id);
  if (broader != NULL)
    entry->seen.broader = g_string_chunk_insert_const (vocabulary->strings, broader);
  for (size_t i = 0; languages[i] != NULL; i++)
    {
      const YamlNode *text = yaml_get (yaml_get (entry->seen.place, "label"), languages[i]);
      if (text != NULL)
        add_label (vocabulary, entry, LABEL_PREFERRED, languages[i], text, 1);
    }
  for (size_t i = 0; i < G_N_ELEMENTS (lists); i++)
    if (!read_labels (vocabulary, entry, i, error))
      return false;
  return true;
}

static GPtrArray *
scheme_array (Vocabulary *vocabulary, const char *scheme)
{
  GPtrArray *found = g_hash_table_lookup (vocabulary->schemes, scheme);
  if (found == NULL)
    {
      found = g_ptr_array_new ();
      char *name = g_strdup (scheme);
      g_hash_table_insert (vocabulary->schemes, name, found);
      g_ptr_array_insert (vocabulary->scheme_names, (gint)vocabulary->scheme_names->len - 1, name);
    }
  return found;
}

/* The id must be new, but in a file that completes the store's: @entry is none where the store has the concept itself.
 */
static bool
add_entry (Vocabulary *vocabulary, const char *id, const char *scheme, const YamlNode *node, bool completes,
           Entry **entry, GError **error)
{
  const Entry *before = g_hash_table_lookup (vocabulary->by_id, id);
  *entry = NULL;
  if (before != NULL && !completes)
    {
      g_autofree char *place = yaml_place (before->seen.place);
      return yaml_throw (node, error,
                         "the concept %s stands twice, also at %s; a file replaces the one of its own name", id, place);
    }
  if (before != NULL && strcmp (before->seen.scheme, scheme) == 0)
    return true;
  *entry = entry_new (vocabulary, id, scheme, node);
  (*entry)->seen.completed = completes;
  if (before == NULL)
    g_hash_table_insert (vocabulary->by_id, (char *)(*entry)->seen.id, *entry);
  g_ptr_array_add (vocabulary->order, *entry);
  g_ptr_array_add (scheme_array (vocabulary, scheme), *entry);
  return true;
}

static bool
read_file (Vocabulary *vocabulary, const YamlNode *root, bool completes, GError **error)
{
  const char *scheme = NULL;
  if (!yaml_check_keys (root, file_keys, error) || !yaml_need_text (root, "scheme", &scheme, error))
    return false;
  const YamlNode *concepts = yaml_get (root, "concepts");
  if (!is_id (scheme) || concepts == NULL || !yaml_is_mapping (concepts))
    return yaml_throw (concepts == NULL ? root : concepts, error,
                       "a scheme (a to z, -) and a mapping of concepts are expected");
  for (size_t i = 0; i < yaml_size (concepts); i++)
    {
      const char *id = NULL;
      const YamlNode *node = yaml_at (concepts, i, &id);
      Entry *entry;
      if (!is_id (id))
        return yaml_throw (node, error, "%s is no id; allowed are a to z, 0 to 9 and -", id);
      if (!add_entry (vocabulary, id, scheme, node, completes, &entry, error)
          || (entry != NULL && !read_concept (vocabulary, entry, error)))
        return false;
    }
  return true;
}

/* All files of the folder @folder of @config. */
static bool
read_files (Vocabulary *vocabulary, const Config *config, const char *folder, bool completes, GError **error)
{
  g_auto (GStrv) paths = config_paths (config, folder);
  for (char **path = paths; *path != NULL; path++)
    if (!read_file (vocabulary, yaml_root (config_file (config, *path)), completes, error))
      return false;
  return true;
}

static bool
check_links (const Vocabulary *vocabulary, const Entry *entry, GError **error)
{
  unsigned steps = 0;
  for (const Entry *at = entry; at->seen.broader != NULL; steps++)
    {
      const char *broader = at->seen.broader;
      at = g_hash_table_lookup (vocabulary->by_id, broader);
      if (at == NULL || !g_str_equal (at->seen.scheme, entry->seen.scheme))
        return yaml_throw (entry->seen.place, error, "the broader concept %s does not exist in %s", broader,
                           entry->seen.scheme);
      if (steps > vocabulary->order->len)
        return yaml_throw (entry->seen.place, error, "%s is broader than itself", entry->seen.id);
    }
  return true;
}

/* Of a concept that came with docket: the store's files are wrong where they lack the kind, and it is not this one that
 * is to be told. */
static void
drop_implied (const Vocabulary *vocabulary, const Entry *entry)
{
  for (guint i = entry->seen.implies->len; i > 0; i--)
    if (vocabulary_concept (vocabulary, g_array_index (entry->seen.implies, Implied, i - 1).id) == NULL)
      g_array_remove_index (entry->seen.implies, i - 1);
}

/* What a concept speaks for is a kind, one of the five or one below them. */
static bool
check_implied (const Vocabulary *vocabulary, const Entry *entry, GError **error)
{
  if (entry->seen.completed)
    drop_implied (vocabulary, entry);
  for (guint i = 0; i < entry->seen.implies->len; i++)
    {
      const char *id = g_array_index (entry->seen.implies, Implied, i).id;
      const Concept *implied = vocabulary_concept (vocabulary, id);
      const YamlNode *place = yaml_key (yaml_get (entry->seen.place, "implies"), i);
      if (implied == NULL)
        return yaml_throw (place, error, "%s implies %s, which does not exist", entry->seen.id, id);
      if (!g_str_equal (implied->scheme, "kind"))
        return yaml_throw (place, error,
                           "%s implies %s of the scheme %s, which is no kind; allowed are complaint, suggestion, "
                           "thanks, question, other and the kinds below them",
                           entry->seen.id, id, implied->scheme);
    }
  return true;
}

/* The five kinds are what the programs know: none may be missing, and no other stands beside them. */
static bool
check_kinds (const Vocabulary *vocabulary, const Yaml *kinds, GError **error)
{
  static const char *const ids[] = { "complaint", "suggestion", "thanks", "question", "other", NULL };
  const GPtrArray *concepts = vocabulary_concepts (vocabulary, "kind");
  for (guint i = 0; i < concepts->len; i++)
    {
      const Entry *entry = concepts->pdata[i];
      if (entry->seen.broader == NULL && !g_strv_contains (ids, entry->seen.id))
        return yaml_throw (entry->seen.place, error,
                           "%s needs a broader concept; the kinds at the top are complaint, suggestion, thanks, "
                           "question and other",
                           entry->seen.id);
    }
  for (size_t i = 0; kinds != NULL && ids[i] != NULL; i++)
    {
      const Concept *concept = vocabulary_concept (vocabulary, ids[i]);
      if (concept == NULL || !g_str_equal (concept->scheme, "kind"))
        return yaml_throw (yaml_root (kinds), error, "the concept %s of the scheme kind is missing here", ids[i]);
    }
  return true;
}

Vocabulary *
vocabulary_load (const Config *config, GError **error)
{
  g_autoptr (Vocabulary) vocabulary = g_new0 (Vocabulary, 1);
  vocabulary->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  vocabulary->schemes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  vocabulary->none = g_ptr_array_new ();
  vocabulary->order = g_ptr_array_new_with_free_func ((GDestroyNotify)entry_free);
  vocabulary->scheme_names = g_ptr_array_new ();
  g_ptr_array_add (vocabulary->scheme_names, NULL);
  vocabulary->config = config_ref ((Config *)config);
  vocabulary->strings = g_string_chunk_new (1 << 16);
  if (!read_files (vocabulary, config, "vocabulary", false, error)
      || !read_files (vocabulary, config, CONFIG_COMPLETED, true, error))
    return NULL;
  for (guint i = 0; i < vocabulary->order->len; i++)
    if (!check_links (vocabulary, vocabulary->order->pdata[i], error)
        || !check_implied (vocabulary, vocabulary->order->pdata[i], error))
      return NULL;
  if (!check_kinds (vocabulary, config_file (config, "vocabulary/kinds.yaml"), error))
    return NULL;
  vocabulary->taxonomy = taxonomy_load (config, error);
  return vocabulary->taxonomy == NULL ? NULL : g_steal_pointer (&vocabulary);
}

void
vocabulary_free (Vocabulary *vocabulary)
{
  if (vocabulary == NULL)
    return;
  g_hash_table_unref (vocabulary->schemes);
  g_ptr_array_unref (vocabulary->none);
  g_ptr_array_unref (vocabulary->order);
  g_hash_table_unref (vocabulary->by_id);
  g_ptr_array_unref (vocabulary->scheme_names);
  g_string_chunk_free (vocabulary->strings);
  g_clear_pointer (&vocabulary->config, config_unref);
  taxonomy_free (vocabulary->taxonomy);
  g_free (vocabulary);
}

const GPtrArray *
vocabulary_concepts (const Vocabulary *vocabulary, const char *scheme)
{
  const GPtrArray *found = g_hash_table_lookup (vocabulary->schemes, scheme);
  return found == NULL ? vocabulary->none : found;
}

const Concept *
vocabulary_concept (const Vocabulary *vocabulary, const char *id)
{
  return g_hash_table_lookup (vocabulary->by_id, id);
}

const Concept *
vocabulary_own_concept (const Vocabulary *vocabulary, const char *scheme, const char *id)
{
  const GPtrArray *concepts = vocabulary_concepts (vocabulary, scheme);
  for (guint i = 0; i < concepts->len; i++)
    {
      const Concept *concept = concepts->pdata[i];
      if (strcmp (concept->id, id) == 0)
        return concept;
    }
  return NULL;
}

char *
vocabulary_path (const Vocabulary *vocabulary, const char *id)
{
  const Concept *concept = vocabulary_concept (vocabulary, id);
  if (concept == NULL)
    return NULL;
  GString *path = g_string_new (concept->id);
  while (concept->broader != NULL)
    {
      concept = vocabulary_concept (vocabulary, concept->broader);
      g_string_prepend_c (path, '/');
      g_string_prepend (path, concept->id);
    }
  return g_string_free (path, FALSE);
}

const Concept *
vocabulary_top (const Vocabulary *vocabulary, const Concept *concept)
{
  while (concept->broader != NULL)
    concept = vocabulary_concept (vocabulary, concept->broader);
  return concept;
}

const char *const *
vocabulary_schemes (const Vocabulary *vocabulary)
{
  return (const char *const *)vocabulary->scheme_names->pdata;
}

unsigned
vocabulary_n_labels (const Vocabulary *vocabulary)
{
  return vocabulary->n_labels;
}

const Concept *
vocabulary_at (const Vocabulary *vocabulary, const char *path)
{
  const char *slash = strrchr (path, '/');
  const char *id = slash == NULL ? path : slash + 1;
  g_autofree char *whole = vocabulary_path (vocabulary, id);
  return g_strcmp0 (whole, path) == 0 ? vocabulary_concept (vocabulary, id) : NULL;
}

static const char *
in_language (GHashTable *texts, const char *language)
{
  const char *text = language == NULL ? NULL : g_hash_table_lookup (texts, language);
  return text;
}

const char *
vocabulary_label (const Vocabulary *vocabulary, const char *id, const char *language)
{
  const Entry *entry = g_hash_table_lookup (vocabulary->by_id, id);
  if (entry == NULL)
    return id;
  const char *label = in_language (entry->preferred, language);
  if (label == NULL)
    label = in_language (entry->preferred, "en");
  return label == NULL ? entry->seen.id : label;
}

const char *
vocabulary_file_form (const Vocabulary *vocabulary, const char *id, const char *language)
{
  const Entry *entry = g_hash_table_lookup (vocabulary->by_id, id);
  const char *form = entry == NULL ? NULL : in_language (entry->file_forms, language);
  return form == NULL ? vocabulary_label (vocabulary, id, language) : form;
}

const char *
vocabulary_given_file_form (const Vocabulary *vocabulary, const char *id, const char *language)
{
  const Entry *entry = g_hash_table_lookup (vocabulary->by_id, id);
  return entry == NULL ? NULL : in_language (entry->file_forms, language);
}

/* What the taxonomy says of @id in the column @key; NULL where it has no entry of its own. */
static const char *
taxonomy_value (const Vocabulary *vocabulary, const char *id, const char *key)
{
  const Concept *concept = vocabulary_concept (vocabulary, id);
  g_autofree char *path = concept != NULL ? vocabulary_path (vocabulary, id) : NULL;
  if (concept == NULL)
    return NULL;
  return taxonomy_entry (vocabulary->taxonomy, concept->scheme, path, key);
}

const char *
vocabulary_code (const Vocabulary *vocabulary, const char *id)
{
  return taxonomy_value (vocabulary, id, "code");
}

const char *
vocabulary_folder_name (const Vocabulary *vocabulary, const char *id, const char *language)
{
  return taxonomy_value (vocabulary, id, language);
}

char *
vocabulary_folder (const Vocabulary *vocabulary, const char *scheme, const char *path, const char *language)
{
  return taxonomy_folder (vocabulary->taxonomy, scheme, path, language);
}

const char *
vocabulary_folder_code (const Vocabulary *vocabulary, const char *scheme, const char *path)
{
  return taxonomy_code (vocabulary->taxonomy, scheme, path);
}
