/* base/fault.h - numbered crash points, so that tests can kill a program between any two durable steps. */
#pragma once

/* Marks a point where a crash leaves an interesting state; @what describes it for the log. In builds with -DDK_FAULTS
 * the program kills itself (SIGKILL) at the n-th point it passes when the environment says DOCKET_CRASH_AT=n, counted
 * over the process; in other builds it costs nothing. */
#ifdef DK_FAULTS
void dk_fault (const char *what);
#else
#define dk_fault(what) ((void)0)
#endif
