#include "base/file.h"
#include "store/audit.h"
#include "store/blob.h"
#include "store/internal.h"
#include "store/quarantine.h"
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

static bool
exists (Store *store, const char *path)
{
  struct stat st;
  return fstatat (store->dir, path, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG (st.st_mode);
}

static bool
has_blob (Store *store, const char *sha256)
{
  g_autofree char *path = store_blob_path (sha256);
  return exists (store, path);
}

/* Where the receipt of the row is, by what lies on the disk; the counter to raise, or NULL when it is nowhere. */
static int64_t *
place_of (Store *store, Sql *row, StoreBalance *balance)
{
  bool duplicate = sql_int (row, 1) != 0;
  const char *blob = sql_text (row, 2), *stage = sql_text (row, 3), *folder = sql_text (row, 4),
             *name = sql_text (row, 5);
  if (!has_blob (store, blob))
    return NULL;
  if (duplicate)
    return &balance->duplicate;
  if (strcmp (stage, "quarantined") == 0)
    {
      g_autofree char *path = store_quarantine_path (sql_int (row, 6), sql_text (row, 7));
      return exists (store, path) ? &balance->quarantined : NULL;
    }
  if (strcmp (stage, "rest") != 0)
    return &balance->in_flight;
  g_autofree char *path = name != NULL ? g_build_filename ("filed", folder, name, NULL) : NULL;
  return path != NULL && exists (store, path) ? &balance->filed : NULL;
}

bool
store_balance (Store *store, const char *day, StoreBalance *balance, GError **error)
{
  *balance = (StoreBalance){ .missing = g_array_new (FALSE, FALSE, sizeof (int64_t)) };
  if (!store_snapshot_begin (store, error))
    return false;
  g_autoptr (Sql) sql
      = sql_query (store->db, error,
                   "SELECT r.id, r.duplicate, d.blob, d.stage, d.folder, d.name, d.id, r.name FROM receipt r"
                   " JOIN document d ON d.id = r.document WHERE ?1 IS NULL OR r.day = ?1 ORDER BY r.id",
                   "s", day);
  bool row = true, fine = sql != NULL;
  while (fine && (fine = sql_next (sql, &row, error)) && row)
    {
      balance->seen++;
      int64_t *counter = place_of (store, sql, balance), id = sql_int (sql, 0);
      if (counter != NULL)
        ++*counter;
      else
        g_array_append_val (balance->missing, id);
    }
  g_clear_pointer (&sql, sql_free);
  store_snapshot_end (store);
  return fine;
}
