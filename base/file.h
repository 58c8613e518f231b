/* base/file.h - files that are there after a crash, whole or not at all. */
#pragma once
#include "base/cleanup.h"
#include "base/error.h"
#include <stdint.h>
#include <sys/types.h>

/* Opens the folder @path (relative to @dir, or AT_FDCWD) for use with the *at functions. -1 on error. */
int dk_open_dir (int dir, const char *path, GError **error);
/* Makes @path and its missing parents below @dir, mode 0700, each made durable. True when it exists in the end. */
bool dk_make_dirs (int dir, const char *path, GError **error);
/* Gives the finished temporary file @tmp of @dir, open as @fd, its name @name there, replacing a file of that name:
 * fsync, rename, fsync of the folder. After a crash @name is the old file or the new one. */
bool dk_publish (int dir, int fd, const char *tmp, const char *name, GError **error);
/* Writes @size bytes as file @name of @dir with dk_publish. */
bool dk_write_file (int dir, const char *name, const void *bytes, size_t size, mode_t mode, GError **error);
/* Writes all @size bytes to @fd. */
bool dk_write_all (int fd, const void *bytes, size_t size, GError **error);
/* Reads from the current offset of @fd to its end. Fails with LIMIT when there are more than @limit bytes. */
GBytes *dk_read_fd (int fd, uint64_t limit, GError **error);
/* Reads the file @path below @dir, refusing symbolic links at its end. */
GBytes *dk_read_file (int dir, const char *path, uint64_t limit, GError **error);
/* Removes @path below @dir and all that is in it; links are removed, not followed. True when nothing is left of it. */
bool dk_remove_tree (int dir, const char *path, GError **error);
/* Names in the folder @path below @dir, sorted by bytes, without "." and "..". NULL-terminated, owned by the caller. */
char **dk_list_dir (int dir, const char *path, GError **error);
/* fsync of the folder @dir. */
bool dk_sync_dir (int dir, GError **error);
/* A sealed memory file that holds @bytes, offset 0, close-on-exec. -1 on error. */
int dk_memory_file (GBytes *bytes, GError **error);
/* Whether the file system of @fd is one that other machines write to (NFS, SMB, 9P, FUSE, Ceph): events do not tell of
 * their changes, and SQLite must not live there. */
bool dk_is_network_fs (int fd);
/* Bytes an ordinary user may still write on the file system of @fd; 0 on error. */
uint64_t dk_free_bytes (int fd);
/* A UTF-8 text in which bytes of @raw that are not UTF-8, control and bidirectional-control characters stand as \xNN or
 * \uNNNN, fit for a terminal, a catalogue and a log. Owned by the caller. */
char *dk_escape_name (const char *raw);
