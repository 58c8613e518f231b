#include "pipeline/wake.h"
#include "base/cleanup.h"
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

/* The address goes through /proc, since a store's path may be longer than a socket's name can be. */
static void
address_of (Store *store, struct sockaddr_un *address)
{
  *address = (struct sockaddr_un){ .sun_family = AF_UNIX };
  g_snprintf (address->sun_path, sizeof address->sun_path, "/proc/self/fd/%d/tmp/wake.sock", store_dir (store));
}

int
pipeline_wake_listen (Store *store)
{
  struct sockaddr_un address;
  autofd fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  address_of (store, &address);
  unlink (address.sun_path);
  if (fd < 0 || bind (fd, (const struct sockaddr *)&address, sizeof address) < 0)
    return -1;
  return dk_steal_fd (&fd);
}

void
pipeline_wake_drain (int fd)
{
  char byte;
  while (recv (fd, &byte, 1, MSG_DONTWAIT) >= 0)
    ;
}

void
pipeline_wake (Store *store)
{
  struct sockaddr_un address;
  autofd fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  address_of (store, &address);
  if (fd >= 0)
    (void)!sendto (fd, "!", 1, MSG_DONTWAIT | MSG_NOSIGNAL, (const struct sockaddr *)&address, sizeof address);
}
