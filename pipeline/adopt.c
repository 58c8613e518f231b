/* Configuration: validated whole, then a numbered version; what is invalid leaves the last valid one in force. */
#include "pipeline/adopt.h"
#include "base/log.h"
#include "pipeline/customers.h"
#include "pipeline/keep.h"
#include "pipeline/recheck.h"
#include "store/versions.h"
#include <sys/stat.h>

#define CONFIG_EVERY_US (5 * G_USEC_PER_SEC)

/* Names, sizes and times of the files: changes when anybody edits one. */
static char *
files_mark (Pipeline *pipeline)
{
  static const char *const folders[]
      = { "", "vocabulary", "taxonomy", "policies", "calendars", "templates", "allocation", "users" };
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
          if ((g_str_has_suffix (name, ".yaml") || (i == 0 && g_str_has_suffix (name, ".csv")))
              && stat (path, &st) == 0)
            g_string_append_printf (mark, "%s %lld %lld.%09ld\n", path, (long long)st.st_size,
                                    (long long)st.st_mtim.tv_sec, st.st_mtim.tv_nsec);
        }
    }
  return g_string_free (mark, FALSE);
}

static bool
have_changed (Pipeline *pipeline)
{
  g_autofree char *mark = files_mark (pipeline);
  return g_strcmp0 (mark, pipeline->config_mark) != 0;
}

bool
pipeline_config_is_newer (Pipeline *pipeline, bool *newer, GError **error)
{
  int64_t id;
  bool known = store_config_current (pipeline->store, &id, NULL, error);
  *newer = known && id > pipeline->config_id;
  return known;
}

static PipelineConfiguration *
read_files (Pipeline *pipeline, GError **error)
{
  g_autoptr (Config) config = config_read_store (store_path (pipeline->store), error);
  g_autoptr (PipelineConfiguration) loaded = config != NULL ? pipeline_configuration_load (config, error) : NULL;
  if (loaded == NULL || !pipeline_customers_check (pipeline->store, loaded->settings, false, error))
    return NULL;
  return g_steal_pointer (&loaded);
}

/* At the start, where the files are invalid because of @why: the last version that was valid, if there is one. A docket
 * that is newer than that version completes it, which makes it another one. */
static PipelineConfiguration *
load_last_valid (Pipeline *pipeline, const GError *why, GError **error)
{
  int64_t id;
  g_autoptr (Config) last = NULL;
  if (!store_config_current (pipeline->store, &id, &last, error))
    return NULL;
  if (last == NULL)
    {
      g_propagate_error (error, g_error_copy (why));
      return NULL;
    }
  g_autoptr (Config) completed = config_completed (last, NULL);
  g_autoptr (PipelineConfiguration) loaded = pipeline_configuration_load (completed != NULL ? completed : last, error);
  return loaded != NULL && store_config_adopt (pipeline->store, loaded->config, &id, error) ? g_steal_pointer (&loaded)
                                                                                            : NULL;
}

/* Takes over @valid. */
static bool
put_in_force (Pipeline *pipeline, PipelineConfiguration *valid, GError **error)
{
  g_clear_pointer (&pipeline->capture, capture_free); /* it lends the settings */
  g_clear_pointer (&pipeline->in_force, pipeline_configuration_free);
  pipeline->in_force = valid;
  pipeline_recheck_begin (pipeline);
  dk_log ("configuration", "version=%" G_GINT64_FORMAT, pipeline->config_id);
  if (!pipeline->options.watch)
    return true;
  const Settings *settings = valid->settings;
  for (guint i = 0; !pipeline->options.events && i < settings->profiles->len; i++)
    ((ConfigProfile *)settings->profiles->pdata[i])->inotify = false;
  pipeline->capture = capture_new (pipeline->store, settings, error);
  if (pipeline->capture != NULL && pipeline->options.once)
    capture_keep_none (pipeline->capture);
  return pipeline->capture != NULL;
}

bool
pipeline_adopt_config (Pipeline *pipeline, GError **error)
{
  g_autoptr (GError) invalid = NULL;
  g_free (pipeline->config_mark);
  pipeline->config_mark = files_mark (pipeline);
  g_autoptr (PipelineConfiguration) read = read_files (pipeline, &invalid);
  if (read != NULL && !store_config_adopt (pipeline->store, read->config, &pipeline->config_id, error))
    return false;
  if (read != NULL && !config_keep (read->config, store_path (pipeline->store), NULL))
    dk_log ("configuration_not_kept", "version=%" G_GINT64_FORMAT, pipeline->config_id); /* the next start parses it */
  if (read == NULL)
    {
      dk_log ("configuration_invalid", "in_force=%" G_GINT64_FORMAT, pipeline->config_id);
      bool newer;
      if (!pipeline_config_is_newer (pipeline, &newer, error))
        return false;
      if (pipeline->in_force != NULL && !newer)
        return true;
      read = load_last_valid (pipeline, invalid, error);
    }
  return read != NULL && store_config_current (pipeline->store, &pipeline->config_id, NULL, error)
         && put_in_force (pipeline, g_steal_pointer (&read), error)
         && register_watch_owners (pipeline->store, pipeline->in_force->rules, "docketd", error);
}

bool
pipeline_follow_config (Pipeline *pipeline, GError **error)
{
  int64_t now_us = dk_monotonic_us ();
  bool newer = false;
  pipeline->config_waits = false;
  if (now_us < pipeline->config_at_us)
    return true;
  if (!pipeline_config_is_newer (pipeline, &newer, error))
    return false;
  newer |= have_changed (pipeline);
  pipeline->config_waits = newer && g_hash_table_size (pipeline->pieces) > 0;
  if (pipeline->config_waits)
    return true;
  pipeline->config_at_us = now_us + CONFIG_EVERY_US;
  if (!newer)
    return true;
  if (!pipeline_adopt_config (pipeline, error))
    return false;
  pipeline_end_worker (pipeline); /* started anew with the new version, or with another list of customers */
  return true;
}
