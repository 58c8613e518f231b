#include "cases/automatic.h"
#include "base/messages.h"
#include "cases/status.h"
#include "store/chain.h"
#include <string.h>

/* How many of the newest acts are automatic messages. */
static unsigned
count_last (const GPtrArray *chain)
{
  unsigned n = 0;
  for (guint i = chain->len; i > 0; i--)
    {
      CaseAct act = case_act_parse (((const StoreChainEntry *)chain->pdata[i - 1])->act);
      if (act == CASE_ACTS) /* no act, an alert or a deadline */
        continue;
      if (act != CASE_AUTO)
        break;
      n++;
    }
  return n;
}

static bool
alert (StoreTransaction *transaction, const Settings *settings, int64_t case_id, const char *reason, const char *text,
       GError **error)
{
  DkDay today;
  int64_t id;
  g_autoptr (StoreCase) it = store_case_load (store_of (transaction), case_id, error);
  if (it == NULL || !dk_day_in_zone (dk_now_us (), settings->zone, &today, error))
    return false;
  g_autofree char *day = dk_day_format (today);
  const StoreReminder reminder = { .case_id = case_id, .due = day, .owner = it->owner, .text = text, .reason = reason };
  return store_alert_set (transaction, &reminder, &id, error);
}

bool
automatic_watch (StoreTransaction *transaction, const Settings *settings, int64_t case_id, const char *reason,
                 GError **error)
{
  g_autoptr (GPtrArray) chain = store_case_chain (store_of (transaction), case_id, 0, error);
  if (chain == NULL)
    return false;
  if (strcmp (reason, "bounce") == 0)
    {
      g_autofree char *back = dk_message (settings->language, "clocks.bounced", "");
      if (!alert (transaction, settings, case_id, STORE_ALERT_BOUNCED, back, error))
        return false;
    }
  if (count_last (chain) != AUTOMATIC_MOST)
    return true;
  g_autofree char *many = dk_message (settings->language, "clocks.too_many", "l", (int64_t)AUTOMATIC_MOST);
  return alert (transaction, settings, case_id, STORE_ALERT_TOO_MANY, many, error);
}
