/* capture/grown.h - whether a file is one that was taken already and has grown since. Inside capture only. */
#pragma once
#include "store/receipt.h"

/* Sets arrival->grown_from to the receipt that the file @arrival, open as @fd, was taken as before, where it is the
 * same file and its bytes continue the ones it had then. @seen is the receipt that this program has registered it as, 0
 * for none: where the file system does not tell when a file was made, only that counts. */
bool capture_find_grown (Store *store, int fd, int64_t seen, StoreArrival *arrival, GError **error);
