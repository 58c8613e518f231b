/* What moves a case from status to status, what is refused and why, and the numbers that a day shows. */
#include "cases/indicator.h"
#include "tests/unit/cases_config.h"
#include <string.h>

static const CaseLimits limits = CASE_LIMITS_DEFAULT;

/* Microseconds of @hour on @day in UTC. */
static int64_t
at (DkDay day, int hour)
{
  return ((int64_t)day * 24 + hour) * 3600 * G_USEC_PER_SEC;
}

static CaseEvent
event (CaseAct act, DkDay day, const char *reason)
{
  return (CaseEvent){ .act = act, .day = day, .time_us = at (day, 12), .reason = reason };
}

static CaseState *
opened (DkDay day)
{
  const CaseEvent open = event (CASE_OPEN, day, "");
  return case_state_new (&open);
}

static void
happens (CaseState *state, CaseAct act, DkDay day, const char *reason)
{
  g_autoptr (GError) error = NULL;
  const CaseEvent one = event (act, day, reason);
  g_assert_true (case_state_allows (state, &one, &limits, &error));
  g_assert_no_error (error);
  case_state_apply (state, &one, &limits);
}

static void
is_refused (const CaseState *state, CaseAct act, DkDay day, const char *reason, const char *because)
{
  g_autoptr (GError) error = NULL;
  const CaseEvent one = event (act, day, reason);
  g_assert_false (case_state_allows (state, &one, &limits, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_USAGE);
  g_assert_nonnull (strstr (error->message, because));
}

static void
stands (const CaseState *state, const char *status, const char *reason)
{
  g_assert_cmpstr (case_status_name (state->status), ==, status);
  g_assert_cmpstr (state->reason, ==, reason);
}

static void
test_a_case_goes_from_the_first_act_to_its_end (void)
{
  g_autoptr (CaseState) state = opened (100);
  stands (state, "not_started", "");
  happens (state, CASE_AUTO, 100, "");
  stands (state, "not_started", "");
  happens (state, CASE_WORK, 101, "investigating");
  stands (state, "pending_company", "investigating");
  happens (state, CASE_ASK, 102, "info_requested");
  stands (state, "pending_customer", "info_requested");
  happens (state, CASE_HEAR, 104, "");
  stands (state, "pending_company", "triage");
  happens (state, CASE_OUTCOME, 105, "upheld");
  happens (state, CASE_CAUSE, 105, "billing/wrong-amount");
  happens (state, CASE_FINAL, 106, "");
  stands (state, "pending_customer", "final_sent");
  happens (state, CASE_CLOSE, 107, "resolved");
  stands (state, "closed", "resolved");
}

static void
test_closing_names_all_that_is_missing (void)
{
  g_autoptr (CaseState) state = opened (100);
  is_refused (state, CASE_CLOSE, 101, "resolved", "missing: outcome, cause, final answer");
  happens (state, CASE_OUTCOME, 101, "rejected");
  is_refused (state, CASE_CLOSE, 101, "resolved", "missing: cause, final answer");
  is_refused (state, CASE_CLOSE, 101, "because", "allowed are resolved, withdrawn");
  happens (state, CASE_CLOSE, 101, "withdrawn");
  is_refused (state, CASE_CLOSE, 102, "withdrawn", "reopen it first");
}

static void
test_silence_closes_only_after_a_reminder_and_its_time (void)
{
  g_autoptr (CaseState) state = opened (100);
  is_refused (state, CASE_REMIND, 101, "", "nothing was asked");
  happens (state, CASE_ASK, 101, "offer_made");
  is_refused (state, CASE_CLOSE, 130, "no_reply", "missing: reminder");
  happens (state, CASE_REMIND, 130, "");
  is_refused (state, CASE_CLOSE, 143, "no_reply", "14 days of silence");
  happens (state, CASE_CLOSE, 144, "no_reply");
  stands (state, "closed", "no_reply");
}

static void
test_a_message_reopens_what_was_closed_lately_thanks_do_not (void)
{
  g_autoptr (CaseState) state = opened (100);
  happens (state, CASE_CLOSE, 110, "withdrawn");
  CaseEvent thanks = event (CASE_HEAR, 111, "");
  thanks.gratitude = true;
  g_assert_cmpint (case_state_inbound (state, 111, true, &limits), ==, CASE_INBOUND_FILED);
  case_state_apply (state, &thanks, &limits);
  stands (state, "closed", "withdrawn");
  g_assert_cmpint (case_state_inbound (state, 141, false, &limits), ==, CASE_INBOUND_NEW);
  g_assert_cmpint (case_state_inbound (state, 140, false, &limits), ==, CASE_INBOUND_REOPENS);
  happens (state, CASE_HEAR, 140, "");
  stands (state, "pending_company", "triage");
  g_assert_cmpuint (state->round, ==, 2);
  is_refused (state, CASE_REOPEN, 141, "", "only a closed case");
}

static void
test_a_reopened_case_needs_a_final_answer_of_its_own (void)
{
  g_autoptr (CaseState) state = opened (100);
  happens (state, CASE_OUTCOME, 101, "upheld");
  happens (state, CASE_CAUSE, 101, "delivery");
  happens (state, CASE_FINAL, 101, "");
  happens (state, CASE_CLOSE, 101, "resolved");
  happens (state, CASE_REOPEN, 102, "");
  is_refused (state, CASE_CLOSE, 102, "resolved", "missing: final answer");
}

static void
test_a_review_leaves_the_first_stage_as_it_was_answered (void)
{
  g_autoptr (CaseState) state = opened (100);
  is_refused (state, CASE_ESCALATE, 101, "", "missing: final answer");
  happens (state, CASE_OUTCOME, 101, "rejected");
  happens (state, CASE_CAUSE, 101, "billing");
  happens (state, CASE_FINAL, 101, "");
  happens (state, CASE_CLOSE, 102, "resolved");
  happens (state, CASE_HEAR, 110, "");
  stands (state, "pending_company", "triage");
  happens (state, CASE_ESCALATE, 112, "");
  stands (state, "closed", "resolved");
  g_assert_cmpuint (state->round, ==, 1);
  g_assert_cmpint (state->closed, ==, 102);
  is_refused (state, CASE_ESCALATE, 113, "", "opened already");
  happens (state, CASE_UNESCALATE, 114, "");
  stands (state, "pending_company", "triage");
  g_assert_cmpint (state->unanswered, ==, 110);
  is_refused (state, CASE_UNESCALATE, 115, "", "no second stage");
  happens (state, CASE_ESCALATE, 116, "");
  stands (state, "closed", "resolved");
}

static void
test_another_day_of_receipt_moves_the_waiting_that_began_with_it (void)
{
  g_autoptr (CaseState) state = opened (100);
  happens (state, CASE_RECEIVED, 97, "");
  g_assert_cmpint (indicator_waiting_days (state, 101), ==, 4);
  happens (state, CASE_TELL, 101, "");
  happens (state, CASE_HEAR, 103, "");
  happens (state, CASE_RECEIVED, 98, "");
  g_assert_cmpint (indicator_waiting_days (state, 105), ==, 2);
  g_assert_cmpint (indicator_days_elapsed (state, 105), ==, 7);
}

static void
test_waiting_days_run_from_the_first_unanswered_message (void)
{
  DkDay monday = dk_day (2026, 11, 23);
  g_autoptr (CaseState) state = opened (monday - 10);
  happens (state, CASE_TELL, monday - 9, "");
  g_assert_cmpint (indicator_waiting_days (state, monday), ==, 0);
  happens (state, CASE_HEAR, monday, "");
  happens (state, CASE_HEAR, monday + 1, "");
  happens (state, CASE_HEAR, monday + 2, "");
  g_assert_cmpint (indicator_waiting_days (state, monday + 3), ==, 3);
  happens (state, CASE_AUTO, monday + 3, "");
  g_assert_cmpint (indicator_waiting_days (state, monday + 3), ==, 3);
  happens (state, CASE_TELL, monday + 3, "");
  g_assert_cmpint (indicator_waiting_days (state, monday + 3), ==, 0);
  happens (state, CASE_ASK, monday + 3, "info_requested");
  g_assert_cmpint (indicator_waiting_days (state, monday + 8), ==, 5);
}

static void
test_who_waits_is_not_answered_by_work_on_the_case (void)
{
  g_autoptr (CaseState) state = opened (100);
  happens (state, CASE_WORK, 102, "investigating");
  happens (state, CASE_TRANSFER, 103, "");
  happens (state, CASE_CLOCK, 104, "final-payments");
  g_assert_cmpint (indicator_waiting_days (state, 105), ==, 5);
  g_assert_cmpint (indicator_days_elapsed (state, 105), ==, 5);
}

static void
test_days_elapsed_stand_still_once_it_is_closed (void)
{
  g_autoptr (CaseState) state = opened (100);
  g_assert_cmpint (indicator_days_elapsed (state, 107), ==, 7);
  happens (state, CASE_CLOSE, 109, "spam");
  g_assert_cmpint (indicator_days_elapsed (state, 200), ==, 9);
}

static void
test_the_first_alert_tells_how_a_case_calls (void)
{
  g_assert_cmpint (indicator_alert (DK_DAY_NONE, 100), ==, INDICATOR_NONE);
  g_assert_cmpint (indicator_alert (101, 100), ==, INDICATOR_FUTURE);
  g_assert_cmpint (indicator_alert (100, 100), ==, INDICATOR_TODAY);
  g_assert_cmpint (indicator_alert (99, 100), ==, INDICATOR_OVERDUE);
  g_assert_cmpint (indicator_alert_parse ("today"), ==, INDICATOR_TODAY);
  g_assert_cmpint (indicator_alert_parse ("soon"), ==, -1);
}

static Calendar *
spain (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Config) config = config_shipped ();
  Calendar *calendar = calendar_load (config, "ES", &error);
  g_assert_no_error (error);
  return calendar;
}

static void
test_a_deadline_is_near_when_three_working_days_are_left (void)
{
  g_autoptr (Calendar) calendar = spain ();
  DkDay due = dk_day (2026, 12, 15); /* a Tuesday */
  g_assert_cmpint (indicator_deadline (due, calendar, dk_day (2026, 12, 9)), ==, INDICATOR_FINE);
  g_assert_cmpint (indicator_deadline (due, calendar, dk_day (2026, 12, 10)), ==, INDICATOR_NEAR);
  g_assert_cmpint (indicator_deadline (due, calendar, due), ==, INDICATOR_NEAR);
  g_assert_cmpint (indicator_deadline (due, calendar, due + 1), ==, INDICATOR_OVER);
  g_assert_cmpint (indicator_deadline (DK_DAY_NONE, calendar, due), ==, INDICATOR_FINE);
}

/* From Friday 17:00 to Monday 10:00, with the office open from 9 to 17: one hour. */
static void
test_a_pause_over_the_weekend_adds_one_working_hour (void)
{
  g_autoptr (Calendar) calendar = spain ();
  const OfficeHours hours = { .open_min = 9 * 60, .close_min = 17 * 60 };
  DkDay friday = dk_day (2026, 11, 20);
  g_autoptr (CaseState) state = opened (friday - 3);
  CaseEvent ask = event (CASE_ASK, friday, "info_requested"), hear = event (CASE_HEAR, friday + 3, "");
  ask.time_us = at (friday, 16); /* Madrid is an hour ahead of UTC in winter */
  hear.time_us = at (friday + 3, 9);
  case_state_apply (state, &ask, &limits);
  case_state_apply (state, &hear, &limits);
  g_assert_cmpint (indicator_paused_minutes (state, calendar, hours, at (friday + 30, 9)), ==, 60);
  g_assert_cmpint (indicator_working_minutes (calendar, hours, at (friday, 9), at (friday, 9)), ==, 0);
}

static void
test_every_status_and_act_has_a_word_that_leads_back (void)
{
  for (guint i = 0; i < CASE_STATUSES; i++)
    g_assert_cmpuint (case_status_parse (case_status_name (i)), ==, i);
  for (guint i = 0; i < CASE_ACTS; i++)
    g_assert_cmpuint (case_act_parse (case_act_name (i)), ==, i);
  g_assert_cmpuint (case_status_parse ("lost"), ==, CASE_STATUSES);
  g_assert_cmpuint (case_act_parse ("lose"), ==, CASE_ACTS);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/status/way", test_a_case_goes_from_the_first_act_to_its_end);
  g_test_add_func ("/status/closing", test_closing_names_all_that_is_missing);
  g_test_add_func ("/status/silence", test_silence_closes_only_after_a_reminder_and_its_time);
  g_test_add_func ("/status/reopens", test_a_message_reopens_what_was_closed_lately_thanks_do_not);
  g_test_add_func ("/status/round", test_a_reopened_case_needs_a_final_answer_of_its_own);
  g_test_add_func ("/status/review", test_a_review_leaves_the_first_stage_as_it_was_answered);
  g_test_add_func ("/status/work", test_who_waits_is_not_answered_by_work_on_the_case);
  g_test_add_func ("/status/received", test_another_day_of_receipt_moves_the_waiting_that_began_with_it);
  g_test_add_func ("/status/waiting", test_waiting_days_run_from_the_first_unanswered_message);
  g_test_add_func ("/status/elapsed", test_days_elapsed_stand_still_once_it_is_closed);
  g_test_add_func ("/status/alert", test_the_first_alert_tells_how_a_case_calls);
  g_test_add_func ("/status/near", test_a_deadline_is_near_when_three_working_days_are_left);
  g_test_add_func ("/status/pause", test_a_pause_over_the_weekend_adds_one_working_hour);
  g_test_add_func ("/status/words", test_every_status_and_act_has_a_word_that_leads_back);
  return g_test_run ();
}
