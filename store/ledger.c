#include "store/ledger.h"
#include "base/file.h"
#include "base/messages.h"
#include "store/internal.h"
#include <string.h>
#include <sys/random.h>

static void
hash_field (GChecksum *sum, const char *field)
{
  uint32_t length = GUINT32_TO_LE ((uint32_t)strlen (field));
  g_checksum_update (sum, (const guchar *)&length, sizeof length);
  g_checksum_update (sum, (const guchar *)field, (gssize)strlen (field));
}

char *
ledger_personal_digest (const char *salt, const char *personal)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  hash_field (sum, salt);
  hash_field (sum, personal);
  return g_strdup (g_checksum_get_string (sum));
}

char *
ledger_hash (const char *prev, const LedgerLine *line)
{
  g_autofree char *seq = g_strdup_printf ("%" G_GINT64_FORMAT, line->seq);
  g_autofree char *time_us = g_strdup_printf ("%" G_GINT64_FORMAT, line->time_us);
  g_autofree char *version = g_strdup_printf ("%d", line->version);
  const char *fields[]
      = { prev, seq, time_us, line->actor, line->activity, version, line->payload, line->personal_digest };
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    hash_field (sum, fields[i]);
  return g_strdup (g_checksum_get_string (sum));
}

static char *
random_salt (void)
{
  unsigned char bytes[16];
  ssize_t got = getrandom (bytes, sizeof bytes, 0);
  g_assert (got == sizeof bytes);
  GString *hex = g_string_new (NULL);
  for (gsize i = 0; i < sizeof bytes; i++)
    g_string_append_printf (hex, "%02x", bytes[i]);
  return g_string_free (hex, FALSE);
}

/* --- appending --- */

bool
ledger_insert (sqlite3 *db, const LedgerLine *line, const LedgerEntry *entry, GError **error)
{
  int64_t document = entry_int (entry, "document"), case_id = entry_int (entry, "case");
  return sql_run (db, error,
                  "INSERT INTO ledger (seq, time_us, actor, activity, version, payload, personal_digest, hash, "
                  "document, case_id)"
                  " VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif (?, 0), nullif (?, 0))",
                  "iississsii", line->seq, line->time_us, line->actor, line->activity, (int64_t)line->version,
                  line->payload, line->personal_digest, line->hash, document, case_id)
         && (line->personal == NULL
             || sql_run (db, error, "INSERT INTO ledger_personal (seq, salt, payload) VALUES (?, ?, ?)", "iss",
                         line->seq, line->salt, line->personal))
         && apply_entry (db, entry, error);
}

static void
write_lines (StoreTransaction *transaction, const LedgerLine *line)
{
  g_autoptr (json_t) log = json_pack ("{s:I, s:I, s:s, s:s, s:i, s:s, s:s, s:s}", "seq", (json_int_t)line->seq,
                                      "time_us", (json_int_t)line->time_us, "actor", line->actor, "activity",
                                      line->activity, "version", line->version, "payload", line->payload,
                                      "personal_digest", line->personal_digest, "hash", line->hash);
  g_autofree char *text = dk_json_line (log);
  g_string_append_printf (transaction->log, "%s\n", text);
  if (line->personal == NULL)
    return;
  g_autoptr (json_t) personal
      = json_pack ("{s:I, s:s, s:s}", "seq", (json_int_t)line->seq, "salt", line->salt, "payload", line->personal);
  g_autofree char *personal_text = dk_json_line (personal);
  g_string_append_printf (transaction->personal, "%s\n", personal_text);
}

/* The entry is made from the text that is kept, not from what was handed in, so that a replay sees the same numbers. */
static bool
append_line (StoreTransaction *transaction, LedgerLine *line, GError **error)
{
  g_autoptr (LedgerEntry) entry = ledger_entry_new (line, error);
  if (entry == NULL || !ledger_insert (transaction->store->db, line, entry, error))
    return false;
  write_lines (transaction, line);
  g_strlcpy (transaction->hash, line->hash, sizeof transaction->hash);
  transaction->next_seq++;
  return true;
}

bool
ledger_append (StoreTransaction *transaction, Activity activity, json_t *payload, json_t *personal, int64_t *seq,
               GError **error)
{
  g_autoptr (json_t) owned_payload = payload;
  g_autoptr (json_t) owned_personal = personal;
  transaction->broken = true; /* until it went well */
  if (payload == NULL)
    return dk_throw (error, DK_ERROR_INVALID, "an entry %s has a part that is absent or no UTF-8",
                     activity_name (activity));
  g_autofree char *payload_text = dk_json_canonical (payload);
  g_autofree char *personal_text = personal != NULL ? dk_json_canonical (personal) : NULL;
  g_autofree char *salt = personal != NULL ? random_salt () : NULL;
  g_autofree char *digest = personal != NULL ? ledger_personal_digest (salt, personal_text) : g_strdup ("");
  LedgerLine line = { .seq = transaction->next_seq,
                      .time_us = transaction->time_us,
                      .version = activity_version (activity),
                      .actor = transaction->actor,
                      .activity = (char *)(uintptr_t)activity_name (activity),
                      .payload = payload_text,
                      .personal_digest = digest,
                      .salt = salt,
                      .personal = personal_text };
  g_autofree char *hash = ledger_hash (transaction->hash, &line);
  line.hash = hash;
  if (!append_line (transaction, &line, error))
    return false;
  transaction->broken = false;
  if (seq != NULL)
    *seq = line.seq;
  return true;
}

/* --- reading --- */

LedgerEntry *
ledger_entry_new (const LedgerLine *line, GError **error)
{
  g_autoptr (LedgerEntry) entry = g_new0 (LedgerEntry, 1);
  entry->seq = line->seq;
  entry->time_us = line->time_us;
  entry->actor = g_strdup (line->actor);
  entry->version = line->version;
  entry->activity = activity_parse (line->activity);
  if (entry->activity == N_ACTIVITIES || entry->version > activity_version (entry->activity))
    {
      dk_refuse (error, DK_ERROR_FAILED, "newer_entry", "lsd", line->seq, line->activity, line->version);
      return NULL;
    }
  entry->payload = dk_json_parse (line->payload, strlen (line->payload), error);
  if (entry->payload != NULL && line->personal != NULL)
    entry->personal = dk_json_parse (line->personal, strlen (line->personal), error);
  if (entry->payload == NULL || (line->personal != NULL && entry->personal == NULL))
    {
      g_prefix_error (error, "ledger entry %" G_GINT64_FORMAT ": ", line->seq);
      return NULL;
    }
  return g_steal_pointer (&entry);
}

bool
ledger_head (Store *store, int64_t *seq, char *hash, GError **error)
{
  g_autoptr (Sql) sql = sql_query (store->db, error, "SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1", "");
  bool row;
  if (sql == NULL || !sql_next (sql, &row, error))
    return false;
  if (seq != NULL)
    *seq = row ? sql_int (sql, 0) : 0;
  if (hash != NULL)
    g_strlcpy (hash, row ? sql_text (sql, 1) : "", 65);
  return true;
}

bool
ledger_each (Store *store, int64_t after, int64_t document, int64_t case_id, LedgerFunc each, void *data,
             GError **error)
{
  /* A condition of its own for each question lets SQLite use the index. */
  g_autofree char *text
      = g_strconcat ("SELECT l.seq, time_us, actor, activity, version, l.payload, p.payload FROM ledger l"
                     " LEFT JOIN ledger_personal p ON p.seq = l.seq WHERE l.seq > ?1 AND ",
                     document != 0 ? "document = ?2" : "?2 = 0", " AND ", case_id != 0 ? "case_id = ?3" : "?3 = 0",
                     " ORDER BY l.seq", NULL);
  g_autoptr (Sql) sql = sql_query (store->db, error, text, "iii", after, document, case_id);
  bool row;
  if (sql == NULL)
    return false;
  while (sql_next (sql, &row, error))
    {
      if (!row)
        return true;
      LedgerLine line = { .seq = sql_int (sql, 0),
                          .time_us = sql_int (sql, 1),
                          .version = (int)sql_int (sql, 4),
                          .actor = (char *)(uintptr_t)sql_text (sql, 2),
                          .activity = (char *)(uintptr_t)sql_text (sql, 3),
                          .payload = (char *)(uintptr_t)sql_text (sql, 5),
                          .personal = (char *)(uintptr_t)sql_text (sql, 6) };
      g_autoptr (LedgerEntry) entry = ledger_entry_new (&line, error);
      if (entry == NULL)
        return false;
      GError *failed = NULL;
      if (!each (entry, data, &failed))
        {
          if (failed != NULL)
            g_propagate_error (error, failed);
          return failed == NULL;
        }
    }
  return false;
}

bool
ledger_export_head (Store *store, GError **error)
{
  int64_t seq;
  char hash[65];
  if (!ledger_head (store, &seq, hash, error))
    return false;
  DkDay day = (DkDay)(dk_now_us () / (INT64_C (86400) * G_USEC_PER_SEC));
  g_autofree char *date = dk_day_format (day);
  g_autofree char *name = g_strdup_printf ("ledger/head-%s.txt", date);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT " %s\n", seq, hash);
  return dk_write_file (store->dir, name, text, strlen (text), 0600, error);
}
