#include "base/log.h"
#include "base/clock.h"
#include <unistd.h>

static bool enabled;

void
dk_log_enable (void)
{
  enabled = true;
}

void
dk_log (const char *event, const char *format, ...)
{
  if (!enabled)
    return;
  g_autofree char *when = dk_time_format (dk_now_us ());
  va_list args;
  va_start (args, format);
  g_autofree char *pairs = g_strdup_vprintf (format, args);
  va_end (args);
  g_autofree char *line = g_strdup_printf ("time=%s event=%s %s\n", when, event, pairs);
  if (write (STDERR_FILENO, line, strlen (line)) < 0)
    return; /* nobody listens: a log must not stop the work */
}
