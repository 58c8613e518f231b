/* store/trace.h - what letters are known again by: keys (an order number, an e-mail address), and a sketch of their
 * words. Work state: it is made again from pages and decisions where it is lost. */
#pragma once
#include "store/store.h"

typedef struct
{
  const char *name; /* lent: "order_no" */
  char *key;        /* in its one form for comparing */
} StoreKey;
void store_key_free (StoreKey *key);

/* Puts @keys (of StoreKey) and the sketch @least of @words words in place of what was known of @document. */
bool store_trace_set (StoreTransaction *transaction, int64_t document, const GPtrArray *keys, unsigned words,
                      const char *least, GError **error);
/* The sketch of @document; *@least is NULL when there is none. Owned by the caller. */
bool store_trace_sketch (Store *store, int64_t document, unsigned *words, char **least, GError **error);
/* Documents in cases that have the key, the newest first, at most @limit. Of int64_t, owned by the caller. */
GArray *store_trace_find (Store *store, const char *name, const char *key, unsigned limit, GError **error);
/* Registered documents of which nothing is known, ascending, at most @limit. Of int64_t, owned by the caller. */
GArray *store_trace_lost (Store *store, unsigned limit, GError **error);
