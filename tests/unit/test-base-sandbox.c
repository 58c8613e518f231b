#include "base/sandbox.h"
#include "base/sandbox_filter.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *const read_only[] = { "/usr/share/zoneinfo", "/nonexistent", NULL };

/* Runs @act in a child of its own inside the sandbox; its exit status, or minus the signal that ended it. */
static int
inside (int (*act) (void))
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Sandbox) sandbox = sandbox_new (read_only, &error);
  g_assert_no_error (error);
  Limits limits = LIMITS_DEFAULT;
  limits.cpu_s = 1;
  limits.memory_bytes = UINT64_C (256) << 20;
  pid_t child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    _exit (sandbox_enter (sandbox, &limits, NULL) ? act () : 99);
  int status;
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  return WIFSIGNALED (status) ? -WTERMSIG (status) : WEXITSTATUS (status);
}

static int
open_passwd (void)
{
  return open ("/etc/passwd", O_RDONLY) < 0 ? errno : 0;
}

static void
test_opening_a_file_is_refused (void)
{
  g_assert_cmpint (inside (open_passwd), ==, EACCES);
}

static int
open_zone (void)
{
  return open ("/usr/share/zoneinfo/UTC", O_RDONLY) < 0 ? errno : 0;
}

static void
test_a_file_below_a_read_only_folder_can_be_opened_where_landlock_is (void)
{
  g_assert_cmpint (inside (open_zone), ==, sandbox_probe ().landlock_abi > 0 ? 0 : EACCES);
}

static int
open_for_writing (void)
{
  const int flags[] = { O_WRONLY, O_RDWR, O_RDONLY | O_TRUNC, O_CREAT | O_EXCL, O_PATH };
  for (gsize i = 0; i < G_N_ELEMENTS (flags); i++)
    if (open ("/usr/share/zoneinfo/UTC", flags[i], 0600) >= 0 || errno != EACCES)
      return (int)i + 1;
  return 0;
}

static void
test_a_read_only_file_cannot_be_opened_otherwise (void)
{
  g_assert_cmpint (inside (open_for_writing), ==, 0);
}

static void
test_without_landlock_no_file_can_be_opened_or_seen (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) filter = sandbox_filter_new (false, &error);
  g_assert_no_error (error);
  pid_t child = fork ();
  if (child == 0)
    {
      prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
      if (!sandbox_filter_load (filter, NULL))
        _exit (1);
      bool refused = open ("/usr/share/zoneinfo/UTC", O_RDONLY) < 0 && errno == EACCES;
      _exit (refused && access ("/etc/passwd", F_OK) < 0 && errno == EACCES ? 0 : 2);
    }
  int status;
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
}

static int
make_socket (void)
{
  return socket (AF_INET, SOCK_STREAM, 0) < 0 ? errno : 0;
}

static int
execute (void)
{
  return execl ("/bin/true", "true", NULL);
}

static int
make_child (void)
{
  return fork () < 0 ? errno : 0;
}

static int
kill_parent (void)
{
  return kill (getppid (), SIGCONT) < 0 ? errno : 0;
}

static int
kill_parent_by_thread (void)
{
  return tgkill (getppid (), getppid (), SIGCONT) < 0 ? errno : 0;
}

static void
test_network_programs_children_and_signals_end_with_sigsys (void)
{
  g_assert_cmpint (inside (make_socket), ==, -SIGSYS);
  g_assert_cmpint (inside (execute), ==, -SIGSYS);
  g_assert_cmpint (inside (make_child), ==, -SIGSYS);
  g_assert_cmpint (inside (kill_parent), ==, -SIGSYS);
  g_assert_cmpint (inside (kill_parent_by_thread), ==, -SIGSYS);
}

static int
give_up (void)
{
  signal (SIGABRT, SIG_DFL);
  abort ();
}

static void
test_an_abort_stays_an_abort (void)
{
  g_assert_cmpint (inside (give_up), ==, -SIGABRT);
}

static int
loop (void)
{
  for (volatile unsigned n = 0; n<2; n = n> 0 ? 1 : n + 1)
    ;
  return 0;
}

static void
test_a_loop_ends_by_the_limit_of_cpu_time (void)
{
  g_assert_cmpint (inside (loop), ==, -SIGXCPU);
}

#ifndef DK_SANITIZED /* sanitized builds bound memory from outside */
static int
allocate (void)
{
  for (int i = 0; i < 160; i++)
    {
      volatile char *block = malloc ((size_t)64 << 20);
      if (block == NULL)
        return 5;
      block[0] = 1;
    }
  return 0;
}

static void
test_ten_gigabytes_are_not_had (void)
{
  g_assert_cmpint (inside (allocate), ==, 5);
}
#endif

static int
compare (const void *a, const void *b)
{
  return *(const int *)a - *(const int *)b;
}

static int
work (void)
{
  static int numbers[300000];
  for (int i = 0; i < 300000; i++)
    numbers[i] = (int)(i * INT64_C (7919) % 300007);
  qsort (numbers, 300000, sizeof *numbers, compare);
  g_autofree char *text = g_strdup_printf ("%d", numbers[1]);
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  return numbers[0] == 0 && *text != '\0' && now != NULL ? 0 : 1;
}

static void
test_sorting_memory_and_clocks_work_inside (void)
{
  g_assert_cmpint (inside (work), ==, 0);
}

static void
test_required_parts_are_required (void)
{
  SandboxFacts facts = { .seccomp = true, .rlimits = true, .no_new_privs = true };
  g_assert_true (sandbox_is_sufficient (&facts));
  facts.seccomp = false;
  g_assert_false (sandbox_is_sufficient (&facts));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) g_test_add_func ("/base/sandbox/" #name, test_##name)
  TEST (opening_a_file_is_refused);
  TEST (a_file_below_a_read_only_folder_can_be_opened_where_landlock_is);
  TEST (a_read_only_file_cannot_be_opened_otherwise);
  TEST (without_landlock_no_file_can_be_opened_or_seen);
  TEST (network_programs_children_and_signals_end_with_sigsys);
  TEST (an_abort_stays_an_abort);
  TEST (a_loop_ends_by_the_limit_of_cpu_time);
#ifndef DK_SANITIZED
#ifndef DK_SANITIZED
  TEST (ten_gigabytes_are_not_had);
#endif
#endif
  TEST (sorting_memory_and_clocks_work_inside);
  TEST (required_parts_are_required);
  return g_test_run ();
}
