/* What a store's vocabulary lacks of the words by which docket itself reads. A docket that learns to read by more words
 * has new concepts in its own schemes; a store that is older has files without them. Such a file of the shipped
 * vocabulary becomes one more of the configuration, whole, under CONFIG_COMPLETED, and vocabulary_load takes of it the
 * concepts that no file of the store has. So what was read stands in the version that decisions name. */
#include "base/config_entry.h"
#include "base/file.h"
#include "base/limits.h"
#include <fcntl.h>
#include <string.h>

/* The value of the first line "scheme: …" of a shipped file: kinds and subjects need not be parsed to be passed over.
 * Owned by the caller; NULL where there is none. */
static char *
scheme_of (const char *text)
{
  static const char key[] = "scheme:";
  const char *line = text;
  while (line != NULL && strncmp (line, key, strlen (key)) != 0)
    {
      line = strchr (line, '\n');
      line += line != NULL;
    }
  if (line == NULL)
    return NULL;
  line += strlen (key);
  return g_strstrip (g_strndup (line, strcspn (line, "\n#")));
}

bool
config_is_own_scheme (const char *scheme)
{
  return strcmp (scheme, "kind") != 0 && strcmp (scheme, "subject") != 0;
}

/* Adds "scheme/id" of each concept of @yaml to @ids. */
static void
add_ids (GHashTable *ids, const Yaml *yaml)
{
  const YamlNode *root = yaml_root (yaml), *concepts = yaml_get (root, "concepts");
  const char *scheme = NULL, *id = NULL;
  if (concepts == NULL || !yaml_is_mapping (concepts) || !yaml_need_text (root, "scheme", &scheme, NULL))
    return; /* no vocabulary, as vocabulary_load will say */
  for (size_t i = 0; i < yaml_size (concepts); i++)
    {
      yaml_at (concepts, i, &id);
      g_hash_table_add (ids, g_strconcat (scheme, "/", id, NULL));
    }
}

static GHashTable *
ids_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* Those of all concepts that the store's files have. */
static GHashTable *
ids_of_store (const Config *config)
{
  GHashTable *ids = ids_new ();
  g_auto (GStrv) paths = config_paths (config, "vocabulary");
  for (char **path = paths; *path != NULL; path++)
    add_ids (ids, config_file (config, *path));
  return ids;
}

/* Whether @yaml has a concept that is not among @ids. */
static bool
has_more (const Yaml *yaml, GHashTable *ids)
{
  g_autoptr (GHashTable) its = ids_new ();
  add_ids (its, yaml);
  GHashTableIter each;
  gpointer id;
  g_hash_table_iter_init (&each, its);
  while (g_hash_table_iter_next (&each, &id, NULL))
    if (!g_hash_table_contains (ids, id))
      return true;
  return false;
}

/* Adds the shipped file @name with @text to @config where the store's concepts, @ids, are not all that it has. */
static bool
add_lacking (Config *config, GHashTable *ids, const char *name, const char *text, GError **error)
{
  g_autofree char *own = g_strconcat ("vocabulary/", name, NULL);
  g_autofree char *path = g_strconcat (CONFIG_COMPLETED "/", name, NULL);
  g_autofree char *scheme = scheme_of (text);
  if (scheme == NULL || !config_is_own_scheme (scheme) || g_strcmp0 (config_text (config, own), text) == 0)
    return true;
  if (!config_add_text (config, path, text, strlen (text), error))
    return false;
  if (!has_more (config_file (config, path), ids))
    g_ptr_array_set_size (config->entries, (gint)config->entries->len - 1);
  return true;
}

bool
config_add_completed (Config *config, const char *shipped, GError **error)
{
  g_autofree char *folder = g_build_filename (shipped, "vocabulary", NULL);
  g_autoptr (GHashTable) ids = ids_of_store (config);
  g_auto (GStrv) names = dk_list_dir (AT_FDCWD, folder, error);
  bool done = names != NULL;
  for (char **name = names; done && *name != NULL; name++)
    {
      if (!g_str_has_suffix (*name, ".yaml") || **name == '.')
        continue;
      g_autofree char *path = g_build_filename (folder, *name, NULL);
      g_autoptr (GBytes) bytes = dk_read_file (AT_FDCWD, path, LIMITS_CONFIG_BYTES, error);
      g_autofree char *text
          = bytes != NULL ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : NULL;
      done = text != NULL && add_lacking (config, ids, *name, text, error);
    }
  if (!done)
    g_prefix_error (error, "what came with docket, in %s: ", shipped);
  return done;
}

Config *
config_completed (const Config *config, GError **error)
{
  g_autofree char *shipped = config_shipped_path ();
  g_autoptr (Config) completed = config_new ();
  for (guint i = 0; i < config->entries->len; i++)
    {
      ConfigEntry *entry = config->entries->pdata[i];
      if (!g_str_has_prefix (entry->path, CONFIG_COMPLETED "/"))
        config_share (completed, entry);
    }
  if (!config_add_completed (completed, shipped, error))
    return NULL;
  return config_finish (g_steal_pointer (&completed));
}
