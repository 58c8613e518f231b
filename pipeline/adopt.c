/* Configuration: validated whole, then a numbered version; what is invalid leaves the last valid one in force. */
#include "base/log.h"
#include "pipeline/stage.h"
#include "store/versions.h"
#include <sys/stat.h>

typedef struct
{
  Config *config;
  Settings *settings;
  Vocabulary *vocabulary;
  Register *rules;
} Loaded;

static void
loaded_clear (Loaded *loaded)
{
  g_clear_pointer (&loaded->config, config_unref);
  g_clear_pointer (&loaded->settings, settings_free);
  g_clear_pointer (&loaded->vocabulary, vocabulary_free);
  g_clear_pointer (&loaded->rules, register_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Loaded, loaded_clear)

/* Takes over @config. */
static bool
load (Loaded *loaded, Config *config, GError **error)
{
  loaded->config = config;
  return config != NULL && (loaded->settings = settings_load (config, error)) != NULL
         && (loaded->vocabulary = vocabulary_load (config, error)) != NULL
         && (loaded->rules = register_load (config, error)) != NULL;
}

/* Names, sizes and times of the files: changes when anybody edits one. */
static char *
files_mark (Pipeline *pipeline)
{
  static const char *const folders[] = { "", "vocabulary", "taxonomy", "policies", "calendars", "templates" };
  GString *mark = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = store_join (pipeline->store, folders[i]);
      g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
      const char *name;
      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        {
          g_autofree char *path = g_build_filename (folder, name, NULL);
          struct stat st;
          if (g_str_has_suffix (name, ".yaml") && stat (path, &st) == 0)
            g_string_append_printf (mark, "%s %lld %lld.%09ld\n", path, (long long)st.st_size,
                                    (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
        }
    }
  return g_string_free (mark, FALSE);
}

bool
pipeline_config_changed (Pipeline *pipeline)
{
  g_autofree char *mark = files_mark (pipeline);
  return g_strcmp0 (mark, pipeline->config_mark) != 0;
}

static bool
load_last_valid (Pipeline *pipeline, Loaded *loaded, GError *why, GError **error)
{
  g_autoptr (Config) last = NULL;
  g_autoptr (GError) ignored = NULL;
  int64_t id;
  if (!store_config_current (pipeline->store, &id, &last, &ignored) || id == 0)
    {
      g_propagate_error (error, g_error_copy (why));
      return false;
    }
  dk_log ("configuration_invalid", "in_force=%" G_GINT64_FORMAT, id);
  loaded_clear (loaded);
  return load (loaded, g_steal_pointer (&last), error);
}

bool
pipeline_adopt_config (Pipeline *pipeline, GError **error)
{
  g_auto (Loaded) loaded = { 0 };
  g_autoptr (GError) invalid = NULL;
  g_free (pipeline->config_mark);
  pipeline->config_mark = files_mark (pipeline);
  if (!load (&loaded, config_read (store_path (pipeline->store), &invalid), &invalid))
    {
      if (!load_last_valid (pipeline, &loaded, invalid, error))
        return false;
    }
  else if (!store_config_adopt (pipeline->store, loaded.config, &pipeline->config_id, error))
    return false;
  if (!store_config_current (pipeline->store, &pipeline->config_id, NULL, error))
    return false;
  g_clear_pointer (&pipeline->capture, capture_free);
  g_clear_pointer (&pipeline->config, config_unref);
  g_clear_pointer (&pipeline->settings, settings_free);
  g_clear_pointer (&pipeline->vocabulary, vocabulary_free);
  g_clear_pointer (&pipeline->rules, register_free);
  pipeline->config = g_steal_pointer (&loaded.config);
  pipeline->settings = g_steal_pointer (&loaded.settings);
  pipeline->vocabulary = g_steal_pointer (&loaded.vocabulary);
  pipeline->rules = g_steal_pointer (&loaded.rules);
  dk_log ("configuration", "version=%" G_GINT64_FORMAT, pipeline->config_id);
  if (!pipeline->options.watch)
    return true;
  for (guint i = 0; !pipeline->options.events && i < pipeline->settings->profiles->len; i++)
    ((ConfigProfile *)pipeline->settings->profiles->pdata[i])->inotify = false;
  pipeline->capture = capture_new (pipeline->store, pipeline->settings, error);
  return pipeline->capture != NULL;
}
