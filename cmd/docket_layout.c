#include "base/file.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/messages.h"
#include "cmd/layout.h"
#include "pipeline/configuration.h"
#include "store/versions.h"
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static bool
copy_folder (int to, const char *shipped, const char *folder, GError **error)
{
  g_autofree char *source = g_build_filename (shipped, folder, NULL);
  if (!g_file_test (source, G_FILE_TEST_IS_DIR))
    return true;
  g_auto (GStrv) names = dk_list_dir (AT_FDCWD, source, error);
  if (names == NULL)
    return false;
  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *from = g_build_filename (source, *name, NULL);
      g_autofree char *path = g_build_filename (folder, *name, NULL);
      g_autoptr (GBytes) bytes
          = g_str_has_suffix (*name, ".yaml") ? dk_read_file (AT_FDCWD, from, LIMITS_CONFIG_BYTES, error) : NULL;
      if (!g_str_has_suffix (*name, ".yaml"))
        continue;
      if (bytes == NULL
          || !dk_write_file (to, path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 0644, error))
        return false;
    }
  return true;
}

/* The configuration is numbered at once, so that a store never is without one. */
static bool
adopt (const char *path, StoreFlags flags, GError **error)
{
  int64_t id;
  g_autoptr (Store) store = store_open (path, flags, error);
  g_autoptr (Config) config = store != NULL ? config_read_store (path, error) : NULL;
  g_autoptr (PipelineConfiguration) valid = config != NULL ? pipeline_configuration_load (config, error) : NULL;
  return valid != NULL && store_config_adopt (store, config, &id, error) && config_keep (config, path, error);
}

static const char *const folders[]
    = { "vocabulary", "taxonomy", "policies", "calendars", "templates", "allocation", NULL };

static bool
copy_folders (int to, const char *from, GError **error)
{
  for (const char *const *folder = folders; *folder != NULL; folder++)
    if (!copy_folder (to, from, *folder, error))
      return false;
  return true;
}

/* Takes the configuration files out of @folder in the folder @dir. */
static bool
empty_folder (int dir, const char *folder, GError **error)
{
  g_auto (GStrv) names = dk_list_dir (dir, folder, error);
  for (char **name = names; name != NULL && *name != NULL; name++)
    {
      g_autofree char *path = g_build_filename (folder, *name, NULL);
      if (unlinkat (dir, path, 0) < 0)
        return dk_throw_errno (error, "remove %s", path);
    }
  return names != NULL;
}

static bool
empty_folders (int dir, GError **error)
{
  for (const char *const *folder = folders; *folder != NULL; folder++)
    if (!empty_folder (dir, *folder, error))
      return false;
  return true;
}

/* Tried before anything is made: the shipped configuration with @settings, the text of docket.yaml for @country. */
static bool
check_country (const char *shipped, const char *settings, const char *country, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  g_autoptr (Config) config = config_read (shipped, error);
  if (config == NULL)
    return false;
  g_autoptr (GBytes) bytes = config_bytes (config);
  g_autoptr (json_t) files = json_loadb (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 0, NULL);
  json_object_set_new (files, "docket.yaml", dk_json_text (settings));
  g_autofree char *line = dk_json_line (files);
  g_autoptr (GBytes) changed = g_bytes_new (line, strlen (line));
  g_autoptr (Config) tried = config_from_bytes (changed, error);
  if (tried == NULL)
    return false;
  g_autoptr (Settings) read = settings_load (tried, &wrong);
  if (read == NULL)
    return dk_refuse (error, DK_ERROR_USAGE, "country_code", "s", country);
  g_autoptr (Register) rules = register_load (tried, &wrong);
  return rules != NULL || dk_throw (error, DK_ERROR_USAGE, "--country %s: %s", country, wrong->message);
}

bool
layout_store (const char *path, StoreFlags flags, const char *country, const char *language, GError **error)
{
  g_autofree char *shipped = config_shipped_path ();
  g_autofree char *settings = settings_template (country, language, error);
  if (settings == NULL || !check_country (shipped, settings, country, error) || !store_create (path, flags, error))
    return false;
  autofd dir = dk_open_dir (AT_FDCWD, path, error);
  return dir >= 0 && copy_folders (dir, shipped, error)
         && dk_write_file (dir, "docket.yaml", settings, strlen (settings), 0644, error) && adopt (path, flags, error);
}

bool
layout_copy_config (const char *from, const char *to, bool keep_settings, GError **error)
{
  autofd dir = dk_open_dir (AT_FDCWD, to, error);
  if (dir < 0 || !empty_folders (dir, error) || !copy_folders (dir, from, error))
    return false;
  if (keep_settings)
    return true;
  g_autofree char *path = g_build_filename (from, "docket.yaml", NULL);
  g_autoptr (GBytes) bytes = dk_read_file (AT_FDCWD, path, LIMITS_CONFIG_BYTES, error);
  return bytes != NULL
         && dk_write_file (dir, "docket.yaml", g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 0644, error);
}
