#include "capture/release.h"
#include "base/fault.h"
#include "base/file.h"
#include "capture/ready.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#define PREFIX ".docket-"
#define SUFFIX ".release"
#define NAME_TRIES 1000

static int64_t
nanoseconds (struct timespec time)
{
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

static char *
release_name (const struct stat *st)
{
  return g_strdup_printf (PREFIX "%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "-%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT
                                 "-%" G_GINT64_FORMAT SUFFIX,
                          (guint64)st->st_dev, (guint64)st->st_ino, (gint64)st->st_size, nanoseconds (st->st_mtim),
                          nanoseconds (st->st_ctim));
}

/* The renaming itself changes the ctime, so it is left out. */
static bool
is_still (const struct stat *now, const struct stat *then)
{
  return now->st_dev == then->st_dev && now->st_ino == then->st_ino && now->st_size == then->st_size
         && nanoseconds (now->st_mtim) == nanoseconds (then->st_mtim);
}

/* Renames without ever replacing: @name, then "name (2)" and so on in @to. False with errno. */
static bool
rename_beside (int from, const char *name, int to, const char *wanted)
{
  const char *dot = strrchr (wanted, '.');
  int stem = dot != NULL && dot != wanted ? (int)(dot - wanted) : (int)strlen (wanted);
  for (int i = 1; i < NAME_TRIES; i++)
    {
      g_autofree char *other
          = i == 1 ? g_strdup (wanted) : g_strdup_printf ("%.*s (%d)%s", stem, wanted, i, wanted + stem);
      if (renameat2 (from, name, to, other, RENAME_NOREPLACE) == 0)
        return true;
      if (errno != EEXIST)
        return false;
    }
  return false;
}

/* taken/ may lie on another file system than a mounted drop folder, which then keeps its own. */
static bool
move_to_taken (Store *store, const ConfigProfile *profile, int dir, const char *name, const char *wanted,
               GError **error)
{
  g_autofree char *folder = g_build_filename ("taken", profile->name, NULL);
  if (!dk_make_dirs (store_dir (store), folder, error))
    return false;
  autofd taken = dk_open_dir (store_dir (store), folder, error);
  if (taken < 0)
    return false;
  if (rename_beside (dir, name, taken, wanted))
    return true;
  if (errno != EXDEV)
    return dk_throw_errno (error, "move a source to %s", folder);
  if (!dk_make_dirs (dir, ".taken", error))
    return false;
  autofd own = dk_open_dir (dir, ".taken", error);
  return own >= 0
         && (rename_beside (dir, name, own, wanted) || dk_throw_errno (error, "move a source to .taken beside it"));
}

static bool
let_go (Store *store, const ConfigProfile *profile, int dir, const char *name, const char *wanted, GError **error)
{
  if (profile->keep_taken)
    return move_to_taken (store, profile, dir, name, wanted, error);
  return unlinkat (dir, name, 0) == 0 || errno == ENOENT || dk_throw_errno (error, "remove a source that was taken");
}

bool
capture_release_source (Store *store, const ConfigProfile *profile, int dir, const char *name, int fd,
                        const struct stat *st, GError **error)
{
  struct stat now;
  g_autofree char *aside = release_name (st);
  dk_fault ("release: registered, source still there");
  if (renameat2 (dir, name, dir, aside, RENAME_NOREPLACE) < 0)
    return errno == ENOENT || dk_throw_errno (error, "set a source aside");
  dk_fault ("release: source set aside");
  if (fstatat (dir, aside, &now, AT_SYMLINK_NOFOLLOW) < 0)
    return errno == ENOENT || dk_throw_errno (error, "look at a source");
  if (is_still (&now, st) && !capture_ready_has_writer (fd))
    return let_go (store, profile, dir, aside, name, error);
  return rename_beside (dir, aside, dir, name) || dk_throw_errno (error, "give a changed source its name back");
}

bool
capture_release_is_leftover (const char *name)
{
  return g_str_has_prefix (name, PREFIX) && g_str_has_suffix (name, SUFFIX);
}

static bool
parse_release_name (const char *name, const char *source, StoreArrival *arrival)
{
  *arrival = (StoreArrival){ .source = source };
  return sscanf (name,
                 PREFIX "%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT
                        "-%" G_GINT64_FORMAT SUFFIX,
                 &arrival->device, &arrival->inode, &arrival->size, &arrival->mtime_ns, &arrival->ctime_ns)
         == 5;
}

bool
capture_release_leftover (Store *store, const ConfigProfile *profile, const char *source, int dir, const char *name,
                          GError **error)
{
  StoreArrival arrival;
  StoreTaken taken;
  struct stat st;
  bool known = false;
  if (fstatat (dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
    return errno == ENOENT || dk_throw_errno (error, "look at %s", name);
  bool matches = parse_release_name (name, source, &arrival) && S_ISREG (st.st_mode)
                 && (int64_t)st.st_ino == arrival.inode && st.st_size == arrival.size
                 && nanoseconds (st.st_mtim) == arrival.mtime_ns;
  if (matches && !store_receipt_known (store, &arrival, &known, &taken, error))
    return false;
  if (known)
    {
      g_autoptr (StoreReceipt) receipt = store_receipt_load (store, taken.receipt, error);
      return receipt != NULL && let_go (store, profile, dir, name, receipt->name, error);
    }
  g_autofree char *recovered = g_strdup_printf ("recovered-%" G_GUINT64_FORMAT, (guint64)st.st_ino);
  return rename_beside (dir, name, dir, recovered) || dk_throw_errno (error, "give %s back", name);
}
