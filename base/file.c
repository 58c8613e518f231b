#include "base/file.h"
#include "base/fault.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>

#define READ_BYTES 65536

int
dk_open_dir (int dir, const char *path, GError **error)
{
  int fd = openat (dir, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0)
    dk_throw_errno (error, "open folder %s", path);
  return fd;
}

bool
dk_sync_dir (int dir, GError **error)
{
  return fsync (dir) == 0 || dk_throw_errno (error, "fsync of a folder");
}

static bool
make_dir (int dir, const char *path, GError **error)
{
  if (mkdirat (dir, path, 0700) < 0)
    return errno == EEXIST || dk_throw_errno (error, "make folder %s", path);
  g_autofree char *parent = g_path_get_dirname (path);
  autofd parent_fd = dk_open_dir (dir, parent, error);
  return parent_fd >= 0 && dk_sync_dir (parent_fd, error);
}

bool
dk_make_dirs (int dir, const char *path, GError **error)
{
  g_autofree char *partial = g_strdup (path);
  for (char *slash = strchr (partial + 1, '/'); slash != NULL; slash = strchr (slash + 1, '/'))
    {
      *slash = '\0';
      if (!make_dir (dir, partial, error))
        return false;
      *slash = '/';
    }
  return make_dir (dir, partial, error);
}

bool
dk_publish (int dir, int fd, const char *tmp, const char *name, GError **error)
{
  if (fsync (fd) < 0)
    return dk_throw_errno (error, "fsync %s", tmp);
  dk_fault ("publish: written, not named");
  if (renameat (dir, tmp, dir, name) < 0)
    return dk_throw_errno (error, "rename %s to %s", tmp, name);
  if (fsync (dir) < 0)
    return dk_throw_errno (error, "fsync folder of %s", name);
  return true;
}

bool
dk_write_all (int fd, const void *bytes, size_t size, GError **error)
{
  const char *at = bytes;
  while (size > 0)
    {
      ssize_t n = write (fd, at, size);
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return dk_throw_errno (error, "write");
      at += n;
      size -= (size_t)n;
    }
  return true;
}

bool
dk_write_file (int dir, const char *name, const void *bytes, size_t size, mode_t mode, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (name);
  g_autofree char *base = g_path_get_basename (name);
  g_autofree char *tmp = g_strdup_printf (".%s.%d.tmp", base, (int)getpid ());
  autofd folder_fd = dk_open_dir (dir, folder, error);
  if (folder_fd < 0)
    return false;
  autofd fd = openat (folder_fd, tmp, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, mode);
  if (fd < 0)
    return dk_throw_errno (error, "create %s", tmp);
  if (dk_write_all (fd, bytes, size, error) && dk_publish (folder_fd, fd, tmp, base, error))
    return true;
  unlinkat (folder_fd, tmp, 0);
  return false;
}

/* For how many bytes there is room at first: for one more than a file has, so that its end is found. */
static guint
first_room (int fd, uint64_t limit)
{
  struct stat info;
  bool told = fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && info.st_size > 0;
  return told ? (guint)MIN ((uint64_t)info.st_size, MIN (limit, G_MAXINT)) + 1 : READ_BYTES;
}

GBytes *
dk_read_fd (int fd, uint64_t limit, GError **error)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  for (guint room = first_room (fd, limit);;)
    {
      guint used = all->len;
      room += used == room ? READ_BYTES : 0;
      g_byte_array_set_size (all, room);
      ssize_t n = read (fd, all->data + used, room - used);
      g_byte_array_set_size (all, used + (guint)MAX (n, 0));
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          dk_throw_errno (error, "read");
          return NULL;
        }
      if (n == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&all));
      if (all->len > limit)
        {
          dk_throw (error, DK_ERROR_LIMIT, "more than %" G_GUINT64_FORMAT " bytes", limit);
          return NULL;
        }
    }
}

GBytes *
dk_read_file (int dir, const char *path, uint64_t limit, GError **error)
{
  autofd fd = openat (dir, path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0)
    {
      dk_throw_errno (error, "open %s", path);
      return NULL;
    }
  GBytes *bytes = dk_read_fd (fd, limit, error);
  if (bytes == NULL)
    g_prefix_error (error, "%s: ", path);
  return bytes;
}

bool
dk_remove_tree (int dir, const char *path, GError **error)
{
  if (unlinkat (dir, path, 0) == 0 || errno == ENOENT)
    return true;
  if (errno != EISDIR && errno != EPERM)
    return dk_throw_errno (error, "remove %s", path);
  g_auto (GStrv) names = dk_list_dir (dir, path, error);
  if (names == NULL)
    return false;
  for (char **name = names; *name != NULL; name++)
    {
      g_autofree char *below = g_build_filename (path, *name, NULL);
      if (!dk_remove_tree (dir, below, error))
        return false;
    }
  return unlinkat (dir, path, AT_REMOVEDIR) == 0 || dk_throw_errno (error, "remove folder %s", path);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

char **
dk_list_dir (int dir, const char *path, GError **error)
{
  autofd fd = dk_open_dir (dir, path, error);
  if (fd < 0)
    return NULL;
  DIR *stream = fdopendir (dk_steal_fd (&fd));
  if (stream == NULL)
    {
      dk_throw_errno (error, "read folder %s", path);
      return NULL;
    }
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const struct dirent *entry;
  errno = 0;
  while ((entry = readdir (stream)) != NULL)
    if (strcmp (entry->d_name, ".") != 0 && strcmp (entry->d_name, "..") != 0)
      g_ptr_array_add (names, g_strdup (entry->d_name));
  int failed = errno;
  closedir (stream);
  if (failed != 0)
    {
      errno = failed;
      dk_throw_errno (error, "read folder %s", path);
      return NULL;
    }
  g_ptr_array_sort (names, compare_names);
  g_ptr_array_add (names, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

int
dk_memory_file (GBytes *bytes, GError **error)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  autofd fd = memfd_create ("docket", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (fd < 0)
    {
      dk_throw_errno (error, "make a memory file");
      return -1;
    }
  if (!dk_write_all (fd, data, size, error))
    return -1;
  if (fcntl (fd, F_ADD_SEALS, F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE) < 0
      || lseek (fd, 0, SEEK_SET) < 0)
    {
      dk_throw_errno (error, "seal a memory file");
      return -1;
    }
  return dk_steal_fd (&fd);
}

bool
dk_is_network_fs (int fd)
{
  static const uint32_t magics[] = {
    0x6969 /* NFS */,      0xFF534D42 /* CIFS */, 0xFE534D42 /* SMB2 */,   0x517B /* SMB */,
    0x01021997 /* 9P */,   0x65735546 /* FUSE */, 0x00C36400 /* Ceph */,   0x5346414F /* AFS */,
    0x73757245 /* Coda */, 0x47504653 /* GPFS */, 0x0BD00BD0 /* Lustre */, 0x01161970 /* GFS2 */,
  };
  struct statfs fs;
  if (fstatfs (fd, &fs) < 0)
    return false;
  for (gsize i = 0; i < G_N_ELEMENTS (magics); i++)
    if ((uint32_t)fs.f_type == magics[i])
      return true;
  return false;
}

uint64_t
dk_free_bytes (int fd)
{
  struct statvfs fs;
  return fstatvfs (fd, &fs) < 0 ? 0 : (uint64_t)fs.f_bavail * fs.f_frsize;
}

static bool
is_plain (gunichar c)
{
  bool bidi = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
  return !g_unichar_iscntrl (c) && !bidi && c != 0xFEFF && c != 0x2028 && c != 0x2029;
}

char *
dk_escape_name (const char *raw)
{
  GString *escaped = g_string_new (NULL);
  for (const char *at = raw; *at != '\0';)
    {
      gunichar c = g_utf8_get_char_validated (at, -1);
      if (c == (gunichar)-1 || c == (gunichar)-2)
        g_string_append_printf (escaped, "\\x%02X", (unsigned char)*at++);
      else
        {
          if (is_plain (c))
            g_string_append_unichar (escaped, c);
          else
            g_string_append_printf (escaped, c < 0x80 ? "\\x%02X" : "\\u%04X", c);
          at = g_utf8_next_char (at);
        }
    }
  return g_string_free (escaped, FALSE);
}
