#include "base/fault.h"
#include "base/file.h"
#include "store/audit.h"
#include "store/internal.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define NEW_NAME "tmp/docket.db.new"
#define WAIT_MS 30000 /* for a writer of the old catalogue */

/* Fails with NOT_FOUND where there is no entry. */
static bool
replay_lines (sqlite3 *db, LedgerReader *lines, GPtrArray *problems, GError **error)
{
  g_autofree char *prev = g_strdup ("");
  for (bool any = false;; any = true)
    {
      g_autoptr (LedgerLine) line = NULL;
      if (!ledger_reader_next (lines, &line, error))
        return false;
      if (line == NULL)
        return any || dk_throw (error, DK_ERROR_NOT_FOUND, "the folder ledger holds no entries");
      g_autofree char *hash = ledger_hash (prev, line);
      if (strcmp (hash, line->hash) != 0)
        g_ptr_array_add (problems,
                         g_strdup_printf ("ledger entry %" G_GINT64_FORMAT ": its hash does not fit", line->seq));
      g_autoptr (LedgerEntry) entry = ledger_entry_new (line, error);
      if (entry == NULL || !ledger_insert (db, line, entry, error))
        return false;
      g_free (prev);
      prev = g_steal_pointer (&line->hash);
    }
}

/* The size of ledger/@month.@ending less its last byte; 0 when there is no such file. */
static bool
size_before_end (int dir, const char *month, const char *ending, int64_t *bytes, GError **error)
{
  g_autofree char *name = g_strdup_printf ("ledger/%s.%s", month, ending);
  struct stat st = { .st_size = 0 };
  if (fstatat (dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0 && errno != ENOENT)
    return dk_throw_errno (error, "stat %s", name);
  *bytes = MAX (0, st.st_size - 1);
  return true;
}

/* How far the next writer finds the files committed. One byte less than there is makes it void what a crash left behind
 * the last entry that was kept; where nothing is left over, the void mark takes back nothing. */
static bool
note_progress (sqlite3 *db, int dir, GError **error)
{
  LedgerProgress progress;
  if (!ledger_newest_month (dir, progress.month, error)
      || !size_before_end (dir, progress.month, "log", &progress.log_bytes, error)
      || !size_before_end (dir, progress.month, "personal", &progress.personal_bytes, error))
    return false;
  return sql_run (db, error, "INSERT INTO ledger_file (id, month, log_bytes, personal_bytes) VALUES (1, ?, ?, ?)",
                  "sii", progress.month, progress.log_bytes, progress.personal_bytes);
}

static bool
remove_file (int dir, const char *name, GError **error)
{
  return unlinkat (dir, name, 0) == 0 || errno == ENOENT || dk_throw_errno (error, "remove %s", name);
}

static bool
move_file (int dir, const char *from, const char *to, GError **error)
{
  return renameat (dir, from, dir, to) == 0 || errno == ENOENT || dk_throw_errno (error, "rename %s", from);
}

/* The file is nobody's until it has its name: it needs no journal, and is made durable once, as a whole. */
static bool
fill_database (sqlite3 *db, int dir, LedgerReader *lines, GPtrArray *problems, GError **error)
{
  return sql_script (db,
                     "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;"
                     "PRAGMA foreign_keys = ON; BEGIN",
                     error)
         && schema_migrate (db, error) && replay_lines (db, lines, problems, error) && note_progress (db, dir, error)
         && sql_script (db, "COMMIT", error);
}

static bool
make_durable (int dir, const char *name, GError **error)
{
  autofd fd = openat (dir, name, O_RDONLY | O_CLOEXEC);
  return (fd >= 0 && fsync (fd) == 0) || dk_throw_errno (error, "fsync %s", name);
}

static bool
make_database (const char *path, int dir, GPtrArray *problems, GError **error)
{
  g_autofree char *name = g_build_filename (path, NEW_NAME, NULL);
  g_autoptr (LedgerReader) lines = ledger_reader_new (dir, NULL, problems, error);
  if (lines == NULL || !remove_file (dir, NEW_NAME, error) || !remove_file (dir, NEW_NAME "-journal", error))
    return false;
  sqlite3 *db = NULL;
  bool done = sqlite3_open_v2 (name, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXRESCODE, NULL)
                      == SQLITE_OK
                  ? fill_database (db, dir, lines, problems, error)
                  : sql_throw (db, error, "make the new catalogue");
  sql_close (db);
  return done && make_durable (dir, NEW_NAME, error);
}

/* Keeps writers of the old catalogue out while it can be opened at all; *@old is NULL when it cannot. Fails for that of
 * a newer program, which may hold more than this one would make anew. */
static bool
hold_old (const char *path, sqlite3 **old, GError **error)
{
  g_autofree char *name = g_build_filename (path, "docket.db", NULL);
  sqlite3 *db = NULL;
  if (sqlite3_open_v2 (name, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK)
    {
      sql_keep_wal (db);
      sqlite3_busy_timeout (db, WAIT_MS);
      sqlite3_exec (db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
    }
  *old = db;
  int64_t version = 0;
  return db == NULL || !schema_version (db, &version, NULL) || schema_check (db, error);
}

/* Puts the new catalogue in the old one's place. Until the last step a second rebuild does it all again. */
static bool
replace_old (int dir, GError **error)
{
  if (!remove_file (dir, "docket.db.old", error) || !remove_file (dir, "docket.db.old-wal", error)
      || !remove_file (dir, "docket.db.old-shm", error) || !move_file (dir, "docket.db", "docket.db.old", error))
    return false;
  dk_fault ("rebuild: old catalogue renamed");
  if (!move_file (dir, "docket.db-wal", "docket.db.old-wal", error) || !remove_file (dir, "docket.db-shm", error))
    return false;
  dk_fault ("rebuild: new catalogue not named");
  return renameat (dir, NEW_NAME, dir, "docket.db") == 0 ? dk_sync_dir (dir, error)
                                                         : dk_throw_errno (error, "name the new docket.db");
}

bool
store_rebuild (const char *path, GPtrArray *problems, GError **error)
{
  autofd dir = dk_open_dir (AT_FDCWD, path, error);
  if (dir < 0 || !dk_make_dirs (dir, "tmp", error))
    return false;
  autofd lock = store_take_lock (dir, path, error);
  if (lock < 0)
    return false;
  sqlite3 *old = NULL;
  bool done = hold_old (path, &old, error) && make_database (path, dir, problems, error) && replace_old (dir, error);
  sql_close (old);
  return done;
}
