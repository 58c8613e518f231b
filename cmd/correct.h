/* cmd/correct.h - a person's value instead of docket's, as --set NAME=VALUE has it. */
#pragma once
#include "base/config.h"
#include "store/store.h"

/* Notes @pair, "kind=complaint", as a person's decision on @document. Fails with USAGE and says what is allowed. */
bool correct_value (const Config *config, StoreTransaction *transaction, int64_t document, const char *pair,
                    GError **error);
