/* base/serve_packet.h - what docketd and its worker say to each other, one serialised GVariant a packet. */
#pragma once
#include "base/limits.h"
#include "base/record.h"
#include "base/serve.h"

#define SERVE_PACKET_BYTES 65536
#define SERVE_PACKET_FDS SERVE_MAX_FDS

typedef struct
{
  GBytes *bytes;
  int fds[SERVE_PACKET_FDS];
  unsigned n_fds;
} ServePacket;
/* Closes the descriptors that are still there. */
void serve_packet_clear (ServePacket *packet);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ServePacket, serve_packet_clear)

/* Sends one packet; the descriptors stay the caller's. Fails with BUSY when @wait is false and the socket is full,
 * LIMIT above SERVE_PACKET_BYTES, STALE when the other side has closed. */
bool serve_send (int socket, GBytes *bytes, const int *fds, unsigned n_fds, bool wait, GError **error);
/* The next packet, received descriptors close-on-exec. Waits at most @timeout_ms (-1: for ever, 0: not at all). Fails
 * with BUSY when there is none by then, STALE when the other side closed. */
bool serve_receive (int socket, int timeout_ms, ServePacket *packet, GError **error);

/* "(ts a{sv} limits)": start @work. An empty @work kills the child of @job. The floating @arguments are consumed. */
GBytes *serve_pack_request (uint64_t job, const char *work, GVariant *arguments, const Limits *limits);
typedef struct
{
  uint64_t job;
  char *work;
  GVariant *arguments;
  Limits limits;
} ServeOrder;
void serve_order_clear (ServeOrder *order);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ServeOrder, serve_order_clear)
bool serve_unpack_request (GBytes *bytes, ServeOrder *order, GError **error);

/* How a child ended. */
typedef struct
{
  uint64_t job;
  int status;         /* as wait(2) gives it */
  RecordCode stopped; /* TIMEOUT or MEMORY when the parent killed it for that, else NONE */
  uint64_t cpu_us, peak_bytes;
} ServeNotice;
GBytes *serve_pack_notice (const ServeNotice *notice);
bool serve_unpack_notice (GBytes *bytes, ServeNotice *notice, GError **error);

/* The worker's answer to the configuration: what the sandbox gives, and "" or why it cannot serve. */
GBytes *serve_pack_hello (const SandboxFacts *facts, const char *problem);
/* *@problem is owned by the caller. */
bool serve_unpack_hello (GBytes *bytes, SandboxFacts *facts, char **problem, GError **error);
