#include "store/allocation.h"
#include "store/chain.h"
#include "store/internal.h"

void
store_load_free (StoreLoad *load)
{
  if (load == NULL)
    return;
  g_free (load->owner);
  g_free (load);
}

bool
store_case_allocate (StoreTransaction *transaction, const StoreAllocation *allocation, GError **error)
{
  return ledger_append (transaction, ACTIVITY_CASE_ALLOCATED,
                        json_pack ("{s:I, s:s, s:s, s:s, s:s, s:s}", "case", (json_int_t)allocation->case_id, "rule",
                                   allocation->rule, "team", allocation->team, "owner", allocation->owner, "method",
                                   allocation->method, "reason", allocation->reason),
                        NULL, NULL, error);
}

bool
apply_case_allocated (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  return sql_run (
             db, error,
             "INSERT INTO allocation (id, case_id, rule, team, owner, method, reason) VALUES (?, ?, ?, ?, ?, ?, ?)",
             "iisssss", entry->seq, entry_int (entry, "case"), entry_text (entry, "rule"), entry_text (entry, "team"),
             entry_text (entry, "owner"), entry_text (entry, "method"), entry_text (entry, "reason"))
         && sql_run (db, error, "UPDATE cases SET owner = ? WHERE id = ?", "si", entry_text (entry, "owner"),
                     entry_int (entry, "case"));
}

bool
store_allocation_last (Store *store, const char *rule, char **owner, GError **error)
{
  *owner = NULL;
  return sql_get_text (store->db, owner, error,
                       "SELECT owner FROM allocation WHERE rule = ? AND owner != '' ORDER BY id DESC LIMIT 1", "s",
                       rule);
}

GPtrArray *
store_loads (Store *store, GError **error)
{
  g_autoptr (Sql) sql
      = sql_query (store->db, error,
                   "SELECT owner, count (*) FROM cases WHERE status != 'closed' GROUP BY owner ORDER BY owner", "");
  g_autoptr (GPtrArray) loads = g_ptr_array_new_with_free_func ((GDestroyNotify)store_load_free);
  bool row;
  while (sql != NULL && sql_next (sql, &row, error))
    {
      if (!row)
        return g_steal_pointer (&loads);
      StoreLoad *load = g_new0 (StoreLoad, 1);
      load->owner = g_strdup (sql_text (sql, 0));
      load->open = sql_int (sql, 1);
      g_ptr_array_add (loads, load);
    }
  return NULL;
}

bool
store_load_of (Store *store, const char *owner, int64_t *open, GError **error)
{
  *open = 0;
  return sql_get_int (store->db, open, error, "SELECT count (*) FROM cases WHERE owner = ? AND status != 'closed'", "s",
                      owner);
}

bool
store_was_user (Store *store, const char *name, bool *was, GError **error)
{
  int64_t n = 0;
  bool known = sql_get_int (store->db, &n, error, "SELECT count (*) FROM known_user WHERE name = ?", "s", name);
  *was = n > 0;
  return known;
}

GArray *
store_cases_untold (Store *store, const char *owner, unsigned limit, GError **error)
{
  g_autoptr (Sql) sql
      = sql_query (store->db, error,
                   "SELECT id FROM cases c WHERE owner = ? AND status != 'closed' AND NOT EXISTS (SELECT 1 FROM alert a"
                   " WHERE a.case_id = c.id AND NOT a.done AND a.reason = '" STORE_ALERT_OWNER_GONE "')"
                   " ORDER BY id LIMIT ?",
                   "si", owner, (int64_t)limit);
  return sql != NULL ? sql_ints (sql, error) : NULL;
}

bool
store_contact_owner (Store *store, int64_t root, int64_t except, char **owner, GError **error)
{
  *owner = NULL;
  return sql_get_text (store->db, owner, error,
                       "SELECT s.owner FROM contact c JOIN cases s ON s.contact = c.id WHERE c.root = ? AND s.id != ?"
                       " AND s.status != 'closed' AND s.owner != '' ORDER BY s.id DESC LIMIT 1",
                       "ii", root, except);
}
