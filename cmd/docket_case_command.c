#include "cmd/docket_case.h"
#include "store/versions.h"

bool
case_command_open (CaseCommand *command, GError **error)
{
  command->store = command_open (&command->command, error);
  command->config = command->store != NULL ? command_config (command->store, error) : NULL;
  command->settings = command->config != NULL ? settings_load (command->config, error) : NULL;
  if (command->settings == NULL)
    return false;
  command->house = (CaseHouse){ .zone = command->settings->zone, .limits = CASE_LIMITS_DEFAULT };
  return dk_day_in_zone (dk_now_us (), command->house.zone, &command->today, error);
}

Register *
case_command_rules (const CaseCommand *command, GError **error)
{
  int64_t id;
  GError *wrong = NULL;
  g_autoptr (Config) last = NULL;
  Register *rules = register_load (command->config, &wrong);
  if (rules == NULL && g_error_matches (wrong, DK_ERROR, DK_ERROR_CONFIG)
      && store_config_current (command->store, &id, &last, NULL) && id > 0)
    rules = register_load (last, NULL);
  if (rules == NULL)
    g_propagate_error (error, wrong);
  else
    g_clear_error (&wrong);
  return rules;
}

void
case_command_clear (CaseCommand *command)
{
  g_clear_pointer (&command->settings, settings_free);
  g_clear_pointer (&command->config, config_unref);
  g_clear_pointer (&command->store, store_free);
  command_clear (&command->command);
}
