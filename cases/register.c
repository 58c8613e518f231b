#include "cases/register.h"
#include "cases/deadline_set.h"
#include "cases/number.h"
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

static const Calendar *
its_calendar (const char *code, gpointer rules)
{
  return g_hash_table_lookup (((const Register *)rules)->calendars, code);
}

static DeadlineHouse
house_of (const Register *rules)
{
  return (DeadlineHouse){ rules->settings, rules->policies, its_calendar, (gpointer)(uintptr_t)rules };
}

static bool
set_deadlines (StoreTransaction *transaction, const Register *rules, const StoreDocument *document,
               const char *received, GError **error)
{
  const DeadlineHouse house = house_of (rules);
  return deadline_set_all (transaction, &house, document, received, error);
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

bool
register_refresh_case (StoreTransaction *transaction, const Register *rules, int64_t case_id, GError **error)
{
  Store *store = store_of (transaction);
  g_autoptr (GArray) ids = store_case_documents (store, case_id, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      g_autoptr (StoreDocument) document = store_document_load (store, g_array_index (ids, int64_t, i), error);
      if (document == NULL || document->case_id == case_id) /* the first of its own, not one of a merged case */
        return document != NULL && register_refresh_deadlines (transaction, rules, document, error);
    }
  return ids != NULL;
}

GArray *
register_recheck (Store *store, const Register *rules, int64_t after, int64_t last, unsigned *looked, GError **error)
{
  const DeadlineHouse house = house_of (rules);
  return deadline_recheck (store, &house, after, last, looked, error);
}
