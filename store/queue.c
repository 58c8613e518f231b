#include "store/queue.h"
#include "store/internal.h"

GArray *
store_queue (Store *store, GError **error)
{
  g_autoptr (Sql) sql = sql_query (store->db, error,
                                   "SELECT stage, count(*), max (0, (? - min (since_us)) / 1000000) FROM document"
                                   " INDEXED BY document_waiting"
                                   " WHERE stage NOT IN ('rest', 'quarantined') GROUP BY stage",
                                   "i", dk_now_us ());
  g_autoptr (GArray) queue = g_array_new (FALSE, TRUE, sizeof (StoreQueued));
  bool row;
  while (sql != NULL && sql_next (sql, &row, error))
    {
      if (!row)
        return g_steal_pointer (&queue);
      StoreQueued queued = { .count = sql_int (sql, 1), .oldest_s = sql_int (sql, 2) };
      g_strlcpy (queued.stage, sql_text (sql, 0), sizeof queued.stage);
      g_array_append_val (queue, queued);
    }
  return NULL;
}

bool
store_counts (Store *store, StoreCounts *counts, GError **error)
{
  *counts = (StoreCounts){ 0 };
  return sql_get_int (store->db, &counts->review, error,
                      "SELECT count(*) FROM document INDEXED BY document_review WHERE review != '[]'"
                      " AND stage != 'quarantined'",
                      "")
         && sql_get_int (store->db, &counts->quarantine, error,
                         "SELECT count(*) FROM document WHERE stage = 'quarantined'", "")
         && sql_get_int (store->db, &counts->to_index, error, "SELECT count(*) FROM document WHERE stage = 'index'", "")
         && sql_get_int (store->db, &counts->urgent, error,
                         "SELECT count(*) FROM document d LEFT JOIN cases c ON c.id = d.case_id"
                         " WHERE urgency IS NOT NULL AND urgency != 'none' AND ifnull (c.status, '') != 'closed'",
                         "");
}
