/* capture/watch.h - a hint that something happened in a drop folder, by libinotifytools. Inside capture only.
 *
 * The library has one instance a process, no descriptor and waits in whole seconds, so it lives in one thread, which
 * alone calls it. Whatever goes wrong there only makes the next scan later. */
#pragma once
#include "base/error.h"

typedef struct CaptureWatch CaptureWatch;
/* Watches the NULL-terminated folders @paths; NULL when there are none or the system gives no events. */
CaptureWatch *capture_watch_new (const char *const *paths);
void capture_watch_free (CaptureWatch *watch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CaptureWatch, capture_watch_free)
/* Readable after an event, until capture_watch_clear. Lent. */
int capture_watch_fd (const CaptureWatch *watch);
void capture_watch_clear (CaptureWatch *watch);
