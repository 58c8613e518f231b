/* store/facts.h - what reports count: rows read in one pass, for a period of civil dates of receipt. Reads only; the
 * caller holds a snapshot (store_snapshot_begin) when several answers must agree. */
#pragma once
#include "store/store.h"

typedef enum
{
  FACT_TAKEN,
  FACT_IDENTIFIED,
  FACT_READ, /* its last page */
  FACT_UNDERSTOOD,
  FACT_REGISTERED,
  FACT_FILED,
  FACT_INDEXED,
  N_FACT_TIMES,
} FactTime;

/* Where a receipt is, as store_balance counts it, but by the catalogue alone. */
typedef enum
{
  FACT_PLACE_FILED,
  FACT_PLACE_DUPLICATE,
  FACT_PLACE_QUARANTINED,
  FACT_PLACE_IN_FLIGHT,
  N_FACT_PLACES,
} FactPlace;

typedef struct
{
  int64_t id, document;
  DkDay received;
  FactPlace place;
  const char *profile, *channel;
} FactReceipt;

typedef struct
{
  int64_t id;
  DkDay received;                        /* of its root's first receipt */
  const char *stage, *outcome, *reason;  /* reason may be NULL */
  const char *language, *kind, *subject; /* NULL until understood */
  const char *number;                    /* "D-2026-000001-45/1", NULL until registered */
  bool review;                           /* a person should look */
  int64_t time_us[N_FACT_TIMES];         /* the first time it was so, 0: not yet */
} FactDocument;

typedef struct
{
  int64_t id;
  const char *number, *status, *owner;
  DkDay received;
} FactCase;

typedef struct
{
  int64_t case_id;
  const char *number, *kind, *state, *owner;
  DkDay received, due, work_by; /* the last two DK_DAY_NONE where the calendar does not reach */
} FactDeadline;

typedef struct
{
  int64_t document;
  const char *code; /* why a person should look: "kind" "partial" … */
  DkDay received;
} FactReview;

typedef struct
{
  int64_t seq, time_us;         /* the newest ledger entry the facts include; 0 in an empty ledger */
  int64_t config;               /* the configuration in force, 0: none */
  DkDay first;                  /* the earliest date of receipt of all, DK_DAY_NONE: nothing was received */
  GArray *receipts, *documents; /* received in the period; documents with their children */
  GArray *cases;                /* received in the period */
  GArray *open;                 /* FactCase: all that are not closed, whatever the period */
  GArray *deadlines;            /* in force, of all open cases, by due date, unknown ones last; none withdrawn */
  GArray *reviews;              /* of all documents, whatever the period: one for each reason */
  GStringChunk *strings;        /* owns the texts above */
} StoreFacts;
void store_facts_free (StoreFacts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreFacts, store_facts_free)
/* @from and @to are included; DK_DAY_NONE: no bound. Owned by the caller. */
StoreFacts *store_facts_load (Store *store, DkDay from, DkDay to, GError **error);
