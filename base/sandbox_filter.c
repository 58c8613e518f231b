#include "base/sandbox_filter.h"
#include "base/file.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#define FILTER_BYTES (UINT64_C (512) << 10)

/* What recognition, PDF, pictures and mail need, found by tracing them. Nothing here reaches another process, a socket
 * or a file by name. sysinfo is asked by qsort, clock_gettime where the clock has no vDSO; tgkill is abort()'s, and
 * bound to the child itself by the guard below. */
static const int allowed[] = {
  SCMP_SYS (read),
  SCMP_SYS (readv),
  SCMP_SYS (pread64),
  SCMP_SYS (write),
  SCMP_SYS (writev),
  SCMP_SYS (lseek),
  SCMP_SYS (close),
  SCMP_SYS (fstat),
  SCMP_SYS (fstatfs),
  SCMP_SYS (fadvise64),
  SCMP_SYS (dup),
  SCMP_SYS (mmap),
  SCMP_SYS (munmap),
  SCMP_SYS (mremap),
  SCMP_SYS (mprotect),
  SCMP_SYS (brk),
  SCMP_SYS (madvise),
  SCMP_SYS (futex),
  SCMP_SYS (clock_gettime),
  SCMP_SYS (clock_getres),
  SCMP_SYS (gettimeofday),
  SCMP_SYS (time),
  SCMP_SYS (clock_nanosleep),
  SCMP_SYS (nanosleep),
  SCMP_SYS (rt_sigreturn),
  SCMP_SYS (rt_sigprocmask),
  SCMP_SYS (rt_sigaction),
  SCMP_SYS (sigaltstack),
  SCMP_SYS (exit),
  SCMP_SYS (exit_group),
  SCMP_SYS (getpid),
  SCMP_SYS (getppid),
  SCMP_SYS (gettid),
  SCMP_SYS (tgkill),
  SCMP_SYS (getuid),
  SCMP_SYS (geteuid),
  SCMP_SYS (getgid),
  SCMP_SYS (getegid),
  SCMP_SYS (getrandom),
  SCMP_SYS (getrusage),
  SCMP_SYS (times),
  SCMP_SYS (sysinfo),
  SCMP_SYS (uname),
  SCMP_SYS (sched_yield),
  SCMP_SYS (restart_syscall),
  SCMP_SYS (sched_getaffinity),
};

/* What only asks about names: needed by fontconfig where files may be opened. */
static const int naming[] = {
  SCMP_SYS (stat),      SCMP_SYS (lstat),      SCMP_SYS (statfs),   SCMP_SYS (access),
  SCMP_SYS (faccessat), SCMP_SYS (faccessat2), SCMP_SYS (readlink), SCMP_SYS (readlinkat),
  SCMP_SYS (statx),     SCMP_SYS (open),       SCMP_SYS (openat),   SCMP_SYS (getdents64),
};

/* What libraries try on the way (a log, a cache, a scratch file) and can do without. */
static const int denied[] = {
  SCMP_SYS (creat),  SCMP_SYS (mkdir),   SCMP_SYS (mkdirat), SCMP_SYS (unlink),    SCMP_SYS (unlinkat),
  SCMP_SYS (rename), SCMP_SYS (link),    SCMP_SYS (linkat),  SCMP_SYS (renameat),  SCMP_SYS (chmod),
  SCMP_SYS (getcwd), SCMP_SYS (symlink), SCMP_SYS (openat2), SCMP_SYS (utimensat), SCMP_SYS (rmdir),
};

/* F_SETOWN would let a child send a signal to the worker that watches it. */
static const int fcntl_commands[] = { F_DUPFD, F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GET_SEALS };

static int
add_all (scmp_filter_ctx filter, uint32_t action, const int *calls, gsize count)
{
  int failed = 0;
  for (gsize i = 0; i < count && failed == 0; i++)
    failed = seccomp_rule_add (filter, action, calls[i], 0);
  return failed;
}

static int
add_fcntl (scmp_filter_ctx filter)
{
  int failed = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (fcntl_commands) && failed == 0; i++)
    failed = seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (fcntl), 1,
                               SCMP_A1_32 (SCMP_CMP_EQ, (uint32_t)fcntl_commands[i]));
  return failed;
}

static int
add_rules (scmp_filter_ctx filter, bool opening)
{
  int failed = seccomp_attr_set (filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
  failed = failed != 0 ? failed : add_all (filter, SCMP_ACT_ALLOW, allowed, G_N_ELEMENTS (allowed));
  uint32_t names = opening ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO (EACCES);
  failed = failed != 0 ? failed : add_all (filter, names, naming, G_N_ELEMENTS (naming));
  failed = failed != 0 ? failed : add_all (filter, SCMP_ACT_ERRNO (EACCES), denied, G_N_ELEMENTS (denied));
  failed = failed != 0 ? failed : add_fcntl (filter);
  /* glibc's fstat is newfstatat with an empty path. */
  failed = failed != 0 ? failed : seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (newfstatat), 0);
  /* stdio asks whether a device is a terminal. */
  failed = failed != 0 ? failed : seccomp_rule_add (filter, SCMP_ACT_ERRNO (ENOTTY), SCMP_SYS (ioctl), 0);
  /* Asking for a limit, of itself, is what sysconf and the sanitizers do; setting one is not. */
  return failed != 0 ? failed
                     : seccomp_rule_add (filter, SCMP_ACT_ALLOW, SCMP_SYS (prlimit64), 2, SCMP_A0_32 (SCMP_CMP_EQ, 0),
                                         SCMP_A2_64 (SCMP_CMP_EQ, 0));
}

static GBytes *
export_filter (scmp_filter_ctx filter, GError **error)
{
  autofd fd = memfd_create ("filter", MFD_CLOEXEC);
  if (fd < 0 || seccomp_export_bpf (filter, fd) < 0 || lseek (fd, 0, SEEK_SET) < 0)
    {
      dk_throw_errno (error, "compile the list of allowed system calls");
      return NULL;
    }
  return dk_read_fd (fd, FILTER_BYTES, error);
}

GBytes *
sandbox_filter_new (bool opening, GError **error)
{
  scmp_filter_ctx filter = seccomp_init (SCMP_ACT_KILL_PROCESS);
  GBytes *program = NULL;
  int failed = filter == NULL ? -ENOMEM : add_rules (filter, opening);
  if (failed != 0)
    dk_throw (error, DK_ERROR_FAILED, "make the list of allowed system calls: %s", g_strerror (-failed));
  else
    program = export_filter (filter, error);
  if (filter != NULL)
    seccomp_release (filter);
  return program;
}

static bool
load (const struct sock_fprog *program, GError **error)
{
  return syscall (SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, program) == 0
         || dk_throw_errno (error, "load the list of allowed system calls");
}

#if G_BYTE_ORDER == G_LITTLE_ENDIAN
#define LOW_WORD(n) (offsetof (struct seccomp_data, args) + 8 * (n))
#else
#define LOW_WORD(n) (offsetof (struct seccomp_data, args) + 8 * (n) + 4)
#endif
#define WRITING (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND | O_PATH | (O_TMPFILE & ~O_DIRECTORY))

/* What the allow list, compiled once for all children, cannot know or say: a signal goes to this process alone, and a
 * file is opened for reading alone. Of two filters the stricter answer holds, so a foreign architecture is the list's
 * matter. */
static bool
load_guard (GError **error)
{
  struct sock_filter code[] = {
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, offsetof (struct seccomp_data, nr)),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, SYS_tgkill, 0, 3),
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, LOW_WORD (0)),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)getpid (), 8, 0),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
#ifdef SYS_open
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, SYS_open, 0, 2),
#else
    BPF_JUMP (BPF_JMP | BPF_JA, 2, 0, 0),
#endif
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, LOW_WORD (1)),
    BPF_JUMP (BPF_JMP | BPF_JA, 2, 0, 0),
    BPF_JUMP (BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 3),
    BPF_STMT (BPF_LD | BPF_W | BPF_ABS, LOW_WORD (2)),
    BPF_JUMP (BPF_JMP | BPF_JSET | BPF_K, WRITING, 0, 1),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EACCES),
    BPF_STMT (BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  };
  return load (&(struct sock_fprog){ .len = G_N_ELEMENTS (code), .filter = code }, error);
}

bool
sandbox_filter_load (GBytes *program, GError **error)
{
  gsize size;
  const struct sock_filter *code = g_bytes_get_data (program, &size);
  struct sock_fprog list = { .len = (unsigned short)(size / sizeof *code), .filter = (struct sock_filter *)code };
  return load_guard (error) && load (&list, error);
}
