#include "base/clock.h"
#include "base/messages.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define ARRIVAL_YEARS_MOST 50
#define ARRIVAL_YEARS_AHEAD 5

static int64_t
real_now_us (void)
{
  struct timespec now;
  clock_gettime (CLOCK_REALTIME, &now);
  return (int64_t)now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

int64_t
dk_monotonic_us (void)
{
  return g_get_monotonic_time ();
}

/* What has to be added to the real time so that the process started at DOCKET_NOW. */
static int64_t
chosen_offset_us (void)
{
  const char *chosen = g_getenv ("DOCKET_NOW");
  if (chosen == NULL)
    return 0;
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) start = g_date_time_new_from_iso8601 (chosen, utc);
  if (start == NULL)
    return 0;
  return g_date_time_to_unix (start) * G_USEC_PER_SEC + g_date_time_get_microsecond (start) - real_now_us ();
}

int64_t
dk_now_us (void)
{
  static gsize ready;
  static int64_t offset_us;
  if (g_once_init_enter (&ready))
    {
      offset_us = chosen_offset_us ();
      g_once_init_leave (&ready, 1);
    }
  return real_now_us () + offset_us;
}

/* Days from 1970-01-01 by the era arithmetic of the Gregorian calendar (400 years are 146,097 days). */
DkDay
dk_day (int year, int month, int day)
{
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1
      || day > g_date_get_days_in_month ((GDateMonth)month, (GDateYear)year))
    return DK_DAY_NONE;
  GDate date;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
  return (DkDay)g_date_get_julian (&date) - 719163; /* the Julian number GLib gives 1970-01-01 */
}

DkDate
dk_date (DkDay day)
{
  g_assert (day != DK_DAY_NONE);
  GDate date;
  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32)(day + 719163));
  return (DkDate){ g_date_get_year (&date), (int)g_date_get_month (&date), g_date_get_day (&date) };
}

int
dk_weekday (DkDay day)
{
  int from_thursday = (int)(((int64_t)day % 7 + 7) % 7); /* 1970-01-01 was a Thursday */
  return (from_thursday + 3) % 7 + 1;
}

DkDay
dk_day_add_months (DkDay day, int months)
{
  DkDate date = dk_date (day);
  int count = date.year * 12 + date.month - 1 + months;
  int year = count / 12, month = count % 12 + 1;
  if (year < 1 || year > 9999)
    return DK_DAY_NONE;
  int last = g_date_get_days_in_month ((GDateMonth)month, (GDateYear)year);
  return dk_day (year, month, MIN (date.day, last));
}

DkDay
dk_day_parse (const char *text)
{
  if (text == NULL || strlen (text) != 10 || text[4] != '-' || text[7] != '-')
    return DK_DAY_NONE;
  for (int i = 0; i < 10; i++)
    if (i != 4 && i != 7 && !g_ascii_isdigit (text[i]))
      return DK_DAY_NONE;
  return dk_day (atoi (text), atoi (text + 5), atoi (text + 8));
}

char *
dk_day_format (DkDay day)
{
  if (day == DK_DAY_NONE)
    return NULL;
  DkDate date = dk_date (day);
  return g_strdup_printf ("%04d-%02d-%02d", date.year, date.month, date.day);
}

/* GLib works a zone out anew, which takes milliseconds, unless somebody still holds it. */
static void
keep_zone (GTimeZone *zone)
{
  static GTimeZone *held;
  static GMutex lock;
  g_mutex_lock (&lock);
  GTimeZone *before = held;
  held = g_time_zone_ref (zone);
  g_clear_pointer (&before, g_time_zone_unref);
  g_mutex_unlock (&lock);
}

/* What the machine's files tell costs less than to read all the changes of clocks in one. */
static bool
has_zone_file (const char *zone)
{
  const char *chosen = g_getenv ("TZDIR");
  g_autofree char *path = g_build_filename (chosen != NULL ? chosen : "/usr/share/zoneinfo", zone, NULL);
  g_autofree char *bytes = NULL;
  return g_file_get_contents (path, &bytes, NULL, NULL) && g_str_has_prefix (bytes, "TZif");
}

bool
dk_zone_is_known (const char *zone)
{
  if (!g_ascii_isalpha (zone[0]) || strspn (zone, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_+-/") != strlen (zone))
    return false;
  if (has_zone_file (zone))
    return true;
  g_autoptr (GTimeZone) known = g_time_zone_new_identifier (zone); /* from wherever GLib has it */
  return known != NULL;
}

bool
dk_day_in_zone (int64_t time_us, const char *zone, DkDay *day, GError **error)
{
  g_autoptr (GTimeZone) found = g_time_zone_new_identifier (zone);
  if (found == NULL)
    return dk_throw (error, DK_ERROR_INVALID, "unknown time zone %s", zone);
  keep_zone (found);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) there = g_date_time_to_timezone (utc, found);
  *day = dk_day (g_date_time_get_year (there), g_date_time_get_month (there), g_date_time_get_day_of_month (there));
  return true;
}

bool
dk_day_is_arrival (DkDay day, DkDay today, GError **error)
{
  g_autofree char *text = dk_day_format (day);
  if (day > dk_day_add_months (today, 12 * ARRIVAL_YEARS_AHEAD))
    return dk_refuse (error, DK_ERROR_USAGE, "year_ahead", "sd", text, ARRIVAL_YEARS_AHEAD);
  return day >= dk_day_add_months (today, -12 * ARRIVAL_YEARS_MOST)
         || dk_refuse (error, DK_ERROR_USAGE, "year_ago", "sd", text, ARRIVAL_YEARS_MOST);
}

char *
dk_time_format (int64_t time_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  g_autofree char *seconds = g_date_time_format (utc, "%Y-%m-%dT%H:%M:%S");
  return g_strdup_printf ("%s.%06dZ", seconds, (int)(time_us % G_USEC_PER_SEC));
}

char *
dk_local_zone (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  const char *name = g_time_zone_get_identifier (zone);
  g_autoptr (GTimeZone) known = name != NULL ? g_time_zone_new_identifier (name) : NULL;
  if (known == NULL || name[0] == '/' || name[0] == ':' || strcmp (name, "Local") == 0)
    return g_strdup ("UTC");
  return g_strdup (name);
}
