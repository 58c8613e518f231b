#include "base/clock.h"
#include <stdlib.h>
#include <string.h>

static void
test_dates_and_days_are_each_others_inverse (void)
{
  g_assert_cmpint (dk_day (1970, 1, 1), ==, 0);
  g_assert_cmpint (dk_day (2000, 3, 1), ==, 11017);
  g_assert_cmpint (dk_day (1, 1, 1), ==, -719162);
  for (DkDay day = dk_day (1899, 12, 1); day < dk_day (2101, 2, 1); day += 13)
    {
      DkDate date = dk_date (day);
      g_assert_cmpint (dk_day (date.year, date.month, date.day), ==, day);
    }
}

static void
test_dates_that_do_not_exist_are_none (void)
{
  g_assert_cmpint (dk_day (2026, 2, 29), ==, DK_DAY_NONE);
  g_assert_cmpint (dk_day (2028, 2, 29), !=, DK_DAY_NONE);
  g_assert_cmpint (dk_day (1900, 2, 29), ==, DK_DAY_NONE);
  g_assert_cmpint (dk_day (2026, 13, 1), ==, DK_DAY_NONE);
  g_assert_cmpint (dk_day (0, 1, 1), ==, DK_DAY_NONE);
  g_assert_cmpint (dk_day (10000, 1, 1), ==, DK_DAY_NONE);
}

static void
test_weekdays_count_from_monday (void)
{
  g_assert_cmpint (dk_weekday (dk_day (2026, 11, 23)), ==, 1);
  g_assert_cmpint (dk_weekday (dk_day (2026, 3, 14)), ==, 6);
  g_assert_cmpint (dk_weekday (dk_day (1969, 12, 28)), ==, 7);
}

static void
test_a_month_later_is_the_same_day_or_the_last (void)
{
  g_assert_cmpint (dk_day_add_months (dk_day (2026, 1, 31), 1), ==, dk_day (2026, 2, 28));
  g_assert_cmpint (dk_day_add_months (dk_day (2028, 1, 31), 1), ==, dk_day (2028, 2, 29));
  g_assert_cmpint (dk_day_add_months (dk_day (2026, 11, 15), 3), ==, dk_day (2027, 2, 15));
  g_assert_cmpint (dk_day_add_months (dk_day (2026, 3, 31), -1), ==, dk_day (2026, 2, 28));
  g_assert_cmpint (dk_day_add_months (dk_day (9999, 12, 1), 1), ==, DK_DAY_NONE);
}

static void
test_only_whole_iso_dates_are_read (void)
{
  static const char *const wrong[]
      = { "", "2026-3-14", "2026-03-14T", "14-03-2026", "2026/03/14", "2026-02-30", "+026-03-14", "2026-03-1 " };
  g_assert_cmpint (dk_day_parse ("2026-03-14"), ==, dk_day (2026, 3, 14));
  g_assert_cmpint (dk_day_parse (NULL), ==, DK_DAY_NONE);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_cmpint (dk_day_parse (wrong[i]), ==, DK_DAY_NONE);
  g_autofree char *text = dk_day_format (dk_day (987, 6, 5));
  g_assert_cmpstr (text, ==, "0987-06-05");
  g_assert_null (dk_day_format (DK_DAY_NONE));
}

static void
test_the_day_depends_on_the_zone (void)
{
  g_autoptr (GError) error = NULL;
  int64_t late = INT64_C (1773529200) * G_USEC_PER_SEC; /* 2026-03-14T23:00:00Z */
  DkDay day;
  g_assert_true (dk_day_in_zone (late, "Europe/Madrid", &day, &error));
  g_assert_cmpint (day, ==, dk_day (2026, 3, 15));
  g_assert_true (dk_day_in_zone (late, "America/New_York", &day, &error));
  g_assert_cmpint (day, ==, dk_day (2026, 3, 14));
  g_assert_false (dk_day_in_zone (late, "Europe/Nowhere", &day, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_INVALID);
}

static void
test_times_are_written_in_utc_with_microseconds (void)
{
  g_autofree char *text = dk_time_format (INT64_C (1773529200000042));
  g_assert_cmpstr (text, ==, "2026-03-14T23:00:00.000042Z");
}

static void
test_the_clock_starts_where_the_environment_says (void)
{
  if (g_test_subprocess ())
    {
      int64_t passed_us = dk_now_us () - INT64_C (1763884800) * G_USEC_PER_SEC;
      exit (passed_us >= 0 && passed_us < 60 * G_USEC_PER_SEC ? 0 : 1);
    }
  g_setenv ("DOCKET_NOW", "2025-11-23T08:00:00Z", TRUE);
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_unsetenv ("DOCKET_NOW");
}

static void
test_the_zone_of_the_machine_has_a_name_that_is_known (void)
{
  g_autofree char *zone = dk_local_zone ();
  DkDay day;
  g_assert_true (dk_day_in_zone (0, zone, &day, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/inverse", test_dates_and_days_are_each_others_inverse);
  g_test_add_func ("/clock/none", test_dates_that_do_not_exist_are_none);
  g_test_add_func ("/clock/weekday", test_weekdays_count_from_monday);
  g_test_add_func ("/clock/months", test_a_month_later_is_the_same_day_or_the_last);
  g_test_add_func ("/clock/parse", test_only_whole_iso_dates_are_read);
  g_test_add_func ("/clock/zone", test_the_day_depends_on_the_zone);
  g_test_add_func ("/clock/format", test_times_are_written_in_utc_with_microseconds);
  g_test_add_func ("/clock/now", test_the_clock_starts_where_the_environment_says);
  g_test_add_func ("/clock/local", test_the_zone_of_the_machine_has_a_name_that_is_known);
  return g_test_run ();
}
