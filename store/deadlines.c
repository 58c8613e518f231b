#include "store/deadlines.h"
#include "store/internal.h"

void
store_open_deadlines_free (StoreOpenDeadlines *open)
{
  if (open == NULL)
    return;
  g_array_unref (open->deadlines);
  g_string_chunk_free (open->strings);
  g_free (open);
}

static void
read_row (StoreOpenDeadlines *open, Sql *sql)
{
  StoreOpenDeadline row = { .case_id = sql_int (sql, 0),
                            .kind = g_string_chunk_insert_const (open->strings, sql_text (sql, 1)),
                            .policy = g_string_chunk_insert_const (open->strings, sql_text (sql, 2)),
                            .calendar = g_string_chunk_insert_const (open->strings, sql_text (sql, 3)),
                            .state = g_string_chunk_insert_const (open->strings, sql_text (sql, 4)),
                            .start = store_deadline_day (sql_text (sql, 5)),
                            .due = store_deadline_day (sql_text (sql, 6)),
                            .work_by = store_deadline_day (sql_text (sql, 7)) };
  g_array_append_val (open->deadlines, row);
}

StoreOpenDeadlines *
store_open_deadlines (Store *store, int64_t after, int64_t last, GError **error)
{
  g_autoptr (StoreOpenDeadlines) open = g_new0 (StoreOpenDeadlines, 1);
  open->deadlines = g_array_new (FALSE, FALSE, sizeof (StoreOpenDeadline));
  open->strings = g_string_chunk_new (4096);
  g_autoptr (Sql) sql
      = sql_query (store->db, error,
                   "SELECT d.case_id, d.kind, d.policy, d.calendar, d.state, d.start, d.due, d.work_by"
                   " FROM cases c CROSS JOIN deadline d ON d.case_id = c.id"
                   " WHERE c.id > ?1 AND c.id <= ?2 AND c.status != 'closed' AND " DEADLINE_RUNS (
                       "d") " AND NOT EXISTS (SELECT 1 FROM deadline n WHERE n.case_id = d.case_id AND n.kind = d.kind"
                            "  AND n.version > d.version) ORDER BY c.id",
                   "ii", after, last);
  bool row;
  while (sql != NULL && sql_next (sql, &row, error))
    {
      if (!row)
        return g_steal_pointer (&open);
      read_row (open, sql);
    }
  return NULL;
}

bool
store_case_last (Store *store, int64_t *id, GError **error)
{
  return sql_get_int (store->db, id, error, "SELECT ifnull (max (id), 0) FROM cases", "");
}
