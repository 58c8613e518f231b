/* extract/changes.h - a row of pixels in two levels, as the places where it changes. */
#pragma once
#include <leptonica/allheaders.h>
#include <stdint.h>

/* Writes to @changes the first pixel of each run of ink and the first behind it, in turn, and tells how many. There are
 * at most @width + 1. What stands in @row behind @width pixels does not count. */
unsigned extract_changes (const l_uint32 *row, unsigned width, uint32_t *changes);
