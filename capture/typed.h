/* capture/typed.h - what somebody said on the telephone or at the counter, typed in by a person: an arrival like any
 * other, of a text that docketd reads as it reads a letter. */
#pragma once
#include "base/config.h"
#include "store/receipt.h"

typedef struct
{
  const char *channel; /* "phone" "counter" … */
  const char *text;    /* UTF-8, not empty */
  DkDay received;      /* DK_DAY_NONE: today */
  char name[64];       /* of its file, set by capture_typed */
} CaptureTyped;
/* Makes the text durable and fills @arrival, which lends from @typed and @settings, for store_receipt_take. Its first
 * line tells channel and time, so that two people may say the same. Fails with USAGE without a text, NOT_FOUND where
 * docket.yaml has no profile "default", FULL. */
bool capture_typed (Store *store, const Settings *settings, CaptureTyped *typed, StoreArrival *arrival, GError **error);
