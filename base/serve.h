/* base/serve.h - the worker's side of the worker protocol: one parent, one sandboxed child for each piece of work.
 *
 * docketd and its worker share a SOCK_SEQPACKET socket (packets: base/serve_packet.h). The first packet carries the
 * configuration, the worker answers with a hello, and from then on each request starts one child: with it come the
 * write end of a pipe for the child's records, then the descriptors it reads from. The child writes frames
 * (base/record.h) to the pipe and ends; when it is gone the parent sends a notice. The parent ends, with its children,
 * when the socket closes. */
#pragma once
#include "base/record.h"
#include "base/sandbox.h"

#define SERVE_MAX_FDS 9 /* the pipe and eight inputs */
typedef struct ServeOut ServeOut;
typedef struct
{
  const char *name;    /* "identify" */
  GVariant *arguments; /* a{sv}, from docketd */
  const int *fds;      /* open for reading, at offset 0 */
  unsigned n_fds;
  /* What the works before have found out, where they were others' (SERVE_AHEAD); else NULL. */
  const RecordFacts *facts;
  GBytes *pages; /* frames of the pages, which else are an input */
  Limits limits;
} ServeRequest;

/* Does one piece of work in the child. What it finds it emits; false with *error means a failure of ours (the piece is
 * tried again), a fault of the document is emitted as a RECORD_REFUSAL and true returned. */
typedef bool (*ServeFunc) (const ServeRequest *request, ServeOut *out, GError **error);
typedef struct
{
  const char *name;
  ServeFunc run;
  void (*prepare) (GVariant *arguments); /* called in the parent before the fork; or NULL */
} ServeWork;

/* Sends one record, small ones together with those that follow, up to the end of the work. Fails with LIMIT when
 * request->limits.output_bytes are used up. */
bool serve_emit (ServeOut *out, RecordType type, GBytes *payload, GError **error);
/* Sends a whole frame made by record_page_encode. */
bool serve_emit_frame (ServeOut *out, GBytes *frame, GError **error);

/* How a child ends that neither did its work (0) nor died. */
typedef enum
{
  SERVE_EXIT_FAILED = 10,  /* a failure of ours */
  SERVE_EXIT_MEMORY = 11,  /* no memory was left to it */
  SERVE_EXIT_LIMIT = 12,   /* output_bytes were used up */
  SERVE_EXIT_SANDBOX = 13, /* it could not be shut in, or asked for what is forbidden */
} ServeExit;

/* Serves requests on @socket with the NULL-named-terminated table @works until the socket closes. Everything that a
 * child may need (models, magic, fonts) is loaded or mapped before the fork. */
bool serve (int socket, const ServeWork *works, const Sandbox *sandbox, GError **error);

/* An argument of requests: where it is 1 the child gives way to all others. */
#define SERVE_BACKGROUND "background"
/* Another: works (as) that come next if the document has one page, which is no plain text. The child does these too,
 * each behind a RECORD_AHEAD, with the same arguments and descriptors, as long as no refusal leaves it without the
 * page: a fork less each. What becomes of them is no matter of the work that was asked for. */
#define SERVE_AHEAD "ahead"

/* Helpers for arguments. */
const char *serve_text (const ServeRequest *request, const char *key, const char *otherwise);
/* As the work before has told, else the argument "media_type". Lent. */
const char *serve_media_type (const ServeRequest *request);
int64_t serve_int (const ServeRequest *request, const char *key, int64_t otherwise);
/* A mapping of the whole of descriptor @index. Fails with LIMIT above limits.file_bytes. */
GBytes *serve_input (const ServeRequest *request, unsigned index, GError **error);
/* All page records that the work before has made, else those of descriptor @index, which holds their frames one after
 * the other. Of RecordPage. */
GPtrArray *serve_pages (const ServeRequest *request, unsigned index, GError **error);
