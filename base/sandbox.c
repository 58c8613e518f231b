#include "base/sandbox.h"
#include "base/cleanup.h"
#include "base/sandbox_filter.h"
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>

struct Sandbox
{
  GBytes *filter;
  int rules; /* -1 without Landlock */
};

/* The kernel's struct as of ABI 6; headers of Debian 12 know the first member alone. */
typedef struct
{
  uint64_t handled_access_fs, handled_access_net, scoped;
} LandlockRules;
#define CHILD_FILES 64

static int
landlock_abi (void)
{
  long abi = syscall (SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  return abi > 0 ? (int)abi : 0;
}

static bool
can_isolate (void)
{
  pid_t child = fork ();
  if (child == 0)
    _exit (unshare (CLONE_NEWUSER | CLONE_NEWNET) == 0 ? 0 : 1);
  int status = 1;
  while (child > 0 && waitpid (child, &status, 0) < 0 && errno == EINTR)
    ;
  return child > 0 && status == 0;
}

SandboxFacts
sandbox_probe (void)
{
  uint32_t action = SECCOMP_RET_KILL_PROCESS;
  struct rlimit limit;
  return (SandboxFacts){
    .seccomp = syscall (SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0,
    .rlimits = getrlimit (RLIMIT_AS, &limit) == 0 && setrlimit (RLIMIT_AS, &limit) == 0,
    .no_new_privs = prctl (PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) >= 0,
    .landlock_abi = landlock_abi (),
    .namespaces = can_isolate (),
  };
}

bool
sandbox_is_sufficient (const SandboxFacts *facts)
{
  return facts->seccomp && facts->rlimits && facts->no_new_privs;
}

bool
sandbox_isolate (void)
{
  return unshare (CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC) == 0;
}

static int
new_rules (int abi, GError **error)
{
  /* A bit that the kernel does not know makes it refuse the whole. */
  unsigned bits = abi >= 5 ? 16 : abi >= 3 ? 15 : abi == 2 ? 14 : 13;
  LandlockRules rules = { .handled_access_fs = (UINT64_C (1) << bits) - 1,
                          .handled_access_net = abi >= 4 ? 3 : 0, /* bind and connect of TCP */
                          .scoped = abi >= 6 ? 3 : 0 };           /* abstract sockets and signals */
  size_t size = abi >= 6 ? sizeof rules : abi >= 4 ? 16 : 8;
  autofd low = (int)syscall (SYS_landlock_create_ruleset, &rules, size, 0);
  int fd = low < 0 ? -1 : fcntl (low, F_DUPFD_CLOEXEC, SANDBOX_RULES_FD);
  if (fd < 0)
    dk_throw_errno (error, "make Landlock rules");
  return fd;
}

/* A path that this machine lacks is left out: nothing to read there. */
static bool
allow_reading (int rules, const char *path, GError **error)
{
  autofd fd = open (path, O_PATH | O_CLOEXEC);
  struct stat info;
  if (fd < 0 || fstat (fd, &info) < 0)
    return true;
  uint64_t access = LANDLOCK_ACCESS_FS_READ_FILE | (S_ISDIR (info.st_mode) ? LANDLOCK_ACCESS_FS_READ_DIR : 0);
  struct landlock_path_beneath_attr rule = { .allowed_access = access, .parent_fd = fd };
  return syscall (SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) == 0
         || dk_throw_errno (error, "let Landlock read %s", path);
}

Sandbox *
sandbox_new (const char *const *read_only, GError **error)
{
  SandboxFacts facts = sandbox_probe ();
  if (!sandbox_is_sufficient (&facts))
    {
      dk_throw (error, DK_ERROR_FAILED, "this kernel lacks seccomp, rlimits or no_new_privs: nothing may be parsed");
      return NULL;
    }
  g_autoptr (Sandbox) sandbox = g_new0 (Sandbox, 1);
  sandbox->rules = facts.landlock_abi > 0 ? new_rules (facts.landlock_abi, error) : -1;
  if (facts.landlock_abi > 0 && sandbox->rules < 0)
    return NULL;
  for (const char *const *path = read_only; sandbox->rules >= 0 && path != NULL && *path != NULL; path++)
    if (!allow_reading (sandbox->rules, *path, error))
      return NULL;
  sandbox->filter = sandbox_filter_new (sandbox->rules >= 0, error);
  return sandbox->filter != NULL ? g_steal_pointer (&sandbox) : NULL;
}

void
sandbox_free (Sandbox *sandbox)
{
  if (sandbox == NULL)
    return;
  dk_close_fd (&sandbox->rules);
  g_clear_pointer (&sandbox->filter, g_bytes_unref);
  g_free (sandbox);
}

int
sandbox_rules (const Sandbox *sandbox)
{
  return sandbox->rules;
}

static bool
set_limit (int resource, uint64_t soft, uint64_t hard, GError **error)
{
  struct rlimit limit = { .rlim_cur = soft, .rlim_max = hard };
  return setrlimit (resource, &limit) == 0 || dk_throw_errno (error, "set resource limit %d", resource);
}

#ifdef DK_SANITIZED
/* Shadow memory takes terabytes of address space. */
static bool
limit_memory (const Limits *limits, GError **error)
{
  (void)limits;
  (void)error;
  return true;
}
#else
/* Models and libraries loaded before the fork are in the address space already and do not count. */
static bool
limit_memory (const Limits *limits, GError **error)
{
  autofd fd = open ("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  char text[128];
  ssize_t n = fd < 0 ? -1 : read (fd, text, sizeof text - 1);
  if (n <= 0)
    return dk_throw_errno (error, "read the size of the process");
  text[n] = '\0';
  uint64_t have = g_ascii_strtoull (text, NULL, 10) * (uint64_t)sysconf (_SC_PAGESIZE);
  return set_limit (RLIMIT_AS, have + limits->memory_bytes, have + limits->memory_bytes, error);
}
#endif

static bool
set_limits (const Limits *limits, GError **error)
{
  /* SIGXCPU at the soft limit; SIGKILL a second later for whoever holds it back. */
  return limit_memory (limits, error) && set_limit (RLIMIT_CPU, limits->cpu_s, limits->cpu_s + 1, error)
         && set_limit (RLIMIT_FSIZE, 0, 0, error) && set_limit (RLIMIT_NOFILE, CHILD_FILES, CHILD_FILES, error)
         && set_limit (RLIMIT_CORE, 0, 0, error) && set_limit (RLIMIT_MEMLOCK, 0, 0, error)
         && set_limit (RLIMIT_NPROC, 0, 0, error);
}

bool
sandbox_enter (const Sandbox *sandbox, const Limits *limits, GError **error)
{
  if (!set_limits (limits, error))
    return false;
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
    return dk_throw_errno (error, "give up new privileges");
  if (sandbox->rules >= 0)
    {
      if (syscall (SYS_landlock_restrict_self, sandbox->rules, 0) < 0)
        return dk_throw_errno (error, "enter Landlock");
      close (sandbox->rules);
    }
  return sandbox_filter_load (sandbox->filter, error);
}
