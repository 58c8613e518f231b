/* extract/preview.h - a small upright picture of a page, for screens. */
#pragma once
#include "extract/cleanup.h"
#include "extract/refuse.h"

typedef struct
{
  unsigned page;                            /* from 1 */
  unsigned width_px;                        /* LIMITS_PREVIEW_LEAST_PX to LIMITS_PREVIEW_MOST_PX; a page never grows */
  int rotation;                             /* of the page's record, clockwise; negative: as the file says */
  unsigned sheet_width_px, sheet_height_px; /* of the record, whose shape the preview has; 0: that of the pixels */
} ExtractPreview;

/* The page as it is seen: 8 bits where it is grey, lines of one bit smoothed, else 32. No higher than four times the
 * width, so that a long strip is narrower than asked for. Owned by the caller. A fault of the document is an
 * EXTRACT_FAULT; a text has no pixels and is unsupported. */
PIX *extract_preview_draw (GBytes *file, const char *media_type, const ExtractPreview *wanted, const Limits *limits,
                           GError **error);
/* The size to draw at of a page of @width by @height, which are positive. */
void extract_preview_size (const ExtractPreview *wanted, double width, double height, unsigned *width_px,
                           unsigned *height_px);
/* The part for PDF: drawn at that size as a viewer shows it, but for the turn. */
PIX *extract_preview_pdf (GBytes *file, const ExtractPreview *wanted, const Limits *limits, GError **error);
