/* Into quarantine and out of it, as told by the ledger; the files there are store/quarantine.c. */
#include "store/document.h"
#include "store/internal.h"
#include <string.h>

bool
store_document_quarantined (StoreTransaction *transaction, int64_t document, RecordCode reason, const char *stage,
                            const char *media_type, GError **error)
{
  return ledger_append (transaction, ACTIVITY_DOCUMENT_QUARANTINED,
                        json_pack ("{s:I, s:s, s:s, s:s*}", "document", (json_int_t)document, "reason",
                                   record_code_name (reason), "at", stage, "media_type", media_type),
                        NULL, NULL, error);
}

bool
apply_document_quarantined (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  const char *reason = entry_text (entry, "reason");
  bool password = strcmp (reason, "needs_password") == 0;
  return sql_run (db, error,
                  "UPDATE document SET stage = 'quarantined', since_us = ?, outcome = ?, reason = ?, reason_stage = ?,"
                  " media_type = ifnull (?, media_type) WHERE id = ?",
                  "issssi", entry->time_us, password ? "needs_password" : "refused", reason, entry_text (entry, "at"),
                  dk_json_string (entry->payload, "media_type", NULL), entry_int (entry, "document"));
}

bool
store_document_released (StoreTransaction *transaction, int64_t document, GError **error)
{
  int64_t quarantined = 0;
  if (!sql_get_int (transaction->store->db, &quarantined, error,
                    "SELECT count(*) FROM document WHERE id = ? AND stage = 'quarantined'", "i", document))
    return false;
  if (quarantined == 0)
    return dk_throw (error, DK_ERROR_NOT_FOUND, "document #%" G_GINT64_FORMAT " is not in quarantine", document);
  return ledger_append (transaction, ACTIVITY_DOCUMENT_RELEASED, json_pack ("{s:I}", "document", (json_int_t)document),
                        NULL, NULL, error);
}

bool
apply_document_released (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  return sql_run (db, error,
                  "UPDATE document SET stage = reason_stage, since_us = ?, reason = NULL, reason_stage = NULL,"
                  " outcome = CASE WHEN EXISTS (SELECT 1 FROM page WHERE document = document.id AND origin = 'missing')"
                  " OR EXISTS (SELECT 1 FROM json_each (warnings) WHERE json_extract (value, '$.page') IS NOT NULL)"
                  " THEN 'partial' ELSE 'ok' END WHERE id = ? AND stage = 'quarantined'",
                  "ii", entry->time_us, entry_int (entry, "document"));
}
