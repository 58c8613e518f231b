#include "store/chain.h"
#include "base/messages.h"
#include "store/internal.h"
#include <string.h>

/* --- attachments --- */

void
store_attachment_free (StoreAttachment *attachment)
{
  if (attachment == NULL)
    return;
  g_free (attachment->name);
  g_free (attachment);
}

/* What an act says of its attachments: their codes in @payload, their names in *@personal. */
static bool
add_attachments (StoreTransaction *transaction, const GPtrArray *attachments, json_t *payload, json_t **personal,
                 GError **error)
{
  int64_t id;
  if (attachments == NULL || attachments->len == 0)
    return true;
  if (!sql_next_id (transaction->store->db, "attachment", &id, error))
    return false;
  json_t *codes = json_array (), *names = json_array ();
  bool there = true;
  for (guint i = 0; there && i < attachments->len; i++)
    {
      const StoreAttachment *one = attachments->pdata[i];
      there = blob_is_there (transaction->store, one->blob.sha256, error);
      json_array_append_new (codes, json_pack ("{s:I, s:s, s:I}", "attachment", (json_int_t)id + i, "blob",
                                               one->blob.sha256, "size", (json_int_t)one->blob.size));
      json_array_append_new (names, dk_json_text (one->name));
    }
  if (*personal == NULL)
    *personal = json_object ();
  json_object_set_new (payload, "attachments", codes);
  json_object_set_new (*personal, "attachments", names);
  return there;
}

static bool
note_attachments (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  size_t i;
  const json_t *one, *names = entry->personal != NULL ? json_object_get (entry->personal, "attachments") : NULL;
  json_array_foreach (json_object_get (entry->payload, "attachments"), i, one)
  {
    const char *name = json_string_value (json_array_get (names, i)), *blob = dk_json_string (one, "blob", "");
    int64_t size = dk_json_int (one, "size", 0);
    if (!apply_blob (db, blob, size, "attachment", error)
        || !sql_run (db, error, "INSERT INTO attachment (id, case_id, seq, name, blob, size) VALUES (?, ?, ?, ?, ?, ?)",
                     "iiissi", dk_json_int (one, "attachment", 0), entry_int (entry, "case"), entry->seq,
                     name != NULL ? name : "", blob, size))
      return false;
  }
  return true;
}

GPtrArray *
store_attachments (Store *store, int64_t case_id, GError **error)
{
  g_autoptr (Sql) sql
      = sql_query (store->db, error, "SELECT id, seq, name, blob, size FROM attachment WHERE " OF_WHOLE " ORDER BY id",
                   "i", case_id);
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)store_attachment_free);
  bool row;
  while (sql != NULL && sql_next (sql, &row, error))
    {
      if (!row)
        return g_steal_pointer (&all);
      StoreAttachment *one = g_new0 (StoreAttachment, 1);
      g_ptr_array_add (all, one);
      one->id = sql_int (sql, 0);
      one->seq = sql_int (sql, 1);
      one->name = g_strdup (sql_text (sql, 2));
      g_strlcpy (one->blob.sha256, sql_text (sql, 3), sizeof one->blob.sha256);
      one->blob.size = sql_int (sql, 4);
    }
  return NULL;
}

/* --- acts --- */

bool
store_case_act (StoreTransaction *transaction, int64_t case_id, const StoreAct *act, GError **error)
{
  const StoreCase *now = act->now;
  json_t *payload
      = json_pack ("{s:I, s:s, s:s, s:s, s:s, s:b, s:s, s:{s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:s?, s:s?, s:s?, s:I}}",
                   "case", (json_int_t)case_id, "act", act->act, "reason", act->reason, "day", act->day, "channel",
                   act->channel, "gratitude", act->gratitude, "subject", act->subject, "now", "status", now->status,
                   "reason", now->reason, "outcome", now->outcome, "cause", now->cause, "owner", now->owner, "received",
                   now->received, "round", (int)now->round, "unanswered", now->unanswered, "told", now->told, "closed",
                   now->closed, "merged_into", (json_int_t)now->merged_into);
  if (payload != NULL && act->document != 0)
    json_object_set_new (payload, "document", json_integer (act->document));
  if (payload != NULL && act->undoes != 0)
    json_object_set_new (payload, "undoes", json_integer (act->undoes));
  if (payload != NULL && act->letter != NULL)
    json_object_set_new (
        payload, "letter",
        json_pack ("{s:s, s:s, s:s}", "template", act->letter, "language", act->language, "blocks", act->blocks));
  json_t *personal = act->text != NULL ? json_pack ("{s:o}", "text", dk_json_text (act->text)) : NULL;
  if (payload != NULL && !add_attachments (transaction, act->attachments, payload, &personal, error))
    {
      json_decref (payload);
      json_decref (personal);
      return false;
    }
  return ledger_append (transaction, ACTIVITY_CASE_ACTED, payload, personal, NULL, error);
}

bool
apply_case_acted (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  const json_t *now = json_object_get (entry->payload, "now");
  int64_t into = dk_json_int (now, "merged_into", 0);
  return sql_run (db, error,
                  "UPDATE cases SET status = ?, reason = ?, outcome = ?, cause = ?, owner = ?, received = ?, round = ?,"
                  " unanswered = ?, told = ?, closed = ?, merged_into = nullif (?, 0), version = ?,"
                  " active = max (active, ?) WHERE id = ?",
                  "ssssssisssiisi", dk_json_string (now, "status", ""), dk_json_string (now, "reason", ""),
                  dk_json_string (now, "outcome", ""), dk_json_string (now, "cause", ""),
                  dk_json_string (now, "owner", ""), dk_json_string (now, "received", ""),
                  dk_json_int (now, "round", 1), dk_json_string (now, "unanswered", NULL),
                  dk_json_string (now, "told", NULL), dk_json_string (now, "closed", NULL), into, entry->seq,
                  entry_text (entry, "day"), entry_int (entry, "case"))
         && note_attachments (db, entry, error);
}

static void
chain_entry_free (StoreChainEntry *entry)
{
  char *texts[] = { entry->actor, entry->act,     entry->reason, entry->day,      entry->channel,
                    entry->text,  entry->subject, entry->status, entry->due,      entry->kind,
                    entry->state, entry->owner,   entry->letter, entry->language, entry->blocks };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (entry);
}

static bool
add_to_chain (const LedgerEntry *entry, void *data, GError **error)
{
  (void)error;
  bool act = entry->activity == ACTIVITY_CASE_ACTED;
  StoreChainEntry *one = g_new0 (StoreChainEntry, 1);
  one->seq = entry->seq;
  one->time_us = entry->time_us;
  one->document = entry_int (entry, "document");
  one->merged_into = dk_json_int (json_object_get (entry->payload, "now"), "merged_into", 0);
  one->undoes = entry_int (entry, "undoes");
  one->actor = g_strdup (entry->actor);
  one->act = g_strdup (act ? entry_text (entry, "act") : activity_name (entry->activity));
  one->reason = g_strdup (entry_text (entry, "reason"));
  one->day = g_strdup (entry_text (entry, "day"));
  one->channel = g_strdup (entry_text (entry, "channel"));
  one->subject = g_strdup (entry_text (entry, "subject"));
  one->text = g_strdup (entry->personal != NULL ? dk_json_string (entry->personal, "text", NULL) : NULL);
  one->due = g_strdup (entry_text (entry, "due"));
  one->kind = g_strdup (entry_text (entry, "kind"));
  one->state = g_strdup (entry_text (entry, "state"));
  one->owner = g_strdup (entry_text (entry, "owner"));
  const json_t *letter = json_object_get (entry->payload, "letter");
  one->letter = g_strdup (act ? dk_json_string (letter, "template", "") : "");
  one->language = g_strdup (act ? dk_json_string (letter, "language", "") : "");
  one->blocks = g_strdup (act ? dk_json_string (letter, "blocks", "") : "");
  one->status = g_strdup (act ? dk_json_string (json_object_get (entry->payload, "now"), "status", "") : "");
  one->gratitude = dk_json_bool (entry->payload, "gratitude", false);
  g_ptr_array_add (data, one);
  return true;
}

GPtrArray *
store_case_chain (Store *store, int64_t case_id, int64_t after, GError **error)
{
  g_autoptr (GPtrArray) chain = g_ptr_array_new_with_free_func ((GDestroyNotify)chain_entry_free);
  if (!ledger_each (store, after, 0, case_id, add_to_chain, chain, error))
    return NULL;
  for (guint i = 0; i < chain->len; i++)
    ((StoreChainEntry *)chain->pdata[i])->case_id = case_id;
  return g_steal_pointer (&chain);
}

/* --- alerts --- */

void
store_alert_free (StoreAlert *alert)
{
  if (alert == NULL)
    return;
  g_free (alert->number);
  g_free (alert->due);
  g_free (alert->owner);
  g_free (alert->text);
  g_free (alert->reason);
  g_free (alert->about);
  g_free (alert);
}

bool
store_alert_set (StoreTransaction *transaction, const StoreReminder *reminder, int64_t *id, GError **error)
{
  if (!sql_next_id (transaction->store->db, "alert", id, error))
    return false;
  json_t *payload = json_pack ("{s:I, s:I, s:s, s:s, s:s*, s:s*}", "alert", (json_int_t)*id, "case",
                               (json_int_t)reminder->case_id, "due", reminder->due, "owner", reminder->owner, "reason",
                               reminder->reason, "about", reminder->about);
  return ledger_append (transaction, ACTIVITY_ALERT_SET, payload,
                        json_pack ("{s:o}", "text", dk_json_text (reminder->text)), NULL, error);
}

bool
apply_alert_set (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  const char *text = entry->personal != NULL ? dk_json_string (entry->personal, "text", "") : "";
  return sql_run (db, error,
                  "INSERT INTO alert (id, case_id, due, owner, text, reason, about, done)"
                  " VALUES (?, ?, ?, ?, ?, ?, ?, 0)",
                  "iisssss", entry_int (entry, "alert"), entry_int (entry, "case"), entry_text (entry, "due"),
                  entry_text (entry, "owner"), text, entry_text (entry, "reason"), entry_text (entry, "about"));
}

bool
store_alert_move (StoreTransaction *transaction, int64_t alert, const char *due, GError **error)
{
  int64_t case_id = 0;
  if (!sql_get_int (transaction->store->db, &case_id, error, "SELECT case_id FROM alert WHERE id = ? AND NOT done", "i",
                    alert))
    return false;
  if (case_id == 0)
    return dk_refuse (error, DK_ERROR_NOT_FOUND, "alert_gone", "l", alert);
  return ledger_append (
      transaction, ACTIVITY_ALERT_MOVED,
      json_pack ("{s:I, s:I, s:s?}", "alert", (json_int_t)alert, "case", (json_int_t)case_id, "due", due), NULL, NULL,
      error);
}

bool
apply_alert_moved (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  const char *due = dk_json_string (entry->payload, "due", NULL);
  return sql_run (db, error, "UPDATE alert SET due = ifnull (?1, due), done = ?1 IS NULL WHERE id = ?2", "si", due,
                  entry_int (entry, "alert"));
}

#define SELECT_ALERTS                                                                                                  \
  "SELECT a.id, a.case_id, c.number, a.due, a.owner, a.text, a.reason, a.about FROM alert a"                           \
  " JOIN cases c ON c.id = a.case_id WHERE NOT a.done"

/* The rows of @sql, taken over, which may be NULL after an error. */
static GPtrArray *
alerts_of (Sql *sql, GError **error)
{
  g_autoptr (Sql) owned = sql;
  g_autoptr (GPtrArray) alerts = g_ptr_array_new_with_free_func ((GDestroyNotify)store_alert_free);
  bool row;
  while (sql != NULL && sql_next (sql, &row, error))
    {
      if (!row)
        return g_steal_pointer (&alerts);
      StoreAlert *alert = g_new0 (StoreAlert, 1);
      g_ptr_array_add (alerts, alert);
      alert->id = sql_int (sql, 0);
      alert->case_id = sql_int (sql, 1);
      char **texts[] = { &alert->number, &alert->due, &alert->owner, &alert->text, &alert->reason, &alert->about };
      for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
        *texts[i] = g_strdup (sql_text (sql, (int)i + 2));
    }
  return NULL;
}

GPtrArray *
store_alerts (Store *store, const StoreAlertsFilter *filter, GError **error)
{
  g_autofree char *text = g_strconcat (
      SELECT_ALERTS,
      filter->case_id == 0 ? " AND ?1 = 0"
      : filter->whole      ? " AND a." OF_WHOLE
                           : " AND a.case_id = ?1",
      filter->owner != NULL ? " AND a.owner = ?4" : " AND ?4 IS NULL",
      filter->after != 0 ? " AND (a.due, a.case_id, a.id) > (SELECT due, case_id, id FROM alert WHERE id = ?2)"
                         : " AND ?2 = 0",
      " ORDER BY a.due, a.case_id, a.id LIMIT ?3", NULL);
  return alerts_of (sql_query (store->db, error, text, "iiis", filter->case_id, filter->after,
                               filter->limit > 0 ? (int64_t)filter->limit : INT64_C (-1), filter->owner),
                    error);
}

GPtrArray *
store_alerts_for (Store *store, const char *reason, unsigned limit, int64_t after, GError **error)
{
  return alerts_of (sql_query (store->db, error, SELECT_ALERTS " AND a.reason = ? AND a.id > ? ORDER BY a.id LIMIT ?",
                               "sii", reason, after, limit > 0 ? (int64_t)limit : INT64_C (-1)),
                    error);
}

/* --- pointers to outside systems --- */

void
store_link_free (StoreLink *link)
{
  if (link == NULL)
    return;
  g_free (link->uri);
  g_free (link->label);
  g_free (link);
}

bool
store_link_add (StoreTransaction *transaction, int64_t case_id, const char *uri, const char *label, GError **error)
{
  int64_t id;
  if (!sql_next_id (transaction->store->db, "link", &id, error))
    return false;
  return ledger_append (
      transaction, ACTIVITY_LINK_ADDED, json_pack ("{s:I, s:I}", "link", (json_int_t)id, "case", (json_int_t)case_id),
      json_pack ("{s:o, s:o}", "uri", dk_json_text (uri), "label", dk_json_text (label)), NULL, error);
}

bool
apply_link_added (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  const json_t *personal = entry->personal;
  return sql_run (db, error, "INSERT INTO link (id, case_id, uri, label) VALUES (?, ?, ?, ?)", "iiss",
                  entry_int (entry, "link"), entry_int (entry, "case"),
                  personal != NULL ? dk_json_string (personal, "uri", "") : "",
                  personal != NULL ? dk_json_string (personal, "label", "") : "");
}

bool
store_link_remove (StoreTransaction *transaction, int64_t case_id, int64_t link, GError **error)
{
  int64_t found = 0;
  if (!sql_get_int (transaction->store->db, &found, error, "SELECT case_id FROM link WHERE id = ?2 AND " OF_WHOLE, "ii",
                    case_id, link))
    return false;
  if (found == 0)
    return dk_refuse (error, DK_ERROR_NOT_FOUND, "no_link", "l", link);
  return ledger_append (transaction, ACTIVITY_LINK_REMOVED,
                        json_pack ("{s:I, s:I}", "link", (json_int_t)link, "case", (json_int_t)found), NULL, NULL,
                        error);
}

/* The id is never used again: the row stays, empty. */
bool
apply_link_removed (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  return sql_run (db, error, "UPDATE link SET uri = '', label = '' WHERE id = ?", "i", entry_int (entry, "link"));
}

GPtrArray *
store_links (Store *store, int64_t case_id, GError **error)
{
  g_autoptr (Sql) sql = sql_query (
      store->db, error, "SELECT id, uri, label FROM link WHERE " OF_WHOLE " AND uri != '' ORDER BY id", "i", case_id);
  g_autoptr (GPtrArray) links = g_ptr_array_new_with_free_func ((GDestroyNotify)store_link_free);
  bool row;
  while (sql != NULL && sql_next (sql, &row, error))
    {
      if (!row)
        return g_steal_pointer (&links);
      StoreLink *link = g_new0 (StoreLink, 1);
      g_ptr_array_add (links, link);
      link->id = sql_int (sql, 0);
      link->uri = g_strdup (sql_text (sql, 1));
      link->label = g_strdup (sql_text (sql, 2));
    }
  return NULL;
}
