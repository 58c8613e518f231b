#include "cases/lapse.h"
#include "base/messages.h"
#include "cases/work.h"
#include "store/cases.h"
#include "store/chain.h"
#include <string.h>

#define BATCH 100 /* cases in a transaction */

typedef struct
{
  Store *store;
  const Settings *settings;
  const Letters *letters;
  const char *actor;
  CaseHouse house;
  DkDay today;
} Lapse;

static bool
end_case (const Lapse *lapse, StoreTransaction *transaction, int64_t id, const char *reason, DkDay since,
          GError **error)
{
  g_autofree char *day = dk_day_format (since);
  g_autofree char *key = g_strconcat ("clocks.lapsed_", reason, NULL);
  g_autofree char *text = dk_message (lapse->settings->language, key, "s", day);
  const CaseWork work = { .act = CASE_CLOSE, .reason = reason, .text = text, .day = DK_DAY_NONE };
  return case_work (transaction, id, &work, &lapse->house, error);
}

/* Somebody should say how it ends: once. */
static bool
ask_for_end (const Lapse *lapse, StoreTransaction *transaction, const StoreCase *it, DkDay since, GError **error)
{
  int64_t id;
  const StoreAlertsFilter filter = { .case_id = it->id };
  g_autoptr (GPtrArray) alerts = store_alerts (lapse->store, &filter, error);
  for (guint i = 0; alerts != NULL && i < alerts->len; i++)
    if (strcmp (((const StoreAlert *)alerts->pdata[i])->reason, STORE_ALERT_NO_END) == 0)
      return true;
  if (alerts == NULL)
    return false;
  g_autofree char *day = dk_day_format (since), *today = dk_day_format (lapse->today);
  g_autofree char *text = dk_message (lapse->settings->language, "clocks.no_end", "s", day);
  const StoreReminder reminder
      = { .case_id = it->id, .due = today, .owner = it->owner, .text = text, .reason = STORE_ALERT_NO_END };
  return store_alert_set (transaction, &reminder, &id, error);
}

static bool
look_at (const Lapse *lapse, StoreTransaction *transaction, int64_t id, GError **error)
{
  DkDay most = (DkDay)lapse->settings->close_after_days, silence = (DkDay)lapse->house.limits.silence_days;
  g_autoptr (StoreCase) it = store_case_load (lapse->store, id, error);
  g_autoptr (CaseState) state = it != NULL ? case_state_load (lapse->store, id, &lapse->house, error) : NULL;
  if (state == NULL || state->status != CASE_PENDING_CUSTOMER)
    return state != NULL;
  if (strcmp (state->reason, "final_sent") == 0 && most > 0 && lapse->today - state->final >= most)
    return *state->outcome != '\0' && state->has_cause
                   && letter_may_close (lapse->store, lapse->letters, it, lapse->settings, NULL)
               ? end_case (lapse, transaction, id, "resolved", state->final, error)
               : ask_for_end (lapse, transaction, it, state->final, error);
  if (state->reminded != DK_DAY_NONE && lapse->today - state->reminded >= silence)
    return end_case (lapse, transaction, id, "no_reply", state->reminded, error);
  return true;
}

/* The next cases behind @after in which the customer was last written to @since or before. */
static GPtrArray *
next_cases (const Lapse *lapse, DkDay since, int64_t after, GError **error)
{
  g_autofree char *day = dk_day_format (since);
  const StoreCasesFilter filter = { .status = case_status_name (CASE_PENDING_CUSTOMER),
                                    .open = true,
                                    .waiting_since = day,
                                    .limit = BATCH,
                                    .after = after };
  return store_cases (lapse->store, &filter, error);
}

/* *@after is the last of those looked at. */
static bool
lapse_some (const Lapse *lapse, const GPtrArray *rows, int64_t *after, GError **error)
{
  g_autoptr (StoreTransaction) transaction = store_begin (lapse->store, lapse->actor, error);
  if (transaction == NULL)
    return false;
  for (guint i = 0; i < rows->len; i++)
    {
      *after = ((const StoreCaseRow *)rows->pdata[i])->id;
      if (!look_at (lapse, transaction, *after, error))
        return false;
    }
  return store_commit (g_steal_pointer (&transaction), error);
}

bool
lapse_all (Store *store, const Settings *settings, const Letters *letters, const char *actor, GError **error)
{
  Lapse lapse = { store, settings, letters, actor, { settings->zone, CASE_LIMITS_DEFAULT }, 0 };
  unsigned soonest = lapse.house.limits.silence_days;
  int64_t after = 0;
  if (!dk_day_in_zone (dk_now_us (), settings->zone, &lapse.today, error))
    return false;
  if (settings->close_after_days > 0)
    soonest = MIN (soonest, settings->close_after_days);
  for (guint n = BATCH; n == BATCH;)
    {
      g_autoptr (GPtrArray) rows = next_cases (&lapse, lapse.today - (DkDay)soonest, after, error);
      if (rows == NULL || (rows->len > 0 && !lapse_some (&lapse, rows, &after, error)))
        return false;
      n = rows->len;
    }
  return true;
}
