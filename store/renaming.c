#include "store/renaming.h"
#include "store/internal.h"

void
store_place_clear (StorePlace *place)
{
  g_clear_pointer (&place->folder, g_free);
  g_clear_pointer (&place->name, g_free);
}

/* The place that the first row of @sql tells, if there is one. Takes over @sql. */
static bool
read_place (Sql *given, StorePlace *place, GError **error)
{
  g_autoptr (Sql) sql = given;
  bool row;
  store_place_clear (place);
  if (sql == NULL || !sql_next (sql, &row, error))
    return false;
  if (!row || sql_text (sql, 0) == NULL || sql_text (sql, 1) == NULL)
    return true;
  place->folder = g_strdup (sql_text (sql, 0));
  place->name = g_strdup (sql_text (sql, 1));
  return true;
}

#define PLACE "SELECT json_extract (p.payload, '$.folder') f, json_extract (p.payload, '$.name') n"
#define OF_ENTRY " FROM ledger l JOIN ledger_personal p ON p.seq = l.seq WHERE l.document = ?1 AND l.activity = "

/* A person decided. */
#define DECIDED "('decision.corrected', 'decision.copied')"

bool
store_place_wanted (Store *store, int64_t document, StorePlace *place, GError **error)
{
  return read_place (sql_query (store->db, error,
                                PLACE OF_ENTRY "'document.sent_back' AND NOT EXISTS (SELECT 1 FROM ledger k"
                                               " WHERE k.document = ?1 AND k.seq > l.seq AND (k.activity IN " DECIDED
                                               " OR (k.activity IN ('case.joined', 'case.split')"
                                               "  AND json_extract (k.payload, '$.human'))"
                                               " OR (k.activity = 'document.sent_back'"
                                               "  AND json_extract (k.payload, '$.run') IS NOT NULL)))"
                                               " ORDER BY l.seq DESC LIMIT 1",
                                "i", document),
                     place, error);
}

bool
store_place_at (Store *store, int64_t document, int64_t seq, StorePlace *place, GError **error)
{
  return read_place (sql_query (store->db, error,
                                PLACE OF_ENTRY "'document.filed' AND l.seq <= ?2 ORDER BY l.seq DESC LIMIT 1", "ii",
                                document, seq),
                     place, error);
}

bool
store_place_before (Store *store, int64_t document, StorePlace *place, GError **error)
{
  return read_place (sql_query (store->db, error,
                                PLACE OF_ENTRY "'document.filed' AND EXISTS (SELECT 1 FROM document d WHERE d.id = ?1"
                                               " AND (d.folder != f OR d.name != n)) ORDER BY l.seq DESC LIMIT 1",
                                "i", document),
                     place, error);
}

bool
store_renaming_last (Store *store, int64_t *run, GError **error)
{
  *run = 0;
  return sql_get_int (store->db, run, error,
                      "SELECT json_extract (payload, '$.run') FROM ledger WHERE activity = 'document.sent_back'"
                      " AND json_extract (payload, '$.run') IS NOT NULL ORDER BY seq DESC LIMIT 1",
                      "");
}

GArray *
store_renamed (Store *store, int64_t run, GError **error)
{
  g_autoptr (Sql) sql
      = sql_query (store->db, error,
                   "SELECT DISTINCT document FROM ledger WHERE seq > ?1 AND activity = 'document.sent_back'"
                   " AND json_extract (payload, '$.run') >= ?1 ORDER BY document",
                   "i", run);
  return sql != NULL ? sql_ints (sql, error) : NULL;
}

bool
store_document_is_decided_since (Store *store, int64_t document, int64_t seq, bool *decided, GError **error)
{
  int64_t count = 0;
  bool asked = sql_get_int (store->db, &count, error,
                            "SELECT count(*) FROM ledger WHERE document = ? AND seq > ? AND (activity IN " DECIDED
                            " OR activity = 'document.understood')",
                            "ii", document, seq);
  *decided = count > 0;
  return asked;
}
