#include "cases/indicator.h"
#include <string.h>

#define NEAR_DAYS 3
#define MINUTE_US INT64_C (60000000)

static const char *const alerts[] = { "none", "upcoming", "today", "overdue" };

int
indicator_days_elapsed (const CaseState *state, DkDay today)
{
  DkDay end = state->status == CASE_CLOSED && state->closed != DK_DAY_NONE ? state->closed : today;
  return MAX (0, end - state->opened);
}

int
indicator_waiting_days (const CaseState *state, DkDay today)
{
  DkDay since = DK_DAY_NONE;
  if (state->status == CASE_NOT_STARTED || state->status == CASE_PENDING_COMPANY)
    since = state->unanswered;
  if (state->status == CASE_PENDING_CUSTOMER)
    since = state->told;
  return since == DK_DAY_NONE ? 0 : MAX (0, today - since);
}

const char *
indicator_alert_name (IndicatorAlert alert)
{
  return alerts[alert];
}

int
indicator_alert_parse (const char *name)
{
  for (size_t i = 0; i < G_N_ELEMENTS (alerts); i++)
    if (strcmp (alerts[i], name) == 0)
      return (int)i;
  return -1;
}

IndicatorAlert
indicator_alert (DkDay first, DkDay today)
{
  if (first == DK_DAY_NONE)
    return INDICATOR_NONE;
  return first < today ? INDICATOR_OVERDUE : first == today ? INDICATOR_TODAY : INDICATOR_FUTURE;
}

IndicatorDeadline
indicator_deadline (DkDay due, const Calendar *calendar, DkDay today)
{
  int left = 0;
  if (due == DK_DAY_NONE)
    return INDICATOR_FINE;
  if (today > due)
    return INDICATOR_OVER;
  for (DkDay day = today + 1; day <= due && left <= NEAR_DAYS; day++)
    {
      CalendarDay kind = calendar_day (calendar, CALENDAR_WD, day, NULL);
      left += kind == CALENDAR_WORKING || kind == CALENDAR_UNKNOWN ? 1 : 0;
    }
  return left <= NEAR_DAYS ? INDICATOR_NEAR : INDICATOR_FINE;
}

const char *
indicator_deadline_name (IndicatorDeadline state)
{
  static const char *const names[] = { "fine", "near", "over" };
  return names[state];
}

/* The instant at @minute of @day in @zone. */
static int64_t
instant (GTimeZone *zone, DkDay day, int minute)
{
  DkDate date = dk_date (day);
  g_autoptr (GDateTime) midnight
      = g_date_time_new (zone, date.year, date.month, date.day, MIN (minute, 1439) / 60, MIN (minute, 1439) % 60, 0);
  return g_date_time_to_unix (midnight) * G_USEC_PER_SEC + (minute == 1440 ? MINUTE_US : 0);
}

int64_t
indicator_working_minutes (const Calendar *calendar, OfficeHours hours, int64_t from_us, int64_t to_us)
{
  DkDay first, last;
  const char *name = calendar_zone (calendar);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (name);
  if (zone == NULL || to_us <= from_us || !dk_day_in_zone (from_us, name, &first, NULL)
      || !dk_day_in_zone (to_us, name, &last, NULL))
    return 0;
  int64_t minutes = 0;
  for (DkDay day = first; day <= last; day++)
    {
      if (calendar_day (calendar, CALENDAR_WD, day, NULL) != CALENDAR_WORKING)
        continue;
      int64_t open = MAX (from_us, instant (zone, day, hours.open_min));
      int64_t close = MIN (to_us, instant (zone, day, hours.close_min));
      minutes += close > open ? (close - open) / MINUTE_US : 0;
    }
  return minutes;
}

int64_t
indicator_paused_minutes (const CaseState *state, const Calendar *calendar, OfficeHours hours, int64_t now_us)
{
  int64_t minutes = 0;
  for (guint i = 0; i < state->pauses->len; i++)
    {
      const CasePause *pause = &g_array_index (state->pauses, CasePause, i);
      minutes += indicator_working_minutes (calendar, hours, pause->from_us, pause->to_us != 0 ? pause->to_us : now_us);
    }
  return minutes;
}
