/* extract/tiff.h - TIFF by libtiff, from memory. */
#pragma once
#include "extract/picture.h"

/* Pictures in @file, counted up to @most, with the one that is named but not there when @file is cut; 0 when it is no
 * TIFF. */
unsigned extract_tiff_pages (GBytes *file, unsigned most);
bool extract_tiff_facts (GBytes *file, unsigned page_no, ExtractPictureFacts *facts);
/* The pixels as stored, not turned, of whatever depth; the rows of a cut picture that are there. NULL when nothing can
 * be had. Owned by the caller. */
PIX *extract_tiff_load (GBytes *file, unsigned page_no, const ExtractPictureFacts *facts);
