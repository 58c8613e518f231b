/* pipeline/worker.h - docketd's side of docket-worker: hands out work, takes back bounded records and the reason of
 * every failure. Single-threaded; nothing here blocks but the start. */
#pragma once
#include "base/config.h"
#include "base/sandbox.h"
#include "pipeline/result.h"
#include <poll.h>

typedef struct PipelineWorker PipelineWorker;

/* Starts the worker parent and waits until it has loaded its models, at most two minutes. @model, or NULL: what tells
 * the kinds and subjects of letters, as the work "train" made it; without it the worker takes the one that was made of
 * the shipped letters. @customers, or NULL: the company's list of them. @program NULL: docket-worker
 * beside the running program, else in the libexec folder of the installation. It dies with the calling thread's
 * process. Fails with the worker's own words when it cannot serve (no seccomp, a model missing, wrong configuration).
 */
PipelineWorker *pipeline_worker_start (const Config *config, GBytes *model, GBytes *customers, const char *program,
                                       GError **error);
/* The same in two: the first starts the process, which loads its libraries while its caller does other things, the
 * second sends it what it waits for, a minute at most, and waits until it is ready. */
PipelineWorker *pipeline_worker_launch (const char *program, GError **error);
bool pipeline_worker_greet (PipelineWorker *worker, const Config *config, GBytes *model, GBytes *customers,
                            GError **error);
/* Kills the worker with all its children and waits for it; unfinished jobs are forgotten. */
void pipeline_worker_free (PipelineWorker *worker);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PipelineWorker, pipeline_worker_free)
/* What the kernel gives it to be shut in with, as it told. */
const SandboxFacts *pipeline_worker_facts (const PipelineWorker *worker);
pid_t pipeline_worker_pid (const PipelineWorker *worker);
/* False after the worker's parent died: its jobs come back as lost, and a new worker is to be started. */
bool pipeline_worker_alive (const PipelineWorker *worker);

/* Jobs whose child may still be at work for somebody. */
unsigned pipeline_worker_running (const PipelineWorker *worker);
/* Starts one piece of work in a child of its own. @job is the caller's number, unique among the unfinished. The
 * floating @arguments (a{sv}) are consumed, NULL for none. The @n_fds descriptors stay the caller's; their offset may
 * move. Fails with BUSY when the worker's socket is full, STALE when the worker is gone. */
bool pipeline_worker_submit (PipelineWorker *worker, uint64_t job, const char *work, GVariant *arguments,
                             const Limits *limits, const int *fds, unsigned n_fds, GError **error);
#define PIPELINE_WORKER_MAX_FDS 8

/* The next job whose child told the key of its page (RECORD_PAGE_KEY, as it came): each once. NULL when there is none.
 * Owned by the caller. */
GBytes *pipeline_worker_next_key (PipelineWorker *worker, uint64_t *job);
/* What the child of @job has answered whole, while it goes on with works ahead; NULL before. Lent. */
const PipelineResult *pipeline_worker_answer (PipelineWorker *worker, uint64_t job);
/* Ends the child of @job, whose result nobody needs any more: it does not come back. */
void pipeline_worker_forget (PipelineWorker *worker, uint64_t job);

/* Fills at most @max entries with what to wait for; returns how many there are. Call handle at least once a second
 * while something is busy: limits of time are kept there. */
unsigned pipeline_worker_poll_fds (const PipelineWorker *worker, struct pollfd *fds, unsigned max);
/* Takes in whatever has come, without blocking. False only for a fault of our own; a worker that died is not one. */
bool pipeline_worker_handle (PipelineWorker *worker, GError **error);

/* The next finished job, NULL when there is none. Owned by the caller. */
PipelineResult *pipeline_worker_next (PipelineWorker *worker);
