/* extract/spaces.h - blanks that the engine overlooked, found again in the pixels between the letters. */
#pragma once
#include "extract/cleanup.h"
#include "extract/reading.h"
#include "extract/spelling.h"

/* The widest gap between letters of the word in @box of @ink (1 bit). */
ExtractGap extract_spaces_gap (PIX *ink, RecordBox box);

/* Parts each word of @reading whose gap is as wide as those between the words of its line: letters where two words come
 * of it, near the place that word.gap_at names, figures and signs at that place. */
void extract_spaces_mend (ExtractReading *reading, ExtractIsWord is_word, void *data);
