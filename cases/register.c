#include "cases/contact.h"
#include "cases/handover.h"
#include "cases/lapse.h"
#include "cases/number.h"
#include "cases/register_internal.h"
#include "store/decision.h"
#include "store/receipt.h"
#include <string.h>

void
register_free (Register *rules)
{
  if (rules == NULL)
    return;
  g_clear_pointer (&rules->settings, settings_free);
  g_clear_pointer (&rules->policies, policies_free);
  g_clear_pointer (&rules->allocation, allocation_free);
  g_clear_pointer (&rules->letters, letters_free);
  g_clear_pointer (&rules->config, config_unref);
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
  rules->config = config_ref ((Config *)(uintptr_t)config);
  rules->settings = settings_load (config, error);
  rules->policies = rules->settings != NULL ? policies_load (config, error) : NULL;
  rules->allocation = rules->policies != NULL ? allocation_load (config, error) : NULL;
  rules->letters = rules->allocation != NULL ? letters_load (config, error) : NULL;
  if (rules->letters == NULL)
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

const Calendar *
register_calendar (const char *code, gpointer rules)
{
  return g_hash_table_lookup (((const Register *)rules)->calendars, code);
}

DeadlineHouse
register_house (const Register *rules)
{
  return (DeadlineHouse){ rules->settings, rules->policies, register_calendar, (gpointer)(uintptr_t)rules };
}

bool
register_leading (Store *store, int64_t case_id, StoreDocument **document, char **received, GError **error)
{
  bool found = false;
  g_autoptr (StoreCase) the_case = store_case_load (store, case_id, error);
  g_autoptr (GArray) ids = the_case != NULL ? store_case_documents (store, case_id, error) : NULL;
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      int64_t id = g_array_index (ids, int64_t, i);
      g_autoptr (StoreDocument) one = store_document_load (store, id, error);
      g_autoptr (StoreReceipt) receipt = one != NULL ? store_receipt_of (store, id, error) : NULL;
      g_auto (GStrv) kinds = receipt != NULL ? store_decided_kinds (store, id, error) : NULL;
      if (kinds == NULL)
        return false;
      bool complaint = g_strv_contains ((const char *const *)kinds, "complaint");
      const char *came = one->case_ordinal == 1 ? the_case->received : receipt->received;
      bool better = *received == NULL || (complaint && !found) || (complaint == found && strcmp (came, *received) < 0);
      if (one->case_id != case_id || !better) /* one of a merged case has its own clocks */
        continue;
      found = complaint;
      g_clear_pointer (document, store_document_free);
      *document = g_steal_pointer (&one);
      g_free (*received);
      *received = g_strdup (came);
    }
  return ids != NULL;
}

static bool
set_of_first (StoreTransaction *transaction, const Register *rules, const StoreCase *the_case, GError **error)
{
  const DeadlineHouse house = register_house (rules);
  g_autoptr (StoreDocument) letter = NULL;
  g_autofree char *received = NULL;
  if (!register_leading (store_of (transaction), the_case->id, &letter, &received, error))
    return false;
  const DeadlineCase its = { .it = the_case, .about = letter, .letter = letter, .received = received };
  return letter == NULL || deadline_set_all (transaction, &house, &its, error);
}

/* What is reviewed is the complaint of the first stage; day 0 is that on which the review was asked for. */
static bool
set_of_second (StoreTransaction *transaction, const Register *rules, const StoreCase *the_case, GError **error)
{
  const DeadlineHouse house = register_house (rules);
  g_autoptr (StoreDocument) letter = NULL, complaint = NULL;
  g_autofree char *received = NULL, *first = NULL;
  if (!register_leading (store_of (transaction), the_case->id, &letter, &received, error)
      || !register_leading (store_of (transaction), the_case->parent, &complaint, &first, error))
    return false;
  const DeadlineCase its = {
    .it = the_case, .about = complaint != NULL ? complaint : letter, .letter = letter, .received = the_case->received
  };
  return its.about == NULL || deadline_set_all (transaction, &house, &its, error);
}

bool
register_set_deadlines (StoreTransaction *transaction, const Register *rules, int64_t case_id, GError **error)
{
  int64_t review = 0;
  g_autoptr (StoreCase) the_case = store_case_load (store_of (transaction), case_id, error);
  if (the_case == NULL)
    return false;
  if (the_case->stage > 1)
    return set_of_second (transaction, rules, the_case, error);
  return set_of_first (transaction, rules, the_case, error)
         && store_case_review (store_of (transaction), case_id, &review, error)
         && (review == 0 || register_set_deadlines (transaction, rules, review, error));
}

StoreCase *
register_new_case (StoreTransaction *transaction, const Register *rules, const char *received, const char *owner,
                   GError **error)
{
  const Settings *settings = rules->settings;
  DkDay today;
  int64_t serial;
  if (!dk_day_in_zone (dk_now_us (), settings->zone, &today, error))
    return NULL;
  int year = dk_date (today).year;
  if (!store_case_next_serial (transaction, settings->prefix, year, &serial, error))
    return NULL;
  StoreCase *the_case = g_new0 (StoreCase, 1);
  the_case->number = number_format (settings->prefix, year, serial);
  the_case->prefix = g_strdup (settings->prefix);
  the_case->year = year;
  the_case->serial = serial;
  the_case->entity = g_strdup (settings->entity);
  the_case->status = g_strdup ("not_started");
  the_case->owner = g_strdup (owner);
  the_case->entry_date = dk_day_format (today);
  the_case->received = g_strdup (received);
  return the_case;
}

const char *
register_prefix (const Register *rules)
{
  return rules->settings->prefix;
}

bool
register_refresh_deadlines (StoreTransaction *transaction, const Register *rules, const StoreDocument *document,
                            GError **error)
{
  g_autoptr (StoreDocument) now = store_document_load (store_of (transaction), document->id, error);
  return now != NULL && (now->case_id == 0 || register_set_deadlines (transaction, rules, now->case_id, error));
}

bool
register_understood (StoreTransaction *transaction, const Register *rules, const StoreDocument *document,
                     GError **error)
{
  int64_t contact = 0;
  if (document->case_id != 0 && !store_case_contact (store_of (transaction), document->case_id, &contact, error))
    return false;
  return (document->case_id == 0 || contact != 0
          || contact_note_document (transaction, rules->settings, document, document->case_id, error))
         && register_refresh_deadlines (transaction, rules, document, error);
}

bool
register_correct_sender (StoreTransaction *transaction, const Register *rules, const StoreDocument *document,
                         GError **error)
{
  return contact_note_correction (transaction, rules->settings, document, error)
         && register_refresh_deadlines (transaction, rules, document, error);
}

bool
register_refresh_case (StoreTransaction *transaction, const Register *rules, int64_t case_id, GError **error)
{
  return register_set_deadlines (transaction, rules, case_id, error);
}

bool
register_unmerge (StoreTransaction *transaction, const Register *rules, int64_t loser, GError **error)
{
  const CaseHouse house = { .zone = rules->settings->zone, .limits = CASE_LIMITS_DEFAULT };
  g_autoptr (StoreCase) merged = store_case_load (store_of (transaction), loser, error);
  return merged != NULL && case_unmerge (transaction, loser, &house, error)
         && register_set_deadlines (transaction, rules, loser, error)
         && register_set_deadlines (transaction, rules, merged->merged_into, error);
}

bool
register_watch_owners (Store *store, const Register *rules, const char *actor, GError **error)
{
  return allocation_watch (store, rules->allocation, rules->settings, actor, error);
}

bool
register_lapse (Store *store, const Register *rules, const char *actor, GError **error)
{
  return lapse_all (store, rules->settings, rules->letters, actor, error);
}

GArray *
register_recheck (Store *store, const Register *rules, int64_t after, int64_t last, unsigned *looked, GError **error)
{
  const DeadlineHouse house = register_house (rules);
  return deadline_recheck (store, &house, after, last, looked, error);
}
