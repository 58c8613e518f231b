/* The log that is written is read back by two small readers, of XES and of CSV, and both have the same graph: how often
 * each activity is followed directly by each other one. */
#include "reports/event_log.h"
#include "store/case.h"
#include "store/chain.h"
#include "tests/unit/reports_store.h"
#include <stdlib.h>

/* What stands for the letters A to H. */
static const char *const acts[] = { "work", "ask", "hear", "tell", "remind", "final", "outcome", "hold" };
static const char *const traces[] = { "ABCDF", "ABCDF", "ABCHDF", "ABCDEDF", "ABCDFGDF" };
static const char edges[] = "AB 5\nBC 5\nCD 4\nCH 1\nDE 1\nDF 6\nED 1\nFG 1\nGD 1\nHD 1\n";

/* All acts of a case in one transaction, so that all have the same time. */
static void
do_acts (Store *store, int64_t case_id, const char *letters)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreCase) now = store_case_load (store, case_id, &error);
  g_autoptr (StoreTransaction) transaction = store_begin (store, "user:\"eva\", <x>&y", &error);
  for (const char *letter = letters; *letter != '\0'; letter++)
    {
      const StoreAct act = { .act = acts[*letter - 'A'],
                             .reason = "triage",
                             .day = "2026-03-14",
                             .channel = "",
                             .text = "a secret word",
                             .subject = "",
                             .now = now };
      g_assert_true (store_case_act (transaction, case_id, &act, &error));
    }
  g_assert_true (store_commit (g_steal_pointer (&transaction), &error));
  g_assert_no_error (error);
}

static void
fill (ReportsFixture *at)
{
  static const Letter letter = { "a secret word", "2026-03-14", "es", "complaint", "delivery/late", "2026-04-01", "ok",
                                 "Secret Sender", false };
  for (gsize i = 0; i < G_N_ELEMENTS (traces); i++)
    {
      Letter one = letter;
      g_autofree char *text = g_strdup_printf ("a secret word %d", (int)i);
      one.text = text;
      settle_letter (at, &one);
      do_acts (at->store, (int64_t)i + 1, traces[i]);
    }
}

static char *
log_text (ReportsFixture *at, EventLogFormat format, const char *from, EventLogCounts *counts)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  size_t size;
  FILE *file = open_memstream (&text, &size);
  g_assert_true (report_event_log (at->store, format, from, NULL, file, counts, &error));
  g_assert_no_error (error);
  fclose (file);
  return text;
}

/* --- a log as it was read: activity and time of each event, case by case --- */

typedef struct
{
  GPtrArray *names; /* of char *, NULL between two cases */
  GPtrArray *times;
  bool in_event;
} Log;

static void
log_init (Log *log)
{
  log->names = g_ptr_array_new_with_free_func (g_free);
  log->times = g_ptr_array_new_with_free_func (g_free);
}

static void
log_clear (Log *log)
{
  g_ptr_array_unref (log->names);
  g_ptr_array_unref (log->times);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Log, log_clear)

static void
log_part (Log *log)
{
  g_ptr_array_add (log->names, NULL);
  g_ptr_array_add (log->times, NULL);
}

static void
start_element (GMarkupParseContext *context, const char *element, const char **names, const char **values, void *data,
               GError **error)
{
  Log *log = data;
  const char *key = "", *value = "";
  (void)context;
  (void)error;
  for (int i = 0; names[i] != NULL; i++)
    {
      key = strcmp (names[i], "key") == 0 ? values[i] : key;
      value = strcmp (names[i], "value") == 0 ? values[i] : value;
    }
  if (strcmp (element, "trace") == 0)
    log_part (log);
  if (strcmp (element, "event") == 0)
    log->in_event = true;
  if (log->in_event && strcmp (key, "concept:name") == 0)
    g_ptr_array_add (log->names, g_strdup (value));
  if (log->in_event && strcmp (key, "time:timestamp") == 0)
    g_ptr_array_add (log->times, g_strdup (value));
}

static void
end_element (GMarkupParseContext *context, const char *element, void *data, GError **error)
{
  (void)context;
  (void)error;
  if (strcmp (element, "event") == 0)
    ((Log *)data)->in_event = false;
}

static void
read_xes (Log *log, const char *text)
{
  static const GMarkupParser parser = { .start_element = start_element, .end_element = end_element };
  g_autoptr (GError) error = NULL;
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, log, NULL);
  log_init (log);
  g_markup_parse_context_parse (context, text, -1, &error);
  g_assert_no_error (error);
}

/* One field of RFC 4180; *@text is left behind it and its comma or line end. Owned by the caller. */
static char *
read_field (const char **text, bool *last)
{
  GString *field = g_string_new (NULL);
  const char *at = *text;
  bool quoted = *at == '"';
  for (at += quoted; *at != '\0' && (quoted || strchr (",\r", *at) == NULL); at++)
    if (quoted && *at == '"' && *++at != '"')
      break;
    else
      g_string_append_c (field, *at);
  *last = *at != ',';
  *text = at + (*last ? 2 : 1);
  return g_string_free (field, FALSE);
}

static void
read_csv (Log *log, const char *text)
{
  g_autofree char *number = NULL;
  log_init (log);
  for (const char *at = strchr (text, '\n') + 1; *at != '\0';)
    {
      g_autoptr (GPtrArray) fields = g_ptr_array_new_with_free_func (g_free);
      for (bool last = false; !last;)
        g_ptr_array_add (fields, read_field (&at, &last));
      g_assert_cmpuint (fields->len, ==, 16);
      if (g_strcmp0 (number, fields->pdata[0]) != 0)
        log_part (log);
      g_free (number);
      number = g_strdup (fields->pdata[0]);
      g_ptr_array_add (log->names, g_strdup (fields->pdata[1]));
      g_ptr_array_add (log->times, g_strdup (fields->pdata[2]));
    }
}

/* The letter of the act "case.work"; 0 for another activity. */
static char
letter_of (const char *name)
{
  for (gsize i = 0; name != NULL && i < G_N_ELEMENTS (acts); i++)
    if (g_str_has_prefix (name, "case.") && strcmp (name + strlen ("case."), acts[i]) == 0)
      return (char)('A' + i);
  return '\0';
}

static int
by_text (const void *a, const void *b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* "AB 5", a line an edge, sorted: of the acts alone, where @acts_only. */
static char *
graph_of (const Log *log, bool acts_only)
{
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *before = NULL;
  for (guint i = 0; i < log->names->len; i++)
    {
      const char *name = log->names->pdata[i];
      char letter = letter_of (name), last = letter_of (before);
      if (name != NULL && acts_only && letter == '\0')
        continue;
      char *edge = acts_only ? g_strdup_printf ("%c%c", last, letter) : g_strdup_printf ("%s %s", before, name);
      if (name != NULL && before != NULL)
        g_hash_table_replace (counts, edge, GINT_TO_POINTER (GPOINTER_TO_INT (g_hash_table_lookup (counts, edge)) + 1));
      else
        g_free (edge);
      before = name;
    }
  g_autofree char **keys = (char **)g_hash_table_get_keys_as_array (counts, NULL);
  qsort (keys, g_hash_table_size (counts), sizeof keys[0], by_text);
  GString *graph = g_string_new (NULL);
  for (char **key = keys; *key != NULL; key++)
    g_string_append_printf (graph, "%s %d\n", *key, GPOINTER_TO_INT (g_hash_table_lookup (counts, *key)));
  return g_string_free (graph, FALSE);
}

/* --- tests --- */

static void
test_both_forms_read_back_have_the_graph_of_the_ledger (ReportsFixture *at, gconstpointer data)
{
  EventLogCounts counts, again;
  g_auto (Log) from_xes = { NULL }, from_csv = { NULL };
  (void)data;
  fill (at);
  g_autofree char *xes = log_text (at, EVENT_LOG_XES, NULL, &counts), *csv = log_text (at, EVENT_LOG_CSV, NULL, &again);
  read_xes (&from_xes, xes);
  read_csv (&from_csv, csv);
  g_autofree char *xes_graph = graph_of (&from_xes, true), *csv_graph = graph_of (&from_csv, true);
  g_assert_cmpstr (xes_graph, ==, edges);
  g_assert_cmpstr (csv_graph, ==, edges);
  g_autofree char *xes_whole = graph_of (&from_xes, false), *csv_whole = graph_of (&from_csv, false);
  g_assert_cmpstr (xes_whole, ==, csv_whole);
  g_assert_cmpint (counts.cases, ==, 5);
  g_assert_cmpint (counts.events, ==, (int64_t)from_csv.names->len - 5);
  g_assert_cmpint (counts.nudged, ==, again.nudged);
}

/* Ten edges of 26 steps, four ways, two of five cases that do something again. */
static void
test_the_report_of_the_process_counts_the_same (ReportsFixture *at, gconstpointer data)
{
  (void)data;
  fill (at);
  write_reports (at, "process", "2026-01-01", "2026-12-31", "en");
  g_autofree char *steps = written (at, "data/process-steps.csv");
  g_auto (GStrv) lines = g_strsplit (steps, "\r\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 1 + 10 + 1);
  expect_in (at, "data/process-steps.csv", "\r\ntell,wrote to the customer,final,final answer sent,6,");
  expect_in (at, "data/process-steps.csv", "\r\nwork,worked on,ask,asked the customer,5,");
  expect_in (at, "data/process-steps.csv", "\r\nhold,holding letter sent,tell,wrote to the customer,1,");
  expect_in (at, "data/process-steps.json", "\"n\":26");
  expect_in (at, "data/process-variants.csv", "\r\nwork ask hear tell final,worked on ");
  expect_in (at, "data/process-variants.csv", " wrote to the customer → final answer sent,2,0.4");
  expect_in (at, "data/process-repeats.csv", "\r\ntell,wrote to the customer,2,2,0.4");
  expect_in (at, "process.html", "2 of 5 cases repeat an act.");
  expect_in (at, "process.html", "4 ways; those shown cover 5 of 5 cases.");
}

/* As texts: the offset is the same everywhere. */
static void
test_times_rise_strictly_within_a_case (ReportsFixture *at, gconstpointer data)
{
  EventLogCounts counts;
  g_auto (Log) log = { NULL };
  (void)data;
  fill (at);
  g_autofree char *csv = log_text (at, EVENT_LOG_CSV, NULL, &counts);
  read_csv (&log, csv);
  g_assert_cmpint (counts.nudged, >=, 26);
  for (guint i = 1; i < log.times->len; i++)
    {
      const char *before = log.times->pdata[i - 1], *time = log.times->pdata[i];
      g_assert_true (time == NULL || g_str_has_suffix (time, "+00:00"));
      g_assert_true (before == NULL || time == NULL || strcmp (before, time) < 0);
    }
}

static void
test_nothing_that_somebody_wrote_is_in_it (ReportsFixture *at, gconstpointer data)
{
  (void)data;
  fill (at);
  for (int format = EVENT_LOG_XES; format <= EVENT_LOG_CSV; format++)
    {
      EventLogCounts counts;
      g_autofree char *text = log_text (at, (EventLogFormat)format, NULL, &counts), *lower = g_ascii_strdown (text, -1);
      g_assert_null (strstr (lower, "secret"));
      g_assert_nonnull (strstr (text, "delivery/late"));
    }
}

static void
test_cases_of_later_days_only (ReportsFixture *at, gconstpointer data)
{
  EventLogCounts counts;
  (void)data;
  fill (at);
  g_autofree char *csv = log_text (at, EVENT_LOG_CSV, "2026-03-15", &counts);
  g_assert_cmpint (counts.cases, ==, 0);
  g_assert_true (g_str_has_suffix (csv, "stage\r\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name)                                                                                                     \
  g_test_add ("/reports/event-log/" #name, ReportsFixture, NULL, reports_set_up, test_##name, reports_tear_down)
  TEST (both_forms_read_back_have_the_graph_of_the_ledger);
  TEST (the_report_of_the_process_counts_the_same);
  TEST (times_rise_strictly_within_a_case);
  TEST (nothing_that_somebody_wrote_is_in_it);
  TEST (cases_of_later_days_only);
  return g_test_run ();
}
