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

#define SURPLUS_BYTES (UINT64_C (256) << 20) /* of one transaction, far more than there can be */

/* The first @size bytes as a text: zeros, which a power cut may leave at the end of a file, become question marks, so
 * that the line they are in is damaged and nothing else. Owned by the caller. */
static char *
text_of (GBytes *bytes, gsize size)
{
  char *text = g_malloc (size + 1);
  for (gsize i = 0; i < size; i++)
    {
      char c = ((const char *)g_bytes_get_data (bytes, NULL))[i];
      text[i] = c != '\0' ? c : '?';
    }
  text[size] = '\0';
  return text;
}

/* A crash leaves at most one whole transaction that the database does not know. More of them mean that docket.db is an
 * older copy than its ledger, which must not be taken back. */
static bool
check_surplus (int fd, int64_t bytes, const char *name, GError **error)
{
  if (lseek (fd, bytes, SEEK_SET) < 0)
    return dk_throw_errno (error, "seek in %s", name);
  g_autoptr (GBytes) surplus = dk_read_fd (fd, SURPLUS_BYTES, error);
  if (surplus == NULL)
    return false;
  g_autofree char *copy = text_of (surplus, g_bytes_get_size (surplus));
  g_auto (GStrv) lines = g_strsplit (copy, "\n", -1);
  unsigned whole = 0;
  for (char **line = lines; *line != NULL; line++)
    if (g_str_has_prefix (*line, "{\"through\":"))
      whole++;
    else if (g_str_has_prefix (*line, "{\"void_from\":"))
      whole = 0;
  return whole <= 1
         || dk_throw (error, DK_ERROR_FAILED,
                      "%s holds entries that docket.db does not know: it is an older copy; `docket rebuild` makes it "
                      "anew from the ledger",
                      name);
}

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
  if (!check_surplus (fd, bytes, name, error))
    return false;
  char last = '\n';
  if (pread (fd, &last, 1, st.st_size - 1) < 0)
    return dk_throw_errno (error, "read %s", name);
  g_autofree char *mark
      = g_strdup_printf ("%s{\"void_from\":%" G_GINT64_FORMAT "}\n", last == '\n' ? "" : "\n", first_seq);
  return dk_write_all (fd, mark, strlen (mark), error);
}

static int
open_file (int dir, const char *name, GError **error)
{
  int fd = openat (dir, name, O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    dk_throw_errno (error, "open %s", name);
  return fd;
}

/* Appends @text to ledger/@month.@ending, of which @committed bytes count; the new length goes to *@bytes. */
static bool
append_file (StoreTransaction *transaction, const char *month, const char *ending, int64_t committed, const char *text,
             int64_t *bytes, GError **error)
{
  int dir = transaction->store->dir;
  g_autofree char *name = g_strdup_printf ("ledger/%s.%s", month, ending);
  autofd fd = open_file (dir, name, error);
  if (fd < 0)
    return false;
  struct stat st;
  if (!void_surplus (fd, committed, transaction->first_seq, name, error)
      || !dk_write_all (fd, text, strlen (text), error))
    {
      g_prefix_error (error, "%s: ", name);
      return false;
    }
  if (fstat (fd, &st) < 0)
    return dk_throw_errno (error, "stat %s", name);
  *bytes = st.st_size;
  if (*bytes == committed)
    return true;
  dk_fault ("ledger file: written, not synced");
  if (!transaction->store->scratch && fsync (fd) < 0)
    return dk_throw_errno (error, "fsync %s", name);
  if (committed > 0 || transaction->store->scratch)
    return true;
  autofd folder = dk_open_dir (dir, "ledger", error);
  return folder >= 0 && dk_sync_dir (folder, error);
}

bool
ledger_progress_load (Store *store, LedgerProgress *progress, GError **error)
{
  g_autoptr (Sql) sql = sql_query (store->db, error, "SELECT month, log_bytes, personal_bytes FROM ledger_file", "");
  bool row;
  *progress = (LedgerProgress){ .month = "" };
  if (sql == NULL || !sql_next (sql, &row, error))
    return false;
  if (!row)
    return true;
  g_strlcpy (progress->month, sql_text (sql, 0), sizeof progress->month);
  progress->log_bytes = sql_int (sql, 1);
  progress->personal_bytes = sql_int (sql, 2);
  return true;
}

bool
ledger_newest_month (int dir, char month[static 8], GError **error)
{
  g_auto (GStrv) names = dk_list_dir (dir, "ledger", error);
  month[0] = '\0';
  for (char **name = names; name != NULL && *name != NULL; name++) /* sorted */
    if (g_str_has_suffix (*name, ".log") || g_str_has_suffix (*name, ".personal"))
      g_strlcpy (month, *name, 8);
  return names != NULL;
}

/* The month to write to: that of the transaction, but never before one that has files already. A clock that was ahead
 * when the program crashed may have left a file there that no entry counts on; it must not come after newer ones. */
static bool
choose_month (StoreTransaction *transaction, char month[static 8], GError **error)
{
  Store *store = transaction->store;
  if (store->newest_month[0] == '\0' && !ledger_newest_month (store->dir, store->newest_month, error))
    return false;
  g_autofree char *date = dk_day_format ((DkDay)(transaction->time_us / (INT64_C (86400) * G_USEC_PER_SEC)));
  g_strlcpy (month, date, 8); /* "2026-11" */
  if (strcmp (month, store->newest_month) > 0)
    memcpy (store->newest_month, month, 8);
  memcpy (month, store->newest_month, 8);
  return true;
}

/* What a crash left at the end of the old month is taken back there. */
static bool
close_month (StoreTransaction *transaction, const LedgerProgress *old, GError **error)
{
  int64_t ignored;
  return append_file (transaction, old->month, "log", old->log_bytes, "", &ignored, error)
         && append_file (transaction, old->month, "personal", old->personal_bytes, "", &ignored, error);
}

bool
ledger_file_write (StoreTransaction *transaction, GError **error)
{
  LedgerProgress old, new = { .month = "" };
  if (!ledger_progress_load (transaction->store, &old, error) || !choose_month (transaction, new.month, error))
    return false;
  bool same_month = strcmp (old.month, new.month) == 0;
  if (!same_month && old.month[0] != '\0' && !close_month (transaction, &old, error))
    return false;
  g_string_append_printf (transaction->log, "{\"through\":%" G_GINT64_FORMAT "}\n", transaction->next_seq - 1);
  return append_file (transaction, new.month, "log", same_month ? old.log_bytes : 0, "", &new.log_bytes, error)
         && append_file (transaction, new.month, "personal", same_month ? old.personal_bytes : 0,
                         transaction->personal->str, &new.personal_bytes, error)
         && append_file (transaction, new.month, "log", new.log_bytes, transaction->log->str, &new.log_bytes, error)
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
    {
      drop_from (reading->lines, void_from);
      reading->through = MIN (reading->through, void_from - 1);
    }
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
is_blank (const char *text, gsize length)
{
  return strspn (text, " ") >= length;
}

/* Takes the lines of @text. A damaged line is fine only where a void mark follows, or nothing does. */
static void
take_lines (Reading *reading, const char *text, gsize size, const char *name, bool personal)
{
  bool damaged = false;
  for (gsize from = 0; from < size;)
    {
      const char *end = memchr (text + from, '\n', size - from);
      gsize length = (end != NULL ? (gsize)(end - text) : size) - from;
      g_autoptr (json_t) object = is_blank (text + from, length) ? NULL : dk_json_parse (text + from, length, NULL);
      if (object == NULL)
        damaged = damaged || !is_blank (text + from, length);
      else if (damaged && json_object_get (object, "void_from") == NULL)
        g_ptr_array_add (reading->problems, g_strdup_printf ("%s: damaged line before byte %zu", name, from));
      if (object != NULL)
        damaged = false;
      if (object != NULL && personal)
        take_personal_line (reading, object);
      else if (object != NULL)
        take_log_line (reading, object, name);
      from += length + 1;
    }
}

/* Reads ledger/@name, at most its first @bytes (negative: all). */
static bool
read_file (Reading *reading, int dir, const char *name, int64_t bytes, GError **error)
{
  g_autofree char *path = g_build_filename ("ledger", name, NULL);
  g_autoptr (GBytes) content = dk_read_file (dir, path, G_MAXINT64, error);
  if (content == NULL)
    return false;
  gsize size = g_bytes_get_size (content);
  if (bytes >= 0 && (gsize)bytes > size)
    g_ptr_array_add (reading->problems, g_strdup_printf ("%s: is shorter than what was committed to it", path));
  if (bytes >= 0)
    size = MIN (size, (gsize)bytes);
  g_autofree char *text = text_of (content, size);
  take_lines (reading, text, size, path, g_str_has_suffix (name, ".personal"));
  return true;
}

/* Whether ledger/@name holds entries that count; *@bytes is how much of it, negative for all. */
static bool
counts (const char *name, const LedgerProgress *committed, int64_t *bytes)
{
  bool log = g_str_has_suffix (name, ".log");
  *bytes = -1;
  if (!log && !g_str_has_suffix (name, ".personal"))
    return false;
  if (committed == NULL)
    return true;
  int order = strncmp (name, committed->month, 7);
  if (order == 0)
    *bytes = log ? committed->log_bytes : committed->personal_bytes;
  return order <= 0;
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
ledger_file_read (int dir, const LedgerProgress *committed, GPtrArray *problems, GError **error)
{
  g_auto (GStrv) names = dk_list_dir (dir, "ledger", error);
  if (names == NULL)
    return NULL;
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify)ledger_line_free);
  g_autoptr (GHashTable) personal
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)json_decref);
  Reading reading = { lines, personal, 0, problems };
  for (char **name = names; *name != NULL; name++) /* sorted: months in order */
    {
      int64_t bytes;
      if (counts (*name, committed, &bytes) && !read_file (&reading, dir, *name, bytes, error))
        return NULL;
    }
  drop_from (lines, reading.through + 1);
  join_personal (&reading);
  return g_steal_pointer (&lines);
}
