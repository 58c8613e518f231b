/* tests/unit/store-fixture.h - a store of a test's own, and steps of a document's life in it. */
#pragma once
#include "base/file.h"
#include "store/audit.h"
#include "store/case.h"
#include "store/decision.h"
#include "store/internal.h"
#include "store/job.h"
#include "store/quarantine.h"
#include "store/receipt.h"
#include "tests/unit/fixture.h"
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

typedef struct
{
  char *path;
  Store *store;
} Fixture;

static inline void
reopen (Fixture *at)
{
  g_autoptr (GError) error = NULL;
  g_clear_pointer (&at->store, store_free);
  at->store = store_open (at->path, STORE_DURABLE, &error);
  g_assert_no_error (error);
}

static inline void
set_up (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  at->path = fixture_folder ();
  store_create (at->path, STORE_DURABLE, &error);
  g_assert_no_error (error);
  reopen (at);
}

static inline void
tear_down (Fixture *at, gconstpointer data)
{
  (void)data;
  g_clear_pointer (&at->store, store_free);
  fixture_remove_folder (at->path);
}

static inline StoreDocument *
load (Store *store, int64_t id)
{
  g_autoptr (GError) error = NULL;
  StoreDocument *document = store_document_load (store, id, &error);
  g_assert_no_error (error);
  return document;
}

/* Runs one change in a transaction of its own. */
#define CHANGE(store, call)                                                                                            \
  {                                                                                                                    \
    g_autoptr (GError) error_ = NULL;                                                                                  \
    g_autoptr (StoreTransaction) transaction = store_begin (store, "user:eva", &error_);                               \
    GError **error = &error_;                                                                                          \
    bool done_ = (call);                                                                                               \
    g_assert_no_error (error_);                                                                                        \
    g_assert_true (done_);                                                                                             \
    store_commit (g_steal_pointer (&transaction), error);                                                              \
    g_assert_no_error (error_);                                                                                        \
  }

/* --- steps: each returns whether it went well, for use where it must and where it must not --- */

static inline bool
put_text (Store *store, const char *text, StoreBlob *blob, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  return store_blob_put (store, bytes, blob, error);
}

/* One arrival of the bytes @text from the source file numbered @inode, changed at @mtime_ns; @grown_from a receipt or
 * 0.
 */
static inline bool
arrive (Store *store, int64_t inode, const char *text, int64_t mtime_ns, int64_t grown_from, StoreTaken *taken,
        GError **error)
{
  bool counter = g_str_has_prefix (text, "urgent");
  static const char *const languages[] = { "fr", "en", NULL };
  StoreArrival arrival = { .source = "drop:default",
                           .name = "lettre à lire.pdf",
                           .device = 7,
                           .inode = inode,
                           .size = (int64_t)strlen (text),
                           .mtime_ns = mtime_ns,
                           .ctime_ns = 2000,
                           .profile = counter ? "counter" : "default",
                           .channel = "paper",
                           .urgent = counter,
                           .owner = "",
                           .languages = languages,
                           .zone = "Europe/Madrid",
                           .received = dk_day (2026, 3, 14),
                           .received_source = "today",
                           .grown_from = grown_from };
  if (!put_text (store, text, &arrival.blob, error))
    return false;
  g_autoptr (StoreTransaction) transaction = store_begin (store, "docketd", error);
  return transaction != NULL && store_receipt_take (transaction, &arrival, taken, error)
         && ((taken->known && grown_from == 0) || store_commit (g_steal_pointer (&transaction), error));
}

static inline bool
take (Store *store, int64_t inode, const char *text, StoreTaken *taken, GError **error)
{
  return arrive (store, inode, text, 1000, 0, taken, error);
}

/* The file numbered @inode, taken as @receipt, has the bytes @text now. */
static inline bool
grow (Store *store, int64_t inode, int64_t receipt, const char *text, StoreTaken *taken, GError **error)
{
  return arrive (store, inode, text, 3000, receipt, taken, error);
}

static inline bool
identify (StoreTransaction *transaction, int64_t document, unsigned pages, GError **error)
{
  g_autoptr (RecordFacts) facts = record_facts_new ("image/tiff", pages);
  facts->picture = true;
  return store_document_identified (transaction, document, facts, "read", error);
}

static inline bool
read_page (StoreTransaction *transaction, int64_t document, unsigned no, RecordOrigin origin, const char *next,
           GError **error)
{
  g_autoptr (RecordPage) page = record_page_new (no);
  page->origin = origin;
  page->confidence = 93.123456789012345;
  g_strlcpy (page->language, "fr", sizeof page->language);
  g_free (page->text);
  page->text = g_strdup_printf ("page %u of %d\n", no, (int)document);
  if (origin == RECORD_ORIGIN_MISSING)
    record_page_add_warning (page, RECORD_CODE_TIMEOUT);
  g_autoptr (GBytes) frame = record_page_encode (page);
  StoreBlob blob;
  return store_blob_put (store_of (transaction), frame, &blob, error)
         && store_page_read (transaction, document, page, &blob, NULL, next, error);
}

static inline RecordFinding *
finding (const char *name, const char *value, double confidence)
{
  static const RecordBox box = { 10, 20, 30, 40 };
  RecordFinding *found = record_finding_new (name, value, "raw", confidence);
  g_autoptr (RecordPage) page = record_page_new (1);
  g_free (page->text);
  page->text = g_strdup ("jamais reçu\n");
  page->dpi = 300;
  page->width_px = page->height_px = 100;
  RecordWord word = { .from = 0, .to = 6, .box = box, .confidence = 90 };
  g_array_append_val (page->words, word);
  record_finding_because (found, page, 0, 6, "vocabulary:not-received");
  return found;
}

static inline bool
understand (StoreTransaction *transaction, int64_t document, const char *kind, const char *sender,
            const char *const *review, GError **error)
{
  g_autoptr (StoreDocument) now = store_document_load (store_of (transaction), document, error);
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func ((GDestroyNotify)record_finding_free);
  g_ptr_array_add (findings, finding ("language", "fr", 1.0 / 3));
  g_ptr_array_add (findings, finding ("kind", kind, 0.8431372549019608));
  g_ptr_array_add (findings, finding ("kind", "thanks", 0.1));
  g_ptr_array_add (findings, finding ("subject", "delivery/not-received", 0.7));
  if (sender != NULL)
    g_ptr_array_add (findings, finding ("sender", sender, 0.9));
  return now != NULL
         && store_document_understood (transaction, document, findings, 0, 0, review,
                                       now->case_id != 0 ? "file" : "register", error);
}

static inline bool
open_case (StoreTransaction *transaction, int64_t document, GError **error)
{
  int64_t serial;
  if (!store_case_next_serial (transaction, "D", 2026, &serial, error))
    return false;
  g_autofree char *number = g_strdup_printf ("D-2026-%06d-%02d", (int)serial, (int)(serial * 7 % 97));
  StoreCase the_case = { .number = number,
                         .prefix = (char *)(uintptr_t) "D",
                         .year = 2026,
                         .serial = serial,
                         .entity = (char *)(uintptr_t) "Exemplar SA",
                         .status = (char *)(uintptr_t) "not_started",
                         .owner = (char *)(uintptr_t) "",
                         .entry_date = (char *)(uintptr_t) "2026-03-15",
                         .received = (char *)(uintptr_t) "2026-03-14" };
  if (!store_case_open (transaction, &the_case, document, "file", error))
    return false;
  g_autoptr (json_t) trace = json_pack ("[{s:s, s:b}]", "date", "2026-03-15", "counted", 1);
  StoreDeadline deadline = { .case_id = the_case.id,
                             .kind = (char *)(uintptr_t) "final",
                             .policy = (char *)(uintptr_t) "FR-ACPR/final@1",
                             .calendar = (char *)(uintptr_t) "FR@1",
                             .start = (char *)(uintptr_t) "2026-03-14",
                             .due = (char *)(uintptr_t) "2026-05-14",
                             .state = (char *)(uintptr_t) "provisional",
                             .trace = trace };
  return store_deadline_set (transaction, &deadline, error);
}

/* One step of @document, in a transaction of its own, by the stage it is at; nothing where it is at rest. */
static inline bool
step_in (StoreTransaction *transaction, const StoreDocument *now, unsigned pages, GError **error)
{
  static const char *const review[] = { "kind", NULL };
  Store *store = store_of (transaction);
  int64_t unread = 0;
  g_autofree char *name = g_strdup_printf ("2026-03-12 réclamation %d.pdf", (int)now->id);
  if (strcmp (now->stage, "identify") == 0)
    return identify (transaction, now->id, pages, error);
  if (strcmp (now->stage, "read") == 0)
    return store_pages_unread (store, now->id, &unread, error)
           && read_page (transaction, now->id, now->pages - (unsigned)unread + 1, RECORD_ORIGIN_RECOGNISED,
                         unread == 1 ? "understand" : NULL, error);
  if (strcmp (now->stage, "understand") == 0)
    return understand (transaction, now->id, "complaint", "Anne Martin", review, error);
  if (strcmp (now->stage, "register") == 0)
    return open_case (transaction, now->id, error);
  if (strcmp (now->stage, "file") == 0)
    {
      g_autofree char *path = g_build_filename ("filed", "Réclamations/2026", name, NULL);
      return (now->name != NULL ? store_blob_replace : store_blob_link) (store, now->blob, path, error)
             && store_document_filed (transaction, now->id, "Réclamations/2026", name, "index", error);
    }
  g_assert_cmpstr (now->stage, ==, "index");
  return store_document_indexed (transaction, now->id, STORE_STAGE_REST, error);
}

static inline bool
step (Store *store, int64_t document, unsigned pages, bool *at_rest, GError **error)
{
  g_autoptr (StoreDocument) now = store_document_load (store, document, error);
  *at_rest = now != NULL && strcmp (now->stage, STORE_STAGE_REST) == 0;
  if (now == NULL || *at_rest)
    return now != NULL;
  g_autoptr (StoreTransaction) transaction = store_begin (store, "docketd", error);
  return transaction != NULL && step_in (transaction, now, pages, error)
         && store_commit (g_steal_pointer (&transaction), error);
}

static inline bool
live (Store *store, int64_t document, unsigned pages, GError **error)
{
  for (bool at_rest = false; !at_rest;)
    if (!step (store, document, pages, &at_rest, error))
      return false;
  return true;
}

/* Takes @text in and leads it to rest. */
static inline int64_t
settle (Store *store, int64_t inode, const char *text)
{
  g_autoptr (GError) error = NULL;
  StoreTaken taken = { 0 };
  bool done = take (store, inode, text, &taken, &error) && live (store, taken.document, 2, &error);
  g_assert_no_error (error);
  g_assert_true (done);
  return taken.document;
}

/* Eva says what @name of @document is. */
static inline void
correct (Store *store, int64_t document, const char *name, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StoreTransaction) transaction = store_begin (store, "user:eva", &error);
  bool done = store_decision_correct (transaction, document, name, value, "file", &error)
              && store_commit (g_steal_pointer (&transaction), &error);
  g_assert_no_error (error);
  g_assert_true (done);
}

/* --- looking --- */

static inline void
note_difference (const char *what, const char *id, const char *problem, void *data)
{
  g_string_append_printf (data, "%s %s %s\n", what, id, problem);
}

/* What verify says, a line each; "" when all is well. */
static inline char *
verify (Store *store, bool full)
{
  g_autoptr (GError) error = NULL;
  GString *found = g_string_new (NULL);
  StoreAudit audit;
  store_verify (store, full, note_difference, found, &audit, &error);
  g_assert_no_error (error);
  g_assert_cmpint (audit.entries, >, 0);
  return g_string_free (found, FALSE);
}

static inline void
assert_clean (Store *store)
{
  g_autofree char *found = verify (store, true);
  g_assert_cmpstr (found, ==, "");
}

/* Exactly one line, which begins with @what. */
static inline void
assert_only_finds (Store *store, bool full, const char *what)
{
  g_autofree char *found = verify (store, full);
  if (!g_str_has_prefix (found, what) || strchr (found, '\n') != found + strlen (found) - 1)
    g_error ("expected one line that begins with “%s”, found:\n%s", what, found);
}

static inline int64_t
count (Store *store, const char *sql)
{
  g_autoptr (GError) error = NULL;
  int64_t n = -1;
  sql_get_int (store->db, &n, &error, sql, "");
  g_assert_no_error (error);
  return n;
}

/* Somebody tampers with the catalogue. */
static inline void
tamper (Store *store, const char *sql)
{
  g_autoptr (GError) error = NULL;
  sql_script (store->db, sql, &error);
  g_assert_no_error (error);
}

/* All cache rows and the ledger as text. */
static inline char *
dump (Store *store)
{
  GString *text = g_string_new (NULL);
  const char *tables[32] = { "ledger", "ledger_personal" };
  for (gsize i = 0; schema_caches[i] != NULL; i++)
    tables[i + 2] = schema_caches[i];
  for (const char **table = tables; *table != NULL; table++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *query = g_strdup_printf ("SELECT * FROM %s ORDER BY 1", *table);
      g_autoptr (Sql) sql = sql_query (store->db, &error, query, "");
      bool row;
      while (sql_next (sql, &row, &error) && row)
        {
          g_string_append (text, *table);
          for (int i = 0; i < sqlite3_column_count (sql); i++)
            g_string_append_printf (text, "|%s", sql_text (sql, i) != NULL ? sql_text (sql, i) : "∅");
          g_string_append_c (text, '\n');
        }
      g_assert_no_error (error);
    }
  return g_string_free (text, FALSE);
}

/* The path of the newest ledger file with @ending. */
static inline char *
ledger_path (const Fixture *at, const char *ending)
{
  g_autoptr (GError) error = NULL;
  char month[8];
  ledger_newest_month (store_dir (at->store), month, &error);
  g_assert_no_error (error);
  g_autofree char *name = g_strconcat (month, ending, NULL);
  return g_build_filename (at->path, "ledger", name, NULL);
}

static inline void
append_to_file (const char *path, const char *text)
{
  g_autoptr (GError) error = NULL;
  autofd fd = open (path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  dk_write_all (fd, text, strlen (text), &error);
  g_assert_no_error (error);
}

/* Replaces the first @from in the file by @to, of any length. */
static inline void
edit_file (const char *path, const char *from, const char *to)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  char *place = strstr (text, from);
  g_assert_nonnull (place);
  g_autofree char *before = g_strndup (text, (gsize)(place - text));
  g_autofree char *after = g_strconcat (before, to, place + strlen (from), NULL);
  g_assert_cmpint (chmod (path, 0600), ==, 0);
  g_file_set_contents_full (path, after, -1, G_FILE_SET_CONTENTS_NONE, 0600, &error);
  g_assert_no_error (error);
}

#define STORE_TEST(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

/* The catalogue made anew from the ledger says what it said. */
static inline void
assert_rebuilds_alike (Fixture *at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *before = dump (at->store);
  g_clear_pointer (&at->store, store_free);
  store_rebuild (at->path, problems, &error);
  g_assert_no_error (error);
  reopen (at);
  g_autofree char *after = dump (at->store);
  g_assert_cmpstr (after, ==, before);
}
