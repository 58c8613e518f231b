/* pipeline/dispatch.h - pieces of work are leased and begun. Private to pipeline/. */
#pragma once
#include "pipeline/stage.h"

/* Hands the worker as many pieces as it may have at once. *@any is set when there was one. Fails only when the store
 * does. */
bool pipeline_dispatch (Pipeline *pipeline, bool *any, GError **error);
/* The next piece that docketd does itself, if there is one: then *@any is set. */
bool pipeline_run_inside (Pipeline *pipeline, bool *any, GError **error);
