/* pipeline/keep.h - the worker is kept up, with the configuration and the model in force. Private to pipeline/. */
#pragma once
#include "pipeline/state.h"

bool pipeline_worker_is_up (const Pipeline *pipeline);
/* Where the model cannot be used, with the one that came with docket. */
bool pipeline_start_worker (Pipeline *pipeline, GError **error);
/* Ends it between pieces of work; the next turn starts it anew. */
void pipeline_end_worker (Pipeline *pipeline);
/* Starts one that died again. Fails after many starts that did. */
bool pipeline_keep_worker (Pipeline *pipeline, GError **error);
/* Has it started anew when another version of the model is in force and nothing is under way. */
bool pipeline_follow_model (Pipeline *pipeline, GError **error);
