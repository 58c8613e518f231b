/* pipeline/stage.h - the table of stages: the one place where the order stands. Private to pipeline/. */
#pragma once
#include "pipeline/pipeline.h"
#include "pipeline/request.h"
#include "pipeline/stages.h"
#include "store/document.h"
#include "store/job.h"
#include "store/receipt.h"

typedef struct PipelineStage PipelineStage;

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

struct PipelineStage
{
  const char *key;                                 /* what document.stage says */
  const char *name;                                /* the word of INTERFACES */
  bool (*applies) (const StoreDocument *document); /* NULL: to every document */
  bool by_page;
  bool brief;     /* a moment's work, which need not wait for a core */
  bool by_config; /* the result depends on the configuration */
  int version;    /* part of the job's key: raised when the result changes */
  unsigned tries; /* failures after which it is given up */
  /* Isolated stages: what to ask for (LIMIT: it is too large to be handed over at all), how to note what came back, and
   * what to note when nothing will; without that the document is quarantined. */
  const char *work;
  uint64_t output_bytes; /* ceiling of what it may send back; 0: that of the limits */
  bool (*ask) (Pipeline *pipeline, const Piece *piece, PipelineRequest *request, GError **error);
  bool (*publish) (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece, const PipelineResult *result,
                   GError **error);
  bool (*give_up) (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece, RecordCode code,
                   GError **error);
  /* The others: the whole stage, with its own transaction through pipeline_commit. It may take *@piece over. False with
   * *error: the world was not ready, it is tried again after a pause. */
  bool (*run) (Pipeline *pipeline, Piece **piece, GError **error);
};
/* Those of a piece of work, for all stages that set none of their own. */
Limits pipeline_limits (void);
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
  PIPELINE_BRIEF,    /* those of them that take a moment */
  PIPELINE_KINDS,
} PipelineKind;
/* The keys of the stages of @kind, NULL-terminated, lent. */
const char *const *pipeline_stage_keys (PipelineKind kind);

/* isolated.c */
bool identify_ask (Pipeline *pipeline, const Piece *piece, PipelineRequest *request, GError **error);
bool identify_publish (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece,
                       const PipelineResult *result, GError **error);
bool read_ask (Pipeline *pipeline, const Piece *piece, PipelineRequest *request, GError **error);
bool read_publish (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece, const PipelineResult *result,
                   GError **error);
bool read_give_up (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece, RecordCode code,
                   GError **error);
bool bind_ask (Pipeline *pipeline, const Piece *piece, PipelineRequest *request, GError **error);
bool bind_publish (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece, const PipelineResult *result,
                   GError **error);
bool bind_give_up (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece, RecordCode code,
                   GError **error);

/* understand.c */
bool understand_ask (Pipeline *pipeline, const Piece *piece, PipelineRequest *request, GError **error);
bool understand_publish (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece,
                         const PipelineResult *result, GError **error);
bool understand_give_up (Pipeline *pipeline, StoreTransaction *transaction, const Piece *piece, RecordCode code,
                         GError **error);

/* inside.c */
bool register_run (Pipeline *pipeline, Piece **piece, GError **error);
bool file_run (Pipeline *pipeline, Piece **piece, GError **error);

/* indexing.c */
bool index_run (Pipeline *pipeline, Piece **piece, GError **error);
