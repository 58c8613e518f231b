/* pipeline/worker_start.h - finds and starts the program docket-worker. Private to pipeline/worker*.c. */
#pragma once
#include "base/error.h"
#include <sys/types.h>

/* Starts @program, or docket-worker where it is found, with a socket of its own as descriptor 3; it dies with this
 * process. Our end goes to *@socket, owned by the caller. -1 on error; a program that cannot be run shows as a closed
 * socket. */
pid_t worker_start (const char *program, int *socket, GError **error);
