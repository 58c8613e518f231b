/* pipeline/indexing.h - the index of the store, and what was put into it. Private to pipeline/. */
#pragma once
#include "pipeline/state.h"

/* A damaged or deleted one is made anew: every document that is at rest goes through the stage index again. */
bool pipeline_open_index (Pipeline *pipeline, GError **error);
/* Commits the index when it is time (100 documents, 2 s, or @idle), then notes the documents as indexed. */
bool pipeline_index_commit (Pipeline *pipeline, bool idle, GError **error);
