/* extract/lost_blocks.h - paragraphs that the layout of the engine left out, as it does where it takes them for a
 * picture. */
#pragma once
#include "extract/prepare.h"
#include "extract/reading.h"

/* Reads, as blocks of their own, parts of the page @prepared that are full of letters and of which @reading has no
 * word, and puts those that are sure in their place. Returns how many. */
unsigned extract_lost_blocks_read (ExtractReading *reading, ExtractPrepared *prepared, int64_t deadline_us);
