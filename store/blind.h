/* store/blind.h - blind checks: of what is filed without a person a small share is drawn, and a person says the kind
 * without being told what the machine decided. From these the rate of errors nobody notices is known. */
#pragma once
#include "store/store.h"

#define STORE_REVIEW_BLIND "blind" /* the code in document.review */

/* Whether @document is among the @share (0 to 1) that is drawn. The same document always answers the same; nobody can
 * tell before it is taken in, since the draw hangs on a ledger hash with a random salt in it. False, too, where a
 * person has said the kind already or a check of it was made. */
bool store_blind_draw (Store *store, int64_t document, double share, bool *drawn, GError **error);

typedef struct
{
  char kind[24];    /* that the machine had decided, "" for all */
  int64_t n, wrong; /* checks that were made, of which a person said another kind */
} StoreBlindCount;
/* Of StoreBlindCount: first all together, then by kind. Owned by the caller. */
GArray *store_blind_counts (Store *store, GError **error);
