#include "store/example.h"
#include "store/internal.h"
#include <string.h>

void
store_example_free (StoreExample *example)
{
  if (example == NULL)
    return;
  g_free (example->kind);
  g_free (example->subject);
  json_decref (example->also);
  g_free (example);
}

/* All that people have said after the entry ?1, a row each. */
#define WORDS                                                                                                          \
  "SELECT document, seq FROM decision WHERE human AND " OWN_WORD " AND name IN ('kind', 'subject') AND seq > ?1"       \
  " UNION ALL SELECT id, accepted FROM document WHERE accepted > ?1"
/* The last value that a person gave; and what a person accepted of the machine's. */
#define GIVEN(column, of)                                                                                              \
  "(SELECT " column " FROM decision h WHERE h.document = w.document AND h.name = '" of "' AND h.human AND h." OWN_WORD \
  " ORDER BY h.seq DESC LIMIT 1)"
#define ACCEPTED(column, of)                                                                                           \
  "(SELECT " column " FROM decision m WHERE m.document = w.document AND m.name = '" of "' AND NOT m.human"             \
  " AND m.seq < d.accepted ORDER BY m.seq DESC, m.ordinal LIMIT 1)"
#define LAST_WORD(column, of) "coalesce (" GIVEN (column, of) ", " ACCEPTED (column, of) ")"

GPtrArray *
store_examples (Store *store, unsigned limit, GError **error)
{
  g_autoptr (Sql) sql = sql_query (
      store->db, error,
      "WITH w (document, seq) AS (SELECT document, max (seq) FROM (" WORDS ") GROUP BY document"
      " ORDER BY 2 DESC LIMIT ?2)"
      " SELECT w.document, w.seq, " LAST_WORD ("value", "kind") ", " LAST_WORD ("value", "subject") ", " LAST_WORD (
          "also", "kind") " FROM w JOIN document d ON d.id = w.document ORDER BY w.seq DESC, w.document",
      "ii", INT64_C (0), (int64_t)limit);
  g_autoptr (GPtrArray) examples = g_ptr_array_new_with_free_func ((GDestroyNotify)store_example_free);
  bool row;
  while (sql != NULL && sql_next (sql, &row, error))
    {
      if (!row)
        return g_steal_pointer (&examples);
      StoreExample *example = g_new0 (StoreExample, 1);
      const char *also = sql_text (sql, 4);
      example->document = sql_int (sql, 0);
      example->seq = sql_int (sql, 1);
      example->kind = g_strdup (sql_text (sql, 2));
      example->subject = g_strdup (sql_text (sql, 3));
      example->also = also != NULL ? dk_json_parse (also, strlen (also), NULL) : NULL;
      g_ptr_array_add (examples, example);
    }
  return NULL;
}

bool
store_examples_new (Store *store, int64_t *count, int64_t *newest, GError **error)
{
  int64_t through = 0;
  *count = *newest = 0;
  return sql_get_int (store->db, &through, error, "SELECT ifnull (max (through), 0) FROM model", "")
         && sql_get_int (store->db, count, error, "SELECT count (DISTINCT document) FROM (" WORDS ")", "i", through)
         && sql_get_int (store->db, newest, error, "SELECT ifnull (max (seq), 0) FROM (" WORDS ")", "i", through);
}
