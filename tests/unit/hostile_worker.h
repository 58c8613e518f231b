/* tests/unit/hostile_worker.h - a worker whose children do what no worker of ours does. The test program is that worker
 * when it is started with --socket. */
#pragma once
#include "base/file.h"
#include "base/serve.h"
#include "base/serve_packet.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define OUT_FD 3 /* where a child finds its pipe */

static inline bool
do_page (const ServeRequest *request, ServeOut *out, GError **error)
{
  g_autoptr (RecordPage) page = record_page_new ((unsigned)serve_int (request, "page", 1));
  g_autoptr (GBytes) frame = record_page_encode (page);
  return serve_emit_frame (out, frame, error);
}

/* As many bytes as there are pages. */
static inline bool
do_count (const ServeRequest *request, ServeOut *out, GError **error)
{
  g_autoptr (GPtrArray) pages = serve_pages (request, 0, error);
  g_autoptr (GBytes) bytes = pages != NULL ? g_bytes_new ("pages", pages->len) : NULL;
  return bytes != NULL && serve_emit (out, RECORD_BYTES, bytes, error);
}

static inline bool
do_refuse (const ServeRequest *request, ServeOut *out, GError **error)
{
  (void)request;
  g_autoptr (GBytes) payload = record_refusal_encode (RECORD_CODE_DAMAGED);
  return serve_emit (out, RECORD_REFUSAL, payload, error);
}

static inline bool
do_fail (const ServeRequest *request, ServeOut *out, GError **error)
{
  (void)request;
  (void)out;
  return dk_throw (error, DK_ERROR_FAILED, "out of luck");
}

static inline bool
do_open (const ServeRequest *request, ServeOut *out, GError **error)
{
  (void)request;
  (void)out;
  (void)error;
  return open ("/etc/passwd", O_RDONLY) < 0 && errno == EACCES;
}

static inline bool
do_connect (const ServeRequest *request, ServeOut *out, GError **error)
{
  (void)request;
  (void)out;
  (void)error;
  return socket (AF_INET, SOCK_STREAM, 0) >= 0;
}

static inline bool
do_exec (const ServeRequest *request, ServeOut *out, GError **error)
{
  (void)request;
  (void)out;
  (void)error;
  return execl ("/bin/true", "true", NULL) == 0;
}

static inline bool
do_loop (const ServeRequest *request, ServeOut *out, GError **error)
{
  (void)request;
  (void)out;
  (void)error;
  for (volatile int running = 1; running;)
    ;
  return true;
}

static inline bool
do_sleep (const ServeRequest *request, ServeOut *out, GError **error)
{
  (void)request;
  (void)out;
  (void)error;
  g_usleep (G_USEC_PER_SEC * 100);
  return true;
}

static inline bool
do_allocate (const ServeRequest *request, ServeOut *out, GError **error)
{
  (void)request;
  (void)out;
  (void)error;
  for (int i = 0; i < 160; i++)
    memset (g_malloc ((gsize)64 << 20), i, (gsize)64 << 20);
  return true;
}

static inline bool
do_crash (const ServeRequest *request, ServeOut *out, GError **error)
{
  (void)request;
  (void)out;
  (void)error;
  signal (SIGSEGV, SIG_DFL);
  return raise (SIGSEGV) != 0;
}

static inline bool
write_raw (const unsigned char *bytes, gsize size)
{
  return dk_write_all (OUT_FD, bytes, size, NULL);
}

static inline bool
do_lie (const ServeRequest *request, ServeOut *out, GError **error)
{
  (void)out;
  (void)error;
  bool huge = serve_int (request, "huge", 0) != 0;
  const unsigned char top = huge ? 0xFF : 0;
  const unsigned char frame[] = { 200, 0, top, top, RECORD_PAGE, 0, RECORD_VERSION, 0, 'l', 'i', 'e' };
  write_raw (frame, sizeof frame);
  _exit (0);
}

static inline bool
do_babble (const ServeRequest *request, ServeOut *out, GError **error)
{
  (void)request;
  (void)error;
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  return serve_emit (out, RECORD_END, nothing, NULL) && serve_emit (out, RECORD_BYTES, nothing, NULL);
}

static inline bool
do_flood (const ServeRequest *request, ServeOut *out, GError **error)
{
  (void)request;
  (void)out;
  (void)error;
  static unsigned char frame[RECORD_HEADER_BYTES + 65536] = { 0, 0, 1, 0, RECORD_BYTES, 0, RECORD_VERSION, 0 };
  while (write_raw (frame, sizeof frame))
    ;
  return true;
}

static inline bool
do_vanish (const ServeRequest *request, ServeOut *out, GError **error)
{
  (void)request;
  (void)out;
  (void)error;
  _exit (0);
}

static const ServeWork works[] = {
  { "page", do_page, NULL },   { "refuse", do_refuse, NULL },   { "fail", do_fail, NULL },
  { "open", do_open, NULL },   { "connect", do_connect, NULL }, { "exec", do_exec, NULL },
  { "loop", do_loop, NULL },   { "sleep", do_sleep, NULL },     { "allocate", do_allocate, NULL },
  { "crash", do_crash, NULL }, { "lie", do_lie, NULL },         { "babble", do_babble, NULL },
  { "flood", do_flood, NULL }, { "vanish", do_vanish, NULL },   { "count", do_count, NULL },
  { NULL, NULL, NULL },
};

static inline int
be_a_hostile_worker (int socket)
{
  SandboxFacts facts = sandbox_probe ();
  g_auto (ServePacket) first = { 0 };
  g_autoptr (Sandbox) sandbox = sandbox_new (NULL, NULL);
  if (sandbox == NULL || !serve_receive (socket, 10000, &first, NULL) || first.n_fds != 1)
    return 1;
  const char *problem = g_getenv ("TEST_WORKER_PROBLEM");
  g_autoptr (GBytes) hello = serve_pack_hello (&facts, problem != NULL ? problem : "");
  serve_send (socket, hello, NULL, 0, true, NULL);
  return serve (socket, works, sandbox, NULL) ? 0 : 1;
}
