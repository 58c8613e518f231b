/* pipeline/order.h - filed/ and quarantine/ say what the catalogue says. Private to pipeline/. */
#pragma once
#include "pipeline/state.h"

/* Puts in order what a crash may have left half done there. */
bool pipeline_tidy (Pipeline *pipeline, GError **error);
