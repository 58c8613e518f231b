/* cases/deadline_steps.c - the days of a computation, each with its reason. */
#include "cases/deadline_internal.h"

static void
step_clear (gpointer data)
{
  g_free (((DeadlineStep *)data)->why);
}

GArray *
deadline_steps_new (void)
{
  GArray *trace = g_array_new (FALSE, FALSE, sizeof (DeadlineStep));
  g_array_set_clear_func (trace, step_clear);
  return trace;
}

void
deadline_step (DeadlineWork *work, DkDay day, bool counted, char *why)
{
  DeadlineStep step = { day, counted, why };
  g_array_append_val (work->deadline->trace, step);
}

void
deadline_step_day (DeadlineWork *work, DkDay day, CalendarDay what, const char *name)
{
  const char *code = what == CALENDAR_WORKING    ? (name != NULL ? "extra_work" : "working")
                     : what == CALENDAR_WEEKEND  ? "weekend"
                     : what == CALENDAR_HOLIDAY  ? "holiday"
                     : what == CALENDAR_EXPECTED ? "expected"
                                                 : "uncovered";
  deadline_step (work, day, what == CALENDAR_WORKING || what == CALENDAR_EXPECTED,
                 name != NULL ? g_strconcat (code, ":", name, NULL) : g_strdup (code));
}

CalendarDay
deadline_look (DeadlineWork *work, CalendarDaySet set, DkDay day, const char **name)
{
  CalendarDay what = calendar_day (work->calendar, set, day, name);
  work->deadline->expected |= day > work->published && what != CALENDAR_UNKNOWN;
  return what;
}

CalendarDay
deadline_count (DeadlineWork *work, CalendarDaySet set, DkDay day, const char **name)
{
  CalendarDay what = deadline_look (work, set, day, name);
  return what == CALENDAR_UNKNOWN ? what : calendar_count_day (work->calendar, set, day, name);
}

static void
need_start (DeadlineWork *work)
{
  if (work->deadline->trace->len == 0)
    deadline_step (work, work->deadline->start, false, g_strdup ("start"));
}

bool
deadline_missing (DeadlineWork *work, DkDay day)
{
  need_start (work);
  if (day != DK_DAY_NONE)
    deadline_step (work, day, false, g_strdup ("uncovered"));
  work->deadline->calendar_missing = true;
  return false;
}

bool
deadline_suspended (DeadlineWork *work, DkDay day)
{
  need_start (work);
  deadline_step (work, day, false, g_strdup ("suspended"));
  work->deadline->suspended = true;
  return false;
}

/* A holiday that is only expected is passed over here, so that the day to work by is early enough in any case. */
bool
deadline_find_work_by (DeadlineWork *work)
{
  for (DkDay day = work->deadline->due;; day--)
    switch (deadline_look (work, CALENDAR_WD, day, NULL))
      {
      case CALENDAR_WORKING:
        work->deadline->work_by = day;
        return true;
      case CALENDAR_UNKNOWN:
        return deadline_missing (work, day);
      default:
        break;
      }
}

void
deadline_explain_end (DeadlineWork *work, DkDay nominal, char *start, char *end)
{
  const Deadline *deadline = work->deadline;
  bool next = deadline->due > nominal;
  DkDay first = next ? nominal : deadline->work_by + 1, last = next ? deadline->due - 1 : nominal;
  deadline_step (work, deadline->start, false, start);
  if (deadline->work_by != deadline->due)
    deadline_step (work, deadline->work_by, deadline->work_by > deadline->start, g_strdup ("work_by"));
  if (deadline->due < nominal)
    deadline_step (work, deadline->due, false, g_strdup ("rolled"));
  for (DkDay day = first; day <= last; day++)
    {
      const char *name;
      CalendarDay what = deadline_look (work, CALENDAR_WD, day, &name);
      deadline_step_day (work, day, what, name);
    }
  deadline_step (work, nominal, true, end);
  if (next)
    deadline_step (work, deadline->due, false, g_strdup ("rolled"));
}

void
deadline_sort_steps (GArray *trace)
{
  for (guint i = 1; i < trace->len; i++)
    {
      DeadlineStep step = g_array_index (trace, DeadlineStep, i);
      guint k = i;
      for (; k > 0 && g_array_index (trace, DeadlineStep, k - 1).day > step.day; k--)
        g_array_index (trace, DeadlineStep, k) = g_array_index (trace, DeadlineStep, k - 1);
      g_array_index (trace, DeadlineStep, k) = step;
    }
}
