/* extract/numerals.h - Roman numerals, in which engines count equal strokes badly: XIII is read as XII, XU or XI. */
#pragma once
#include "extract/cleanup.h"
#include "extract/reading.h"

/* Counts the strokes of each word of @reading that looks like a Roman numeral in the pixels @pix that were read (1 or 8
 * bits), and adds the figures I that were left out or taken for other letters. What the pixels do not tell plainly
 * stays as it was read. */
void extract_numerals_mend (ExtractReading *reading, PIX *pix);
/* Whether @text is a Roman numeral as it is written today, from I to MMMCMXCIX. */
bool extract_numerals_is_roman (const char *text);
