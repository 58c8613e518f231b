#include "pipeline/worker.h"
#include "base/clock.h"
#include "base/file.h"
#include "pipeline/worker_job.h"
#include "pipeline/worker_start.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#define HELLO_MS 120000
#define PIPE_BYTES (1 << 20)
/* The worker itself keeps wall_s. Should it fail to, its child is asked away, and at last the worker is killed. */
#define ASK_AFTER_S 2
#define KILL_AFTER_S 30

struct PipelineWorker
{
  pid_t pid;
  int socket;
  bool alive;
  SandboxFacts facts;
  GPtrArray *jobs; /* of WorkerJob */
  GQueue *done;    /* of PipelineResult */
};

bool
pipeline_worker_greet (PipelineWorker *worker, const Config *config, GBytes *model, GBytes *customers, GError **error)
{
  g_autoptr (GBytes) bytes = config_pack (config);
  char *names
      = g_strdup_printf ("configuration%s%s", model != NULL ? " model" : "", customers != NULL ? " customers" : "");
  g_autoptr (GBytes) packet = g_bytes_new_take (names, strlen (names)); /* of the files that come with it */
  autofd config_file = dk_memory_file (bytes, error);
  autofd model_file = config_file >= 0 && model != NULL ? dk_memory_file (model, error) : -1;
  autofd customers_file = config_file >= 0 && customers != NULL && (model == NULL || model_file >= 0)
                              ? dk_memory_file (customers, error)
                              : -1;
  if (config_file < 0 || (model != NULL && model_file < 0) || (customers != NULL && customers_file < 0))
    return false;
  int files[3] = { config_file };
  unsigned n = 1;
  if (model != NULL)
    files[n++] = model_file;
  if (customers != NULL)
    files[n++] = customers_file;
  if (!serve_send (worker->socket, packet, files, n, true, error))
    return false;
  g_auto (ServePacket) hello = { 0 };
  g_autofree char *problem = NULL;
  if (!serve_receive (worker->socket, HELLO_MS, &hello, error))
    {
      g_prefix_error (error, "docket-worker did not get ready: ");
      return false;
    }
  if (!serve_unpack_hello (hello.bytes, &worker->facts, &problem, error))
    return false;
  return *problem == '\0' || dk_throw (error, DK_ERROR_FAILED, "docket-worker cannot serve: %s", problem);
}

PipelineWorker *
pipeline_worker_launch (const char *program, GError **error)
{
  g_autoptr (PipelineWorker) worker = g_new0 (PipelineWorker, 1);
  worker->jobs = g_ptr_array_new_with_free_func ((GDestroyNotify)worker_job_free);
  worker->done = g_queue_new ();
  worker->socket = -1;
  worker->pid = worker_start (program, &worker->socket, error);
  worker->alive = worker->pid > 0;
  return worker->alive ? g_steal_pointer (&worker) : NULL;
}

PipelineWorker *
pipeline_worker_start (const Config *config, GBytes *model, GBytes *customers, const char *program, GError **error)
{
  g_autoptr (PipelineWorker) worker = pipeline_worker_launch (program, error);
  bool serves = worker != NULL && pipeline_worker_greet (worker, config, model, customers, error);
  return serves ? g_steal_pointer (&worker) : NULL;
}

static void
end_worker (PipelineWorker *worker)
{
  dk_close_fd (&worker->socket);
  worker->socket = -1;
  worker->alive = false;
  if (worker->pid <= 0)
    return;
  kill (worker->pid, SIGKILL);
  while (waitpid (worker->pid, NULL, 0) < 0 && errno == EINTR)
    ;
  worker->pid = 0;
}

void
pipeline_worker_free (PipelineWorker *worker)
{
  if (worker == NULL)
    return;
  end_worker (worker);
  g_ptr_array_unref (worker->jobs);
  g_queue_free_full (worker->done, (GDestroyNotify)pipeline_result_free);
  g_free (worker);
}

const SandboxFacts *
pipeline_worker_facts (const PipelineWorker *worker)
{
  return &worker->facts;
}

pid_t
pipeline_worker_pid (const PipelineWorker *worker)
{
  return worker->pid;
}

bool
pipeline_worker_alive (const PipelineWorker *worker)
{
  return worker->alive;
}

unsigned
pipeline_worker_running (const PipelineWorker *worker)
{
  unsigned running = 0;
  for (guint i = 0; i < worker->jobs->len; i++)
    running += !((const WorkerJob *)worker->jobs->pdata[i])->forgotten;
  return running;
}

/* Both ends of a pipe for one child: ends[0], ours, does not block. */
static bool
open_pipe (int ends[2], GError **error)
{
  if (pipe2 (ends, O_CLOEXEC) < 0)
    return dk_throw_errno (error, "make a pipe for the worker");
  fcntl (ends[1], F_SETPIPE_SZ, PIPE_BYTES); /* a help where it is granted */
  return fcntl (ends[0], F_SETFL, O_NONBLOCK) == 0 || dk_throw_errno (error, "make a pipe that does not block");
}

bool
pipeline_worker_submit (PipelineWorker *worker, uint64_t job, const char *work, GVariant *arguments,
                        const Limits *limits, const int *fds, unsigned n_fds, GError **error)
{
  g_autoptr (GBytes) request = serve_pack_request (job, work, arguments, limits);
  if (!worker->alive)
    return dk_throw (error, DK_ERROR_STALE, "docket-worker is gone");
  if (n_fds > PIPELINE_WORKER_MAX_FDS)
    return dk_throw (error, DK_ERROR_LIMIT, "%s: %u descriptors", work, n_fds);
  int ends[2] = { -1, -1 };
  bool opened = open_pipe (ends, error);
  autofd ours = ends[0];
  autofd theirs = ends[1];
  if (!opened)
    return false;
  int handed[SERVE_PACKET_FDS] = { theirs };
  for (unsigned i = 0; i < n_fds; i++)
    {
      handed[i + 1] = fds[i];
      lseek (fds[i], 0, SEEK_SET);
    }
  if (!serve_send (worker->socket, request, handed, n_fds + 1, false, error))
    return false;
  g_ptr_array_add (worker->jobs, worker_job_new (job, limits, dk_steal_fd (&ours)));
  return true;
}

unsigned
pipeline_worker_poll_fds (const PipelineWorker *worker, struct pollfd *fds, unsigned max)
{
  unsigned count = 0;
  if (worker->alive && count < max)
    fds[count++] = (struct pollfd){ .fd = worker->socket, .events = POLLIN };
  for (guint i = 0; i < worker->jobs->len && count < max; i++)
    {
      const WorkerJob *job = worker->jobs->pdata[i];
      if (job->pipe >= 0)
        fds[count++] = (struct pollfd){ .fd = job->pipe, .events = POLLIN };
    }
  return count;
}

static WorkerJob *
find_job (PipelineWorker *worker, uint64_t id)
{
  for (guint i = 0; i < worker->jobs->len; i++)
    if (((WorkerJob *)worker->jobs->pdata[i])->id == id)
      return worker->jobs->pdata[i];
  return NULL;
}

/* Takes in notices until there is none. False with no error when the worker closed the socket. */
static bool
take_notices (PipelineWorker *worker, GError **error)
{
  for (;;)
    {
      g_autoptr (GError) failed = NULL;
      g_auto (ServePacket) packet = { 0 };
      ServeNotice notice;
      if (!serve_receive (worker->socket, 0, &packet, &failed))
        {
          if (g_error_matches (failed, DK_ERROR, DK_ERROR_BUSY))
            return true;
          if (!g_error_matches (failed, DK_ERROR, DK_ERROR_STALE))
            g_propagate_error (error, g_steal_pointer (&failed));
          return false;
        }
      if (!serve_unpack_notice (packet.bytes, &notice, error))
        return false;
      WorkerJob *job = find_job (worker, notice.job);
      if (job == NULL)
        continue;
      job->notice = notice;
      job->noticed = true;
      job->to_kill = false;
    }
}

static void
keep_time (PipelineWorker *worker, WorkerJob *job)
{
  int64_t over_us = dk_monotonic_us () - job->started_us - job->limits.wall_s * INT64_C (1000000);
  if (job->noticed)
    return;
  if (over_us > ASK_AFTER_S * INT64_C (1000000) && job->fault == RECORD_CODE_NONE)
    worker_job_stop (job, RECORD_CODE_TIMEOUT);
  if (over_us > KILL_AFTER_S * INT64_C (1000000))
    kill (worker->pid, SIGKILL); /* its socket closes, and all its jobs come back as lost */
}

static void
ask_to_kill (PipelineWorker *worker, WorkerJob *job)
{
  g_autoptr (GBytes) request = serve_pack_request (job->id, "", NULL, NULL);
  if (serve_send (worker->socket, request, NULL, 0, false, NULL))
    job->to_kill = false; /* else the next call asks again */
}

static void
end_job (PipelineWorker *worker, WorkerJob *job, bool lost)
{
  if (!job->forgotten)
    g_queue_push_tail (worker->done, worker_job_finish (job, lost));
}

GBytes *
pipeline_worker_next_key (PipelineWorker *worker, uint64_t *id)
{
  for (guint i = 0; i < worker->jobs->len; i++)
    {
      WorkerJob *job = worker->jobs->pdata[i];
      if (job->key == NULL || job->key_told || job->forgotten)
        continue;
      job->key_told = true;
      *id = job->id;
      return g_bytes_ref (job->key);
    }
  return NULL;
}

const PipelineResult *
pipeline_worker_answer (PipelineWorker *worker, uint64_t id)
{
  const WorkerJob *job = find_job (worker, id);
  return job != NULL && job->answered ? job->result : NULL;
}

void
pipeline_worker_forget (PipelineWorker *worker, uint64_t id)
{
  WorkerJob *job = find_job (worker, id);
  if (job == NULL)
    return;
  job->forgotten = true;
  worker_job_stop (job, RECORD_CODE_NONE);
  if (job->to_kill)
    ask_to_kill (worker, job);
}

/* A job stopped by docketd has its verdict, even if the worker died before its child did. */
static void
give_up_jobs (PipelineWorker *worker)
{
  for (guint i = 0; i < worker->jobs->len; i++)
    {
      WorkerJob *job = worker->jobs->pdata[i];
      end_job (worker, job, job->fault == RECORD_CODE_NONE);
    }
  g_ptr_array_set_size (worker->jobs, 0);
}

bool
pipeline_worker_handle (PipelineWorker *worker, GError **error)
{
  if (!worker->alive)
    return true;
  g_autoptr (GError) failed = NULL;
  bool connected = take_notices (worker, &failed);
  for (guint i = 0; i < worker->jobs->len;)
    {
      WorkerJob *job = worker->jobs->pdata[i];
      worker_job_read (job);
      keep_time (worker, job);
      if (job->to_kill && connected)
        ask_to_kill (worker, job);
      if (!worker_job_is_over (job))
        i++;
      else
        {
          end_job (worker, job, false);
          g_ptr_array_remove_index (worker->jobs, i);
        }
    }
  if (connected)
    return true;
  end_worker (worker);
  give_up_jobs (worker);
  if (failed == NULL)
    return true;
  g_propagate_error (error, g_steal_pointer (&failed));
  return false;
}

PipelineResult *
pipeline_worker_next (PipelineWorker *worker)
{
  return g_queue_pop_head (worker->done);
}
