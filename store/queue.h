/* store/queue.h - how much waits where; for status and screens. */
#pragma once
#include "store/store.h"

typedef struct
{
  char stage[24];   /* as document.stage */
  int64_t count;    /* documents */
  int64_t oldest_s; /* since the one that has waited longest came there */
} StoreQueued;
/* Of StoreQueued, for every stage where documents wait. Owned by the caller. */
GArray *store_queue (Store *store, GError **error);

typedef struct
{
  int64_t review, quarantine, to_index; /* documents */
  int64_t urgent;                       /* those that cannot wait, their case not closed */
} StoreCounts;
bool store_counts (Store *store, StoreCounts *counts, GError **error);
