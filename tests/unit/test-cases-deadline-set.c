/* Clocks of cases in a store, on Saturday 2026-03-14 at half past ten in Madrid. */
#include "cases/work.h"
#include "store/deadlines.h"
#include "tests/unit/cases_config.h"
#include "tests/unit/cases_store.h"

static const CaseHouse house = { .zone = "Europe/Madrid", .limits = CASE_LIMITS_DEFAULT };

/* The rules of a firm with a pack of these duties. */
static Register *
rules_with (const char *duties, const char *last_day)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *pack = g_strconcat ("pack: P\ncalendar: ES\nduties:\n", duties, NULL);
  g_autofree char *calendar = g_strdup_printf ("code: ES\nzone: Europe/Madrid\ncovered_from: 2026-01-01\n"
                                               "covered_to: %s\ndays: []\n",
                                               last_day);
  g_autoptr (Config) config = config_of ("calendars/ES.yaml", calendar, "policies/P.yaml", pack, "docket.yaml",
                                         "country: ES\nzone: Europe/Madrid\ncalendar: ES\npolicy: P\n", NULL);
  Register *rules = register_load (config, &error);
  g_assert_no_error (error);
  return rules;
}

#define DUTY "  - {effective_from: 2020-01-01, source: law, "

static int64_t
complaint_of (const Fixture *at, const Register *rules)
{
  g_autoptr (GError) error = NULL;
  int64_t id = understood (at, "complaint", NULL);
  g_autofree char *number = enter (at, rules, id, "2026-03-14", true);
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "user:eva", &error);
  store_review_accept (transaction, id, &error);
  g_autoptr (StoreDocument) document = store_document_load (at->store, id, &error);
  register_refresh_deadlines (transaction, rules, document, &error);
  store_commit (g_steal_pointer (&transaction), &error);
  g_assert_no_error (error);
  return document->case_id;
}

static void
do_act (const Fixture *at, const Register *rules, int64_t id, CaseAct act, const char *reason)
{
  g_autoptr (GError) error = NULL;
  const CaseWork work = { .act = act, .reason = reason, .text = "words", .day = DK_DAY_NONE };
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "user:eva", &error);
  case_work (transaction, id, &work, &house, &error);
  g_assert_no_error (error);
  register_refresh_case (transaction, rules, id, &error);
  store_commit (g_steal_pointer (&transaction), &error);
  g_assert_no_error (error);
}

/* "kind due state" a line. */
static void
expect_clocks (const Fixture *at, int64_t id, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) deadlines = store_deadlines (at->store, id, &error);
  g_assert_no_error (error);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < deadlines->len; i++)
    {
      const StoreDeadline *deadline = deadlines->pdata[i];
      g_string_append_printf (text, "%s%s %s %s", i > 0 ? "\n" : "", deadline->kind,
                              deadline->due != NULL ? deadline->due : "-", deadline->state);
    }
  g_assert_cmpstr (text->str, ==, wanted);
}

static void
test_an_end_of_hours_keeps_its_time_of_day (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (Register) rules = rules_with (DUTY "kind: first, rule: 48h}\n", "2026-12-31");
  int64_t id = complaint_of (at, rules);
  expect_clocks (at, id, "first 2026-03-16T10:30:00+01:00 ok");
  assert_clean (at->store);
}

static void
test_what_comes_on_a_saturday_may_count_from_monday (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (Register) rules
      = rules_with (DUTY "kind: first, rule: 4wh}\n" DUTY "kind: final, rule: 1wd, after_hours: next}\n", "2026-12-31");
  int64_t id = complaint_of (at, rules);
  expect_clocks (at, id, "first 2026-03-16T13:00:00+01:00 ok\nfinal 2026-03-17 ok");
}

static void
test_a_stage_begins_with_the_acknowledgement (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (Register) rules
      = rules_with (DUTY "kind: ack, rule: 5wd}\n" DUTY "kind: stage1, rule: 10wd, start: after ack}\n" DUTY
                         "kind: stage1-extended, rule: 20wd, start: after ack, when: extension, extends: stage1}\n",
                    "2026-12-31");
  int64_t id = complaint_of (at, rules);
  expect_clocks (at, id, "ack 2026-03-20 ok");
  do_act (at, rules, id, CASE_TELL, "");
  expect_clocks (at, id, "ack 2026-03-20 met\nstage1 2026-03-27 ok");
  do_act (at, rules, id, CASE_HOLD, "");
  expect_clocks (at, id, "ack 2026-03-20 met\nstage1 2026-03-27 withdrawn\nstage1-extended 2026-04-10 ok");
  do_act (at, rules, id, CASE_FINAL, "");
  expect_clocks (at, id, "ack 2026-03-20 met\nstage1 2026-03-27 withdrawn\nstage1-extended 2026-04-10 met");
  assert_clean (at->store);
}

static void
test_the_service_clock_stands_while_the_customer_is_waited_for (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (Register) rules = rules_with (
      DUTY "kind: final, rule: 5wd}\n" DUTY "kind: target, rule: 3wd, clock: service, stops: true}\n", "2026-12-31");
  int64_t id = complaint_of (at, rules);
  expect_clocks (at, id, "final 2026-03-20 ok\ntarget 2026-03-18 ok");
  do_act (at, rules, id, CASE_ASK, "info_requested");
  expect_clocks (at, id, "final 2026-03-20 ok\ntarget - suspended");
  do_act (at, rules, id, CASE_HEAR, "");
  expect_clocks (at, id, "final 2026-03-20 ok\ntarget 2026-03-18 ok"); /* the same day adds nothing */
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM deadline WHERE kind = 'target'"), ==, 4); /* old ones stay */
}

/* How many of the cases the night finds different under @rules. */
static guint
looked (const Fixture *at, const Register *rules, unsigned deadlines)
{
  g_autoptr (GError) error = NULL;
  unsigned seen;
  int64_t last;
  g_assert_true (store_case_last (at->store, &last, &error));
  g_autoptr (GArray) cases = register_recheck (at->store, rules, 0, last, &seen, &error);
  g_assert_no_error (error);
  g_assert_cmpint (seen, ==, deadlines);
  return cases->len;
}

static void
test_the_night_finds_what_a_longer_calendar_changes_and_nothing_else (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (Register) short_year = rules_with (DUTY "kind: final, rule: 15wd}\n", "2026-03-31");
  g_autoptr (Register) long_year = rules_with (DUTY "kind: final, rule: 15wd}\n", "2026-12-31");
  int64_t one = complaint_of (at, short_year), other = complaint_of (at, long_year);
  expect_clocks (at, one, "final - calendar_missing");
  expect_clocks (at, other, "final 2026-04-03 ok");
  g_assert_cmpint (looked (at, long_year, 2), ==, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "docketd", &error);
  g_assert_true (register_refresh_case (transaction, long_year, one, &error));
  g_assert_true (store_commit (g_steal_pointer (&transaction), &error));
  expect_clocks (at, one, "final 2026-04-03 ok");
  g_assert_cmpint (looked (at, long_year, 2), ==, 0);
}

static void
test_a_calendar_that_grew_where_it_does_not_matter_writes_nothing (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (Register) before = rules_with (DUTY "kind: final, rule: 5wd}\n", "2026-12-31");
  g_autoptr (Register) after = rules_with (DUTY "kind: final, rule: 5wd}\n", "2027-12-31");
  int64_t id = complaint_of (at, before), versions = count (at->store, "SELECT count(*) FROM deadline");
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "docketd", &error);
  g_assert_true (register_refresh_case (transaction, after, id, &error));
  g_assert_true (store_commit (g_steal_pointer (&transaction), &error));
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM deadline"), ==, versions);
}

static void
test_what_is_closed_keeps_its_dates (Fixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (Register) before = rules_with (DUTY "kind: final, rule: 5wd}\n", "2026-12-31");
  g_autoptr (Register) after = rules_with (DUTY "kind: final, rule: 3wd}\n", "2026-12-31");
  int64_t id = complaint_of (at, before);
  do_act (at, before, id, CASE_OUTCOME, "upheld");
  do_act (at, before, id, CASE_CAUSE, "billing");
  do_act (at, before, id, CASE_FINAL, "");
  do_act (at, before, id, CASE_CLOSE, "resolved");
  expect_clocks (at, id, "final 2026-03-20 met");
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "docketd", &error);
  g_assert_true (register_refresh_case (transaction, after, id, &error));
  g_assert_true (store_commit (g_steal_pointer (&transaction), &error));
  expect_clocks (at, id, "final 2026-03-20 met");
  g_assert_cmpint (looked (at, after, 0), ==, 0);
}

int
main (int argc, char **argv)
{
  g_setenv ("DOCKET_NOW", "2026-03-14T09:30:00Z", TRUE);
  g_test_init (&argc, &argv, NULL);
  STORE_TEST ("/cases/deadline-set/hours", test_an_end_of_hours_keeps_its_time_of_day);
  STORE_TEST ("/cases/deadline-set/saturday", test_what_comes_on_a_saturday_may_count_from_monday);
  STORE_TEST ("/cases/deadline-set/stage", test_a_stage_begins_with_the_acknowledgement);
  STORE_TEST ("/cases/deadline-set/service", test_the_service_clock_stands_while_the_customer_is_waited_for);
  STORE_TEST ("/cases/deadline-set/night", test_the_night_finds_what_a_longer_calendar_changes_and_nothing_else);
  STORE_TEST ("/cases/deadline-set/same", test_a_calendar_that_grew_where_it_does_not_matter_writes_nothing);
  STORE_TEST ("/cases/deadline-set/closed", test_what_is_closed_keeps_its_dates);
  return g_test_run ();
}
