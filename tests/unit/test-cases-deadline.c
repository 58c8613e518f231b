#include "cases/deadline.h"
#include "tests/unit/cases_config.h"
#include <string.h>

static Calendar *
load (const Config *config, const char *code)
{
  g_autoptr (GError) error = NULL;
  Calendar *calendar = calendar_load (config, code, &error);
  g_assert_no_error (error);
  return calendar;
}

static Deadline *
compute (const Calendar *calendar, const char *rule_text, const char *received, int minutes)
{
  DeadlineRule rule;
  g_autoptr (GError) error = NULL;
  deadline_rule_parse (rule_text, &rule, &error);
  g_assert_no_error (error);
  return deadline_of (&(DeadlineTerms){ .rule = rule }, calendar, (DeadlineMoment){ dk_day_parse (received), minutes },
                      NULL, NULL, 0);
}

static void
assert_dates (const char *code, const char *rule, const char *received, const char *due, const char *work_by)
{
  g_autoptr (Config) config = config_shipped ();
  g_autoptr (Calendar) calendar = load (config, code);
  g_autoptr (Deadline) deadline = compute (calendar, rule, received, -1);
  g_autofree char *got_due = dk_day_format (deadline->due);
  g_autofree char *got_work_by = dk_day_format (deadline->work_by);
  g_assert_cmpstr (got_due, ==, due);
  g_assert_cmpstr (got_work_by, ==, work_by);
  g_assert_cmpint (deadline->calendar_missing, ==, due == NULL);
}

static void
test_spanish_working_days_pass_over_the_immaculate_conception (void)
{
  assert_dates ("ES", "15wd", "2026-11-23", "2026-12-15", "2026-12-15");
}

static void
test_a_regional_holiday_moves_the_end_by_a_day (void)
{
  assert_dates ("ES-AN", "15wd", "2026-11-23", "2026-12-16", "2026-12-16");
  assert_dates ("ES-MD", "15wd", "2026-11-23", "2026-12-16", "2026-12-16");
  assert_dates ("ES-CT", "15wd", "2026-11-23", "2026-12-15", "2026-12-15");
}

static void
test_jours_ouvrables_count_saturdays (void)
{
  assert_dates ("FR", "10ouvrables", "2026-04-24", "2026-05-07", "2026-05-07");
  assert_dates ("FR", "10wd", "2026-04-24", "2026-05-12", "2026-05-12");
}

static void
test_two_months_from_the_last_of_december_end_in_february (void)
{
  assert_dates ("FR", "2months", "2026-12-31", "2027-02-28", "2027-02-26");
}

static void
test_a_decreed_working_saturday_is_a_day_to_work_by (void)
{
  assert_dates ("HU", "30cd", "2026-11-12", "2026-12-12", "2026-12-12");
}

static void
test_a_decreed_working_saturday_counts (void)
{
  assert_dates ("HU", "15wd", "2026-12-01", "2026-12-21", "2026-12-21");
  assert_dates ("HU", "10wd", "2026-08-07", "2026-08-24", "2026-08-24");
}

static void
test_weeks_do_not_roll_over_a_bank_holiday (void)
{
  assert_dates ("GB", "8weeks", "2026-11-06", "2027-01-01", "2026-12-31");
}

static void
test_business_days_pass_over_substitute_days_and_the_new_year (void)
{
  assert_dates ("GB", "3wd", "2026-12-24", "2026-12-31", "2026-12-31");
  assert_dates ("GB", "15wd", "2026-12-10", "2027-01-05", "2027-01-05");
  assert_dates ("GB", "35wd", "2026-12-10", "2027-02-02", "2027-02-02");
}

static void
test_a_missing_day_number_is_the_last_of_the_month (void)
{
  assert_dates ("ES", "1months", "2027-01-30", "2027-02-28", "2027-02-26");
}

static void
test_calendar_days_are_added (void)
{
  assert_dates ("US", "15cd", "2026-11-22", "2026-12-07", "2026-12-07");
  assert_dates ("US", "60cd", "2026-11-22", "2027-01-21", "2027-01-21");
}

static void
test_outside_the_calendar_no_date_is_invented (void)
{
  assert_dates ("HU", "15wd", "2026-12-18", NULL, NULL);
  assert_dates ("HU", "9wh", "2026-12-31", NULL, NULL);
  assert_dates ("HU", "30cd", "2028-12-18", NULL, NULL);
  assert_dates ("ES", "15wd", "2028-12-20", NULL, NULL);
  assert_dates ("ES", "1wd", "2031-01-01", NULL, NULL);
  assert_dates ("ES", "9999months", "2027-01-01", NULL, NULL);
  assert_dates ("ES", "9999cd", "9999-12-31", NULL, NULL);
  assert_dates ("ES", "9999h", "9999-12-31", NULL, NULL);
  assert_dates ("ES", "1wd", "9999-12-31", NULL, NULL);
  assert_dates ("ES", "1h", "0001-01-01", NULL, NULL);
}

/* Hungary: Saturdays may still be made working days of 2027, but the holidays of the law are known. */
static void
test_days_weeks_and_months_end_where_working_days_cannot_be_counted_yet (void)
{
  assert_dates ("HU", "30cd", "2026-12-02", "2027-01-01", "2026-12-31");
  assert_dates ("HU", "30cd", "2026-12-18", "2027-01-17", "2027-01-15");
  assert_dates ("HU", "2months", "2027-01-29", "2027-03-29", "2027-03-25"); /* Easter Monday; Good Friday */
  assert_dates ("HU", "1weeks", "2027-12-17", "2027-12-24", "2027-12-23");  /* perhaps a rest day by decree */
}

static void
test_months_need_the_calendar_at_their_end_only (void)
{
  assert_dates ("ES", "2months", "2024-12-15", "2025-02-15", "2025-02-14");
  assert_dates ("ES", "1cd", "2024-12-31", NULL, NULL); /* due New Year's Day: work_by lies before the cover */
}

static char *
trace_of (const char *code, const char *rule, const char *received, int minutes)
{
  g_autoptr (Config) config = config_shipped ();
  g_autoptr (Calendar) calendar = load (config, code);
  g_autoptr (Deadline) deadline = compute (calendar, rule, received, minutes);
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < deadline->trace->len; i++)
    {
      const DeadlineStep *step = &g_array_index (deadline->trace, DeadlineStep, i);
      g_autofree char *day = dk_day_format (step->day);
      g_string_append_printf (text, "%s%s %c %s", i > 0 ? "\n" : "", day + 5, step->counted ? '+' : '-', step->why);
    }
  return g_string_free (text, FALSE);
}

static void
test_the_trace_tells_every_day_counted_and_skipped (void)
{
  g_autofree char *trace = trace_of ("HU", "9wd", "2026-12-07", -1);
  g_assert_cmpstr (trace, ==,
                   "12-07 - start\n12-08 + working\n12-09 + working\n12-10 + working\n12-11 + working\n"
                   "12-12 + extra_work:Working Saturday, in place of 2026-12-24\n12-13 - weekend\n12-14 + working\n"
                   "12-15 + working\n12-16 + working\n12-17 + working");
}

static void
test_the_trace_of_months_tells_what_work_by_passes_over (void)
{
  g_autofree char *months = trace_of ("FR", "2months", "2026-12-31", -1);
  g_autofree char *weeks = trace_of ("GB", "8weeks", "2026-11-06", -1);
  g_autofree char *plain = trace_of ("US", "15cd", "2026-11-22", -1);
  g_assert_cmpstr (months, ==,
                   "12-31 - start\n02-26 + work_by\n02-27 - weekend\n02-28 - weekend\n02-28 + end:month_end");
  g_assert_cmpstr (weeks, ==, "11-06 - start\n12-31 + work_by\n01-01 - holiday:New Year's Day\n01-01 + end");
  g_assert_cmpstr (plain, ==, "11-22 - start\n12-07 + end");
}

static void
test_a_clock_that_ends_before_the_first_working_day_shows_the_one_before (void)
{
  g_autofree char *sunday = trace_of ("ES", "1cd", "2026-12-05", -1);
  g_autofree char *friday = trace_of ("ES", "1cd", "2026-12-04", -1);
  g_assert_cmpstr (sunday, ==,
                   "12-04 - work_by\n12-05 - start\n12-05 - weekend\n12-06 - holiday:Constitution Day\n12-06 + end");
  g_assert_cmpstr (friday, ==, "12-04 - start\n12-04 - work_by\n12-05 - weekend\n12-05 + end");
}

static void
test_the_trace_names_the_day_the_calendar_lacks (void)
{
  g_autofree char *days = trace_of ("HU", "2wd", "2026-12-30", -1);
  g_autofree char *calendar_days = trace_of ("HU", "30cd", "2028-12-18", -1);
  g_assert_cmpstr (days, ==, "12-30 - start\n12-31 + working\n01-01 - uncovered");
  g_assert_cmpstr (calendar_days, ==, "12-18 - start\n01-17 - uncovered");
}

static void
assert_instant (const char *code, const char *rule, const char *received, int minutes, const char *due_time)
{
  g_autoptr (Config) config = config_shipped ();
  g_autoptr (Calendar) calendar = load (config, code);
  g_autoptr (Deadline) deadline = compute (calendar, rule, received, minutes);
  g_assert_cmpstr (deadline->due_time, ==, due_time);
}

static void
test_hours_are_elapsed_hours_across_a_change_of_the_clock (void)
{
  assert_instant ("ES", "48h", "2026-11-20", 10 * 60, "2026-11-22T10:00:00+01:00");
  assert_instant ("ES", "48h", "2026-03-28", 10 * 60, "2026-03-30T11:00:00+02:00");
  assert_instant ("ES", "48h", "2026-10-24", 10 * 60, "2026-10-26T09:00:00+01:00");
  assert_instant ("GB", "24h", "2026-06-01", 23 * 60 + 59, "2026-06-02T23:59:00+01:00");
  assert_instant ("US", "1h", "2026-11-01", 90, "2026-11-01T01:30:00-05:00");
  assert_instant ("ES", "24h", "2026-11-20", -1, "2026-11-21T00:00:00+01:00");
}

static void
test_hours_end_on_a_weekend_and_are_worked_by_friday (void)
{
  assert_dates ("ES", "48h", "2026-11-20", "2026-11-22", "2026-11-20");
}

static void
test_wrong_rules_are_refused (void)
{
  static const char *const wrong[]
      = { "", "15", "wd", "0wd", "15 wd", "15WD", "-1cd", "10000cd", "1.5h", "15wdx", "00000cd" };
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      DeadlineRule rule;
      g_autoptr (GError) error = NULL;
      g_assert_false (deadline_rule_parse (wrong[i], &rule, &error));
      g_assert_error (error, DK_ERROR, DK_ERROR_USAGE);
    }
}

static void
test_rules_are_written_as_they_are_read (void)
{
  static const char *const rules[] = { "48h", "16wh", "30cd", "15wd", "10ouvrables", "8weeks", "2months", "9999cd" };
  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      DeadlineRule rule;
      g_assert_true (deadline_rule_parse (rules[i], &rule, NULL));
      g_autofree char *text = deadline_rule_format (rule);
      g_assert_cmpstr (text, ==, rules[i]);
    }
}

static void
test_months_keep_the_day_number_or_end_on_the_last (void)
{
  g_autoptr (Config) config = config_shipped ();
  g_autoptr (Calendar) calendar = load (config, "FR");
  for (DkDay start = dk_day (2025, 1, 1); start <= dk_day (2027, 6, 30); start++)
    for (int count = 1; count <= 14; count++)
      {
        const DeadlineTerms terms = { .rule = { count, DEADLINE_MONTHS } };
        g_autoptr (Deadline) deadline = deadline_of (&terms, calendar, (DeadlineMoment){ start, -1 }, NULL, NULL, 0);
        DkDate from = dk_date (start), due = dk_date (deadline->due), after = dk_date (deadline->due + 1);
        g_assert_cmpint (due.year * 12 + due.month, ==, from.year * 12 + from.month + count);
        g_assert_true (due.day == from.day || (due.day < from.day && after.day == 1));
        g_assert_true (deadline->work_by <= deadline->due);
      }
}

static void
test_the_json_object_has_the_promised_members (void)
{
  g_autoptr (Config) config = config_shipped ();
  g_autoptr (Calendar) calendar = load (config, "US");
  g_autoptr (Deadline) deadline = compute (calendar, "15cd", "2026-11-22", -1);
  g_autoptr (json_t) object = deadline_json (deadline, NULL, calendar);
  json_object_del (object, "calendar_version");
  g_autofree char *line = dk_json_line (object);
  g_assert_cmpstr (line, ==,
                   "{\"start\":\"2026-11-22\",\"due\":\"2026-12-07\",\"work_by\":\"2026-12-07\",\"state\":\"ok\","
                   "\"policy\":null,\"policy_version\":null,\"calendar\":\"US\",\"trace\":["
                   "{\"date\":\"2026-11-22\",\"counted\":false,\"why\":\"start\"},"
                   "{\"date\":\"2026-12-07\",\"counted\":true,\"why\":\"end\"}]}");
}

static void
test_the_json_object_without_a_calendar_has_no_due (void)
{
  g_autoptr (Config) config = config_shipped ();
  g_autoptr (Calendar) calendar = load (config, "HU");
  g_autoptr (Deadline) deadline = compute (calendar, "2wd", "2026-12-31", -1);
  g_autoptr (json_t) object = deadline_json (deadline, NULL, calendar);
  g_assert_true (json_is_null (json_object_get (object, "due")));
  g_assert_true (json_is_null (json_object_get (object, "work_by")));
  g_assert_cmpstr (dk_json_string (object, "state", ""), ==, "calendar_missing");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) g_test_add_func ("/cases/deadline/" #name, test_##name)
  TEST (spanish_working_days_pass_over_the_immaculate_conception);
  TEST (a_regional_holiday_moves_the_end_by_a_day);
  TEST (jours_ouvrables_count_saturdays);
  TEST (two_months_from_the_last_of_december_end_in_february);
  TEST (a_decreed_working_saturday_is_a_day_to_work_by);
  TEST (a_decreed_working_saturday_counts);
  TEST (weeks_do_not_roll_over_a_bank_holiday);
  TEST (business_days_pass_over_substitute_days_and_the_new_year);
  TEST (a_missing_day_number_is_the_last_of_the_month);
  TEST (calendar_days_are_added);
  TEST (outside_the_calendar_no_date_is_invented);
  TEST (days_weeks_and_months_end_where_working_days_cannot_be_counted_yet);
  TEST (months_need_the_calendar_at_their_end_only);
  TEST (the_trace_tells_every_day_counted_and_skipped);
  TEST (the_trace_of_months_tells_what_work_by_passes_over);
  TEST (a_clock_that_ends_before_the_first_working_day_shows_the_one_before);
  TEST (the_trace_names_the_day_the_calendar_lacks);
  TEST (hours_are_elapsed_hours_across_a_change_of_the_clock);
  TEST (hours_end_on_a_weekend_and_are_worked_by_friday);
  TEST (wrong_rules_are_refused);
  TEST (rules_are_written_as_they_are_read);
  TEST (months_keep_the_day_number_or_end_on_the_last);
  TEST (the_json_object_has_the_promised_members);
  TEST (the_json_object_without_a_calendar_has_no_due);
  return g_test_run ();
}
