#include "store/trace.h"
#include "store/internal.h"

void
store_key_free (StoreKey *key)
{
  if (key == NULL)
    return;
  g_free (key->key);
  g_free (key);
}

bool
store_trace_set (StoreTransaction *transaction, int64_t document, const GPtrArray *keys, unsigned words,
                 const char *least, GError **error)
{
  sqlite3 *db = transaction->store->db;
  if (!sql_run (db, error, "DELETE FROM trace_key WHERE document = ?", "i", document)
      || !sql_run (db, error, "INSERT OR REPLACE INTO trace (document, words, least) VALUES (?, ?, ?)", "iis", document,
                   (int64_t)words, least))
    return false;
  for (guint i = 0; i < keys->len; i++)
    {
      const StoreKey *key = keys->pdata[i];
      if (!sql_run (db, error, "INSERT INTO trace_key (document, name, key) VALUES (?, ?, ?)", "iss", document,
                    key->name, key->key))
        return false;
    }
  return true;
}

bool
store_trace_sketch (Store *store, int64_t document, unsigned *words, char **least, GError **error)
{
  g_autoptr (Sql) sql
      = sql_query (store->db, error, "SELECT words, least FROM trace WHERE document = ?", "i", document);
  bool row;
  *least = NULL;
  *words = 0;
  if (sql == NULL || !sql_next (sql, &row, error))
    return false;
  if (row)
    {
      *words = (unsigned)sql_int (sql, 0);
      *least = g_strdup (sql_text (sql, 1));
    }
  return true;
}

GArray *
store_trace_find (Store *store, const char *name, const char *key, unsigned limit, GError **error)
{
  g_autoptr (Sql) sql = sql_query (store->db, error,
                                   "SELECT DISTINCT k.document FROM trace_key k JOIN document d ON d.id = k.document"
                                   " WHERE k.key = ? AND k.name = ? AND d.case_id IS NOT NULL"
                                   " ORDER BY k.document DESC LIMIT ?",
                                   "ssi", key, name, (int64_t)limit);
  return sql != NULL ? sql_ints (sql, error) : NULL;
}

GArray *
store_trace_lost (Store *store, unsigned limit, GError **error)
{
  g_autoptr (Sql) sql
      = sql_query (store->db, error,
                   "SELECT d.id FROM document d WHERE d.case_id IS NOT NULL"
                   " AND NOT EXISTS (SELECT 1 FROM trace t WHERE t.document = d.id) ORDER BY d.id LIMIT ?",
                   "i", (int64_t)limit);
  return sql != NULL ? sql_ints (sql, error) : NULL;
}
