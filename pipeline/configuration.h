/* pipeline/configuration.h - everything that people edit, valid whole or not at all. */
#pragma once
#include "base/naming.h"
#include "base/vocabulary.h"
#include "cases/register.h"

typedef struct
{
  Config *config;
  Settings *settings;
  Vocabulary *vocabulary;
  Naming *naming;
  Register *rules;
} PipelineConfiguration;
/* Reads all of @config, of which it keeps a reference. Fails with CONFIG at the first thing that is wrong. */
PipelineConfiguration *pipeline_configuration_load (Config *config, GError **error);
void pipeline_configuration_free (PipelineConfiguration *configuration);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PipelineConfiguration, pipeline_configuration_free)
