/* cases/policy.c - reads policies/PACK.yaml: the duties of a law or a regulator, each with the dates it holds for.
 *
 *   pack: ES-LEY10-2025          as the file is called
 *   title: {en: "…"}             by language, for people
 *   calendar: ES                 optional; without it the firm's own calendar counts
 *   duties:
 *     - kind: final
 *       rule: 15wd
 *       effective_from: 2026-12-28   the first and (optional) the last day of receipt it holds for
 *       effective_to: 2030-12-31
 *       conditional: true            optional: not set by itself at registration
 *       roll: none                   optional, and nothing else: the end of a firm's own time limit does not move
 *       note: "…"                    optional, for people
 *       source: "the law" */
#include "cases/deadline.h"
#include <string.h>

typedef struct
{
  Policy policy;
  DkDay from, to;
} Duty;

struct Policies
{
  GStringChunk *texts;
  GPtrArray *duties; /* of Duty, in the order of the files */
};

void
policies_free (Policies *policies)
{
  if (policies == NULL)
    return;
  g_string_chunk_free (policies->texts);
  g_ptr_array_unref (policies->duties);
  g_free (policies);
}

static const char *
keep (Policies *policies, const char *text)
{
  return text == NULL ? NULL : g_string_chunk_insert_const (policies->texts, text);
}

/* *@day stays as it is when the optional @key is absent. */
static bool
want_day (const YamlNode *node, const char *key, DkDay *day, GError **error)
{
  const char *text = NULL;
  if (!yaml_want_text (node, key, &text, error))
    return false;
  if (text == NULL)
    return true;
  *day = dk_day_parse (text);
  return *day != DK_DAY_NONE
         || yaml_throw (yaml_get (node, key), error, "%s is not a date; a date is written 2026-12-31", key);
}

static bool
read_rule (const YamlNode *node, DeadlineRule *rule, GError **error)
{
  const char *text;
  g_autoptr (GError) wrong = NULL;
  if (!yaml_need_text (node, "rule", &text, error))
    return false;
  return deadline_rule_parse (text, rule, &wrong) || yaml_throw (yaml_get (node, "rule"), error, "%s", wrong->message);
}

static bool
read_dates (const YamlNode *node, Duty *duty, GError **error)
{
  const char *from;
  duty->to = dk_day (9999, 12, 31);
  if (!yaml_need_text (node, "effective_from", &from, error) || !want_day (node, "effective_from", &duty->from, error)
      || !want_day (node, "effective_to", &duty->to, error))
    return false;
  return duty->from <= duty->to
         || yaml_throw (yaml_get (node, "effective_to"), error, "effective_to lies before effective_from");
}

/* One kind has one duty on one day. */
static bool
check_overlap (const Policies *policies, const Duty *duty, const YamlNode *node, GError **error)
{
  for (guint i = 0; i < policies->duties->len; i++)
    {
      const Duty *other = g_ptr_array_index (policies->duties, i);
      if (strcmp (other->policy.pack, duty->policy.pack) == 0 && strcmp (other->policy.kind, duty->policy.kind) == 0
          && other->from <= duty->to && duty->from <= other->to)
        return yaml_throw (node, error, "%s/%s stands here twice for the same days", duty->policy.pack,
                           duty->policy.kind);
    }
  return true;
}

static bool
is_kind (const char *text)
{
  return *text != '\0' && strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen (text);
}

static bool
read_duty (Policies *policies, const char *pack, const char *calendar, const YamlNode *node, GError **error)
{
  static const char *const keys[]
      = { "kind", "rule", "effective_from", "effective_to", "conditional", "roll", "note", "source", NULL };
  static const char *const rolls[] = { "none", NULL };
  const char *kind, *source, *note = "", *roll = NULL;
  g_autofree Duty *duty = g_new0 (Duty, 1);
  if (!yaml_check_keys (node, keys, error) || !yaml_need_text (node, "kind", &kind, error)
      || !yaml_need_text (node, "source", &source, error) || !yaml_want_text (node, "note", &note, error)
      || !yaml_want_bool (node, "conditional", &duty->policy.conditional, error)
      || !yaml_want_word (node, "roll", rolls, &roll, error) || !read_rule (node, &duty->policy.rule, error)
      || !read_dates (node, duty, error))
    return false;
  if (!is_kind (kind))
    return yaml_throw (yaml_get (node, "kind"), error, "a kind is made of small letters, digits and hyphens");
  g_autofree char *day = dk_day_format (duty->from);
  g_autofree char *version = g_strdup_printf ("%s/%s@%s", pack, kind, day);
  duty->policy.pack = keep (policies, pack);
  duty->policy.kind = keep (policies, kind);
  duty->policy.version = keep (policies, version);
  duty->policy.calendar = keep (policies, calendar);
  duty->policy.source = keep (policies, source);
  duty->policy.note = keep (policies, note);
  if (!check_overlap (policies, duty, node, error))
    return false;
  g_ptr_array_add (policies->duties, g_steal_pointer (&duty));
  return true;
}

static bool
check_calendar (const Config *config, const YamlNode *root, const char *code, GError **error)
{
  if (code == NULL)
    return true;
  g_autofree char *path = g_strdup_printf ("calendars/%s.yaml", code);
  return config_file (config, path) != NULL
         || yaml_throw (yaml_get (root, "calendar"), error, "there is no calendar %s", code);
}

static bool
read_pack (Policies *policies, const Config *config, const char *path, GError **error)
{
  static const char *const keys[] = { "pack", "title", "calendar", "duties", NULL };
  const YamlNode *root = yaml_root (config_file (config, path));
  g_autofree char *file = g_path_get_basename (path);
  const char *pack, *calendar = NULL;
  if (!yaml_check_keys (root, keys, error) || !yaml_need_text (root, "pack", &pack, error)
      || !yaml_want_text (root, "calendar", &calendar, error) || !check_calendar (config, root, calendar, error))
    return false;
  if (strlen (file) != strlen (pack) + 5 || !g_str_has_prefix (file, pack))
    return yaml_throw (yaml_get (root, "pack"), error, "pack is %s, but the file is called %s", pack, file);
  const YamlNode *duties = yaml_get (root, "duties");
  if (duties == NULL || !yaml_is_sequence (duties) || yaml_size (duties) == 0)
    return yaml_throw (duties != NULL ? duties : root, error, "a pack needs duties, a list");
  for (size_t i = 0; i < yaml_size (duties); i++)
    if (!read_duty (policies, pack, calendar, yaml_at (duties, i, NULL), error))
      return false;
  return true;
}

Policies *
policies_load (const Config *config, GError **error)
{
  g_autoptr (Policies) policies = g_new0 (Policies, 1);
  policies->texts = g_string_chunk_new (4096);
  policies->duties = g_ptr_array_new_with_free_func (g_free);
  g_auto (GStrv) paths = config_paths (config, "policies");
  for (char **path = paths; *path != NULL; path++)
    if (!read_pack (policies, config, *path, error))
      return NULL;
  return g_steal_pointer (&policies);
}

bool
policies_has_pack (const Policies *policies, const char *pack)
{
  for (guint i = 0; i < policies->duties->len; i++)
    if (strcmp (((const Duty *)g_ptr_array_index (policies->duties, i))->policy.pack, pack) == 0)
      return true;
  return false;
}

static bool
is_called (const Policy *policy, const char *name)
{
  size_t pack = strlen (policy->pack);
  return strncmp (name, policy->pack, pack) == 0 && name[pack] == '/' && strcmp (name + pack + 1, policy->kind) == 0;
}

/* Says what there is instead of @name: the dates of the duty, the kinds of the pack, or the packs. */
static void
throw_not_found (const Policies *policies, const char *name, GError **error)
{
  g_autofree char *pack = g_strndup (name, strcspn (name, "/"));
  bool has_pack = policies_has_pack (policies, pack);
  g_autoptr (GString) dates = g_string_new (NULL);
  g_autoptr (GString) others = g_string_new (NULL);
  const char *last = "";
  for (guint i = 0; i < policies->duties->len; i++)
    {
      const Duty *duty = g_ptr_array_index (policies->duties, i);
      const char *other = has_pack ? duty->policy.kind : duty->policy.pack;
      g_autofree char *from = dk_day_format (duty->from);
      if (is_called (&duty->policy, name))
        g_string_append_printf (dates, " %s", from);
      if ((!has_pack || strcmp (duty->policy.pack, pack) == 0) && strcmp (last, other) != 0)
        g_string_append_printf (others, " %s", last = other);
    }
  if (dates->len > 0)
    dk_throw (error, DK_ERROR_NOT_FOUND, "policy %s is not in force on that day; it took effect on%s", name,
              dates->str);
  else if (has_pack)
    dk_throw (error, DK_ERROR_NOT_FOUND, "there is no policy %s; %s has the kinds%s", name, pack, others->str);
  else
    dk_throw (error, DK_ERROR_NOT_FOUND, "there is no policy pack %s; there are%s", pack, others->str);
}

const Policy *
policies_find (const Policies *policies, const char *name, DkDay day, GError **error)
{
  for (guint i = 0; i < policies->duties->len; i++)
    {
      const Duty *duty = g_ptr_array_index (policies->duties, i);
      if (is_called (&duty->policy, name) && duty->from <= day && day <= duty->to)
        return &duty->policy;
    }
  throw_not_found (policies, name, error);
  return NULL;
}

GPtrArray *
policies_of_pack (const Policies *policies, const char *pack, DkDay day)
{
  GPtrArray *found = g_ptr_array_new ();
  for (guint i = 0; i < policies->duties->len; i++)
    {
      Duty *duty = g_ptr_array_index (policies->duties, i);
      if (strcmp (duty->policy.pack, pack) == 0 && !duty->policy.conditional && duty->from <= day && day <= duty->to)
        g_ptr_array_add (found, &duty->policy);
    }
  return found;
}

const char *
policy_calendar (const Policy *policy, const char *own)
{
  if (policy->calendar == NULL || own == NULL)
    return policy->calendar != NULL ? policy->calendar : own;
  size_t length = strlen (policy->calendar);
  return strncmp (own, policy->calendar, length) == 0 && own[length] == '-' ? own : policy->calendar;
}
