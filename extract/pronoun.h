/* extract/pronoun.h - the English word I, which engines take for a rule, or for a 1: in many faces these are the same
 * stroke. */
#pragma once
#include "extract/cleanup.h"
#include "extract/reading.h"

/* Words of English in @reading that were read as a lone stroke become I where they stand beside a word as I does and
 * end with its letters in the pixels @pix that were read (1 or 8 bits); a 1 does where a clause begins with it whose
 * verb no number has ("and 1 have"). Rules of tables and signs between parts of a line, which reach below it or stand
 * apart, stay. */
void extract_pronoun_mend (ExtractReading *reading, PIX *pix);
