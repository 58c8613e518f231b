#include "store/blob.h"
#include "base/digest.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/limits.h"
#include "store/internal.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

char *
store_blob_path (const char *sha256)
{
  return g_strdup_printf ("objects/%.2s/%s", sha256, sha256 + 2);
}

/* Copies @from to @to (-1: nowhere), hashing on the way. */
static bool
copy_hashed (int from, int to, uint64_t limit, StoreBlob *blob, GError **error)
{
  g_autoptr (DkDigest) digest = dk_digest_new ();
  g_autofree char *chunk = g_malloc (1 << 18);
  blob->size = 0;
  for (;;)
    {
      ssize_t n = read (from, chunk, 1 << 18);
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return dk_throw_errno (error, "read the source");
      if (n == 0)
        break;
      blob->size += n;
      if ((uint64_t)blob->size > limit)
        return dk_throw (error, DK_ERROR_LIMIT, "larger than %" G_GUINT64_FORMAT " bytes", limit);
      dk_digest_add (digest, chunk, (size_t)n);
      if (to >= 0 && !dk_write_all (to, chunk, (size_t)n, error))
        return false;
    }
  g_autofree char *sha256 = dk_digest_end_hex (digest);
  g_strlcpy (blob->sha256, sha256, sizeof blob->sha256);
  return true;
}

static bool
sync_unless_scratch (Store *store, int fd, const char *what, GError **error)
{
  return store->scratch || fsync (fd) == 0 || dk_throw_errno (error, "fsync %s", what);
}

/* Opens objects/ab, making it. */
static int
open_fan (Store *store, const char *sha256, GError **error)
{
  g_autofree char *fan = g_strdup_printf ("objects/%.2s", sha256);
  int fd = openat (store->dir, fan, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd >= 0 || errno != ENOENT)
    return fd >= 0 ? fd : (dk_throw_errno (error, "open %s", fan), -1);
  return dk_make_dirs (store->dir, fan, error) ? dk_open_dir (store->dir, fan, error) : -1;
}

/* Whether the file @path below @dir has the bytes that @sha256 names. */
static bool
has_content (int dir, const char *path, const char *sha256)
{
  autofd fd = openat (dir, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  struct stat st;
  StoreBlob read_back;
  return fd >= 0 && fstat (fd, &st) == 0 && S_ISREG (st.st_mode) && copy_hashed (fd, -1, G_MAXINT64, &read_back, NULL)
         && strcmp (read_back.sha256, sha256) == 0;
}

/* Names the finished file @fd, also known as tmp/@tmp where the file system knows no nameless ones; when the name is
 * taken, the content is there already. */
static bool
link_blob (Store *store, int fd, const char *tmp, const StoreBlob *blob, GError **error)
{
  autofd fan = open_fan (store, blob->sha256, error);
  if (fan < 0)
    return false;
  const char *name = blob->sha256 + 2;
  g_autofree char *self = tmp != NULL ? g_strdup (tmp) : g_strdup_printf ("/proc/self/fd/%d", fd);
  if (linkat (store->dir, self, fan, name, tmp != NULL ? 0 : AT_SYMLINK_FOLLOW) < 0)
    {
      if (errno != EEXIST)
        return dk_throw_errno (error, "name a blob");
      if (!has_content (fan, name, blob->sha256))
        return dk_throw (error, DK_ERROR_FAILED, "the object %s is damaged: run `docket verify --full`", blob->sha256);
      fchmodat (fan, name, 0444, 0); /* young again, should it be an orphan that the sweep is about to meet */
    }
  dk_fault ("blob: named, folder not synced");
  return sync_unless_scratch (store, fan, "objects", error);
}

static bool
fill_and_link (Store *store, int from, int to, const char *tmp, uint64_t limit, StoreBlob *blob, GError **error)
{
  if (!copy_hashed (from, to, limit, blob, error))
    return false;
  dk_fault ("blob: copied, not synced");
  if (fchmod (to, 0444) < 0)
    return dk_throw_errno (error, "make a blob read-only");
  if (!sync_unless_scratch (store, to, "a blob", error))
    return false;
  dk_fault ("blob: synced, not named");
  return link_blob (store, to, tmp, blob, error);
}

bool
store_blob_put_fd (Store *store, int fd, uint64_t limit, StoreBlob *blob, GError **error)
{
  autofd nameless = openat (store->dir, "tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0400);
  if (nameless >= 0)
    return fill_and_link (store, fd, nameless, NULL, limit, blob, error);
  if (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)
    return dk_throw_errno (error, "make a file in tmp/");
  g_autofree char *unique = g_uuid_string_random ();
  g_autofree char *tmp = g_strconcat ("tmp/blob-", unique, NULL);
  autofd named = openat (store->dir, tmp, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0400);
  if (named < 0)
    return dk_throw_errno (error, "make a file in tmp/");
  bool done = fill_and_link (store, fd, named, tmp, limit, blob, error);
  unlinkat (store->dir, tmp, 0);
  return done;
}

bool
store_blob_put (Store *store, GBytes *bytes, StoreBlob *blob, GError **error)
{
  autofd fd = dk_memory_file (bytes, error);
  return fd >= 0 && store_blob_put_fd (store, fd, G_MAXINT64, blob, error);
}

int
store_blob_open (Store *store, const char *sha256, GError **error)
{
  g_autofree char *path = store_blob_path (sha256);
  int fd = openat (store->dir, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0)
    dk_throw_errno (error, "open the object %s", sha256);
  return fd;
}

GBytes *
store_blob_read (Store *store, const char *sha256, uint64_t limit, GError **error)
{
  autofd fd = store_blob_open (store, sha256, error);
  return fd < 0 ? NULL : dk_read_fd (fd, limit, error);
}

static bool
is_same_file (Store *store, const char *sha256, const char *object, const char *path)
{
  struct stat sa, sb;
  if (fstatat (store->dir, object, &sa, AT_SYMLINK_NOFOLLOW) < 0
      || fstatat (store->dir, path, &sb, AT_SYMLINK_NOFOLLOW) < 0)
    return false;
  return (sa.st_ino == sb.st_ino && sa.st_dev == sb.st_dev)
         || (sa.st_size == sb.st_size && has_content (store->dir, path, sha256));
}

/* For file systems without hard links: a copy under a temporary name, then the name. */
static bool
copy_blob (Store *store, const char *sha256, int folder, const char *name, GError **error)
{
  autofd from = store_blob_open (store, sha256, error);
  if (from < 0)
    return false;
  g_autofree char *tmp = g_strdup_printf (".%.16s.tmp", sha256);
  unlinkat (folder, tmp, 0); /* what a crash left is read-only */
  autofd to = openat (folder, tmp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0444);
  if (to < 0)
    return dk_throw_errno (error, "create a copy of %s", sha256);
  StoreBlob copied;
  if (copy_hashed (from, to, G_MAXINT64, &copied, error) && dk_publish (folder, to, tmp, name, error))
    return true;
  unlinkat (folder, tmp, 0);
  return false;
}

bool
store_blob_link (Store *store, const char *sha256, const char *path, GError **error)
{
  g_autofree char *folder_path = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *object = store_blob_path (sha256);
  autofd folder = openat (store->dir, folder_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0)
    {
      if (!dk_make_dirs (store->dir, folder_path, error))
        return false;
      folder = dk_open_dir (store->dir, folder_path, error);
      if (folder < 0)
        return false;
    }
  bool linked = linkat (store->dir, object, folder, name, 0) == 0;
  dk_fault ("link: made, folder not synced");
  if (!linked && errno == EEXIST && !is_same_file (store, sha256, object, path))
    return dk_throw (error, DK_ERROR_EXISTS, "%s exists already", path);
  if (linked || errno == EEXIST)
    return sync_unless_scratch (store, folder, folder_path, error);
  if (errno != EPERM && errno != EXDEV && errno != EMLINK && errno != EOPNOTSUPP)
    return dk_throw_errno (error, "link %s", path);
  return copy_blob (store, sha256, folder, name, error);
}

bool
store_blob_replace (Store *store, const char *sha256, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *beside = g_strdup_printf ("%s/.%.16s.new", folder, sha256);
  unlinkat (store->dir, beside, 0); /* left by a crash */
  if (!store_blob_link (store, sha256, beside, error))
    return false;
  dk_fault ("replace: linked beside, not renamed");
  if (renameat (store->dir, beside, store->dir, path) < 0)
    return dk_throw_errno (error, "rename to %s", path);
  unlinkat (store->dir, beside, 0); /* a rename of a file over its own other name leaves both */
  autofd dir = dk_open_dir (store->dir, folder, error);
  return dir >= 0 && sync_unless_scratch (store, dir, folder, error);
}

/* --- sweeping what crashes left --- */

static bool
is_older (int dir, const char *path, int64_t age_s)
{
  struct stat st;
  return fstatat (dir, path, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG (st.st_mode)
         && st.st_ctime < time (NULL) - age_s;
}

bool
apply_blob (sqlite3 *db, const char *sha256, int64_t size, const char *role, GError **error)
{
  return sql_run (db, error, "INSERT INTO blob (sha256, size, role) VALUES (?, ?, ?) ON CONFLICT (sha256) DO NOTHING",
                  "sis", sha256, size, role);
}

bool
blob_is_there (Store *store, const char *sha256, GError **error)
{
  g_autofree char *path = store_blob_path (sha256);
  return faccessat (store->dir, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0
         || dk_throw (error, DK_ERROR_STALE, "the object %s is not there (any more)", sha256);
}

/* Removes the object unless an entry names it, in a transaction: see blob_is_there. */
static bool
sweep_object (Store *store, const char *path, const char *sha256, int64_t age_s, GError **error)
{
  int64_t known = 0;
  g_autoptr (StoreTransaction) transaction = store_begin (store, "docketd", error);
  if (transaction == NULL
      || !sql_get_int (store->db, &known, error, "SELECT count(*) FROM blob WHERE sha256 = ?", "s", sha256))
    return false;
  return known != 0 || !is_older (store->dir, path, age_s) || unlinkat (store->dir, path, 0) == 0
         || dk_throw_errno (error, "remove the orphan %s", path);
}

static bool
sweep_fan (Store *store, const char *fan, int64_t age_s, GError **error)
{
  g_autofree char *folder = g_build_filename ("objects", fan, NULL);
  g_auto (GStrv) names = dk_list_dir (store->dir, folder, error);
  if (names == NULL)
    return false;
  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *path = g_build_filename (folder, *name, NULL);
      g_autofree char *sha256 = g_strconcat (fan, *name, NULL);
      int64_t known = 0;
      if (!is_older (store->dir, path, age_s))
        continue;
      if (!sql_get_int (store->db, &known, error, "SELECT count(*) FROM blob WHERE sha256 = ?", "s", sha256)
          || (known == 0 && !sweep_object (store, path, sha256, age_s, error)))
        return false;
    }
  return true;
}

bool
store_blob_sweep (Store *store, int64_t age_s, GError **error)
{
  g_auto (GStrv) temporary = dk_list_dir (store->dir, "tmp", error);
  g_auto (GStrv) fans = temporary != NULL ? dk_list_dir (store->dir, "objects", error) : NULL;
  if (fans == NULL)
    return false;
  for (char **name = temporary; *name != NULL; name++)
    {
      g_autofree char *path = g_build_filename ("tmp", *name, NULL);
      bool stays = g_str_has_suffix (*name, ".lock") || g_str_has_suffix (*name, ".kept");
      if (!stays && is_older (store->dir, path, age_s))
        unlinkat (store->dir, path, 0);
    }
  for (char **fan = fans; *fan != NULL; fan++)
    if (!sweep_fan (store, *fan, age_s, error))
      return false;
  return true;
}
