/* pipeline/worker_job.h - one piece of work under way: its bytes come in, bounded, and end in a verdict. Private to
 * pipeline/worker*.c. */
#pragma once
#include "base/serve_packet.h"
#include "pipeline/result.h"

typedef struct
{
  uint64_t id;
  Limits limits;
  int pipe; /* non-blocking; -1 after its end */
  int64_t started_us;
  uint64_t received_bytes;
  GByteArray *frame; /* what has come of the frame under way */
  uint32_t length;   /* of its payload, once the header is there */
  RecordType type;
  bool ended;       /* RECORD_END was seen */
  RecordCode fault; /* why docketd stopped it, else NONE */
  bool to_kill;     /* the worker is to be asked */
  bool key_told;    /* docketd has been told of the key that came */
  bool forgotten;   /* nobody waits for the result */
  bool noticed;     /* @notice is there: the child is gone */
  ServeNotice notice;
  GBytes *key;            /* of the page, where the child told it */
  PipelineResult *result; /* of the work that was asked for */
  PipelineResult *next;   /* of the work ahead that is under way; NULL while there is none */
  bool answered;          /* the work that was asked for was done whole, whatever comes behind */
} WorkerJob;

/* Takes the pipe's read end. */
WorkerJob *worker_job_new (uint64_t id, const Limits *limits, int pipe);
void worker_job_free (WorkerJob *job);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WorkerJob, worker_job_free)
/* Takes in what lies in the pipe, at most a few MiB at a time. What breaks a rule stops the job. */
void worker_job_read (WorkerJob *job);
/* Marks the job as stopped for @fault, of which the first counts; nothing more is read. */
void worker_job_stop (WorkerJob *job, RecordCode fault);
/* Whether the child is gone and all it sent is here. */
bool worker_job_is_over (const WorkerJob *job);
/* The verdict. Owned by the caller. @lost: the worker died, nothing is known. */
PipelineResult *worker_job_finish (WorkerJob *job, bool lost);
