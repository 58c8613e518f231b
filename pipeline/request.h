/* pipeline/request.h - what a child is asked for: arguments and descriptors. Private to pipeline/. */
#pragma once
#include "pipeline/worker.h"

typedef struct
{
  GVariantBuilder arguments; /* a{sv} */
  int fds[PIPELINE_WORKER_MAX_FDS];
  unsigned n_fds;
} PipelineRequest;
/* One without arguments or descriptors. */
void pipeline_request_begin (PipelineRequest *request);
/* Closes the descriptors. */
void pipeline_request_clear (PipelineRequest *request);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PipelineRequest, pipeline_request_clear)
/* Takes @fd; returns false for -1, that of a file that could not be opened. */
bool pipeline_request_add (PipelineRequest *request, int fd);
/* Hands it to @worker: as pipeline_worker_submit. */
bool pipeline_request_send (PipelineRequest *request, PipelineWorker *worker, uint64_t job, const char *work,
                            const Limits *limits, GError **error);
