/* cases/calendar.h - which days count: weekdays, holidays, decreed working days, by country and region. */
#pragma once
#include "base/clock.h"
#include "base/config.h"

typedef struct Calendar Calendar;
/* The layers of @code: "ES-AN" is ES with the region's days over it; a region without a file is an error, as is a country
 * without one. Fails with CONFIG, or NOT_FOUND for an unknown code. */
Calendar *calendar_load (const Config *config, const char *code, GError **error);
void calendar_free (Calendar *calendar);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Calendar, calendar_free)
/* "ES-AN@" and a short digest of its files: named in every deadline computed with it. Lent. */
const char *calendar_version (const Calendar *calendar);
typedef enum
{
  CALENDAR_WORKING,  /* counts */
  CALENDAR_WEEKEND,  /* outside the week pattern */
  CALENDAR_HOLIDAY,
  CALENDAR_UNKNOWN,  /* outside the covered years: nobody may guess */
} CalendarDay;
typedef enum
{
  CALENDAR_WD,        /* Monday to Friday */
  CALENDAR_OUVRABLES, /* Monday to Saturday (France: jours ouvrables) */
} CalendarDaySet;
/* What @day is in @set; *@name (lent, may be NULL) is the holiday or the decree of a working day. */
CalendarDay calendar_day (const Calendar *calendar, CalendarDaySet set, DkDay day, const char **name);
