#include "base/fault.h"
#ifdef DK_FAULTS
#include <glib.h>
#include <signal.h>
#include <stdlib.h>

void
dk_fault (const char *what)
{
  static long crash_at = -1, passed;
  if (crash_at < 0)
    {
      const char *wanted = g_getenv ("DOCKET_CRASH_AT");
      crash_at = wanted != NULL ? strtol (wanted, NULL, 10) : 0;
    }
  if (++passed == crash_at)
    {
      g_printerr ("fault n=%ld point=\"%s\"\n", passed, what);
      raise (SIGKILL);
    }
}
#else
typedef int dk_fault_is_compiled_out; /* ISO C forbids an empty translation unit */
#endif
