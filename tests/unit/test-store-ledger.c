#include "tests/unit/store-fixture.h"

/* One entry of its own transaction, which names nothing. */
static bool
append (Store *store, int number, GError **error)
{
  g_autoptr (StoreTransaction) transaction = store_begin (store, "docketd", error);
  return transaction != NULL
         && ledger_append (transaction, ACTIVITY_STORE_CREATED, json_pack ("{s:i}", "number", number),
                           json_pack ("{s:s}", "name", "Anne Martin"), NULL, error)
         && store_commit (g_steal_pointer (&transaction), error);
}

static void
append_well (Store *store, int number)
{
  g_autoptr (GError) error = NULL;
  append (store, number, &error);
  g_assert_no_error (error);
}

static bool
add_seq (const LedgerEntry *entry, void *data, GError **error)
{
  (void)error;
  g_string_append_printf (data, "%d:%s ", (int)entry->seq, activity_name (entry->activity));
  return entry->seq < 3;
}

static void
test_entries_are_dense_and_read_in_order_until_told_to_stop (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) seen = g_string_new (NULL);
  int64_t seq;
  char hash[65];
  (void)data;
  for (int i = 0; i < 5; i++)
    append_well (at->store, i);
  ledger_head (at->store, &seq, hash, &error);
  g_assert_cmpint (seq, ==, 6);
  g_assert_cmpuint (strlen (hash), ==, 64);
  g_assert_true (ledger_each (at->store, 1, 0, 0, add_seq, seen, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (seen->str, ==, "2:store.created 3:store.created ");
  assert_clean (at->store);
}

static void
test_the_hash_is_what_the_header_says (Fixture *at, gconstpointer data)
{
  LedgerLine line = { .seq = 1,
                      .time_us = 2,
                      .version = 3,
                      .actor = (char *)(uintptr_t) "a",
                      .activity = (char *)(uintptr_t) "b",
                      .payload = (char *)(uintptr_t) "{}",
                      .personal_digest = (char *)(uintptr_t) "" };
  static const char fields[] = "\0\0\0\0\1\0\0\0"
                               "1\1\0\0\0"
                               "2\1\0\0\0a\1\0\0\0b\1\0\0\0"
                               "3\2\0\0\0{}\0\0\0\0";
  (void)at;
  (void)data;
  g_autofree char *expected
      = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)fields, sizeof fields - 1);
  g_autofree char *hash = ledger_hash ("", &line);
  g_assert_cmpstr (hash, ==, expected);
}

/* What may stand in a ledger, by the version of the store under which it first may. A version that went out stays as it
 * is here: what is new is of a new one, so that an older program refuses a store that may hold it. */
static const struct
{
  int schema;
  const char *activity;
  int version;
} known[] = {
  { 1, "store.created", 1 },
  { 1, "config.changed", 1 },
  { 1, "receipt.taken", 1 },
  { 1, "receipt.grown", 1 },
  { 1, "document.identified", 1 },
  { 1, "page.read", 1 },
  { 1, "document.bound", 1 },
  { 1, "document.understood", 1 },
  { 1, "case.opened", 1 },
  { 1, "deadline.set", 1 },
  { 1, "document.filed", 1 },
  { 1, "document.indexed", 1 },
  { 1, "document.quarantined", 1 },
  { 1, "document.released", 1 },
  { 1, "decision.corrected", 1 },
  { 1, "review.accepted", 1 },
  { 1, "index.lost", 1 },
  { 1, "document.bound_lost", 1 },
  { 1, "model.trained", 1 },
  { 1, "model.kept_out", 1 },
  { 1, "model.undone", 1 },
  { 1, "blind.checked", 1 },
  { 1, "document.sent_back", 1 },
  { 1, "document.urgent", 1 },
  { 1, "case.acted", 1 },
  { 1, "alert.set", 1 },
  { 1, "alert.moved", 1 },
  { 1, "link.added", 1 },
  { 1, "link.removed", 1 },
  { 1, "case.joined", 1 },
  { 1, "case.proposed", 1 },
  { 1, "case.split", 1 },
  { 1, "contact.made", 1 },
  { 1, "contact.point_added", 1 },
  { 1, "contact.point_removed", 1 },
  { 1, "contact.set", 1 },
  { 1, "contact.merged", 1 },
  { 1, "contact.unmerged", 1 },
  { 1, "contact.proposed", 1 },
  { 1, "contact.told_apart", 1 },
  { 1, "case.contact_set", 1 },
  { 1, "case.allocated", 1 },
  { 2, "decision.copied", 1 },
};

static void
test_what_is_new_in_the_ledger_is_of_a_new_version_of_the_store (Fixture *at, gconstpointer data)
{
  (void)at;
  (void)data;
  int newest[N_ACTIVITIES] = { 0 };
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    {
      Activity activity = activity_parse (known[i].activity);
      g_assert_cmpint (activity, !=, N_ACTIVITIES);
      g_assert_cmpint (known[i].schema, <=, SCHEMA_VERSION);
      newest[activity] = MAX (newest[activity], known[i].version);
    }
  for (int i = 0; i < N_ACTIVITIES; i++)
    if (activity_version ((Activity)i) != newest[i])
      g_error ("%s in version %d is new: give it a SCHEMA_VERSION of its own, and a line here",
               activity_name ((Activity)i), activity_version ((Activity)i));
}

/* Writes an entry as tomorrow's docket may, whole and with a right hash. */
static void
append_of_tomorrow (Fixture *at)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *log = ledger_path (at, ".log");
  int64_t head, time_us = 0;
  char prev[65];
  g_assert_true (ledger_head (at->store, &head, prev, &error));
  g_assert_true (sql_get_int (at->store->db, &time_us, &error, "SELECT max (time_us) FROM ledger", ""));
  LedgerLine line = { .seq = head + 1,
                      .time_us = time_us,
                      .version = 1,
                      .actor = (char *)(uintptr_t) "docketd",
                      .activity = (char *)(uintptr_t) "letter.sung",
                      .payload = (char *)(uintptr_t) "{}",
                      .personal_digest = (char *)(uintptr_t) "" };
  g_autofree char *hash = ledger_hash (prev, &line);
  g_autofree char *text
      = g_strdup_printf ("{\"activity\":\"letter.sung\",\"actor\":\"docketd\",\"hash\":\"%s\",\"payload\":\"{}\","
                         "\"personal_digest\":\"\",\"seq\":%d,\"time_us\":%" G_GINT64_FORMAT ",\"version\":1}\n"
                         "{\"through\":%d}\n",
                         hash, (int)line.seq, time_us, (int)line.seq);
  append_to_file (log, text);
  sql_run (at->store->db, &error,
           "INSERT INTO ledger (seq, time_us, actor, activity, version, payload, personal_digest, hash)"
           " VALUES (?, ?, 'docketd', 'letter.sung', 1, '{}', '', ?)",
           "iis", line.seq, time_us, hash);
  g_assert_no_error (error);
  sql_run (at->store->db, &error, "UPDATE ledger_file SET log_bytes = log_bytes + ?", "i", (int64_t)strlen (text));
  g_assert_no_error (error);
}

static const char of_tomorrow[]
    = "entry 3 of the ledger, letter.sung in version 1, is of a newer docket, and this program "
      "cannot read it: use the newer docket; nothing was changed";

static void
test_an_entry_of_a_newer_docket_is_refused_by_its_name (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) seen = g_string_new (NULL);
  (void)data;
  append_well (at->store, 1);
  append_of_tomorrow (at);
  g_assert_false (ledger_each (at->store, 0, 0, 0, add_seq, seen, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_FAILED);
  g_assert_cmpstr (error->message, ==, of_tomorrow);
  g_autofree char *told = g_strconcat ("ledger 3 ", of_tomorrow, NULL);
  append_well (at->store, 2); /* on which nothing is built that is not told once */
  assert_only_finds (at->store, false, told);
}

static void
test_nothing_is_made_anew_of_a_ledger_of_a_newer_docket (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
  (void)data;
  append_well (at->store, 1);
  append_of_tomorrow (at);
  g_autofree char *before = dump (at->store);
  g_assert_false (store_rebuild (at->path, problems, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_FAILED);
  g_assert_cmpstr (error->message, ==, of_tomorrow);
  reopen (at);
  g_autofree char *after = dump (at->store);
  g_assert_cmpstr (after, ==, before);
}

static void
test_a_changed_entry_is_found (Fixture *at, gconstpointer data)
{
  (void)data;
  append_well (at->store, 1);
  append_well (at->store, 2);
  tamper (at->store, "UPDATE ledger SET payload = '{\"number\":9}' WHERE seq = 2");
  g_autofree char *found = verify (at->store, false);
  g_assert_cmpstr (found, ==,
                   "ledger 2 its hash does not fit: it or an entry before it was changed\n"
                   "ledger 2 differs in the ledger's files\n");
}

static void
test_a_changed_personal_part_is_found (Fixture *at, gconstpointer data)
{
  (void)data;
  append_well (at->store, 1);
  tamper (at->store, "UPDATE ledger_personal SET payload = '{\"name\":\"Eve\"}'");
  g_autofree char *found = verify (at->store, false);
  g_assert_cmpstr (found, ==, "ledger 2 its personal part was changed\nledger 2 differs in the ledger's files\n");
}

static void
test_a_changed_log_file_is_found (Fixture *at, gconstpointer data)
{
  (void)data;
  append_well (at->store, 1);
  append_well (at->store, 2);
  g_autofree char *log = ledger_path (at, ".log");
  edit_file (log, "\\\"number\\\":1", "\\\"number\\\":7");
  assert_only_finds (at->store, false, "ledger 2 differs in the ledger's files");
  edit_file (log, "\"seq\":2", "#seq#:2");
  g_autofree char *found = verify (at->store, false);
  g_assert_nonnull (strstr (found, "damaged line before byte"));
  g_assert_nonnull (strstr (found, "ledger 2 is not in the ledger's files"));
}

static void
test_a_cut_log_file_is_found_and_not_written_to (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  append_well (at->store, 1);
  g_autofree char *log = ledger_path (at, ".log");
  g_assert_cmpint (truncate (log, 10), ==, 0);
  g_autofree char *found = verify (at->store, false);
  g_assert_nonnull (strstr (found, "is shorter than what was committed to it"));
  g_assert_nonnull (strstr (found, "ledger 1 is not in the ledger's files"));
  g_assert_false (append (at->store, 2, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_FAILED);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM ledger"), ==, 2);
}

static void
test_the_end_of_the_catalogues_ledger_cannot_be_cut_unseen (Fixture *at, gconstpointer data)
{
  (void)data;
  append_well (at->store, 1);
  append_well (at->store, 2);
  tamper (at->store, "DELETE FROM ledger_personal WHERE seq = 3; DELETE FROM ledger WHERE seq = 3");
  assert_only_finds (at->store, false, "ledger 3 is in the ledger's files, but not in docket.db");
}

/* Appends what a crash may have left of the entry @seq, with all of @n pieces of it. */
static void
leave_behind (const Fixture *at, int seq, unsigned n)
{
  g_autofree char *entry = g_strdup_printf (
      "{\"seq\":%d,\"time_us\":1,\"actor\":\"x\",\"activity\":\"store.created\",\"version\":1,\"payload\":\"{}\","
      "\"personal_digest\":\"\",\"hash\":\"0\"}",
      seq);
  g_autofree char *through = g_strdup_printf ("{\"through\":%d}", seq);
  g_autofree char *cut = g_strndup (entry, strlen (entry) / 2);
  g_autofree char *mark = g_strdup_printf ("\n{\"void_from\":%d}\n", seq);
  char *leftovers[] = {
    g_strdup (cut),                                              /* cut in a line */
    g_strdup (entry),                                            /* cut before its end */
    g_strconcat (entry, "\n", NULL),                             /* not closed */
    g_strconcat (entry, "\n", through, NULL),                    /* closed */
    g_strconcat (entry, "\n", through, "\n", NULL),              /* all of it, but not committed */
    g_strconcat (cut, "\n{\"void_fr", NULL),                     /* taken back, and cut again */
    g_strconcat (entry, "\n", through, mark, entry, "\n", NULL), /* taken back, and left again */
  };
  g_assert_cmpuint (n, <, G_N_ELEMENTS (leftovers));
  g_autofree char *log = ledger_path (at, ".log"), *personal = ledger_path (at, ".personal");
  append_to_file (log, leftovers[n]);
  append_to_file (personal, "{\"seq\":99,\"salt\":\"00\",\"payload\":\"{}\"}\n{\"se");
  for (gsize i = 0; i < G_N_ELEMENTS (leftovers); i++)
    g_free (leftovers[i]);
}

static void
test_what_a_crash_left_behind_is_taken_back (Fixture *at, gconstpointer data)
{
  (void)data;
  append_well (at->store, 1);
  for (unsigned i = 0; i < 7; i++)
    {
      int seq = (int)count (at->store, "SELECT max(seq) + 1 FROM ledger");
      g_autofree char *mark = g_strdup_printf ("{\"void_from\":%d}\n", seq), *text = NULL;
      leave_behind (at, seq, i);
      assert_clean (at->store);
      append_well (at->store, 2);
      append_well (at->store, 3);
      assert_clean (at->store);
      g_autofree char *log = ledger_path (at, ".log");
      g_file_get_contents (log, &text, NULL, NULL);
      g_assert_nonnull (strstr (text, mark));
    }
}

static int
count_lines (LedgerReader *reader)
{
  for (int n = 0;; n++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LedgerLine) line = NULL;
      g_assert_true (ledger_reader_next (reader, &line, &error));
      if (line == NULL)
        return n;
    }
}

/* The files beside the database may be all there is: then the uncommitted tail must not come back to life in part. */
static void
test_what_a_crash_left_behind_is_not_read_back (Fixture *at, gconstpointer data)
{
  (void)data;
  append_well (at->store, 1);
  for (unsigned i = 0; i < 7; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) problems = g_ptr_array_new_with_free_func (g_free);
      int64_t head = count (at->store, "SELECT max(seq) FROM ledger");
      leave_behind (at, (int)head + 1, i);
      g_autoptr (LedgerReader) reader = ledger_reader_new (store_dir (at->store), NULL, problems, &error);
      int lines = count_lines (reader);
      g_assert_no_error (error);
      g_assert_cmpuint (problems->len, ==, 0);
      g_assert_cmpint (lines, ==, head + (i == 3 || i == 4)); /* durable to its end: as good as committed */
      append_well (at->store, 2);
    }
}

static void
test_an_older_copy_of_the_catalogue_does_not_take_back_the_ledger (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  tamper (at->store, "CREATE TEMP TABLE kept AS SELECT * FROM ledger_file");
  append_well (at->store, 1);
  append_well (at->store, 2);
  tamper (at->store, "DELETE FROM ledger_personal WHERE seq > 1; DELETE FROM ledger WHERE seq > 1;"
                     "DELETE FROM ledger_file; INSERT INTO ledger_file SELECT * FROM kept");
  g_autofree char *log = ledger_path (at, ".log"), *before = NULL, *after = NULL;
  g_file_get_contents (log, &before, NULL, NULL);
  g_assert_false (append (at->store, 3, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_FAILED);
  g_file_get_contents (log, &after, NULL, NULL);
  g_assert_cmpstr (before, ==, after);
}

static void
test_a_part_that_failed_keeps_the_transaction_from_being_committed (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  g_autoptr (StoreTransaction) transaction = store_begin (at->store, "docketd", &error);
  g_assert_false (store_document_indexed (transaction, 77, "rest", &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (ledger_append (transaction, ACTIVITY_STORE_CREATED, NULL, NULL, NULL, &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (store_commit (g_steal_pointer (&transaction), &error));
  g_assert_error (error, DK_ERROR, DK_ERROR_FAILED);
  assert_clean (at->store);
  append_well (at->store, 1);
  assert_clean (at->store);
}

static void
test_an_erased_personal_part_leaves_the_chain_valid (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  append_well (at->store, 1);
  append_well (at->store, 2);
  tamper (at->store, "DELETE FROM ledger_personal WHERE seq = 2");
  assert_only_finds (at->store, false, "ledger 2 differs in the ledger's files");
  g_autofree char *personal = ledger_path (at, ".personal"), *text = NULL;
  gsize length;
  g_file_get_contents (personal, &text, &length, &error);
  memset (text, ' ', strcspn (text, "\n"));
  autofd fd = open (personal, O_WRONLY | O_CLOEXEC);
  g_assert_true (dk_write_all (fd, text, length, &error));
  assert_clean (at->store);
  append_well (at->store, 3);
  assert_clean (at->store);
}

/* --- months: the clock is set by the environment when a program starts, so this program starts itself --- */

/* "create STORE" or "append STORE [FILE]": the latter leaves a damaged line in ledger/FILE afterwards. */
static int
act (char **argv)
{
  g_autoptr (GError) error = NULL;
  if (strcmp (argv[1], "create") == 0)
    return store_create (argv[2], STORE_DURABLE, &error) ? 0 : 1;
  g_autoptr (Store) store = store_open (argv[2], STORE_DURABLE, &error);
  if (store == NULL || !append (store, 1, &error))
    return 1;
  if (argv[3] != NULL)
    {
      g_autofree char *path = g_build_filename (argv[2], "ledger", argv[3], NULL);
      append_to_file (path, "{\"cut");
    }
  return 0;
}

static void
act_at (const Fixture *at, const char *now, const char *what, const char *file)
{
  const char *argv[] = { "/proc/self/exe", what, at->path, file, NULL };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "DOCKET_NOW", now, TRUE);
  int status;
  g_spawn_sync (NULL, (char **)(uintptr_t)argv, environment, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
}

static void
append_at (const Fixture *at, const char *now, const char *file)
{
  act_at (at, now, "append", file);
}

static void
set_up_in_november (Fixture *at, gconstpointer data)
{
  (void)data;
  at->path = fixture_folder ();
  act_at (at, "2031-11-30T23:00:00Z", "create", NULL);
}

static void
test_a_new_month_begins_new_files_and_closes_the_old (Fixture *at, gconstpointer data)
{
  (void)data;
  append_at (at, "2031-11-30T23:30:00Z", NULL);
  append_at (at, "2031-11-30T23:40:00Z", "2031-11.log");
  append_at (at, "2031-12-01T00:00:01Z", NULL);
  append_at (at, "2032-01-01T00:00:01Z", NULL);
  reopen (at);
  g_autofree char *december = g_build_filename (at->path, "ledger", "2031-12.log", NULL);
  g_assert_true (g_file_test (december, G_FILE_TEST_IS_REGULAR));
  assert_clean (at->store);
}

static void
test_a_clock_set_back_does_not_turn_the_order (Fixture *at, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  (void)data;
  append_at (at, "2031-12-24T12:00:00Z", NULL);
  append_at (at, "2031-11-30T23:45:00Z", NULL);
  reopen (at);
  g_assert_cmpint (count (at->store, "SELECT count(*) FROM ledger a JOIN ledger b ON b.seq = a.seq + 1"
                                     " AND b.time_us < a.time_us"),
                   ==, 0);
  assert_clean (at->store);
}

static void
test_a_file_from_a_clock_that_was_ahead_does_not_come_after_newer_entries (Fixture *at, gconstpointer data)
{
  (void)data;
  append_at (at, "2031-11-30T23:45:00Z", "2032-02.log"); /* a crash in February that never was */
  append_at (at, "2031-11-30T23:50:00Z", NULL);
  append_at (at, "2031-12-01T08:00:00Z", NULL);
  reopen (at);
  assert_clean (at->store);
}

int
main (int argc, char **argv)
{
  if (argc > 2 && (strcmp (argv[1], "create") == 0 || strcmp (argv[1], "append") == 0))
    return act (argv);
  g_test_init (&argc, &argv, NULL);
  STORE_TEST ("/store/ledger/dense", test_entries_are_dense_and_read_in_order_until_told_to_stop);
  STORE_TEST ("/store/ledger/hash", test_the_hash_is_what_the_header_says);
  STORE_TEST ("/store/ledger/known", test_what_is_new_in_the_ledger_is_of_a_new_version_of_the_store);
  STORE_TEST ("/store/ledger/newer", test_an_entry_of_a_newer_docket_is_refused_by_its_name);
  STORE_TEST ("/store/ledger/newer-rebuild", test_nothing_is_made_anew_of_a_ledger_of_a_newer_docket);
  STORE_TEST ("/store/ledger/changed", test_a_changed_entry_is_found);
  STORE_TEST ("/store/ledger/personal", test_a_changed_personal_part_is_found);
  STORE_TEST ("/store/ledger/file", test_a_changed_log_file_is_found);
  STORE_TEST ("/store/ledger/cut", test_a_cut_log_file_is_found_and_not_written_to);
  STORE_TEST ("/store/ledger/end", test_the_end_of_the_catalogues_ledger_cannot_be_cut_unseen);
  STORE_TEST ("/store/ledger/surplus", test_what_a_crash_left_behind_is_taken_back);
  STORE_TEST ("/store/ledger/tail", test_what_a_crash_left_behind_is_not_read_back);
  STORE_TEST ("/store/ledger/older", test_an_older_copy_of_the_catalogue_does_not_take_back_the_ledger);
  STORE_TEST ("/store/ledger/broken", test_a_part_that_failed_keeps_the_transaction_from_being_committed);
  STORE_TEST ("/store/ledger/erased", test_an_erased_personal_part_leaves_the_chain_valid);
#define MONTH_TEST(path, function) g_test_add (path, Fixture, NULL, set_up_in_november, function, tear_down)
  MONTH_TEST ("/store/ledger/month", test_a_new_month_begins_new_files_and_closes_the_old);
  MONTH_TEST ("/store/ledger/back", test_a_clock_set_back_does_not_turn_the_order);
  MONTH_TEST ("/store/ledger/ahead", test_a_file_from_a_clock_that_was_ahead_does_not_come_after_newer_entries);
  return g_test_run ();
}
