/* store/internal.h - what the files of store/ share. Private to store/. */
#pragma once
#include "store/case.h"
#include "store/ledger.h"
#include "store/receipt.h"
#include "store/schema.h"

struct Store
{
  sqlite3 *db;
  char *path;
  int dir;
  int lock; /* the pipeline lock, -1 when not held */
  bool scratch;
  uint64_t device, inode; /* of docket.db when it was opened */
  char newest_month[8];   /* of ledger/'s files, "" when not looked at yet */
  StoreTransaction *open;
};

/* The pipeline lock of the store folder @dir; released when the descriptor is closed. -1 on error, BUSY. */
int store_take_lock (int dir, const char *path, GError **error);

struct StoreTransaction
{
  Store *store;
  char *actor;
  int64_t first_seq, next_seq; /* of the entries it appends */
  int64_t time_us;             /* of all its entries */
  char hash[65];               /* of the entry before next_seq, "" before the first */
  GString *log, *personal;     /* lines not yet written */
  bool broken;                 /* a part of it failed: it cannot be committed */
};

/* activities.c: brings the cache tables of @db up to date with @entry. The same entries in the same order give the same
 * rows. */
bool apply_entry (sqlite3 *db, const LedgerEntry *entry, GError **error);
int activity_version (Activity activity);

/* Each beside the function that appends the entry. It may look into caches, not into the ledger: verify makes caches
 * without one. */
typedef bool (*ApplyFunc) (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_config_changed (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_receipt_taken (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_receipt_grown (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_document_identified (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_page_read (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_document_bound (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_document_understood (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_case_opened (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_case_joined (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_case_proposed (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_case_split (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_deadline_set (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_document_filed (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_document_indexed (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_index_lost (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_bound_lost (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_document_urgent (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_document_sent_back (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_document_quarantined (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_document_released (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_decision_corrected (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_decision_copied (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_review_accepted (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_model_trained (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_model_kept_out (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_model_undone (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_blind_checked (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_case_acted (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_alert_set (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_alert_moved (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_link_added (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_link_removed (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_contact_made (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_contact_point_added (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_contact_point_removed (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_contact_set (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_contact_merged (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_contact_unmerged (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_contact_proposed (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_contact_told_apart (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_case_contact_set (sqlite3 *db, const LedgerEntry *entry, GError **error);
bool apply_case_allocated (sqlite3 *db, const LedgerEntry *entry, GError **error);

/* decision.c: the entry whose decisions on the name of row d are current: a person's latest, else the machine's newest
 * run. Which case a document is of is decided apart from the rest. */
#define CURRENT_SEQ                                                                                                    \
  "ifnull ((SELECT max (seq) FROM decision h WHERE h.document = d.document AND h.name = d.name AND h.human),"          \
  " (SELECT max (seq) FROM decision m WHERE m.document = d.document AND NOT m.human"                                   \
  "  AND (m.name = 'case') = (d.name = 'case')))"

/* A person's decision that was said of the document itself. One that holds for it as a copy has an object there, with
 * "of", the document of which it was said, and whether it was "asked" of the copy, too (copied.c). */
#define OWN_WORD "because = '[]'"
/* decision.c: the document's own columns follow the current decisions, a person's before the machine's. */
bool decision_refresh (sqlite3 *db, int64_t document, GError **error);
/* What the entry decides is not asked any more, and the document is named anew by it. */
bool decision_answer (sqlite3 *db, const LedgerEntry *entry, GError **error);
/* copied.c: what holds for @document by being a copy holds no more, by the entry that leads it out of its case. */
bool decision_forget_copied (sqlite3 *db, const LedgerEntry *entry, int64_t document, GError **error);
/* document.c: the row of a root document that an entry of receipts makes. */
bool document_add (sqlite3 *db, const LedgerEntry *entry, GError **error);
/* blind.c: where a blind check of @document waits, notes that a person says the kind is @answer; to be called before
 * that is noted itself. */
bool blind_note_answer (StoreTransaction *transaction, int64_t document, const char *answer, GError **error);
/* case.c: what an entry says that opens @the_case, whose id, opened_us and documents are set, with @document. Owned by
 * the caller; NULL with *error. */
json_t *case_opening (StoreTransaction *transaction, StoreCase *the_case, int64_t document, const char *next,
                      GError **error);
/* case.c: the row of a case that an entry opens. */
bool case_insert (sqlite3 *db, const LedgerEntry *entry, GError **error);
/* decision.c: notes the decision "case" that the entry makes: a person's, of the payload's number, or the finding of a
 * machine. */
bool decision_of_case (sqlite3 *db, const LedgerEntry *entry, GError **error);
/* job.c: what waits of @document goes before that of others from now on. */
bool job_hurry (sqlite3 *db, int64_t document, GError **error);
/* In SQL: the table whole of the case ?1 and of those that were merged into it. */
#define WITH_WHOLE                                                                                                     \
  "WITH RECURSIVE whole (id) AS (SELECT ?1 UNION SELECT c.id FROM cases c JOIN whole w ON c.merged_into = w.id)"
#define OF_WHOLE "case_id IN (" WITH_WHOLE " SELECT id FROM whole)"
/* In SQL: that the deadline of the row @d is not over, as store_deadline_is_over says it of one. */
#define DEADLINE_RUNS(d)                                                                                               \
  d ".state NOT IN ('" STORE_DEADLINE_MET "', '" STORE_DEADLINE_MISSED "', '" STORE_DEADLINE_WITHDRAWN "')"
/* receipt_grown.c: notes that the receipt arrival->grown_from has the bytes of @arrival. */
bool receipt_grow (StoreTransaction *transaction, const StoreArrival *arrival, StoreTaken *taken, GError **error);
/* blob.c: notes a blob that an entry names. */
bool apply_blob (sqlite3 *db, const char *sha256, int64_t size, const char *role, GError **error);
/* contact_find.c: the words of @folded, NULL-terminated, owned by the caller. */
char **contact_words (const char *folded);
/* entry.c: a lent text of the payload, "" when absent; integers likewise 0. */
const char *entry_text (const LedgerEntry *entry, const char *key);
int64_t entry_int (const LedgerEntry *entry, const char *key);
/* The list under @key of @object as canonical text, "[]" when there is none. Owned by the caller. */
char *entry_list (const json_t *object, const char *key);
/* blob.c: fails with STALE when the object @sha256 is not there: inside a transaction, since the sweep removes orphans
 * in one too, so that no row ever names a file that was just swept. */
bool blob_is_there (Store *store, const char *sha256, GError **error);

/* ledger_file.c: writes the lines of @transaction to the files beside the database, durably. */
bool ledger_file_write (StoreTransaction *transaction, GError **error);
/* How far the files are committed. */
typedef struct
{
  char month[8]; /* of the files that grow, "" before the first entry */
  int64_t log_bytes, personal_bytes;
} LedgerProgress;
bool ledger_progress_load (Store *store, LedgerProgress *progress, GError **error);
/* The newest month that has a file in @dir/ledger, "" when none has. */
bool ledger_newest_month (int dir, char month[static 8], GError **error);
/* One entry of the files. */
typedef struct
{
  int64_t seq, time_us;
  int version;
  char *actor, *activity, *payload, *personal_digest, *hash, *salt, *personal; /* the last two may be NULL */
} LedgerLine;
void ledger_line_free (LedgerLine *line);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LedgerLine, ledger_line_free)
/* ledger_read.c: reads the entries that the files of @dir/ledger hold, one by one, void ones left out, and only what
 * @committed covers where that is not NULL; what is wrong with them is added to @problems, of char *, which is lent. */
typedef struct LedgerReader LedgerReader;
LedgerReader *ledger_reader_new (int dir, const LedgerProgress *committed, GPtrArray *problems, GError **error);
void ledger_reader_free (LedgerReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LedgerReader, ledger_reader_free)
/* *@line is owned by the caller, NULL at the end. */
bool ledger_reader_next (LedgerReader *reader, LedgerLine **line, GError **error);
/* The personal digest and the hash as the comment of ledger.h defines them. Owned by the caller. */
char *ledger_personal_digest (const char *salt, const char *personal);
char *ledger_hash (const char *prev, const LedgerLine *line);
/* A row of the ledger table as an entry. Fails with FAILED for an activity or version that only a newer program
 * knows, INVALID for a payload that is none. */
LedgerEntry *ledger_entry_new (const LedgerLine *line, GError **error);
/* Writes the row, and applies it. */
bool ledger_insert (sqlite3 *db, const LedgerLine *line, const LedgerEntry *entry, GError **error);
