/* capture/take.h - one open file becomes a blob and a receipt. Inside capture only. */
#pragma once
#include "base/config.h"
#include "store/receipt.h"
#include <sys/stat.h>

/* What tells one state of a file from another; also the key of an arrival. */
bool capture_same_state (const struct stat *a, const struct stat *b);
/* "drop:default": where the files of the drop folder of @profile come from. Owned by the caller. */
char *capture_source (const ConfigProfile *profile);
/* The key of the arrival of the file @st from @source, and nothing else. */
StoreArrival capture_key (const char *source, const struct stat *st);
/* Fills the facts of the file @st called @name (escaped, lent) that arrives through @profile as @source. @received is
 * DK_DAY_NONE for what the profile says. */
bool capture_describe (const Settings *settings, const ConfigProfile *profile, const char *source, const char *name,
                       const struct stat *st, DkDay received, StoreArrival *arrival, GError **error);
/* Copies @fd, makes sure that it did not change meanwhile, and registers it. An arrival that is registered already is
 * only looked up. Fails with INVALID when the file changed, LIMIT above @limit bytes, FULL, BUSY. */
bool capture_register (Store *store, int fd, uint64_t limit, StoreArrival *arrival, StoreTaken *taken, GError **error);
/* @name fit for the register: escaped, at most LIMITS_NAME_BYTES. Owned by the caller. */
char *capture_name (const char *raw);
