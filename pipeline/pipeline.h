/* pipeline/pipeline.h - the way of every document from taking in to searchable: leases work, hands it to the worker,
 * commits what it found, retries, quarantines. One process at a time, the holder of the pipeline lock. */
#pragma once
#include "capture/capture.h"
#include "store/store.h"

typedef struct Pipeline Pipeline;
typedef struct
{
  unsigned jobs;      /* pieces of isolated work at once; 0: one a core */
  bool watch;         /* take in from the drop folders */
  bool events;        /* with inotify; false: rescan alone */
  bool once;          /* ends when it is idle: no source is kept since it might grow */
  bool learn;         /* makes new models of what people say */
  bool only_learn;    /* and does nothing else */
  const char *worker; /* program, NULL: the one beside this program */
} PipelineOptions;

/* Takes the pipeline lock of @store, adopts its configuration (the last valid one where the files are not), starts the
 * worker, puts what a crash left in order. Fails with BUSY when another process holds the lock, CONFIG when there is no
 * valid configuration. */
Pipeline *pipeline_open (Store *store, const PipelineOptions *options, GError **error);
/* Ends the worker; whoever opens the pipeline next leases its work again. */
void pipeline_free (Pipeline *pipeline);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pipeline, pipeline_free)
const Settings *pipeline_settings (const Pipeline *pipeline);

/* Called when a document comes to rest: searchable, or in quarantine. */
typedef void (*PipelineFunc) (int64_t document, void *data);
void pipeline_on_rest (Pipeline *pipeline, PipelineFunc func, void *data);

/* A training is ended after so many seconds: it gives way to the mail, and on a busy machine that is no fault of its
 * own. */
#define PIPELINE_TRAINING_S 1500

typedef bool (*PipelineUntil) (Pipeline *pipeline, void *data);
/* Works until @until answers true (asked between pieces of work), or *@stop becomes non-zero (a signal handler's flag).
 */
bool pipeline_run (Pipeline *pipeline, PipelineUntil until, void *data, const volatile int *stop, GError **error);
/* For @until: nothing waits, nothing is under way, no drop folder holds a file that is ready. */
bool pipeline_is_idle (Pipeline *pipeline, void *unused);
