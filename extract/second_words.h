/* extract/second_words.h - words that are in no dictionary, numbers of no number's shape, and whatever the engine was
 * not sure of: read once more, with a word beside them on either side. */
#pragma once
#include "extract/prepare.h"
#include "extract/recognise.h"

/* Reads the doubtful words of @reading, which was made from @prepared, again, larger and, where that is doubtful too,
 * smaller; each is replaced where that makes a word of it, or is surer. No more than are worth it, and none after
 * @deadline_us of dk_monotonic_us. Returns how many were replaced. */
unsigned extract_second_words (ExtractReading *reading, const ExtractPrepared *prepared, int64_t deadline_us);
