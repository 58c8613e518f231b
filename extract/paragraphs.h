/* extract/paragraphs.h - paragraphs in another language than their page, such as a letter that it quotes. */
#pragma once
#include "extract/prepare.h"
#include "extract/reading.h"

/* Reads the lines of @reading, which was made from @prepared, that speak clearly for another language than that of the
 * model once more with its own; they are replaced where that is surer. Where no lines do it costs nothing but counting
 * words. None is begun after @deadline_us of dk_monotonic_us. Returns how many paragraphs, or rows of them, were
 * replaced. */
unsigned extract_paragraphs_read (ExtractReading *reading, const ExtractPrepared *prepared, int64_t deadline_us);
/* The pixels in @box of @prepared, without the words of @reading that are none of @first to @end (exclusive). Owned by
 * the caller, NULL when memory is short. */
PIX *extract_paragraphs_cut_out (const ExtractReading *reading, guint first, guint end, const ExtractPrepared *prepared,
                                 const RecordBox *box);
