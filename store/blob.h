/* store/blob.h - content-addressed files: objects/ab/cdef…, named by SHA-256, mode 0444, never changed. */
#pragma once
#include "store/store.h"

typedef struct
{
  char sha256[65]; /* lower-case hex */
  int64_t size;
} StoreBlob;
/* Copies @fd from its current offset to its end. When it returns true the file is durable under its name; no row names
 * it yet (an orphan is swept after 36 hours). Fails with LIMIT above @limit bytes, FULL. */
bool store_blob_put_fd (Store *store, int fd, uint64_t limit, StoreBlob *blob, GError **error);
bool store_blob_put (Store *store, GBytes *bytes, StoreBlob *blob, GError **error);
/* Open for reading. -1 on error. */
int store_blob_open (Store *store, const char *sha256, GError **error);
GBytes *store_blob_read (Store *store, const char *sha256, uint64_t limit, GError **error);
/* "objects/ab/cdef…". Owned by the caller. */
char *store_blob_path (const char *sha256);
/* Gives the blob the further name @path below the store: a hard link, or a read-only copy where the file system has no
 * links. An existing file there that is the blob already is fine; any other fails with EXISTS. Durable. */
bool store_blob_link (Store *store, const char *sha256, const char *path, GError **error);
/* The same, but what has the name @path already, other bytes of the same document, is replaced in one step. */
bool store_blob_replace (Store *store, const char *sha256, const char *path, GError **error);
/* Removes files of tmp/ and unnamed blobs older than @age_s. For the holder of the pipeline lock. */
bool store_blob_sweep (Store *store, int64_t age_s, GError **error);
