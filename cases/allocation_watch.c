/* Owners who are no users: whose file was removed, with docket user or by hand. Their open cases keep the name, so that
 * nothing of what was is lost, and each has an alert until it has an owner again. */
#include "base/messages.h"
#include "cases/allocation_rules.h"
#include "store/chain.h"
#include <string.h>

#define BATCH 200 /* alerts in a transaction */

/* Whether an owner who is no user is to be told of. Where there are no users at all, names of owners are anybody's
 * words, unless they once were users. */
static bool
counts (Store *store, const Allocation *allocation, const char *owner, bool *is, GError **error)
{
  *is = allocation_user (allocation, owner) == NULL;
  return !*is || allocation_users (allocation)->len > 0 || store_was_user (store, owner, is, error);
}

GPtrArray *
allocation_unowned (Store *store, const Allocation *allocation, GError **error)
{
  g_autoptr (GPtrArray) loads = store_loads (store, error);
  for (guint i = loads != NULL ? loads->len : 0; i > 0; i--)
    {
      bool is;
      if (!counts (store, allocation, ((const StoreLoad *)loads->pdata[i - 1])->owner, &is, error))
        return NULL;
      if (!is)
        g_ptr_array_remove_index (loads, i - 1);
    }
  return g_steal_pointer (&loads);
}

/* The lead of the first team that @name is in, else the first user who is one, else "". */
static const char *
lead_of (const Allocation *allocation, const char *name)
{
  const GPtrArray *teams = allocation_teams (allocation);
  for (guint i = 0; i < teams->len; i++)
    {
      const Team *team = teams->pdata[i];
      if (g_strv_contains ((const char *const *)team->members, name))
        return allocation_lead (allocation, team->name);
    }
  return allocation_lead (allocation, NULL);
}

typedef struct
{
  Store *store;
  const Allocation *allocation;
  const Settings *settings;
  const char *actor;
  char *today;
} Watch;

static bool
tell_some (const Watch *watch, const char *name, const GArray *cases, StoreTransaction *transaction, GError **error)
{
  g_autofree char *text = dk_message (watch->settings->language, "allocation.gone", "s", name);
  StoreReminder reminder = { .due = watch->today,
                             .owner = lead_of (watch->allocation, name),
                             .text = text,
                             .reason = STORE_ALERT_OWNER_GONE,
                             .about = name };
  for (guint i = 0; i < cases->len; i++)
    {
      int64_t id;
      reminder.case_id = g_array_index (cases, int64_t, i);
      if (!store_alert_set (transaction, &reminder, &id, error))
        return false;
    }
  return true;
}

/* Looks once more within the transaction: another program may have told meanwhile. */
static bool
tell_of (const Watch *watch, const char *name, GError **error)
{
  for (;;)
    {
      g_autoptr (GArray) some = store_cases_untold (watch->store, name, 1, error);
      if (some == NULL || some->len == 0)
        return some != NULL;
      g_autoptr (StoreTransaction) transaction = store_begin (watch->store, watch->actor, error);
      g_autoptr (GArray) cases = transaction != NULL ? store_cases_untold (watch->store, name, BATCH, error) : NULL;
      if (cases == NULL || !tell_some (watch, name, cases, transaction, error)
          || !store_commit (g_steal_pointer (&transaction), error))
        return false;
    }
}

static bool
tell_all (const Watch *watch, GError **error)
{
  g_autoptr (GPtrArray) unowned = allocation_unowned (watch->store, watch->allocation, error);
  for (guint i = 0; unowned != NULL && i < unowned->len; i++)
    {
      bool was;
      const char *name = ((const StoreLoad *)unowned->pdata[i])->owner;
      if (!store_was_user (watch->store, name, &was, error) || (was && !tell_of (watch, name, error)))
        return false;
    }
  return unowned != NULL;
}

/* Whether the case of @alert still belongs to who is gone. */
static bool
still_holds (const Watch *watch, const StoreAlert *alert, bool *holds, GError **error)
{
  g_autoptr (StoreCase) the_case = store_case_load (watch->store, alert->case_id, error);
  *holds = the_case != NULL && strcmp (the_case->status, "closed") != 0 && strcmp (the_case->owner, alert->about) == 0
           && allocation_user (watch->allocation, alert->about) == NULL;
  return the_case != NULL;
}

/* Ends the alerts of @alerts that hold no more. */
static bool
end_some (const Watch *watch, const GPtrArray *alerts, GError **error)
{
  g_autoptr (StoreTransaction) transaction = NULL;
  for (guint i = 0; i < alerts->len; i++)
    {
      bool holds;
      const StoreAlert *alert = alerts->pdata[i];
      if (!still_holds (watch, alert, &holds, error))
        return false;
      if (holds)
        continue;
      if (transaction == NULL && (transaction = store_begin (watch->store, watch->actor, error)) == NULL)
        return false;
      g_autoptr (GError) done = NULL; /* somebody else may have been faster */
      if (!store_alert_move (transaction, alert->id, NULL, &done)
          && !g_error_matches (done, DK_ERROR, DK_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&done));
          return false;
        }
    }
  return transaction == NULL || store_commit (g_steal_pointer (&transaction), error);
}

static bool
end_all (const Watch *watch, GError **error)
{
  int64_t after = 0;
  for (guint n = BATCH; n == BATCH;)
    {
      g_autoptr (GPtrArray) alerts = store_alerts_for (watch->store, STORE_ALERT_OWNER_GONE, BATCH, after, error);
      if (alerts == NULL || !end_some (watch, alerts, error))
        return false;
      n = alerts->len;
      after = n > 0 ? ((const StoreAlert *)alerts->pdata[n - 1])->id : after;
    }
  return true;
}

bool
allocation_watch (Store *store, const Allocation *allocation, const Settings *settings, const char *actor,
                  GError **error)
{
  DkDay day;
  if (!dk_day_in_zone (dk_now_us (), settings->zone, &day, error))
    return false;
  g_autofree char *today = dk_day_format (day);
  const Watch watch = { store, allocation, settings, actor, today };
  return end_all (&watch, error) && tell_all (&watch, error);
}
