#include "capture/watch.h"
#include "base/cleanup.h"
#include <fcntl.h>
#include <inotifytools/inotify.h>
#include <inotifytools/inotifytools.h>
#include <sys/eventfd.h>

#define WATCHED (IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_MOVE_SELF | IN_DELETE_SELF)
#define WAIT_S 1

struct CaptureWatch
{
  char **paths;
  int fd;
  GThread *thread;
  gint stop; /* atomic */
};

static void
tell (const CaptureWatch *watch)
{
  eventfd_write (watch->fd, 1);
}

/* Hidden names are ours or not ready; an event without a name is about the folder or a lost queue. */
static bool
is_of_interest (const struct inotify_event *event)
{
  return event->len == 0 || event->name[0] != '.';
}

/* A folder that was renamed or made anew has another inode: only a new watch sees it. */
static void
watch_again (const CaptureWatch *watch)
{
  for (char **path = watch->paths; *path != NULL; path++)
    {
      inotifytools_remove_watch_by_filename (*path);
      inotifytools_watch_file (*path, WATCHED);
    }
}

static gpointer
wait_for_events (gpointer data)
{
  CaptureWatch *watch = data;
  bool is_lost = false;
  while (!g_atomic_int_get (&watch->stop))
    {
      const struct inotify_event *event = inotifytools_next_event (WAIT_S);
      if (event != NULL && is_of_interest (event))
        tell (watch);
      if (event != NULL && (event->mask & (IN_MOVE_SELF | IN_DELETE_SELF | IN_IGNORED | IN_UNMOUNT)) != 0)
        is_lost = true;
      else if (event == NULL && is_lost)
        {
          watch_again (watch);
          is_lost = false;
          tell (watch);
        }
      if (event == NULL && inotifytools_error () != 0)
        g_usleep (WAIT_S * G_USEC_PER_SEC);
    }
  inotifytools_cleanup ();
  return NULL;
}

CaptureWatch *
capture_watch_new (const char *const *paths)
{
  if (paths[0] == NULL || !inotifytools_initialize ())
    return NULL;
  guint watched = 0;
  for (const char *const *path = paths; *path != NULL; path++)
    watched += inotifytools_watch_file (*path, WATCHED) != 0;
  autofd fd = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (watched == 0 || fd < 0)
    {
      inotifytools_cleanup ();
      return NULL;
    }
  CaptureWatch *watch = g_new0 (CaptureWatch, 1);
  watch->paths = g_strdupv ((char **)paths);
  watch->fd = dk_steal_fd (&fd);
  watch->thread = g_thread_new ("watch", wait_for_events, watch);
  return watch;
}

/* An event of our own ends the thread's wait, which else lasts a second. */
static void
wake (const CaptureWatch *watch)
{
  g_autofree char *path = g_build_filename (watch->paths[0], ".docket-wake", NULL);
  autofd fd = open (path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd >= 0)
    unlink (path);
}

void
capture_watch_free (CaptureWatch *watch)
{
  if (watch == NULL)
    return;
  g_atomic_int_set (&watch->stop, 1);
  wake (watch);
  g_thread_join (watch->thread);
  close (watch->fd);
  g_strfreev (watch->paths);
  g_free (watch);
}

int
capture_watch_fd (const CaptureWatch *watch)
{
  return watch->fd;
}

void
capture_watch_clear (CaptureWatch *watch)
{
  eventfd_t count;
  eventfd_read (watch->fd, &count);
}
