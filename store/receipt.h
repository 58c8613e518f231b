/* store/receipt.h - one arrival of bytes from one source, in the register for good. */
#pragma once
#include "store/blob.h"

#define STORE_STAGE_FIRST "identify" /* what a document needs after taking in */
#define STORE_STAGE_REST "rest"      /* nothing: it is searchable */
#define STORE_STAGE_QUARANTINED "quarantined"

typedef struct
{
  const char *source;                              /* "drop:default", "ingest" */
  const char *name;                                /* of the file, escaped (dk_escape_name) */
  int64_t device, inode, size, mtime_ns, ctime_ns; /* with source the key of the arrival */
  const char *profile, *channel, *owner;           /* owner may be "" */
  const char *const *languages;                    /* hints, NULL-terminated */
  const char *zone;                                /* IANA, frozen here */
  bool urgent;                                     /* its document goes before others */
  DkDay received;
  const char *received_source; /* today | file_time | previous_working_day | option */
  StoreBlob blob;              /* durable already */
  int64_t grown_from;          /* the receipt whose file this is, with more in it by now; 0: a new arrival */
} StoreArrival;

typedef struct
{
  int64_t receipt, document;
  bool known;     /* this very arrival was in the register: only the source remained to be released */
  bool duplicate; /* the bytes were: a second receipt of the same document */
  bool grown;     /* an earlier receipt has these bytes now */
} StoreTaken;
/* Registers @arrival: a receipt and, unless the bytes are known as a root document, a document that waits for
 * STORE_STAGE_FIRST. With grown_from no receipt is added: that one's key follows the file, and where the bytes changed,
 * its document begins again with them. Its docket number, filed name and a person's decisions stay; its jobs are
 * dropped, so that nothing found in the old bytes is published any more. A document that other receipts share is left
 * to them, and the grown bytes make one of their own. The old bytes stay among the objects, named in the ledger. */
bool store_receipt_take (StoreTransaction *transaction, const StoreArrival *arrival, StoreTaken *taken, GError **error);
/* Whether an arrival with this key is registered; then *@taken is filled. */
bool store_receipt_known (Store *store, const StoreArrival *arrival, bool *known, StoreTaken *taken, GError **error);

/* The newest receipt that came from the file of @arrival (source, device and inode), in whatever state it was then. */
typedef struct
{
  int64_t receipt, ctime_ns; /* receipt 0: there is none */
  StoreBlob blob;            /* the bytes it had */
} StoreBefore;
bool store_receipt_before (Store *store, const StoreArrival *arrival, StoreBefore *before, GError **error);

typedef struct
{
  int64_t id, document;
  bool duplicate;
  char *source, *name, *profile, *channel, *owner, *received, *received_source, *zone, *day;
  char **languages;
  int64_t captured_us, size;
} StoreReceipt;
void store_receipt_free (StoreReceipt *receipt);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreReceipt, store_receipt_free)
StoreReceipt *store_receipt_load (Store *store, int64_t id, GError **error);
/* The first receipt of @document, or of its root. */
StoreReceipt *store_receipt_of (Store *store, int64_t document, GError **error);
/* All receipts of @document, or of its root, in the order they came. Of StoreReceipt, owned by the caller. */
GPtrArray *store_receipts_of (Store *store, int64_t document, GError **error);
/* Receipts whose document is not at rest; in all, and of the receipts @ids (of int64_t) where that is not NULL. */
bool store_receipts_in_flight (Store *store, const GArray *ids, int64_t *count, GError **error);
