#include "base/serve_packet.h"
#include "base/cleanup.h"
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#define LIMITS_TYPE "(tutttuttuuuu)"
#define REQUEST_TYPE "(tsa{sv}" LIMITS_TYPE ")"
#define NOTICE_TYPE "(tiutt)"
#define HELLO_TYPE "(bbbibs)"

void
serve_packet_clear (ServePacket *packet)
{
  g_clear_pointer (&packet->bytes, g_bytes_unref);
  for (unsigned i = 0; i < packet->n_fds; i++)
    dk_close_fd (&packet->fds[i]);
  packet->n_fds = 0;
}

bool
serve_send (int socket, GBytes *bytes, const int *fds, unsigned n_fds, bool wait, GError **error)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  if (size > SERVE_PACKET_BYTES || n_fds > SERVE_PACKET_FDS)
    return dk_throw (error, DK_ERROR_LIMIT, "a packet of %" G_GSIZE_FORMAT " bytes and %u descriptors", size, n_fds);
  _Alignas(struct cmsghdr) char control[CMSG_SPACE (sizeof (int) * SERVE_PACKET_FDS)] = { 0 };
  struct iovec vector = { .iov_base = (void *)data, .iov_len = size };
  struct msghdr message = { .msg_iov = &vector, .msg_iovlen = 1 };
  if (n_fds > 0)
    {
      message.msg_control = control;
      message.msg_controllen = CMSG_SPACE (sizeof (int) * n_fds);
      struct cmsghdr *header = CMSG_FIRSTHDR (&message);
      header->cmsg_level = SOL_SOCKET;
      header->cmsg_type = SCM_RIGHTS;
      header->cmsg_len = CMSG_LEN (sizeof (int) * n_fds);
      memcpy (CMSG_DATA (header), fds, sizeof (int) * n_fds);
    }
  ssize_t sent;
  do
    sent = sendmsg (socket, &message, MSG_NOSIGNAL | (wait ? 0 : MSG_DONTWAIT));
  while (sent < 0 && errno == EINTR);
  if (sent < 0 && errno == EAGAIN)
    return dk_throw (error, DK_ERROR_BUSY, "the worker's socket is full");
  if (sent < 0 && (errno == EPIPE || errno == ECONNRESET))
    return dk_throw (error, DK_ERROR_STALE, "the other side has closed the socket");
  return sent >= 0 || dk_throw_errno (error, "send a packet");
}

static bool
wait_readable (int socket, int timeout_ms, GError **error)
{
  struct pollfd entry = { .fd = socket, .events = POLLIN };
  int ready;
  do
    ready = poll (&entry, 1, timeout_ms);
  while (ready < 0 && errno == EINTR);
  if (ready < 0)
    return dk_throw_errno (error, "wait for a packet");
  return ready > 0 || dk_throw (error, DK_ERROR_BUSY, "no packet has come");
}

static void
take_descriptors (struct msghdr *message, ServePacket *packet)
{
  for (struct cmsghdr *header = CMSG_FIRSTHDR (message); header != NULL; header = CMSG_NXTHDR (message, header))
    {
      if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS)
        continue;
      packet->n_fds = (unsigned)((header->cmsg_len - CMSG_LEN (0)) / sizeof (int));
      memcpy (packet->fds, CMSG_DATA (header), sizeof (int) * packet->n_fds);
    }
}

bool
serve_receive (int socket, int timeout_ms, ServePacket *packet, GError **error)
{
  if (!wait_readable (socket, timeout_ms, error))
    return false;
  g_autofree char *data = g_malloc (SERVE_PACKET_BYTES);
  _Alignas(struct cmsghdr) char control[CMSG_SPACE (sizeof (int) * SERVE_PACKET_FDS)];
  struct iovec vector = { .iov_base = data, .iov_len = SERVE_PACKET_BYTES };
  struct msghdr message
      = { .msg_iov = &vector, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control };
  ssize_t size = recvmsg (socket, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
  if (size < 0 && (errno == EAGAIN || errno == EINTR))
    return dk_throw (error, DK_ERROR_BUSY, "no packet has come");
  if (size == 0 || (size < 0 && errno == ECONNRESET))
    return dk_throw (error, DK_ERROR_STALE, "the other side closed the socket");
  if (size < 0)
    return dk_throw_errno (error, "receive a packet");
  take_descriptors (&message, packet);
  if (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC))
    {
      serve_packet_clear (packet);
      return dk_throw (error, DK_ERROR_LIMIT, "a packet larger than %d bytes or %d descriptors", SERVE_PACKET_BYTES,
                       SERVE_PACKET_FDS);
    }
  packet->bytes = g_bytes_new (data, (gsize)size);
  return true;
}

/* Both ends run on one machine: the byte order is its own. */
static GBytes *
pack (GVariant *value)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (value);
  return g_variant_get_data_as_bytes (owned);
}

static GVariant *
unpack (GBytes *bytes, const char *type, GError **error)
{
  g_autoptr (GVariant) value = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (type), bytes, FALSE));
  if (g_variant_is_normal_form (value))
    return g_steal_pointer (&value);
  dk_throw (error, DK_ERROR_INVALID, "a packet that is not of type %s", type);
  return NULL;
}

GBytes *
serve_pack_request (uint64_t job, const char *work, GVariant *arguments, const Limits *limits)
{
  const Limits none = { 0 };
  const Limits *l = limits != NULL ? limits : &none;
  GVariant *packed
      = g_variant_new (LIMITS_TYPE, l->file_bytes, l->pages, l->pixels, l->bilevel_pixels, l->text_bytes, l->words,
                       l->output_bytes, l->memory_bytes, l->cpu_s, l->wall_s, l->barcodes, l->decisions);
  if (arguments == NULL)
    arguments = g_variant_new_array (G_VARIANT_TYPE ("{sv}"), NULL, 0);
  return pack (g_variant_new ("(ts@a{sv}@" LIMITS_TYPE ")", job, work, arguments, packed));
}

void
serve_order_clear (ServeOrder *order)
{
  g_clear_pointer (&order->work, g_free);
  g_clear_pointer (&order->arguments, g_variant_unref);
}

bool
serve_unpack_request (GBytes *bytes, ServeOrder *order, GError **error)
{
  g_autoptr (GVariant) value = unpack (bytes, REQUEST_TYPE, error);
  if (value == NULL)
    return false;
  Limits *l = &order->limits;
  g_variant_get (value, "(ts@a{sv}" LIMITS_TYPE ")", &order->job, &order->work, &order->arguments, &l->file_bytes,
                 &l->pages, &l->pixels, &l->bilevel_pixels, &l->text_bytes, &l->words, &l->output_bytes,
                 &l->memory_bytes, &l->cpu_s, &l->wall_s, &l->barcodes, &l->decisions);
  return true;
}

GBytes *
serve_pack_notice (const ServeNotice *notice)
{
  return pack (g_variant_new (NOTICE_TYPE, notice->job, (gint32)notice->status, (guint32)notice->stopped,
                              notice->cpu_us, notice->peak_bytes));
}

bool
serve_unpack_notice (GBytes *bytes, ServeNotice *notice, GError **error)
{
  g_autoptr (GVariant) value = unpack (bytes, NOTICE_TYPE, error);
  if (value == NULL)
    return false;
  gint32 status;
  guint32 stopped;
  g_variant_get (value, NOTICE_TYPE, &notice->job, &status, &stopped, &notice->cpu_us, &notice->peak_bytes);
  notice->status = status;
  notice->stopped = stopped;
  return true;
}

GBytes *
serve_pack_hello (const SandboxFacts *facts, const char *problem)
{
  return pack (g_variant_new (HELLO_TYPE, (gboolean)facts->seccomp, (gboolean)facts->rlimits,
                              (gboolean)facts->no_new_privs, (gint32)facts->landlock_abi, (gboolean)facts->namespaces,
                              problem));
}

bool
serve_unpack_hello (GBytes *bytes, SandboxFacts *facts, char **problem, GError **error)
{
  g_autoptr (GVariant) value = unpack (bytes, HELLO_TYPE, error);
  if (value == NULL)
    return false;
  gboolean seccomp, rlimits, no_new_privs, namespaces;
  gint32 abi;
  g_variant_get (value, HELLO_TYPE, &seccomp, &rlimits, &no_new_privs, &abi, &namespaces, problem);
  *facts = (SandboxFacts){ seccomp, rlimits, no_new_privs, abi, namespaces };
  return true;
}
