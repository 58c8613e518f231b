#include "pipeline/worker_start.h"
#include "base/cleanup.h"
#include <fcntl.h>
#include <linux/close_range.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>

#define WORKER_SOCKET 3

/* Beside the running program, as in a build folder, of which a unit test is two folders below; else where `make
 * install` puts it. */
static char *
find_program (GError **error)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", error);
  if (self == NULL)
    return NULL;
  g_autofree char *folder = g_path_get_dirname (self);
  const char *places[] = { "docket-worker", "../libexec/docket/docket-worker", "../../docket-worker" };
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autofree char *path = g_build_filename (folder, places[i], NULL);
      if (g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
        return g_steal_pointer (&path);
    }
  dk_throw (error, DK_ERROR_NOT_FOUND, "docket-worker is neither in %s nor in ../libexec/docket", folder);
  return NULL;
}

/* Between fork and exec: system calls alone. */
static _Noreturn void
become_worker (const char *program, char **environment, int socket, pid_t parent, const sigset_t *none)
{
  char *const arguments[] = { (char *)program, (char *)"--socket", (char *)"3", NULL };
  if (prctl (PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) < 0 || getppid () != parent)
    _exit (127);
  signal (SIGPIPE, SIG_DFL);
  signal (SIGINT, SIG_IGN); /* Ctrl-C is docketd's matter: its end is the worker's end */
  sigprocmask (SIG_SETMASK, none, NULL);
  int null = open ("/dev/null", O_RDONLY);
  int high = fcntl (socket, F_DUPFD, WORKER_SOCKET + 1);
  if (null < 0 || high < 0 || dup2 (null, STDIN_FILENO) < 0 || dup2 (STDERR_FILENO, STDOUT_FILENO) < 0
      || dup2 (high, WORKER_SOCKET) < 0)
    _exit (127);
  syscall (SYS_close_range, WORKER_SOCKET + 1, ~0U, 0);
  execve (program, arguments, environment);
  _exit (127);
}

pid_t
worker_start (const char *program, int *socket, GError **error)
{
  g_autofree char *path = program != NULL ? g_strdup (program) : find_program (error);
  if (path == NULL)
    return -1;
  int ends[2];
  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) < 0)
    {
      dk_throw_errno (error, "make a socket for the worker");
      return -1;
    }
  autofd ours = ends[0];
  autofd theirs = ends[1];
  /* What libgomp reads before main: the worker would have to start itself again with it. */
  g_auto (GStrv) environment = g_environ_setenv (g_get_environ (), "OMP_THREAD_LIMIT", "1", TRUE);
  /* Large pages, of which glibc reads there too: half the time that the system spends on a child's memory. */
  environment = g_environ_setenv (g_steal_pointer (&environment), "GLIBC_TUNABLES", "glibc.malloc.hugetlb=1", FALSE);
  /* Functions of libraries are found once, for all children, and not by each child when it first calls them. */
  environment = g_environ_setenv (g_steal_pointer (&environment), "LD_BIND_NOW", "1", TRUE);
  sigset_t none;
  sigemptyset (&none);
  pid_t parent = getpid ();
  pid_t pid = fork ();
  if (pid == 0)
    become_worker (path, environment, theirs, parent, &none);
  if (pid < 0)
    dk_throw_errno (error, "start %s", path);
  else
    *socket = dk_steal_fd (&ours);
  return pid;
}
