/* A file that was taken while its scanner still appended to it: the same receipt, with more bytes. */
#include "base/fault.h"
#include "store/internal.h"
#include "store/job.h"
#include <string.h>

bool
store_receipt_before (Store *store, const StoreArrival *arrival, StoreBefore *before, GError **error)
{
  *before = (StoreBefore){ 0 };
  g_autoptr (Sql) sql = sql_query (store->db, error,
                                   "SELECT r.id, r.ctime_ns, r.size, d.blob FROM receipt r JOIN document d"
                                   " ON d.id = r.document WHERE source = ? AND device = ? AND inode = ?"
                                   " ORDER BY r.id DESC LIMIT 1",
                                   "sii", arrival->source, arrival->device, arrival->inode);
  bool row;
  if (sql == NULL || !sql_next (sql, &row, error))
    return false;
  if (!row)
    return true;
  before->receipt = sql_int (sql, 0);
  before->ctime_ns = sql_int (sql, 1);
  before->blob.size = sql_int (sql, 2);
  g_strlcpy (before->blob.sha256, sql_text (sql, 3), sizeof before->blob.sha256);
  return true;
}

/* What becomes of the documents when a receipt grows. */
typedef struct
{
  int64_t document; /* that the receipt is of from now on */
  int64_t heir;     /* the receipt that the old document is left to, 0: none */
  bool changed;     /* else the file was only touched */
  bool is_new, duplicate;
} Growth;

/* The receipt leaves a document that it shares. The bytes may be known already; else they get a document. */
static bool
part (sqlite3 *db, const StoreArrival *arrival, bool was_first, int64_t other, Growth *growth, GError **error)
{
  growth->heir = was_first ? other : 0;
  growth->document = 0;
  if (!sql_get_int (db, &growth->document, error,
                    "SELECT id FROM document WHERE blob = ? AND parent IS NULL ORDER BY id LIMIT 1", "s",
                    arrival->blob.sha256))
    return false;
  growth->duplicate = growth->document != 0;
  growth->is_new = !growth->duplicate;
  return growth->duplicate || sql_next_id (db, "document", &growth->document, error);
}

static bool
find_growth (sqlite3 *db, const StoreArrival *arrival, Growth *growth, GError **error)
{
  bool row;
  g_autoptr (Sql) sql = sql_query (
      db, error,
      "SELECT r.document, r.duplicate, d.blob, ifnull ((SELECT min (id) FROM receipt o"
      " WHERE o.document = r.document AND o.id != r.id), 0) FROM receipt r JOIN document d ON d.id = r.document"
      " WHERE r.id = ?",
      "i", arrival->grown_from);
  if (sql == NULL || !sql_next (sql, &row, error))
    return false;
  if (!row)
    return dk_throw (error, DK_ERROR_NOT_FOUND, "there is no receipt of #%" G_GINT64_FORMAT, arrival->grown_from);
  int64_t other = sql_int (sql, 3);
  *growth = (Growth){ .document = sql_int (sql, 0),
                      .duplicate = sql_int (sql, 1) != 0,
                      .changed = strcmp (sql_text (sql, 2), arrival->blob.sha256) != 0 };
  return !growth->changed || other == 0 || part (db, arrival, !growth->duplicate, other, growth, error);
}

static bool
begins_again (const Growth *growth)
{
  return growth->changed && !growth->is_new && !growth->duplicate;
}

bool
receipt_grow (StoreTransaction *transaction, const StoreArrival *arrival, StoreTaken *taken, GError **error)
{
  Growth growth;
  if (!blob_is_there (transaction->store, arrival->blob.sha256, error)
      || !find_growth (transaction->store->db, arrival, &growth, error)
      || (begins_again (&growth) && !store_job_drop (transaction, growth.document, error)))
    return false;
  dk_fault ("grown: jobs dropped, not noted");
  *taken = (StoreTaken){ .receipt = arrival->grown_from,
                         .document = growth.document,
                         .known = !growth.changed,
                         .duplicate = growth.duplicate,
                         .grown = growth.changed };
  return ledger_append (transaction, ACTIVITY_RECEIPT_GROWN,
                        json_pack ("{s:I, s:I, s:b, s:b, s:b, s:I, s:s, s:I, s:I, s:I, s:I, s:s}", "receipt",
                                   (json_int_t)arrival->grown_from, "document", (json_int_t)growth.document, "changed",
                                   growth.changed, "new", growth.is_new, "duplicate", growth.duplicate, "heir",
                                   (json_int_t)growth.heir, "blob", arrival->blob.sha256, "blob_size",
                                   (json_int_t)arrival->blob.size, "size", (json_int_t)arrival->size, "mtime_ns",
                                   (json_int_t)arrival->mtime_ns, "ctime_ns", (json_int_t)arrival->ctime_ns, "stage",
                                   STORE_STAGE_FIRST),
                        NULL, NULL, error);
}

/* What was found in the old bytes is void; what persons decided, the number and the name are not. */
static bool
begin_again (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  int64_t document = entry_int (entry, "document");
  return sql_run (db, error, "DELETE FROM page WHERE document = ?", "i", document)
         && sql_run (db, error,
                     "UPDATE document SET blob = ?, stage = ?, since_us = ?, media_type = NULL, pages = 0, paged = 0,"
                     " picture = 0, outcome = 'ok', reason = NULL, reason_stage = NULL, warnings = '[]', bound = NULL,"
                     " review = '[]' WHERE id = ?",
                     "ssii", entry_text (entry, "blob"), entry_text (entry, "stage"), entry->time_us, document);
}

static bool
move_receipt (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  return sql_run (db, error, "UPDATE receipt SET document = ?, duplicate = ? WHERE id = ?", "iii",
                  entry_int (entry, "document"), (int64_t)dk_json_bool (entry->payload, "duplicate", false),
                  entry_int (entry, "receipt"))
         && sql_run (db, error, "UPDATE receipt SET duplicate = 0 WHERE id = ?", "i", entry_int (entry, "heir"));
}

static bool
apply_new_bytes (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  if (!apply_blob (db, entry_text (entry, "blob"), entry_int (entry, "blob_size"), "original", error))
    return false;
  if (dk_json_bool (entry->payload, "duplicate", false))
    return move_receipt (db, entry, error);
  if (!dk_json_bool (entry->payload, "new", false))
    return begin_again (db, entry, error);
  return document_add (db, entry, error)
         && sql_run (db, error,
                     "UPDATE document SET urgent = (SELECT d.urgent FROM document d JOIN receipt r ON d.id = r.document"
                     " WHERE r.id = ?) WHERE id = ?",
                     "ii", entry_int (entry, "receipt"), entry_int (entry, "document"))
         && move_receipt (db, entry, error);
}

bool
apply_receipt_grown (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  return sql_run (db, error, "UPDATE receipt SET size = ?, mtime_ns = ?, ctime_ns = ? WHERE id = ?", "iiii",
                  entry_int (entry, "size"), entry_int (entry, "mtime_ns"), entry_int (entry, "ctime_ns"),
                  entry_int (entry, "receipt"))
         && (!dk_json_bool (entry->payload, "changed", true) || apply_new_bytes (db, entry, error));
}
