#include "store/cases.h"
#include "store/chain.h"
#include "store/documents.h"
#include "store/queue.h"
#include "tests/unit/store-fixture.h"

static GPtrArray *
rows_of (Store *store, const StoreDocumentsFilter *filter)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = store_document_rows (store, filter, &error);
  g_assert_no_error (error);
  return rows;
}

/* The ids that the filter finds, "1 2 3". */
static char *
ids_of (Store *store, const StoreDocumentsFilter *filter)
{
  g_autoptr (GPtrArray) rows = rows_of (store, filter);
  GString *ids = g_string_new (NULL);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (ids, "%s%d", i > 0 ? " " : "", (int)((const StoreDocumentRow *)rows->pdata[i])->id);
  return g_string_free (ids, FALSE);
}

static void
assert_finds (Store *store, StoreDocumentsFilter filter, const char *ids)
{
  g_autofree char *found = ids_of (store, &filter);
  g_assert_cmpstr (found, ==, ids);
}

/* Documents 1 to 6, of which 2 is of another kind, 3 in another language, 5 urgent and 6 on its way. */
static void
fill (Fixture *at)
{
  g_autoptr (GError) error = NULL;
  StoreTaken taken;
  for (int i = 1; i <= 5; i++)
    {
      g_autofree char *text = g_strdup_printf ("letter %d", i);
      settle (at->store, i, text);
    }
  take (at->store, 6, "on its way", &taken, &error);
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "user:eva", &error);
  store_decision_correct (transaction, 2, "kind", "question", "file", &error);
  store_decision_correct (transaction, 2, "sender", "Jean Dupont", "file", &error);
  store_decision_correct (transaction, 3, "language", "hu", "file", &error);
  store_decision_correct (transaction, 5, "urgency", "lawyer", "file", &error);
  g_assert_true (store_commit (g_steal_pointer (&transaction), &error));
  g_assert_no_error (error);
}

static void
test_a_row_has_what_the_register_shows (Fixture *at, gconstpointer data)
{
  (void)data;
  fill (at);
  g_autoptr (GPtrArray) rows = rows_of (at->store, &(StoreDocumentsFilter){ 0 });
  const StoreDocumentRow *row = rows->pdata[1], *last = rows->pdata[5];
  g_assert_cmpuint (rows->len, ==, 6);
  g_assert_true (g_str_has_prefix (row->number, "D-2026-000002-"));
  g_assert_cmpstr (row->kind, ==, "question");
  g_assert_cmpstr (row->sender, ==, "Jean Dupont");
  g_assert_cmpstr (row->due, ==, "2026-05-14");
  g_assert_cmpstr (row->state, ==, "provisional");
  g_assert_nonnull (row->received);
  g_assert_nonnull (row->source);
  g_assert_null (last->number);
  g_assert_null (last->due);
  g_assert_null (last->state);
}

static void
test_pages_follow_each_other (Fixture *at, gconstpointer data)
{
  (void)data;
  fill (at);
  assert_finds (at->store, (StoreDocumentsFilter){ .limit = 2 }, "1 2");
  assert_finds (at->store, (StoreDocumentsFilter){ .limit = 2, .after = 2 }, "3 4");
  assert_finds (at->store, (StoreDocumentsFilter){ .limit = 9, .after = 4 }, "5 6");
  assert_finds (at->store, (StoreDocumentsFilter){ .after = 6 }, "");
}

static void
test_a_list_is_narrowed_by_what_is_decided (Fixture *at, gconstpointer data)
{
  (void)data;
  fill (at);
  assert_finds (at->store, (StoreDocumentsFilter){ .kind = "complaint" }, "1 3 4 5");
  assert_finds (at->store, (StoreDocumentsFilter){ .kind = "complaint", .language = "fr" }, "1 4 5");
  assert_finds (at->store, (StoreDocumentsFilter){ .subject = "delivery/not-received", .limit = 1, .after = 1 }, "2");
  assert_finds (at->store, (StoreDocumentsFilter){ .urgent = true }, "5");
  assert_finds (at->store, (StoreDocumentsFilter){ .kind = "thanks" }, "");
}

static char *
cases_of (Store *store, const StoreCasesFilter *filter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = store_cases (store, filter, &error);
  g_assert_no_error (error);
  GString *ids = g_string_new (NULL);
  for (guint i = 0; i < rows->len; i++)
    g_string_append_printf (ids, "%s%d", i > 0 ? " " : "", (int)((const StoreCaseRow *)rows->pdata[i])->id);
  return g_string_free (ids, FALSE);
}

static void
set_due (StoreTransaction *transaction, int64_t case_id, const char *due, const char *state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) trace = json_array ();
  StoreDeadline deadline = { .case_id = case_id,
                             .kind = (char *)(uintptr_t) "final",
                             .policy = (char *)(uintptr_t) "p",
                             .calendar = (char *)(uintptr_t) "c",
                             .start = (char *)(uintptr_t) "2026-03-14",
                             .due = (char *)(uintptr_t)due,
                             .state = (char *)(uintptr_t)state,
                             .trace = trace };
  store_deadline_set (transaction, &deadline, &error);
  g_assert_no_error (error);
}

/* Versions of deadlines and alerts, which cases follow. */
static void
test_cases_are_sorted_by_the_deadline_in_force (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int64_t alert;
  (void)data;
  fill (at);
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "user:eva", &error);
  set_due (transaction, 4, "2026-04-01", "ok");
  set_due (transaction, 1, "2026-04-01", "ok");
  set_due (transaction, 1, "2026-06-01", "ok");
  set_due (transaction, 2, "2026-03-20", "met");
  store_alert_set (transaction, &(StoreReminder){ .case_id = 3, .due = "2026-04-02", .owner = "eva", .text = "call" },
                   &alert, &error);
  store_alert_set (transaction, &(StoreReminder){ .case_id = 3, .due = "2026-04-01", .owner = "eva", .text = "call" },
                   &alert, &error);
  store_alert_move (transaction, alert, "2026-04-09", &error);
  g_assert_true (store_commit (g_steal_pointer (&transaction), &error));
  g_autofree char *all = cases_of (at->store, &(StoreCasesFilter){ .open = true });
  g_assert_cmpstr (all, ==, "4 3 5 1 2");
  g_autofree char *page = cases_of (at->store, &(StoreCasesFilter){ .limit = 2, .after = 3 });
  g_assert_cmpstr (page, ==, "5 1");
  g_autofree char *today = cases_of (at->store, &(StoreCasesFilter){ .alert = "today", .today = "2026-04-02" });
  g_assert_cmpstr (today, ==, "3");
  assert_clean (at->store);
}

static void
test_alerts_come_in_pages (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  int64_t ids[4];
  (void)data;
  fill (at);
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "user:eva", &error);
  for (int i = 0; i < 4; i++)
    store_alert_set (transaction,
                     &(StoreReminder){
                         .case_id = 4 - i, .due = i < 2 ? "2026-04-02" : "2026-04-01", .owner = "eva", .text = "call" },
                     &ids[i], &error);
  g_assert_true (store_commit (g_steal_pointer (&transaction), &error));
  g_autoptr (GPtrArray) first = store_alerts (at->store, &(StoreAlertsFilter){ .limit = 3, .after = 0 }, &error);
  g_assert_cmpuint (first->len, ==, 3);
  g_assert_cmpint (((const StoreAlert *)first->pdata[0])->id, ==, ids[3]);
  g_assert_cmpint (((const StoreAlert *)first->pdata[2])->id, ==, ids[1]);
  g_autoptr (GPtrArray) second = store_alerts (at->store, &(StoreAlertsFilter){ .limit = 3, .after = ids[1] }, &error);
  g_assert_cmpuint (second->len, ==, 1);
  g_assert_cmpint (((const StoreAlert *)second->pdata[0])->id, ==, ids[0]);
}

static void
test_counts_are_those_of_the_lists (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  StoreCounts counts;
  int64_t in_flight;
  (void)data;
  fill (at);
  g_assert_true (store_counts (at->store, &counts, &error));
  g_assert_cmpint (counts.review, ==, 4); /* the kind of 2 was said */
  g_assert_cmpint (counts.urgent, ==, 1);
  g_autoptr (GArray) queue = store_queue (at->store, &error);
  g_assert_cmpuint (queue->len, ==, 2); /* file: what was corrected; identify */
  g_assert_true (store_receipts_in_flight (at->store, NULL, &in_flight, &error));
  g_assert_cmpint (in_flight, ==, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) STORE_TEST ("/store/documents/" #name, test_##name)
  TEST (a_row_has_what_the_register_shows);
  TEST (pages_follow_each_other);
  TEST (a_list_is_narrowed_by_what_is_decided);
  TEST (cases_are_sorted_by_the_deadline_in_force);
  TEST (alerts_come_in_pages);
  TEST (counts_are_those_of_the_lists);
  return g_test_run ();
}
