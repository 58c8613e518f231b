/* base/cleanup.h - autofd: a descriptor that closes itself. */
#pragma once
#include <glib.h>
#include <unistd.h>

static inline void
dk_close_fd (int *fd)
{
  if (*fd >= 0)
    close (*fd);
}
#define autofd __attribute__ ((cleanup (dk_close_fd))) int

/* Hands @fd on: the caller owns it now, and the variable holds -1. */
static inline int
dk_steal_fd (int *fd)
{
  int stolen = *fd;
  *fd = -1;
  return stolen;
}
