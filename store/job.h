/* store/job.h - work state: what waits, what is leased, with the attempt as fencing token. May be lost without harm: it
 * is planned again from where the documents stand. */
#pragma once
#include "store/store.h"

typedef enum
{
  STORE_JOB_WHOLE,   /* one for the document */
  STORE_JOB_BY_PAGE, /* one for every unread page */
  STORE_JOB_FIRST,   /* one for the document, of which nothing is known: it waits as long as a first page does */
} StoreJobKind;
typedef struct
{
  const char *stage;
  StoreJobKind kind;
  int version;          /* part of the job's key */
  const char *settings; /* likewise: a digest of what the result depends on */
} StorePlan;
/* How many documents are on their way at once, and as many that are urgent; whoever looks after all (0) again lets the
 * next ones in. */
#define STORE_JOB_WINDOW 64
/* Adds the jobs that documents at one of the @n stages of @plans, in their order, need and do not have: of @document;
 * or of all (0), the oldest first, as far as the window has room, so that the table does not grow with the backlog. */
bool store_job_plan (StoreTransaction *transaction, const StorePlan *plans, size_t n, int64_t document, GError **error);

typedef struct
{
  int64_t id, attempt, document, page; /* page 0: the whole document */
  int64_t tries;                       /* failures so far */
  char *stage;
} StoreJob;
void store_job_free (StoreJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StoreJob, store_job_free)
/* Leases the first ready job of @stages (NULL-terminated) for @lease_s: those of urgent documents, then what only has
 * to be ended, then pages of different documents in turn, first pages first, the older document before the newer. *@job
 * is NULL when nothing is ready. Durable before the work starts.
 */
bool store_job_lease (Store *store, const char *const *stages, unsigned lease_s, StoreJob **job, GError **error);
/* Closes the job in the transaction that publishes its result. Fails with STALE when the lease was lost: nothing of the
 * transaction may be committed then. */
bool store_job_done (StoreTransaction *transaction, const StoreJob *job, GError **error);
/* Gives the job back, to be leased again after @delay_s. @failed counts as a try; @reason is a code. STALE as above. */
bool store_job_later (Store *store, const StoreJob *job, unsigned delay_s, bool failed, const char *reason,
                      GError **error);
/* Makes jobs whose lease ended ready again; all leased ones when @all (a new holder of the pipeline lock knows that
 * nobody works). */
bool store_job_expire (Store *store, bool all, GError **error);
/* Drops the jobs of @document (it was quarantined, or is asked to start again). */
bool store_job_drop (StoreTransaction *transaction, int64_t document, GError **error);
