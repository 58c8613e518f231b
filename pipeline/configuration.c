#include "pipeline/configuration.h"

PipelineConfiguration *
pipeline_configuration_load (Config *config, GError **error)
{
  g_autoptr (PipelineConfiguration) loaded = g_new0 (PipelineConfiguration, 1);
  loaded->config = config_ref (config);
  loaded->settings = settings_load (config, error);
  loaded->vocabulary = loaded->settings != NULL ? vocabulary_load (config, error) : NULL;
  loaded->naming = loaded->vocabulary != NULL ? naming_load (config, error) : NULL;
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
