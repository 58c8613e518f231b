/* store/audit.h - does everything still hold: blobs, ledger, caches, names in filed/; and is every receipt somewhere.
 */
#pragma once
#include "store/store.h"
#include <jansson.h>

typedef struct
{
  int64_t blobs, entries, rows, links, differences;
} StoreAudit;
/* Called for each difference: @what is blob row cache link ledger index. */
typedef void (*StoreAuditFunc) (const char *what, const char *id, const char *problem, void *data);
/* Looks at one snapshot, while others write. Blobs by presence and size, with @full by hash. Fails only when it cannot
 * look. */
bool store_verify (Store *store, bool full, StoreAuditFunc found, void *data, StoreAudit *audit, GError **error);

typedef struct
{
  int64_t seen, filed, duplicate, quarantined, disposed, in_flight;
  GArray *missing; /* of int64_t receipt ids, owned by the caller */
} StoreBalance;
/* Counts the receipts whose civil date is @day (ISO; NULL: all) and where each of them is now, looked up from what
 * exists: the object, the name in filed/ or quarantine/. */
bool store_balance (Store *store, const char *day, StoreBalance *balance, GError **error);

/* Makes docket.db anew from ledger/ and objects/ with the same ids and numbers; an old one becomes docket.db.old. Fails
 * with BUSY while somebody holds the pipeline lock. @problems of char *, what the ledger's files were found to lack. */
bool store_rebuild (const char *path, GPtrArray *problems, GError **error);
