#include "store/sql.h"
#include <stdarg.h>

bool
sql_throw (sqlite3 *db, GError **error, const char *doing)
{
  int code = sqlite3_extended_errcode (db);
  DkErrorCode ours = DK_ERROR_FAILED;
  switch (code & 0xff)
    {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      ours = DK_ERROR_BUSY;
      break;
    case SQLITE_FULL:
    case SQLITE_READONLY:
      ours = DK_ERROR_FULL;
      break;
    case SQLITE_IOERR: /* a full disk shows as a failed write of the log or its shared memory */
      ours = code == SQLITE_IOERR_WRITE || code == SQLITE_IOERR_SHMSIZE || code == SQLITE_IOERR_FSYNC ? DK_ERROR_FULL
                                                                                                      : DK_ERROR_FAILED;
      break;
    case SQLITE_CONSTRAINT:
      ours = DK_ERROR_INVALID;
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return dk_throw (error, DK_ERROR_FAILED,
                       "docket.db is damaged, %s: %s (%d); `docket rebuild` makes it anew from ledger/ and objects/",
                       doing, sqlite3_errmsg (db), code);
    default:
      break;
    }
  return dk_throw (error, ours, "docket.db, %s: %s (%d)", doing, sqlite3_errmsg (db), code);
}

/* --- statements at rest: of each database, by their words, which the statement owns --- */

#define KEPT 128 /* of one database */
static GHashTable *kept;
G_LOCK_DEFINE_STATIC (kept);

static void
finalize (gpointer sql)
{
  sqlite3_finalize (sql);
}

static Sql *
take_kept (sqlite3 *db, const char *text)
{
  gpointer sql = NULL;
  G_LOCK (kept);
  GHashTable *own = kept != NULL ? g_hash_table_lookup (kept, db) : NULL;
  if (own != NULL)
    g_hash_table_steal_extended (own, text, NULL, &sql);
  G_UNLOCK (kept);
  return sql;
}

static bool
keep (Sql *sql)
{
  sqlite3 *db = sqlite3_db_handle (sql);
  const char *text = sqlite3_sql (sql);
  G_LOCK (kept);
  if (kept == NULL)
    kept = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)g_hash_table_unref);
  GHashTable *own = g_hash_table_lookup (kept, db);
  if (own == NULL)
    {
      own = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, finalize);
      g_hash_table_insert (kept, db, own);
    }
  bool room = g_hash_table_size (own) < KEPT && !g_hash_table_contains (own, text);
  if (room)
    g_hash_table_insert (own, (char *)(uintptr_t)text, sql);
  G_UNLOCK (kept);
  return room;
}

void
sql_free (Sql *sql)
{
  if (sql == NULL)
    return;
  sqlite3_reset (sql);
  sqlite3_clear_bindings (sql);
  if (!keep (sql))
    sqlite3_finalize (sql);
}

void
sql_close (sqlite3 *db)
{
  G_LOCK (kept);
  if (kept != NULL)
    g_hash_table_remove (kept, db);
  if (kept != NULL && g_hash_table_size (kept) == 0)
    g_clear_pointer (&kept, g_hash_table_unref);
  G_UNLOCK (kept);
  sqlite3_close (db);
}

/* --- queries --- */

static Sql *
prepare (sqlite3 *db, GError **error, const char *text, const char *types, va_list args)
{
  g_autoptr (Sql) sql = take_kept (db, text);
  if (sql == NULL && sqlite3_prepare_v2 (db, text, -1, &sql, NULL) != SQLITE_OK)
    {
      sql_throw (db, error, text);
      return NULL;
    }
  int n = 0;
  for (const char *type = types; *type != '\0'; type++)
    {
      n++;
      switch (*type)
        {
        case 'i':
          sqlite3_bind_int64 (sql, n, va_arg (args, int64_t));
          break;
        case 'd':
          sqlite3_bind_double (sql, n, va_arg (args, double));
          break;
        default:
          g_assert (*type == 's');
          sqlite3_bind_text (sql, n, va_arg (args, const char *), -1, SQLITE_TRANSIENT);
          break;
        }
    }
  g_assert (n == sqlite3_bind_parameter_count (sql));
  return g_steal_pointer (&sql);
}

Sql *
sql_query (sqlite3 *db, GError **error, const char *sql, const char *types, ...)
{
  va_list args;
  va_start (args, types);
  Sql *query = prepare (db, error, sql, types, args);
  va_end (args);
  return query;
}

bool
sql_next (Sql *sql, bool *row, GError **error)
{
  int result = sqlite3_step (sql);
  *row = result == SQLITE_ROW;
  return result == SQLITE_ROW || result == SQLITE_DONE || sql_throw (sqlite3_db_handle (sql), error, "step");
}

int64_t
sql_int (Sql *sql, int column)
{
  return sqlite3_column_int64 (sql, column);
}

double
sql_real (Sql *sql, int column)
{
  return sqlite3_column_double (sql, column);
}

const char *
sql_text (Sql *sql, int column)
{
  return (const char *)sqlite3_column_text (sql, column);
}

GArray *
sql_ints (Sql *sql, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (int64_t));
  bool row;
  while (sql_next (sql, &row, error))
    {
      if (!row)
        return g_steal_pointer (&ids);
      int64_t id = sql_int (sql, 0);
      g_array_append_val (ids, id);
    }
  return NULL;
}

char **
sql_texts (Sql *sql, GError **error)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  bool row;
  while (sql_next (sql, &row, error))
    {
      if (!row)
        return g_strv_builder_end (texts);
      g_strv_builder_add (texts, sql_text (sql, 0));
    }
  return NULL;
}

bool
sql_run (sqlite3 *db, GError **error, const char *sql, const char *types, ...)
{
  va_list args;
  va_start (args, types);
  g_autoptr (Sql) query = prepare (db, error, sql, types, args);
  va_end (args);
  if (query == NULL)
    return false;
  bool row;
  do
    if (!sql_next (query, &row, error))
      return false;
  while (row);
  return true;
}

bool
sql_get_int (sqlite3 *db, int64_t *value, GError **error, const char *sql, const char *types, ...)
{
  va_list args;
  va_start (args, types);
  g_autoptr (Sql) query = prepare (db, error, sql, types, args);
  va_end (args);
  bool row;
  if (query == NULL || !sql_next (query, &row, error))
    return false;
  if (row)
    *value = sql_int (query, 0);
  return true;
}

bool
sql_get_text (sqlite3 *db, char **value, GError **error, const char *sql, const char *types, ...)
{
  va_list args;
  va_start (args, types);
  g_autoptr (Sql) query = prepare (db, error, sql, types, args);
  va_end (args);
  bool row;
  if (query == NULL || !sql_next (query, &row, error))
    return false;
  *value = row ? g_strdup (sql_text (query, 0)) : NULL;
  return true;
}

bool
sql_next_id (sqlite3 *db, const char *table, int64_t *id, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT ifnull (max(id), 0) + 1 FROM %s", table);
  return sql_get_int (db, id, error, sql, "");
}

bool
sql_script (sqlite3 *db, const char *script, GError **error)
{
  return sqlite3_exec (db, script, NULL, NULL, NULL) == SQLITE_OK || sql_throw (db, error, "schema");
}

void
sql_keep_wal (sqlite3 *db)
{
  int keep = 1;
  sqlite3_file_control (db, "main", SQLITE_FCNTL_PERSIST_WAL, &keep);
}
