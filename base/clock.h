/* base/clock.h - the one clock, and civil dates. */
#pragma once
#include "base/error.h"
#include <stdint.h>

/* Microseconds since 1970-01-01T00:00:00Z. The environment variable DOCKET_NOW (an ISO 8601 instant such as
 * 2026-11-23T08:00:00Z) sets the time at which the process started; from there it runs on, so that tests choose their
 * day. */
int64_t dk_now_us (void);
/* Microseconds of a clock that never jumps, for leases, limits and pauses inside one machine start. */
int64_t dk_monotonic_us (void);

/* A civil date: days since 1970-01-01, proleptic Gregorian calendar. Dates outside the years 1 to 9999 are DK_DAY_NONE.
 */
typedef int32_t DkDay;
#define DK_DAY_NONE INT32_MIN
typedef struct
{
  int year, month, day; /* month and day from 1 */
} DkDate;

/* DK_DAY_NONE when there is no such date. */
DkDay dk_day (int year, int month, int day);
DkDate dk_date (DkDay day);
/* 1 Monday to 7 Sunday, as in ISO 8601. */
int dk_weekday (DkDay day);
/* The date @months later: the same day number, else the last day of that month (Regulation 1182/71, art. 3(2)(c)). */
DkDay dk_day_add_months (DkDay day, int months);
/* Reads exactly YYYY-MM-DD. DK_DAY_NONE for anything else. */
DkDay dk_day_parse (const char *text);
/* "YYYY-MM-DD"; NULL for DK_DAY_NONE. Owned by the caller. */
char *dk_day_format (DkDay day);
/* The civil date of @time_us in the IANA zone @zone ("Europe/Madrid"). Fails with INVALID when the zone is unknown. */
bool dk_day_in_zone (int64_t time_us, const char *zone, DkDay *day, GError **error);
/* Whether @zone is the name of a zone in the IANA's data. */
bool dk_zone_is_known (const char *zone);
/* Whether something may have come on @day: not so long before or after @today that the year must be wrong; a few years
 * ahead are for trying out what will be. Fails with USAGE. */
bool dk_day_is_arrival (DkDay day, DkDay today, GError **error);
/* "2026-11-23T08:00:00.000000Z". Owned by the caller. */
char *dk_time_format (int64_t time_us);
/* The IANA name of this machine's zone, "UTC" when it is not known. Owned by the caller. */
char *dk_local_zone (void);
