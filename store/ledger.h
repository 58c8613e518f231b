/* store/ledger.h - the append-only record of what happened.
 *
 * An entry has a dense seq, a time that never runs backwards, an actor, an activity of a closed list with its payload
 * version, a payload of ids and codes, and, where persons are concerned, a personal payload with a salt in a row of its
 * own. hash = SHA-256 (prev ‖ seq ‖ time_us ‖ actor ‖ activity ‖ version ‖ payload ‖ SHA-256 (salt ‖ personal)) in
 * which each field stands behind its length (u32, little endian) and numbers are decimal text; prev of the first is "".
 * Payloads are canonical JSON. Digests are lower-case hex; the personal digest is "" where there is no personal
 * payload.
 *
 * Files: ledger/YYYY-MM.log has one JSON object a line: seq time_us actor activity version payload personal_digest
 * hash; ledger/YYYY-MM.personal: seq salt payload. Both are written and fsynced before the transaction commits. Lines
 * that a crash left without a commit are taken back by the next writer with a line {"void_from":SEQ}: entries from SEQ
 * on that stand above it did not happen, and a line cut off just before it is none. The lines of a transaction are
 * closed by {"through":SEQ}; entries after the last such line were never whole. An erased personal line is overwritten
 * with blanks, so that what follows stays where it was.
 *
 * What an entry means never changes: what is to be said otherwise is another activity or a payload version more, and
 * either is a new SCHEMA_VERSION (schema.h), by which an older program refuses the store before it writes into it. An
 * entry that is met all the same, in files that a newer program wrote, is refused by its number and name, and nothing
 * is made of a ledger that holds one. */
#pragma once
#include "base/json.h"
#include "store/store.h"

typedef enum
{
  ACTIVITY_STORE_CREATED,
  ACTIVITY_CONFIG_CHANGED,
  ACTIVITY_RECEIPT_TAKEN,
  ACTIVITY_RECEIPT_GROWN,
  ACTIVITY_DOCUMENT_IDENTIFIED,
  ACTIVITY_PAGE_READ,
  ACTIVITY_DOCUMENT_BOUND,
  ACTIVITY_DOCUMENT_UNDERSTOOD,
  ACTIVITY_CASE_OPENED,
  ACTIVITY_DEADLINE_SET,
  ACTIVITY_DOCUMENT_FILED,
  ACTIVITY_DOCUMENT_INDEXED,
  ACTIVITY_DOCUMENT_QUARANTINED,
  ACTIVITY_DOCUMENT_RELEASED,
  ACTIVITY_DECISION_CORRECTED,
  ACTIVITY_DECISION_COPIED,
  ACTIVITY_REVIEW_ACCEPTED,
  ACTIVITY_INDEX_LOST,
  ACTIVITY_BOUND_LOST,
  ACTIVITY_MODEL_TRAINED,
  ACTIVITY_MODEL_KEPT_OUT,
  ACTIVITY_MODEL_UNDONE,
  ACTIVITY_BLIND_CHECKED,
  ACTIVITY_DOCUMENT_SENT_BACK,
  ACTIVITY_DOCUMENT_URGENT,
  ACTIVITY_CASE_ACTED,
  ACTIVITY_ALERT_SET,
  ACTIVITY_ALERT_MOVED,
  ACTIVITY_LINK_ADDED,
  ACTIVITY_LINK_REMOVED,
  ACTIVITY_CASE_JOINED,
  ACTIVITY_CASE_PROPOSED,
  ACTIVITY_CASE_SPLIT,
  ACTIVITY_CONTACT_MADE,
  ACTIVITY_CONTACT_POINT_ADDED,
  ACTIVITY_CONTACT_POINT_REMOVED,
  ACTIVITY_CONTACT_SET,
  ACTIVITY_CONTACT_MERGED,
  ACTIVITY_CONTACT_UNMERGED,
  ACTIVITY_CONTACT_PROPOSED,
  ACTIVITY_CONTACT_TOLD_APART,
  ACTIVITY_CASE_CONTACT_SET,
  ACTIVITY_CASE_ALLOCATED,
  N_ACTIVITIES,
} Activity;
/* "receipt.taken"; and back, N_ACTIVITIES for an unknown word. */
const char *activity_name (Activity activity);
Activity activity_parse (const char *name);

typedef struct
{
  int64_t seq, time_us;
  char *actor;
  Activity activity;
  int version;
  json_t *payload;
  json_t *personal; /* NULL where there is none or it was erased */
} LedgerEntry;
void ledger_entry_free (LedgerEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LedgerEntry, ledger_entry_free)

/* Appends an entry and brings the caches up to date with it. Takes over @payload and @personal (NULL: none), in failure
 * too. Its seq goes to *@seq where that is not NULL. */
bool ledger_append (StoreTransaction *transaction, Activity activity, json_t *payload, json_t *personal, int64_t *seq,
                    GError **error);
/* The seq and hash of the newest entry. @hash has room for 65 bytes; both may be NULL. */
bool ledger_head (Store *store, int64_t *seq, char *hash, GError **error);
/* Calls @each for the entries after @after, in order, until it returns false or fails; optionally those of one document
 * or case (0: all). */
typedef bool (*LedgerFunc) (const LedgerEntry *entry, void *data, GError **error);
bool ledger_each (Store *store, int64_t after, int64_t document, int64_t case_id, LedgerFunc each, void *data,
                  GError **error);
/* Writes seq and hash of the head to ledger/head-YYYY-MM-DD.txt of the day of now, for keeping elsewhere. */
bool ledger_export_head (Store *store, GError **error);
