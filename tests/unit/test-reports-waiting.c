#include "reports/copies.h"
#include "reports/letter.h"
#include "store/internal.h"
#include "tests/unit/reports_store.h"

#define GREET(text) "Dear Sir or Madam,\n" text "\nplease see to it.\nYours faithfully\n"

/* Today is Monday, 23 November 2026. */
static const Letter late = { GREET ("My parcel never came."),
                             "2026-11-02",
                             "en",
                             "complaint",
                             "delivery/not-received",
                             "2026-11-20",
                             "ok",
                             "Eve Harper",
                             false };
static const Letter unsure = { GREET ("The driver left it outside."),
                               "2026-11-20",
                               "en",
                               "complaint",
                               "delivery",
                               "2026-11-10",
                               "provisional",
                               NULL,
                               true };

static void
test_the_nearest_due_dates_tell_from_whom_and_about_what (ReportsFixture *at, gconstpointer data)
{
  (void)data;
  settle_letter (at, &late);
  write_reports (at, "lifecycle", NULL, NULL, "en");
  expect_in (at, "data/lifecycle-deadlines.csv",
             ",Eve Harper,not received,final,final answer,2026-11-02,2026-11-20,2026-11-20,-3,overdue,overdue,eva\r\n");
}

static void
tamper (ReportsFixture *at, const char *sql)
{
  g_autoptr (GError) error = NULL;
  sql_script (at->store->db, sql, &error);
  g_assert_no_error (error);
}

static void
test_what_cannot_wait_is_named_until_its_case_is_closed (ReportsFixture *at, gconstpointer data)
{
  (void)data;
  settle_letter (at, &late);
  write_reports (at, "lifecycle", NULL, NULL, "en");
  expect_in (at, "lifecycle.html", "Nothing to show.");
  tamper (at, "UPDATE document SET urgency = 'danger'");
  write_reports (at, "lifecycle", NULL, NULL, "en");
  expect_in (at, "data/lifecycle-urgent.csv", ",danger,danger,Eve Harper,not received,2026-11-02,2026-11-20\r\n");
  expect_in (at, "lifecycle.html", "n counts all of them. n = 1.");
  tamper (at, "UPDATE cases SET status = 'closed'");
  write_reports (at, "lifecycle", NULL, NULL, "en");
  g_autofree char *empty = written (at, "data/lifecycle-urgent.csv");
  g_assert_null (strstr (empty, "danger"));
}

static void
test_what_would_be_late_once_confirmed_stands_beside_what_is_late (ReportsFixture *at, gconstpointer data)
{
  (void)data;
  settle_letter (at, &late);
  settle_letter (at, &unsure);
  write_reports (at, "lifecycle", NULL, NULL, "en");
  expect_in (at, "lifecycle.html", "<dd>1</dd>\n<dd class=\"note\">in 1 case; 1 more if confirmed</dd>");
  expect_in (at, "data/lifecycle-deadlines.csv", ",-13,provisional,late if confirmed,eva\r\n");
}

static void
test_a_deadline_beyond_the_calendar_is_seen_first (ReportsFixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (GError) error = NULL;
  int64_t document = settle_letter (at, &late);
  g_autoptr (StoreDocument) filed = store_document_load (at->store, document, &error);
  g_autoptr (json_t) trace = json_array ();
  StoreDeadline deadline = { .case_id = filed->case_id,
                             .kind = (char *)(uintptr_t) "final",
                             .policy = (char *)(uintptr_t) "P/final@2",
                             .calendar = (char *)(uintptr_t) "HU@2",
                             .start = (char *)(uintptr_t)late.received,
                             .state = (char *)(uintptr_t) "calendar_missing",
                             .trace = trace };
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "docketd", &error);
  store_deadline_set (transaction, &deadline, &error);
  store_commit (g_steal_pointer (&transaction), &error);
  g_assert_no_error (error);
  write_reports (at, NULL, NULL, NULL, "en");
  expect_in (at, "lifecycle.html", "Date unknown</dt>\n<dd>1</dd>\n<dd class=\"note\">the calendar HU ends 31 Dec ");
  expect_in (at, "index.html", "the calendar HU ends 31 Dec ");
  expect_in (at, "data/lifecycle-deadlines.csv", ",2026-11-02,,,,calendar_missing,calendar missing,eva\r\n");
}

static void
test_what_waits_for_a_person_is_named_with_its_file_and_doubt (ReportsFixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (GError) error = NULL;
  settle_letter (at, &unsure);
  int64_t refused = arrive (at, "?", "2026-11-21");
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "docketd", &error);
  store_document_quarantined (transaction, refused, RECORD_CODE_DAMAGED, "identify", NULL, &error);
  store_commit (g_steal_pointer (&transaction), &error);
  g_assert_no_error (error);
  write_reports (at, "lifecycle", NULL, NULL, "en");
  expect_in (at, "data/lifecycle-review-documents.csv",
             "/1,letter.txt,kind,kind not sure,complaint,delivery,2026-11-20\r\n");
  expect_in (at, "data/lifecycle-quarantine.csv", "\r\n#2,letter.txt,damaged,damaged,2026-11-21\r\n");
}

static void
test_numbers_lead_to_the_filed_document_from_the_folder_of_reports_alone (ReportsFixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) paths = NULL;
  g_autofree char *html = NULL;
  settle_letter (at, &late);
  write_reports (at, NULL, NULL, NULL, "en");
  g_autofree char *outside = written (at, "lifecycle.html");
  g_assert_null (strstr (outside, "filed/"));
  reports_write (at->store, at->settings, at->vocabulary, NULL, DK_DAY_NONE, DK_DAY_NONE, "en", NULL, &paths, &error);
  g_autofree char *page = g_build_filename (at->path, "reports", "2026-11-23", "lifecycle.html", NULL);
  g_file_get_contents (page, &html, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (html, "<a href=\"../../filed/Letters/letter%201.txt\">D-2026-000001-"));
}

/* --- words --- */

static bool
seen (ReportCopies *copies, const char *text)
{
  g_autoptr (GArray) words = report_letter_words (text);
  return report_copies_seen (copies, words);
}

static void
test_a_letter_and_its_scan_are_one (ReportsFixture *at, gconstpointer data)
{
  (void)at;
  (void)data;
  g_autoptr (ReportCopies) copies = report_copies_new (20);
  g_assert_false (seen (copies, "I have telephoned your call centre three times and each time I was promised a refund "
                                "within five days, yet nothing has come to my account so far."));
  g_assert_true (seen (copies, "| have telephoned your call centre three times and each time | was promised a refund "
                               "within five days, yet nothing has corne to my account so far."));
  g_assert_false (seen (copies, "I have telephoned the driver twice and each time he promised to come on the same day, "
                                "yet nobody has seen him or my parcel so far."));
  g_assert_false (seen (copies, "The parcel never arrived."));
  g_assert_false (seen (copies, "The parcel arrived."));
  g_assert_true (seen (copies, "The parcel arrived"));
}

static void
test_lines_of_telephones_are_no_part_of_what_is_said (ReportsFixture *at, gconstpointer data)
{
  static const Letter letter = { "Dear Sir or Madam,\n\nTel. 020 7946 0958\nE-mail: eve@example.com\nI rang your phone "
                                 "line 3 times.\nNobody came to\nthe phone.\n",
                                 "2026-11-20",
                                 "en",
                                 "complaint",
                                 "delivery",
                                 NULL,
                                 NULL,
                                 NULL,
                                 false };
  (void)data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = report_letter_text (at->store, settle_letter (at, &letter), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, "I rang your phone line 3 times. Nobody came to the phone.");
}

static void
test_quotes_of_equal_letters_stand_once (ReportsFixture *at, gconstpointer data)
{
  static const Letter scans[] = {
    { GREET ("My parcel never arrived, though I waited."), "2026-11-20", "en", "complaint", "delivery", NULL, NULL,
      NULL, false },
    { GREET ("My parcel never arrived, though I waited. In 1999, the driver laughed."), "2026-11-20", "en", "complaint",
      "delivery", NULL, NULL, NULL, false },
  };
  (void)data;
  for (gsize i = 0; i < G_N_ELEMENTS (scans); i++)
    settle_letter (at, &scans[i]);
  write_reports (at, "content", NULL, NULL, "en");
  g_autofree char *text = written (at, "data/content-terms.csv");
  const char *row = strstr (text, "\r\nnever arrived,en,English,2,1.0000,");
  g_assert_nonnull (row);
  const char *quote = strstr (row, "never arrived, though"), *next = strstr (row + 2, "\r\n");
  g_assert_true (quote != NULL && quote < next);
  const char *again = strstr (quote + 1, "never arrived, though");
  g_assert_true (again == NULL || again > next);
}

#define ADD(path, function) g_test_add (path, ReportsFixture, NULL, reports_set_up, function, reports_tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("DOCKET_NOW", "2026-11-23T08:00:00Z", TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD ("/reports/nearest", test_the_nearest_due_dates_tell_from_whom_and_about_what);
  ADD ("/reports/waiting/urgent", test_what_cannot_wait_is_named_until_its_case_is_closed);
  ADD ("/reports/if-confirmed", test_what_would_be_late_once_confirmed_stands_beside_what_is_late);
  ADD ("/reports/undated", test_a_deadline_beyond_the_calendar_is_seen_first);
  ADD ("/reports/lists", test_what_waits_for_a_person_is_named_with_its_file_and_doubt);
  ADD ("/reports/links", test_numbers_lead_to_the_filed_document_from_the_folder_of_reports_alone);
  ADD ("/reports/copies", test_a_letter_and_its_scan_are_one);
  ADD ("/reports/contacts", test_lines_of_telephones_are_no_part_of_what_is_said);
  ADD ("/reports/quotes", test_quotes_of_equal_letters_stand_once);
  return g_test_run ();
}
