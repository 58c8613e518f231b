/* The ledger's files beside the database; their format stands in store/ledger.h. A transaction's lines are closed by a
 * line {"through":SEQ}; what stands after the last such line was never whole. */
#include "base/fault.h"
#include "base/file.h"
#include "store/internal.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

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
