/* capture/watch.h - a hint that something happened in a drop folder, by libinotifytools. Inside capture only.
 *
 * The library has one instance a process, no descriptor and waits in whole seconds, so it lives in one thread, which
 * alone calls it. Whatever goes wrong there only makes the next scan later. */
#pragma once
#include "base/error.h"

typedef struct Watch Watch;
/* Watches the NULL-terminated folders @paths; NULL when there are none or the system gives no events. */
Watch *watch_new (const char *const *paths);
void watch_free (Watch *watch);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Watch, watch_free)
/* Readable after an event, until watch_clear. Lent. */
int watch_fd (const Watch *watch);
void watch_clear (Watch *watch);
