/* store/internal.h - what the files of store/ share. Private to store/. */
#pragma once
#include "store/ledger.h"
#include "store/schema.h"

struct Store
{
  sqlite3 *db;
  char *path;
  int dir;
  int lock; /* the pipeline lock, -1 when not held */
  bool scratch;
  StoreTransaction *open;
};

struct StoreTransaction
{
  Store *store;
  char *actor;
  int64_t first_seq, next_seq; /* of the entries it appends */
  int64_t time_us;             /* of all its entries */
  char hash[65];               /* of the entry before next_seq, "" before the first */
  GString *log, *personal;     /* lines not yet written */
};

/* Brings the cache tables of @db up to date with @entry. The same entries in the same order give the same rows. */
bool apply_entry (sqlite3 *db, const LedgerEntry *entry, GError **error);
int activity_version (Activity activity);

/* Each beside the function that appends the entry. */
typedef bool (*ApplyFunc) (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_config_changed (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_receipt_taken (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_document_identified (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_page_read (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_document_bound (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_document_understood (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_case_opened (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_deadline_set (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_document_filed (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_document_indexed (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_index_lost (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_document_quarantined (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_document_released (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_decision_corrected (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_review_accepted (sqlite3 *db, const LedgerEntry *entry, GError **error);

/* Notes a blob that an entry names. */
bool apply_blob (sqlite3 *db, const char *sha256, int64_t size, const char *role, GError **error);
/* The id after the largest of @table. */
bool next_id (sqlite3 *db, const char *table, int64_t *id, GError **error);
/* A lent text of the payload, "" when absent; integers likewise 0. */
const char *entry_text (const LedgerEntry *entry, const char *key);
int64_t entry_int (const LedgerEntry *entry, const char *key);

/* ledger_file.c: writes the lines of @transaction to the files beside the database, durably. */
bool ledger_file_write (StoreTransaction *transaction, GError **error);
/* Reads the entries that the files of @dir/ledger hold, in order, void ones left out; what is wrong with them is added
 * to @problems, of char *. */
GPtrArray *ledger_file_read (int dir, GPtrArray *problems, GError **error);
/* One entry of the files. */
typedef struct
{
  int64_t seq, time_us;
  int version;
  char *actor, *activity, *payload, *personal_digest, *hash, *salt, *personal; /* the last two may be NULL */
} LedgerLine;
void ledger_line_free (LedgerLine *line);
/* The personal digest and the hash as the comment of ledger.h defines them. Owned by the caller. */
char *ledger_personal_digest (const char *salt, const char *personal);
char *ledger_hash (const char *prev, const LedgerLine *line);
/* A row of the ledger table as an entry; *@broken is set when payloads are no JSON. */
LedgerEntry *ledger_entry_new (const LedgerLine *line, GError **error);
/* Writes the row, and applies it. */
bool ledger_insert (sqlite3 *db, const LedgerLine *line, const LedgerEntry *entry, GError **error);
