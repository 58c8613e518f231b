/* extract/bind_tiff.h - the CCITT group 4 strip of a bilevel TIFF page, for a PDF that shows it as it is. */
#pragma once
#include "base/error.h"

typedef struct
{
  unsigned width_px, height_px;
  bool black_is_one; /* as PDF's BlackIs1 */
  GBytes *data;
} BindStrip;
/* Takes the strip of page @page_no (from 1) of the TIFF file @bytes. False when that page is anything but one strip of
 * group 4 with the usual bit order and without uncompressed runs; then it has to be coded anew. The orientation is not
 * looked at. */
bool extract_bind_strip (GBytes *bytes, unsigned page_no, BindStrip *strip);
