/* The ledger's files beside the database; their format stands in store/ledger.h. A transaction's lines are closed by a
 * line {"through":SEQ}; what stands after the last such line was never whole. */
#include "base/fault.h"
#include "base/file.h"
#include "store/internal.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

void
ledger_line_free (LedgerLine *line)
{
  if (line == NULL)
    return;
  char *texts[]
      = { line->actor, line->activity, line->payload, line->personal_digest, line->hash, line->salt, line->personal };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);
  g_free (line);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LedgerLine, ledger_line_free)

/* Takes back what a crash left behind the committed @bytes of @fd: the entries from @first_seq on. */
static bool
void_surplus (int fd, int64_t bytes, int64_t first_seq, const char *name, GError **error)
{
  struct stat st;
  if (fstat (fd, &st) < 0)
    return dk_throw_errno (error, "stat %s", name);
  if (st.st_size < bytes)
    return dk_throw (error, DK_ERROR_FAILED,
                     "%s is shorter than what was committed to it: somebody changed it; nothing is written until "
                     "`docket verify` has been looked at",
                     name);
  if (st.st_size == bytes)
    return true;
  char last = '\n';
  if (pread (fd, &last, 1, st.st_size - 1) < 0)
    return dk_throw_errno (error, "read %s", name);
  g_autofree char *mark
      = g_strdup_printf ("%s{\"void_from\":%" G_GINT64_FORMAT "}\n", last == '\n' ? "" : "\n", first_seq);
  return dk_write_all (fd, mark, strlen (mark), error);
}

/* Appends @text to ledger/@month.@ending, of which @committed bytes count; the new length goes to *@bytes. */
static bool
append_file (StoreTransaction *transaction, const char *month, const char *ending, int64_t committed, const char *text,
             int64_t *bytes, GError **error)
{
  int dir = transaction->store->dir;
  g_autofree char *name = g_strdup_printf ("ledger/%s.%s", month, ending);
  autofd fd = openat (dir, name, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return dk_throw_errno (error, "open %s", name);
  struct stat st;
  if (!void_surplus (fd, committed, transaction->first_seq, name, error)
      || !dk_write_all (fd, text, strlen (text), error))
    {
      g_prefix_error (error, "%s: ", name);
      return false;
    }
  dk_fault ("ledger file: written, not synced");
  if (!transaction->store->scratch && fsync (fd) < 0)
    return dk_throw_errno (error, "fsync %s", name);
  if (fstat (fd, &st) < 0)
    return dk_throw_errno (error, "stat %s", name);
  *bytes = st.st_size;
  if (committed > 0 || transaction->store->scratch)
    return true;
  autofd folder = dk_open_dir (dir, "ledger", error);
  return folder >= 0 && dk_sync_dir (folder, error);
}

typedef struct
{
  char month[8];
  int64_t log_bytes, personal_bytes;
} Progress;

static bool
load_progress (Store *store, Progress *progress, GError **error)
{
  g_autoptr (Sql) sql = sql_query (store->db, error, "SELECT month, log_bytes, personal_bytes FROM ledger_file", "");
  bool row;
  if (sql == NULL || !sql_next (sql, &row, error))
    return false;
  *progress = (Progress){ .month = "" };
  if (!row)
    return true;
  g_strlcpy (progress->month, sql_text (sql, 0), sizeof progress->month);
  progress->log_bytes = sql_int (sql, 1);
  progress->personal_bytes = sql_int (sql, 2);
  return true;
}

bool
ledger_file_write (StoreTransaction *transaction, GError **error)
{
  Progress old;
  if (!load_progress (transaction->store, &old, error))
    return false;
  g_autofree char *date = dk_day_format ((DkDay)(transaction->time_us / (INT64_C (86400) * G_USEC_PER_SEC)));
  Progress new = { .month = "" };
  g_strlcpy (new.month, date, sizeof new.month); /* "2026-11" */
  bool same_month = strcmp (old.month, new.month) == 0;
  int64_t ignored;
  if (!same_month && old.month[0] != '\0' /* what a crash left at the end of the old month is taken back there */
      && (!append_file (transaction, old.month, "log", old.log_bytes, "", &ignored, error)
          || !append_file (transaction, old.month, "personal", old.personal_bytes, "", &ignored, error)))
    return false;
  g_string_append_printf (transaction->log, "{\"through\":%" G_GINT64_FORMAT "}\n", transaction->next_seq - 1);
  return append_file (transaction, new.month, "personal", same_month ? old.personal_bytes : 0,
                      transaction->personal->str, &new.personal_bytes, error)
         && append_file (transaction, new.month, "log", same_month ? old.log_bytes : 0, transaction->log->str,
                         &new.log_bytes, error)
         && sql_run (transaction->store->db, error,
                     "INSERT INTO ledger_file (id, month, log_bytes, personal_bytes) VALUES (1, ?, ?, ?)"
                     " ON CONFLICT (id) DO UPDATE SET month = excluded.month, log_bytes = excluded.log_bytes,"
                     " personal_bytes = excluded.personal_bytes",
                     "sii", new.month, new.log_bytes, new.personal_bytes);
}

/* --- reading the files back --- */

static LedgerLine *
parse_log_line (const json_t *object)
{
  static const char *const keys[] = { "actor", "activity", "payload", "personal_digest", "hash" };
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    if (dk_json_string (object, keys[i], NULL) == NULL)
      return NULL;
  LedgerLine *line = g_new0 (LedgerLine, 1);
  line->seq = dk_json_int (object, "seq", 0);
  line->time_us = dk_json_int (object, "time_us", 0);
  line->version = (int)dk_json_int (object, "version", 0);
  char **texts[] = { &line->actor, &line->activity, &line->payload, &line->personal_digest, &line->hash };
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    *texts[i] = g_strdup (dk_json_string (object, keys[i], NULL));
  return line;
}

static void
drop_from (GPtrArray *lines, int64_t seq)
{
  while (lines->len > 0 && ((LedgerLine *)lines->pdata[lines->len - 1])->seq >= seq)
    g_ptr_array_remove_index (lines, lines->len - 1);
}

typedef struct
{
  GPtrArray *lines;     /* of LedgerLine */
  GHashTable *personal; /* seq to the JSON object of its personal line */
  int64_t through;
  GPtrArray *problems;
} Reading;

static void
take_log_line (Reading *reading, const json_t *object, const char *name)
{
  int64_t void_from = dk_json_int (object, "void_from", 0), through = dk_json_int (object, "through", 0);
  if (void_from > 0)
    drop_from (reading->lines, void_from);
  if (through > 0)
    reading->through = through;
  if (void_from > 0 || through > 0)
    return;
  LedgerLine *line = parse_log_line (object);
  if (line != NULL)
    g_ptr_array_add (reading->lines, line);
  else
    g_ptr_array_add (reading->problems, g_strdup_printf ("%s: a line is no ledger entry", name));
}

static gboolean
is_from (gpointer key, gpointer value, gpointer from)
{
  (void)value;
  return *(gint64 *)key >= *(gint64 *)from;
}

static void
take_personal_line (Reading *reading, json_t *object)
{
  gint64 void_from = dk_json_int (object, "void_from", 0);
  if (void_from > 0)
    g_hash_table_foreach_remove (reading->personal, is_from, &void_from);
  gint64 seq = dk_json_int (object, "seq", 0);
  if (seq > 0)
    g_hash_table_replace (reading->personal, g_memdup2 (&seq, sizeof seq), json_incref (object));
}

static bool
read_file (Reading *reading, int dir, const char *name, bool personal, GError **error)
{
  g_autofree char *path = g_build_filename ("ledger", name, NULL);
  g_autoptr (GBytes) bytes = dk_read_file (dir, path, G_MAXINT64, error);
  if (bytes == NULL)
    return false;
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  bool cut = false; /* the line before could not be read: fine only where a void mark follows */
  for (gsize from = 0; from < size;)
    {
      const char *end = memchr (text + from, '\n', size - from);
      gsize length = (end != NULL ? (gsize)(end - text) : size) - from;
      g_autoptr (json_t) object = dk_json_parse (text + from, length, NULL);
      if (cut && (object == NULL || json_object_get (object, "void_from") == NULL))
        g_ptr_array_add (reading->problems, g_strdup_printf ("%s: damaged line before byte %zu", path, from));
      cut = object == NULL;
      if (object != NULL && personal)
        take_personal_line (reading, object);
      else if (object != NULL)
        take_log_line (reading, object, path);
      from += length + 1;
    }
  return true;
}

static void
join_personal (Reading *reading)
{
  for (guint i = 0; i < reading->lines->len; i++)
    {
      LedgerLine *line = reading->lines->pdata[i];
      gint64 seq = line->seq;
      const json_t *personal = g_hash_table_lookup (reading->personal, &seq);
      if (personal == NULL || line->personal_digest[0] == '\0')
        continue;
      line->salt = g_strdup (dk_json_string (personal, "salt", ""));
      line->personal = g_strdup (dk_json_string (personal, "payload", "null"));
    }
}

GPtrArray *
ledger_file_read (int dir, GPtrArray *problems, GError **error)
{
  g_auto (GStrv) names = dk_list_dir (dir, "ledger", error);
  if (names == NULL)
    return NULL;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify)ledger_line_free);
  g_autoptr (GHashTable) personal
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)json_decref);
  Reading reading = { lines, personal, 0, problems };
  for (char **name = names; *name != NULL; name++) /* sorted: months in order */
    if ((g_str_has_suffix (*name, ".log") && !read_file (&reading, dir, *name, false, error))
        || (g_str_has_suffix (*name, ".personal") && !read_file (&reading, dir, *name, true, error)))
      return NULL;
  drop_from (lines, reading.through + 1);
  join_personal (&reading);
  return g_steal_pointer (&lines);
}
