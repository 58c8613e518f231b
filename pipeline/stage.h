/* pipeline/stage.h - the table of stages: the one place where the order stands. Private to pipeline/. */
#pragma once
#include "index/index.h"
#include "pipeline/configuration.h"
#include "pipeline/pipeline.h"
#include "pipeline/stages.h"
#include "pipeline/worker.h"
#include "store/job.h"

typedef struct PipelineStage PipelineStage;
typedef struct PipelineTraining PipelineTraining;

/* One job on its way. */
typedef struct
{
  const PipelineStage *stage;
  StoreJob *job;
  StoreDocument *document;
  StoreReceipt *receipt; /* the root's first */
} Piece;
void piece_free (Piece *piece);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Piece, piece_free)

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

/* What an isolated stage asks the worker for: arguments and descriptors, closed by the caller. */
typedef struct
{
  GVariantBuilder arguments;
  int fds[PIPELINE_WORKER_MAX_FDS];
  unsigned n_fds;
} Request;

struct PipelineStage
{
  const char *key;                                 /* what document.stage says */
  const char *name;                                /* the word of INTERFACES */
  bool (*applies) (const StoreDocument *document); /* NULL: to every document */
  bool by_page;
  bool by_config; /* the result depends on the configuration */
  int version;    /* part of the job's key: raised when the result changes */
  unsigned tries; /* failures after which it is given up */
  /* Isolated stages: what to ask for (LIMIT: it is too large to be handed over at all), how to note what came back, and
   * what to note when nothing will; without that the document is quarantined. */
  const char *work;
  uint64_t output_bytes; /* ceiling of what it may send back; 0: that of the limits */
  bool (*ask) (Pipeline *pipeline, const Piece *piece, Request *request, GError **error);
  bool (*publish) (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece, const PipelineResult *result,
                   GError **error);
  bool (*give_up) (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece, RecordCode code,
                   GError **error);
  /* The others: the whole stage, with its own transaction through pipeline_commit. It may take *@piece over. False with
   * *error: the world was not ready, it is tried again after a pause. */
  bool (*run) (Pipeline *pipeline, Piece **piece, GError **error);
};
extern const PipelineStage pipeline_stages[];
extern const size_t pipeline_n_stages;
/* NULL for an unknown key. */
const PipelineStage *pipeline_stage (const char *key);
/* The stage that the document of @piece needs after this one: the next in the table that applies to it. */
const char *pipeline_next (const Piece *piece);
typedef enum
{
  PIPELINE_INSIDE,   /* what docketd does itself */
  PIPELINE_ISOLATED, /* what children do */
  PIPELINE_BRIEF,    /* those of them that take a moment: all but the pages */
  PIPELINE_KINDS,
} PipelineKind;
/* The keys of the stages of @kind, NULL-terminated, lent. */
const char *const *pipeline_stage_keys (PipelineKind kind);

/* Closes the piece's job and plans what the document needs next, in @transaction, which it consumes. STALE when the
 * lease was lost. */
bool pipeline_commit (StoreTransaction *transaction, Pipeline *pipeline, const Piece *piece, GError **error);
/* Puts the original in quarantine/ and notes it; the job is closed. */
bool pipeline_quarantine (Pipeline *pipeline, const Piece *piece, RecordCode code, GError **error);
void pipeline_rested (Pipeline *pipeline, int64_t document);

/* isolated.c */
bool identify_ask (Pipeline *pipeline, const Piece *piece, Request *request, GError **error);
bool identify_publish (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece,
                       const PipelineResult *result, GError **error);
bool read_ask (Pipeline *pipeline, const Piece *piece, Request *request, GError **error);
bool read_publish (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece, const PipelineResult *result,
                   GError **error);
bool read_give_up (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece, RecordCode code,
                   GError **error);
bool bind_ask (Pipeline *pipeline, const Piece *piece, Request *request, GError **error);
bool bind_publish (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece, const PipelineResult *result,
                   GError **error);
bool bind_give_up (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece, RecordCode code,
                   GError **error);
bool understand_ask (Pipeline *pipeline, const Piece *piece, Request *request, GError **error);
bool understand_publish (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece,
                         const PipelineResult *result, GError **error);
bool understand_give_up (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece, RecordCode code,
                         GError **error);
/* What the stage understand asks for about @document. */
bool pipeline_ask_understanding (Store *store, const Limits *limits, const StoreDocument *document,
                                 const StoreReceipt *receipt, Request *request, GError **error);
/* What it answered: of RecordFinding, owned by the caller. */
GPtrArray *pipeline_findings (const PipelineResult *result, const Limits *limits, GError **error);
/* Whether a person should look at a decision on @name. */
bool pipeline_is_doubtful (const char *name, bool undecided, double confidence, const Settings *settings);
/* Those of a piece of work, for all stages that set none of their own. */
Limits pipeline_limits (void);
/* The page record that lies in the blob @sha256. Owned by the caller. */
RecordPage *pipeline_load_page (Store *store, const char *sha256, GError **error);
/* Pages of @document as records, in order; of RecordPage, owned by the caller. */
GPtrArray *pipeline_pages (Store *store, int64_t document, GError **error);

/* Whether an equal page may have the same record: one that was read whole, and from pixels alone. */
bool pipeline_page_is_reusable (const RecordPage *page);

/* known.c: pages under way of which an equal one was read before get its record, and their child ends. */
bool pipeline_look_up_pages (Pipeline *pipeline, GError **error);

/* inside.c */
bool register_run (Pipeline *pipeline, Piece **piece, GError **error);
bool file_run (Pipeline *pipeline, Piece **piece, GError **error);

/* trace.c: what is looked at to find the case of a letter. */
typedef struct
{
  JoinLetter letter;
  GPtrArray *pages, *decisions;
} PipelineTrace;
PipelineTrace *pipeline_trace_load (Pipeline *pipeline, const StoreDocument *document, const StoreReceipt *receipt,
                                    GError **error);
void pipeline_trace_free (PipelineTrace *trace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PipelineTrace, pipeline_trace_free)
/* Makes again what registered letters are known by where it was lost, a few at a time while there is nothing else to
 * do, until all are done. */
bool pipeline_trace_again (Pipeline *pipeline, bool *any, GError **error);

/* indexing.c */
bool pipeline_open_index (Pipeline *pipeline, GError **error);
bool index_run (Pipeline *pipeline, Piece **piece, GError **error);
/* Commits the index when it is time (100 documents, 2 s, or @idle), then notes the documents as indexed. */
bool pipeline_index_commit (Pipeline *pipeline, bool idle, GError **error);

/* recheck.c: begins again with the first case; does the next few unless *@any says that there is other work, and sets
 * it while more are left. */
void pipeline_recheck_begin (Pipeline *pipeline);
/* Looks at all open deadlines from the next turn on: what would be computed otherwise now is computed anew. */
void pipeline_recheck_look (Pipeline *pipeline);
bool pipeline_recheck (Pipeline *pipeline, bool *any, GError **error);

/* order.c: what a crash may have left half done in filed/ and quarantine/, put in order at the start. */
bool pipeline_tidy (Pipeline *pipeline, GError **error);

/* keep.c */
bool pipeline_worker_is_up (const Pipeline *pipeline);
/* With the configuration and the model in force; where that cannot be used, with the one that came with docket. */
bool pipeline_start_worker (Pipeline *pipeline, GError **error);
/* Ends it between pieces of work; the next turn starts it anew. */
void pipeline_end_worker (Pipeline *pipeline);
/* Starts one that died again. Fails after many starts that did. */
bool pipeline_keep_worker (Pipeline *pipeline, GError **error);
/* Has it started anew when another version of the model is in force and nothing is under way. */
bool pipeline_follow_model (Pipeline *pipeline, GError **error);

/* adopt.c: reads the files; valid, they are in force from now on. Invalid ones leave what was in force, at the start
 * the last valid version. */
bool pipeline_adopt_config (Pipeline *pipeline, GError **error);
bool pipeline_config_changed (Pipeline *pipeline);
/* Whether another program has made a later version the one in force. */
bool pipeline_config_is_newer (Pipeline *pipeline, bool *newer, GError **error);
