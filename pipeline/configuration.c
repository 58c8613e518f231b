#include "pipeline/configuration.h"

/* Words and names of folders that are not there would pass for a firm that wants none: all letters would be about
 * nothing, and lie in folders with the names of codes. */
static bool
check_there (const PipelineConfiguration *loaded, GError **error)
{
  if (vocabulary_concepts (loaded->vocabulary, "kind")->len == 0)
    return dk_throw (
        error, DK_ERROR_CONFIG,
        "vocabulary:1:1: no file in it has concepts of the scheme kind; docket init copies those that came "
        "with docket into a new store");
  g_auto (GStrv) taxonomy = config_paths (loaded->config, "taxonomy");
  return *taxonomy != NULL
         || dk_throw (error, DK_ERROR_CONFIG,
                      "taxonomy:1:1: no file is in it; docket init copies the one that came with docket into a new "
                      "store");
}

PipelineConfiguration *
pipeline_configuration_load (Config *config, GError **error)
{
  g_autoptr (PipelineConfiguration) loaded = g_new0 (PipelineConfiguration, 1);
  loaded->config = config_ref (config);
  loaded->settings = settings_load (config, error);
  loaded->vocabulary = loaded->settings != NULL ? vocabulary_load (config, error) : NULL;
  loaded->naming = loaded->vocabulary != NULL && check_there (loaded, error) ? naming_load (config, error) : NULL;
  loaded->rules = loaded->naming != NULL ? register_load (config, error) : NULL;
  return loaded->rules != NULL ? g_steal_pointer (&loaded) : NULL;
}

void
pipeline_configuration_free (PipelineConfiguration *configuration)
{
  if (configuration == NULL)
    return;
  g_clear_pointer (&configuration->config, config_unref);
  g_clear_pointer (&configuration->settings, settings_free);
  g_clear_pointer (&configuration->vocabulary, vocabulary_free);
  g_clear_pointer (&configuration->naming, naming_free);
  g_clear_pointer (&configuration->rules, register_free);
  g_free (configuration);
}
