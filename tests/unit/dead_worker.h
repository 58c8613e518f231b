/* tests/unit/dead_worker.h - a worker of which nobody has noticed yet that it is dead. */
#pragma once
#include "pipeline/worker.h"
#include <signal.h>
#include <sys/wait.h>

static inline void
kill_unnoticed (const PipelineWorker *worker)
{
  siginfo_t ended;
  kill (pipeline_worker_pid (worker), SIGKILL);
  g_assert_cmpint (waitid (P_PID, (id_t)pipeline_worker_pid (worker), &ended, WEXITED | WNOWAIT), ==, 0);
}
