#include "cases/deadline.h"
#include "base/messages.h"
#include "cases/deadline_internal.h"
#include <string.h>

static const char *const units[] = { "h", "cd", "wd", "ouvrables", "weeks", "months", "wh" };

bool
deadline_rule_parse (const char *text, DeadlineRule *rule, GError **error)
{
  size_t digits = strspn (text, "0123456789");
  for (size_t i = 0; i < G_N_ELEMENTS (units); i++)
    if (digits >= 1 && digits <= 4 && strcmp (text + digits, units[i]) == 0)
      {
        *rule = (DeadlineRule){ (int)g_ascii_strtoll (text, NULL, 10), (DeadlineUnit)i };
        if (rule->count >= 1)
          return true;
      }
  return dk_refuse (error, DK_ERROR_USAGE, "rule", "s", text);
}

char *
deadline_rule_format (DeadlineRule rule)
{
  return g_strdup_printf ("%d%s", rule.count, units[rule.unit]);
}

bool
deadline_moment_parse (const char *text, DeadlineMoment *moment, GError **error)
{
  g_autofree char *date = g_strndup (text, strcspn (text, "T"));
  const char *time = text + strlen (date);
  *moment = (DeadlineMoment){ dk_day_parse (date), *time != '\0' ? calendar_hour_parse (time + 1) : -1 };
  return (moment->day != DK_DAY_NONE && (*time == '\0' || moment->minutes >= 0))
         || dk_refuse (error, DK_ERROR_USAGE, "moment", "s", text);
}

void
deadline_free (Deadline *deadline)
{
  if (deadline == NULL)
    return;
  g_free (deadline->due_time);
  g_array_unref (deadline->trace);
  g_free (deadline);
}

/* --- ends --- */

/* Whether the clock stands on the whole of @day, and whether for good so far. */
static bool
is_paused (const DeadlineWork *work, DkDay day, bool *for_good)
{
  bool paused = *for_good = false;
  for (size_t i = 0; i < work->n_pauses; i++)
    {
      const DeadlinePause *pause = &work->pauses[i];
      bool lasts = pause->to.day == DK_DAY_NONE, stands = pause->from.day < day && (lasts || day < pause->to.day);
      paused |= stands;
      *for_good |= stands && lasts;
    }
  return paused;
}

/* The first day on which the firm is open for what has come at @received, and the minute from which hours run. */
static bool
find_start (DeadlineWork *work, DeadlineMoment received)
{
  int opens, closes;
  calendar_hours (work->calendar, &opens, &closes);
  closes = work->terms->closes > 0 ? work->terms->closes : closes;
  work->deadline->start = received.day;
  work->start_minutes = MAX (received.minutes, 0);
  if (!work->terms->after_hours)
    return true;
  bool late = received.minutes >= closes;
  for (DkDay day = received.day;; day++)
    {
      const char *name;
      CalendarDay what = deadline_count (work, CALENDAR_WD, day, &name);
      bool open = what == CALENDAR_WORKING || what == CALENDAR_EXPECTED;
      if (what == CALENDAR_UNKNOWN)
        return deadline_missing (work, day);
      if (open && (day > received.day || !late))
        {
          work->deadline->start = day;
          work->start_minutes = day > received.day ? opens : work->start_minutes;
          return true;
        }
      if (open)
        deadline_step (work, day, false, g_strdup ("after_hours"));
      else
        deadline_step_day (work, day, what, name);
    }
}

/* Walks to the day after the start that is the last to count. False when the calendar ends before, or the clock stands
 * for good. */
static bool
walk (DeadlineWork *work, CalendarDaySet set)
{
  Deadline *deadline = work->deadline;
  deadline_step (work, deadline->start, false, g_strdup ("start"));
  int count = work->terms->rule.count;
  for (DkDay day = deadline->start + 1; count > 0; day++)
    {
      const char *name;
      bool for_good;
      CalendarDay what = deadline_count (work, set, day, &name);
      if (what == CALENDAR_UNKNOWN)
        return deadline_missing (work, day);
      deadline->due = day;
      if (is_paused (work, day, &for_good))
        {
          if (for_good)
            return deadline_suspended (work, day);
          deadline_step (work, day, false, g_strdup ("paused"));
          continue;
        }
      deadline_step_day (work, day, what, name);
      count -= what == CALENDAR_WORKING || what == CALENDAR_EXPECTED;
    }
  return deadline_find_work_by (work);
}

/* Moves @end on by each day on which the clock stands. */
static bool
pass_pauses (DeadlineWork *work, DkDay *end)
{
  bool for_good;
  for (DkDay day = work->deadline->start + 1; work->n_pauses > 0 && day <= *end; day++)
    if (is_paused (work, day, &for_good))
      {
        if (for_good)
          return deadline_suspended (work, day);
        deadline_step (work, day, false, g_strdup ("paused"));
        ++*end;
      }
  return true;
}

/* Moves the end to a working day where the law says so. Where a day off may still become a working one by decree, it
 * stays: the earlier end is right in any case. */
static bool
roll (DeadlineWork *work)
{
  if (work->terms->roll == DEADLINE_ROLL_NONE)
    return true;
  bool next = work->terms->roll == DEADLINE_ROLL_NEXT;
  for (DkDay day = work->deadline->due;; day += next ? 1 : -1)
    {
      CalendarDay what = deadline_look (work, CALENDAR_WD, day, NULL);
      if (what == CALENDAR_UNKNOWN)
        return deadline_missing (work, day);
      bool may_be_worked = next && day > calendar_counted (work->calendar);
      if (what == CALENDAR_WORKING || (next && what == CALENDAR_EXPECTED) || may_be_worked)
        {
          work->deadline->due = day;
          return true;
        }
    }
}

static bool
end_of_days (DeadlineWork *work, DkDay end, bool month_end)
{
  const DkDay last = dk_day (9999, 12, 31);
  if (end == DK_DAY_NONE || end > last)
    return deadline_missing (work, DK_DAY_NONE);
  if (!pass_pauses (work, &end))
    return false;
  if (end > last)
    return deadline_missing (work, DK_DAY_NONE);
  work->deadline->due = end;
  if (!roll (work) || !deadline_find_work_by (work))
    return false;
  deadline_explain_end (work, end, g_strdup ("start"), g_strdup (month_end ? "end:month_end" : "end"));
  return true;
}

static bool
compute (DeadlineWork *work, DeadlineMoment received)
{
  if (!find_start (work, received))
    return false;
  DeadlineRule rule = work->terms->rule;
  DkDay start = work->deadline->start, end;
  switch (rule.unit)
    {
    case DEADLINE_HOURS:
      return deadline_end_of_hours (work);
    case DEADLINE_WH:
      return deadline_end_of_open_hours (work);
    case DEADLINE_CD:
      return end_of_days (work, start + rule.count, false);
    case DEADLINE_WEEKS:
      return end_of_days (work, start + 7 * rule.count, false);
    case DEADLINE_MONTHS:
      end = dk_day_add_months (start, rule.count);
      return end_of_days (work, end, end != DK_DAY_NONE && dk_date (end).day != dk_date (start).day);
    case DEADLINE_WD:
      return walk (work, CALENDAR_WD);
    case DEADLINE_OUVRABLES:
      return walk (work, CALENDAR_OUVRABLES);
    }
  return false;
}

Deadline *
deadline_of (const DeadlineTerms *terms, const Calendar *calendar, DeadlineMoment received, const char *zone,
             const DeadlinePause *pauses, size_t n_pauses)
{
  Deadline *deadline = g_new0 (Deadline, 1);
  deadline->start = received.day;
  deadline->due = deadline->work_by = DK_DAY_NONE;
  deadline->trace = deadline_steps_new ();
  DeadlineWork work = { .deadline = deadline,
                        .terms = terms,
                        .calendar = calendar,
                        .pauses = pauses,
                        .n_pauses = n_pauses,
                        .published = calendar_published (calendar),
                        .zone = zone != NULL ? zone : calendar_zone (calendar) };
  if (!compute (&work, received))
    {
      deadline->due = deadline->work_by = DK_DAY_NONE;
      g_clear_pointer (&deadline->due_time, g_free);
    }
  deadline_sort_steps (deadline->trace);
  return deadline;
}

/* --- answers --- */

const char *
deadline_state (const Deadline *deadline)
{
  return deadline->calendar_missing ? "calendar_missing"
         : deadline->suspended      ? "suspended"
         : deadline->expected       ? "expected"
                                    : "ok";
}

static json_t *
day_json (DkDay day)
{
  g_autofree char *text = dk_day_format (day);
  return dk_json_text (text);
}

static json_t *
trace_json (const Deadline *deadline)
{
  json_t *trace = json_array ();
  for (guint i = 0; i < deadline->trace->len; i++)
    {
      const DeadlineStep *step = &g_array_index (deadline->trace, DeadlineStep, i);
      json_t *object = json_object ();
      json_object_set_new (object, "date", day_json (step->day));
      json_object_set_new (object, "counted", json_boolean (step->counted));
      json_object_set_new (object, "why", dk_json_text (step->why));
      json_array_append_new (trace, object);
    }
  return trace;
}

json_t *
deadline_json (const Deadline *deadline, const Policy *policy, const Calendar *calendar)
{
  g_autofree char *name = policy != NULL ? g_strdup_printf ("%s/%s", policy->pack, policy->kind) : NULL;
  json_t *object = json_object ();
  json_object_set_new (object, "start", day_json (deadline->start));
  json_object_set_new (object, "due",
                       deadline->due_time != NULL ? dk_json_text (deadline->due_time) : day_json (deadline->due));
  json_object_set_new (object, "work_by", day_json (deadline->work_by));
  json_object_set_new (object, "state", json_string (deadline_state (deadline)));
  json_object_set_new (object, "policy", dk_json_text (name));
  json_object_set_new (object, "policy_version", dk_json_text (policy != NULL ? policy->version : NULL));
  json_object_set_new (object, "calendar", dk_json_text (calendar_code (calendar)));
  json_object_set_new (object, "calendar_version", dk_json_text (calendar_version (calendar)));
  json_object_set_new (object, "trace", trace_json (deadline));
  return object;
}
