#include "store/decision.h"
#include "base/messages.h"
#include "store/blind.h"
#include "store/internal.h"
#include <string.h>

void
store_decision_free (StoreDecision *decision)
{
  if (decision == NULL)
    return;
  g_free (decision->name);
  g_free (decision->value);
  g_free (decision->raw);
  g_free (decision->actor);
  g_free (decision->reasons);
  json_decref (decision->also);
  json_decref (decision->because);
  g_free (decision);
}

const json_t *
store_decision_because (const StoreDecision *decision)
{
  StoreDecision *own = (StoreDecision *)(uintptr_t)decision;
  if (own->because == NULL)
    own->because = dk_json_parse (own->reasons, strlen (own->reasons), NULL);
  return own->because;
}

static json_t *
strings_json (const char *const *strings)
{
  json_t *list = json_array ();
  for (; *strings != NULL; strings++)
    json_array_append_new (list, json_string (*strings));
  return list;
}

static json_t *
evidence_json (const RecordEvidence *evidence)
{
  return json_pack ("{s:i, s:I, s:I, s:[i, i, i, i], s:s, s:s}", "page", (int)evidence->page, "from",
                    (json_int_t)evidence->from, "to", (json_int_t)evidence->to, "box", evidence->box.x0,
                    evidence->box.y0, evidence->box.x1, evidence->box.y1, "text", evidence->text, "rule",
                    evidence->rule);
}

static json_t *
finding_json (const RecordFinding *finding)
{
  g_autoptr (json_t) because = json_array ();
  for (guint i = 0; i < finding->evidence->len; i++)
    json_array_append_new (because, evidence_json (finding->evidence->pdata[i]));
  return json_pack ("{s:s, s:s, s:s, s:f, s:b, s:o, s:O}", "name", finding->name, "value", finding->value, "raw",
                    finding->raw, "confidence", finding->confidence, "undecided", finding->undecided, "also",
                    strings_json ((const char *const *)finding->also), "because", because);
}

/* Codes, not persons: these stay in the ledger when persons are erased, and are columns of the document. */
static const char *const codes[] = { "language", "kind", "subject", "urgency", NULL };

static bool
is_code (const char *name)
{
  return g_strv_contains (codes, name);
}

bool
store_document_understood (StoreTransaction *transaction, int64_t document, const GPtrArray *findings, int64_t config,
                           int64_t model, const char *const *review, const char *next, GError **error)
{
  int64_t first;
  if (!sql_next_id (transaction->store->db, "decision", &first, error))
    return false;
  json_t *payload = json_pack ("{s:I, s:I, s:I, s:I, s:o, s:s}", "document", (json_int_t)document, "config",
                               (json_int_t)config, "model", (json_int_t)model, "decision", (json_int_t)first, "review",
                               strings_json (review), "stage", next);
  g_autoptr (json_t) list = json_array ();
  for (guint i = 0; i < findings->len; i++)
    {
      const RecordFinding *finding = findings->pdata[i];
      json_array_append_new (list, finding_json (finding));
      if (is_code (finding->name) && json_object_get (payload, finding->name) == NULL) /* the best of a name is first */
        json_object_set_new (payload, finding->name, json_string (finding->value));
    }
  return ledger_append (transaction, ACTIVITY_DOCUMENT_UNDERSTOOD, payload, json_pack ("{s:O}", "findings", list), NULL,
                        error);
}

static bool
insert_finding (sqlite3 *db, const LedgerEntry *entry, int64_t ordinal, const json_t *finding, GError **error)
{
  g_autofree char *also = entry_list (finding, "also");
  g_autofree char *because = entry_list (finding, "because");
  return sql_run (db, error,
                  "INSERT INTO decision (id, document, seq, ordinal, name, value, raw, confidence, undecided, also, "
                  "because, human, actor,"
                  " config, model) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?)",
                  "iiiisssdisssii", entry_int (entry, "decision") + ordinal, entry_int (entry, "document"), entry->seq,
                  ordinal, dk_json_string (finding, "name", ""), dk_json_string (finding, "value", ""),
                  dk_json_string (finding, "raw", ""), dk_json_real (finding, "confidence", 0),
                  (int64_t)dk_json_bool (finding, "undecided", false), also, because, entry->actor,
                  entry_int (entry, "config"), entry_int (entry, "model"));
}

bool
decision_refresh (sqlite3 *db, int64_t document, GError **error)
{
  for (gsize i = 0; codes[i] != NULL; i++)
    {
      g_autofree char *sql = g_strdup_printf (
          "UPDATE document SET %s = (SELECT value FROM decision d WHERE document = ?1 AND name = '%s'"
          " AND seq = " CURRENT_SEQ " ORDER BY ordinal LIMIT 1) WHERE id = ?1",
          codes[i], codes[i]);
      if (!sql_run (db, error, sql, "i", document))
        return false;
    }
  return true;
}

/* Persons were erased: what stays are the codes. */
static bool
insert_codes (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  for (gsize i = 0; codes[i] != NULL; i++)
    {
      g_autoptr (json_t) finding = json_pack ("{s:s, s:s}", "name", codes[i], "value", entry_text (entry, codes[i]));
      if (entry_text (entry, codes[i])[0] != '\0' && !insert_finding (db, entry, (int64_t)i, finding, error))
        return false;
    }
  return true;
}

static bool
insert_findings (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  const json_t *findings = json_object_get (entry->personal, "findings"), *finding;
  size_t i;
  if (entry->personal == NULL)
    return insert_codes (db, entry, error);
  json_array_foreach (findings, i, finding)
  {
    if (!insert_finding (db, entry, (int64_t)i, finding, error))
      return false;
  }
  return true;
}

/* Who should look is asked anew by each run; what pages lack and which case it is of stays, and what a person has
 * decided is not asked again.
 */
static bool
renew_review (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  g_autofree char *review = entry_list (entry->payload, "review");
  return sql_run (db, error,
                  "UPDATE document SET review = (SELECT json_group_array (value) FROM ("
                  " SELECT value FROM json_each (document.review) WHERE value IN ('partial', 'join') UNION ALL"
                  " SELECT value FROM json_each (?1) WHERE value NOT IN (SELECT name FROM decision"
                  " WHERE document = ?2 AND human) AND value NOT IN (SELECT value FROM json_each (document.review)"
                  " WHERE value = 'partial'))) WHERE id = ?2",
                  "si", review, entry_int (entry, "document"));
}

bool
decision_of_case (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  const json_t *finding = json_object_get (entry->personal, "finding");
  g_autoptr (json_t) bare = json_pack ("{s:s, s:s, s:f}", "name", "case", "value", entry_text (entry, "number"),
                                       "confidence", dk_json_real (entry->payload, "confidence", 0));
  if (!dk_json_bool (entry->payload, "human", false))
    return insert_finding (db, entry, 0, finding != NULL ? finding : bare, error);
  return sql_run (db, error,
                  "INSERT INTO decision (id, document, seq, ordinal, name, value, raw, confidence, undecided, also, "
                  "because, human, actor) VALUES (?, ?, ?, 0, 'case', ?, '', 1, 0, '[]', '[]', 1, ?)",
                  "iiiss", entry_int (entry, "decision"), entry_int (entry, "document"), entry->seq,
                  entry_text (entry, "number"), entry->actor);
}

bool
apply_document_understood (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  int64_t document = entry_int (entry, "document");
  return insert_findings (db, entry, error) && renew_review (db, entry, error)
         && sql_run (db, error, "UPDATE document SET stage = ?, since_us = ?, config = ?, model = ? WHERE id = ?",
                     "siiii", entry_text (entry, "stage"), entry->time_us, entry_int (entry, "config"),
                     entry_int (entry, "model"), document)
         && decision_refresh (db, document, error)
         && sql_run (db, error, "UPDATE document SET urgent = 1 WHERE id = ? AND urgency != 'none'", "i", document);
}

bool
store_decision_correct (StoreTransaction *transaction, int64_t document, const char *name, const char *value,
                        const char *next, GError **error)
{
  sqlite3 *db = transaction->store->db;
  int64_t id, superseded = 0;
  if (!g_utf8_validate (name, -1, NULL) || !g_utf8_validate (value, -1, NULL))
    return dk_throw (error, DK_ERROR_INVALID, "the value given for document #%" G_GINT64_FORMAT " is no UTF-8",
                     document);
  if ((strcmp (name, "kind") == 0 && !blind_note_answer (transaction, document, value, error))
      || !sql_next_id (db, "decision", &id, error)
      || !sql_get_int (
          db, &superseded, error,
          "SELECT id FROM decision WHERE document = ? AND name = ? ORDER BY human DESC, seq DESC, ordinal LIMIT 1",
          "is", document, name))
    return false;
  json_t *payload = json_pack ("{s:I, s:I, s:s, s:I, s:s}", "document", (json_int_t)document, "decision",
                               (json_int_t)id, "name", name, "supersedes", (json_int_t)superseded, "stage", next);
  if (is_code (name))
    json_object_set_new (payload, "value", json_string (value));
  return ledger_append (transaction, ACTIVITY_DECISION_CORRECTED, payload,
                        is_code (name) ? NULL : json_pack ("{s:s}", "value", value), NULL, error)
         && sql_run (db, error, /* whoever works with the old value loses its lease */
                     "DELETE FROM job WHERE document = ? AND page = 0", "i", document);
}

bool
decision_answer (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  int64_t document = entry_int (entry, "document");
  return sql_run (db, error,
                  "UPDATE document SET stage = iif (stage IN ('rest', 'index'), ?1, stage),"
                  " since_us = iif (stage IN ('rest', 'index'), ?2, since_us),"
                  " review = (SELECT json_group_array (value) FROM json_each (document.review) WHERE value != ?3)"
                  " WHERE id = ?4",
                  "sisi", entry_text (entry, "stage"), entry->time_us, entry_text (entry, "name"), document)
         && decision_refresh (db, document, error);
}

bool
apply_decision_corrected (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  int64_t document = entry_int (entry, "document");
  const char *name = entry_text (entry, "name");
  const char *value = is_code (name) ? entry_text (entry, "value") : dk_json_string (entry->personal, "value", "");
  return sql_run (db, error,
                  "INSERT INTO decision (id, document, seq, ordinal, name, value, raw, confidence, undecided, also, "
                  "because, human, actor,"
                  " supersedes) VALUES (?, ?, ?, 0, ?, ?, '', 1, 0, '[]', '[]', 1, ?, nullif (?, 0))",
                  "iiisssi", entry_int (entry, "decision"), document, entry->seq, name, value, entry->actor,
                  entry_int (entry, "supersedes"))
         && decision_answer (db, entry, error);
}

bool
store_review_accept (StoreTransaction *transaction, int64_t document, GError **error)
{
  int64_t blind = 0;
  if (!sql_get_int (transaction->store->db, &blind, error,
                    "SELECT count (*) FROM document, json_each (document.review) j WHERE document.id = ?"
                    " AND j.value = '" STORE_REVIEW_BLIND "'",
                    "i", document))
    return false;
  if (blind > 0)
    return dk_refuse (error, DK_ERROR_USAGE, "accept_blind", "l", document);
  return ledger_append (transaction, ACTIVITY_REVIEW_ACCEPTED, json_pack ("{s:I}", "document", (json_int_t)document),
                        NULL, NULL, error);
}

bool
apply_review_accepted (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  return sql_run (db, error, "UPDATE document SET review = '[]', accepted = ? WHERE id = ?", "ii", entry->seq,
                  entry_int (entry, "document"));
}

typedef enum
{
  READ_ALL,
  READ_SAID, /* the current ones, and what a person said there is none of */
  READ_CURRENT,
} Which;

static GPtrArray *
read_decisions (Store *store, int64_t document, Which which, GError **error)
{
  g_autoptr (Sql) sql
      = sql_query (store->db, error,
                   "SELECT name, value, raw, actor, because, id, seq, confidence, undecided, human, ifnull "
                   "(config, 0), ifnull (supersedes, 0), also, model"
                   " FROM decision d WHERE document = ?1 AND (?2 = 0 OR seq = " CURRENT_SEQ ")"
                   " AND NOT (?2 = 2 AND human AND value = '') ORDER BY seq, ordinal",
                   "ii", document, (int64_t)which);
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func ((GDestroyNotify)store_decision_free);
  bool row;
  while (sql != NULL && sql_next (sql, &row, error))
    {
      if (!row)
        return g_steal_pointer (&decisions);
      StoreDecision *decision = g_new0 (StoreDecision, 1);
      g_ptr_array_add (decisions, decision);
      char **texts[] = { &decision->name, &decision->value, &decision->raw, &decision->actor, &decision->reasons };
      for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
        *texts[i] = g_strdup (sql_text (sql, (int)i));
      decision->document = document;
      decision->id = sql_int (sql, 5);
      decision->seq = sql_int (sql, 6);
      decision->confidence = sql_real (sql, 7);
      decision->undecided = sql_int (sql, 8) != 0;
      decision->human = sql_int (sql, 9) != 0;
      decision->config = sql_int (sql, 10);
      decision->supersedes = sql_int (sql, 11);
      decision->also = dk_json_parse (sql_text (sql, 12), strlen (sql_text (sql, 12)), NULL);
      decision->model = sql_int (sql, 13);
    }
  return NULL;
}

GPtrArray *
store_decisions (Store *store, int64_t document, bool current, GError **error)
{
  return read_decisions (store, document, current ? READ_CURRENT : READ_ALL, error);
}

GPtrArray *
store_decisions_said (Store *store, int64_t document, GError **error)
{
  return read_decisions (store, document, READ_SAID, error);
}

GStrv
store_decided_kinds (Store *store, int64_t document, GError **error)
{
  g_autoptr (GPtrArray) decisions = store_decisions (store, document, true, error);
  g_autoptr (GStrvBuilder) kinds = g_strv_builder_new ();
  for (guint i = 0; decisions != NULL && i < decisions->len; i++)
    {
      const StoreDecision *decision = decisions->pdata[i];
      size_t k;
      const json_t *also;
      if (strcmp (decision->name, "kind") != 0)
        continue;
      g_strv_builder_add (kinds, decision->value);
      json_array_foreach (decision->also, k, also) g_strv_builder_add (kinds, json_string_value (also));
    }
  return decisions != NULL ? g_strv_builder_end (kinds) : NULL;
}
