#include "cases/register.h"
#include "cases/number.h"
#include "store/blind.h"
#include "store/decision.h"
#include <string.h>

struct Register
{
  Settings *settings;
  Policies *policies;
  GHashTable *calendars; /* code to Calendar */
};

void
register_free (Register *rules)
{
  if (rules == NULL)
    return;
  g_clear_pointer (&rules->settings, settings_free);
  g_clear_pointer (&rules->policies, policies_free);
  g_clear_pointer (&rules->calendars, g_hash_table_unref);
  g_free (rules);
}

static bool
load_calendar (Register *rules, const Config *config, const char *code, GError **error)
{
  if (g_hash_table_contains (rules->calendars, code))
    return true;
  Calendar *calendar = calendar_load (config, code, error);
  if (calendar != NULL)
    g_hash_table_insert (rules->calendars, g_strdup (code), calendar);
  return calendar != NULL;
}

/* @wrong at what docket.yaml says of @key, or at the country that implies it. Returns false. */
static bool
blame_setting (const Config *config, const char *key, GError *wrong, GError **error)
{
  const YamlNode *root = yaml_root (config_file (config, "docket.yaml")), *node = yaml_get (root, key);
  bool implied = node == NULL || yaml_is_empty (node);
  yaml_throw (implied ? yaml_get (root, "country") : node, error, "%s", wrong->message);
  g_error_free (wrong);
  return false;
}

/* Calendar and pack of the firm must be there: without them it would lose its deadlines without a word. */
static bool
check_settings (Register *rules, const Config *config, GError **error)
{
  const Settings *settings = rules->settings;
  GError *wrong = NULL;
  if (*settings->policy != '\0' && !policies_has_pack (rules->policies, settings->policy))
    {
      policies_find (rules->policies, settings->policy, 0, &wrong); /* says which there are */
      return blame_setting (config, "policy", wrong, error);
    }
  if (*settings->calendar == '\0' || load_calendar (rules, config, settings->calendar, &wrong))
    return true;
  if (g_error_matches (wrong, DK_ERROR, DK_ERROR_NOT_FOUND))
    return blame_setting (config, "calendar", wrong, error);
  g_propagate_error (error, wrong);
  return false;
}

Register *
register_load (const Config *config, GError **error)
{
  g_autoptr (Register) rules = g_new0 (Register, 1);
  rules->calendars = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)calendar_free);
  rules->settings = settings_load (config, error);
  rules->policies = rules->settings != NULL ? policies_load (config, error) : NULL;
  if (rules->policies == NULL)
    return NULL;
  g_auto (GStrv) paths = config_paths (config, "calendars");
  for (char **path = paths; *path != NULL; path++) /* all, so that a broken one is found now and not in December */
    {
      g_autofree char *base = g_path_get_basename (*path);
      g_autofree char *code = g_strndup (base, strlen (base) - strlen (".yaml"));
      if (!load_calendar (rules, config, code, error))
        return NULL;
    }
  return check_settings (rules, config, error) ? g_steal_pointer (&rules) : NULL;
}

/* Whether the document complains, in the first place or beside something else. */
static bool
complains (Store *store, const StoreDocument *document, bool *complaint, GError **error)
{
  g_autoptr (GPtrArray) decisions = store_decisions (store, document->id, true, error);
  if (decisions == NULL)
    return false;
  *complaint = false;
  for (guint i = 0; i < decisions->len; i++)
    {
      const StoreDecision *decision = decisions->pdata[i];
      size_t k;
      const json_t *also;
      if (strcmp (decision->name, "kind") != 0)
        continue;
      *complaint |= strcmp (decision->value, "complaint") == 0;
      json_array_foreach (decision->also, k, also) *complaint |= strcmp (json_string_value (also), "complaint") == 0;
    }
  return true;
}

/* What a person checks blindly, docket is sure of. */
static bool
is_unsure (const StoreDocument *document)
{
  size_t i;
  const json_t *code;
  json_array_foreach (document->review, i,
                      code) if (g_strcmp0 (json_string_value (code), STORE_REVIEW_BLIND) != 0) return true;
  return false;
}

static const char *
state_of (const Deadline *deadline, const StoreDocument *document)
{
  if (deadline->calendar_missing)
    return "calendar_missing";
  return is_unsure (document) ? "provisional" : "ok";
}

static const StoreDeadline *
in_force (const GPtrArray *deadlines, const char *kind)
{
  for (guint i = 0; i < deadlines->len; i++)
    if (strcmp (((const StoreDeadline *)deadlines->pdata[i])->kind, kind) == 0)
      return deadlines->pdata[i];
  return NULL;
}

static bool
says_the_same (const StoreDeadline *a, const StoreDeadline *b)
{
  return a != NULL && strcmp (a->policy, b->policy) == 0 && strcmp (a->calendar, b->calendar) == 0
         && strcmp (a->start, b->start) == 0 && g_strcmp0 (a->due, b->due) == 0
         && g_strcmp0 (a->work_by, b->work_by) == 0 && strcmp (a->state, b->state) == 0;
}

static bool
set_deadline (StoreTransaction *transaction, const Register *rules, const StoreDocument *document, const Policy *policy,
              DkDay received, const GPtrArray *old, GError **error)
{
  const Calendar *calendar
      = g_hash_table_lookup (rules->calendars, policy_calendar (policy, rules->settings->calendar));
  if (calendar == NULL)
    return dk_throw (error, DK_ERROR_CONFIG, "policy %s: there is no calendar %s", policy->version,
                     policy_calendar (policy, rules->settings->calendar));
  g_autoptr (Deadline) deadline = deadline_compute (policy->rule, calendar, received, -1, rules->settings->zone);
  g_autoptr (json_t) described = deadline_json (deadline, policy, calendar);
  g_autofree char *start = dk_day_format (deadline->start);
  g_autofree char *due = deadline->calendar_missing ? NULL : dk_day_format (deadline->due);
  g_autofree char *work_by = deadline->calendar_missing ? NULL : dk_day_format (deadline->work_by);
  StoreDeadline row = { .case_id = document->case_id,
                        .kind = (char *)(uintptr_t)policy->kind,
                        .policy = (char *)(uintptr_t)policy->version,
                        .calendar = (char *)(uintptr_t)calendar_version (calendar),
                        .start = start,
                        .due = due,
                        .work_by = work_by,
                        .state = (char *)(uintptr_t)state_of (deadline, document),
                        .trace = json_object_get (described, "trace") };
  const StoreDeadline *before = in_force (old, policy->kind);
  bool settled = before != NULL && (strcmp (before->state, "met") == 0 || strcmp (before->state, "missed") == 0);
  return settled || says_the_same (before, &row) || store_deadline_set (transaction, &row, error);
}

static bool
has_duty (const GPtrArray *duties, const char *kind)
{
  for (guint i = 0; i < duties->len; i++)
    if (strcmp (((const Policy *)duties->pdata[i])->kind, kind) == 0)
      return true;
  return false;
}

/* Ends the deadlines in force of which there is no duty any more: no complaint, or another pack. */
static bool
withdraw_others (StoreTransaction *transaction, const GPtrArray *old, const GPtrArray *duties, GError **error)
{
  for (guint i = 0; i < old->len; i++)
    {
      StoreDeadline row = *(const StoreDeadline *)old->pdata[i];
      bool settled = strcmp (row.state, "met") == 0 || strcmp (row.state, "missed") == 0;
      if (settled || strcmp (row.state, "withdrawn") == 0 || has_duty (duties, row.kind))
        continue;
      row.state = (char *)(uintptr_t) "withdrawn";
      if (!store_deadline_set (transaction, &row, error))
        return false;
    }
  return true;
}

static bool
set_deadlines (StoreTransaction *transaction, const Register *rules, const StoreDocument *document,
               const char *received, GError **error)
{
  bool complaint;
  DkDay day = dk_day_parse (received);
  g_autoptr (GPtrArray) old = store_deadlines (store_of (transaction), document->case_id, error);
  if (old == NULL || !complains (store_of (transaction), document, &complaint, error))
    return false;
  g_autoptr (GPtrArray) duties
      = complaint ? policies_of_pack (rules->policies, rules->settings->policy, day) : g_ptr_array_new ();
  if (!withdraw_others (transaction, old, duties, error))
    return false;
  for (guint i = 0; i < duties->len; i++)
    if (!set_deadline (transaction, rules, document, duties->pdata[i], day, old, error))
      return false;
  return true;
}

bool
register_document (StoreTransaction *transaction, const Register *rules, const StoreDocument *document,
                   const char *received, const char *owner, const char *next, GError **error)
{
  const Settings *settings = rules->settings;
  DkDay today;
  int64_t serial;
  if (!dk_day_in_zone (dk_now_us (), settings->zone, &today, error))
    return false;
  int year = dk_date (today).year;
  if (!store_case_next_serial (transaction, settings->prefix, year, &serial, error))
    return false;
  g_autoptr (StoreCase) the_case = g_new0 (StoreCase, 1);
  the_case->number = number_format (settings->prefix, year, serial);
  the_case->prefix = g_strdup (settings->prefix);
  the_case->year = year;
  the_case->serial = serial;
  the_case->entity = g_strdup (settings->entity);
  the_case->status = g_strdup ("not_started");
  the_case->owner = g_strdup (owner);
  the_case->entry_date = dk_day_format (today);
  the_case->received = g_strdup (received);
  if (!store_case_open (transaction, the_case, document->id, next, error))
    return false;
  g_autoptr (StoreDocument) registered = store_document_load (store_of (transaction), document->id, error);
  return registered != NULL && set_deadlines (transaction, rules, registered, received, error);
}

bool
register_refresh_deadlines (StoreTransaction *transaction, const Register *rules, const StoreDocument *document,
                            GError **error)
{
  if (document->case_id == 0)
    return true;
  g_autoptr (StoreCase) the_case = store_case_load (store_of (transaction), document->case_id, error);
  g_autoptr (StoreDocument) now
      = the_case != NULL ? store_document_load (store_of (transaction), document->id, error) : NULL;
  return now != NULL && set_deadlines (transaction, rules, now, the_case->received, error);
}
