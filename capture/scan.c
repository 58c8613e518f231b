#include "base/file.h"
#include "base/limits.h"
#include "base/log.h"
#include "capture/capture.h"
#include "capture/entry.h"
#include "capture/grown.h"
#include "capture/ready.h"
#include "capture/release.h"
#include "capture/take.h"
#include "capture/watch.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define POLL_NETWORK_S 10
#define TAKING_US 300000 /* in a pass: then other work gets its turn, and a signal is heard */

struct Capture
{
  Store *store;
  const Settings *settings;
  CaptureWatch *watch;
  CaptureReadySet *ready;
  guint pass;
  int64_t pass_since_us;
  bool cut;        /* the pass did not see everything */
  bool keeps_none; /* nobody will come back to a source that may grow */
  bool is_closing; /* nothing is taken any more */
};

/* One pass over one drop folder. */
typedef struct
{
  Capture *capture;
  const ConfigProfile *profile;
  char *source; /* "drop:default" */
  bool is_network;
  CaptureFunc taken;
  void *data;
  CaptureScan *scan;
} Pass;

static char *
profile_path (Store *store, const ConfigProfile *profile)
{
  g_autofree char *relative = g_build_filename ("inbox", profile->name, NULL);
  return store_join (store, relative);
}

static int
open_drop_folder (Store *store, const ConfigProfile *profile, GError **error)
{
  g_autofree char *relative = g_build_filename ("inbox", profile->name, NULL);
  if (!dk_make_dirs (store_dir (store), relative, error))
    return -1;
  return dk_open_dir (store_dir (store), relative, error);
}

Capture *
capture_new (Store *store, const Settings *settings, GError **error)
{
  g_autoptr (GPtrArray) watched = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < settings->profiles->len; i++)
    {
      const ConfigProfile *profile = g_ptr_array_index (settings->profiles, i);
      autofd dir = open_drop_folder (store, profile, error);
      if (dir < 0)
        return NULL;
      if (profile->inotify)
        g_ptr_array_add (watched, profile_path (store, profile));
    }
  g_ptr_array_add (watched, NULL);
  Capture *capture = g_new0 (Capture, 1);
  capture->store = store;
  capture->settings = settings;
  capture->ready = capture_ready_set_new ();
  capture->watch = capture_watch_new ((const char *const *)watched->pdata);
  return capture;
}

void
capture_free (Capture *capture)
{
  if (capture == NULL)
    return;
  capture_watch_free (capture->watch);
  capture_ready_set_free (capture->ready);
  g_free (capture);
}

int
capture_event_fd (Capture *capture)
{
  return capture->watch != NULL ? capture_watch_fd (capture->watch) : -1;
}

static void
look_again_after (Pass *pass, gint64 left_us)
{
  pass->scan->next_s = MIN (pass->scan->next_s, MAX (0.05, (double)left_us / G_USEC_PER_SEC));
}

static bool
is_ready (Pass *pass, const CaptureReady *ready, int fd)
{
  gint64 left_us = capture_ready_wait_us (ready, fd, pass->is_network);
  if (left_us > 0)
    look_again_after (pass, left_us);
  return left_us == 0;
}

/* --- taking --- */

/* A bad sector or a lost share is the file's own misfortune and no failure of the store. */
static bool
can_be_read (int fd)
{
  char chunk[65536];
  ssize_t n = -1;
  if (lseek (fd, 0, SEEK_SET) == 0)
    while ((n = read (fd, chunk, sizeof chunk)) > 0)
      ;
  return n == 0;
}

/* What a failure means for the pass: false ends it with *error; a full disk pauses it; all else leaves this file for
 * the next one. */
static bool
judge_failure (Pass *pass, int fd, const struct stat *st, GError *failure, GError **error)
{
  g_autoptr (GError) owned = failure;
  Limits limits = LIMITS_DEFAULT;
  pass->scan->waiting++;
  dk_log ("capture_wait", "inode=%" G_GUINT64_FORMAT " code=%d", (guint64)st->st_ino, owned->code);
  bool is_huge = (uint64_t)st->st_size > limits.file_bytes; /* that it does not fit says nothing about the others */
  if (g_error_matches (owned, DK_ERROR, DK_ERROR_FULL))
    pass->scan->paused = !is_huge;
  else if (owned->domain != DK_ERROR || (owned->code == DK_ERROR_FAILED && can_be_read (fd)))
    {
      g_propagate_error (error, g_steal_pointer (&owned));
      return false;
    }
  return true;
}

/* Lets the source go. False when it could not be removed: the next pass tries again. */
static bool
release (Pass *pass, CaptureReady *ready, int dir, const char *name, int fd, const struct stat *st)
{
  g_autoptr (GError) kept = NULL;
  if (capture_release_source (pass->capture->store, pass->profile, dir, name, fd, st, &kept))
    {
      if (faccessat (dir, name, F_OK, AT_SYMLINK_NOFOLLOW) < 0)
        capture_ready_set_drop (pass->capture->ready, ready);
      return true;
    }
  dk_log ("capture_release", "inode=%" G_GUINT64_FORMAT " code=%d", (guint64)st->st_ino, kept->code);
  return false;
}

/* A file that may still grow stays until it was silent for long. */
static bool
must_stay (Pass *pass, const CaptureReady *ready, Gate gate)
{
  gint64 left_us = pass->capture->keeps_none ? 0 : capture_ready_silence_us (ready, pass->is_network);
  if (left_us == 0 || gate != GATE_GROWING)
    return false;
  look_again_after (pass, left_us);
  return true;
}

/* Registers one ready file, and releases it unless it may grow. */
static bool
take_file (Pass *pass, CaptureReady *ready, int dir, const char *name, int fd, const struct stat *st, GError **error)
{
  Capture *capture = pass->capture;
  g_autofree char *shown = capture_name (name);
  StoreArrival arrival;
  StoreTaken taken;
  GError *failure = NULL;
  Gate gate
      = capture_ready_gate (fd, (uint64_t)st->st_size); /* what is whole has gone when it was taken: this is another */
  if (!capture_describe (capture->settings, pass->profile, pass->source, shown, st, DK_DAY_NONE, &arrival, &failure)
      || (gate != GATE_WHOLE
          && !capture_find_grown (capture->store, fd, capture_ready_receipt (ready), &arrival, &failure))
      || !capture_register (capture->store, fd, G_MAXINT64, &arrival, &taken, &failure))
    return judge_failure (pass, fd, st, failure, error);
  bool stays = must_stay (pass, ready, gate);
  if (stays)
    capture_ready_keep (ready, taken.receipt);
  else if (!release (pass, ready, dir, name, fd, st))
    {
      stays = true;
      pass->scan->waiting += taken.known;
    }
  if (stays && taken.known)
    return true; /* told once already */
  pass->scan->taken++;
  pass->scan->duplicates += taken.duplicate;
  if (pass->taken != NULL)
    pass->taken (&arrival, &taken, pass->data);
  return true;
}

/* A source that was kept since it might grow, and has not. */
static void
look_at_kept (Pass *pass, CaptureReady *ready, int dir, const char *name, const struct stat *seen)
{
  struct stat st;
  gint64 left_us = pass->capture->keeps_none ? 0 : capture_ready_silence_us (ready, pass->is_network);
  if (left_us > 0)
    {
      look_again_after (pass, left_us);
      return;
    }
  autofd fd = openat (dir, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
  if (fd >= 0 && fstat (fd, &st) == 0 && capture_same_state (seen, &st) && !capture_ready_has_writer (fd))
    release (pass, ready, dir, name, fd, &st);
}

static bool
look_at_file (Pass *pass, int dir, const char *name, const struct stat *seen, GError **error)
{
  struct stat st;
  CaptureReady *ready = capture_ready_set_note (pass->capture->ready, seen, pass->capture->pass);
  bool is_kept = capture_ready_is_kept (ready);
  if (is_kept)
    look_at_kept (pass, ready, dir, name, seen);
  if (is_kept || pass->capture->is_closing)
    return true;
  autofd fd = openat (dir, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
  if (fd < 0 || fstat (fd, &st) < 0 || !capture_same_state (seen, &st) || !is_ready (pass, ready, fd))
    {
      pass->scan->waiting++;
      return true;
    }
  return take_file (pass, ready, dir, name, fd, &st, error);
}

/* --- the folders --- */

static bool scan_folder (Pass *pass, int dir, unsigned depth, GError **error);

static bool
look_at_name (Pass *pass, int dir, const char *name, unsigned depth, GError **error)
{
  struct stat st;
  if (capture_release_is_leftover (name))
    {
      g_autoptr (GError) kept = NULL;
      if (!capture_release_leftover (pass->capture->store, pass->profile, pass->source, dir, name, &kept))
        dk_log ("capture_leftover", "code=%d", kept->code);
      return true;
    }
  CaptureEntry entry = capture_entry (dir, name, depth, &st);
  if (entry == CAPTURE_ENTRY_FILE)
    return look_at_file (pass, dir, name, &st, error);
  pass->scan->ignored += entry != CAPTURE_ENTRY_OTHERS && entry != CAPTURE_ENTRY_FOLDER;
  if (entry != CAPTURE_ENTRY_FOLDER)
    return true;
  autofd below = openat (dir, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  return below < 0 || scan_folder (pass, below, depth + 1, error);
}

static bool
scan_folder (Pass *pass, int dir, unsigned depth, GError **error)
{
  g_auto (GStrv) names = dk_list_dir (dir, ".", NULL);
  for (char **name = names; name != NULL && *name != NULL; name++)
    {
      if (pass->scan->paused)
        return true;
      if (pass->scan->taken > 0 && dk_monotonic_us () - pass->capture->pass_since_us > TAKING_US)
        {
          pass->capture->cut = true;
          pass->scan->next_s = 0;
          return true;
        }
      if (!look_at_name (pass, dir, *name, depth, error))
        return false;
    }
  return true;
}

static bool
scan_profile (Capture *capture, const ConfigProfile *profile, CaptureFunc taken, void *data, CaptureScan *scan,
              GError **error)
{
  g_autoptr (GError) gone = NULL;
  autofd dir = open_drop_folder (capture->store, profile, &gone);
  if (dir < 0)
    {
      dk_log ("capture_folder", "code=%d", gone->code); /* an unmounted share comes back; the others go on */
      return true;
    }
  g_autofree char *source = capture_source (profile);
  Pass pass = { capture, profile, source, dk_is_network_fs (dir), taken, data, scan };
  unsigned poll_s = pass.is_network ? POLL_NETWORK_S : capture->settings->poll_s;
  scan->next_s = MIN (scan->next_s, profile->poll_s > 0 ? profile->poll_s : poll_s);
  return scan_folder (&pass, dir, 0, error);
}

bool
capture_scan (Capture *capture, CaptureFunc taken, void *data, CaptureScan *scan, GError **error)
{
  *scan = (CaptureScan){ .next_s = 3600 };
  if (capture->watch != NULL)
    capture_watch_clear (capture->watch); /* before looking: what happens meanwhile is told again */
  capture->pass++;
  capture->pass_since_us = dk_monotonic_us ();
  capture->cut = false;
  const GPtrArray *profiles = capture->settings->profiles;
  for (guint i = 0; i < profiles->len && !scan->paused; i++)
    {
      guint turn = (capture->pass + i) % profiles->len; /* a folder that is always full must not starve the others */
      if (!scan_profile (capture, g_ptr_array_index (profiles, turn), taken, data, scan, error))
        return false;
    }
  if (!scan->paused && !capture->cut)
    capture_ready_set_forget (capture->ready, capture->pass);
  return true;
}

void
capture_keep_none (Capture *capture)
{
  capture->keeps_none = true;
}

bool
capture_close (Capture *capture, GError **error)
{
  CaptureScan scan;
  capture->keeps_none = capture->is_closing = true;
  return capture_scan (capture, NULL, NULL, &scan, error);
}
