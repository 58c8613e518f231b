#include "store/blind.h"
#include "base/digest.h"
#include "store/internal.h"
#include <string.h>

static bool
is_settled (Store *store, int64_t document, bool *settled, GError **error)
{
  int64_t words = 0;
  if (!sql_get_int (store->db, &words, error,
                    "SELECT (SELECT count (*) FROM decision WHERE document = ?1 AND name = 'kind' AND human)"
                    " + (SELECT count (*) FROM blind WHERE document = ?1)",
                    "i", document))
    return false;
  *settled = words > 0;
  return true;
}

/* A number from 0 to below 1 that @hash and @document give. */
static double
lot_of (const char *hash, int64_t document)
{
  uint64_t number;
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, document);
  g_autoptr (DkDigest) sum = dk_digest_new ();
  dk_digest_add_text (sum, STORE_REVIEW_BLIND);
  dk_digest_add_text (sum, hash);
  dk_digest_add_text (sum, id);
  g_autoptr (GBytes) bytes = dk_digest_end (sum);
  memcpy (&number, g_bytes_get_data (bytes, NULL), sizeof number);
  return (double)(GUINT64_FROM_LE (number) >> 11) / (double)(UINT64_C (1) << 53);
}

bool
store_blind_draw (Store *store, int64_t document, double share, bool *drawn, GError **error)
{
  bool settled;
  g_autofree char *hash = NULL;
  *drawn = false;
  if (share <= 0)
    return true;
  if (!is_settled (store, document, &settled, error)
      || !sql_get_text (store->db, &hash, error, "SELECT hash FROM ledger WHERE document = ? ORDER BY seq LIMIT 1", "i",
                        document))
    return false;
  *drawn = !settled && hash != NULL && lot_of (hash, document) < share;
  return true;
}

/* --- the answer --- */

bool
blind_note_answer (StoreTransaction *transaction, int64_t document, const char *answer, GError **error)
{
  sqlite3 *db = transaction->store->db;
  g_autofree char *kind = NULL;
  int64_t waits = 0, model = 0;
  if (!sql_get_int (db, &waits, error,
                    "SELECT count (*) FROM document, json_each (document.review) j WHERE document.id = ?"
                    " AND j.value = '" STORE_REVIEW_BLIND "'",
                    "i", document))
    return false;
  if (waits == 0)
    return true;
  if (!sql_get_text (db, &kind, error, "SELECT kind FROM document WHERE id = ?", "i", document)
      || !sql_get_int (db, &model, error, "SELECT model FROM document WHERE id = ?", "i", document))
    return false;
  return ledger_append (transaction, ACTIVITY_BLIND_CHECKED,
                        json_pack ("{s:I, s:s, s:s, s:b, s:I}", "document", (json_int_t)document, "kind",
                                   kind != NULL ? kind : "", "answer", answer, "agrees", g_strcmp0 (kind, answer) == 0,
                                   "model", (json_int_t)model),
                        NULL, NULL, error);
}

bool
apply_blind_checked (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  int64_t document = entry_int (entry, "document");
  return sql_run (db, error,
                  "INSERT INTO blind (id, document, kind, answer, agrees, model, time_us) VALUES (?, ?, ?, ?, ?, ?, ?)",
                  "iissiii", entry->seq, document, entry_text (entry, "kind"), entry_text (entry, "answer"),
                  (int64_t)dk_json_bool (entry->payload, "agrees", false), entry_int (entry, "model"), entry->time_us)
         && sql_run (db, error,
                     "UPDATE document SET review = (SELECT json_group_array (value) FROM json_each (document.review)"
                     " WHERE value != '" STORE_REVIEW_BLIND "') WHERE id = ?",
                     "i", document);
}

/* --- counting --- */

GArray *
store_blind_counts (Store *store, GError **error)
{
  g_autoptr (Sql) sql = sql_query (store->db, error,
                                   "SELECT '', count (*), count (*) - ifnull (sum (agrees), 0), 0 FROM blind"
                                   " UNION ALL SELECT kind, count (*), count (*) - sum (agrees), 1 FROM blind"
                                   " GROUP BY kind ORDER BY 4, 1",
                                   "");
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (StoreBlindCount));
  bool row;
  while (sql != NULL && sql_next (sql, &row, error))
    {
      if (!row)
        return g_steal_pointer (&counts);
      StoreBlindCount count = { .n = sql_int (sql, 1), .wrong = sql_int (sql, 2) };
      g_strlcpy (count.kind, sql_text (sql, 0), sizeof count.kind);
      g_array_append_val (counts, count);
    }
  return NULL;
}
