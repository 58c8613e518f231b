#include "base/taxonomy.h"
#include <string.h>

/* What stands for a kind that is not known, and for a subject that is not known or has no entry at any level. */
#define KIND_UNKNOWN "other"
#define SUBJECT_UNKNOWN "general"

static const char *const file_keys[] = { "folder" /* naming.h reads it */, "codes", "kinds", "subjects", NULL };
static const char *const entry_keys[] = { "code", "en", "fr", "es", "hu", NULL };

typedef struct
{
  char *code;
  GHashTable *names; /* language to name */
} Entry;

struct Taxonomy
{
  bool codes;           /* names begin with their code */
  GHashTable *kinds;    /* id to Entry */
  GHashTable *subjects; /* path to Entry */
};

static void
entry_free (Entry *entry)
{
  g_free (entry->code);
  g_hash_table_unref (entry->names);
  g_free (entry);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Entry, entry_free)

static GHashTable *
entries_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)entry_free);
}

static Entry *
entry_read (const YamlNode *node, GError **error)
{
  g_autoptr (Entry) entry = g_new0 (Entry, 1);
  entry->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  const char *code = NULL;
  const char *english = NULL;
  if (!yaml_check_keys (node, entry_keys, error) || !yaml_need_text (node, "code", &code, error)
      || !yaml_need_text (node, "en", &english, error))
    return NULL;
  entry->code = g_strdup (code);
  for (size_t i = 1; entry_keys[i] != NULL; i++)
    {
      const char *name = NULL;
      if (!yaml_want_text (node, entry_keys[i], &name, error))
        return NULL;
      if (name != NULL)
        g_hash_table_insert (entry->names, g_strdup (entry_keys[i]), g_strdup (name));
    }
  return g_steal_pointer (&entry);
}

static bool
entries_read (const YamlNode *file, const char *member, GHashTable *entries, GError **error)
{
  const YamlNode *node = yaml_get (file, member);
  if (node == NULL)
    return true;
  if (!yaml_is_mapping (node))
    return yaml_throw (node, error, "%s must be a mapping of ids to names", member);
  for (size_t i = 0; i < yaml_size (node); i++)
    {
      const char *id = NULL;
      const YamlNode *value = yaml_at (node, i, &id);
      if (g_hash_table_contains (entries, id))
        return yaml_throw (value, error, "%s has a folder in another file already", id);
      Entry *entry = entry_read (value, error);
      if (entry == NULL)
        return false;
      g_hash_table_insert (entries, g_strdup (id), entry);
    }
  return true;
}

static bool
file_read (Taxonomy *taxonomy, const YamlNode *root, GError **error)
{
  if (!yaml_check_keys (root, file_keys, error) || !yaml_want_bool (root, "codes", &taxonomy->codes, error))
    return false;
  return entries_read (root, "kinds", taxonomy->kinds, error)
         && entries_read (root, "subjects", taxonomy->subjects, error);
}

Taxonomy *
taxonomy_load (const Config *config, GError **error)
{
  g_autoptr (Taxonomy) taxonomy = g_new0 (Taxonomy, 1);
  taxonomy->kinds = entries_new ();
  taxonomy->subjects = entries_new ();
  g_auto (GStrv) paths = config_paths (config, "taxonomy");
  for (char **path = paths; *path != NULL; path++)
    if (!file_read (taxonomy, yaml_root (config_file (config, *path)), error))
      return NULL;
  return g_steal_pointer (&taxonomy);
}

void
taxonomy_free (Taxonomy *taxonomy)
{
  if (taxonomy == NULL)
    return;
  g_hash_table_unref (taxonomy->kinds);
  g_hash_table_unref (taxonomy->subjects);
  g_free (taxonomy);
}

/* The entry of @path or of the nearest broader one that has an entry. */
static const Entry *
subject_entry (const Taxonomy *taxonomy, const char *path)
{
  g_autofree char *rest = g_strdup (path == NULL ? "" : path);
  while (*rest != '\0')
    {
      const Entry *entry = g_hash_table_lookup (taxonomy->subjects, rest);
      if (entry != NULL)
        return entry;
      char *slash = strrchr (rest, '/');
      *(slash == NULL ? rest : slash) = '\0';
    }
  return g_hash_table_lookup (taxonomy->subjects, SUBJECT_UNKNOWN);
}

static const Entry *
kind_entry (const Taxonomy *taxonomy, const char *kind)
{
  const Entry *entry = kind == NULL ? NULL : g_hash_table_lookup (taxonomy->kinds, kind);
  return entry != NULL ? entry : g_hash_table_lookup (taxonomy->kinds, KIND_UNKNOWN);
}

const char *
taxonomy_entry (const Taxonomy *taxonomy, const char *scheme, const char *path, const char *key)
{
  GHashTable *entries = g_str_equal (scheme, "kind")      ? taxonomy->kinds
                        : g_str_equal (scheme, "subject") ? taxonomy->subjects
                                                          : NULL;
  const Entry *entry = entries == NULL ? NULL : g_hash_table_lookup (entries, path);
  if (entry == NULL)
    return NULL;
  return g_str_equal (key, "code") ? entry->code : g_hash_table_lookup (entry->names, key);
}

static const Entry *
entry_of (const Taxonomy *taxonomy, const char *scheme, const char *path)
{
  return g_str_equal (scheme, "kind") ? kind_entry (taxonomy, path) : subject_entry (taxonomy, path);
}

const char *
taxonomy_code (const Taxonomy *taxonomy, const char *scheme, const char *path)
{
  const Entry *entry = entry_of (taxonomy, scheme, path);
  return entry != NULL ? entry->code : NULL;
}

char *
taxonomy_folder (const Taxonomy *taxonomy, const char *scheme, const char *path, const char *language)
{
  const Entry *entry = entry_of (taxonomy, scheme, path);
  if (entry == NULL)
    return g_strdup (g_str_equal (scheme, "kind") ? KIND_UNKNOWN : SUBJECT_UNKNOWN);
  const char *name = language != NULL ? g_hash_table_lookup (entry->names, language) : NULL;
  if (name == NULL)
    name = g_hash_table_lookup (entry->names, "en");
  return taxonomy->codes ? g_strconcat (entry->code, " ", name, NULL) : g_strdup (name);
}
