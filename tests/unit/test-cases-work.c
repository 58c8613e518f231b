/* Acts in cases: many random ones keep their sums, and the catalogue made anew from the ledger says the same. */
#include "cases/work.h"
#include "tests/unit/store-fixture.h"

static const CaseHouse house = { .zone = "Europe/Madrid", .limits = CASE_LIMITS_DEFAULT };
static const char *const reasons[] = { "",       "triage",   "investigating", "info_requested", "offer_made",
                                       "upheld", "resolved", "withdrawn",     "spam",           "no_reply" };

static CaseEvent
random_event (GRand *dice, DkDay day)
{
  return (CaseEvent){ .act = (CaseAct)g_rand_int_range (dice, CASE_WORK, CASE_ACTS),
                      .day = day,
                      .time_us = day != DK_DAY_NONE ? (int64_t)day * 86400 * G_USEC_PER_SEC : 0,
                      .reason = reasons[g_rand_int_range (dice, 0, G_N_ELEMENTS (reasons))],
                      .gratitude = g_rand_int_range (dice, 0, 5) == 0 };
}

static bool
is_same (const CaseState *a, const CaseState *b)
{
  return a->status == b->status && strcmp (a->reason, b->reason) == 0 && strcmp (a->outcome, b->outcome) == 0
         && a->escalated == b->escalated && a->final_sent == b->final_sent && a->round == b->round
         && a->closed == b->closed && a->unanswered == b->unanswered && a->told == b->told
         && a->pauses->len == b->pauses->len
         && (a->pauses->len == 0
             || memcmp (a->pauses->data, b->pauses->data, a->pauses->len * sizeof (CasePause)) == 0);
}

/* 100,000 random chains: what is open is what was opened and reopened less what was closed, each reason fits its
 * status, every pause has an end before the next begins, and the same acts lead to the same state. */
static void
test_random_chains_balance_and_come_out_the_same (void)
{
  GRand *dice = g_rand_new_with_seed (20261122);
  guint opened = 0, closed = 0, reopened = 0, open = 0;
  for (guint i = 0; i < 100000; i++)
    {
      const CaseEvent first = { .act = CASE_OPEN, .day = 100, .reason = "" };
      g_autoptr (CaseState) state = case_state_new (&first), again = case_state_new (&first);
      g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (CaseEvent));
      DkDay day = 100;
      opened++;
      for (gint n = g_rand_int_range (dice, 0, 25); n > 0; n--)
        {
          day += g_rand_int_range (dice, 0, 12);
          CaseEvent event = random_event (dice, day);
          CaseStatus before = state->status;
          if (!case_state_allows (state, &event, &house.limits, NULL))
            continue;
          case_state_apply (state, &event, &house.limits);
          g_array_append_val (events, event);
          closed += before != CASE_CLOSED && state->status == CASE_CLOSED ? 1 : 0;
          reopened += before == CASE_CLOSED && state->status != CASE_CLOSED ? 1 : 0;
        }
      open += state->status != CASE_CLOSED ? 1 : 0;
      g_assert_cmpint (state->status == CASE_CLOSED, ==, state->closed != DK_DAY_NONE);
      g_assert_true ((state->status == CASE_NOT_STARTED) == (*state->reason == '\0'));
      for (guint p = 0; p < state->pauses->len; p++)
        {
          const CasePause *pause = &g_array_index (state->pauses, CasePause, p);
          bool last = p + 1 == state->pauses->len;
          g_assert_true (pause->to_us >= pause->from_us || (last && state->status == CASE_PENDING_CUSTOMER));
        }
      for (guint e = 0; e < events->len; e++)
        case_state_apply (again, &g_array_index (events, CaseEvent, e), &house.limits);
      g_assert_true (is_same (state, again));
    }
  g_assert_cmpuint (open, ==, opened + reopened - closed);
  g_rand_free (dice);
}

/* A case of @store with the document of @inode. */
static int64_t
case_of_letter (Store *store, int64_t inode)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf ("letter %d", (int)inode);
  settle (store, inode, text);
  g_autofree char *name = g_strdup_printf ("#%d", (int)inode);
  g_autoptr (StoreDocument) document = store_document_find (store, name, &error);
  g_assert_no_error (error);
  return document->case_id;
}

/* Random acts, merges and their undoing, refused ones among them, that move what is cached; made anew from the ledger
 * it is the same. */
static void
test_what_acts_leave_is_rebuilt_from_the_ledger (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  GRand *dice = g_rand_new_with_seed (7);
  int64_t cases[12];
  guint done = 0;
  (void)data;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    cases[i] = case_of_letter (at->store, i + 1);
  for (guint i = 0; i < 1000; i++)
    {
      CaseEvent event = random_event (dice, DK_DAY_NONE);
      const CaseWork work = { .act = event.act,
                              .reason = event.reason,
                              .text = "said",
                              .owner = i % 2 ? "eva" : "tom",
                              .day = DK_DAY_NONE,
                              .gratitude = event.gratitude };
      int64_t which = cases[g_rand_int_range (dice, 0, G_N_ELEMENTS (cases))];
      g_autoptr (StoreTransaction) transaction = store_begin (at->store, "user:eva", &error);
      g_assert_no_error (error);
      int64_t other = cases[g_rand_int_range (dice, 0, G_N_ELEMENTS (cases))];
      bool good = i % 20 == 0   ? case_merge (transaction, which, other, NULL, &house, NULL)
                  : i % 20 == 1 ? case_unmerge (transaction, which, &house, NULL)
                                : case_work (transaction, which, &work, &house, NULL);
      if (good && store_commit (g_steal_pointer (&transaction), NULL))
        done++;
    }
  g_assert_cmpuint (done, >, 200);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (StoreCase) row = store_case_load (at->store, cases[i], &error);
      g_autoptr (CaseState) state = case_state_load (at->store, cases[i], &house, &error);
      g_assert_cmpstr (row->status, ==, case_status_name (state->status));
      g_assert_cmpstr (row->reason, ==, state->reason);
      g_assert_cmpuint (row->round, ==, state->round);
    }
  assert_clean (at->store);
  g_rand_free (dice);
}

static void
test_a_merge_and_its_undoing_leave_both_cases_as_they_were (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  int64_t loser = case_of_letter (at->store, 1), winner = case_of_letter (at->store, 2);
  const CaseWork ask = { .act = CASE_ASK, .reason = "offer_made", .day = DK_DAY_NONE };
  for (int step = 0; step < 3; step++)
    {
      g_autoptr (StoreTransaction) transaction = store_begin (at->store, "user:eva", &error);
      bool good = step == 0   ? case_work (transaction, loser, &ask, &house, &error)
                  : step == 1 ? case_merge (transaction, loser, winner, "the same", &house, &error)
                              : case_unmerge (transaction, loser, &house, &error);
      g_assert_no_error (error);
      g_assert_true (good);
      store_commit (g_steal_pointer (&transaction), &error);
      g_assert_no_error (error);
      g_autoptr (StoreCase) found = store_case_load (at->store, loser, &error);
      g_assert_cmpstr (found->status, ==, step == 1 ? "closed" : "pending_customer");
      g_assert_cmpint (found->merged_into, ==, step == 1 ? winner : 0);
    }
  const CaseWork hear = { .act = CASE_HEAR, .day = DK_DAY_NONE };
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "user:eva", &error);
  g_assert_true (case_work (transaction, loser, &hear, &house, &error));
  store_commit (g_steal_pointer (&transaction), &error);
  g_autoptr (StoreCase) after = store_case_load (at->store, loser, &error);
  g_assert_cmpstr (after->status, ==, "pending_company");
  assert_clean (at->store);
}

/* The state of an acknowledgement that was due at @due, after the customer was told something on @day. */
static char *
acknowledged (Fixture *at, int64_t inode, const char *due, DkDay day)
{
  g_autoptr (GError) error = NULL;
  int64_t case_id = case_of_letter (at->store, inode);
  g_autoptr (json_t) trace = json_array ();
  StoreDeadline deadline = { .case_id = case_id,
                             .kind = (char[]){ "ack" },
                             .policy = (char[]){ "P/ack@2020-01-01" },
                             .calendar = (char[]){ "XX" },
                             .start = (char[]){ "2026-11-02" },
                             .due = (char *)(uintptr_t)due,
                             .work_by = (char *)(uintptr_t)due,
                             .state = (char[]){ "ok" },
                             .trace = trace };
  const CaseWork tell = { .act = CASE_TELL, .text = "we have it", .day = day };
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "user:eva", &error);
  store_deadline_set (transaction, &deadline, &error);
  g_assert_no_error (error);
  case_work (transaction, case_id, &tell, &house, &error);
  g_assert_no_error (error);
  store_commit (g_steal_pointer (&transaction), &error);
  g_autoptr (GPtrArray) deadlines = store_deadlines (at->store, case_id, &error);
  g_assert_no_error (error);
  return g_strdup (store_deadline_of (deadlines, "ack")->state);
}

static void
test_what_was_said_on_the_last_day_or_by_its_instant_was_in_time (Fixture *at, gconstpointer data)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (house.zone);
  g_autoptr (GDateTime) now = g_date_time_new_now (zone);
  DkDay today = dk_day (g_date_time_get_year (now), g_date_time_get_month (now), g_date_time_get_day_of_month (now));
  (void)data;
  const struct
  {
    int minutes, days; /* from now */
    bool instant;      /* the due date has a time */
    bool yesterday;    /* when it was said, nobody knows at what time */
    const char *state;
  } cases[] = {
    { 0, 0, false, false, STORE_DEADLINE_MET }, { 0, -1, false, false, STORE_DEADLINE_MISSED },
    { 60, 0, true, false, STORE_DEADLINE_MET }, { -60, 0, true, false, STORE_DEADLINE_MISSED },
    { 0, -1, true, true, STORE_DEADLINE_MET },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GDateTime) later = g_date_time_add_minutes (now, cases[i].minutes);
      g_autoptr (GDateTime) end = g_date_time_add_days (later, cases[i].days);
      g_autofree char *due = g_date_time_format (end, cases[i].instant ? "%Y-%m-%dT%H:%M:%S%:z" : "%Y-%m-%d");
      g_autofree char *state = acknowledged (at, i + 1, due, cases[i].yesterday ? today - 1 : DK_DAY_NONE);
      g_assert_cmpstr (state, ==, cases[i].state);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/acts/random", test_random_chains_balance_and_come_out_the_same);
  g_test_add ("/acts/rebuilt", Fixture, NULL, set_up, test_what_acts_leave_is_rebuilt_from_the_ledger, tear_down);
  g_test_add ("/acts/merge", Fixture, NULL, set_up, test_a_merge_and_its_undoing_leave_both_cases_as_they_were,
              tear_down);
  g_test_add ("/acts/in-time", Fixture, NULL, set_up, test_what_was_said_on_the_last_day_or_by_its_instant_was_in_time,
              tear_down);
  return g_test_run ();
}
