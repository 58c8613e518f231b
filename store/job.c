#include "store/job.h"
#include "base/fault.h"
#include "store/internal.h"

/* No lease and no pause is longer: one that ends later was begun before the clock was set back. */
#define EARLY_PAGES 8    /* of a document that counts in the window */
#define URGENT (1 << 20) /* priorities of what is urgent are less by so much: more than a document has pages */
#define LONGEST_US (INT64_C (86400) * G_USEC_PER_SEC)

void
store_job_free (StoreJob *job)
{
  if (job == NULL)
    return;
  g_free (job->stage);
  g_free (job);
}

/* What was planned for other settings, or for where the document no longer is, and nobody works on. */
static bool
drop_outdated (StoreTransaction *transaction, const StorePlan *plan, GError **error)
{
  return sql_run (transaction->store->db, error,
                  "DELETE FROM job WHERE state = 'ready' AND stage = ?1 AND (stage_version != ?2 OR settings != ?3"
                  " OR stage != (SELECT stage FROM document d WHERE d.id = job.document))",
                  "sis", plan->stage, (int64_t)plan->version, plan->settings);
}

/* The priority of a job that ends the work for a document; a page's is later by its number. */
static int64_t
first_priority (bool urgent)
{
  return urgent ? -URGENT : 0;
}

/* Jobs of the documents from @first to @last that are urgent, or of the others, the oldest first, of at most @room
 * documents where the job is theirs as a whole. */
static bool
add_jobs (StoreTransaction *transaction, const StorePlan *plan, bool urgent, int64_t first, int64_t last, int64_t room,
          GError **error)
{
  static const char by_document[]
      = "INSERT INTO job (unit, unit_id, stage, stage_version, settings, document, page, priority, since_us)"
        " SELECT 'document', d.id, ?1, ?2, ?3, d.id, 0, ?7 + ?9, ?4 FROM document d"
        " WHERE d.stage = ?1 AND d.id BETWEEN ?5 AND ?6 AND d.urgent = (?7 < 0)"
        " AND NOT EXISTS (SELECT 1 FROM job j WHERE j.unit = 'document' AND j.unit_id = d.id AND j.stage = ?1)"
        " ORDER BY d.id LIMIT ?8";
  static const char by_page[]
      = "INSERT INTO job (unit, unit_id, stage, stage_version, settings, document, page, priority, since_us)"
        " SELECT 'page', p.id, ?1, ?2, ?3, d.id, p.no, p.no + ?7, ?4 FROM document d JOIN page p ON p.document = d.id"
        " WHERE d.stage = ?1 AND p.blob IS NULL AND d.id BETWEEN ?5 AND ?6 AND d.urgent = (?7 < 0)"
        " AND NOT EXISTS (SELECT 1 FROM job j WHERE j.unit = 'page' AND j.unit_id = p.id AND j.stage = ?1)";
  return sql_run (transaction->store->db, error, plan->kind == STORE_JOB_BY_PAGE ? by_page : by_document,
                  plan->kind == STORE_JOB_BY_PAGE ? "sisiiii" : "sisiiiiii", plan->stage, (int64_t)plan->version,
                  plan->settings, transaction->time_us, first, last, first_priority (urgent), room,
                  (int64_t)(plan->kind == STORE_JOB_FIRST));
}

/* How many further documents may begin, of those that are urgent or of the others: neither takes the other's room. One
 * that is past its early pages makes room, so that no number of long ones
 * keeps a letter waiting. */
static bool
window_room (StoreTransaction *transaction, bool urgent, int64_t *room, GError **error)
{
  int64_t active = 0, first = first_priority (urgent);
  if (!sql_get_int (transaction->store->db, &active, error,
                    "SELECT count(DISTINCT document) FROM job WHERE priority BETWEEN ? AND ?", "ii", first,
                    first + EARLY_PAGES))
    return false;
  *room = MAX (0, STORE_JOB_WINDOW - active);
  return true;
}

static bool
plan_stage (StoreTransaction *transaction, const StorePlan *plan, bool urgent, int64_t document, GError **error)
{
  int64_t first = document > 0 ? document : 1, last = document > 0 ? document : INT64_MAX, room = 1;
  return (document > 0 || window_room (transaction, urgent, &room, error))
         && add_jobs (transaction, plan, urgent, first, last, room, error);
}

bool
store_job_plan (StoreTransaction *transaction, const StorePlan *plans, size_t n, int64_t document, GError **error)
{
  for (size_t i = n; i-- > 0;) /* what is furthest on its way has the first claim to the room */
    if ((document == 0 && !drop_outdated (transaction, &plans[i], error))
        || !plan_stage (transaction, &plans[i], true, document, error)
        || !plan_stage (transaction, &plans[i], false, document, error))
      return false;
  return true;
}

/* The best ready job of each of @stages, from a list of words of the program's own: each one look into the index,
 * however much waits elsewhere. */
static char *
best_of_each (const char *const *stages)
{
  GString *text = g_string_new (NULL);
  for (; *stages != NULL; stages++)
    g_string_append_printf (
        text,
        "%sSELECT * FROM (SELECT priority, document, id FROM job WHERE state = 'ready' AND stage = '%s'"
        " AND NOT not_before_us BETWEEN ?1 + 1 AND ?2 ORDER BY priority, id LIMIT 1)",
        text->len > 0 ? " UNION ALL " : "", *stages);
  return g_string_free (text, FALSE);
}

/* *@id is 0 where none is ready at @now_us. */
static bool
find_best (Store *store, const char *const *stages, int64_t now_us, int64_t *id, GError **error)
{
  int64_t least = 0, oldest = 0;
  bool row = true;
  g_autofree char *text = best_of_each (stages);
  g_autoptr (Sql) sql = sql_query (store->db, error, text, "ii", now_us, now_us + LONGEST_US);
  *id = 0;
  while (sql != NULL && sql_next (sql, &row, error))
    {
      if (!row)
        return true;
      int64_t priority = sql_int (sql, 0), document = sql_int (sql, 1);
      if (*id != 0 && (priority > least || (priority == least && document > oldest)))
        continue;
      least = priority;
      oldest = document;
      *id = sql_int (sql, 2);
    }
  return false;
}

/* *@job stays NULL where somebody else took the job @id away meanwhile. */
static bool
take_lease (Store *store, int64_t id, int64_t until_us, StoreJob **job, GError **error)
{
  g_autoptr (Sql) sql = sql_query (store->db, error,
                                   "UPDATE job SET state = 'leased', attempt = attempt + 1, lease_until_us = ?"
                                   " WHERE id = ? AND state = 'ready'"
                                   " RETURNING id, attempt, document, page, tries, stage",
                                   "ii", until_us, id);
  bool row, end = false;
  if (sql == NULL || !sql_next (sql, &row, error))
    return false;
  if (!row)
    return true;
  g_autoptr (StoreJob) leased = g_new0 (StoreJob, 1);
  leased->id = sql_int (sql, 0);
  leased->attempt = sql_int (sql, 1);
  leased->document = sql_int (sql, 2);
  leased->page = sql_int (sql, 3);
  leased->tries = sql_int (sql, 4);
  leased->stage = g_strdup (sql_text (sql, 5));
  if (!sql_next (sql, &end, error))
    return false;
  *job = g_steal_pointer (&leased);
  return true;
}

bool
store_job_lease (Store *store, const char *const *stages, unsigned lease_s, StoreJob **job, GError **error)
{
  int64_t now_us = dk_now_us (), id;
  *job = NULL;
  if (!find_best (store, stages, now_us, &id, error))
    return false;
  if (id != 0 && !take_lease (store, id, now_us + (int64_t)lease_s * G_USEC_PER_SEC, job, error))
    return false;
  dk_fault ("job: leased");
  return true;
}

bool
job_hurry (sqlite3 *db, int64_t document, GError **error)
{
  return sql_run (db, error, "UPDATE job SET priority = priority - ? WHERE document = ? AND priority >= 0", "ii",
                  (int64_t)URGENT, document);
}

/* Whether the last statement touched the one row it was meant for. */
static bool
was_ours (sqlite3 *db, const StoreJob *job, GError **error)
{
  return sqlite3_changes (db) == 1
         || dk_throw (error, DK_ERROR_STALE,
                      "the lease of job %" G_GINT64_FORMAT " was lost: its result is not published", job->id);
}

bool
store_job_done (StoreTransaction *transaction, const StoreJob *job, GError **error)
{
  sqlite3 *db = transaction->store->db;
  return sql_run (db, error, "DELETE FROM job WHERE id = ? AND attempt = ? AND state = 'leased'", "ii", job->id,
                  job->attempt)
         && (was_ours (db, job, error) || (transaction->broken = true, false));
}

bool
store_job_later (Store *store, const StoreJob *job, unsigned delay_s, bool failed, const char *reason, GError **error)
{
  return sql_run (store->db, error,
                  "UPDATE job SET state = 'ready', tries = tries + ?, not_before_us = ?, reason = ? WHERE id = ? AND "
                  "attempt = ?"
                  " AND state = 'leased'",
                  "iisii", (int64_t)failed, dk_now_us () + (int64_t)delay_s * G_USEC_PER_SEC, reason, job->id,
                  job->attempt)
         && was_ours (store->db, job, error);
}

bool
store_job_expire (Store *store, bool all, GError **error)
{
  int64_t now_us = dk_now_us ();
  return sql_run (store->db, error,
                  "UPDATE job SET state = 'ready' WHERE state = 'leased'"
                  " AND (? OR lease_until_us NOT BETWEEN ? AND ?)",
                  "iii", (int64_t)all, now_us, now_us + LONGEST_US);
}

bool
store_job_drop (StoreTransaction *transaction, int64_t document, GError **error)
{
  return sql_run (transaction->store->db, error, "DELETE FROM job WHERE document = ?", "i", document);
}
