#include "pipeline/worker_job.h"
#include "base/cleanup.h"
#include "base/clock.h"
#include "base/serve.h"
#include <errno.h>
#include <signal.h>
#include <sys/wait.h>

#define CHUNK_BYTES 65536
#define CHUNKS 64 /* at a time, so that one job does not starve the others */

WorkerJob *
worker_job_new (uint64_t id, const Limits *limits, int pipe)
{
  WorkerJob *job = g_new0 (WorkerJob, 1);
  job->id = id;
  job->limits = *limits;
  job->pipe = pipe;
  job->started_us = dk_monotonic_us ();
  job->frame = g_byte_array_new ();
  job->result = pipeline_result_new (id);
  return job;
}

void
worker_job_free (WorkerJob *job)
{
  if (job == NULL)
    return;
  dk_close_fd (&job->pipe);
  g_byte_array_unref (job->frame);
  g_clear_pointer (&job->key, g_bytes_unref);
  pipeline_result_free (job->result);
  pipeline_result_free (job->next);
  g_free (job);
}

static void
close_pipe (WorkerJob *job)
{
  dk_close_fd (&job->pipe);
  job->pipe = -1;
}

void
worker_job_stop (WorkerJob *job, RecordCode fault)
{
  if (job->fault == RECORD_CODE_NONE)
    job->fault = fault;
  job->to_kill = !job->noticed;
  close_pipe (job);
}

/* The work ahead that was under way is done whole. */
static void
keep_next (WorkerJob *job)
{
  if (job->next != NULL)
    g_ptr_array_add (job->result->ahead, g_steal_pointer (&job->next));
}

/* What comes now is of the work that @payload names. */
static void
begin_next (WorkerJob *job, GBytes *payload)
{
  gsize size;
  const char *name = g_bytes_get_data (payload, &size);
  keep_next (job);
  job->answered = true;
  job->next = pipeline_result_new (job->id);
  job->next->work = g_strndup (name, size);
}

/* Keeps the frame that is whole now. */
static void
keep_frame (WorkerJob *job)
{
  g_autoptr (GBytes) frame = g_byte_array_free_to_bytes (g_steal_pointer (&job->frame));
  job->frame = g_byte_array_new ();
  g_autoptr (GBytes) payload = g_bytes_new_from_bytes (frame, RECORD_HEADER_BYTES, job->length);
  if (job->ended)
    return worker_job_stop (job, RECORD_CODE_CRASHED); /* nothing may follow the end */
  if (job->type == RECORD_END)
    {
      job->ended = true;
      return keep_next (job);
    }
  if (job->type == RECORD_AHEAD)
    return begin_next (job, payload);
  PipelineResult *result = job->next != NULL ? job->next : job->result;
  if (job->type == RECORD_REFUSAL)
    {
      if (!record_refusal_decode (payload, &result->refusal, NULL))
        worker_job_stop (job, RECORD_CODE_CRASHED);
      return;
    }
  if (job->type == RECORD_PAGE_KEY && job->key == NULL)
    job->key = g_bytes_ref (payload);
  if (job->type == RECORD_COST)
    {
      if (!record_cost_decode (payload, &result->cost, NULL))
        worker_job_stop (job, RECORD_CODE_CRASHED);
      return;
    }
  pipeline_result_add (result, job->type, g_bytes_ref (job->type == RECORD_PAGE ? frame : payload));
}

/* Memory grows with what has really come, never with what a header promises. */
static gsize
bytes_wanted (const WorkerJob *job)
{
  gsize whole = job->frame->len < RECORD_HEADER_BYTES ? RECORD_HEADER_BYTES : RECORD_HEADER_BYTES + (gsize)job->length;
  return MIN (whole - job->frame->len, CHUNK_BYTES);
}

static void
take_bytes (WorkerJob *job, const guint8 *bytes, gsize size)
{
  job->received_bytes += size;
  if (job->received_bytes > job->limits.output_bytes)
    return worker_job_stop (job, RECORD_CODE_LIMIT);
  g_byte_array_append (job->frame, bytes, (guint)size);
  g_autoptr (GError) error = NULL;
  if (job->frame->len == RECORD_HEADER_BYTES
      && !record_header (job->frame->data, job->limits.output_bytes, &job->type, &job->length, &error))
    worker_job_stop (job, g_error_matches (error, DK_ERROR, DK_ERROR_LIMIT) ? RECORD_CODE_LIMIT : RECORD_CODE_CRASHED);
  else if (job->frame->len >= RECORD_HEADER_BYTES && job->frame->len == RECORD_HEADER_BYTES + (gsize)job->length)
    keep_frame (job);
}

void
worker_job_read (WorkerJob *job)
{
  guint8 chunk[CHUNK_BYTES];
  for (int i = 0; i < CHUNKS && job->pipe >= 0; i++)
    {
      ssize_t n = read (job->pipe, chunk, bytes_wanted (job));
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0 && errno == EAGAIN)
        return;
      if (n <= 0)
        close_pipe (job);
      else
        take_bytes (job, chunk, (gsize)n);
    }
}

bool
worker_job_is_over (const WorkerJob *job)
{
  return job->noticed && job->pipe < 0;
}

/* Whether it came so near its memory that this is the likely cause of its end: an unchecked malloc ends in a fault. */
static bool
was_short_of_memory (const WorkerJob *job)
{
  return job->notice.peak_bytes >= job->limits.memory_bytes / 4 * 3;
}

static RecordCode
verdict_of_exit (const WorkerJob *job, int status, bool *failed)
{
  switch (status)
    {
    case 0:
      return job->ended ? RECORD_CODE_NONE : RECORD_CODE_CRASHED;
    case SERVE_EXIT_FAILED:
      *failed = true;
      return RECORD_CODE_NONE;
    case SERVE_EXIT_MEMORY:
      return RECORD_CODE_MEMORY;
    case SERVE_EXIT_LIMIT:
      return RECORD_CODE_LIMIT;
    case SERVE_EXIT_SANDBOX:
      return RECORD_CODE_SANDBOX;
    default:
      return RECORD_CODE_CRASHED;
    }
}

static RecordCode
verdict_of_signal (const WorkerJob *job, int number, bool *failed)
{
  bool used_up = job->notice.cpu_us >= job->limits.cpu_s * UINT64_C (1000000);
  if (number == SIGSYS)
    return RECORD_CODE_SANDBOX;
  if (number == SIGXCPU || (number == SIGKILL && used_up))
    return RECORD_CODE_TIMEOUT;
  if (was_short_of_memory (job))
    return RECORD_CODE_MEMORY;
  /* Nobody of us killed it: the system, or a person. The document is not known to be at fault. */
  *failed = number == SIGKILL || number == SIGTERM || number == SIGINT;
  return *failed ? RECORD_CODE_NONE : RECORD_CODE_CRASHED;
}

static RecordCode
verdict (const WorkerJob *job, bool *failed)
{
  if (job->answered)
    return RECORD_CODE_NONE;
  if (job->fault != RECORD_CODE_NONE)
    return job->fault;
  if (job->notice.stopped != RECORD_CODE_NONE)
    return job->notice.stopped;
  int status = job->notice.status;
  return WIFSIGNALED (status) ? verdict_of_signal (job, WTERMSIG (status), failed)
                              : verdict_of_exit (job, WEXITSTATUS (status), failed);
}

PipelineResult *
worker_job_finish (WorkerJob *job, bool lost)
{
  PipelineResult *result = g_steal_pointer (&job->result);
  result->lost = lost;
  if (!lost)
    result->fault = verdict (job, &result->failed);
  result->cpu_us = job->notice.cpu_us;
  result->peak_bytes = job->notice.peak_bytes;
  result->wall_us = (uint64_t)(dk_monotonic_us () - job->started_us);
  return result;
}
