#include "store/contact.h"
#include "base/messages.h"
#include "base/text.h"
#include "store/internal.h"
#include <string.h>

void
store_contact_free (StoreContact *contact)
{
  if (contact == NULL)
    return;
  char *texts[]
      = { contact->kind, contact->name, contact->language, contact->country, contact->region, contact->lifecycle };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (contact);
}

void
store_point_free (StorePoint *point)
{
  if (point == NULL)
    return;
  g_free (point->type);
  g_free (point->raw);
  g_free (point->normalised);
  g_free (point);
}

StorePoint *
store_point_new (const char *type, const char *raw, const char *normalised, bool shared)
{
  StorePoint *point = g_new0 (StorePoint, 1);
  point->type = g_strdup (type);
  point->raw = g_strdup (raw);
  point->normalised = g_strdup (normalised);
  point->shared = shared;
  return point;
}

void
store_proposal_free (StoreProposal *proposal)
{
  if (proposal == NULL)
    return;
  g_free (proposal->reason);
  g_free (proposal);
}

/* Names and addresses lead to several people by nature. */
static bool
is_shared (const StorePoint *point)
{
  return point->shared || strcmp (point->type, STORE_POINT_NAME) == 0 || strcmp (point->type, STORE_POINT_ADDRESS) == 0;
}

/* --- entries --- */

static json_t *
codes_of (const StoreContact *contact)
{
  return json_pack ("{s:I, s:s, s:s, s:s, s:s, s:s}", "contact", (json_int_t)contact->id, "kind", contact->kind,
                    "language", contact->language, "country", contact->country, "region", contact->region, "lifecycle",
                    contact->lifecycle);
}

static json_t *
point_codes (int64_t id, const StorePoint *point)
{
  json_t *codes
      = json_pack ("{s:I, s:s, s:b}", "point", (json_int_t)id, "type", point->type, "shared", is_shared (point));
  if (codes != NULL && point->document != 0)
    json_object_set_new (codes, "document", json_integer (point->document));
  return codes;
}

static json_t *
point_texts (const StorePoint *point)
{
  return json_pack ("{s:s, s:s}", "raw", point->raw, "normalised", point->normalised);
}

bool
store_contact_make (StoreTransaction *transaction, StoreContact *contact, const GPtrArray *points, GError **error)
{
  sqlite3 *db = transaction->store->db;
  int64_t first;
  if (!sql_next_id (db, "contact", &contact->id, error) || !sql_next_id (db, "contact_point", &first, error))
    return false;
  contact->root = contact->id;
  json_t *codes = json_array (), *texts = json_array ();
  for (guint i = 0; i < points->len; i++)
    {
      json_array_append_new (codes, point_codes (first + i, points->pdata[i]));
      json_array_append_new (texts, point_texts (points->pdata[i]));
    }
  json_t *payload = codes_of (contact);
  if (payload != NULL)
    json_object_set_new (payload, "points", codes);
  else
    json_decref (codes);
  return ledger_append (transaction, ACTIVITY_CONTACT_MADE, payload,
                        json_pack ("{s:s?, s:o}", "name", contact->name, "points", texts), NULL, error);
}

bool
store_contact_set (StoreTransaction *transaction, const StoreContact *contact, GError **error)
{
  return ledger_append (transaction, ACTIVITY_CONTACT_SET, codes_of (contact),
                        json_pack ("{s:s?}", "name", contact->name), NULL, error);
}

bool
store_contact_add_point (StoreTransaction *transaction, int64_t contact, const StorePoint *point, GError **error)
{
  int64_t id;
  if (!sql_next_id (transaction->store->db, "contact_point", &id, error))
    return false;
  json_t *payload = point_codes (id, point);
  json_object_set_new (payload, "contact", json_integer (contact));
  return ledger_append (transaction, ACTIVITY_CONTACT_POINT_ADDED, payload, point_texts (point), NULL, error);
}

bool
store_contact_remove_point (StoreTransaction *transaction, const StorePoint *point, GError **error)
{
  return ledger_append (transaction, ACTIVITY_CONTACT_POINT_REMOVED,
                        json_pack ("{s:I, s:I}", "point", (json_int_t)point->id, "contact", (json_int_t)point->contact),
                        NULL, NULL, error);
}

/* Both must be roots, and two of them. */
static bool
check_roots (StoreTransaction *transaction, int64_t a, int64_t b, GError **error)
{
  g_autoptr (StoreContact) one = store_contact_load (transaction->store, a, error);
  g_autoptr (StoreContact) other = one != NULL ? store_contact_load (transaction->store, b, error) : NULL;
  if (other == NULL)
    return false;
  if (one->root == other->root)
    return dk_refuse (error, DK_ERROR_EXISTS, "same_contact", "ll", a, b);
  return (one->root == a && other->root == b)
         || dk_refuse (error, DK_ERROR_STALE, "contact_stale", "l", one->root == a ? b : a);
}

bool
store_contact_merge (StoreTransaction *transaction, int64_t winner, int64_t loser, GError **error)
{
  return check_roots (transaction, winner, loser, error)
         && ledger_append (transaction, ACTIVITY_CONTACT_MERGED,
                           json_pack ("{s:I, s:I}", "contact", (json_int_t)winner, "loser", (json_int_t)loser), NULL,
                           NULL, error);
}

bool
store_contact_unmerge (StoreTransaction *transaction, int64_t contact, GError **error)
{
  g_autoptr (StoreContact) now = store_contact_load (transaction->store, contact, error);
  if (now == NULL)
    return false;
  if (now->merged_into == 0)
    return dk_refuse (error, DK_ERROR_NOT_FOUND, "contact_not_merged", "l", contact);
  return ledger_append (transaction, ACTIVITY_CONTACT_UNMERGED,
                        json_pack ("{s:I, s:I}", "contact", (json_int_t)now->merged_into, "loser", (json_int_t)contact),
                        NULL, NULL, error);
}

bool
store_contact_propose (StoreTransaction *transaction, int64_t contact, int64_t other, double score, const char *reason,
                       int64_t case_id, GError **error)
{
  sqlite3 *db = transaction->store->db;
  int64_t known = 0, id;
  if (!sql_get_int (db, &known, error,
                    "SELECT (SELECT count (*) FROM contact_proposal WHERE contact = ?1 AND other = ?2)"
                    " + (SELECT count (*) FROM contact_proposal WHERE contact = ?2 AND other = ?1)",
                    "ii", contact, other)
      || !sql_next_id (db, "contact_proposal", &id, error))
    return false;
  if (known > 0 || contact == other)
    return true;
  json_t *payload = json_pack ("{s:I, s:I, s:I, s:f, s:s}", "proposal", (json_int_t)id, "contact", (json_int_t)contact,
                               "other", (json_int_t)other, "score", score, "reason", reason);
  if (case_id != 0)
    json_object_set_new (payload, "case", json_integer (case_id));
  return ledger_append (transaction, ACTIVITY_CONTACT_PROPOSED, payload, NULL, NULL, error);
}

bool
store_contact_tell_apart (StoreTransaction *transaction, int64_t id, GError **error)
{
  int64_t known = 0;
  if (!sql_get_int (transaction->store->db, &known, error, "SELECT count (*) FROM contact_proposal WHERE id = ?", "i",
                    id))
    return false;
  if (known == 0)
    return dk_refuse (error, DK_ERROR_NOT_FOUND, "no_proposal", "l", id);
  return ledger_append (transaction, ACTIVITY_CONTACT_TOLD_APART, json_pack ("{s:I}", "proposal", (json_int_t)id), NULL,
                        NULL, error);
}

bool
store_case_set_contact (StoreTransaction *transaction, int64_t case_id, int64_t contact, double score,
                        const char *reason, int64_t document, GError **error)
{
  json_t *payload = json_pack ("{s:I, s:I, s:f, s:s}", "case", (json_int_t)case_id, "contact", (json_int_t)contact,
                               "score", score, "reason", reason);
  if (document != 0)
    json_object_set_new (payload, "document", json_integer (document));
  return ledger_append (transaction, ACTIVITY_CASE_CONTACT_SET, payload, NULL, NULL, error);
}

/* --- what they do to the caches --- */

/* Words of a name by which it is found. */
static bool
note_words (sqlite3 *db, int64_t contact, const char *name, GError **error)
{
  g_autofree char *folded = dk_fold (name != NULL ? name : "");
  g_auto (GStrv) words = contact_words (folded);
  for (char **word = words; *word != NULL; word++)
    if (!sql_run (
            db, error,
            "INSERT INTO contact_word (id, contact, word) SELECT (SELECT ifnull (max (id), 0) + 1 FROM"
            " contact_word), ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM contact_word WHERE word = ?2 AND contact = ?1)",
            "is", contact, *word))
      return false;
  return true;
}

static bool
note_point (sqlite3 *db, int64_t contact, const json_t *codes, const json_t *texts, GError **error)
{
  const char *type = dk_json_string (codes, "type", ""), *normalised = dk_json_string (texts, "normalised", NULL);
  const char *raw = dk_json_string (texts, "raw", NULL);
  int64_t shared = dk_json_bool (codes, "shared", false);
  if (shared
      && !sql_run (db, error, "UPDATE contact_point SET shared = 1 WHERE type = ? AND normalised = ? AND shared = 0",
                   "ss", type, normalised))
    return false;
  return sql_run (db, error,
                  "INSERT INTO contact_point (id, contact, type, raw, normalised, shared, document)"
                  " VALUES (?, ?, ?, ?, ?, ?, ?)",
                  "iisssii", dk_json_int (codes, "point", 0), contact, type, raw, normalised, shared,
                  dk_json_int (codes, "document", 0))
         && (strcmp (type, STORE_POINT_NAME) != 0 || note_words (db, contact, raw, error));
}

bool
apply_contact_made (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  int64_t id = entry_int (entry, "contact");
  const char *name = dk_json_string (entry->personal, "name", NULL);
  g_autofree char *folded = dk_fold (name != NULL ? name : "");
  if (!sql_run (db, error,
                "INSERT INTO contact (id, kind, name, folded, language, country, region, lifecycle, root, made_us)"
                " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?1, ?9)",
                "isssssssi", id, entry_text (entry, "kind"), name, folded, entry_text (entry, "language"),
                entry_text (entry, "country"), entry_text (entry, "region"), entry_text (entry, "lifecycle"),
                entry->time_us)
      || !note_words (db, id, name, error))
    return false;
  size_t i;
  const json_t *codes, *texts = json_object_get (entry->personal, "points");
  json_array_foreach (json_object_get (entry->payload, "points"), i, codes)
  {
    if (!note_point (db, id, codes, json_array_get (texts, i), error))
      return false;
  }
  return true;
}

bool
apply_contact_point_added (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  return note_point (db, entry_int (entry, "contact"), entry->payload, entry->personal, error);
}

/* The words of a name that it has no more go; those of its name points stay. */
static bool
renew_words (sqlite3 *db, int64_t contact, const char *name, GError **error)
{
  if (!sql_run (db, error, "DELETE FROM contact_word WHERE contact = ?", "i", contact)
      || !note_words (db, contact, name, error))
    return false;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (Sql) sql = sql_query (
      db, error,
      "SELECT raw FROM contact_point WHERE contact = ? AND raw IS NOT NULL AND type = '" STORE_POINT_NAME "'"
      " ORDER BY id",
      "i", contact);
  bool row = true;
  while (row)
    {
      if (sql == NULL || !sql_next (sql, &row, error))
        return false;
      if (row)
        g_ptr_array_add (names, g_strdup (sql_text (sql, 0)));
    }
  for (guint i = 0; i < names->len; i++)
    if (!note_words (db, contact, names->pdata[i], error))
      return false;
  return true;
}

/* The id is never used again: the row stays, empty. */
bool
apply_contact_point_removed (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  int64_t contact = entry_int (entry, "contact");
  g_autofree char *name = NULL;
  return sql_run (db, error, "UPDATE contact_point SET raw = NULL, normalised = NULL WHERE id = ?", "i",
                  entry_int (entry, "point"))
         && sql_get_text (db, &name, error, "SELECT name FROM contact WHERE id = ?", "i", contact)
         && renew_words (db, contact, name, error);
}

bool
apply_contact_set (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  int64_t id = entry_int (entry, "contact");
  const char *name = dk_json_string (entry->personal, "name", NULL);
  g_autofree char *folded = dk_fold (name != NULL ? name : "");
  return sql_run (db, error,
                  "UPDATE contact SET kind = ?, name = ?, folded = ?, language = ?, country = ?, region = ?,"
                  " lifecycle = ? WHERE id = ?",
                  "sssssssi", entry_text (entry, "kind"), name, folded, entry_text (entry, "language"),
                  entry_text (entry, "country"), entry_text (entry, "region"), entry_text (entry, "lifecycle"), id)
         && renew_words (db, id, name, error);
}

bool
apply_contact_merged (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  int64_t winner = entry_int (entry, "contact"), loser = entry_int (entry, "loser");
  return sql_run (db, error, "UPDATE contact SET merged_into = ? WHERE id = ?", "ii", winner, loser)
         && sql_run (db, error, "UPDATE contact SET root = ? WHERE root = ?", "ii", winner, loser);
}

bool
apply_contact_unmerged (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  int64_t loser = entry_int (entry, "loser");
  return sql_run (db, error, "UPDATE contact SET merged_into = NULL WHERE id = ?", "i", loser)
         && sql_run (
             db, error,
             "WITH RECURSIVE own (id) AS (SELECT ?1 UNION SELECT c.id FROM contact c"
             " JOIN own ON c.merged_into = own.id) UPDATE contact SET root = ?1 WHERE id IN (SELECT id FROM own)",
             "i", loser);
}

bool
apply_contact_proposed (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  return sql_run (db, error,
                  "INSERT INTO contact_proposal (id, contact, other, case_id, score, reason, apart)"
                  " VALUES (?, ?, ?, nullif (?, 0), ?, ?, 0)",
                  "iiiids", entry_int (entry, "proposal"), entry_int (entry, "contact"), entry_int (entry, "other"),
                  entry_int (entry, "case"), dk_json_real (entry->payload, "score", 0), entry_text (entry, "reason"));
}

bool
apply_contact_told_apart (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  return sql_run (db, error, "UPDATE contact_proposal SET apart = 1 WHERE id = ?", "i", entry_int (entry, "proposal"));
}

bool
apply_case_contact_set (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  return sql_run (db, error,
                  "UPDATE cases SET contact = nullif (?, 0), contact_document = nullif (?, 0), contact_reason = ?"
                  " WHERE id = ?",
                  "iisi", entry_int (entry, "contact"), entry_int (entry, "document"), entry_text (entry, "reason"),
                  entry_int (entry, "case"));
}
