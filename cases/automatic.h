/* cases/automatic.h - automatic messages in a case: they move nothing, but who answers should know when a letter did
 * not arrive, or when two machines answer each other. */
#pragma once
#include "base/config.h"
#include "store/case.h"

/* So many in a row, with no word of a person between them, are too many. */
#define AUTOMATIC_MOST 50
/* After an automatic message was noted in the case @case_id, with @reason: alerts its owner of one that came back, and
 * once of too many in a row. */
bool automatic_watch (StoreTransaction *transaction, const Settings *settings, int64_t case_id, const char *reason,
                      GError **error);
