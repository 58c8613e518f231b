/* pipeline/known.h - equal pages are read once. Private to pipeline/. */
#pragma once
#include "pipeline/state.h"

/* Pages under way of which an equal one was read before get its record, and their child ends. */
bool pipeline_look_up_pages (Pipeline *pipeline, GError **error);
