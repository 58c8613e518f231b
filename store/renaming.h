/* store/renaming.h - documents that are named anew because somebody asked, and the names they had before.
 *
 * Asking is an entry document.sent_back: with "run", the seq of the ledger's head when the templates were applied, or
 * with the personal payload "folder" and "name" where a former name comes back. Naming is document.filed, as ever. */
#pragma once
#include "store/document.h"

typedef struct
{
  char *folder, *name; /* both NULL: there is none */
} StorePlace;
void store_place_clear (StorePlace *place);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StorePlace, store_place_clear)

/* Sends @document to @stage, to be named by the templates of the version @config, as part of the run @run; or as
 * @former, where that is not NULL. *@sent is false, and nothing is written, where it is on its way anyway. */
bool store_document_rename (StoreTransaction *transaction, int64_t document, const char *stage, int64_t config,
                            int64_t run, const StorePlace *former, bool *sent, GError **error);
/* The former place that was asked for; none where a person has since decided something of @document, led it to another
 * case, or applied the templates to it. */
bool store_place_wanted (Store *store, int64_t document, StorePlace *place, GError **error);
/* The place @document had when the ledger ended with @seq; none where it was not filed by then. */
bool store_place_at (Store *store, int64_t document, int64_t seq, StorePlace *place, GError **error);
/* The latest place of @document that is not the one it has now. */
bool store_place_before (Store *store, int64_t document, StorePlace *place, GError **error);
/* The run that applied the templates last; 0: there was none. */
bool store_renaming_last (Store *store, int64_t *run, GError **error);
/* Documents that were sent by runs from @run on. Of int64_t, ascending, owned by the caller. */
GArray *store_renamed (Store *store, int64_t run, GError **error);
/* Whether a person corrected @document after @seq, or it was understood anew: its name then has another cause. */
bool store_document_is_decided_since (Store *store, int64_t document, int64_t seq, bool *decided, GError **error);
