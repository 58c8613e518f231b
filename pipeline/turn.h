/* pipeline/turn.h - one round of docketd's work, and the wait for the next. Private to pipeline/. */
#pragma once
#include "pipeline/state.h"

/* Does what can be done without waiting; *@any tells whether more may be done at once. */
bool pipeline_turn (Pipeline *pipeline, bool *any, GError **error);
/* Until the worker has something, a file arrives, somebody wakes docketd, or it is time to look. */
void pipeline_wait (Pipeline *pipeline);
