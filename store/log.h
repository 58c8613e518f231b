/* store/log.h - the ledger case by case, as an event log for process mining: codes and times, never what was written.
 */
#pragma once
#include "store/store.h"

typedef struct
{
  int64_t seq, time_us;
  bool is_act;    /* something done in the case */
  char *activity; /* of the ledger's closed list; of an act in a case "case." and the act: "case.final" */
  char *actor;
  char *reason; /* of an act: its code, or "" */
  char *owner;  /* who has the case since: of an act, of its opening and its allocation; else NULL */
  char *day;    /* of an act: the civil date it bears, which may lie before its entry; or "" */
} StoreLogEvent;

typedef struct
{
  int64_t id, stage;                          /* 1, or 2 for a review */
  char *number, *received, *status, *outcome; /* outcome may be "" */
  char *kind, *subject, *language;            /* of its first document; "" while not known */
  GArray *events;                             /* of StoreLogEvent, in the order of seq */
} StoreLogCase;

typedef bool (*StoreLogFunc) (const StoreLogCase *one, void *data, GError **error);
/* Calls @each for every case that was received from @from to @to (ISO; NULL: without end), by id, with all entries
 * about it and its documents, as of one moment. */
bool store_log_each (Store *store, const char *from, const char *to, StoreLogFunc each, void *data, GError **error);
