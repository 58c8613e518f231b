/* extract/bind_tiff.h - the coded data of a TIFF page, for a PDF that shows it as it is: group 4 fax or JPEG. */
#pragma once
#include "base/error.h"

typedef struct
{
  unsigned width_px, height_px;
  bool black_is_one; /* as PDF's BlackIs1 */
  GBytes *data;
} BindStrip;
/* Takes the strip of page @page_no (from 1) of the TIFF file @bytes. False when that page is anything but one strip of
 * group 4 without uncompressed runs; then it has to be coded anew. The orientation is not
 * looked at. */
bool extract_bind_strip (GBytes *bytes, unsigned page_no, BindStrip *strip);
/* A JPEG file with the coded data of page @page_no (from 1), grey or of three colours. NULL when that page is no such
 * JPEG. Owned by the caller. */
GBytes *extract_bind_tiff_jpeg (GBytes *bytes, unsigned page_no);
