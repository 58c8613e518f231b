/* pipeline/preview.h - a small upright picture of a page, made on demand by docket-worker and kept for a while.
 *
 * What was made lies in tmp/ of the store, preview-SHA256-PAGE-WIDTH-TURN.png or .jpg, for a day and a half; it may be
 * deleted at any time. */
#pragma once
#include "base/config.h"
#include "store/document.h"

typedef struct
{
  unsigned page;     /* from 1 */
  unsigned width_px; /* LIMITS_PREVIEW_LEAST_PX to LIMITS_PREVIEW_MOST_PX; a page never grows */
  bool jpeg;         /* else PNG */
} PipelinePreview;

/* Starts a worker with @config where the picture is not kept, which takes the time of one. Turned as the page's record
 * says; a page without one as its file says. NULL with *@refusal set, and *@error not, where the document or page is at
 * fault. Owned by the caller. */
GBytes *pipeline_preview (Store *store, const Config *config, const StoreDocument *document,
                          const PipelinePreview *wanted, RecordCode *refusal, GError **error);
