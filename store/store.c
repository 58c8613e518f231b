#include "store/store.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/messages.h"
#include "store/internal.h"
#include "store/model.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>

#define BUSY_MS 30000
#define OLDER_TRIES 20 /* to find no docketd of an older version at work */
#define OLDER_WAIT_US (G_USEC_PER_SEC / 10)
#define LOCK_NAME "tmp/pipeline.lock"
#define TRAINING_NAME "tmp/training.lock"

static const char *const folders[]
    = { "vocabulary",    "taxonomy", "policies", "calendars", "templates",  "allocation", "users",   "inbox",
        "inbox/default", "taken",    "objects",  "filed",     "quarantine", "ledger",     "reports", "tmp" };

void
store_free (Store *store)
{
  if (store == NULL)
    return;
  g_assert (store->open == NULL);
  sql_close (store->db);
  if (store->lock >= 0)
    close (store->lock);
  if (store->dir >= 0)
    close (store->dir);
  g_free (store->path);
  g_free (store);
}

const char *
store_path (const Store *store)
{
  return store->path;
}

int
store_dir (const Store *store)
{
  return store->dir;
}

char *
store_join (const Store *store, const char *relative)
{
  return g_build_filename (store->path, relative, NULL);
}

static bool
open_database (Store *store, GError **error)
{
  g_autofree char *path = store_join (store, "docket.db");
  if (sqlite3_open_v2 (path, &store->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXRESCODE, NULL)
      != SQLITE_OK)
    return sql_throw (store->db, error, "open");
  sqlite3_busy_timeout (store->db, BUSY_MS);
  struct stat st;
  if (fstatat (store->dir, "docket.db", &st, 0) < 0)
    return dk_throw_errno (error, "stat docket.db");
  sql_keep_wal (store->db);
  store->device = st.st_dev;
  store->inode = st.st_ino;
  return sql_script (store->db,
                     store->scratch ? "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA foreign_keys = ON"
                                    : "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;"
                                      "PRAGMA secure_delete = ON; PRAGMA journal_size_limit = 67108864",
                     error);
}

static Store *
open_folder (const char *path, StoreFlags flags, GError **error)
{
  g_autoptr (Store) store = g_new0 (Store, 1);
  store->lock = -1;
  store->scratch = flags & STORE_SCRATCH;
  store->path = g_canonicalize_filename (path, NULL);
  store->dir = dk_open_dir (AT_FDCWD, store->path, error);
  if (store->dir < 0)
    return NULL;
  if (dk_is_network_fs (store->dir))
    {
      dk_throw (error, DK_ERROR_FAILED,
                "%s is on a network file system, on which a catalogue cannot be kept safely; choose a local disk",
                path);
      return NULL;
    }
  return g_steal_pointer (&store);
}

/* A copy of the catalogue as it was, before its shape changes. */
static bool
keep_old_version (Store *store, int64_t version, GError **error)
{
  g_autofree char *name = g_strdup_printf ("docket.db.v%d", (int)version);
  g_autofree char *path = store_join (store, name);
  return unlinkat (store->dir, name, 0) == 0 || errno == ENOENT ? sql_run (store->db, error, "VACUUM INTO ?", "s", path)
                                                                : dk_throw_errno (error, "remove old %s", name);
}

/* Keeps the docketd of an older version out, which would write into other tables than it knows. Leaves *@lock -1 where
 * another program has just brought the store to this version, and fails with BUSY where an older one works on it. */
static bool
lock_older (Store *store, int *lock, GError **error)
{
  int64_t version = 0;
  for (int tries = 0; tries < OLDER_TRIES; tries++)
    {
      g_autoptr (GError) busy = NULL;
      *lock = store_take_lock (store->dir, store->path, &busy);
      if (!schema_version (store->db, &version, error))
        return false;
      if (*lock >= 0 || version == SCHEMA_VERSION)
        return true;
      if (!g_error_matches (busy, DK_ERROR, DK_ERROR_BUSY))
        {
          g_propagate_error (error, g_steal_pointer (&busy));
          return false;
        }
      g_usleep (OLDER_WAIT_US);
    }
  return dk_refuse (error, DK_ERROR_BUSY, "older_works", "s", store->path);
}

static bool
bring_up (Store *store, GError **error)
{
  if (!sql_script (store->db, "BEGIN IMMEDIATE", error))
    return false;
  if (schema_migrate (store->db, error) && sql_script (store->db, "COMMIT", error))
    return true;
  sqlite3_exec (store->db, "ROLLBACK", NULL, NULL, NULL);
  return false;
}

static bool
migrate (Store *store, GError **error)
{
  int64_t version = 0;
  autofd lock = -1;
  if (!schema_check (store->db, error) || !schema_version (store->db, &version, error))
    return false;
  if (version == SCHEMA_VERSION)
    return true;
  if (version > 0 && (!lock_older (store, &lock, error) || !schema_version (store->db, &version, error)))
    return false;
  if (version > 0 && version < SCHEMA_VERSION && !keep_old_version (store, version, error))
    return false;
  return bring_up (store, error);
}

/* The catalogue holds no entry: nothing was ever in it, or somebody emptied it. */
static bool
tell_empty (Store *store, GError **error)
{
  char month[8];
  if (!ledger_newest_month (store->dir, month, error))
    return false;
  return dk_throw (error, DK_ERROR_NOT_FOUND,
                   month[0] == '\0' ? "%s holds a store half made: finish it with `docket init`"
                                    : "%s holds an empty docket.db beside a ledger: `docket rebuild` makes it anew, or "
                                      "`docket init` finishes what was just begun",
                   store->path);
}

Store *
store_open (const char *path, StoreFlags flags, GError **error)
{
  g_autoptr (Store) store = open_folder (path, flags, error);
  if (store == NULL)
    return NULL;
  if (faccessat (store->dir, "docket.db", F_OK, 0) < 0)
    {
      dk_refuse (error, DK_ERROR_NOT_FOUND, "no_catalogue", "s", path);
      return NULL;
    }
  int64_t head = 0;
  if (!dk_make_dirs (store->dir, "tmp", error)) /* nothing in it is needed, but it is */
    return NULL;
  if (!open_database (store, error) || !migrate (store, error) || !ledger_head (store, &head, NULL, error))
    return NULL;
  return head > 0 || tell_empty (store, error) ? g_steal_pointer (&store) : NULL;
}

static bool
lay_folders (int dir, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    if (!dk_make_dirs (dir, folders[i], error))
      return false;
  return true;
}

static bool
note_creation (Store *store, GError **error)
{
  g_autoptr (StoreTransaction) transaction = store_begin (store, "docket", error);
  return transaction != NULL
         && ledger_append (transaction, ACTIVITY_STORE_CREATED, json_pack ("{s:i}", "schema", SCHEMA_VERSION), NULL,
                           NULL, error)
         && store_commit (g_steal_pointer (&transaction), error);
}

/* Fails unless there is nothing, or what an interrupted creation left. */
static bool
check_unused (Store *store, GError **error)
{
  int64_t head = 0;
  if (faccessat (store->dir, "docket.db", F_OK, 0) == 0)
    return open_database (store, error) && migrate (store, error) && ledger_head (store, &head, NULL, error)
           && (head == 0 || dk_throw (error, DK_ERROR_EXISTS, "%s holds a store already", store->path));
  g_auto (GStrv) names = dk_list_dir (store->dir, "ledger", NULL);
  return names == NULL || names[0] == NULL
         || dk_throw (error, DK_ERROR_EXISTS,
                      "%s holds the ledger of a store whose docket.db is gone: `docket rebuild` makes it anew",
                      store->path);
}

bool
store_create (const char *path, StoreFlags flags, GError **error)
{
  if (g_mkdir_with_parents (path, 0700) < 0)
    return dk_throw_errno (error, "make folder %s", path);
  g_autoptr (Store) store = open_folder (path, flags, error);
  if (store == NULL || !check_unused (store, error) || !lay_folders (store->dir, error))
    return false;
  dk_fault ("create: folders laid");
  if (store->db == NULL && (!open_database (store, error) || !migrate (store, error)))
    return false;
  dk_fault ("create: tables made");
  return note_creation (store, error);
}

const char *
store_named (const char *given)
{
  const char *chosen = given != NULL ? given : g_getenv ("DOCKET_STORE");
  return chosen != NULL && *chosen != '\0' ? chosen : NULL;
}

char *
store_find (const char *given, GError **error)
{
  const char *named = store_named (given);
  if (named != NULL && g_file_test (named, G_FILE_TEST_IS_DIR))
    return g_strdup (named);
  if (named != NULL)
    {
      dk_throw (error, DK_ERROR_USAGE, "there is no store at %s: docket init makes one", named);
      return NULL;
    }
  g_autofree char *folder = g_get_current_dir ();
  for (;;)
    {
      g_autofree char *mark = g_build_filename (folder, "docket.yaml", NULL);
      if (g_file_test (mark, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&folder);
      if (strcmp (folder, "/") == 0)
        break;
      char *above = g_path_get_dirname (folder);
      g_free (folder);
      folder = above;
    }
  dk_throw (error, DK_ERROR_USAGE,
            "no store: name one with --store DIR or DOCKET_STORE, or work in a folder below one");
  return NULL;
}

/* --- locks: of open file descriptions, freed by the kernel however their holder ends --- */

static int
open_lock (int dir, const char *name)
{
  return openat (dir, name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
}

static bool
take_lock (int fd)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  return fcntl (fd, F_OFD_SETLK, &lock) == 0;
}

static bool
is_locked (int fd)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
  return fcntl (fd, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
}

int
store_take_lock (int dir, const char *path, GError **error)
{
  autofd fd = open_lock (dir, LOCK_NAME);
  if (fd < 0)
    dk_throw_errno (error, "open %s", LOCK_NAME);
  else if (take_lock (fd))
    return dk_steal_fd (&fd);
  else if (errno == EAGAIN || errno == EACCES)
    dk_throw (error, DK_ERROR_BUSY, "another docketd works on %s", path);
  else
    dk_throw_errno (error, "lock %s", LOCK_NAME);
  return -1;
}

bool
store_lock_pipeline (Store *store, GError **error)
{
  g_assert (store->lock < 0);
  store->lock = store_take_lock (store->dir, store->path, error);
  return store->lock >= 0;
}

bool
store_pipeline_is_locked (Store *store)
{
  if (store->lock >= 0)
    return true;
  autofd fd = open_lock (store->dir, LOCK_NAME);
  return fd >= 0 && is_locked (fd);
}

int
store_training_lock (Store *store)
{
  autofd fd = open_lock (store->dir, TRAINING_NAME);
  int64_t now_us = dk_now_us ();
  const struct timespec now = { .tv_sec = now_us / G_USEC_PER_SEC, .tv_nsec = now_us % G_USEC_PER_SEC * 1000 };
  if (fd < 0 || !take_lock (fd))
    return -1;
  futimens (fd, (const struct timespec[]){ now, now });
  return dk_steal_fd (&fd);
}

bool
store_training_runs (Store *store, int64_t *since_us)
{
  struct stat st;
  autofd fd = openat (store->dir, TRAINING_NAME, O_RDWR | O_CLOEXEC);
  if (fd < 0 || !is_locked (fd) || fstat (fd, &st) < 0)
    return false;
  *since_us = st.st_mtim.tv_sec * G_USEC_PER_SEC + st.st_mtim.tv_nsec / 1000;
  return true;
}

/* --- transactions --- */

static void
transaction_free (StoreTransaction *transaction)
{
  transaction->store->open = NULL;
  g_free (transaction->actor);
  g_string_free (transaction->log, TRUE);
  g_string_free (transaction->personal, TRUE);
  g_free (transaction);
}

void
store_rollback (StoreTransaction *transaction)
{
  if (transaction == NULL)
    return;
  sqlite3_exec (transaction->store->db, "ROLLBACK", NULL, NULL, NULL);
  transaction_free (transaction);
}

/* A rebuild puts another docket.db in its place; what is written to the old one would be lost. */
static bool
is_in_place (Store *store, GError **error)
{
  struct stat st;
  return (fstatat (store->dir, "docket.db", &st, 0) == 0 && st.st_dev == store->device && st.st_ino == store->inode)
         || dk_throw (error, DK_ERROR_STALE, "docket.db of %s was replaced: the store must be opened again",
                      store->path);
}

StoreTransaction *
store_begin (Store *store, const char *actor, GError **error)
{
  g_assert (store->open == NULL);
  if (!sql_script (store->db, "BEGIN IMMEDIATE", error))
    return NULL;
  if (!is_in_place (store, error))
    {
      store_snapshot_end (store);
      return NULL;
    }
  g_autoptr (StoreTransaction) transaction = g_new0 (StoreTransaction, 1);
  transaction->store = store;
  transaction->actor = g_strdup (actor);
  transaction->log = g_string_new (NULL);
  transaction->personal = g_string_new (NULL);
  store->open = transaction;
  int64_t head = 0, newest_us = 0;
  g_autofree char *hash = NULL;
  if (!sql_get_int (store->db, &head, error, "SELECT max(seq) FROM ledger", "")
      || !sql_get_int (store->db, &newest_us, error, "SELECT time_us FROM ledger WHERE seq = ?", "i", head)
      || !sql_get_text (store->db, &hash, error, "SELECT hash FROM ledger WHERE seq = ?", "i", head))
    return NULL;
  transaction->first_seq = transaction->next_seq = head + 1;
  transaction->time_us = MAX (dk_now_us (), newest_us); /* a clock set back must not turn the order of the ledger */
  g_strlcpy (transaction->hash, hash != NULL ? hash : "", sizeof transaction->hash);
  return g_steal_pointer (&transaction);
}

const char *
store_actor (const StoreTransaction *transaction)
{
  return transaction->actor;
}

Store *
store_of (StoreTransaction *transaction)
{
  return transaction->store;
}

bool
store_commit (StoreTransaction *transaction, GError **error)
{
  g_autoptr (StoreTransaction) owned = transaction;
  Store *store = owned->store;
  if (owned->broken)
    return dk_throw (error, DK_ERROR_FAILED, "a part of the transaction failed: nothing of it is kept");
  dk_fault ("commit: nothing written");
  if (owned->log->len > 0 && !ledger_file_write (owned, error))
    return false;
  dk_fault ("commit: ledger file written, not committed");
  if (!sql_script (store->db, "COMMIT", error))
    return false;
  dk_fault ("commit: committed");
  transaction_free (g_steal_pointer (&owned));
  return true;
}

bool
store_snapshot_begin (Store *store, GError **error)
{
  int64_t any = 0;
  if (!sql_script (store->db, "BEGIN", error))
    return false;
  if (sql_get_int (store->db, &any, error, "SELECT count(*) FROM config", ""))
    return true;
  store_snapshot_end (store);
  return false;
}

void
store_snapshot_end (Store *store)
{
  sqlite3_exec (store->db, "ROLLBACK", NULL, NULL, NULL);
}
