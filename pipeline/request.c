#include "pipeline/request.h"
#include <unistd.h>

void
pipeline_request_begin (PipelineRequest *request)
{
  g_variant_builder_init (&request->arguments, G_VARIANT_TYPE ("a{sv}"));
  request->n_fds = 0;
}

void
pipeline_request_clear (PipelineRequest *request)
{
  g_variant_builder_clear (&request->arguments);
  for (unsigned i = 0; i < request->n_fds; i++)
    close (request->fds[i]);
  request->n_fds = 0;
}

bool
pipeline_request_add (PipelineRequest *request, int fd)
{
  if (fd < 0)
    return false;
  g_assert (request->n_fds < PIPELINE_WORKER_MAX_FDS);
  request->fds[request->n_fds++] = fd;
  return true;
}

bool
pipeline_request_send (PipelineRequest *request, PipelineWorker *worker, uint64_t job, const char *work,
                       const Limits *limits, GError **error)
{
  return pipeline_worker_submit (worker, job, work, g_variant_builder_end (&request->arguments), limits, request->fds,
                                 request->n_fds, error);
}
