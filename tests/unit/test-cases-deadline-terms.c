/* What moves and stops a clock beside its days: rolling ends, arrivals after closing, pauses, open hours, days that are
 * only expected. */
#include "cases/deadline.h"
#include "tests/unit/cases_config.h"
#include <string.h>

#define CALENDAR                                                                                                       \
  "code: XX\nzone: Europe/Madrid\ncovered_from: 2026-01-01\ncovered_to: 2027-12-31\npublished_to: 2026-12-31\ndays:\n" \
  "  - {date: 2026-05-01, names: {en: Labour Day}}\n"                                                                  \
  "  - {date: 2026-05-02, kind: extra_work, names: {en: Worked Saturday}}\n"                                           \
  "  - {date: 2026-12-24, kind: half, names: {en: Christmas Eve}}\n"                                                   \
  "  - {date: 2026-12-25, names: {en: Christmas Day}}\n"                                                               \
  "  - {date: 2027-01-06, kind: expected, names: {en: Epiphany}}\n"

static Calendar *
calendar_of (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = config_of ("calendars/XX.yaml", text, NULL);
  Calendar *calendar = calendar_load (config, "XX", &error);
  g_assert_no_error (error);
  return calendar;
}

static DeadlineMoment
moment (const char *text)
{
  g_autoptr (GError) error = NULL;
  DeadlineMoment at;
  deadline_moment_parse (text, &at, &error);
  g_assert_no_error (error);
  return at;
}

/* "due work_by state", or "- - state", and the trace, a line a step. */
static void
expect (DeadlineTerms terms, const char *rule, const char *received, const char *const *pauses, const char *answer,
        const char *trace)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Calendar) calendar = calendar_of (CALENDAR);
  g_autoptr (GArray) stops = g_array_new (FALSE, FALSE, sizeof (DeadlinePause));
  for (; pauses != NULL && *pauses != NULL; pauses += 2)
    {
      DeadlinePause pause = { moment (pauses[0]), { DK_DAY_NONE, -1 } };
      if (*pauses[1] != '\0')
        pause.to = moment (pauses[1]);
      g_array_append_val (stops, pause);
    }
  deadline_rule_parse (rule, &terms.rule, &error);
  g_assert_no_error (error);
  g_autoptr (Deadline) deadline = deadline_of (&terms, calendar, moment (received), NULL,
                                               (const DeadlinePause *)(gpointer)stops->data, stops->len);
  g_autofree char *due = deadline->due_time != NULL ? g_strdup (deadline->due_time) : dk_day_format (deadline->due);
  g_autofree char *work_by = dk_day_format (deadline->work_by);
  g_autofree char *given
      = g_strjoin (" ", due != NULL ? due : "-", work_by != NULL ? work_by : "-", deadline_state (deadline), NULL);
  g_autoptr (GString) steps = g_string_new (NULL);
  for (guint i = 0; i < deadline->trace->len; i++)
    {
      const DeadlineStep *step = &g_array_index (deadline->trace, DeadlineStep, i);
      g_autofree char *day = dk_day_format (step->day);
      g_string_append_printf (steps, "%s%s %c %s", i > 0 ? "\n" : "", day + 5, step->counted ? '+' : '-', step->why);
    }
  g_assert_cmpstr (given, ==, answer);
  if (trace != NULL)
    g_assert_cmpstr (steps->str, ==, trace);
}

static void
test_an_end_on_a_day_off_stays_unless_the_law_moves_it (void)
{
  DeadlineTerms next = { .roll = DEADLINE_ROLL_NEXT }, previous = { .roll = DEADLINE_ROLL_PREVIOUS };
  expect ((DeadlineTerms){ 0 }, "10cd", "2026-04-24", NULL, "2026-05-04 2026-05-04 ok", "04-24 - start\n05-04 + end");
  expect ((DeadlineTerms){ 0 }, "9cd", "2026-04-24", NULL, "2026-05-03 2026-05-02 ok", NULL);
  expect (next, "9cd", "2026-04-24", NULL, "2026-05-04 2026-05-04 ok",
          "04-24 - start\n05-03 - weekend\n05-03 + end\n05-04 - rolled");
  expect (previous, "9cd", "2026-04-24", NULL, "2026-05-02 2026-05-02 ok",
          "04-24 - start\n05-02 - rolled\n05-03 - weekend\n05-03 + end");
  expect (
      next, "1months", "2026-11-25", NULL, "2026-12-28 2026-12-28 ok",
      "11-25 - start\n12-25 - holiday:Christmas Day\n12-25 + end\n12-26 - weekend\n12-27 - weekend\n12-28 - rolled");
  expect (next, "10wd", "2026-11-25", NULL, "2026-12-09 2026-12-09 ok", NULL);
}

static void
test_what_comes_after_closing_has_come_on_the_next_working_day (void)
{
  DeadlineTerms terms = { .after_hours = true }, early = { .after_hours = true, .closes = 12 * 60 };
  expect (terms, "3wd", "2026-11-23T16:59", NULL, "2026-11-26 2026-11-26 ok", NULL);
  expect (terms, "3wd", "2026-11-23T17:00", NULL, "2026-11-27 2026-11-27 ok",
          "11-23 - after_hours\n11-24 - start\n11-25 + working\n11-26 + working\n11-27 + working");
  expect (early, "3wd", "2026-11-23T12:00", NULL, "2026-11-27 2026-11-27 ok", NULL);
  expect (terms, "3wd", "2026-11-23", NULL, "2026-11-26 2026-11-26 ok", NULL);
  expect (terms, "1cd", "2026-11-27T18:00", NULL, "2026-12-01 2026-12-01 ok",
          "11-27 - after_hours\n11-28 - weekend\n11-29 - weekend\n11-30 - start\n12-01 + end");
  expect (terms, "1wd", "2026-11-28", NULL, "2026-12-01 2026-12-01 ok", NULL);
  expect (terms, "24h", "2026-11-28T10:00", NULL, "2026-12-01T09:00:00+01:00 2026-12-01 ok", NULL);
  expect (terms, "1wd", "2027-12-31T18:00", NULL, "- - calendar_missing", "12-31 - after_hours\n01-01 - uncovered");
}

static void
test_a_pause_adds_the_days_strictly_within_it (void)
{
  const char *const week[] = { "2026-11-24", "2026-11-27", NULL }, *const day[] = { "2026-11-24", "2026-11-24", NULL },
                    *const night[] = { "2026-11-24", "2026-11-25", NULL },
                    *const two[] = { "2026-11-24", "2026-11-26", "2026-11-25", "2026-11-27", NULL };
  expect ((DeadlineTerms){ 0 }, "3wd", "2026-11-23", week, "2026-11-30 2026-11-30 ok",
          "11-23 - start\n11-24 + working\n11-25 - paused\n11-26 - paused\n11-27 + working\n11-28 - weekend\n"
          "11-29 - weekend\n11-30 + working");
  expect ((DeadlineTerms){ 0 }, "3wd", "2026-11-23", day, "2026-11-26 2026-11-26 ok", NULL);
  expect ((DeadlineTerms){ 0 }, "3wd", "2026-11-23", night, "2026-11-26 2026-11-26 ok", NULL);
  expect ((DeadlineTerms){ 0 }, "3wd", "2026-11-23", two, "2026-11-30 2026-11-30 ok", NULL);
  expect ((DeadlineTerms){ 0 }, "7cd", "2026-11-23", week, "2026-12-02 2026-12-02 ok",
          "11-23 - start\n11-25 - paused\n11-26 - paused\n12-02 + end");
  expect ((DeadlineTerms){ 0 }, "1months", "2026-11-23", week, "2026-12-25 2026-12-24 ok", NULL);
  expect ((DeadlineTerms){ 0 }, "1wd", "2026-11-20", week, "2026-11-23 2026-11-23 ok", NULL);
}

static void
test_a_pause_that_lasts_leaves_no_date (void)
{
  const char *const open[] = { "2026-11-24", "", NULL }, *const later[] = { "2026-12-24", "", NULL };
  expect ((DeadlineTerms){ 0 }, "3wd", "2026-11-23", open, "- - suspended",
          "11-23 - start\n11-24 + working\n11-25 - suspended");
  expect ((DeadlineTerms){ 0 }, "7cd", "2026-11-23", open, "- - suspended", "11-23 - start\n11-25 - suspended");
  expect ((DeadlineTerms){ 0 }, "48h", "2026-11-23T12:00", open, "- - suspended", NULL);
  expect ((DeadlineTerms){ 0 }, "20wh", "2026-11-23T12:00", open, "- - suspended", NULL);
  expect ((DeadlineTerms){ 0 }, "3wd", "2026-11-23", later, "2026-11-26 2026-11-26 ok", NULL);
}

static void
test_hours_stand_for_as_long_as_the_pause (void)
{
  const char *const pause[] = { "2026-11-23T18:00", "2026-11-24T06:30", NULL },
                    *const twice[]
                    = { "2026-11-23T18:00", "2026-11-24T06:30", "2026-11-23T20:00", "2026-11-24T07:30", NULL },
                    *const dates[] = { "2026-11-23", "2026-11-25", NULL };
  expect ((DeadlineTerms){ 0 }, "24h", "2026-11-23T12:00", pause, "2026-11-25T00:30:00+01:00 2026-11-25 ok", NULL);
  expect ((DeadlineTerms){ 0 }, "24h", "2026-11-23T12:00", twice, "2026-11-25T01:30:00+01:00 2026-11-25 ok", NULL);
  expect ((DeadlineTerms){ 0 }, "24h", "2026-11-23T12:00", dates, "2026-11-25T12:00:00+01:00 2026-11-25 ok", NULL);
}

static void
test_open_hours_pass_only_while_the_firm_is_open (void)
{
  const char *const pause[] = { "2026-11-27T17:00", "2026-11-30T10:00", NULL };
  expect ((DeadlineTerms){ 0 }, "10wh", "2026-11-26T15:00", NULL, "2026-11-27T17:00:00+01:00 2026-11-27 ok",
          "11-26 - start:2026-11-26T15:00:00+01:00\n11-26 + open:15:00-17:00\n11-27 + open:09:00-17:00\n"
          "11-27 - end:2026-11-27T17:00:00+01:00");
  expect ((DeadlineTerms){ 0 }, "10wh", "2026-11-27T08:00", NULL, "2026-11-30T11:00:00+01:00 2026-11-30 ok", NULL);
  expect ((DeadlineTerms){ 0 }, "10wh", "2026-11-27T08:00", pause, "2026-11-30T12:00:00+01:00 2026-11-30 ok", NULL);
  expect ((DeadlineTerms){ 0 }, "1wh", "2026-11-28T12:00", NULL, "2026-11-30T10:00:00+01:00 2026-11-30 ok", NULL);
  expect ((DeadlineTerms){ 0 }, "6wh", "2026-12-24", NULL, "2026-12-28T11:00:00+01:00 2026-12-28 ok", NULL);
  expect ((DeadlineTerms){ 0 }, "1wh", "2027-12-31T16:30", NULL, "- - calendar_missing", NULL);
}

static void
test_a_holiday_that_nobody_has_decreed_counts_and_is_not_worked_to (void)
{
  expect ((DeadlineTerms){ 0 }, "4wd", "2026-12-31", NULL, "2027-01-06 2027-01-05 expected",
          "12-31 - start\n01-01 + working\n01-02 - weekend\n01-03 - weekend\n01-04 + working\n01-05 + working\n"
          "01-06 + expected:Epiphany");
  expect ((DeadlineTerms){ 0 }, "6cd", "2026-12-31", NULL, "2027-01-06 2027-01-05 expected", NULL);
  expect ((DeadlineTerms){ 0 }, "1cd", "2026-12-30", NULL, "2026-12-31 2026-12-31 ok", NULL);
  expect ((DeadlineTerms){ .roll = DEADLINE_ROLL_PREVIOUS }, "6cd", "2026-12-31", NULL,
          "2027-01-05 2027-01-05 expected", NULL);
}

static void
test_moments_are_dates_with_or_without_a_time (void)
{
  static const char *const wrong[] = {
    "", "2026-11-23T", "2026-11-23T9:30", "2026-11-23T24:00", "2026-11-23T09:60", "2026-02-30", "2026-11-23 09:30"
  };
  g_assert_cmpint (moment ("2026-11-23T09:30").minutes, ==, 570);
  g_assert_cmpint (moment ("2026-11-23").minutes, ==, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      DeadlineMoment at;
      g_autoptr (GError) error = NULL;
      g_assert_false (deadline_moment_parse (wrong[i], &at, &error));
      g_assert_error (error, DK_ERROR, DK_ERROR_USAGE);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) g_test_add_func ("/cases/deadline-terms/" #name, test_##name)
  TEST (an_end_on_a_day_off_stays_unless_the_law_moves_it);
  TEST (what_comes_after_closing_has_come_on_the_next_working_day);
  TEST (a_pause_adds_the_days_strictly_within_it);
  TEST (a_pause_that_lasts_leaves_no_date);
  TEST (hours_stand_for_as_long_as_the_pause);
  TEST (open_hours_pass_only_while_the_firm_is_open);
  TEST (a_holiday_that_nobody_has_decreed_counts_and_is_not_worked_to);
  TEST (moments_are_dates_with_or_without_a_time);
  return g_test_run ();
}
