#include "base/json.h"
#include "tests/unit/reports_store.h"

#define GREET(text) "Muster Street 4\nDear Sir or Madam,\n" text "\nplease see to it.\nYours faithfully\nEve Harper\n"
#define NEVER(more) GREET ("My parcel never arrived. " more)

/* Today is Monday, 23 November 2026. */
static const Letter letters[] = {
  { NEVER ("I waited at home, says Eve Harper."), "2026-11-02", "en", "complaint", "delivery/not-received",
    "2026-11-20", "ok", "Eve Harper", false },
  { NEVER ("Call 020 7946 0958 or eve@example.com."), "2026-11-20", "en", "complaint", "delivery/not-received",
    "2026-11-23", "ok", NULL, false },
  { NEVER ("The driver left it <outside>."), "2026-11-20", "en", "complaint", "delivery/not-received", "2026-11-10",
    "provisional", NULL, true },
  { GREET ("The parcel was nicely packed."), "2026-11-23", "en", "thanks", "delivery", NULL, NULL, NULL, false },
};

static void
fill (ReportsFixture *at)
{
  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
    settle_letter (at, &letters[i]);
}

static void
expect (ReportsFixture *at, const char *file, const char *wanted)
{
  g_autofree char *text = written (at, file);
  g_assert_cmpstr (text, ==, wanted);
}

static void
test_receipts_are_counted_once_where_they_are (ReportsFixture *at, gconstpointer data)
{
  (void)data;
  fill (at);
  arrive (at, letters[0].text, "2026-11-23");
  arrive (at, "on its way", "2026-11-23");
  write_reports (at, "lifecycle", NULL, NULL, "en");
  expect (at, "data/lifecycle-received.csv",
          "place,place_label,receipts,share\r\n"
          "filed,Filed,4,0.6667\r\nduplicate,Duplicate,1,0.1667\r\nquarantined,Quarantined,0,0.0000\r\n"
          "in_flight,In work,1,0.1667\r\nall,All,6,1.0000\r\n");
}

static void
test_provisional_deadlines_are_never_late (ReportsFixture *at, gconstpointer data)
{
  (void)data;
  fill (at);
  write_reports (at, "lifecycle", NULL, NULL, "en");
  expect (at, "data/lifecycle-due.csv",
          "when,when_label,deadlines,cases\r\n"
          "overdue,Overdue,1,1\r\ntoday,Today,1,1\r\n"
          "next_1,By Tue 24 Nov,0,0\r\nnext_2,By Wed 25 Nov,0,0\r\nnext_3,By Thu 26 Nov,0,0\r\n"
          "later,Later,0,0\r\nno_date,Date not known,0,0\r\nprovisional,Provisional,1,1\r\n");
}

static void
test_the_age_of_open_cases_counts_from_receipt (ReportsFixture *at, gconstpointer data)
{
  (void)data;
  fill (at);
  write_reports (at, "lifecycle", NULL, NULL, "en");
  g_autofree char *text = written (at, "data/lifecycle-age.csv");
  g_assert_nonnull (strstr (text, "0-3,0 to 3 days,3,0.7500,D-2026-000002-"));
  g_assert_nonnull (strstr (text, "16-30,16 to 30 days,1,0.2500,D-2026-000001-"));
  g_assert_nonnull (strstr (text, ",2026-11-02\r\n"));
}

static void
test_the_period_bounds_what_was_received_but_not_what_is_due (ReportsFixture *at, gconstpointer data)
{
  (void)data;
  fill (at);
  write_reports (at, NULL, "2026-11-20", "2026-11-22", "en");
  g_autofree char *received = written (at, "data/lifecycle-received.csv");
  g_autofree char *due = written (at, "data/lifecycle-due.csv");
  g_autofree char *kinds = written (at, "data/content-kinds.csv");
  g_assert_nonnull (strstr (received, "all,All,2,"));
  g_assert_nonnull (strstr (due, "overdue,Overdue,1,1"));
  g_assert_nonnull (strstr (kinds, "complaint,complaint,2,1.0000,0.3424,1.0000,1\r\n"));
}

static void
test_every_day_of_the_trend_has_a_row (ReportsFixture *at, gconstpointer data)
{
  (void)data;
  fill (at);
  write_reports (at, "lifecycle", "2026-11-19", "2026-11-23", "en");
  expect (at, "data/lifecycle-trend.csv",
          "from,received_all,filed,duplicate,quarantined,in_flight\r\n"
          "2026-11-19,0,0,0,0,0\r\n2026-11-20,2,2,0,0,0\r\n2026-11-21,0,0,0,0,0\r\n2026-11-22,0,0,0,0,0\r\n"
          "2026-11-23,1,1,0,0,0\r\n");
}

static void
test_subjects_are_a_tree_with_shares (ReportsFixture *at, gconstpointer data)
{
  (void)data;
  fill (at);
  write_reports (at, "content", NULL, NULL, "es");
  expect (at, "data/content-subjects.csv",
          "subject,subject_label,documents,share,share_95_low,share_95_high,to_review,complaints\r\n"
          "delivery,entrega,4,1.0000,0.5101,1.0000,1,3\r\n"
          "delivery/not-received,no recibido,3,0.7500,0.3006,0.9544,1,3\r\n");
}

static void
test_json_tables_tell_what_they_rest_on (ReportsFixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (GError) error = NULL;
  fill (at);
  write_reports (at, "content", NULL, NULL, "hu");
  g_autofree char *text = written (at, "data/content-kinds.json");
  g_autoptr (json_t) table = dk_json_parse (text, strlen (text), &error);
  g_assert_no_error (error);
  const json_t *period = json_object_get (table, "period"), *rows = json_object_get (table, "rows");
  g_assert_cmpstr (dk_json_string (table, "table", NULL), ==, "kinds");
  g_assert_cmpstr (dk_json_string (table, "today", NULL), ==, "2026-11-23");
  g_assert_cmpstr (dk_json_string (period, "from", NULL), ==, "2026-11-02");
  g_assert_cmpint (dk_json_int (table, "configuration", 0), ==, 1);
  g_assert_cmpint (dk_json_int (table, "n", 0), ==, 4);
  g_assert_cmpstr (dk_json_string (table, "as_of", ""), >, "2026-11-23T08");
  g_assert_cmpstr (dk_json_string (json_array_get (rows, 0), "kind_label", NULL), ==, "panasz");
}

static void
test_terms_are_counted_and_quoted_without_personal_data (ReportsFixture *at, gconstpointer data)
{
  (void)data;
  fill (at);
  write_reports (at, "content", NULL, NULL, "en");
  g_autofree char *text = written (at, "data/content-terms.csv");
  g_assert_nonnull (strstr (text, "\r\nnever arrived,en,English,3,1.0000,"));
  g_assert_nonnull (strstr (text, "/1: My parcel never arrived."));
  g_assert_null (strstr (text, "Eve"));
  g_assert_null (strstr (text, "Harper"));
  g_assert_null (strstr (text, "\r\nplease"));
  g_assert_null (strstr (text, "example.com"));
}

static void
test_an_empty_store_has_reports_with_blanks (ReportsFixture *at, gconstpointer data)
{
  (void)data;
  write_reports (at, NULL, NULL, NULL, "fr");
  expect (at, "data/lifecycle-received.csv",
          "place,place_label,receipts,share\r\n"
          "filed,Classé,0,\r\nduplicate,Doublon,0,\r\nquarantined,En quarantaine,0,\r\nin_flight,En traitement,0,\r\n"
          "all,Total,0,\r\n");
  expect (at, "data/content-kinds.csv", "kind,kind_label,documents,share,share_95_low,share_95_high,to_review\r\n");
}

static void
test_the_same_store_gives_the_same_bytes (ReportsFixture *at, gconstpointer data)
{
  static const char *const files[] = { "index.html", "lifecycle.html", "content.html", "data/content-terms.json" };
  (void)data;
  fill (at);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      write_reports (at, NULL, NULL, NULL, "hu");
      g_autofree char *first = written (at, files[i]);
      write_reports (at, NULL, NULL, NULL, "hu");
      expect (at, files[i], first);
    }
}

static void
refuse (ReportsFixture *at, const char *name, const char *from, const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) paths = NULL;
  g_assert_false (reports_write (at->store, at->settings, at->vocabulary, name, dk_day_parse (from), dk_day_parse (to),
                                 "en", NULL, &paths, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_USAGE);
  g_assert_null (paths);
}

static void
test_unknown_reports_and_turned_periods_are_refused (ReportsFixture *at, gconstpointer data)
{
  (void)data;
  refuse (at, "weather", "2026-11-01", "2026-11-02");
  refuse (at, NULL, "2026-11-02", "2026-11-01");
}

static void
test_reports_go_to_the_folder_of_the_day (ReportsFixture *at, gconstpointer data)
{
  (void)data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) paths = NULL;
  reports_write (at->store, at->settings, at->vocabulary, NULL, DK_DAY_NONE, DK_DAY_NONE, "en", NULL, &paths, &error);
  g_assert_no_error (error);
  g_autofree char *index = g_build_filename (at->path, "reports", "2026-11-23", "index.html", NULL);
  g_assert_cmpstr (paths->pdata[0], ==, index);
}

/* --- HTML --- */

/* Every tag is closed in its turn; <meta> and the doctype stand alone. */
static void
expect_well_formed (const char *html)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (g_free);
  const char *style = strstr (html, "<style>"), *style_end = strstr (html, "</style>");
  for (const char *at = strchr (html, '<'); at != NULL; at = strchr (at + 1, '<'))
    {
      if (at > style && at < style_end)
        continue;
      bool closes = at[1] == '/';
      g_autofree char *tag = g_strndup (at + 1 + closes, strcspn (at + 1 + closes, " >"));
      if (strcmp (tag, "meta") == 0 || strcmp (tag, "!DOCTYPE") == 0)
        continue;
      if (!closes)
        {
          g_ptr_array_add (open, g_steal_pointer (&tag));
          continue;
        }
      g_assert_cmpuint (open->len, >, 0);
      g_assert_cmpstr (open->pdata[open->len - 1], ==, tag);
      g_ptr_array_remove_index (open, open->len - 1);
    }
  g_assert_cmpuint (open->len, ==, 0);
}

static void
test_pages_are_well_formed_and_need_nothing_from_outside (ReportsFixture *at, gconstpointer data)
{
  static const char *const files[] = { "index.html", "lifecycle.html", "content.html" };
  static const char *const forbidden[] = { "<script", "http:", "https:", "url(", "@import", "<outside>", "report." };
  (void)data;
  fill (at);
  for (const char *const *language = (const char *[]){ "en", "fr", "es", "hu", NULL }; *language != NULL; language++)
    {
      write_reports (at, NULL, NULL, NULL, *language);
      for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
        {
          g_autofree char *html = written (at, files[i]);
          expect_well_formed (html);
          for (gsize k = 0; k < G_N_ELEMENTS (forbidden); k++)
            if (strstr (html, forbidden[k]) != NULL)
              g_error ("%s in %s holds “%s”: %.60s", files[i], *language, forbidden[k], strstr (html, forbidden[k]));
        }
    }
}

#define ADD(path, function) g_test_add (path, ReportsFixture, NULL, reports_set_up, function, reports_tear_down)

int
main (int argc, char **argv)
{
  g_setenv ("DOCKET_NOW", "2026-11-23T08:00:00Z", TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD ("/reports/receipts", test_receipts_are_counted_once_where_they_are);
  ADD ("/reports/provisional", test_provisional_deadlines_are_never_late);
  ADD ("/reports/age", test_the_age_of_open_cases_counts_from_receipt);
  ADD ("/reports/period", test_the_period_bounds_what_was_received_but_not_what_is_due);
  ADD ("/reports/trend", test_every_day_of_the_trend_has_a_row);
  ADD ("/reports/subjects", test_subjects_are_a_tree_with_shares);
  ADD ("/reports/json", test_json_tables_tell_what_they_rest_on);
  ADD ("/reports/terms", test_terms_are_counted_and_quoted_without_personal_data);
  ADD ("/reports/empty", test_an_empty_store_has_reports_with_blanks);
  ADD ("/reports/same", test_the_same_store_gives_the_same_bytes);
  ADD ("/reports/refused", test_unknown_reports_and_turned_periods_are_refused);
  ADD ("/reports/folder", test_reports_go_to_the_folder_of_the_day);
  ADD ("/reports/html", test_pages_are_well_formed_and_need_nothing_from_outside);
  return g_test_run ();
}
