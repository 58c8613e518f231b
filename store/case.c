#include "store/case.h"
#include "base/messages.h"
#include "store/internal.h"
#include <string.h>

#define MERGES_MOST 100 /* one into the next */

void
store_case_free (StoreCase *the_case)
{
  if (the_case == NULL)
    return;
  char *texts[] = { the_case->number,     the_case->prefix,   the_case->entity, the_case->status,  the_case->owner,
                    the_case->entry_date, the_case->received, the_case->reason, the_case->outcome, the_case->cause,
                    the_case->unanswered, the_case->told,     the_case->closed };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (the_case);
}

StoreCase *
store_case_load (Store *store, int64_t id, GError **error)
{
  g_autoptr (Sql) sql = sql_query (
      store->db, error,
      "SELECT number, prefix, entity, status, owner, entry_date, received, reason, outcome, cause, unanswered, told,"
      " closed, year, serial, opened_us, documents, round, ifnull (merged_into, 0), version, stage, ifnull (parent, 0)"
      " FROM cases WHERE id = ?",
      "i", id);
  bool row;
  if (sql == NULL || !sql_next (sql, &row, error))
    return NULL;
  if (!row)
    {
      dk_refuse (error, DK_ERROR_NOT_FOUND, "no_case_id", "l", id);
      return NULL;
    }
  StoreCase *the_case = g_new0 (StoreCase, 1);
  char **texts[]
      = { &the_case->number,     &the_case->prefix,   &the_case->entity, &the_case->status,  &the_case->owner,
          &the_case->entry_date, &the_case->received, &the_case->reason, &the_case->outcome, &the_case->cause,
          &the_case->unanswered, &the_case->told,     &the_case->closed };
  int column = 0;
  for (; column < (int)G_N_ELEMENTS (texts); column++)
    *texts[column] = g_strdup (sql_text (sql, column));
  the_case->id = id;
  the_case->year = (int)sql_int (sql, column++);
  the_case->serial = sql_int (sql, column++);
  the_case->opened_us = sql_int (sql, column++);
  the_case->documents = (unsigned)sql_int (sql, column++);
  the_case->round = (unsigned)sql_int (sql, column++);
  the_case->merged_into = sql_int (sql, column++);
  the_case->version = sql_int (sql, column++);
  the_case->stage = (unsigned)sql_int (sql, column++);
  the_case->parent = sql_int (sql, column);
  return the_case;
}

bool
store_case_review (Store *store, int64_t case_id, int64_t *id, GError **error)
{
  *id = 0;
  return sql_get_int (store->db, id, error,
                      "SELECT id FROM cases WHERE parent = ? AND stage = 2 AND merged_into IS NULL", "i", case_id);
}

StoreCase *
store_case_find (Store *store, const char *text, bool as_merged, GError **error)
{
  g_autofree char *number = g_strndup (text, strcspn (text, "/"));
  int64_t id = 0, into = 0;
  if (!sql_get_int (
          store->db, &id, error,
          "SELECT id FROM cases WHERE replace (number, '-', '') = replace (replace (upper (?), '-', ''), ' ', '')", "s",
          number))
    return NULL;
  if (id == 0)
    {
      dk_refuse (error, DK_ERROR_NOT_FOUND, "no_case", "s", text);
      return NULL;
    }
  for (guint i = 0; i < MERGES_MOST && !as_merged; i++, id = into)
    {
      into = 0;
      if (!sql_get_int (store->db, &into, error, "SELECT ifnull (merged_into, 0) FROM cases WHERE id = ?", "i", id))
        return NULL;
      if (into == 0)
        break;
    }
  return store_case_load (store, id, error);
}

GArray *
store_case_merged (Store *store, int64_t case_id, GError **error)
{
  g_autoptr (Sql) sql
      = sql_query (store->db, error, WITH_WHOLE " SELECT id FROM whole WHERE id != ?1 ORDER BY id", "i", case_id);
  return sql != NULL ? sql_ints (sql, error) : NULL;
}

GArray *
store_case_documents (Store *store, int64_t case_id, GError **error)
{
  g_autoptr (Sql) sql = sql_query (
      store->db, error, WITH_WHOLE " SELECT d.id FROM document d JOIN whole w ON d.case_id = w.id ORDER BY d.id", "i",
      case_id);
  return sql != NULL ? sql_ints (sql, error) : NULL;
}

bool
store_case_next_serial (StoreTransaction *transaction, const char *prefix, int year, int64_t *serial, GError **error)
{
  return sql_get_int (transaction->store->db, serial, error,
                      "SELECT ifnull (max (serial), 0) + 1 FROM cases WHERE prefix = ? AND year = ?", "si", prefix,
                      (int64_t)year);
}

json_t *
case_opening (StoreTransaction *transaction, StoreCase *the_case, int64_t document, const char *next, GError **error)
{
  if (!sql_next_id (transaction->store->db, "cases", &the_case->id, error))
    return NULL;
  the_case->opened_us = transaction->time_us;
  the_case->documents = document != 0 ? 1 : 0;
  json_t *payload = json_pack ("{s:I, s:i, s:I, s:s, s:s, s:i, s:I, s:s, s:s, s:s, s:s, s:s, s:s}", "case",
                               (json_int_t)the_case->id, "case_stage", (int)MAX (the_case->stage, 1), "parent",
                               (json_int_t)the_case->parent, "number", the_case->number, "prefix", the_case->prefix,
                               "year", the_case->year, "serial", (json_int_t)the_case->serial, "entity",
                               the_case->entity, "status", the_case->status, "owner", the_case->owner, "entry_date",
                               the_case->entry_date, "received", the_case->received, "stage", next);
  if (payload == NULL)
    dk_throw (error, DK_ERROR_INVALID, "case %s has a part that is no UTF-8", the_case->number);
  else if (document != 0)
    json_object_set_new (payload, "document", json_integer (document));
  return payload;
}

bool
store_case_open (StoreTransaction *transaction, StoreCase *the_case, int64_t document, const char *next, GError **error)
{
  sqlite3 *db = transaction->store->db;
  int64_t has = 0;
  if (document != 0
      && !sql_get_int (db, &has, error, "SELECT ifnull (case_id, 0) FROM document WHERE id = ?", "i", document))
    return false;
  if (has != 0)
    return dk_refuse (error, DK_ERROR_EXISTS, "in_case_already", "l", document);
  json_t *payload = case_opening (transaction, the_case, document, next, error);
  return payload != NULL && ledger_append (transaction, ACTIVITY_CASE_OPENED, payload, NULL, NULL, error);
}

bool
case_insert (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  int64_t id = entry_int (entry, "case"), document = entry_int (entry, "document");
  return sql_run (db, error,
                  "INSERT INTO cases (id, number, prefix, year, serial, entity, status, owner, opened_us, entry_date, "
                  "received, unanswered, active, version, documents, stage, parent)"
                  " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?11, ?11, ?11, ?12, ?13 != 0, ?14, nullif (?15, 0))",
                  "issiisssissiiii", id, entry_text (entry, "number"), entry_text (entry, "prefix"),
                  entry_int (entry, "year"), entry_int (entry, "serial"), entry_text (entry, "entity"),
                  entry_text (entry, "status"), entry_text (entry, "owner"), entry->time_us,
                  entry_text (entry, "entry_date"), entry_text (entry, "received"), entry->seq, document,
                  MAX (entry_int (entry, "case_stage"), 1), entry_int (entry, "parent"))
         && (document == 0
             || sql_run (db, error, "INSERT INTO case_place (case_id, ordinal, document) VALUES (?, 1, ?)", "ii", id,
                         document));
}

bool
apply_case_opened (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  return case_insert (db, entry, error)
         && sql_run (db, error,
                     "UPDATE document SET case_id = ?, case_ordinal = 1, stage = ?, since_us = ? WHERE id = ?", "isii",
                     entry_int (entry, "case"), entry_text (entry, "stage"), entry->time_us,
                     entry_int (entry, "document"));
}

void
store_deadline_free (StoreDeadline *deadline)
{
  if (deadline == NULL)
    return;
  char *texts[] = { deadline->kind, deadline->policy,  deadline->calendar, deadline->start,
                    deadline->due,  deadline->work_by, deadline->state,    deadline->clock };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  json_decref (deadline->trace);
  g_free (deadline);
}

const StoreDeadline *
store_deadline_of (const GPtrArray *deadlines, const char *kind)
{
  for (guint i = 0; i < deadlines->len; i++)
    if (strcmp (((const StoreDeadline *)deadlines->pdata[i])->kind, kind) == 0)
      return deadlines->pdata[i];
  return NULL;
}

bool
store_deadline_is_answered (const StoreDeadline *deadline)
{
  return strcmp (deadline->state, STORE_DEADLINE_MET) == 0 || strcmp (deadline->state, STORE_DEADLINE_MISSED) == 0;
}

bool
store_deadline_is_over (const StoreDeadline *deadline)
{
  return store_deadline_is_answered (deadline) || strcmp (deadline->state, STORE_DEADLINE_WITHDRAWN) == 0;
}

DkDay
store_deadline_day (const char *due)
{
  char day[11] = "";
  if (due != NULL)
    g_strlcpy (day, due, sizeof day);
  return dk_day_parse (day);
}

bool
store_deadline_set (StoreTransaction *transaction, StoreDeadline *deadline, GError **error)
{
  sqlite3 *db = transaction->store->db;
  if (!sql_next_id (db, "deadline", &deadline->id, error)
      || !sql_get_int (db, &deadline->version, error,
                       "SELECT ifnull (max (version), 0) + 1 FROM deadline WHERE case_id = ? AND kind = ?", "is",
                       deadline->case_id, deadline->kind))
    return false;
  json_t *payload
      = json_pack ("{s:I, s:I, s:s, s:I, s:s, s:s, s:s, s:s?, s:s?, s:s, s:s, s:O}", "deadline",
                   (json_int_t)deadline->id, "case", (json_int_t)deadline->case_id, "kind", deadline->kind, "version",
                   (json_int_t)deadline->version, "policy", deadline->policy, "calendar", deadline->calendar, "start",
                   deadline->start, "due", deadline->due, "work_by", deadline->work_by, "state", deadline->state,
                   "clock", deadline->clock != NULL ? deadline->clock : "legal", "trace", deadline->trace);
  return ledger_append (transaction, ACTIVITY_DEADLINE_SET, payload, NULL, NULL, error);
}

bool
apply_deadline_set (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  g_autofree char *trace = entry_list (entry->payload, "trace");
  return sql_run (
      db, error,
      "INSERT INTO deadline (id, case_id, kind, version, policy, calendar, start, due, work_by, state, clock, trace)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      "iisissssssss", entry_int (entry, "deadline"), entry_int (entry, "case"), entry_text (entry, "kind"),
      entry_int (entry, "version"), entry_text (entry, "policy"), entry_text (entry, "calendar"),
      entry_text (entry, "start"), dk_json_string (entry->payload, "due", NULL),
      dk_json_string (entry->payload, "work_by", NULL), entry_text (entry, "state"), entry_text (entry, "clock"),
      trace);
}

#define DEADLINE_COLUMNS "kind, policy, calendar, start, due, work_by, state, clock, id, version, trace"

static StoreDeadline *
deadline_of_row (Sql *sql, int64_t case_id)
{
  StoreDeadline *deadline = g_new0 (StoreDeadline, 1);
  char **texts[] = { &deadline->kind, &deadline->policy,  &deadline->calendar, &deadline->start,
                     &deadline->due,  &deadline->work_by, &deadline->state,    &deadline->clock };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    *texts[i] = g_strdup (sql_text (sql, (int)i));
  deadline->case_id = case_id;
  deadline->id = sql_int (sql, 8);
  deadline->version = sql_int (sql, 9);
  deadline->trace = dk_json_parse (sql_text (sql, 10), strlen (sql_text (sql, 10)), NULL);
  return deadline;
}

StoreDeadline *
store_deadline_before (Store *store, const StoreDeadline *deadline, GError **error)
{
  bool row;
  g_autoptr (Sql) sql = sql_query (store->db, error,
                                   "SELECT " DEADLINE_COLUMNS " FROM deadline WHERE case_id = ? AND kind = ?"
                                   " AND version < ? ORDER BY version DESC LIMIT 1",
                                   "isi", deadline->case_id, deadline->kind, deadline->version);
  return sql != NULL && sql_next (sql, &row, error) && row ? deadline_of_row (sql, deadline->case_id) : NULL;
}

GPtrArray *
store_deadlines (Store *store, int64_t case_id, GError **error)
{
  g_autoptr (Sql) sql
      = sql_query (store->db, error,
                   "SELECT " DEADLINE_COLUMNS " FROM deadline d WHERE case_id = ?1 AND version ="
                   " (SELECT max (version) FROM deadline n WHERE n.case_id = ?1 AND n.kind = d.kind) ORDER BY id",
                   "i", case_id);
  g_autoptr (GPtrArray) deadlines = g_ptr_array_new_with_free_func ((GDestroyNotify)store_deadline_free);
  bool row;
  while (sql != NULL && sql_next (sql, &row, error))
    {
      if (!row)
        return g_steal_pointer (&deadlines);
      g_ptr_array_add (deadlines, deadline_of_row (sql, case_id));
    }
  return NULL;
}
