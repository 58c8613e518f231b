/* docket replay - what the configuration in force now would decide otherwise. */
#include "cmd/changes.h"
#include "cmd/docket_commands.h"
#include "cmd/say.h"
#include "pipeline/wake.h"
#include "store/versions.h"
#include <string.h>

typedef struct
{
  Command command;
  int sample;
  gboolean apply;
  Store *store;
  PipelineConfiguration *in_force;
  Changes changes;
} Replay;

static void
replay_clear (Replay *replay)
{
  changes_clear (&replay->changes);
  command_clear (&replay->command);
  g_clear_pointer (&replay->in_force, pipeline_configuration_free);
  g_clear_pointer (&replay->store, store_free);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Replay, replay_clear)

/* The documents that are named, or a sample, or all. */
static GArray *
chosen (const Replay *replay, char **words, int n, GError **error)
{
  if (n == 0)
    return pipeline_pass_documents (replay->store, (unsigned)replay->sample, error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (int64_t));
  for (int i = 0; i < n; i++)
    {
      g_autoptr (StoreDocument) document = say_find_document (replay->command.language, replay->store, words[i], error);
      if (document == NULL)
        return NULL;
      if (document->name == NULL)
        {
          dk_refuse (error, DK_ERROR_USAGE, "not_understood", "s", words[i]);
          return NULL;
        }
      g_array_append_val (ids, document->id);
    }
  return g_steal_pointer (&ids);
}

static bool
replay_all (Replay *replay, char **words, int n, GError **error)
{
  int64_t config = 0;
  unsigned sent = 0;
  g_autoptr (GArray) documents = chosen (replay, words, n, error);
  if (documents == NULL || !changes_find (&replay->changes, replay->store, documents, replay->in_force, error))
    return false;
  if (replay->apply
      && (!store_config_adopt (replay->store, replay->in_force->config, &config, error)
          || !changes_apply (&replay->changes, replay->store, config, &sent, error)))
    return false;
  changes_tell (&replay->changes, replay->apply, sent, config);
  if (replay->apply && sent > 0 && !replay->command.json && !store_pipeline_is_locked (replay->store))
    say (replay->command.language, "stopped", "");
  return true;
}

static bool
run (Replay *replay, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "sample", 0, 0, G_OPTION_ARG_INT, &replay->sample, "Look at COUNT documents only, spread evenly over all",
      "COUNT" },
    { "apply", 0, 0, G_OPTION_ARG_NONE, &replay->apply,
      "Send the documents that would change back, to be understood anew", NULL },
    G_OPTION_ENTRY_NULL,
  };
  if (!command_parse (&replay->command, entries, "[N…]",
                      "Shows what the configuration in force now would decide otherwise than was decided then.", &argc,
                      &argv, error))
    return false;
  if (replay->sample < 0)
    return dk_refuse (error, DK_ERROR_USAGE, "sample", "d", replay->sample);
  if (replay->sample > 0 && argc > 1)
    return dk_refuse (error, DK_ERROR_USAGE, "chooses", "s", "sample");
  replay->store = command_open (&replay->command, error);
  g_autoptr (Config) config = replay->store != NULL ? command_config (replay->store, error) : NULL;
  replay->in_force = config != NULL ? pipeline_configuration_load (config, error) : NULL;
  return replay->in_force != NULL && replay_all (replay, argv + 1, argc - 1, error);
}

int
docket_replay (int argc, char **argv)
{
  g_auto (Replay) replay = { 0 };
  g_autoptr (GError) error = NULL;
  changes_init (&replay.changes, &replay.command);
  run (&replay, argc, argv, &error);
  return command_end ("replay", error);
}
