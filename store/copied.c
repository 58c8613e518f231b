/* A word of a person about the kind or subject of a letter holds for the copies of it, and for what it is a copy of: an
 * entry for each of them, which is void when it is a copy no more. */
#include "store/decision.h"
#include "store/internal.h"

/* What says the same as document ?1, itself among them. */
#define ALIKE                                                                                                          \
  "(SELECT id FROM document WHERE ifnull (copy_of, id) = (SELECT ifnull (copy_of, id) FROM document WHERE id = ?1))"
#define WORD "name = ?2 AND human AND " OWN_WORD

/* A person's last word about a letter: a value that was given, or the machine's that was accepted. */
typedef struct
{
  const char *name;
  int64_t document;
  char *value, *by;
} Word;

static void
word_clear (Word *word)
{
  g_free (word->value);
  g_free (word->by);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Word, word_clear)

/* The last word about any of those that say the same as @document; its value stays NULL where there is none. */
static bool
last_word (sqlite3 *db, int64_t document, const char *name, Word *word, GError **error)
{
  bool row;
  *word = (Word){ .name = name };
  g_autoptr (Sql) sql = sql_query (
      db, error,
      "SELECT document, value, actor FROM (SELECT document, seq, value, actor FROM decision WHERE " WORD
      " AND document IN " ALIKE
      " UNION ALL SELECT d.id, d.accepted, (SELECT value FROM decision m WHERE m.document = d.id AND m.name = ?2"
      "  AND NOT m.human AND m.seq < d.accepted ORDER BY m.seq DESC, m.ordinal LIMIT 1), l.actor"
      " FROM document d JOIN ledger l ON l.seq = d.accepted WHERE d.id IN " ALIKE
      " AND NOT EXISTS (SELECT 1 FROM decision WHERE document = d.id AND name = ?2 AND human))"
      " WHERE value IS NOT NULL ORDER BY seq DESC LIMIT 1",
      "is", document, name);
  if (sql == NULL || !sql_next (sql, &row, error))
    return false;
  if (!row)
    return true;
  word->document = sql_int (sql, 0);
  word->value = g_strdup (sql_text (sql, 1));
  word->by = g_strdup (sql_text (sql, 2));
  return true;
}

/* Those of which nobody said anything, and for which the word does not hold yet. */
static GArray *
unspoken (sqlite3 *db, const Word *word, GError **error)
{
  g_autoptr (Sql) sql = sql_query (
      db, error,
      "SELECT d.id FROM document d WHERE d.id IN " ALIKE " AND d.id != ?1 AND d.accepted IS NULL"
      " AND NOT EXISTS (SELECT 1 FROM decision WHERE document = d.id AND " WORD ")"
      " AND ifnull ((SELECT value || char (10) || actor FROM decision WHERE document = d.id AND name = ?2 AND human"
      "  ORDER BY seq DESC LIMIT 1), '') != ?3 || char (10) || ?4 ORDER BY d.id",
      "isss", word->document, word->name, word->value, word->by);
  return sql != NULL ? sql_ints (sql, error) : NULL;
}

static bool
copy_word (StoreTransaction *transaction, const Word *word, int64_t document, const char *next, GError **error)
{
  sqlite3 *db = transaction->store->db;
  int64_t id, asked = 0;
  if (!sql_next_id (db, "decision", &id, error)
      || !sql_get_int (db, &asked, error,
                       "SELECT count (*) FROM document d, json_each (d.review) j WHERE d.id = ? AND j.value = ?", "is",
                       document, word->name))
    return false;
  json_t *payload = json_pack ("{s:I, s:I, s:I, s:s, s:s, s:s, s:b, s:s}", "document", (json_int_t)document, "decision",
                               (json_int_t)id, "of", (json_int_t)word->document, "name", word->name, "value",
                               word->value, "by", word->by, "asked", asked > 0, "stage", next);
  return ledger_append (transaction, ACTIVITY_DECISION_COPIED, payload, NULL, NULL, error);
}

/* Whoever works with another than @document loses its lease; with that itself works who calls. */
static bool
copy_to_all (StoreTransaction *transaction, const Word *word, int64_t document, const char *next, GError **error)
{
  sqlite3 *db = transaction->store->db;
  g_autoptr (GArray) ids = unspoken (db, word, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++)
    {
      int64_t id = g_array_index (ids, int64_t, i);
      if (!copy_word (transaction, word, id, next, error)
          || (id != document && !sql_run (db, error, "DELETE FROM job WHERE document = ? AND page = 0", "i", id)))
        return false;
    }
  return ids != NULL;
}

bool
store_decision_copy (StoreTransaction *transaction, int64_t document, const char *next, GError **error)
{
  static const char *const names[] = { "kind", "subject" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_auto (Word) word = { 0 };
      if (!last_word (transaction->store->db, document, names[i], &word, error)
          || (word.value != NULL && !copy_to_all (transaction, &word, document, next, error)))
        return false;
    }
  return true;
}

int64_t
store_decision_copied_of (const StoreDecision *decision)
{
  return dk_json_int (store_decision_because (decision), "of", 0);
}

/* --- the caches --- */

bool
apply_decision_copied (sqlite3 *db, const LedgerEntry *entry, GError **error)
{
  int64_t document = entry_int (entry, "document");
  g_autoptr (json_t) because = json_pack ("{s:I, s:b}", "of", (json_int_t)entry_int (entry, "of"), "asked",
                                          dk_json_bool (entry->payload, "asked", false));
  g_autofree char *reason = dk_json_canonical (because);
  return sql_run (db, error,
                  "INSERT INTO decision (id, document, seq, ordinal, name, value, raw, confidence, undecided, also,"
                  " because, human, actor) VALUES (?, ?, ?, 0, ?, ?, '', 1, 0, '[]', ?, 1, ?)",
                  "iiissss", entry_int (entry, "decision"), document, entry->seq, entry_text (entry, "name"),
                  entry_text (entry, "value"), reason, entry_text (entry, "by"))
         && decision_answer (db, entry, error);
}

bool
decision_forget_copied (sqlite3 *db, const LedgerEntry *entry, int64_t document, GError **error)
{
  int64_t copied = 0;
  if (!sql_get_int (db, &copied, error, "SELECT count (*) FROM decision WHERE document = ? AND human AND NOT " OWN_WORD,
                    "i", document))
    return false;
  if (copied == 0)
    return true;
  return sql_run (
             db, error,
             "UPDATE document SET stage = iif (stage IN ('rest', 'index'), ?2, stage),"
             " since_us = iif (stage IN ('rest', 'index'), ?3, since_us), review = (SELECT json_group_array (value)"
             " FROM (SELECT value FROM json_each (document.review) UNION ALL SELECT DISTINCT name FROM decision c"
             "  WHERE c.document = ?1 AND c.human AND json_extract (c.because, '$.asked')"
             "  AND document.accepted IS NULL AND NOT EXISTS (SELECT 1 FROM decision WHERE document = ?1"
             "   AND name = c.name AND human AND " OWN_WORD "))) WHERE id = ?1",
             "isi", document, entry_text (entry, "stage"), entry->time_us)
         && sql_run (db, error, "DELETE FROM decision WHERE document = ? AND human AND NOT " OWN_WORD, "i", document)
         && decision_refresh (db, document, error);
}
