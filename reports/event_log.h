/* reports/event_log.h - what happened in each case, for process mining: as XES (IEEE 1849-2023) or as CSV.
 *
 * Of each case its number, day of receipt, kind, subject, language, status and outcome; of each event its activity,
 * time, resource and the code of its reason. Nobody's name or words but those of who acted. Times are UTC with
 * microseconds and rise strictly within a case, in the order of the ledger: entries of one moment follow each other by
 * a microsecond, and how far an event was moved is said with it ("nudged_us"). */
#pragma once
#include "store/store.h"
#include <stdio.h>

typedef enum
{
  EVENT_LOG_XES,
  EVENT_LOG_CSV,
} EventLogFormat;

typedef struct
{
  int64_t cases, events, nudged;
} EventLogCounts;
/* Writes the cases received from @from to @to (ISO, NULL: without end) to @out, whose errors are left to be seen by
 * ferror. */
bool report_event_log (Store *store, EventLogFormat format, const char *from, const char *to, FILE *out,
                       EventLogCounts *counts, GError **error);
