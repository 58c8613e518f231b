/* pipeline/understand.h - what a child is asked about a whole letter, and what it answers. Private to pipeline/. */
#pragma once
#include "pipeline/stage.h"

/* What the stage understand asks for about @document. */
bool pipeline_ask_understanding (Store *store, const Limits *limits, const StoreDocument *document,
                                 const StoreReceipt *receipt, PipelineRequest *request, GError **error);
/* What it answered: of RecordFinding, owned by the caller. */
GPtrArray *pipeline_findings (const PipelineResult *result, const Limits *limits, GError **error);
/* Whether a person should look at a decision on @name. */
bool pipeline_is_doubtful (const char *name, bool undecided, double confidence, const Settings *settings);
