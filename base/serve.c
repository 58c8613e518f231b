#include "base/serve.h"
#include "base/cleanup.h"
#include "base/clock.h"
#include "base/serve_child.h"
#include "base/serve_packet.h"
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>

/* While children run, limits of time (and of memory, where no rlimit does it) are looked at this often. */
#ifdef DK_SANITIZED
#define TICK_MS 20
#else
#define TICK_MS 200
#endif

typedef struct
{
  pid_t pid;
  uint64_t job;
  int64_t deadline_us;     /* monotonic */
  uint64_t resident_bytes; /* allowed, where no rlimit bounds memory */
  RecordCode stopped;
} Child;

typedef struct
{
  int socket;
  int signals; /* signalfd of SIGCHLD */
  const ServeWork *works;
  const Sandbox *sandbox;
  sigset_t mask; /* before serve */
  GArray *children;
} Serve;

static bool
send_notice (Serve *self, const ServeNotice *notice, GError **error)
{
  g_autoptr (GBytes) bytes = serve_pack_notice (notice);
  return serve_send (self->socket, bytes, NULL, 0, true, error);
}

static void
note_child (Serve *self, pid_t pid, const ServeOrder *order)
{
  Child child = { .pid = pid,
                  .job = order->job,
                  .deadline_us = dk_monotonic_us () + order->limits.wall_s * INT64_C (1000000),
                  /* Twice, since sanitizers keep freed memory for a while and a note of every byte. */
                  .resident_bytes = serve_resident_bytes (getpid ()) + 2 * order->limits.memory_bytes };
  g_array_append_val (self->children, child);
}

static bool
start_child (Serve *self, const ServeOrder *order, const ServePacket *packet, GError **error)
{
  const ServeWork *work = serve_find_work (self->works, order->work);
  bool good = work != NULL && packet->n_fds > 0;
  pid_t parent = getpid ();
  if (good && work->prepare != NULL)
    work->prepare (order->arguments);
  pid_t pid = good ? fork () : -1;
  if (pid == 0)
    serve_child (&(ServeChild){ .work = work,
                                .works = self->works,
                                .arguments = order->arguments,
                                .limits = order->limits,
                                .sandbox = self->sandbox,
                                .fds = packet->fds,
                                .n_fds = packet->n_fds,
                                .parent = parent,
                                .signals = &self->mask });
  if (pid < 0)
    return send_notice (self, &(ServeNotice){ .job = order->job, .status = W_EXITCODE (SERVE_EXIT_FAILED, 0) }, error);
  note_child (self, pid, order);
  return true;
}

static void
stop_child (Child *child, RecordCode why)
{
  if (child->stopped == RECORD_CODE_NONE)
    child->stopped = why;
  kill (child->pid, SIGKILL);
}

static void
kill_job (Serve *self, uint64_t job)
{
  for (guint i = 0; i < self->children->len; i++)
    if (g_array_index (self->children, Child, i).job == job)
      stop_child (&g_array_index (self->children, Child, i), RECORD_CODE_NONE);
}

/* False, with no error, when docketd is gone. */
static bool
take_request (Serve *self, GError **error)
{
  g_autoptr (GError) failed = NULL;
  g_auto (ServePacket) packet = { 0 };
  g_auto (ServeOrder) order = { 0 };
  if (!serve_receive (self->socket, 0, &packet, &failed))
    {
      if (g_error_matches (failed, DK_ERROR, DK_ERROR_BUSY))
        return true;
      if (!g_error_matches (failed, DK_ERROR, DK_ERROR_STALE))
        g_propagate_error (error, g_steal_pointer (&failed));
      return false;
    }
  if (!serve_unpack_request (packet.bytes, &order, error))
    return false;
  if (*order.work != '\0')
    return start_child (self, &order, &packet, error);
  kill_job (self, order.job);
  return true;
}

static bool
report_child (Serve *self, guint index, int status, const struct rusage *usage, GError **error)
{
  const Child *child = &g_array_index (self->children, Child, index);
  const struct timeval *user = &usage->ru_utime, *system = &usage->ru_stime;
  ServeNotice notice
      = { .job = child->job,
          .status = status,
          .stopped = child->stopped,
          .cpu_us = (uint64_t)(user->tv_sec + system->tv_sec) * 1000000 + (uint64_t)(user->tv_usec + system->tv_usec),
          .peak_bytes = (uint64_t)usage->ru_maxrss * 1024 };
  g_array_remove_index_fast (self->children, index);
  return send_notice (self, &notice, error);
}

static bool
reap (Serve *self, GError **error)
{
  struct signalfd_siginfo info[16];
  while (read (self->signals, info, sizeof info) > 0)
    ;
  struct rusage usage;
  int status;
  pid_t pid;
  while ((pid = wait4 (-1, &status, WNOHANG, &usage)) > 0)
    for (guint i = 0; i < self->children->len; i++)
      if (g_array_index (self->children, Child, i).pid == pid)
        {
          if (!report_child (self, i, status, &usage, error))
            return false;
          break;
        }
  return true;
}

uint64_t
serve_resident_bytes (pid_t pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/statm", (int)pid);
  g_autofree char *text = NULL;
  unsigned long total, resident;
  if (!g_file_get_contents (path, &text, NULL, NULL) || sscanf (text, "%lu %lu", &total, &resident) != 2)
    return 0;
  return (uint64_t)resident * (uint64_t)sysconf (_SC_PAGESIZE);
}

static void
watch (Serve *self)
{
  for (guint i = 0; i < self->children->len; i++)
    {
      Child *child = &g_array_index (self->children, Child, i);
      if (dk_monotonic_us () > child->deadline_us)
        stop_child (child, RECORD_CODE_TIMEOUT);
#ifdef DK_SANITIZED
      else if (serve_resident_bytes (child->pid) > child->resident_bytes)
        stop_child (child, RECORD_CODE_MEMORY);
#endif
    }
}

static bool
serve_loop (Serve *self, GError **error)
{
  for (;;)
    {
      struct pollfd fds[] = { { .fd = self->socket, .events = POLLIN }, { .fd = self->signals, .events = POLLIN } };
      if (poll (fds, G_N_ELEMENTS (fds), self->children->len > 0 ? TICK_MS : -1) < 0 && errno != EINTR)
        return dk_throw_errno (error, "wait for requests");
      if (fds[1].revents != 0 && !reap (self, error))
        return false;
      g_autoptr (GError) failed = NULL;
      if (fds[0].revents != 0 && !take_request (self, &failed))
        {
          if (failed == NULL)
            return true;
          g_propagate_error (error, g_steal_pointer (&failed));
          return false;
        }
      watch (self);
    }
}

static void
end_children (Serve *self)
{
  for (guint i = 0; i < self->children->len; i++)
    kill (g_array_index (self->children, Child, i).pid, SIGKILL);
  for (guint i = 0; i < self->children->len; i++)
    while (waitpid (g_array_index (self->children, Child, i).pid, NULL, 0) < 0 && errno == EINTR)
      ;
  g_array_unref (self->children);
}

bool
serve (int socket, const ServeWork *works, const Sandbox *sandbox, GError **error)
{
  Serve self = { .socket = socket, .works = works, .sandbox = sandbox };
  sigset_t child_ended;
  sigemptyset (&child_ended);
  sigaddset (&child_ended, SIGCHLD);
  sigprocmask (SIG_BLOCK, &child_ended, &self.mask);
  autofd signals = signalfd (-1, &child_ended, SFD_CLOEXEC | SFD_NONBLOCK);
  if (signals < 0)
    return dk_throw_errno (error, "watch for the end of children");
  self.signals = signals;
  self.children = g_array_new (FALSE, FALSE, sizeof (Child));
  bool served = serve_loop (&self, error);
  end_children (&self);
  sigprocmask (SIG_SETMASK, &self.mask, NULL);
  return served;
}
