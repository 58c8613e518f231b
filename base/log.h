/* base/log.h - one line an event, numbers and codes only; never text, names or addresses from a document. */
#pragma once
#include <glib.h>

/* Writes "time=… event=@event " and the formatted key=value pairs to standard error in one write. Quiet until
 * dk_log_enable. The caller sees to it that no value comes from a document. */
void dk_log (const char *event, const char *format, ...) G_GNUC_PRINTF (2, 3);
void dk_log_enable (void);
