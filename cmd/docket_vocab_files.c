/* Vocabulary and taxonomy as files: found, compared, put into the store. */
#include "base/file.h"
#include "base/limits.h"
#include "cmd/vocab.h"
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define NEW_PREFIX ".new-" /* hidden names are no configuration */

static const char *const folders[] = { "vocabulary", "taxonomy", NULL };

static GHashTable *
table_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/* "vocabulary" or "taxonomy", by what stands in the file. */
static const char *
folder_of (const char *path, const char *text, GError **error)
{
  static const char *const taxonomy_keys[] = { "folder", "codes", "kinds", "subjects", NULL };
  g_autoptr (Yaml) yaml = yaml_parse (path, text, strlen (text), error);
  if (yaml == NULL)
    return NULL;
  if (yaml_get (yaml_root (yaml), "scheme") != NULL)
    return "vocabulary";
  for (const char *const *key = taxonomy_keys; *key != NULL; key++)
    if (yaml_get (yaml_root (yaml), *key) != NULL)
      return "taxonomy";
  yaml_throw (yaml_root (yaml), error,
              "neither a vocabulary, which has a scheme and concepts, nor a taxonomy, which has kinds and subjects");
  return NULL;
}

/* @folder NULL: by what stands in it. */
static bool
add_file (GHashTable *texts, const char *path, const char *folder, GError **error)
{
  g_autoptr (GBytes) bytes = dk_read_file (AT_FDCWD, path, LIMITS_CONFIG_BYTES, error);
  if (bytes == NULL)
    return false;
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autofree char *name = g_path_get_basename (path);
  const char *place = folder != NULL ? folder : folder_of (path, text, error);
  if (place == NULL)
    return false;
  if (!g_str_has_suffix (name, ".yaml"))
    return dk_throw (error, DK_ERROR_CONFIG, "%s:1:1: the name of a vocabulary or taxonomy file ends in .yaml", path);
  g_hash_table_insert (texts, g_strconcat (place, "/", name, NULL), g_steal_pointer (&text));
  return true;
}

static bool
add_folder (GHashTable *texts, const char *path, const char *folder, GError **error)
{
  g_auto (GStrv) names = dk_list_dir (AT_FDCWD, path, error);
  for (char **name = names; name != NULL && *name != NULL; name++)
    {
      g_autofree char *whole = g_build_filename (path, *name, NULL);
      if ((*name)[0] != '.' && g_str_has_suffix (*name, ".yaml") && !add_file (texts, whole, folder, error))
        return false;
    }
  return names != NULL;
}

GHashTable *
vocab_files_read (const char *path, GError **error)
{
  g_autoptr (GHashTable) texts = table_new ();
  bool parted = false;
  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return add_file (texts, path, NULL, error) ? g_steal_pointer (&texts) : NULL;
  for (const char *const *folder = folders; *folder != NULL; folder++)
    {
      g_autofree char *sub = g_build_filename (path, *folder, NULL);
      if (!g_file_test (sub, G_FILE_TEST_IS_DIR))
        continue;
      parted = true;
      if (!add_folder (texts, sub, *folder, error))
        return NULL;
    }
  if (!parted && !add_folder (texts, path, NULL, error))
    return NULL;
  if (g_hash_table_size (texts) > 0)
    return g_steal_pointer (&texts);
  dk_throw (error, DK_ERROR_NOT_FOUND, "there is no file of a vocabulary or taxonomy (*.yaml) in %s", path);
  return NULL;
}

void
vocab_files_reduce (GHashTable *texts, const Config *config)
{
  GHashTableIter each;
  gpointer path, text;
  g_hash_table_iter_init (&each, texts);
  while (g_hash_table_iter_next (&each, &path, &text))
    if (g_strcmp0 (text, config_text (config, path)) == 0)
      g_hash_table_iter_remove (&each);
}

GHashTable *
vocab_files_between (const Config *now, const Config *then)
{
  GHashTable *texts = table_new ();
  for (const char *const *folder = folders; *folder != NULL; folder++)
    {
      g_auto (GStrv) old = config_paths (now, *folder), new = config_paths (then, *folder);
      for (char **path = old; *path != NULL; path++)
        g_hash_table_insert (texts, g_strdup (*path), NULL);
      for (char **path = new; *path != NULL; path++)
        g_hash_table_insert (texts, g_strdup (*path), g_strdup (config_text (then, *path)));
    }
  vocab_files_reduce (texts, now);
  return texts;
}

/* --- into the store --- */

static char *
new_name (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  return g_strconcat (folder, "/" NEW_PREFIX, name, NULL);
}

static bool
write_beside (int dir, const char *path, const char *text, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *beside = g_strconcat (NEW_PREFIX, name, NULL);
  struct stat old;
  mode_t mode = fstatat (dir, path, &old, 0) == 0 ? old.st_mode & 0777 : 0644;
  autofd sub = dk_make_dirs (dir, folder, error) ? dk_open_dir (dir, folder, error) : -1;
  return sub >= 0 && dk_write_file (sub, beside, text, strlen (text), mode, error);
}

static void
remove_beside (int dir, GHashTable *texts)
{
  GHashTableIter each;
  gpointer path;
  g_hash_table_iter_init (&each, texts);
  while (g_hash_table_iter_next (&each, &path, NULL))
    {
      g_autofree char *beside = new_name (path);
      unlinkat (dir, beside, 0);
    }
}

static bool
put_in_place (int dir, const char *path, bool removed, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *beside = new_name (path);
  if (removed ? unlinkat (dir, path, 0) < 0 : renameat (dir, beside, dir, path) < 0)
    return dk_throw_errno (error, "put %s in place", path);
  autofd sub = dk_open_dir (dir, folder, error);
  return sub >= 0 && dk_sync_dir (sub, error);
}

bool
vocab_files_write (Store *store, GHashTable *texts, GError **error)
{
  GHashTableIter each;
  gpointer path, text;
  g_hash_table_iter_init (&each, texts);
  while (g_hash_table_iter_next (&each, &path, &text))
    if (text != NULL && !write_beside (store_dir (store), path, text, error))
      {
        remove_beside (store_dir (store), texts);
        return false;
      }
  g_hash_table_iter_init (&each, texts);
  while (g_hash_table_iter_next (&each, &path, &text))
    if (!put_in_place (store_dir (store), path, text == NULL, error))
      return false;
  return true;
}
