/* cases/deadline_internal.h - what the files of the deadline engine share. Private to them. */
#pragma once
#include "cases/deadline.h"

/* One computation. */
typedef struct
{
  Deadline *deadline;
  const DeadlineTerms *terms;
  const Calendar *calendar;
  const DeadlinePause *pauses;
  size_t n_pauses;
  DkDay published;
  int start_minutes; /* after midnight of day 0 */
  const char *zone;
} DeadlineWork;

/* deadline_steps.c: of DeadlineStep, owned by the caller; and in the order of days, within a day as they were added. */
GArray *deadline_steps_new (void);
void deadline_sort_steps (GArray *trace);
/* Takes @why. */
void deadline_step (DeadlineWork *work, DkDay day, bool counted, char *why);
/* The step of a day that is @what. */
void deadline_step_day (DeadlineWork *work, DkDay day, CalendarDay what, const char *name);
/* calendar_day, which notes where a day is not published yet. */
CalendarDay deadline_look (DeadlineWork *work, CalendarDaySet set, DkDay day, const char **name);
/* The same by calendar_count_day. */
CalendarDay deadline_count (DeadlineWork *work, CalendarDaySet set, DkDay day, const char **name);
/* Ends the work without a date, because of @day; DK_DAY_NONE where no calendar could have it. Returns false. */
bool deadline_missing (DeadlineWork *work, DkDay day);
bool deadline_suspended (DeadlineWork *work, DkDay day);
/* Walks back from the end to the last wd. False, with the day as reason, when the calendar does not reach so far. */
bool deadline_find_work_by (DeadlineWork *work);
/* The steps of a clock that needs no calendar: start, work_by, what lies between it and the end @nominal, the end.
 * Takes @start and @end. */
void deadline_explain_end (DeadlineWork *work, DkDay nominal, char *start, char *end);

/* deadline_hours.c: the ends of h and of wh. */
bool deadline_end_of_hours (DeadlineWork *work);
bool deadline_end_of_open_hours (DeadlineWork *work);
