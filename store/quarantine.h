/* store/quarantine.h - what no stage could take, beside a sentence that says why. Derived from the ledger, like filed/.
 */
#pragma once
#include "store/blob.h"

/* "quarantine/000012 letter.pdf": where document @document, received as @name, lies. Owned by the caller. */
char *store_quarantine_path (int64_t document, const char *name);
/* Puts the original and PATH.reason.txt with the sentence @why there. */
bool store_quarantine_put (Store *store, int64_t document, const char *name, const char *sha256, const char *why,
                           GError **error);
/* Takes both away; fine when they are gone. */
bool store_quarantine_remove (Store *store, int64_t document, const char *name, GError **error);
