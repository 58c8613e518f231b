/* extract/second_look.h - lines of which the engine was not sure, read once more by themselves. */
#pragma once
#include "extract/prepare.h"
#include "extract/recognise.h"

/* Reads the doubtful lines of @reading, which was made from @prepared, again: alone and larger; each is replaced where
 * that is surer. A line that says nothing even so is read as the upright @page has it, if that is not NULL. No more
 * lines than are worth it, and none after @deadline_us of dk_monotonic_us. Returns how many were replaced. */
unsigned extract_second_look (ExtractReading *reading, const ExtractPrepared *prepared, PIX *page, int64_t deadline_us);
