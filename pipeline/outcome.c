/* What becomes of a piece of isolated work: published, tried again, given up. */
#include "pipeline/outcome.h"
#include "base/fault.h"
#include "base/log.h"
#include "base/messages.h"
#include "store/quarantine.h"
#include <string.h>

#define RETRY_S 2 /* after a failure that may be the document's */
#define PAUSE_S 5 /* after the disk was full or somebody held the database; doubled as long as that lasts */
#define LONGEST_PAUSE_S 60
#define TRIES_OF_OURS 20 /* after failures that are no fault of the document */
#define MAX_ATTEMPTS 50  /* leases of one job, among them those that docketd or the worker did not outlive */

void
pipeline_rested (Pipeline *pipeline, int64_t document)
{
  if (pipeline->on_rest != NULL)
    pipeline->on_rest (document, pipeline->on_rest_data);
}

/* Whether the document still is where the job found it; a person may have corrected it meanwhile. */
static bool
still_there (Pipeline *pipeline, const Piece *piece, bool *there, GError **error)
{
  g_autoptr (StoreDocument) now = store_document_load (pipeline->store, piece->document->id, error);
  *there = now != NULL && strcmp (now->stage, piece->stage->key) == 0;
  return now != NULL;
}

StorePlan
pipeline_plan (const Pipeline *pipeline, const PipelineStage *stage)
{
  StoreJobKind kind = stage == pipeline_stages ? STORE_JOB_FIRST : stage->by_page ? STORE_JOB_BY_PAGE : STORE_JOB_WHOLE;
  return (StorePlan){ stage->key, kind, stage->version,
                      stage->by_config ? config_digest (pipeline->in_force->config) : "" };
}

/* The job that the document needs now; pages after the first to be read have theirs already. */
static bool
plan_next (StoreTransaction *transaction, Pipeline *pipeline, const Piece *piece, GError **error)
{
  g_autoptr (StoreDocument) now = store_document_load (pipeline->store, piece->document->id, error);
  const PipelineStage *stage = now != NULL ? pipeline_stage (now->stage) : NULL;
  if (now == NULL || stage == NULL || stage == piece->stage)
    return now != NULL;
  const StorePlan plan = pipeline_plan (pipeline, stage);
  return store_job_plan (transaction, &plan, 1, now->id, error);
}

bool
pipeline_commit (StoreTransaction *transaction, Pipeline *pipeline, const Piece *piece, GError **error)
{
  g_autoptr (StoreTransaction) owned = transaction;
  if (!store_job_done (owned, piece->job, error) || !plan_next (owned, pipeline, piece, error)
      || !store_commit (g_steal_pointer (&owned), error))
    return false;
  pipeline->pause_s = 0;
  return true;
}

static bool
note_quarantined (Pipeline *pipeline, const Piece *piece, RecordCode code, GError **error)
{
  int64_t id = piece->document->id;
  g_autoptr (StoreTransaction) transaction = store_begin (pipeline->store, "docketd", error);
  return transaction != NULL && store_job_done (transaction, piece->job, error)
         && store_job_drop (transaction, id, error)
         && store_document_quarantined (transaction, id, code, piece->stage->key, piece->document->media_type, error)
         && store_commit (g_steal_pointer (&transaction), error);
}

bool
pipeline_quarantine (Pipeline *pipeline, const Piece *piece, RecordCode code, GError **error)
{
  const StoreDocument *document = piece->document;
  g_autofree char *key = g_strconcat ("reason.", record_code_name (code), NULL);
  g_autofree char *why = dk_message (pipeline->in_force->settings->language, key, "");
  if (!store_quarantine_put (pipeline->store, document->id, piece->receipt->name, document->blob, why, error))
    return false;
  dk_fault ("quarantine: put, not noted");
  g_autoptr (GError) failed = NULL;
  if (!note_quarantined (pipeline, piece, code, &failed))
    {
      /* the lease was lost, and the document is elsewhere; what stays here all the same is tidied at the next start */
      if (g_error_matches (failed, DK_ERROR, DK_ERROR_STALE))
        store_quarantine_remove (pipeline->store, document->id, piece->receipt->name, NULL);
      g_propagate_error (error, g_steal_pointer (&failed));
      return false;
    }
  dk_log ("quarantined", "document=%" G_GINT64_FORMAT " stage=%s reason=%s", document->id, piece->stage->name,
          record_code_name (code));
  pipeline_rested (pipeline, document->id);
  return true;
}

bool
pipeline_must_wait (const GError *why)
{
  return why != NULL
         && (why->domain == INDEX_ERROR || g_error_matches (why, DK_ERROR, DK_ERROR_FULL)
             || g_error_matches (why, DK_ERROR, DK_ERROR_BUSY));
}

void
pipeline_pause (Pipeline *pipeline, const GError *why)
{
  const char *reason = why->domain == INDEX_ERROR ? "index" : why->code == DK_ERROR_FULL ? "disk_full" : "busy";
  pipeline->pause_s = pipeline->pause_s == 0 ? PAUSE_S : MIN (pipeline->pause_s * 2, LONGEST_PAUSE_S);
  pipeline->pause_until_us = dk_monotonic_us () + pipeline->pause_s * G_USEC_PER_SEC;
  dk_log ("paused", "reason=%s seconds=%u", reason, pipeline->pause_s);
}

/* A full disk or a busy database stops new work for a while; a lost lease stops nothing. */
bool
pipeline_put_off (Pipeline *pipeline, const Piece *piece, const GError *why, GError **error)
{
  g_autoptr (GError) lost = NULL;
  bool wait = pipeline_must_wait (why), stale = g_error_matches (why, DK_ERROR, DK_ERROR_STALE);
  if (!stale)
    dk_log ("put_off", "document=%" G_GINT64_FORMAT " stage=%s code=%d pause=%d", piece->document->id,
            piece->stage->name, why->code, wait);
  if (wait)
    pipeline_pause (pipeline, why);
  if (store_job_later (pipeline->store, piece->job, wait ? 0 : RETRY_S, !wait && !stale, "failed", &lost)
      || g_error_matches (lost, DK_ERROR, DK_ERROR_STALE) || pipeline_must_wait (lost))
    return true; /* a lease that could not be given back ends as soon as nothing is under way */
  g_propagate_error (error, g_steal_pointer (&lost));
  return false;
}

/* What the child of @piece has found ahead of the stages that come now, as far as the document needs them. */
static bool
publish_ahead (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece, const PipelineResult *result,
               GError **error)
{
  for (guint i = 0; i < result->ahead->len; i++)
    {
      const PipelineResult *next = result->ahead->pdata[i];
      g_autoptr (StoreDocument) now = store_document_load (pipeline->store, piece->document->id, error);
      if (now == NULL)
        return false;
      StoreJob job = *piece->job;
      job.page = 1; /* there is no other */
      const Piece there = { pipeline_stage (now->stage), &job, now, piece->receipt };
      bool meant = there.stage != NULL && g_strcmp0 (there.stage->work, next->work) == 0;
      if (meant && next->refusal == RECORD_CODE_NONE
          && !there.stage->publish (pipeline, transaction, &there, next, error))
        return false;
    }
  return true;
}

static bool
publish_all (Pipeline *pipeline, const Piece *piece, const PipelineResult *result, bool ahead, GError **error)
{
  bool there;
  g_autoptr (StoreTransaction) transaction = store_begin (pipeline->store, "docketd", error);
  if (transaction == NULL || !still_there (pipeline, piece, &there, error))
    return false;
  if (!there)
    return dk_throw (error, DK_ERROR_STALE, "document #%" G_GINT64_FORMAT " has left this stage", piece->document->id);
  return piece->stage->publish (pipeline, transaction, piece, result, error)
         && (!ahead || publish_ahead (pipeline, transaction, piece, result, error))
         && pipeline_commit (g_steal_pointer (&transaction), pipeline, piece, error);
}

/* What was done ahead and is of no use is done again when its stage comes. */
static bool
publish (Pipeline *pipeline, const Piece *piece, const PipelineResult *result, GError **error)
{
  g_autoptr (GError) failed = NULL;
  if (result->ahead->len == 0)
    return publish_all (pipeline, piece, result, false, error);
  if (publish_all (pipeline, piece, result, true, &failed))
    return true;
  if (!pipeline_must_wait (failed) && !g_error_matches (failed, DK_ERROR, DK_ERROR_STALE))
    return publish_all (pipeline, piece, result, false, error);
  g_propagate_error (error, g_steal_pointer (&failed));
  return false;
}

/* After the last try: a page is marked missing, a document goes on as well as it can, or to quarantine. */
bool
pipeline_give_up (Pipeline *pipeline, const Piece *piece, RecordCode code, GError **error)
{
  if (piece->stage->give_up == NULL)
    return pipeline_quarantine (pipeline, piece, code, error);
  dk_log ("given_up", "document=%" G_GINT64_FORMAT " stage=%s page=%" G_GINT64_FORMAT " reason=%s", piece->document->id,
          piece->stage->name, piece->job->page, record_code_name (code));
  g_autoptr (StoreTransaction) transaction = store_begin (pipeline->store, "docketd", error);
  return transaction != NULL && piece->stage->give_up (pipeline, transaction, piece, code, error)
         && pipeline_commit (g_steal_pointer (&transaction), pipeline, piece, error);
}

/* How often a fault of this kind may happen: what broke out, sent too much or used up its time does not get a second
 * chance. */
static unsigned
tries_for (const PipelineStage *stage, RecordCode fault)
{
  switch (fault)
    {
    case RECORD_CODE_SANDBOX:
    case RECORD_CODE_LIMIT:
    case RECORD_CODE_TIMEOUT:
      return 1;
    case RECORD_CODE_MEMORY:
      return MIN (2, stage->tries);
    default:
      return stage->tries;
    }
}

/* After @tries failures the piece is given up for @fault. */
static bool
handle_fault (Pipeline *pipeline, const Piece *piece, RecordCode fault, unsigned tries, GError **error)
{
  dk_log ("fault", "document=%" G_GINT64_FORMAT " stage=%s page=%" G_GINT64_FORMAT " fault=%s try=%" G_GINT64_FORMAT,
          piece->document->id, piece->stage->name, piece->job->page, record_code_name (fault), piece->job->tries + 1);
  if (piece->job->tries + 1 >= tries)
    return pipeline_give_up (pipeline, piece, fault, error);
  return store_job_later (pipeline->store, piece->job, RETRY_S, true, record_code_name (fault), error);
}

/* Owned by the caller; NULL where the worker did not tell. */
static char *
media_type_of (Pipeline *pipeline, const PipelineResult *result)
{
  GBytes *payload = pipeline_result_record (result, RECORD_FACTS);
  g_autoptr (RecordFacts) facts = payload != NULL ? record_facts_decode (payload, &pipeline->limits, NULL) : NULL;
  return facts != NULL ? g_strdup (facts->media_type) : NULL;
}

/* The document is at fault. What it is was told before the refusal where that is known; and where the last page shows
 * that nothing can be had of any, the document is of no use as a picture either. */
static bool
refuse (Pipeline *pipeline, Piece *piece, const PipelineResult *result, GError **error)
{
  int64_t hopeful = 1;
  if (piece->stage->by_page && result->refusal == RECORD_CODE_DAMAGED
      && !store_pages_hopeful (pipeline->store, piece->document->id, piece->job->page, &hopeful, error))
    return false;
  if (hopeful == 0)
    return pipeline_quarantine (pipeline, piece, result->refusal, error);
  if (piece->document->media_type == NULL)
    piece->document->media_type = media_type_of (pipeline, result);
  return pipeline_give_up (pipeline, piece, result->refusal, error);
}

static bool
handle (Pipeline *pipeline, Piece *piece, const PipelineResult *result, GError **error)
{
  if (result->lost)
    return store_job_later (pipeline->store, piece->job, 0, false, NULL, error);
  if (result->fault != RECORD_CODE_NONE)
    return handle_fault (pipeline, piece, result->fault, tries_for (piece->stage, result->fault), error);
  if (result->failed)
    return handle_fault (pipeline, piece, RECORD_CODE_CRASHED, TRIES_OF_OURS, error);
  if (result->refusal != RECORD_CODE_NONE)
    return refuse (pipeline, piece, result, error);
  return publish (pipeline, piece, result, error);
}

bool
pipeline_take_result (Pipeline *pipeline, Piece *piece, const PipelineResult *result, GError **error)
{
  g_autoptr (GError) failed = NULL;
  dk_fault ("result: come in, not published");
  if (handle (pipeline, piece, result, &failed))
    return true;
  if (failed->domain == DK_ERROR && failed->code == DK_ERROR_INVALID) /* a record that lies */
    {
      g_autoptr (GError) again = NULL;
      if (handle_fault (pipeline, piece, RECORD_CODE_CRASHED, tries_for (piece->stage, RECORD_CODE_CRASHED), &again))
        return true;
      return pipeline_put_off (pipeline, piece, again, error);
    }
  return pipeline_put_off (pipeline, piece, failed, error);
}

bool
pipeline_is_worn_out (const StoreJob *job)
{
  return job->attempt > MAX_ATTEMPTS;
}
