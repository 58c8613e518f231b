/* How documents change their case: joined, proposed, split. */
#include "base/messages.h"
#include "store/case.h"
#include "store/internal.h"
#include <string.h>

/* --- looking --- */

bool
store_case_numbered (Store *store, const char *number, int64_t *id, GError **error)
{
  *id = 0;
  return sql_get_int (store->db, id, error,
                      "WITH RECURSIVE way (id, next) AS (SELECT id, merged_into FROM cases WHERE number = ?"
                      " UNION ALL SELECT c.id, c.merged_into FROM cases c JOIN way ON c.id = way.next)"
                      " SELECT id FROM way WHERE next IS NULL",
                      "s", number);
}

/* One look into the index for each prefix, however many cases there are. */
char **
store_case_prefixes (Store *store, GError **error)
{
  g_autoptr (Sql) sql = sql_query (
      store->db, error,
      "WITH RECURSIVE one (prefix) AS (SELECT min (prefix) FROM cases UNION ALL"
      " SELECT (SELECT min (prefix) FROM cases WHERE prefix > one.prefix) FROM one WHERE prefix IS NOT NULL)"
      " SELECT prefix FROM one WHERE prefix IS NOT NULL",
      "");
  return sql != NULL ? sql_texts (sql, error) : NULL;
}

/* --- joining --- */

typedef struct
{
  int64_t from, ordinal, decision;
  char *number;
} Place;

static void
place_clear (Place *place)
{
  g_free (place->number);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

/* Where @document is now, and its next number in @case_id. */
static bool
find_place (sqlite3 *db, int64_t document, int64_t case_id, Place *place, GError **error)
{
  return sql_get_int (db, &place->from, error, "SELECT ifnull (case_id, 0) FROM document WHERE id = ?", "i", document)
         && sql_get_int (db, &place->ordinal, error,
                         "SELECT ifnull (max (ordinal), 0) + 1 FROM case_place WHERE case_id = ?", "i", case_id)
         && sql_get_text (db, &place->number, error, "SELECT number FROM cases WHERE id = ?", "i", case_id)
         && sql_next_id (db, "decision", &place->decision, error)
         && (place->number != NULL || dk_refuse (error, DK_ERROR_NOT_FOUND, "no_case_id", "l", case_id));
}

static json_t *
joining (const StoreJoin *join, int64_t document, const Place *place)
{
  json_t *payload = json_pack ("{s:I, s:I, s:s, s:I, s:f, s:b, s:b, s:I}", "case", (json_int_t)join->case_id,
                               "document", (json_int_t)document, "number", place->number, "decision",
                               (json_int_t)place->decision, "confidence", join->score, "unsure", join->unsure, "human",
                               join->finding == NULL, "config", (json_int_t)join->config);
  if (join->copy_of != 0)
    json_object_set_new (payload, "copy_of", json_integer (join->copy_of));
  return payload;
}

static json_t *
personal_part (const StoreJoin *join)
{
  return join->finding != NULL ? json_pack ("{s:O}", "finding", join->finding) : NULL;
}

/* Whoever works with the document under its old number loses its lease. */
static bool
drop_jobs (StoreTransaction *transaction, int64_t document, GError **error)
{
  return sql_run (transaction->store->db, error, "DELETE FROM job WHERE document = ? AND page = 0", "i", document);
}

bool
store_case_join (StoreTransaction *transaction, const StoreJoin *join, int64_t document, const char *next,
                 GError **error)
{
  g_auto (Place) place = { 0 };
  if (!find_place (transaction->store->db, document, join->case_id, &place, error))
    return false;
  if (place.from == join->case_id)
    return dk_refuse (error, DK_ERROR_EXISTS, "joined_already", "ls", document, place.number);
  json_t *payload = joining (join, document, &place);
  json_object_update_new (payload, json_pack ("{s:I, s:I, s:s}", "from", (json_int_t)place.from, "ordinal",
                                              (json_int_t)place.ordinal, "stage", next));
  return ledger_append (transaction, ACTIVITY_CASE_JOINED, payload, personal_part (join), NULL, error)
         && (join->finding != NULL || drop_jobs (transaction, document, error));
}

bool
store_case_propose (StoreTransaction *transaction, const StoreJoin *join, int64_t document, GError **error)
{
  g_auto (Place) place = { 0 };
  return find_place (transaction->store->db, document, join->case_id, &place, error)
         && ledger_append (transaction, ACTIVITY_CASE_PROPOSED, joining (join, document, &place), personal_part (join),
                           NULL, error);
}

bool
store_case_split (StoreTransaction *transaction, StoreCase *the_case, int64_t document, const char *next,
                  GError **error)
{
  sqlite3 *db = transaction->store->db;
  int64_t from = 0, others = 0, decision;
  if (!sql_get_int (db, &from, error, "SELECT ifnull (case_id, 0) FROM document WHERE id = ?", "i", document)
      || !sql_get_int (db, &others, error, "SELECT count(*) FROM document WHERE case_id = ? AND id != ?", "ii", from,
                       document)
      || !sql_next_id (db, "decision", &decision, error))
    return false;
  if (others == 0)
    return dk_refuse (error, DK_ERROR_USAGE, "only_letter", "l", document);
  json_t *payload = case_opening (transaction, the_case, document, next, error);
  if (payload == NULL)
    return false;
  json_object_update_new (payload, json_pack ("{s:I, s:I, s:b}", "from", (json_int_t)from, "decision",
                                              (json_int_t)decision, "human", true));
  return ledger_append (transaction, ACTIVITY_CASE_SPLIT, payload, NULL, NULL, error)
         && drop_jobs (transaction, document, error);
}

/* --- the caches --- */

/* A machine moves a document on its way on; one that a person moves is named anew if it was named. */
static bool
put_document (sqlite3 *db, const LedgerEntry *entry, int64_t ordinal, GError **error)
{
  bool human = dk_json_bool (entry->payload, "human", false);
  return sql_run (db, error,
                  "UPDATE document SET case_id = ?1, case_ordinal = ?2, copy_of = nullif (?3, 0),"
                  " stage = iif (?4 = 0 OR stage IN ('rest', 'index'), ?5, stage),"
                  " since_us = iif (?4 = 0 OR stage IN ('rest', 'index'), ?6, since_us) WHERE id = ?7",
                  "iiiisii", entry_int (entry, "case"), ordinal, entry_int (entry, "copy_of"), (int64_t)human,
                  entry_text (entry, "stage"), entry->time_us, entry_int (entry, "document"));
}

/* What is a copy of @document, which leaves the case @from, is one no more; nor is it one itself. */
static bool
leave_copies (sqlite3 *db, const LedgerEntry *entry, int64_t document, int64_t from, GError **error)
{
  g_autoptr (Sql) sql = sql_query (db, error, "SELECT id FROM document WHERE copy_of = ? AND case_id = ? ORDER BY id",
                                   "ii", document, from);
  g_autoptr (GArray) ids = sql != NULL ? sql_ints (sql, error) : NULL;
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    if (!decision_forget_copied (db, entry, g_array_index (ids, int64_t, i), error))
      return false;
  return ids != NULL && decision_forget_copied (db, entry, document, error)
         && sql_run (db, error, "UPDATE document SET copy_of = NULL WHERE copy_of = ? AND case_id = ?", "ii", document,
                     from);
}

static bool
leave (sqlite3 *db, const LedgerEntry *entry, int64_t to, GError **error)
{
  int64_t from = entry_int (entry, "from");
  return from == 0
         || (sql_run (db, error, "UPDATE cases SET documents = documents - 1 WHERE id = ?", "i", from)
             && sql_run (
                 db, error,
                 "UPDATE cases SET status = 'closed', reason = 'merged', merged_into = nullif (?, 0), version = ?"
                 " WHERE id = ? AND documents = 0 AND stage = 1",
                 "iii", to, entry->seq, from)
             && leave_copies (db, entry, entry_int (entry, "document"), from, error));
}

static bool
ask_person (sqlite3 *db, const LedgerEntry *entry, bool ask, GError **error)
{
  return sql_run (
      db, error,
      "UPDATE document SET review = (SELECT json_group_array (value) FROM (SELECT value"
      " FROM json_each (document.review) WHERE value != 'join' UNION ALL SELECT 'join' WHERE ?)) WHERE id = ?",
      "ii", (int64_t)ask, entry_int (entry, "document"));
}

bool
apply_case_joined (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  int64_t id = entry_int (entry, "case"), ordinal = entry_int (entry, "ordinal");
  return sql_run (db, error, "INSERT INTO case_place (case_id, ordinal, document) VALUES (?, ?, ?)", "iii", id, ordinal,
                  entry_int (entry, "document"))
         && sql_run (db, error, "UPDATE cases SET documents = documents + 1 WHERE id = ?", "i", id)
         && put_document (db, entry, ordinal, error) && leave (db, entry, id, error)
         && ask_person (db, entry, dk_json_bool (entry->payload, "unsure", false), error)
         && decision_of_case (db, entry, error);
}

bool
apply_case_proposed (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  return ask_person (db, entry, dk_json_bool (entry->payload, "unsure", true), error)
         && decision_of_case (db, entry, error);
}

bool
apply_case_split (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  return case_insert (db, entry, error) && put_document (db, entry, 1, error) && leave (db, entry, 0, error)
         && ask_person (db, entry, false, error) && decision_of_case (db, entry, error);
}

GArray *
store_document_copies (Store *store, int64_t document, GError **error)
{
  g_autoptr (Sql) sql
      = sql_query (store->db, error, "SELECT id FROM document WHERE copy_of = ? ORDER BY id", "i", document);
  return sql != NULL ? sql_ints (sql, error) : NULL;
}
