/* pipeline/recheck.h - deadlines are computed anew while there is nothing better to do. Private to pipeline/. */
#pragma once
#include "pipeline/state.h"

/* Begins again with the first case. */
void pipeline_recheck_begin (Pipeline *pipeline);
/* Looks at all open deadlines from the next turn on: what would be computed otherwise now is computed anew. */
void pipeline_recheck_look (Pipeline *pipeline);
/* Does the next few unless *@any says that there is other work, and sets it while more are left. */
bool pipeline_recheck (Pipeline *pipeline, bool *any, GError **error);
