#include "base/serve_child.h"
#include "base/file.h"
#include <fcntl.h>
#include <linux/close_range.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#define FIRST_FD 3
#define BACKGROUND_NICE 10
#define ASIDE_FD 128   /* above the sandbox's rules */
#define TOGETHER 16384 /* bytes that are written at once */

struct ServeOut
{
  int fd;
  uint64_t left; /* of limits.output_bytes */
  bool full;
  GByteArray *waiting; /* small records: docketd is not woken for each */
  GByteArray *pages;   /* frames of pages that were sent; NULL: nobody will ask for them */
  GBytes *facts;       /* that were sent, or NULL */
  bool refused;        /* a refusal was sent */
};

const ServeWork *
serve_find_work (const ServeWork *works, const char *name)
{
  while (works->name != NULL && strcmp (works->name, name) != 0)
    works++;
  return works->name != NULL ? works : NULL;
}

static bool
write_waiting (ServeOut *out, GError **error)
{
  bool written = dk_write_all (out->fd, out->waiting->data, out->waiting->len, error);
  g_byte_array_set_size (out->waiting, 0);
  return written;
}

static bool
emit (ServeOut *out, const void *head, gsize head_size, GBytes *body, GError **error)
{
  gsize size;
  const void *data = g_bytes_get_data (body, &size);
  if (out->full || head_size + size > out->left)
    {
      out->full = true;
      write_waiting (out, NULL);
      return dk_throw (error, DK_ERROR_LIMIT, "the records of one piece of work are too long");
    }
  out->left -= head_size + size;
  g_byte_array_append (out->waiting, head, (guint)head_size);
  if (out->waiting->len + size > TOGETHER)
    return write_waiting (out, error) && dk_write_all (out->fd, data, size, error);
  g_byte_array_append (out->waiting, data, (guint)size);
  return true;
}

/* What docketd acts upon at once; it stands behind all that came before. */
static bool
cannot_wait (RecordType type)
{
  return type == RECORD_PAGE_KEY || type == RECORD_AHEAD || type == RECORD_END;
}

bool
serve_emit (ServeOut *out, RecordType type, GBytes *payload, GError **error)
{
  g_assert (g_bytes_get_size (payload) <= UINT32_MAX);
  uint8_t head[RECORD_HEADER_BYTES];
  out->refused |= type == RECORD_REFUSAL;
  if (type == RECORD_FACTS && out->facts == NULL)
    out->facts = g_bytes_ref (payload);
  record_header_write (head, type, (uint32_t)g_bytes_get_size (payload));
  return emit (out, head, sizeof head, payload, error) && (!cannot_wait (type) || write_waiting (out, error));
}

bool
serve_emit_frame (ServeOut *out, GBytes *frame, GError **error)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (frame, &size);
  if (out->pages != NULL)
    g_byte_array_append (out->pages, bytes, (guint)size);
  return emit (out, "", 0, frame, error);
}

/* Descriptors 0 to 2 become /dev/null, the pipe and the inputs follow, all else but the sandbox's rules is closed: what
 * is open stays usable inside the sandbox. Sanitizers keep their standard error. */
static bool
order_descriptors (const ServeChild *child, int *ordered)
{
  autofd null = open ("/dev/null", O_RDWR | O_CLOEXEC);
  int aside[SERVE_MAX_FDS];
  for (unsigned i = 0; i < child->n_fds; i++)
    if ((aside[i] = fcntl (child->fds[i], F_DUPFD_CLOEXEC, ASIDE_FD)) < 0)
      return false;
  if (null < 0 || dup2 (null, STDIN_FILENO) < 0 || dup2 (null, STDOUT_FILENO) < 0)
    return false;
#ifndef DK_SANITIZED
  if (dup2 (null, STDERR_FILENO) < 0)
    return false;
#endif
  for (unsigned i = 0; i < child->n_fds; i++)
    if ((ordered[i] = dup2 (aside[i], FIRST_FD + (int)i)) < 0)
      return false;
  dk_steal_fd (&null); /* closed with the others, or taken by one of them */
  unsigned next = FIRST_FD + child->n_fds;
  int rules = sandbox_rules (child->sandbox);
  if (rules < 0)
    return syscall (SYS_close_range, next, ~0U, 0) == 0;
  return syscall (SYS_close_range, next, (unsigned)rules - 1, 0) == 0
         && syscall (SYS_close_range, (unsigned)rules + 1, ~0U, 0) == 0;
}

static void
out_of_memory (void)
{
  _exit (SERVE_EXIT_MEMORY);
}

/* What libraries say may be a document's text: it goes nowhere. GLib ends the process by an error message when it finds
 * no memory. */
static void
swallow_message (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
  (void)domain;
  (void)data;
  if ((level & G_LOG_LEVEL_ERROR) != 0 && message != NULL && strstr (message, "failed to allocate") != NULL)
    out_of_memory ();
}

/* A mapped input takes address space, but is no memory the child asks for. */
static Limits
with_inputs (const ServeChild *child, const int *fds)
{
  Limits limits = child->limits;
  for (unsigned i = 1; i < child->n_fds; i++)
    {
      struct stat info;
      if (fstat (fds[i], &info) == 0 && info.st_size > 0)
        limits.memory_bytes += MIN ((uint64_t)info.st_size, limits.file_bytes);
    }
  return limits;
}

/* False when the worker is gone already: then nobody would end this child. */
static bool
die_with (pid_t parent)
{
  return prctl (PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && getppid () == parent;
}

static bool
run (const ServeWork *work, ServeRequest *request, ServeOut *out, GError **error)
{
  request->name = work->name;
  serve_hook (work->name, request, out->fd);
  return work->run (request, out, error);
}

/* Hands what was found so far to the work that comes now. False when there is none for it. */
static bool
hand_over (ServeRequest *request, ServeOut *out)
{
  if (request->pages == NULL && out->pages->len > 0)
    request->pages = g_byte_array_free_to_bytes (g_steal_pointer (&out->pages));
  if (request->facts == NULL && out->facts != NULL)
    request->facts = record_facts_decode (out->facts, &request->limits, NULL);
  if (request->pages != NULL)
    return true;
  return !out->refused && request->facts != NULL && request->facts->pages == 1 && request->facts->paged;
}

static bool
run_ahead (const ServeChild *child, char **names, ServeRequest *request, ServeOut *out, GError **error)
{
  for (char **name = names; *name != NULL && hand_over (request, out); name++)
    {
      const ServeWork *next = serve_find_work (child->works, *name);
      g_autoptr (GBytes) said = g_bytes_new (*name, strlen (*name));
      if (!serve_emit (out, RECORD_AHEAD, said, error))
        return false;
      if (next == NULL)
        return dk_throw (error, DK_ERROR_INVALID, "there is no work %s", *name);
      if (!run (next, request, out, error))
        return false;
    }
  return true;
}

static int
work (const ServeChild *child, const int *fds)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ahead = NULL;
  ServeOut out = { .fd = fds[0], .left = child->limits.output_bytes, .waiting = g_byte_array_new () };
  ServeRequest request
      = { .arguments = child->arguments, .fds = fds + 1, .n_fds = child->n_fds - 1, .limits = child->limits };
  if (g_variant_lookup (child->arguments, SERVE_AHEAD, "^as", &ahead))
    out.pages = g_byte_array_new ();
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  if (run (child->work, &request, &out, &error) && (ahead == NULL || run_ahead (child, ahead, &request, &out, &error))
      && serve_emit (&out, RECORD_END, nothing, &error))
    return 0;
  return out.full ? SERVE_EXIT_LIMIT : SERVE_EXIT_FAILED;
}

_Noreturn void
serve_child (const ServeChild *child)
{
  int fds[SERVE_MAX_FDS];
  if (!die_with (child->parent) || !order_descriptors (child, fds))
    _exit (SERVE_EXIT_FAILED);
  signal (SIGPIPE, SIG_DFL);
  sigprocmask (SIG_SETMASK, child->signals, NULL);
  g_log_set_default_handler (swallow_message, NULL);
  sandbox_on_no_memory (out_of_memory);
  const ServeRequest asked = { .arguments = child->arguments };
  if (serve_int (&asked, SERVE_BACKGROUND, 0) != 0)
    setpriority (PRIO_PROCESS, 0, BACKGROUND_NICE);
  Limits limits = with_inputs (child, fds);
  if (!sandbox_enter (child->sandbox, &limits, NULL))
    _exit (SERVE_EXIT_SANDBOX);
  _exit (work (child, fds));
}
