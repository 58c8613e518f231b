/* extract/pronoun.h - the English word I, which engines take for a rule: in many faces both are the same stroke. */
#pragma once
#include "extract/cleanup.h"
#include "extract/reading.h"

/* Words of English in @reading that were read as a lone stroke become I where they stand beside a word as I does and
 * end with its letters in the pixels @pix that were read (1 or 8 bits). Rules of tables and signs between parts of a
 * line, which reach below it or stand apart, stay. */
void extract_pronoun_mend (ExtractReading *reading, PIX *pix);
