/* base/serve_child.h - the life of one child of the worker. Private to base/serve*.c. */
#pragma once
#include "base/serve.h"
#include <signal.h>

typedef struct
{
  const ServeWork *work, *works; /* the one, and the table of all */
  GVariant *arguments;
  Limits limits;
  const Sandbox *sandbox;
  const int *fds; /* the pipe, then the inputs */
  unsigned n_fds;
  pid_t parent;
  const sigset_t *signals; /* the mask to work with */
} ServeChild;
/* Orders the descriptors, shuts itself in, works and ends. To be called in the forked child. */
_Noreturn void serve_child (const ServeChild *child);

/* The work of @name; NULL when there is none. */
const ServeWork *serve_find_work (const ServeWork *works, const char *name);
/* Bytes in memory that process @pid may reach, for builds where no rlimit bounds it; 0 when it is gone. */
uint64_t serve_resident_bytes (pid_t pid);

#ifdef DK_TEST_HOOKS
/* Does in the child what DOCKET_TEST_HOOK asks for, so that tests see a hostile file from inside:
 * WORK:WHAT:NAME:MARKER, several parted by blanks. WHAT is open, connect, exec, loop, allocate, lie, crash or flood;
 * NAME is part of the argument "name" (where there is none, "received"), or empty; only an input whose bytes hold the
 * MARKER is hostile, which may be left out, and stands in DOCKET_TEST_HOOK_MARKER then, if anywhere. */
void serve_hook (const char *work, const ServeRequest *request, int out);
#else
#define serve_hook(work, request, out) ((void)0)
#endif
