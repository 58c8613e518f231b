/* extract/faint.h - print so faint that the page passes for blank: a dying ribbon, the third sheet under carbon paper.
 */
#pragma once
#include "extract/cleanup.h"

/* @pix, 8 bits grey and seemingly blank, with its letters as dark as ink; NULL when there are none, or memory is short.
 * Owned by the caller. */
PIX *extract_faint_bring_out (PIX *pix);
