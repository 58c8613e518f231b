/* pipeline/state.h - what docketd knows between two turns. Private to pipeline/. */
#pragma once
#include "index/index.h"
#include "pipeline/configuration.h"
#include "pipeline/pipeline.h"
#include "pipeline/worker.h"

typedef struct PipelineTraining PipelineTraining;

struct Pipeline
{
  Store *store;
  PipelineOptions options;
  Limits limits;
  PipelineConfiguration *in_force;
  int64_t config_id;
  int64_t model_wanted; /* the version of the model that was in force when the worker was started; */
  int64_t model_id;     /* the one it judges by: the same, or 0 where it cannot use that one */
  bool model_is_unusable;
  bool model_waits; /* another version waits for what is under way */
  int64_t model_at_us;
  PipelineTraining *training;
  bool config_waits;        /* changed files wait for what is under way */
  char *config_mark;        /* of the files as last looked at */
  PipelineWorker *launched; /* the first worker's process while it waits to be greeted */
  PipelineWorker *worker;   /* NULL while it is down */
  unsigned losses;          /* deaths of the worker since it last ended a piece of work */
  unsigned failed_starts;
  int64_t restart_at_us;
  Capture *capture; /* NULL unless options.watch */
  Index *index;
  GHashTable *pieces;  /* job number to Piece: what the worker has */
  GPtrArray *to_index; /* of Piece: put into the index, not committed */
  int64_t index_since_us, scan_at_us, plan_at_us, config_at_us;
  unsigned pause_s; /* of the last pause; 0 after something was committed */
  int64_t pause_until_us;
  DkDay head_day; /* the UTC day for which the ledger's head was last exported */
  CaptureScan scan;
  bool traced;       /* nothing of what letters are known again by is lost */
  bool rechecking;   /* deadlines are computed anew, up to */
  int64_t rechecked; /* this document */
  bool lapsing;      /* cases that end by time are looked for */
  bool looking;      /* deadlines are looked at, as every night, up to */
  int64_t looked;    /* this case */
  struct
  {
    unsigned pieces, looked_up;
    uint64_t cpu_us, engine_us;     /* of all children, and of these the recogniser */
    uint64_t models_us, peak_bytes; /* to load its models; of the largest child */
  } tally;
  char *last_language;    /* of the last page that was read: a hint for the next */
  unsigned same_language; /* pages in a row that were in it */
  int wake_fd;
  PipelineFunc on_rest;
  void *on_rest_data;
};
