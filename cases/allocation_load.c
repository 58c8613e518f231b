#include "cases/allocation_rules.h"
#include <string.h>

struct Allocation
{
  GPtrArray *users, *teams, *rules; /* of User, Team, Rule */
};

static void
absence_free (Absence *absence)
{
  g_free (absence->substitute);
  g_free (absence);
}

static void
user_free (User *user)
{
  g_free (user->name);
  g_free (user->title);
  g_strfreev (user->languages);
  g_ptr_array_unref (user->absences);
  g_free (user);
}

static void
team_free (Team *team)
{
  g_free (team->name);
  g_free (team->lead);
  g_strfreev (team->members);
  g_free (team);
}

static void
rule_free (Rule *rule)
{
  char *texts[]
      = { rule->name, rule->kind, rule->subject, rule->language, rule->region, rule->profile, rule->user, rule->team };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (rule);
}

void
allocation_free (Allocation *allocation)
{
  if (allocation == NULL)
    return;
  g_ptr_array_unref (allocation->users);
  g_ptr_array_unref (allocation->teams);
  g_ptr_array_unref (allocation->rules);
  g_free (allocation);
}

/* --- users --- */

static bool
read_day (const YamlNode *node, const char *key, DkDay *day, GError **error)
{
  const char *text;
  if (!yaml_need_text (node, key, &text, error))
    return false;
  *day = dk_day_parse (text);
  return *day != DK_DAY_NONE || yaml_throw (yaml_get (node, key), error, "%s: a date is written as 2026-12-24", key);
}

static bool
read_absence (User *user, const YamlNode *node, GError **error)
{
  static const char *const keys[] = { "from", "to", "substitute", NULL };
  const char *substitute = NULL;
  Absence *absence = g_new0 (Absence, 1);
  g_ptr_array_add (user->absences, absence);
  if (!yaml_check_keys (node, keys, error) || !read_day (node, "from", &absence->from, error)
      || !read_day (node, "to", &absence->to, error) || !yaml_want_text (node, "substitute", &substitute, error))
    return false;
  absence->substitute = g_strdup (substitute);
  if (absence->from > absence->to)
    return yaml_throw (node, error, "an absence ends before it begins");
  return g_strcmp0 (substitute, user->name) != 0
         || yaml_throw (yaml_get (node, "substitute"), error, "%s cannot stand in for themselves", user->name);
}

static bool
read_user (Allocation *allocation, const Config *config, const char *path, GError **error)
{
  static const char *const keys[] = { "title", "languages", "role", "capacity", "absences", NULL };
  static const char *const roles[] = { "handler", "lead", NULL };
  const YamlNode *root = yaml_root (config_file (config, path)), *absences = yaml_get (root, "absences");
  const char *title = NULL, *role = "handler";
  g_autofree char *base = g_path_get_basename (path);
  User *user = g_new0 (User, 1);
  user->name = g_strndup (base, strlen (base) - strlen (".yaml"));
  user->capacity = -1;
  user->absences = g_ptr_array_new_with_free_func ((GDestroyNotify)absence_free);
  g_ptr_array_add (allocation->users, user);
  if (!yaml_check_keys (root, keys, error) || !yaml_want_text (root, "title", &title, error)
      || !yaml_want_list (root, "languages", &user->languages, error)
      || !yaml_want_word (root, "role", roles, &role, error)
      || !yaml_want_int (root, "capacity", 0, 100000, &user->capacity, error))
    return false;
  for (char **code = user->languages; code != NULL && *code != NULL; code++)
    if (strlen (*code) != 2 || !g_ascii_islower ((*code)[0]) || !g_ascii_islower ((*code)[1]))
      return yaml_throw (yaml_get (root, "languages"), error,
                         "“%s” is no language: codes of ISO 639-1 are needed, such as es", *code);
  user->title = g_strdup (title);
  user->lead = strcmp (role, "lead") == 0;
  if (absences != NULL && !yaml_is_sequence (absences) && !yaml_is_empty (absences))
    return yaml_throw (absences, error, "absences is a list of: from, to, substitute");
  for (size_t i = 0; absences != NULL && i < yaml_size (absences); i++)
    if (!read_absence (user, yaml_at (absences, i, NULL), error))
      return false;
  return true;
}

/* --- teams --- */

static bool
read_team (Allocation *allocation, const char *name, const YamlNode *node, GError **error)
{
  static const char *const keys[] = { "lead", "users", NULL };
  const char *lead = NULL;
  Team *team = g_new0 (Team, 1);
  team->name = g_strdup (name);
  g_ptr_array_add (allocation->teams, team);
  if (!yaml_check_keys (node, keys, error) || !yaml_want_text (node, "lead", &lead, error)
      || !yaml_want_list (node, "users", &team->members, error))
    return false;
  team->lead = g_strdup (lead);
  return (team->members != NULL && team->members[0] != NULL) || yaml_throw (node, error, "team %s has no users", name);
}

static bool
read_teams (Allocation *allocation, const YamlNode *root, GError **error)
{
  const YamlNode *teams = yaml_get (root, "teams");
  if (teams == NULL || yaml_is_empty (teams))
    return true;
  if (!yaml_is_mapping (teams))
    return yaml_throw (teams, error, "teams is a mapping: the name of a team, then its lead and users");
  for (size_t i = 0; i < yaml_size (teams); i++)
    {
      const char *name;
      const YamlNode *node = yaml_at (teams, i, &name);
      if (!read_team (allocation, name, node, error))
        return false;
    }
  return true;
}

/* --- rules --- */

static bool
covers (const char *wide, const char *narrow, char part)
{
  size_t length = wide != NULL ? strlen (wide) : 0;
  return wide == NULL
         || (narrow != NULL && strncmp (wide, narrow, length) == 0
             && (narrow[length] == '\0' || (part != '\0' && narrow[length] == part)));
}

/* Whether all that @later asks for is taken by @earlier. */
static bool
hides (const Rule *earlier, const Rule *later)
{
  return !earlier->existing && covers (earlier->kind, later->kind, '\0')
         && covers (earlier->subject, later->subject, '/') && covers (earlier->language, later->language, '\0')
         && covers (earlier->region, later->region, '-') && covers (earlier->profile, later->profile, '\0');
}

static bool
read_target (const Allocation *allocation, Rule *rule, const YamlNode *node, GError **error)
{
  static const char *const methods[] = { "fixed", "least_open", "round_robin", NULL };
  const char *method = NULL;
  int targets = (rule->user != NULL) + (rule->team != NULL) + rule->existing;
  if (!yaml_want_word (node, "method", methods, &method, error))
    return false;
  if (targets != 1)
    return yaml_throw (node, error, "rule %s: one of user, team and existing_owner is needed", rule->name);
  if (rule->team != NULL && allocation_team (allocation, rule->team) == NULL)
    return yaml_throw (yaml_get (node, "team"), error, "there is no team %s", rule->team);
  if (method != NULL && (strcmp (method, "fixed") == 0) != (rule->team == NULL))
    return yaml_throw (yaml_get (node, "method"), error, "fixed goes with user, least_open and round_robin with team");
  rule->method = rule->existing                                          ? "existing"
                 : rule->user != NULL                                    ? "fixed"
                 : method != NULL && strcmp (method, "round_robin") == 0 ? "round_robin"
                                                                         : "least_open";
  return true;
}

static bool
read_rule (Allocation *allocation, const YamlNode *node, GError **error)
{
  static const char *const keys[] = { "name", "kind",           "subject", "language", "region", "profile",
                                      "user", "existing_owner", "team",    "method",   NULL };
  static const char *const kinds[] = { "complaint", "suggestion", "thanks", "question", "other", NULL };
  const char *name, *kind = NULL;
  Rule *rule = g_new0 (Rule, 1);
  g_ptr_array_add (allocation->rules, rule);
  struct
  {
    const char *key;
    char **value;
  } texts[] = { { "subject", &rule->subject }, { "language", &rule->language }, { "region", &rule->region },
                { "profile", &rule->profile }, { "user", &rule->user },         { "team", &rule->team } };
  if (!yaml_check_keys (node, keys, error) || !yaml_need_text (node, "name", &name, error)
      || !yaml_want_word (node, "kind", kinds, &kind, error)
      || !yaml_want_bool (node, "existing_owner", &rule->existing, error))
    return false;
  rule->name = g_strdup (name);
  rule->kind = g_strdup (kind);
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = NULL;
      if (!yaml_want_text (node, texts[i].key, &text, error))
        return false;
      *texts[i].value = g_strdup (text);
    }
  for (guint i = 0; i + 1 < allocation->rules->len; i++)
    {
      const Rule *earlier = allocation->rules->pdata[i];
      if (strcmp (earlier->name, rule->name) == 0)
        return yaml_throw (node, error, "there are two rules %s", name);
      if (hides (earlier, rule))
        return yaml_throw (node, error, "rule %s can never apply: rule %s before it takes all of its cases", name,
                           earlier->name);
    }
  return read_target (allocation, rule, node, error);
}

static bool
read_rules (Allocation *allocation, const Config *config, GError **error)
{
  static const char *const keys[] = { "teams", "rules", NULL };
  const Yaml *file = config_file (config, "allocation/rules.yaml");
  const YamlNode *root = file != NULL ? yaml_root (file) : NULL;
  if (root == NULL)
    return true;
  const YamlNode *rules = yaml_get (root, "rules");
  if (!yaml_check_keys (root, keys, error) || !read_teams (allocation, root, error))
    return false;
  if (rules != NULL && !yaml_is_sequence (rules) && !yaml_is_empty (rules))
    return yaml_throw (rules, error, "rules is a list");
  for (size_t i = 0; rules != NULL && i < yaml_size (rules); i++)
    if (!read_rule (allocation, yaml_at (rules, i, NULL), error))
      return false;
  return true;
}

Allocation *
allocation_load (const Config *config, GError **error)
{
  g_autoptr (Allocation) allocation = g_new0 (Allocation, 1);
  allocation->users = g_ptr_array_new_with_free_func ((GDestroyNotify)user_free);
  allocation->teams = g_ptr_array_new_with_free_func ((GDestroyNotify)team_free);
  allocation->rules = g_ptr_array_new_with_free_func ((GDestroyNotify)rule_free);
  g_auto (GStrv) paths = config_paths (config, "users");
  for (char **path = paths; *path != NULL; path++)
    if (!read_user (allocation, config, *path, error))
      return NULL;
  return read_rules (allocation, config, error) ? g_steal_pointer (&allocation) : NULL;
}

/* --- looking --- */

const GPtrArray *
allocation_users (const Allocation *allocation)
{
  return allocation->users;
}

const GPtrArray *
allocation_teams (const Allocation *allocation)
{
  return allocation->teams;
}

const GPtrArray *
allocation_rules (const Allocation *allocation)
{
  return allocation->rules;
}

const User *
allocation_user (const Allocation *allocation, const char *name)
{
  for (guint i = 0; i < allocation->users->len; i++)
    if (strcmp (((const User *)allocation->users->pdata[i])->name, name) == 0)
      return allocation->users->pdata[i];
  return NULL;
}

const Team *
allocation_team (const Allocation *allocation, const char *name)
{
  for (guint i = 0; name != NULL && i < allocation->teams->len; i++)
    if (strcmp (((const Team *)allocation->teams->pdata[i])->name, name) == 0)
      return allocation->teams->pdata[i];
  return NULL;
}

const char *
allocation_lead (const Allocation *allocation, const char *team)
{
  const Team *found = allocation_team (allocation, team);
  if (found != NULL && found->lead != NULL)
    return found->lead;
  for (guint i = 0; i < allocation->users->len; i++)
    if (((const User *)allocation->users->pdata[i])->lead)
      return ((const User *)allocation->users->pdata[i])->name;
  return "";
}

const Absence *
allocation_absence (const User *user, DkDay day)
{
  for (guint i = 0; i < user->absences->len; i++)
    {
      const Absence *absence = user->absences->pdata[i];
      if (absence->from <= day && day <= absence->to)
        return absence;
    }
  return NULL;
}

static void
add_unknown (GTree *names, const Allocation *allocation, const char *name)
{
  if (name != NULL && *name != '\0' && allocation_user (allocation, name) == NULL)
    g_tree_insert (names, (gpointer)(uintptr_t)name, NULL);
}

static gboolean
add_name (gpointer name, gpointer none, gpointer builder)
{
  (void)none;
  g_strv_builder_add (builder, name);
  return FALSE;
}

char **
allocation_unknown (const Allocation *allocation)
{
  g_autoptr (GTree) names = g_tree_new ((GCompareFunc)strcmp);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; i < allocation->rules->len; i++)
    add_unknown (names, allocation, ((const Rule *)allocation->rules->pdata[i])->user);
  for (guint i = 0; i < allocation->teams->len; i++)
    {
      const Team *team = allocation->teams->pdata[i];
      add_unknown (names, allocation, team->lead);
      for (char **member = team->members; *member != NULL; member++)
        add_unknown (names, allocation, *member);
    }
  for (guint i = 0; i < allocation->users->len; i++)
    {
      const GPtrArray *absences = ((const User *)allocation->users->pdata[i])->absences;
      for (guint k = 0; k < absences->len; k++)
        add_unknown (names, allocation, ((const Absence *)absences->pdata[k])->substitute);
    }
  g_tree_foreach (names, add_name, builder);
  return g_strv_builder_end (builder);
}

const User *
allocation_stand_in (const Allocation *allocation, const User *user, DkDay day)
{
  for (int i = 0; i < ALLOCATION_SUBSTITUTES && user != NULL; i++)
    {
      const Absence *absence = allocation_absence (user, day);
      if (absence == NULL)
        return user;
      user = absence->substitute != NULL ? allocation_user (allocation, absence->substitute) : NULL;
    }
  return NULL;
}
