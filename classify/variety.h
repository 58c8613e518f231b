/* classify/variety.h - text that says the same few words over and over carries no evidence. */
#pragma once
#include "classify/words.h"

/* Kind and subject among @findings (of RecordFinding) stay undecided, at most a guess, where @words, what the writer
 * says, are many but hardly any different ones: a hundred thousand times "no", a tape of one key. */
void classify_variety_check (const ClassifyWords *words, GPtrArray *findings);
