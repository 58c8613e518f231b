/* Documents that begin again at an earlier stage, since what is in force now would decide otherwise. */
#include "store/decision.h"
#include "store/internal.h"
#include "store/job.h"
#include "store/renaming.h"

/* With @more in the entry, and the @personal payload; takes both over, either may be NULL. */
static bool
send_back (StoreTransaction *transaction, int64_t document, const char *stage, int64_t config, json_t *more,
           json_t *personal, bool *sent, GError **error)
{
  g_autoptr (json_t) added = more, shielded = personal;
  int64_t rests = 0;
  *sent = false;
  if (!sql_get_int (transaction->store->db, &rests, error,
                    "SELECT count(*) FROM document WHERE id = ? AND stage IN ('rest', 'index')", "i", document))
    return false;
  if (rests == 0)
    return true;
  *sent = true;
  json_t *payload
      = json_pack ("{s:I, s:s, s:I}", "document", (json_int_t)document, "stage", stage, "config", (json_int_t)config);
  if (added != NULL)
    json_object_update (payload, added);
  return ledger_append (transaction, ACTIVITY_DOCUMENT_SENT_BACK, payload, g_steal_pointer (&shielded), NULL, error)
         && store_job_drop (transaction, document, error); /* whoever works on it loses its lease */
}

bool
store_document_send_back (StoreTransaction *transaction, int64_t document, const char *stage, int64_t config,
                          bool *sent, GError **error)
{
  return send_back (transaction, document, stage, config, NULL, NULL, sent, error);
}

bool
store_document_rename (StoreTransaction *transaction, int64_t document, const char *stage, int64_t config, int64_t run,
                       const StorePlace *former, bool *sent, GError **error)
{
  json_t *more = former == NULL ? json_pack ("{s:I}", "run", (json_int_t)run) : NULL;
  json_t *personal = former != NULL ? json_pack ("{s:s, s:s}", "folder", former->folder, "name", former->name) : NULL;
  return send_back (transaction, document, stage, config, more, personal, sent, error);
}

bool
apply_document_sent_back (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  return sql_run (db, error, "UPDATE document SET stage = ?, since_us = ? WHERE id = ?", "sii",
                  entry_text (entry, "stage"), entry->time_us, entry_int (entry, "document"));
}

bool
store_review_is_accepted (Store *store, int64_t document, bool *accepted, GError **error)
{
  int64_t found = 0;
  bool asked = sql_get_int (store->db, &found, error,
                            "SELECT ifnull (max (seq), 0) > ifnull ((SELECT max (seq) FROM decision d"
                            " WHERE d.document = ?1 AND NOT d.human), 0) FROM ledger"
                            " WHERE document = ?1 AND activity = 'review.accepted'",
                            "i", document);
  *accepted = found != 0;
  return asked;
}
