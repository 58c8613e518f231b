/* pipeline/trace.h - what is looked at to find the case of a letter. Private to pipeline/. */
#pragma once
#include "cases/join.h"
#include "pipeline/state.h"

typedef struct
{
  JoinLetter letter;
  GPtrArray *pages, *decisions;
} PipelineTrace;
/* Owned by the caller. */
PipelineTrace *pipeline_trace_load (Pipeline *pipeline, const StoreDocument *document, const StoreReceipt *receipt,
                                    GError **error);
void pipeline_trace_free (PipelineTrace *trace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PipelineTrace, pipeline_trace_free)
/* Makes again what registered letters are known by where it was lost, a few at a time while there is nothing else to
 * do, until all are done. */
bool pipeline_trace_again (Pipeline *pipeline, bool *any, GError **error);
