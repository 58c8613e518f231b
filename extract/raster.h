/* extract/raster.h - a page's pixels to its record: turn, prepare, recognise, check, again if it must be. */
#pragma once
#include "extract/cleanup.h"
#include "extract/refuse.h"

typedef struct
{
  const Limits *limits;
  char *const *languages; /* hints, best first, or NULL */
  int64_t deadline_us;    /* of dk_monotonic_us */
} ExtractRasterJob;

/* Fills @page, but for its number, from @pix (1 or 8 bits) at @dpi. page->rotation is added to. Fails when the engine
 * is not there or memory is short. */
bool extract_raster_read (PIX *pix, unsigned dpi, const ExtractRasterJob *job, RecordPage *page, GError **error);
