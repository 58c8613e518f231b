/* cases/deadline_hours.c - ends that are instants: hours that pass, and hours in which the firm is open. */
#include "cases/deadline_internal.h"

#define DAY_MINUTES (24 * 60)

/* The instant of @minutes after midnight of @day in @zone; the earlier one where the clock is put back. */
static GDateTime *
instant (DkDay day, int minutes, GTimeZone *zone)
{
  if (minutes >= DAY_MINUTES)
    return instant (day + 1, minutes - DAY_MINUTES, zone);
  DkDate date = dk_date (day);
  g_autoptr (GDateTime) at = g_date_time_new (zone, date.year, date.month, date.day, minutes / 60, minutes % 60, 0);
  g_autoptr (GDateTime) hour_before = at != NULL ? g_date_time_add_hours (at, -1) : NULL;
  bool twice = hour_before != NULL && g_date_time_get_hour (at) == g_date_time_get_hour (hour_before);
  return twice ? g_steal_pointer (&hour_before) : g_steal_pointer (&at);
}

static char *
format_instant (GDateTime *at)
{
  return g_date_time_format (at, "%Y-%m-%dT%H:%M:%S%:z");
}

static GTimeZone *
zone_of (const DeadlineWork *work)
{
  GTimeZone *zone = g_time_zone_new_identifier (work->zone);
  return zone != NULL ? zone : g_time_zone_new_utc ();
}

/* Where a pause begins and ends: a day without a time does not stop the clock itself. */
static DeadlineMoment
pause_from (const DeadlinePause *pause)
{
  return (DeadlineMoment){ pause->from.day, pause->from.minutes >= 0 ? pause->from.minutes : DAY_MINUTES };
}

static DeadlineMoment
pause_to (const DeadlinePause *pause)
{
  return (DeadlineMoment){ pause->to.day, MAX (pause->to.minutes, 0) };
}

static void
set_due (DeadlineWork *work, GDateTime *end)
{
  Deadline *deadline = work->deadline;
  deadline->due = dk_day (g_date_time_get_year (end), g_date_time_get_month (end), g_date_time_get_day_of_month (end));
  deadline->due_time = format_instant (end);
}

static int
by_begin (gconstpointer a, gconstpointer b)
{
  const DeadlinePause *one = a, *other = b;
  return one->from.day != other->from.day ? (one->from.day < other->from.day ? -1 : 1)
                                          : one->from.minutes - other->from.minutes;
}

/* Moves @end (seconds since 1970) on by the pauses after @from, each second once. */
static bool
pass_pauses (DeadlineWork *work, int64_t from, int64_t *end, GTimeZone *zone)
{
  g_autoptr (GArray) sorted = g_array_new (FALSE, FALSE, sizeof (DeadlinePause));
  g_array_append_vals (sorted, work->pauses, (guint)work->n_pauses);
  g_array_sort (sorted, by_begin);
  for (guint i = 0; i < sorted->len; i++)
    {
      const DeadlinePause *pause = &g_array_index (sorted, DeadlinePause, i);
      DeadlineMoment begins = pause_from (pause), ends = pause_to (pause);
      g_autoptr (GDateTime) first = instant (begins.day, begins.minutes, zone);
      g_autoptr (GDateTime) last = ends.day != DK_DAY_NONE ? instant (ends.day, ends.minutes, zone) : NULL;
      int64_t begin = MAX (first != NULL ? g_date_time_to_unix (first) : INT64_MAX, from);
      if (begin >= *end)
        break;
      if (last == NULL)
        return deadline_suspended (work, begins.day);
      *end += MAX (g_date_time_to_unix (last) - begin, 0);
      from = MAX (from, g_date_time_to_unix (last));
    }
  return true;
}

bool
deadline_end_of_hours (DeadlineWork *work)
{
  g_autoptr (GTimeZone) zone = zone_of (work);
  g_autoptr (GDateTime) from = instant (work->deadline->start, work->start_minutes, zone);
  if (from == NULL)
    return deadline_missing (work, DK_DAY_NONE);
  g_autoptr (GDateTime) plain = g_date_time_add_hours (from, work->terms->rule.count);
  if (plain == NULL)
    return deadline_missing (work, DK_DAY_NONE);
  int64_t seconds = g_date_time_to_unix (plain);
  if (!pass_pauses (work, g_date_time_to_unix (from), &seconds, zone))
    return false;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (seconds);
  g_autoptr (GDateTime) end = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;
  if (end == NULL)
    return deadline_missing (work, DK_DAY_NONE);
  set_due (work, end);
  if (!deadline_find_work_by (work))
    return false;
  g_autofree char *from_text = format_instant (from);
  deadline_explain_end (work, work->deadline->due, g_strconcat ("start:", from_text, NULL),
                        g_strconcat ("end:", work->deadline->due_time, NULL));
  return true;
}

/* --- open hours --- */

static bool
open_hours (const Calendar *calendar, DkDay day, CalendarDay what, int *opens, int *closes)
{
  calendar_hours (calendar, opens, closes);
  if (calendar_is_half (calendar, day))
    *closes = *opens + (*closes - *opens) / 2;
  return what == CALENDAR_WORKING || what == CALENDAR_EXPECTED;
}

/* Whether the clock stands in the minute @minute of @day. */
static bool
minute_paused (const DeadlineWork *work, DkDay day, int minute, bool *for_good)
{
  bool paused = *for_good = false;
  for (size_t i = 0; i < work->n_pauses; i++)
    {
      DeadlineMoment from = pause_from (&work->pauses[i]), to = pause_to (&work->pauses[i]);
      bool lasts = to.day == DK_DAY_NONE, begun = from.day < day || (from.day == day && from.minutes <= minute);
      bool stands = begun && (lasts || day < to.day || (day == to.day && minute < to.minutes));
      paused |= stands;
      *for_good |= stands && lasts;
    }
  return paused;
}

/* Takes what @left minutes find open on @day from @minute on; *@minute is then the one after the last. False where the
 * clock stands for good. */
static bool
take_day (const DeadlineWork *work, DkDay day, int *minute, int closes, int *left)
{
  bool for_good;
  for (; *minute<closes && * left> 0; ++*minute)
    if (!minute_paused (work, day, *minute, &for_good))
      --*left;
    else if (for_good)
      return false;
  return true;
}

static void
explain_open (DeadlineWork *work, DkDay day, int from, int to)
{
  deadline_step (work, day, to > from,
                 g_strdup_printf ("open:%02d:%02d-%02d:%02d", from / 60, from % 60, to / 60, to % 60));
}

/* Walks through the hours; *@end is the minute of the last day, which goes to due. */
static bool
walk_open_hours (DeadlineWork *work, int *end)
{
  int left = work->terms->rule.count * 60, opens, closes;
  for (DkDay day = work->deadline->start; left > 0; day++)
    {
      const char *name;
      CalendarDay what = deadline_count (work, CALENDAR_WD, day, &name);
      if (what == CALENDAR_UNKNOWN)
        return deadline_missing (work, day);
      if (!open_hours (work->calendar, day, what, &opens, &closes))
        {
          deadline_step_day (work, day, what, name);
          continue;
        }
      int from = day == work->deadline->start ? CLAMP (work->start_minutes, opens, closes) : opens;
      *end = from;
      if (!take_day (work, day, end, closes, &left))
        return deadline_suspended (work, day);
      explain_open (work, day, from, *end);
      work->deadline->due = day;
    }
  return true;
}

bool
deadline_end_of_open_hours (DeadlineWork *work)
{
  g_autoptr (GTimeZone) zone = zone_of (work);
  g_autoptr (GDateTime) from = instant (work->deadline->start, work->start_minutes, zone);
  if (from == NULL)
    return deadline_missing (work, DK_DAY_NONE);
  g_autofree char *from_text = format_instant (from);
  int end = 0;
  deadline_step (work, work->deadline->start, false, g_strconcat ("start:", from_text, NULL));
  if (!walk_open_hours (work, &end))
    return false;
  g_autoptr (GDateTime) at = instant (work->deadline->due, end, zone);
  if (at == NULL)
    return deadline_missing (work, DK_DAY_NONE);
  set_due (work, at);
  if (!deadline_find_work_by (work))
    return false;
  deadline_step (work, work->deadline->due, false, g_strconcat ("end:", work->deadline->due_time, NULL));
  return true;
}
