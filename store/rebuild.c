#include "base/file.h"
#include "store/audit.h"
#include "store/internal.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define NEW_NAME "tmp/docket.db.new"

static bool
replay_lines (sqlite3 *db, const GPtrArray *lines, GPtrArray *problems, GError **error)
{
  g_autofree char *prev = g_strdup ("");
  for (guint i = 0; i < lines->len; i++)
    {
      const LedgerLine *line = lines->pdata[i];
      g_autofree char *hash = ledger_hash (prev, line);
      if (strcmp (hash, line->hash) != 0)
        g_ptr_array_add (problems,
                         g_strdup_printf ("ledger entry %" G_GINT64_FORMAT ": its hash does not fit", line->seq));
      g_autoptr (LedgerEntry) entry = ledger_entry_new (line, error);
      if (entry == NULL || !ledger_insert (db, line, entry, error))
        return false;
      g_free (prev);
      prev = g_strdup (line->hash);
    }
  return true;
}

/* How long the ledger's files are now: the next writer goes on behind what was read. Surplus that was left out is
 * voided by it, since the sizes noted are those of whole transactions only when nothing is left over. */
static bool
note_progress (sqlite3 *db, int dir, GError **error)
{
  g_auto (GStrv) names = dk_list_dir (dir, "ledger", error);
  g_autofree char *month = NULL;
  if (names == NULL)
    return false;
  for (char **name = names; *name != NULL; name++)
    if (g_str_has_suffix (*name, ".log"))
      {
        g_free (month);
        month = g_strndup (*name, 7);
      }
  if (month == NULL)
    return true;
  g_autofree char *log = g_strdup_printf ("ledger/%s.log", month);
  g_autofree char *personal = g_strdup_printf ("ledger/%s.personal", month);
  struct stat log_st, personal_st;
  if (fstatat (dir, log, &log_st, 0) < 0 || fstatat (dir, personal, &personal_st, 0) < 0)
    return dk_throw_errno (error, "stat %s", log);
  /* One byte less than there is makes the next writer void what follows the last entry kept. */
  return sql_run (db, error, "INSERT INTO ledger_file (id, month, log_bytes, personal_bytes) VALUES (1, ?, ?, ?)",
                  "sii", month, (int64_t)log_st.st_size - 1, (int64_t)personal_st.st_size - (personal_st.st_size > 0));
}

static bool
make_database (const char *path, int dir, GPtrArray *problems, GError **error)
{
  g_autofree char *name = g_build_filename (path, NEW_NAME, NULL);
  g_autoptr (GPtrArray) lines = ledger_file_read (dir, problems, error);
  if (lines == NULL)
    return false;
  if (lines->len == 0)
    return dk_throw (error, DK_ERROR_NOT_FOUND, "%s/ledger holds no entries", path);
  if (unlinkat (dir, NEW_NAME, 0) < 0 && errno != ENOENT)
    return dk_throw_errno (error, "remove %s", NEW_NAME);
  sqlite3 *db = NULL;
  bool done = sqlite3_open_v2 (name, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXRESCODE, NULL)
                      == SQLITE_OK
                  ? sql_script (db, "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; BEGIN", error)
                        && schema_migrate (db, error) && replay_lines (db, lines, problems, error)
                        && note_progress (db, dir, error) && sql_script (db, "COMMIT", error)
                  : sql_throw (db, error, "make the new catalogue");
  sqlite3_close (db);
  return done;
}

bool
store_rebuild (const char *path, GPtrArray *problems, GError **error)
{
  static const char *const companions[] = { "docket.db-wal", "docket.db-shm" };
  autofd dir = dk_open_dir (AT_FDCWD, path, error);
  if (dir < 0 || !dk_make_dirs (dir, "tmp", error) || !make_database (path, dir, problems, error))
    return false;
  if (renameat (dir, "docket.db", dir, "docket.db.old") < 0 && errno != ENOENT)
    return dk_throw_errno (error, "keep the old docket.db");
  for (gsize i = 0; i < G_N_ELEMENTS (companions); i++)
    if (unlinkat (dir, companions[i], 0) < 0 && errno != ENOENT)
      return dk_throw_errno (error, "remove %s", companions[i]);
  return renameat (dir, NEW_NAME, dir, "docket.db") == 0 ? dk_sync_dir (dir, error)
                                                         : dk_throw_errno (error, "name the new docket.db");
}
