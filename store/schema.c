#include "store/schema.h"
#include "base/messages.h"
#include "store/internal.h"

/* The tables of version 1, in parts. Text dates are ISO, times UTC microseconds. What a table is: truth (the ledger),
 * cache (rebuilt from it, compared by verify) or work state (may be lost: jobs are planned again from the caches). */
static const char register_tables[]
    = "CREATE TABLE ledger (" /* truth; also in ledger/YYYY-MM.log */
      "  seq INTEGER PRIMARY KEY, time_us INTEGER NOT NULL, actor TEXT NOT NULL, activity TEXT NOT NULL,"
      "  version INTEGER NOT NULL, payload TEXT NOT NULL, personal_digest TEXT NOT NULL, hash TEXT NOT NULL,"
      "  document INTEGER, case_id INTEGER) STRICT;"
      "CREATE INDEX ledger_document ON ledger (document) WHERE document IS NOT NULL;"
      "CREATE INDEX ledger_case ON ledger (case_id) WHERE case_id IS NOT NULL;"
      "CREATE TABLE ledger_personal (" /* truth that an erasure may remove; also in ledger/YYYY-MM.personal */
      "  seq INTEGER PRIMARY KEY REFERENCES ledger (seq), salt TEXT NOT NULL, payload TEXT NOT NULL) STRICT;"
      "CREATE TABLE ledger_file (" /* work state: how far the files beside the database are committed */
      "  id INTEGER PRIMARY KEY CHECK (id = 1), month TEXT NOT NULL, log_bytes INTEGER NOT NULL,"
      "  personal_bytes INTEGER NOT NULL) STRICT;"
      "CREATE TABLE blob (" /* cache */
      "  id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, size INTEGER NOT NULL, role TEXT NOT NULL) STRICT;"
      "CREATE TABLE config (" /* cache */
      "  id INTEGER PRIMARY KEY, blob TEXT NOT NULL REFERENCES blob (sha256), since_us INTEGER NOT NULL) STRICT;"
      "CREATE TABLE document (" /* cache; stage is the next one, or rest, or quarantined */
      "  id INTEGER PRIMARY KEY, parent INTEGER REFERENCES document (id), ordinal INTEGER NOT NULL,"
      "  blob TEXT NOT NULL REFERENCES blob (sha256), stage TEXT NOT NULL, since_us INTEGER NOT NULL,"
      "  media_type TEXT, pages INTEGER NOT NULL DEFAULT 0, paged INTEGER NOT NULL DEFAULT 0,"
      "  picture INTEGER NOT NULL DEFAULT 0, outcome TEXT NOT NULL DEFAULT 'ok', reason TEXT, reason_stage TEXT,"
      "  warnings TEXT NOT NULL DEFAULT '[]', language TEXT, kind TEXT, subject TEXT, config INTEGER, bound TEXT,"
      "  case_id INTEGER, case_ordinal INTEGER, copy_of INTEGER REFERENCES document (id), folder TEXT, name TEXT, "
      "placed TEXT,"
      "  review TEXT NOT NULL DEFAULT '[]',"
      "  urgent INTEGER NOT NULL DEFAULT 0, urgency TEXT, indexed_seq INTEGER,"
      "  model INTEGER NOT NULL DEFAULT 0," /* it was understood with, 0: the seed */
      "  accepted INTEGER) STRICT;"         /* seq of the last review that was accepted */
      "CREATE INDEX document_stage ON document (stage);"
      "CREATE INDEX document_urgency ON document (id) WHERE urgency IS NOT NULL AND urgency != 'none';"
      "CREATE INDEX document_copy ON document (copy_of) WHERE copy_of IS NOT NULL;"
      "CREATE INDEX document_blob ON document (blob);"
      "CREATE INDEX document_case ON document (case_id);"
      "CREATE UNIQUE INDEX document_place ON document (folder COLLATE NOCASE, name COLLATE NOCASE)"
      "  WHERE name IS NOT NULL;"
      "CREATE TABLE receipt (" /* cache */
      "  id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES document (id), duplicate INTEGER NOT NULL,"
      "  source TEXT NOT NULL, name TEXT NOT NULL, device INTEGER NOT NULL, inode INTEGER NOT NULL,"
      "  size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL, profile TEXT NOT NULL,"
      "  channel TEXT NOT NULL, owner TEXT NOT NULL, languages TEXT NOT NULL, received TEXT NOT NULL,"
      "  received_source TEXT NOT NULL, captured_us INTEGER NOT NULL, day TEXT NOT NULL, zone TEXT NOT NULL,"
      "  UNIQUE (source, device, inode, size, mtime_ns, ctime_ns)) STRICT;"
      "CREATE INDEX receipt_document ON receipt (document);"
      "CREATE INDEX receipt_day ON receipt (day);"
      "CREATE TABLE page (" /* cache; blob is null until it is read */
      "  id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES document (id), no INTEGER NOT NULL,"
      "  blob TEXT REFERENCES blob (sha256), origin TEXT, language TEXT, confidence REAL, pixel_key TEXT,"
      "  UNIQUE (document, no)) STRICT;"
      "CREATE INDEX page_key ON page (pixel_key) WHERE pixel_key IS NOT NULL;"
      "CREATE TABLE decision (" /* cache; the current value of a name is the latest human one, else the newest */
      "  id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES document (id), seq INTEGER NOT NULL,"
      "  ordinal INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, raw TEXT NOT NULL, confidence REAL NOT "
      "NULL,"
      "  undecided INTEGER NOT NULL, also TEXT NOT NULL, because TEXT NOT NULL, human INTEGER NOT NULL,"
      "  actor TEXT NOT NULL, config INTEGER, supersedes INTEGER,"
      "  model INTEGER NOT NULL DEFAULT 0) STRICT;"
      "CREATE INDEX decision_document ON decision (document, name);"
      "CREATE TABLE cases (" /* cache */
      "  id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE, prefix TEXT NOT NULL, year INTEGER NOT NULL,"
      "  serial INTEGER NOT NULL, entity TEXT NOT NULL, status TEXT NOT NULL, owner TEXT NOT NULL,"
      "  opened_us INTEGER NOT NULL, entry_date TEXT NOT NULL, received TEXT NOT NULL, documents INTEGER NOT NULL,"
      "  reason TEXT NOT NULL DEFAULT '', outcome TEXT NOT NULL DEFAULT '', cause TEXT NOT NULL DEFAULT '',"
      "  round INTEGER NOT NULL DEFAULT 1,"
      "  unanswered TEXT, told TEXT," /* since when the customer waits for a person's word; our last one */
      "  closed TEXT, merged_into INTEGER,"
      "  stage INTEGER NOT NULL DEFAULT 1, parent INTEGER," /* the case reviewed or, with stage 1, followed */
      "  version INTEGER NOT NULL DEFAULT 0,"               /* seq of its newest act */
      "  active TEXT,"                                      /* the day of its newest act */
      "  contact INTEGER, contact_document INTEGER, contact_reason TEXT NOT NULL DEFAULT ''," /* who says so, why */
      "  due TEXT NOT NULL DEFAULT '~', work_by TEXT NOT NULL DEFAULT '~', alert TEXT,"
      "  waiting TEXT AS (" /* since when somebody waits: the customer, or we */
      "    CASE WHEN status IN ('not_started', 'pending_company') THEN unanswered"
      "    WHEN status = 'pending_customer' THEN told END),"
      "  UNIQUE (prefix, year, serial)) STRICT;"
      "CREATE TABLE case_place (" /* cache: which document NUMBER/n is or was; a number is never another's */
      "  id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases (id), ordinal INTEGER NOT NULL,"
      "  document INTEGER NOT NULL REFERENCES document (id), UNIQUE (case_id, ordinal)) STRICT;"
      "CREATE TABLE trace (" /* work state, made again from pages and decisions: what a letter is known again by */
      "  document INTEGER PRIMARY KEY, words INTEGER NOT NULL, least TEXT NOT NULL) STRICT;"
      "CREATE TABLE trace_key (" /* work state likewise; sketch bands are keys too */
      "  id INTEGER PRIMARY KEY, document INTEGER NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL) STRICT;"
      "CREATE INDEX trace_key_key ON trace_key (key, name, document);"
      "CREATE INDEX trace_key_document ON trace_key (document);"
      "CREATE TABLE deadline (" /* cache; the newest version of a kind is in force */
      "  id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases (id), kind TEXT NOT NULL,"
      "  version INTEGER NOT NULL, policy TEXT NOT NULL, calendar TEXT NOT NULL, start TEXT NOT NULL, due TEXT,"
      "  work_by TEXT, state TEXT NOT NULL, clock TEXT NOT NULL, trace TEXT NOT NULL, UNIQUE (case_id, kind, version)) "
      "STRICT;"
      "CREATE TABLE job (" /* work state */
      "  id INTEGER PRIMARY KEY AUTOINCREMENT, unit TEXT NOT NULL, unit_id INTEGER NOT NULL, stage TEXT NOT NULL,"
      "  stage_version INTEGER NOT NULL, settings TEXT NOT NULL, document INTEGER NOT NULL, page INTEGER NOT NULL,"
      "  priority INTEGER NOT NULL, state TEXT NOT NULL DEFAULT 'ready', attempt INTEGER NOT NULL DEFAULT 0,"
      "  tries INTEGER NOT NULL DEFAULT 0, not_before_us INTEGER NOT NULL DEFAULT 0,"
      "  lease_until_us INTEGER NOT NULL DEFAULT 0, reason TEXT, since_us INTEGER NOT NULL,"
      "  UNIQUE (unit, unit_id, stage, stage_version, settings)) STRICT;"
      "CREATE INDEX job_ready ON job (state, stage, priority, id);"
      "CREATE INDEX job_document ON job (document, priority);";

/* What is learnt from people. */
static const char learning_tables[]
    = "CREATE INDEX decision_human ON decision (seq) WHERE human;"
      "CREATE INDEX document_accepted ON document (accepted) WHERE accepted IS NOT NULL;"
      "CREATE TABLE model (" /* cache */
      "  id INTEGER PRIMARY KEY, state TEXT NOT NULL, blob TEXT REFERENCES blob (sha256), digest TEXT NOT NULL,"
      "  letters INTEGER NOT NULL, corrections INTEGER NOT NULL, through INTEGER NOT NULL, figures TEXT NOT NULL,"
      "  since_us INTEGER NOT NULL) STRICT;"
      "CREATE TABLE blind (" /* cache; checks that were answered */
      "  id INTEGER PRIMARY KEY, document INTEGER NOT NULL REFERENCES document (id), kind TEXT NOT NULL,"
      "  answer TEXT NOT NULL, agrees INTEGER NOT NULL, model INTEGER NOT NULL, time_us INTEGER NOT NULL) STRICT;"
      "CREATE INDEX blind_document ON blind (document);"
      "CREATE TABLE training (" /* work state: requests, and how the last training ended */
      "  id INTEGER PRIMARY KEY CHECK (id = 1), asked INTEGER NOT NULL, answered INTEGER NOT NULL, outcome TEXT) "
      "STRICT;";

/* What reminds of cases, and what they point to. */
static const char case_tables[]
    = "CREATE INDEX cases_plain ON cases (replace (number, '-', ''));"
      "CREATE INDEX cases_status ON cases (status, unanswered);"
      "CREATE INDEX cases_owner ON cases (owner);"
      "CREATE INDEX cases_parent ON cases (parent) WHERE parent IS NOT NULL;"
      "CREATE INDEX cases_merged ON cases (merged_into) WHERE merged_into IS NOT NULL;"
      "CREATE TABLE alert (" /* cache */
      "  id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases (id), due TEXT NOT NULL,"
      "  owner TEXT NOT NULL, text TEXT NOT NULL, reason TEXT NOT NULL, about TEXT NOT NULL, done INTEGER NOT NULL)"
      "  STRICT;"
      "CREATE INDEX alert_reason ON alert (reason, id) WHERE NOT done;"
      "CREATE INDEX alert_open ON alert (due, case_id) WHERE NOT done;"
      "CREATE INDEX alert_case ON alert (case_id);"
      "CREATE TABLE link (" /* cache: pointers to outside systems */
      "  id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases (id), uri TEXT NOT NULL,"
      "  label TEXT NOT NULL) STRICT;"
      "CREATE INDEX link_case ON link (case_id);"
      "CREATE TABLE attachment (" /* cache: files that were sent or came with acts */
      "  id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases (id), seq INTEGER NOT NULL,"
      "  name TEXT NOT NULL, blob TEXT NOT NULL REFERENCES blob (sha256), size INTEGER NOT NULL) STRICT;"
      "CREATE INDEX attachment_case ON attachment (case_id, id);";

/* The earliest deadline in force that is not over, and the day to work it by; '~', after all dates, for none. And the
 * earliest alert. */
#define EARLIEST(date)                                                                                                 \
  "ifnull ((SELECT min (" date ") FROM deadline d WHERE d.case_id = cases.id"                                          \
  "  AND " DEADLINE_RUNS (                                                                                             \
      "d") " AND d.version ="                                                                                          \
           "  (SELECT max (n.version) FROM deadline n WHERE n.case_id = d.case_id AND n.kind = d.kind)), '~')"
#define NEXT_DUE "due = " EARLIEST ("d.due") ", work_by = " EARLIEST ("ifnull (d.work_by, d.due)")
/* Of the case and of all that went on in it. */
#define NEXT_ALERT                                                                                                     \
  "alert = (SELECT min (a.due) FROM alert a WHERE NOT a.done AND a.case_id IN (WITH RECURSIVE whole (id) AS"           \
  "  (SELECT cases.id UNION SELECT m.id FROM cases m JOIN whole w ON m.merged_into = w.id) SELECT id FROM whole))"
/* The case @id, the one that it goes on in, and so on. */
#define GOES_ON_IN(id)                                                                                                 \
  "WITH RECURSIVE up (id) AS (SELECT " id                                                                              \
  " UNION SELECT m.merged_into FROM cases m JOIN up u ON m.id = u.id) SELECT id FROM up"

/* Lists and counts that a screen shows, however long the ledger is. What cases are sorted by stands with
 * them, and follows whoever writes a deadline or an alert; an index has all that a list is narrowed by. */
static const char lists[]
    = "CREATE TRIGGER deadline_added AFTER INSERT ON deadline BEGIN"
      "  UPDATE cases SET " NEXT_DUE " WHERE id = new.case_id; END;"
      "CREATE TRIGGER deadline_changed AFTER UPDATE ON deadline BEGIN"
      "  UPDATE cases SET " NEXT_DUE " WHERE id IN (old.case_id, new.case_id); END;"
      "CREATE TRIGGER alert_added AFTER INSERT ON alert BEGIN"
      "  UPDATE cases SET " NEXT_ALERT " WHERE id IN (" GOES_ON_IN (
          "new.case_id") "); END;"
                         "CREATE TRIGGER alert_changed AFTER UPDATE ON alert BEGIN"
                         "  UPDATE cases SET " NEXT_ALERT " WHERE id IN (" GOES_ON_IN (
                             "new.case_id") "); END;"
                                            "CREATE TRIGGER case_merged AFTER UPDATE OF merged_into ON cases WHEN "
                                            "old.merged_into IS NOT new.merged_into BEGIN"
                                            "  UPDATE cases SET " NEXT_ALERT
                                            " WHERE id IN (" GOES_ON_IN ("old.merged_into") ") OR id IN (" GOES_ON_IN (
                                                "new.merged_into") "); END;"
                                                                   "CREATE INDEX cases_all ON cases (work_by, id, "
                                                                   "status, owner, waiting, alert) WHERE merged_into "
                                                                   "IS NULL;"
                                                                   "CREATE INDEX cases_open ON cases (work_by, id, "
                                                                   "status, owner, waiting, alert)"
                                                                   "  WHERE merged_into IS NULL AND status != 'closed';"
                                                                   "CREATE INDEX cases_active ON cases (active, id, "
                                                                   "status, owner, waiting, alert) WHERE merged_into "
                                                                   "IS NULL;"
                                                                   "CREATE INDEX document_list ON document (id, kind, "
                                                                   "subject, language);"
                                                                   "CREATE INDEX document_review ON document (stage, "
                                                                   "id, urgency) WHERE review != '[]';"
                                                                   "CREATE INDEX document_waiting ON document (stage, "
                                                                   "since_us) WHERE stage NOT IN ('rest', "
                                                                   "'quarantined');"
                                                                   "CREATE INDEX ledger_sent_back ON ledger (seq) "
                                                                   "WHERE activity = 'document.sent_back';";

/* Who writes, and who works on what. */
static const char contact_tables[]
    = "CREATE TABLE contact (" /* cache; root is whose file it is */
      "  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT, folded TEXT NOT NULL, language TEXT NOT NULL,"
      "  country TEXT NOT NULL, region TEXT NOT NULL, lifecycle TEXT NOT NULL,"
      "  merged_into INTEGER REFERENCES contact (id), root INTEGER NOT NULL, made_us INTEGER NOT NULL) STRICT;"
      "CREATE INDEX contact_root ON contact (root);"
      "CREATE INDEX contact_merged ON contact (merged_into) WHERE merged_into IS NOT NULL;"
      "CREATE INDEX contact_folded ON contact (folded, id) WHERE merged_into IS NULL;"
      "CREATE INDEX contact_lifecycle ON contact (lifecycle, folded, id) WHERE merged_into IS NULL;"
      "CREATE TABLE contact_point (" /* cache */
      "  id INTEGER PRIMARY KEY, contact INTEGER NOT NULL REFERENCES contact (id), type TEXT NOT NULL, raw TEXT,"
      "  normalised TEXT, shared INTEGER NOT NULL, document INTEGER NOT NULL) STRICT;"
      "CREATE UNIQUE INDEX contact_point_own ON contact_point (type, normalised) WHERE shared = 0;"
      "CREATE INDEX contact_point_normalised ON contact_point (type, normalised);"
      "CREATE INDEX contact_point_contact ON contact_point (contact);"
      "CREATE TABLE contact_word (" /* cache; the words of names */
      "  id INTEGER PRIMARY KEY, contact INTEGER NOT NULL REFERENCES contact (id), word TEXT NOT NULL) STRICT;"
      "CREATE INDEX contact_word_word ON contact_word (word, contact);"
      "CREATE INDEX contact_word_contact ON contact_word (contact, word);"
      "CREATE TABLE contact_proposal (" /* cache; two that may be one */
      "  id INTEGER PRIMARY KEY, contact INTEGER NOT NULL REFERENCES contact (id),"
      "  other INTEGER NOT NULL REFERENCES contact (id), case_id INTEGER, score REAL NOT NULL, reason TEXT NOT NULL,"
      "  apart INTEGER NOT NULL) STRICT;"
      "CREATE INDEX contact_proposal_contact ON contact_proposal (contact, other);"
      "CREATE INDEX contact_proposal_other ON contact_proposal (other);"
      "CREATE INDEX cases_contact ON cases (contact) WHERE contact IS NOT NULL;"
      "CREATE INDEX cases_owner_open ON cases (owner) WHERE status != 'closed';"
      "CREATE TABLE allocation (" /* cache; id is the seq of the entry */
      "  id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL REFERENCES cases (id), rule TEXT NOT NULL,"
      "  team TEXT NOT NULL, owner TEXT NOT NULL, method TEXT NOT NULL, reason TEXT NOT NULL) STRICT;"
      "CREATE TABLE known_user (" /* cache: who ever was a user */
      "  id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;"
      "CREATE INDEX allocation_rule ON allocation (rule, id);"
      "CREATE INDEX allocation_case ON allocation (case_id);";

/* Pages that were recognised whole (row 1), and how many different ones they are (row 2), counted as they
 * come and go. */
#define COUNT_IN "UPDATE tally SET count = count + 1 WHERE id = 1 OR (id = 2 AND NOT EXISTS"
#define COUNT_OUT "UPDATE tally SET count = count - 1 WHERE id = 1 OR (id = 2 AND NOT EXISTS"
static const char counters[]
    = "CREATE TABLE tally (id INTEGER PRIMARY KEY, count INTEGER NOT NULL) STRICT;" /* cache */
      "INSERT INTO tally VALUES (1, 0), (2, 0);"
      "CREATE TRIGGER page_counted AFTER INSERT ON page WHEN new.pixel_key IS NOT NULL BEGIN " COUNT_IN
      " (SELECT 1 FROM page WHERE pixel_key = new.pixel_key AND id != new.id)); END;"
      "CREATE TRIGGER page_gone AFTER DELETE ON page WHEN old.pixel_key IS NOT NULL BEGIN " COUNT_OUT
      " (SELECT 1 FROM page WHERE pixel_key = old.pixel_key)); END;"
      "CREATE TRIGGER page_read_again BEFORE UPDATE OF pixel_key ON page WHEN old.pixel_key IS NOT NULL "
      "BEGIN " COUNT_OUT " (SELECT 1 FROM page WHERE pixel_key = old.pixel_key AND id != old.id)); END;"
      "CREATE TRIGGER page_was_read AFTER UPDATE OF pixel_key ON page WHEN new.pixel_key IS NOT NULL BEGIN " COUNT_IN
      " (SELECT 1 FROM page WHERE pixel_key = new.pixel_key AND id != new.id)); END;";

/* What makes each version of the one before it, in steps, NULL after the last. */
static const char *const version_1[]
    = { register_tables, learning_tables, case_tables, lists, contact_tables, counters, NULL };
/* Since version 2 decision.copied may stand in the ledger. */
static const char *const version_2[] = { NULL };
static const char *const *const migrations[SCHEMA_VERSION] = { version_1, version_2 };

const char *const schema_caches[] = { "blob",       "config",     "document",      "receipt",      "page",
                                      "decision",   "contact",    "contact_point", "contact_word", "contact_proposal",
                                      "cases",      "case_place", "deadline",      "model",        "blind",
                                      "alert",      "link",       "allocation",    "tally",        "known_user",
                                      "attachment", NULL };

bool
schema_version (sqlite3 *db, int64_t *version, GError **error)
{
  return sql_get_int (db, version, error, "PRAGMA user_version", "");
}

bool
schema_check (sqlite3 *db, GError **error)
{
  int64_t version = 0;
  return schema_version (db, &version, error)
         && (version <= SCHEMA_VERSION
             || dk_refuse (error, DK_ERROR_FAILED, "newer_store", "ld", version, SCHEMA_VERSION));
}

bool
schema_migrate (sqlite3 *db, GError **error)
{
  int64_t version = 0;
  if (!schema_version (db, &version, error))
    return false;
  if (!schema_check (db, error))
    return false;
  for (; version < SCHEMA_VERSION; version++)
    {
      g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %d", (int)version + 1);
      for (const char *const *step = migrations[version]; *step != NULL; step++)
        if (!sql_script (db, *step, error))
          return false;
      if (!sql_script (db, mark, error))
        return false;
    }
  return true;
}
