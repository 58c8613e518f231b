#include "base/digest.h"
#include "base/file.h"
#include "store/audit.h"
#include "store/blob.h"
#include "store/internal.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

typedef struct
{
  Store *store;
  bool full;
  StoreAuditFunc found;
  void *data;
  StoreAudit *audit;
  bool newer; /* an entry is of a newer program, which makes other caches of it than this one */
} Verifier;

static void
report (Verifier *verifier, const char *what, const char *id, const char *problem)
{
  verifier->audit->differences++;
  verifier->found (what, id, problem, verifier->data);
}

static void
report_number (Verifier *verifier, const char *what, int64_t id, const char *problem)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  report (verifier, what, text, problem);
}

/* --- blobs --- */

/* What is wrong with the bytes of @fd, of which @sha256 is told; NULL when nothing is. */
static const char *
content_problem (int fd, const char *sha256)
{
  g_autoptr (DkDigest) digest = dk_digest_new ();
  g_autofree char *chunk = g_malloc (1 << 18);
  ssize_t n;
  while ((n = read (fd, chunk, 1 << 18)) > 0)
    dk_digest_add (digest, chunk, (size_t)n);
  if (n < 0)
    return "cannot be read";
  g_autofree char *found = dk_digest_end_hex (digest);
  return strcmp (found, sha256) == 0 ? NULL : "has other content than its name says";
}

static const char *
blob_problem (Verifier *verifier, const char *sha256, int64_t size)
{
  g_autofree char *path = store_blob_path (sha256);
  autofd fd = openat (verifier->store->dir, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  struct stat st;
  if (fd < 0)
    return errno == ENOENT ? "missing" : "cannot be opened";
  if (fstat (fd, &st) < 0 || !S_ISREG (st.st_mode))
    return "is no file";
  if (st.st_size != size)
    return "has another size";
  return verifier->full ? content_problem (fd, sha256) : NULL;
}

static bool
verify_blobs (Verifier *verifier, GError **error)
{
  g_autoptr (Sql) sql = sql_query (verifier->store->db, error, "SELECT sha256, size FROM blob ORDER BY id", "");
  bool row;
  while (sql != NULL && sql_next (sql, &row, error))
    {
      if (!row)
        return true;
      verifier->audit->blobs++;
      const char *problem = blob_problem (verifier, sql_text (sql, 0), sql_int (sql, 1));
      if (problem != NULL)
        report (verifier, "blob", sql_text (sql, 0), problem);
    }
  return false;
}

/* --- the ledger: its chain, its files, and the caches it makes --- */

static void
verify_chain (Verifier *verifier, const LedgerLine *line, int64_t expected, const char *prev)
{
  if (line->seq != expected)
    report_number (verifier, "ledger", line->seq, "is not the number after the entry before it");
  if (line->personal != NULL)
    {
      g_autofree char *digest = ledger_personal_digest (line->salt, line->personal);
      if (strcmp (digest, line->personal_digest) != 0)
        report_number (verifier, "ledger", line->seq, "its personal part was changed");
    }
  g_autofree char *hash = ledger_hash (prev, line);
  if (strcmp (hash, line->hash) != 0)
    report_number (verifier, "ledger", line->seq, "its hash does not fit: it or an entry before it was changed");
}

/* The row of the ledger as a line of its files. */
static LedgerLine *
line_of_row (Sql *sql)
{
  LedgerLine *line = g_new0 (LedgerLine, 1);
  line->seq = sql_int (sql, 0);
  line->time_us = sql_int (sql, 1);
  line->version = (int)sql_int (sql, 2);
  char **texts[] = { &line->actor, &line->activity, &line->payload, &line->personal_digest,
                     &line->hash,  &line->salt,     &line->personal };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup (sql_text (sql, (int)i + 3));
  return line;
}

static bool
is_same_line (const LedgerLine *a, const LedgerLine *b)
{
  return a->time_us == b->time_us && a->version == b->version && strcmp (a->actor, b->actor) == 0
         && strcmp (a->activity, b->activity) == 0 && strcmp (a->payload, b->payload) == 0
         && strcmp (a->personal_digest, b->personal_digest) == 0 && strcmp (a->hash, b->hash) == 0
         && g_strcmp0 (a->salt, b->salt) == 0 && g_strcmp0 (a->personal, b->personal) == 0;
}

/* The files beside the database, read along with its rows. */
typedef struct
{
  LedgerReader *reader; /* NULL once they cannot be read any more */
  LedgerLine *line;     /* the next one, NULL at the end */
  GPtrArray *problems;  /* of char * */
} Files;

static void
files_clear (Files *files)
{
  g_clear_pointer (&files->reader, ledger_reader_free);
  g_clear_pointer (&files->line, ledger_line_free);
  g_clear_pointer (&files->problems, g_ptr_array_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Files, files_clear)

static void
files_give_up (Verifier *verifier, Files *files, const GError *unread)
{
  report (verifier, "ledger", "files", unread->message);
  g_clear_pointer (&files->reader, ledger_reader_free);
}

static void
files_step (Verifier *verifier, Files *files)
{
  g_autoptr (GError) unread = NULL;
  g_clear_pointer (&files->line, ledger_line_free);
  if (!ledger_reader_next (files->reader, &files->line, &unread))
    files_give_up (verifier, files, unread);
}

/* Looks at the files as far as the snapshot knows them to be committed: what stands behind may be half written. */
static bool
files_open (Verifier *verifier, Files *files, GError **error)
{
  g_autoptr (GError) unread = NULL;
  LedgerProgress committed;
  files->problems = g_ptr_array_new_with_free_func (g_free);
  if (!ledger_progress_load (verifier->store, &committed, error))
    return false;
  files->reader = ledger_reader_new (verifier->store->dir, &committed, files->problems, &unread);
  if (files->reader == NULL)
    files_give_up (verifier, files, unread);
  else
    files_step (verifier, files);
  return true;
}

/* Compares the files up to @row, or all that is left of them for NULL. */
static void
files_compare (Verifier *verifier, Files *files, const LedgerLine *row)
{
  while (files->reader != NULL && files->line != NULL && (row == NULL || files->line->seq < row->seq))
    {
      report_number (verifier, "ledger", files->line->seq, "is in the ledger's files, but not in docket.db");
      files_step (verifier, files);
    }
  if (files->reader == NULL || row == NULL)
    return;
  if (files->line == NULL || files->line->seq != row->seq)
    {
      report_number (verifier, "ledger", row->seq, "is not in the ledger's files");
      return;
    }
  if (!is_same_line (files->line, row))
    report_number (verifier, "ledger", row->seq, "differs in the ledger's files");
  files_step (verifier, files);
}

static void
apply (Verifier *verifier, sqlite3 *caches, const LedgerLine *line)
{
  g_autoptr (GError) broken = NULL;
  if (verifier->newer)
    return;
  g_autoptr (LedgerEntry) entry = ledger_entry_new (line, &broken);
  verifier->newer = entry == NULL && g_error_matches (broken, DK_ERROR, DK_ERROR_FAILED);
  if (entry == NULL || !apply_entry (caches, entry, &broken))
    report_number (verifier, "ledger", line->seq, broken->message);
}

/* Replays the entries of the snapshot into @caches while it checks their chain and compares them with the files. */
static bool
replay (Verifier *verifier, sqlite3 *caches, GError **error)
{
  g_auto (Files) files = { NULL };
  g_autoptr (Sql) sql
      = sql_query (verifier->store->db, error,
                   "SELECT l.seq, time_us, version, actor, activity, l.payload, personal_digest, hash, salt, p.payload"
                   " FROM ledger l LEFT JOIN ledger_personal p ON p.seq = l.seq ORDER BY l.seq",
                   "");
  g_autofree char *prev = g_strdup ("");
  bool row = sql != NULL && files_open (verifier, &files, error), fine = row;
  for (int64_t expected = 1; fine && (fine = sql_next (sql, &row, error)) && row;)
    {
      g_autoptr (LedgerLine) line = line_of_row (sql);
      verifier->audit->entries++;
      verify_chain (verifier, line, expected, prev);
      files_compare (verifier, &files, line);
      apply (verifier, caches, line);
      expected = line->seq + 1;
      g_free (prev);
      prev = g_steal_pointer (&line->hash);
    }
  if (fine)
    files_compare (verifier, &files, NULL);
  for (guint i = 0; fine && i < files.problems->len; i++)
    report (verifier, "ledger", "files", files.problems->pdata[i]);
  return fine;
}

static char *
row_text (Sql *sql)
{
  GString *text = g_string_new (NULL);
  for (int i = 0; i < sqlite3_column_count (sql); i++)
    g_string_append_printf (text, "%s|", sql_text (sql, i) != NULL ? sql_text (sql, i) : "∅");
  return g_string_free (text, FALSE);
}

static bool
compare_table (Verifier *verifier, sqlite3 *caches, const char *table, GError **error)
{
  g_autofree char *text = g_strdup_printf ("SELECT * FROM %s ORDER BY id", table);
  g_autoptr (Sql) kept = sql_query (verifier->store->db, error, text, "");
  g_autoptr (Sql) made = sql_query (caches, error, text, "");
  bool kept_row = false, made_row = false;
  if (kept == NULL || made == NULL || !sql_next (kept, &kept_row, error) || !sql_next (made, &made_row, error))
    return false;
  while (kept_row || made_row)
    {
      int64_t kept_id = kept_row ? sql_int (kept, 0) : INT64_MAX, made_id = made_row ? sql_int (made, 0) : INT64_MAX;
      g_autofree char *id = g_strdup_printf ("%s/%" G_GINT64_FORMAT, table, MIN (kept_id, made_id));
      g_autofree char *kept_text = kept_id <= made_id ? row_text (kept) : NULL;
      g_autofree char *made_text = made_id <= kept_id ? row_text (made) : NULL;
      verifier->audit->rows++;
      if (made_text == NULL)
        report (verifier, "row", id, "no ledger entry made it");
      else if (kept_text == NULL)
        report (verifier, "row", id, "is missing");
      else if (strcmp (kept_text, made_text) != 0)
        report (verifier, "cache", id, "is not what the ledger says");
      if ((kept_id <= made_id && !sql_next (kept, &kept_row, error))
          || (made_id <= kept_id && !sql_next (made, &made_row, error)))
        return false;
    }
  return true;
}

/* The caches are made in a database without a name, which goes to the disk once it is too large for its cache. */
static bool
verify_ledger (Verifier *verifier, GError **error)
{
  sqlite3 *caches = NULL;
  if (sqlite3_open_v2 ("", &caches, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) != SQLITE_OK)
    return sql_throw (caches, error, "open a catalogue of its own");
  bool done
      = sql_script (caches, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; BEGIN",
                    error)
        && schema_migrate (caches, error) && replay (verifier, caches, error);
  for (const char *const *table = schema_caches; done && !verifier->newer && *table != NULL; table++)
    done = compare_table (verifier, caches, *table, error);
  sql_close (caches);
  return done;
}

/* --- names in filed/ --- */

/* A name that is no hard link of the object must be its copy. */
static bool
is_copy (Verifier *verifier, const char *path, const char *sha256, const struct stat *link, const struct stat *blob)
{
  if (!S_ISREG (link->st_mode) || link->st_size != blob->st_size)
    return false;
  if (!verifier->full && blob->st_nlink == 1) /* no links here: copies are usual */
    return true;
  autofd fd = openat (verifier->store->dir, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  return fd >= 0 && content_problem (fd, sha256) == NULL;
}

static bool
is_named (Verifier *verifier, const char *path, const struct stat *link, const char *sha256)
{
  g_autofree char *object = store_blob_path (sha256);
  struct stat blob;
  return fstatat (verifier->store->dir, object, &blob, AT_SYMLINK_NOFOLLOW) < 0 /* told among the blobs */
         || (link->st_ino == blob.st_ino && link->st_dev == blob.st_dev)
         || is_copy (verifier, path, sha256, link, &blob);
}

/* A name whose bytes are just being replaced by grown ones may be of either. */
static void
verify_link (Verifier *verifier, const char *folder, const char *name, const char *placed, const char *now)
{
  g_autofree char *path = g_build_filename ("filed", folder, name, NULL);
  struct stat link;
  verifier->audit->links++;
  if (fstatat (verifier->store->dir, path, &link, AT_SYMLINK_NOFOLLOW) < 0)
    report (verifier, "link", path, "is missing: `docket reindex` makes it anew");
  else if (!is_named (verifier, path, &link, placed)
           && (strcmp (placed, now) == 0 || !is_named (verifier, path, &link, now)))
    report (verifier, "link", path, "is another file than the document's");
}

static bool
verify_links (Verifier *verifier, GError **error)
{
  g_autoptr (Sql) sql = sql_query (
      verifier->store->db, error,
      "SELECT folder, name, placed, ifnull (bound, blob) FROM document WHERE name IS NOT NULL ORDER BY id", "");
  bool row;
  while (sql != NULL && sql_next (sql, &row, error))
    {
      if (!row)
        return true;
      verify_link (verifier, sql_text (sql, 0), sql_text (sql, 1), sql_text (sql, 2), sql_text (sql, 3));
    }
  return false;
}

bool
store_verify (Store *store, bool full, StoreAuditFunc found, void *data, StoreAudit *audit, GError **error)
{
  *audit = (StoreAudit){ 0 };
  Verifier verifier = { store, full, found, data, audit, false };
  if (!store_snapshot_begin (store, error))
    return false;
  bool done = verify_blobs (&verifier, error) && verify_ledger (&verifier, error) && verify_links (&verifier, error);
  store_snapshot_end (store);
  return done;
}
