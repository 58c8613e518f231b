/* tests/unit/reports_store.h - a small store with letters in it, for the tests of reports. */
#pragma once
#include "cases/number.h"
#include "reports/page.h"
#include "reports/reports.h"
#include "store/case.h"
#include "store/decision.h"
#include "store/receipt.h"
#include "store/versions.h"
#include "tests/unit/fixture.h"
#include <string.h>

typedef struct
{
  const char *text, *received, *language, *kind, *subject;
  const char *due, *state; /* of a deadline, NULL: none */
  const char *sender;      /* or NULL */
  bool unsure;
} Letter;

typedef struct
{
  char *path;
  Store *store;
  Settings *settings;
  Vocabulary *vocabulary;
  int64_t arrivals;
} ReportsFixture;

static inline void
reports_set_up (ReportsFixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  at->path = fixture_folder ();
  g_autoptr (Config) config = config_read ("conf", &error);
  g_assert_no_error (error);
  at->settings = settings_load (config, &error);
  at->vocabulary = vocabulary_load (config, &error);
  store_create (at->path, STORE_SCRATCH, &error);
  at->store = store_open (at->path, STORE_SCRATCH, &error);
  g_assert_no_error (error);
  int64_t version;
  store_config_adopt (at->store, config, &version, &error);
  g_assert_no_error (error);
}

static inline void
reports_tear_down (ReportsFixture *at, gconstpointer data)
{
  (void)data;
  store_free (at->store);
  settings_free (at->settings);
  vocabulary_free (at->vocabulary);
  fixture_remove_folder (at->path);
}

/* One receipt of @text; its document is returned. */
static inline int64_t
arrive (ReportsFixture *at, const char *text, const char *received)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  StoreTaken taken;
  StoreArrival arrival = { .source = "drop:default",
                           .name = "letter.txt",
                           .inode = ++at->arrivals,
                           .size = (int64_t)strlen (text),
                           .profile = "default",
                           .channel = "paper",
                           .owner = "",
                           .zone = "Europe/Madrid",
                           .received = dk_day_parse (received),
                           .received_source = "today" };
  store_blob_put (at->store, bytes, &arrival.blob, &error);
  g_assert_no_error (error);
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "docketd", &error);
  g_assert_true (store_receipt_take (transaction, &arrival, &taken, &error));
  g_assert_true (store_commit (g_steal_pointer (&transaction), &error));
  return taken.document;
}

static inline void
read_letter (StoreTransaction *transaction, int64_t document, const Letter *letter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RecordFacts) facts = record_facts_new ("text/plain", 1);
  g_autoptr (RecordPage) page = record_page_new (1);
  StoreBlob blob;
  page->origin = RECORD_ORIGIN_EMBEDDED;
  g_free (page->text);
  page->text = g_strdup (letter->text);
  g_autoptr (GBytes) frame = record_page_encode (page);
  store_document_identified (transaction, document, facts, "read", &error);
  store_blob_put (store_of (transaction), frame, &blob, &error);
  store_page_read (transaction, document, page, &blob, NULL, "understand", &error);
  g_assert_no_error (error);
}

static inline void
understand_letter (StoreTransaction *transaction, int64_t document, const Letter *letter)
{
  static const char *const unsure[] = { "kind", NULL }, *const sure[] = { NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify)record_finding_free);
  g_ptr_array_add (findings, record_finding_new ("language", letter->language, "", 1));
  g_ptr_array_add (findings, record_finding_new ("kind", letter->kind, "", 0.9));
  g_ptr_array_add (findings, record_finding_new ("subject", letter->subject, "", 0.9));
  if (letter->sender != NULL)
    g_ptr_array_add (findings, record_finding_new ("sender", letter->sender, letter->sender, 0.9));
  store_document_understood (transaction, document, findings, 1, 0, letter->unsure ? unsure : sure, "register", &error);
  g_assert_no_error (error);
}

static inline void
register_letter (StoreTransaction *transaction, int64_t document, const Letter *letter)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (json_t) trace = json_array ();
  StoreCase the_case = { .prefix = (char *)(uintptr_t) "D",
                         .year = 2026,
                         .entity = (char *)(uintptr_t) "Exemplar",
                         .status = (char *)(uintptr_t) "not_started",
                         .owner = (char *)(uintptr_t) "eva",
                         .entry_date = (char *)(uintptr_t)letter->received,
                         .received = (char *)(uintptr_t)letter->received };
  store_case_next_serial (transaction, "D", 2026, &the_case.serial, &error);
  g_autofree char *number = number_format ("D", 2026, the_case.serial);
  the_case.number = number;
  store_case_open (transaction, &the_case, document, "file", &error);
  StoreDeadline deadline = { .case_id = the_case.id,
                             .kind = (char *)(uintptr_t) "final",
                             .policy = (char *)(uintptr_t) "P/final@1",
                             .calendar = (char *)(uintptr_t) "ES@1",
                             .start = (char *)(uintptr_t)letter->received,
                             .due = (char *)(uintptr_t)letter->due,
                             .work_by = (char *)(uintptr_t)letter->due,
                             .state = (char *)(uintptr_t)letter->state,
                             .trace = trace };
  if (letter->due != NULL)
    store_deadline_set (transaction, &deadline, &error);
  g_assert_no_error (error);
}

/* Takes @letter in and leads it to rest. */
static inline int64_t
settle_letter (ReportsFixture *at, const Letter *letter)
{
  g_autoptr (GError) error = NULL;
  int64_t document = arrive (at, letter->text, letter->received);
  g_autofree char *name = g_strdup_printf ("letter %d.txt", (int)document);
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "docketd", &error);
  g_assert_no_error (error);
  read_letter (transaction, document, letter);
  understand_letter (transaction, document, letter);
  register_letter (transaction, document, letter);
  store_document_filed (transaction, document, "Letters", name, "index", &error);
  store_document_indexed (transaction, document, STORE_STAGE_REST, &error);
  store_commit (g_steal_pointer (&transaction), &error);
  g_assert_no_error (error);
  return document;
}

/* Writes the reports to "out" in the store's folder; a file of them below it. */
static inline void
write_reports (ReportsFixture *at, const char *name, const char *from, const char *to, const char *language)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) paths = NULL;
  g_autofree char *out = g_build_filename (at->path, "out", NULL);
  reports_write (at->store, at->settings, at->vocabulary, name, from != NULL ? dk_day_parse (from) : DK_DAY_NONE,
                 to != NULL ? dk_day_parse (to) : DK_DAY_NONE, language, out, &paths, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < paths->len; i++)
    g_assert_true (g_file_test (paths->pdata[i], G_FILE_TEST_IS_REGULAR));
}

static inline char *
written (ReportsFixture *at, const char *file)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (at->path, "out", file, NULL);
  char *text = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&text);
}

static inline void
expect_in (ReportsFixture *at, const char *file, const char *wanted)
{
  g_autofree char *text = written (at, file);
  if (strstr (text, wanted) == NULL)
    g_error ("%s lacks “%s”: %s", file, wanted, text);
}
