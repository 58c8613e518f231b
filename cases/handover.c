#include "cases/handover.h"
#include "base/messages.h"
#include "store/chain.h"
#include <string.h>

#define AHEAD_MOST 400 /* days: absences may be long */

static bool
is_name (const char *owner)
{
  bool printable = strlen (owner) <= HANDOVER_OWNER_BYTES && g_utf8_validate (owner, -1, NULL);
  for (const char *at = owner; printable && *at != '\0'; at = g_utf8_next_char (at))
    printable = g_unichar_isprint (g_utf8_get_char (at));
  return printable && *owner != '\0';
}

static char *
names_of (const GPtrArray *users)
{
  GString *names = g_string_new (NULL);
  for (guint i = 0; i < users->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "", ((const User *)users->pdata[i])->name);
  return g_string_free (names, FALSE);
}

bool
handover_check (const Allocation *allocation, const char *owner, GError **error)
{
  const GPtrArray *users = allocation_users (allocation);
  if (!is_name (owner))
    return dk_refuse (error, DK_ERROR_USAGE, "owner_long", "d", HANDOVER_OWNER_BYTES);
  if (users->len == 0 || allocation_user (allocation, owner) != NULL)
    return true;
  g_autofree char *names = names_of (users);
  return dk_refuse (error, DK_ERROR_USAGE, "no_user", "ss", owner, names);
}

/* --- telling --- */

static int
minutes_now (const char *zone)
{
  g_autoptr (GTimeZone) there = g_time_zone_new_identifier (zone);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (dk_now_us () / G_USEC_PER_SEC);
  g_autoptr (GDateTime) at = there != NULL && utc != NULL ? g_date_time_to_timezone (utc, there) : NULL;
  return at != NULL ? g_date_time_get_hour (at) * 60 + g_date_time_get_minute (at) : 0;
}

/* Whether somebody works on @day after @minutes. */
static bool
is_open (const Calendar *calendar, DkDay day, int minutes)
{
  int opens, closes;
  if (calendar == NULL)
    return true;
  CalendarDay kind = calendar_day (calendar, CALENDAR_WD, day, NULL);
  calendar_hours (calendar, &opens, &closes);
  return (kind != CALENDAR_WEEKEND && kind != CALENDAR_HOLIDAY) && minutes < closes;
}

static DkDay
day_to_tell (const Calendar *calendar, const User *user, const char *zone, DkDay today)
{
  int minutes = minutes_now (zone);
  for (DkDay day = today; day < today + AHEAD_MOST; day++)
    if (is_open (calendar, day, day == today ? minutes : 0) && (user == NULL || allocation_absence (user, day) == NULL))
      return day;
  return today;
}

/* Whether the law wants an answer in the case by @today, or wanted one before: then nothing waits for the morning. */
static bool
is_pressing (Store *store, int64_t case_id, DkDay today, bool *pressing, GError **error)
{
  g_autoptr (GPtrArray) deadlines = store_deadlines (store, case_id, error);
  *pressing = false;
  for (guint i = 0; deadlines != NULL && i < deadlines->len; i++)
    {
      const StoreDeadline *one = deadlines->pdata[i];
      DkDay due = store_deadline_day (one->due);
      *pressing
          |= strcmp (one->clock, "legal") == 0 && !store_deadline_is_over (one) && due != DK_DAY_NONE && due <= today;
    }
  return deadlines != NULL;
}

bool
handover_tell (StoreTransaction *transaction, const Allocation *allocation, const Calendar *calendar,
               const Settings *settings, int64_t case_id, const char *from, const char *owner, const char *why,
               GError **error)
{
  int64_t id;
  DkDay today;
  bool pressing;
  if (!dk_day_in_zone (dk_now_us (), settings->zone, &today, error)
      || !is_pressing (store_of (transaction), case_id, today, &pressing, error))
    return false;
  DkDay day = pressing ? today : day_to_tell (calendar, allocation_user (allocation, owner), settings->zone, today);
  g_autofree char *due = dk_day_format (day);
  g_autofree char *text = dk_message (settings->language, "allocation.transferred", "s", why);
  const StoreReminder reminder = {
    .case_id = case_id, .due = due, .owner = owner, .text = text, .reason = STORE_ALERT_TRANSFERRED, .about = from
  };
  return store_alert_set (transaction, &reminder, &id, error);
}

/* --- what is settled --- */

/* Whether @act, of a person, settles what an alert with @reason reminds of. */
static bool
settles (const char *act, const char *reason)
{
  static const char *const of_owners[] = { STORE_ALERT_UNALLOCATED, STORE_ALERT_OWNER_GONE, NULL };
  static const char *const of_clocks[] = { STORE_ALERT_NO_DATE, STORE_ALERT_TWO_LAWS, NULL };
  bool closes = strcmp (act, "close") == 0, gives = strcmp (act, "transfer") == 0;
  bool escalates = strcmp (act, "escalate") == 0;
  if (escalates || strcmp (reason, STORE_ALERT_PERHAPS_REVIEW) == 0)
    return strcmp (reason, STORE_ALERT_PERHAPS_REVIEW) == 0 && (escalates || closes || strcmp (act, "final") == 0);
  if (strcmp (reason, STORE_ALERT_TRANSFERRED) == 0)
    return true;
  return ((closes || gives) && g_strv_contains (of_owners, reason)) || (closes && g_strv_contains (of_clocks, reason));
}

bool
handover_settle (StoreTransaction *transaction, int64_t case_id, const char *act, GError **error)
{
  static const char *const not_ours[] = { "hear", "auto", "note", NULL };
  const StoreAlertsFilter filter = { .case_id = case_id };
  if (g_strv_contains (not_ours, act))
    return true;
  g_autoptr (GPtrArray) alerts = store_alerts (store_of (transaction), &filter, error);
  for (guint i = 0; alerts != NULL && i < alerts->len; i++)
    {
      const StoreAlert *alert = alerts->pdata[i];
      if (settles (act, alert->reason) && !store_alert_move (transaction, alert->id, NULL, error))
        return false;
    }
  return alerts != NULL;
}
