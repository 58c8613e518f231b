#include "capture/grown.h"
#include "base/cleanup.h"
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHUNK_BYTES 65536
#define SAME_IN 64        /* one byte in so many may differ: a scanner links and counts the pages it had written */
#define MOST_CHANGED 4096 /* but no more */

/* A number is given to another file as soon as the first is removed. One that existed when the receipt's state was
 * written is the receipt's file. */
static bool
is_same_file (int fd, const StoreBefore *before, int64_t seen)
{
  struct statx stx;
  if (statx (fd, "", AT_EMPTY_PATH, STATX_BTIME, &stx) < 0 || (stx.stx_mask & STATX_BTIME) == 0)
    return before->receipt == seen;
  return stx.stx_btime.tv_sec * INT64_C (1000000000) + stx.stx_btime.tv_nsec <= before->ctime_ns;
}

/* How many of the first @bytes bytes of @old and @now differ, counted up to @most; -1 when either has not so many. */
static int64_t
count_changed (int old, int now, int64_t bytes, int64_t most)
{
  g_autofree uint8_t *a = g_malloc (CHUNK_BYTES);
  g_autofree uint8_t *b = g_malloc (CHUNK_BYTES);
  int64_t changed = 0;
  for (int64_t at = 0; at < bytes && changed <= most;)
    {
      size_t want = (size_t)MIN (bytes - at, CHUNK_BYTES);
      if (pread (old, a, want, at) != (ssize_t)want || pread (now, b, want, at) != (ssize_t)want)
        return -1;
      if (memcmp (a, b, want) != 0)
        for (size_t i = 0; i < want; i++)
          changed += a[i] != b[i];
      at += (int64_t)want;
    }
  return changed;
}

bool
capture_find_grown (Store *store, int fd, int64_t seen, StoreArrival *arrival, GError **error)
{
  StoreBefore before;
  if (!store_receipt_before (store, arrival, &before, error))
    return false;
  if (before.receipt == 0 || arrival->size < before.blob.size || !is_same_file (fd, &before, seen))
    return true;
  autofd old = store_blob_open (store, before.blob.sha256, NULL);
  int64_t most = MIN (before.blob.size / SAME_IN, MOST_CHANGED);
  int64_t changed = old >= 0 ? count_changed (old, fd, before.blob.size, most) : -1;
  if (changed >= 0 && changed <= most)
    arrival->grown_from = before.receipt;
  return true;
}
