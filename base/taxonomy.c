#include "base/taxonomy.h"
#include <string.h>

/* What stands for a kind that is not known, and for a subject that is not known or has no entry at any level. */
#define KIND_UNKNOWN "other"
#define SUBJECT_UNKNOWN "general"

static const char *const parts_allowed[] = { "kind", "subject", "year", NULL };
static const char *const file_keys[] = { "folder", "codes", "kinds", "subjects", NULL };
static const char *const entry_keys[] = { "code", "en", "fr", "es", "hu", NULL };

typedef struct
{
  char *code;
  GHashTable *names; /* language to name */
} Entry;

struct Taxonomy
{
  char **parts;         /* of parts_allowed */
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
  if (!yaml_check_keys (root, file_keys, error) || !yaml_want_list (root, "folder", &taxonomy->parts, error)
      || !yaml_want_bool (root, "codes", &taxonomy->codes, error))
    return false;
  if (taxonomy->parts != NULL && taxonomy->parts[0] == NULL)
    return yaml_throw (yaml_get (root, "folder"), error, "folder needs at least one of kind, subject, year");
  for (char **part = taxonomy->parts; part != NULL && *part != NULL; part++)
    if (!g_strv_contains (parts_allowed, *part))
      return yaml_throw (yaml_get (root, "folder"), error, "unknown part %s; allowed are kind, subject, year", *part);
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
  if (taxonomy->parts == NULL)
    taxonomy->parts = g_strdupv ((char **)parts_allowed);
  return g_steal_pointer (&taxonomy);
}

void
taxonomy_free (Taxonomy *taxonomy)
{
  if (taxonomy == NULL)
    return;
  g_strfreev (taxonomy->parts);
  g_hash_table_unref (taxonomy->kinds);
  g_hash_table_unref (taxonomy->subjects);
  g_free (taxonomy);
}

static void
append_part (const Taxonomy *taxonomy, GString *folder, const Entry *entry, const char *id, const char *language)
{
  const char *name = entry == NULL || language == NULL ? NULL : g_hash_table_lookup (entry->names, language);
  if (name == NULL && entry != NULL)
    name = g_hash_table_lookup (entry->names, "en");
  if (folder->len > 0)
    g_string_append_c (folder, '/');
  if (taxonomy->codes && entry != NULL)
    g_string_append_printf (folder, "%s ", entry->code);
  g_string_append (folder, name == NULL ? id : name);
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

char *
taxonomy_folder (const Taxonomy *taxonomy, const char *kind, const char *subject, int year, const char *language)
{
  GString *folder = g_string_new (NULL);
  for (char **part = taxonomy->parts; *part != NULL; part++)
    if (g_str_equal (*part, "kind"))
      append_part (taxonomy, folder, kind_entry (taxonomy, kind), KIND_UNKNOWN, language);
    else if (g_str_equal (*part, "subject"))
      append_part (taxonomy, folder, subject_entry (taxonomy, subject), SUBJECT_UNKNOWN, language);
    else
      g_string_append_printf (folder, "%s%04d", folder->len > 0 ? "/" : "", year);
  return g_string_free (folder, FALSE);
}
