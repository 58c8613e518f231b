#include "cases/deadline.h"
#include <string.h>

static const char *const units[] = { "h", "cd", "wd", "ouvrables", "weeks", "months" };

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
  return dk_throw (error, DK_ERROR_USAGE,
                   "%s is no rule; a rule is a number from 1 to 9999 joined to h, cd, wd, ouvrables, weeks or months, "
                   "such as 15wd",
                   text);
}

char *
deadline_rule_format (DeadlineRule rule)
{
  return g_strdup_printf ("%d%s", rule.count, units[rule.unit]);
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

static void
step_clear (gpointer data)
{
  g_free (((DeadlineStep *)data)->why);
}

/* Takes @why. */
static void
add_step (Deadline *deadline, DkDay day, bool counted, char *why)
{
  DeadlineStep step = { day, counted, why };
  g_array_append_val (deadline->trace, step);
}

static char *
reason (CalendarDay what, const char *name)
{
  switch (what)
    {
    case CALENDAR_WORKING:
      return name == NULL ? g_strdup ("working") : g_strdup_printf ("extra_work:%s", name);
    case CALENDAR_WEEKEND:
      return g_strdup ("weekend");
    case CALENDAR_HOLIDAY:
      return g_strdup_printf ("holiday:%s", name);
    default:
      return g_strdup ("uncovered");
    }
}

static void
add_day (Deadline *deadline, DkDay day, CalendarDay what, const char *name)
{
  add_step (deadline, day, what == CALENDAR_WORKING, reason (what, name));
}

/* Walks to the @count-th day after the start that counts. False when the calendar ends before. */
static bool
walk (Deadline *deadline, int count, const Calendar *calendar, CalendarDaySet set)
{
  add_step (deadline, deadline->start, false, g_strdup ("start"));
  for (DkDay day = deadline->start + 1; count > 0; day++)
    {
      const char *name;
      CalendarDay what = calendar_day (calendar, set, day, &name);
      add_day (deadline, day, what, name);
      if (what == CALENDAR_UNKNOWN)
        return false;
      count -= what == CALENDAR_WORKING;
      deadline->due = day;
    }
  return true;
}

/* Walks back from the end to the last wd. False, with the day as reason, when the calendar does not reach so far. */
static bool
find_work_by (Deadline *deadline, const Calendar *calendar)
{
  for (DkDay day = deadline->due;; day--)
    switch (calendar_day (calendar, CALENDAR_WD, day, NULL))
      {
      case CALENDAR_WORKING:
        deadline->work_by = day;
        return true;
      case CALENDAR_UNKNOWN:
        if (deadline->trace->len == 0)
          add_step (deadline, deadline->start, false, g_strdup ("start"));
        add_step (deadline, day, false, g_strdup ("uncovered"));
        return false;
      default:
        break;
      }
}

/* The steps of a clock that needs no calendar: start, work_by, what lies between it and the end, the end. Takes @start
 * and @end. A work_by on or before the start (a clock that ends before the first wd) is shown in its place. */
static void
explain_end (Deadline *deadline, const Calendar *calendar, char *start, char *end)
{
  bool started = deadline->work_by >= deadline->start;
  if (started)
    add_step (deadline, deadline->start, false, g_steal_pointer (&start));
  for (DkDay day = deadline->work_by; day <= deadline->due; day++)
    {
      const char *name;
      CalendarDay what = calendar_day (calendar, CALENDAR_WD, day, &name);
      if (day == deadline->start && !started)
        add_step (deadline, day, false, g_steal_pointer (&start));
      if (day == deadline->work_by && day != deadline->due)
        add_step (deadline, day, day > deadline->start, g_strdup ("work_by"));
      else if (day != deadline->work_by)
        add_day (deadline, day, what, name);
    }
  add_step (deadline, deadline->due, true, end);
}

/* The instant of @minutes after midnight of @day in @zone; the earlier one where the clock is put back. */
static GDateTime *
instant (DkDay day, int minutes, GTimeZone *zone)
{
  DkDate date = dk_date (day);
  g_autoptr (GDateTime) at = g_date_time_new (zone, date.year, date.month, date.day, minutes / 60, minutes % 60, 0);
  g_autoptr (GDateTime) hour_before = g_date_time_add_hours (at, -1);
  bool twice = hour_before != NULL && g_date_time_get_hour (at) == g_date_time_get_hour (hour_before);
  return twice ? g_steal_pointer (&hour_before) : g_steal_pointer (&at);
}

static char *
format_instant (GDateTime *at)
{
  return g_date_time_format (at, "%Y-%m-%dT%H:%M:%S%:z");
}

static bool
end_of_hours (Deadline *deadline, int count, const Calendar *calendar, int received_time, const char *zone)
{
  g_autoptr (GTimeZone) known = g_time_zone_new_identifier (zone != NULL ? zone : calendar_zone (calendar));
  g_autoptr (GTimeZone) used = known != NULL ? g_steal_pointer (&known) : g_time_zone_new_utc ();
  g_autoptr (GDateTime) from = instant (deadline->start, MAX (received_time, 0), used);
  g_autoptr (GDateTime) end = g_date_time_add_hours (from, count);
  g_autofree char *from_text = format_instant (from);
  if (end == NULL)
    return false;
  deadline->due = dk_day (g_date_time_get_year (end), g_date_time_get_month (end), g_date_time_get_day_of_month (end));
  if (!find_work_by (deadline, calendar))
    return false;
  deadline->due_time = format_instant (end);
  explain_end (deadline, calendar, g_strconcat ("start:", from_text, NULL),
               g_strconcat ("end:", deadline->due_time, NULL));
  return true;
}

static bool
end_of_days (Deadline *deadline, DkDay end, bool month_end, const Calendar *calendar)
{
  if (end == DK_DAY_NONE || end > dk_day (9999, 12, 31))
    return false;
  deadline->due = end;
  if (!find_work_by (deadline, calendar))
    return false;
  explain_end (deadline, calendar, g_strdup ("start"), g_strdup (month_end ? "end:month_end" : "end"));
  return true;
}

static bool
compute (Deadline *deadline, DeadlineRule rule, const Calendar *calendar, int received_time, const char *zone)
{
  DkDay start = deadline->start, end;
  switch (rule.unit)
    {
    case DEADLINE_HOURS:
      return end_of_hours (deadline, rule.count, calendar, received_time, zone);
    case DEADLINE_CD:
      return end_of_days (deadline, start + rule.count, false, calendar);
    case DEADLINE_WEEKS:
      return end_of_days (deadline, start + 7 * rule.count, false, calendar);
    case DEADLINE_MONTHS:
      end = dk_day_add_months (start, rule.count);
      return end_of_days (deadline, end, end != DK_DAY_NONE && dk_date (end).day != dk_date (start).day, calendar);
    case DEADLINE_WD:
      return walk (deadline, rule.count, calendar, CALENDAR_WD) && find_work_by (deadline, calendar);
    case DEADLINE_OUVRABLES:
      return walk (deadline, rule.count, calendar, CALENDAR_OUVRABLES) && find_work_by (deadline, calendar);
    }
  return false;
}

Deadline *
deadline_compute (DeadlineRule rule, const Calendar *calendar, DkDay received, int received_time, const char *zone)
{
  Deadline *deadline = g_new0 (Deadline, 1);
  deadline->start = received;
  deadline->due = deadline->work_by = DK_DAY_NONE;
  deadline->trace = g_array_new (FALSE, FALSE, sizeof (DeadlineStep));
  g_array_set_clear_func (deadline->trace, step_clear);
  deadline->calendar_missing = !compute (deadline, rule, calendar, received_time, zone);
  if (deadline->calendar_missing)
    deadline->due = deadline->work_by = DK_DAY_NONE;
  return deadline;
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
  json_object_set_new (object, "state", json_string (deadline->calendar_missing ? "calendar_missing" : "ok"));
  json_object_set_new (object, "policy", dk_json_text (name));
  json_object_set_new (object, "policy_version", dk_json_text (policy != NULL ? policy->version : NULL));
  json_object_set_new (object, "calendar", dk_json_text (calendar_code (calendar)));
  json_object_set_new (object, "calendar_version", dk_json_text (calendar_version (calendar)));
  json_object_set_new (object, "trace", trace_json (deadline));
  return object;
}
