/* pipeline/outcome.h - what becomes of a piece of work. Private to pipeline/. */
#pragma once
#include "pipeline/stage.h"
#include "pipeline/state.h"

/* What the jobs of @stage are keyed by. What it lends lives as long as the configuration in force. */
StorePlan pipeline_plan (const Pipeline *pipeline, const PipelineStage *stage);
/* Closes the piece's job and plans what the document needs next, in @transaction, which it consumes. STALE when the
 * lease was lost. */
bool pipeline_commit (StoreTransaction *transaction, Pipeline *pipeline, const Piece *piece, GError **error);
/* Publishes @result, or gives the job back, or gives the piece up. Fails only when the store itself fails. */
bool pipeline_take_result (Pipeline *pipeline, Piece *piece, const PipelineResult *result, GError **error);
/* After the last try: a page is marked missing, a document goes on as well as it can, or to quarantine. */
bool pipeline_give_up (Pipeline *pipeline, const Piece *piece, RecordCode code, GError **error);
/* Puts the original in quarantine/ and notes it; the job is closed. */
bool pipeline_quarantine (Pipeline *pipeline, const Piece *piece, RecordCode code, GError **error);
/* Tells whoever asked for it that @document has come to rest. */
void pipeline_rested (Pipeline *pipeline, int64_t document);
/* Gives the job back because of @why, which counts as a failure of the piece unless the world was not ready. */
bool pipeline_put_off (Pipeline *pipeline, const Piece *piece, const GError *why, GError **error);
/* A job that was leased many times without an end: whoever took it died. */
bool pipeline_is_worn_out (const StoreJob *job);
/* Whether @why is a full disk, a busy database or the index, of which no document is at fault. */
bool pipeline_must_wait (const GError *why);
/* Stops new work for a while, the longer the more often it happens without a commit between. */
void pipeline_pause (Pipeline *pipeline, const GError *why);
