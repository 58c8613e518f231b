#include "capture/left.h"
#include "base/file.h"
#include "capture/entry.h"
#include "capture/ready.h"
#include "capture/take.h"
#include "store/receipt.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>

/* The walk through one drop folder. */
typedef struct
{
  Store *store;
  char *source; /* "drop:default" */
  GPtrArray *left;
} Walk;

const char *
capture_left_code (CaptureLeftWhy why)
{
  static const char *const codes[] = { "waits",      "written", "cut",       "empty",    "unreadable",
                                       "unfinished", "no_file", "file_name", "too_deep", "no_profile" };
  return codes[why];
}

static void
left_free (gpointer data)
{
  CaptureLeft *left = data;
  g_free (left->path);
  g_free (left);
}

static void
add (GPtrArray *all, const char *folder, const char *name, const struct stat *st, CaptureLeftWhy why)
{
  CaptureLeft *left = g_new0 (CaptureLeft, 1);
  *left = (CaptureLeft){ .path = g_build_filename (folder, name, NULL), .why = why, .since_s = st->st_mtim.tv_sec };
  g_ptr_array_add (all, left);
}

/* A source that is registered only waits for being released. */
static bool
is_registered (const Walk *walk, const struct stat *st)
{
  StoreArrival arrival = capture_key (walk->source, st);
  StoreTaken taken;
  bool known;
  return store_receipt_known (walk->store, &arrival, &known, &taken, NULL) && known;
}

static CaptureLeftWhy
why_entry (CaptureEntry entry)
{
  switch (entry)
    {
    case CAPTURE_ENTRY_UNFINISHED:
      return CAPTURE_LEFT_UNFINISHED;
    case CAPTURE_ENTRY_NO_FILE:
      return CAPTURE_LEFT_NO_FILE;
    case CAPTURE_ENTRY_FILE_NAME:
      return CAPTURE_LEFT_FILE_NAME;
    case CAPTURE_ENTRY_TOO_DEEP:
      return CAPTURE_LEFT_TOO_DEEP;
    default:
      return CAPTURE_LEFT_WAITS;
    }
}

static void
walk_folder (const Walk *walk, const char *path, int dir, unsigned depth)
{
  g_auto (GStrv) names = dk_list_dir (dir, ".", NULL);
  for (char **name = names; name != NULL && *name != NULL; name++)
    {
      struct stat st;
      CaptureEntry entry = capture_entry (dir, *name, depth, &st);
      if (entry == CAPTURE_ENTRY_FOLDER)
        {
          g_autofree char *below_path = g_build_filename (path, *name, NULL);
          autofd below = openat (dir, *name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
          if (below >= 0)
            walk_folder (walk, below_path, below, depth + 1);
        }
      else if (entry != CAPTURE_ENTRY_OTHERS && (entry != CAPTURE_ENTRY_FILE || !is_registered (walk, &st)))
        add (walk->left, path, *name, &st, why_entry (entry));
    }
}

/* Who drops a file beside the folders waits in vain. */
static void
add_without_profile (Store *store, const Settings *settings, GPtrArray *left)
{
  autofd dir = dk_open_dir (store_dir (store), "inbox", NULL);
  g_auto (GStrv) names = dir >= 0 ? dk_list_dir (dir, ".", NULL) : NULL;
  for (char **name = names; name != NULL && *name != NULL; name++)
    {
      struct stat st;
      if (settings_profile (settings, *name) == NULL && capture_entry (dir, *name, 0, &st) != CAPTURE_ENTRY_OTHERS)
        add (left, "inbox", *name, &st, CAPTURE_LEFT_NO_PROFILE);
    }
}

static bool
is_waiting (const CaptureLeft *left)
{
  return left->why <= CAPTURE_LEFT_UNREADABLE;
}

static int
by_need (gconstpointer a, gconstpointer b)
{
  const CaptureLeft *x = *(const CaptureLeft *const *)a, *y = *(const CaptureLeft *const *)b;
  if (is_waiting (x) != is_waiting (y))
    return is_waiting (x) - is_waiting (y);
  return x->since_s != y->since_s ? (x->since_s > y->since_s) - (x->since_s < y->since_s) : strcmp (x->path, y->path);
}

static CaptureLeftWhy
why_waits (Store *store, const char *path)
{
  struct stat st;
  autofd fd = openat (store_dir (store), path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
  if (fd < 0 || fstat (fd, &st) < 0)
    return errno == ENOENT ? CAPTURE_LEFT_WAITS /* taken meanwhile */ : CAPTURE_LEFT_UNREADABLE;
  if (capture_ready_has_writer (fd))
    return CAPTURE_LEFT_WRITTEN;
  if (st.st_size == 0)
    return CAPTURE_LEFT_EMPTY;
  return capture_ready_gate (fd, (uint64_t)st.st_size) == GATE_CUT ? CAPTURE_LEFT_CUT : CAPTURE_LEFT_WAITS;
}

GPtrArray *
capture_left (Store *store, const Settings *settings, unsigned opened)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (left_free);
  for (guint i = 0; i < settings->profiles->len; i++)
    {
      const ConfigProfile *profile = g_ptr_array_index (settings->profiles, i);
      g_autofree char *path = g_build_filename ("inbox", profile->name, NULL);
      g_autofree char *source = capture_source (profile);
      autofd dir = dk_open_dir (store_dir (store), path, NULL);
      const Walk walk = { store, source, all };
      if (dir >= 0)
        walk_folder (&walk, path, dir, 0);
    }
  add_without_profile (store, settings, all);
  g_ptr_array_sort (all, by_need);
  for (guint i = 0; i < all->len && opened > 0; i++)
    {
      CaptureLeft *left = all->pdata[i];
      if (left->why != CAPTURE_LEFT_WAITS)
        continue;
      left->why = why_waits (store, left->path);
      opened--;
    }
  return all;
}

unsigned
capture_left_waiting (const GPtrArray *left)
{
  unsigned waiting = 0;
  for (guint i = 0; i < left->len; i++)
    waiting += is_waiting (left->pdata[i]);
  return waiting;
}

unsigned
capture_waiting (Store *store, const Settings *settings)
{
  g_autoptr (GPtrArray) left = capture_left (store, settings, 0);
  return capture_left_waiting (left);
}
