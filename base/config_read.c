/* A configuration as it lies in a folder, that of a store or the shipped one. */
#include "base/config_entry.h"
#include "base/file.h"
#include "base/limits.h"
#include <fcntl.h>
#include <string.h>

#define SHIPPED_PARENTS 4 /* a sanitized unit test lies four folders below the source tree */

static const char *const sub_folders[]
    = { "allocation", "calendars", "policies", "taxonomy", "templates", "users", "vocabulary", NULL };

static bool
read_entry (Config *config, int dir, const char *path, uint64_t *left, GError **error)
{
  g_autoptr (GBytes) bytes = dk_read_file (dir, path, *left, error);
  if (bytes == NULL)
    return false;
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  *left -= size;
  return config_add_text (config, path, text != NULL ? text : "", size, error);
}

/* Hidden files and what editors leave behind ("#ES.yaml#", "ES.yaml~") are not configuration. */
static bool
is_ignored (const char *name)
{
  return name[0] == '.' || name[0] == '#' || !(g_str_has_suffix (name, ".yaml") || g_str_has_suffix (name, ".yml"));
}

static bool
read_sub_folder (Config *config, int dir, const char *folder, uint64_t *left, GError **error)
{
  g_autoptr (GError) absent = NULL;
  g_auto (GStrv) names = dk_list_dir (dir, folder, &absent);
  if (names == NULL && g_error_matches (absent, DK_ERROR, DK_ERROR_NOT_FOUND))
    return true;
  if (names == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&absent));
      return false;
    }
  for (char **name = names; *name != NULL; name++)
    {
      if (is_ignored (*name))
        continue;
      g_autofree char *path = g_strconcat (folder, "/", *name, NULL);
      g_autofree char *shown = dk_escape_name (path);
      if (g_str_has_suffix (*name, ".yml") || strcmp (shown, path) != 0)
        return dk_throw (error, DK_ERROR_CONFIG,
                         "%s:1:1: the name of this file must end in .yaml and have no control characters", shown);
      if (!read_entry (config, dir, path, left, error))
        return false;
    }
  return true;
}

static bool
is_same (const Config *a, const Config *b)
{
  bool same = b != NULL && a->entries->len == b->entries->len;
  for (guint i = 0; same && i < a->entries->len; i++)
    same = a->entries->pdata[i] == b->entries->pdata[i];
  return same;
}

/* @shipped: what completes it; NULL: nothing does. */
static Config *
read_folder (const char *path, const char *shipped, GError **error)
{
  autofd dir = dk_open_dir (AT_FDCWD, path, error);
  if (dir < 0)
    return NULL;
  g_autoptr (Config) kept = config_last_whole (); /* what the files still say is held by it, and not parsed */
  if (kept == NULL)
    kept = config_kept (dir);
  g_autoptr (Config) config = config_new ();
  uint64_t left = LIMITS_CONFIG_BYTES;
  bool done = read_entry (config, dir, "docket.yaml", &left, error);
  for (const char *const *folder = sub_folders; done && *folder != NULL; folder++)
    done = read_sub_folder (config, dir, *folder, &left, error);
  done = done && (shipped == NULL || config_add_completed (config, shipped, error));
  if (done)
    {
      bool same = is_same (config_finish (config), kept);
      config_note_whole (same ? kept : config);
      return same ? g_steal_pointer (&kept) : g_steal_pointer (&config);
    }
  if (error != NULL && *error != NULL && (*error)->code != DK_ERROR_CONFIG)
    g_prefix_error (error, "configuration in %s: ", path);
  return NULL;
}

Config *
config_read (const char *path, GError **error)
{
  return read_folder (path, NULL, error);
}

Config *
config_read_store (const char *path, GError **error)
{
  g_autofree char *shipped = config_shipped_path ();
  return read_folder (path, shipped, error);
}

/* --- the shipped files --- */

/* conf of a source tree, share/docket of an installed one, wherever its prefix was put. */
static char *
shipped_below (const char *folder)
{
  static const char *const places[] = { "conf", "share/docket" };
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_build_filename (folder, places[i], NULL);
      g_autofree char *main_file = g_build_filename (path, "docket.yaml", NULL);
      if (g_file_test (main_file, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
    }
  return NULL;
}

char *
config_shipped_path (void)
{
  const char *chosen = g_getenv ("DOCKET_DATA");
  if (chosen != NULL && chosen[0] != '\0')
    return g_strdup (chosen);
  g_autofree char *folder = g_file_read_link ("/proc/self/exe", NULL);
  for (int i = 0; folder != NULL && i <= SHIPPED_PARENTS; i++)
    {
      char *parent = g_path_get_dirname (folder);
      g_free (folder);
      folder = parent;
      char *shipped = i > 0 ? shipped_below (folder) : NULL;
      if (shipped != NULL)
        return shipped;
    }
  return g_strdup (DOCKET_DATADIR);
}
