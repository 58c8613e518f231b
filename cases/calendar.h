/* cases/calendar.h - which days count: weekdays, holidays, decreed working days, by country and region. */
#pragma once
#include "base/clock.h"
#include "base/config.h"

typedef struct Calendar Calendar;
/* The layers of @code: "ES-AN" is calendars/ES-AN.yaml over its parent ES. Fails with CONFIG for a file that is wrong,
 * NOT_FOUND for a code without a file. */
Calendar *calendar_load (const Config *config, const char *code, GError **error);
void calendar_free (Calendar *calendar);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Calendar, calendar_free)
/* "ES-AN". Lent. */
const char *calendar_code (const Calendar *calendar);
/* "ES-AN@" and a short digest of its files: named in every deadline computed with it. Lent. */
const char *calendar_version (const Calendar *calendar);
/* IANA zone in which its days begin and end. Lent. */
const char *calendar_zone (const Calendar *calendar);
/* The first and the last day that all layers cover. */
void calendar_cover (const Calendar *calendar, DkDay *from, DkDay *to);
/* The last day whose holidays have been decreed by all who decree them: after it more of them may come. */
DkDay calendar_published (const Calendar *calendar);
/* The last day up to which days can be counted: after it others may become working days by decree, too. */
DkDay calendar_counted (const Calendar *calendar);
/* The code of the layer that ends first, by what can be counted or by what is @published: its file calendars/CODE.yaml
 * must be extended before the calendar reaches further. Lent. */
const char *calendar_ending (const Calendar *calendar, bool published);
/* Minutes after midnight at which a working day opens and closes; 9:00 and 17:00 where no layer says. */
void calendar_hours (const Calendar *calendar, int *opens, int *closes);
typedef enum
{
  CALENDAR_WORKING, /* counts */
  CALENDAR_WEEKEND, /* outside the week pattern */
  CALENDAR_HOLIDAY,
  CALENDAR_EXPECTED, /* off by custom, not decreed yet: counts, so that a date can only become later */
  CALENDAR_UNKNOWN,  /* outside the covered years: nobody may guess */
} CalendarDay;
typedef enum
{
  CALENDAR_WD,        /* Monday to Friday */
  CALENDAR_OUVRABLES, /* Monday to Saturday (France: jours ouvrables) */
} CalendarDaySet;
/* What @day is in @set; *@name (lent, NULL where there is none) is the holiday or the decree of a working day, in
 * English where the file has it. @name may be NULL. */
CalendarDay calendar_day (const Calendar *calendar, CalendarDaySet set, DkDay day, const char **name);
/* The same for who counts days: CALENDAR_UNKNOWN after calendar_counted, too. */
CalendarDay calendar_count_day (const Calendar *calendar, CalendarDaySet set, DkDay day, const char **name);
/* Whether @day is a shortened one: it counts whole, but closes after half of its hours. */
bool calendar_is_half (const Calendar *calendar, DkDay day);
/* "09:30" as minutes after midnight, -1 for anything else. */
int calendar_hour_parse (const char *text);
