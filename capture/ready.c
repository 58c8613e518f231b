#include "capture/ready.h"
#include "capture/take.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#define STILL_US (2 * G_USEC_PER_SEC)               /* no writer or the type's end known */
#define STILL_NETWORK_US (10 * G_USEC_PER_SEC)      /* the same where other machines write */
#define SILENT_US (30 * G_USEC_PER_SEC)             /* neither known; a taken file that does not grow any more */
#define CUT_US (24 * 3600 * (gint64)G_USEC_PER_SEC) /* its end is missing, and a writer elsewhere may go on */
#define CUT_LOCAL_US (300 * (gint64)G_USEC_PER_SEC) /* at most, where it is known that nobody has it open */

struct CaptureReady
{
  guint64 device, inode;
  struct stat st;
  gint64 since_us; /* monotonic: first seen in this state */
  gint64 pause_us; /* the longest time between two of its changes */
  guint pass;      /* the last in which it was seen */
  gint64 receipt;  /* what it was kept for, 0 never */
  bool is_kept;    /* in this state */
};

struct CaptureReadySet
{
  GHashTable *all; /* of CaptureReady, by itself */
};

static guint
ready_hash (gconstpointer key)
{
  const CaptureReady *ready = key;
  return (guint)(ready->inode ^ ready->inode >> 32 ^ ready->device << 7);
}

static gboolean
ready_equal (gconstpointer a, gconstpointer b)
{
  const CaptureReady *x = a, *y = b;
  return x->inode == y->inode && x->device == y->device;
}

CaptureReadySet *
capture_ready_set_new (void)
{
  CaptureReadySet *set = g_new0 (CaptureReadySet, 1);
  set->all = g_hash_table_new_full (ready_hash, ready_equal, NULL, g_free);
  return set;
}

void
capture_ready_set_free (CaptureReadySet *set)
{
  g_hash_table_unref (set->all);
  g_free (set);
}

static gboolean
was_not_seen (gpointer key, gpointer value, gpointer pass)
{
  (void)value;
  return ((const CaptureReady *)key)->pass != *(const unsigned *)pass;
}

void
capture_ready_set_forget (CaptureReadySet *set, unsigned pass)
{
  g_hash_table_foreach_remove (set->all, was_not_seen, &pass);
}

void
capture_ready_set_drop (CaptureReadySet *set, CaptureReady *ready)
{
  g_hash_table_remove (set->all, ready);
}

CaptureReady *
capture_ready_set_note (CaptureReadySet *set, const struct stat *st, unsigned pass)
{
  CaptureReady key = { .device = st->st_dev, .inode = st->st_ino };
  CaptureReady *ready = g_hash_table_lookup (set->all, &key);
  gint64 now_us = dk_monotonic_us ();
  if (ready == NULL)
    {
      ready = g_memdup2 (&key, sizeof key);
      ready->st = *st;
      ready->since_us = now_us;
      g_hash_table_add (set->all, ready);
    }
  else if (!capture_same_state (&ready->st, st))
    {
      ready->pause_us = MAX (ready->pause_us, now_us - ready->since_us);
      ready->st = *st;
      ready->since_us = now_us;
      ready->is_kept = false;
    }
  ready->pass = pass;
  return ready;
}

/* How long it has not changed: as seen here, or by its own times where this machine's clock (never the injected one)
 * wrote them. */
static gint64
still_us (const CaptureReady *ready, bool is_network)
{
  gint64 seen_us = dk_monotonic_us () - ready->since_us;
  if (is_network)
    return seen_us;
  gint64 changed_s = MAX (ready->st.st_ctim.tv_sec, ready->st.st_mtim.tv_sec);
  return MAX (seen_us, g_get_real_time () - (changed_s + 1) * G_USEC_PER_SEC);
}

typedef enum
{
  WRITER_NONE,
  WRITER_PRESENT,
  WRITER_UNKNOWN, /* another's file, a network file system */
} Writer;

/* A read lease is refused while anybody has the file open for writing. Should someone open it in the moment it is held,
 * the signal must be one that kills nobody. */
static Writer
find_writer (int fd)
{
  if (fcntl (fd, F_SETSIG, SIGURG) < 0)
    return WRITER_UNKNOWN;
  if (fcntl (fd, F_SETLEASE, F_RDLCK) < 0)
    return errno == EAGAIN || errno == EWOULDBLOCK ? WRITER_PRESENT : WRITER_UNKNOWN;
  fcntl (fd, F_SETLEASE, F_UNLCK);
  return WRITER_NONE;
}

Gate
capture_ready_gate (int fd, uint64_t size)
{
  g_autofree uint8_t *head = g_malloc (GATE_WINDOW_BYTES);
  g_autofree uint8_t *tail = g_malloc (GATE_WINDOW_BYTES);
  size_t window = MIN (size, GATE_WINDOW_BYTES);
  ssize_t head_bytes = pread (fd, head, window, 0);
  ssize_t tail_bytes = pread (fd, tail, window, (off_t)(size - window));
  if (head_bytes != (ssize_t)window || tail_bytes != (ssize_t)window)
    return GATE_CUT;
  GateEnds ends = { .head = head, .tail = tail, .head_bytes = window, .tail_bytes = window, .size = size };
  return capture_gate (&ends);
}

/* How long the file must have been still; -1: it is being written. */
static gint64
needed_us (const CaptureReady *ready, int fd, bool is_network)
{
  Writer writer = is_network ? WRITER_UNKNOWN : find_writer (fd);
  if (writer == WRITER_PRESENT)
    return -1;
  Gate gate = capture_ready_gate (fd, (uint64_t)ready->st.st_size);
  if (gate == GATE_CUT && writer == WRITER_UNKNOWN)
    return CUT_US;
  if (gate == GATE_CUT) /* damaged or empty, unless a writer opens it again and again */
    return CLAMP (4 * ready->pause_us, SILENT_US, CUT_LOCAL_US);
  if (gate == GATE_WHOLE && writer == WRITER_NONE)
    return 0;
  if (gate != GATE_WHOLE && writer == WRITER_UNKNOWN)
    return SILENT_US;
  gint64 least_us = is_network ? STILL_NETWORK_US : STILL_US;
  return CLAMP (2 * ready->pause_us, least_us, SILENT_US); /* a scanner that pauses longer is given longer */
}

int64_t
capture_ready_wait_us (const CaptureReady *ready, int fd, bool is_network)
{
  gint64 needed = needed_us (ready, fd, is_network);
  return needed < 0 ? -1 : MAX (0, needed - still_us (ready, is_network));
}

bool
capture_ready_has_writer (int fd)
{
  return find_writer (fd) == WRITER_PRESENT;
}

void
capture_ready_keep (CaptureReady *ready, int64_t receipt)
{
  ready->receipt = receipt;
  ready->is_kept = true;
}

bool
capture_ready_is_kept (const CaptureReady *ready)
{
  return ready->is_kept;
}

int64_t
capture_ready_receipt (const CaptureReady *ready)
{
  return ready->receipt;
}

int64_t
capture_ready_silence_us (const CaptureReady *ready, bool is_network)
{
  return MAX (0, SILENT_US - still_us (ready, is_network));
}
