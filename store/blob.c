#include "store/blob.h"
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

/* Copies @from to @to, hashing on the way. */
static bool
copy_hashed (int from, int to, uint64_t limit, StoreBlob *blob, GError **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
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
      g_checksum_update (sum, (const guchar *)chunk, n);
      if (!dk_write_all (to, chunk, (size_t)n, error))
        return false;
    }
  g_strlcpy (blob->sha256, g_checksum_get_string (sum), sizeof blob->sha256);
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

/* Names the finished file @fd; when the name is taken, the content is there already. */
static bool
link_blob (Store *store, int fd, const StoreBlob *blob, GError **error)
{
  autofd fan = open_fan (store, blob->sha256, error);
  if (fan < 0)
    return false;
  g_autofree char *self = g_strdup_printf ("/proc/self/fd/%d", fd);
  if (linkat (AT_FDCWD, self, fan, blob->sha256 + 2, AT_SYMLINK_FOLLOW) < 0)
    {
      struct stat st;
      if (errno != EEXIST)
        return dk_throw_errno (error, "name a blob");
      if (fstatat (fan, blob->sha256 + 2, &st, AT_SYMLINK_NOFOLLOW) < 0 || !S_ISREG (st.st_mode)
          || st.st_size != blob->size)
        return dk_throw (error, DK_ERROR_FAILED, "the object %s is damaged: run `docket verify --full`", blob->sha256);
    }
  dk_fault ("blob: named, folder not synced");
  return sync_unless_scratch (store, fan, "objects", error);
}

bool
store_blob_put_fd (Store *store, int fd, uint64_t limit, StoreBlob *blob, GError **error)
{
  autofd tmp = openat (store->dir, "tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0444);
  if (tmp < 0)
    return dk_throw_errno (error, "make a file in tmp/");
  if (!copy_hashed (fd, tmp, limit, blob, error))
    return false;
  dk_fault ("blob: copied, not synced");
  if (!sync_unless_scratch (store, tmp, "a blob", error))
    return false;
  if (fchmod (tmp, 0444) < 0)
    return dk_throw_errno (error, "make a blob read-only");
  dk_fault ("blob: synced, not named");
  return link_blob (store, tmp, blob, error);
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
is_same_file (Store *store, const char *a, const char *b)
{
  struct stat sa, sb;
  if (fstatat (store->dir, a, &sa, AT_SYMLINK_NOFOLLOW) < 0 || fstatat (store->dir, b, &sb, AT_SYMLINK_NOFOLLOW) < 0)
    return false;
  return (sa.st_ino == sb.st_ino && sa.st_dev == sb.st_dev)
         || (S_ISREG (sb.st_mode) && sa.st_size == sb.st_size && sb.st_nlink == 1);
}

/* For file systems without hard links: a copy under a temporary name, then the name. */
static bool
copy_blob (Store *store, const char *sha256, int folder, const char *name, GError **error)
{
  autofd from = store_blob_open (store, sha256, error);
  if (from < 0)
    return false;
  g_autofree char *tmp = g_strdup_printf (".%.16s.tmp", sha256);
  autofd to = openat (folder, tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0444);
  if (to < 0)
    return dk_throw_errno (error, "create a copy in filed/");
  StoreBlob copied;
  return copy_hashed (from, to, G_MAXINT64, &copied, error) && dk_publish (folder, to, tmp, name, error);
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
  if (linkat (store->dir, object, folder, name, 0) == 0)
    return sync_unless_scratch (store, folder, folder_path, error);
  if (errno == EEXIST)
    return is_same_file (store, object, path) || dk_throw (error, DK_ERROR_EXISTS, "%s exists already", path);
  if (errno != EPERM && errno != EXDEV && errno != EMLINK && errno != EOPNOTSUPP)
    return dk_throw_errno (error, "link %s", path);
  return copy_blob (store, sha256, folder, name, error);
}

/* --- sweeping what crashes left --- */

static bool
is_older (int dir, const char *path, int64_t age_s)
{
  struct stat st;
  return fstatat (dir, path, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG (st.st_mode)
         && st.st_ctime < time (NULL) - age_s;
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
      if (!sql_get_int (store->db, &known, error, "SELECT count(*) FROM blob WHERE sha256 = ?", "s", sha256))
        return false;
      if (known == 0 && unlinkat (store->dir, path, 0) < 0)
        return dk_throw_errno (error, "remove the orphan %s", path);
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
      if (!g_str_has_suffix (*name, ".lock") && is_older (store->dir, path, age_s))
        unlinkat (store->dir, path, 0);
    }
  for (char **fan = fans; *fan != NULL; fan++)
    if (!sweep_fan (store, *fan, age_s, error))
      return false;
  return true;
}
