/* docket deadline lint - what contradicts in the packs and calendars of a store. */
#include "cases/policy_lint.h"
#include "cmd/command.h"
#include "cmd/docket_deadline.h"
#include "cmd/say.h"
#include <string.h>

static void
print_finding (const char *language, bool json, const PolicyFinding *finding)
{
  g_autofree char *day = dk_day_format (finding->day), *until = dk_day_format (finding->until);
  if (json)
    {
      command_print_json (json_pack ("{s:s, s:s, s:s, s:s, s:s?, s:s?}", "place", finding->place, "finding",
                                     finding->code, "what", finding->what, "other", finding->other, "day", day, "until",
                                     until));
      return;
    }
  g_autofree char *key = g_strconcat ("rules.", finding->code, NULL);
  say (language, key, "sssss", finding->place, finding->what, finding->other, day, until);
}

/* Every file of calendars/, also those that no pack names. */
static bool
check_calendars (const Config *config, GError **error)
{
  g_auto (GStrv) paths = config_paths (config, "calendars");
  for (char **path = paths; *path != NULL; path++)
    {
      g_autofree char *name = g_path_get_basename (*path);
      name[strlen (name) - strlen (".yaml")] = '\0';
      g_autoptr (Calendar) calendar = calendar_load (config, name, error);
      if (calendar == NULL)
        return false;
    }
  return true;
}

bool
deadline_lint (const Config *config, const char *language, bool json, bool *found, GError **error)
{
  DkDay today;
  g_autoptr (Settings) settings = settings_load (config, error);
  g_autoptr (Policies) policies
      = settings != NULL && check_calendars (config, error) ? policies_load (config, error) : NULL;
  g_autoptr (Vocabulary) vocabulary = policies != NULL ? vocabulary_load (config, error) : NULL;
  if (vocabulary == NULL || !dk_day_in_zone (dk_now_us (), settings->zone, &today, error))
    return false;
  g_autoptr (GArray) findings = policy_lint (config, policies, settings, vocabulary, today);
  for (guint i = 0; i < findings->len; i++)
    print_finding (language, json, &g_array_index (findings, PolicyFinding, i));
  *found = findings->len > 0;
  if (json)
    command_print_json (json_pack ("{s:i}", "findings", (int)findings->len));
  else
    say (language, "rules.linted", "d", (int)findings->len);
  return true;
}
