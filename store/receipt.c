#include "store/receipt.h"
#include "base/fault.h"
#include "store/internal.h"

bool
store_receipt_known (Store *store, const StoreArrival *arrival, bool *known, StoreTaken *taken, GError **error)
{
  g_autoptr (Sql) sql = sql_query (store->db, error,
                                   "SELECT id, document, duplicate FROM receipt WHERE source = ? AND device = ?"
                                   " AND inode = ? AND size = ? AND mtime_ns = ? AND ctime_ns = ?",
                                   "siiiii", arrival->source, arrival->device, arrival->inode, arrival->size,
                                   arrival->mtime_ns, arrival->ctime_ns);
  if (sql == NULL || !sql_next (sql, known, error))
    return false;
  if (*known)
    *taken = (StoreTaken){
      .receipt = sql_int (sql, 0), .document = sql_int (sql, 1), .known = true, .duplicate = sql_int (sql, 2) != 0
    };
  return true;
}

static json_t *
receipt_payload (const StoreArrival *arrival, const StoreTaken *taken, const char *day)
{
  g_autoptr (json_t) languages = json_array ();
  for (const char *const *language = arrival->languages; language != NULL && *language != NULL; language++)
    json_array_append_new (languages, json_string (*language));
  g_autofree char *received = dk_day_format (arrival->received);
  json_t *payload = json_pack (
      "{s:I, s:I, s:b, s:s, s:I, s:I, s:s, s:I, s:I, s:I, s:I, s:s, s:s, s:s, s:O, s:s, s:s, s:s, s:s, s:s}", "receipt",
      (json_int_t)taken->receipt, "document", (json_int_t)taken->document, "duplicate", taken->duplicate, "blob",
      arrival->blob.sha256, "blob_size", (json_int_t)arrival->blob.size, "size", (json_int_t)arrival->size, "source",
      arrival->source, "device", (json_int_t)arrival->device, "inode", (json_int_t)arrival->inode, "mtime_ns",
      (json_int_t)arrival->mtime_ns, "ctime_ns", (json_int_t)arrival->ctime_ns, "profile", arrival->profile, "channel",
      arrival->channel, "owner", arrival->owner, "languages", languages, "received", received, "received_source",
      arrival->received_source, "zone", arrival->zone, "day", day, "stage", STORE_STAGE_FIRST);
  if (arrival->urgent)
    json_object_set_new (payload, "urgent", json_true ());
  return payload;
}

bool
store_receipt_take (StoreTransaction *transaction, const StoreArrival *arrival, StoreTaken *taken, GError **error)
{
  sqlite3 *db = transaction->store->db;
  bool known;
  *taken = (StoreTaken){ 0 };
  if (!store_receipt_known (transaction->store, arrival, &known, taken, error))
    return false;
  if (known)
    return true;
  if (arrival->grown_from != 0)
    return receipt_grow (transaction, arrival, taken, error);
  DkDay today;
  if (!blob_is_there (transaction->store, arrival->blob.sha256, error)
      || !dk_day_in_zone (transaction->time_us, arrival->zone, &today, error)
      || !sql_get_int (db, &taken->document, error,
                       "SELECT id FROM document WHERE blob = ? AND parent IS NULL ORDER BY id LIMIT 1", "s",
                       arrival->blob.sha256)
      || !sql_next_id (db, "receipt", &taken->receipt, error))
    return false;
  taken->duplicate = taken->document != 0;
  if (!taken->duplicate && !sql_next_id (db, "document", &taken->document, error))
    return false;
  g_autofree char *day = dk_day_format (today);
  json_t *personal = json_object ();
  json_object_set_new (personal, "name", dk_json_text (arrival->name));
  return ledger_append (transaction, ACTIVITY_RECEIPT_TAKEN, receipt_payload (arrival, taken, day), personal, NULL,
                        error);
}

bool
apply_receipt_taken (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  bool duplicate = dk_json_bool (entry->payload, "duplicate", false);
  g_autofree char *languages = entry_list (entry->payload, "languages");
  const char *name = entry->personal != NULL ? dk_json_string (entry->personal, "name", "") : "";
  int64_t document = entry_int (entry, "document");
  return apply_blob (db, entry_text (entry, "blob"), entry_int (entry, "blob_size"), "original", error)
         && (duplicate || document_add (db, entry, error))
         && (!dk_json_bool (entry->payload, "urgent", false)
             || sql_run (db, error, "UPDATE document SET urgent = 1 WHERE id = ?", "i", document))
         && sql_run (
             db, error,
             "INSERT INTO receipt (id, document, duplicate, source, name, device, inode, size, mtime_ns, ctime_ns,"
             " profile, channel, owner, languages, received, received_source, captured_us, day, zone)"
             " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
             "iiissiiiiissssssiss", entry_int (entry, "receipt"), document, (int64_t)duplicate,
             entry_text (entry, "source"), name, entry_int (entry, "device"), entry_int (entry, "inode"),
             entry_int (entry, "size"), entry_int (entry, "mtime_ns"), entry_int (entry, "ctime_ns"),
             entry_text (entry, "profile"), entry_text (entry, "channel"), entry_text (entry, "owner"), languages,
             entry_text (entry, "received"), entry_text (entry, "received_source"), entry->time_us,
             entry_text (entry, "day"), entry_text (entry, "zone"));
}

void
store_receipt_free (StoreReceipt *receipt)
{
  if (receipt == NULL)
    return;
  char *texts[] = { receipt->source, receipt->name,     receipt->profile,         receipt->channel, receipt->owner,
                    receipt->zone,   receipt->received, receipt->received_source, receipt->day };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_strfreev (receipt->languages);
  g_free (receipt);
}

static char **
parse_languages (const char *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (json_t) list = dk_json_parse (text, strlen (text), NULL);
  size_t i;
  const json_t *item;
  json_array_foreach (list, i, item) if (json_is_string (item)) g_strv_builder_add (builder, json_string_value (item));
  return g_strv_builder_end (builder);
}

static StoreReceipt *
read_row (Sql *row)
{
  StoreReceipt *receipt = g_new0 (StoreReceipt, 1);
  receipt->id = sql_int (row, 0);
  receipt->document = sql_int (row, 1);
  receipt->duplicate = sql_int (row, 2) != 0;
  char **texts[] = { &receipt->source,          &receipt->name,  &receipt->profile,
                     &receipt->channel,         &receipt->owner, &receipt->received,
                     &receipt->received_source, &receipt->zone,  &receipt->day };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup (sql_text (row, (int)i + 3));
  receipt->languages = parse_languages (sql_text (row, 12));
  receipt->captured_us = sql_int (row, 13);
  receipt->size = sql_int (row, 14);
  return receipt;
}

#define COLUMNS                                                                                                        \
  "SELECT id, document, duplicate, source, name, profile, channel, owner, received,"                                   \
  " received_source, zone, day, languages, captured_us, size FROM receipt WHERE "
/* Of the document that itself was received, of which @document is a part. */
#define OF_ROOT                                                                                                        \
  "document = (WITH RECURSIVE up (id, parent) AS (SELECT id, parent FROM document WHERE id = ? UNION ALL"              \
  " SELECT d.id, d.parent FROM document d JOIN up ON d.id = up.parent)"                                                \
  " SELECT id FROM up WHERE parent IS NULL) ORDER BY id"

static StoreReceipt *
load_one (Store *store, const char *text, int64_t id, GError **error)
{
  g_autoptr (Sql) sql = sql_query (store->db, error, text, "i", id);
  bool row;
  if (sql == NULL || !sql_next (sql, &row, error))
    return NULL;
  if (row)
    return read_row (sql);
  dk_throw (error, DK_ERROR_NOT_FOUND, "there is no receipt of #%" G_GINT64_FORMAT, id);
  return NULL;
}

StoreReceipt *
store_receipt_load (Store *store, int64_t id, GError **error)
{
  return load_one (store, COLUMNS "id = ?", id, error);
}

StoreReceipt *
store_receipt_of (Store *store, int64_t document, GError **error)
{
  return load_one (store, COLUMNS OF_ROOT " LIMIT 1", document, error);
}

GPtrArray *
store_receipts_of (Store *store, int64_t document, GError **error)
{
  g_autoptr (GPtrArray) receipts = g_ptr_array_new_with_free_func ((GDestroyNotify)store_receipt_free);
  g_autoptr (Sql) sql = sql_query (store->db, error, COLUMNS OF_ROOT, "i", document);
  bool row;
  while (sql != NULL && sql_next (sql, &row, error))
    {
      if (!row)
        return g_steal_pointer (&receipts);
      g_ptr_array_add (receipts, read_row (sql));
    }
  return NULL;
}

bool
store_receipts_in_flight (Store *store, const GArray *ids, int64_t *count, GError **error)
{
#define IN_FLIGHT "d.stage NOT IN ('rest', 'quarantined')"
  static const char all[] = "SELECT count(*) FROM document d INDEXED BY document_waiting"
                            " CROSS JOIN receipt r ON r.document = d.id WHERE " IN_FLIGHT;
  static const char one[]
      = "SELECT count(*) FROM receipt r JOIN document d ON d.id = r.document WHERE " IN_FLIGHT " AND r.id = ?";
  *count = 0;
  if (ids == NULL)
    return sql_get_int (store->db, count, error, all, "");
  for (guint i = 0; i < ids->len; i++)
    {
      int64_t n = 0;
      if (!sql_get_int (store->db, &n, error, one, "i", g_array_index (ids, int64_t, i)))
        return false;
      *count += n;
    }
  return true;
}
