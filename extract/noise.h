/* extract/noise.h - what was read where nothing is written: signs made of specks, lines made of rubbish. */
#pragma once
#include "extract/recognise.h"

/* Takes out of @reading the lines that are hardly sure of a letter, and unsure signs without a letter or figure. Its
 * confidence stays that of all that was read, so that a page of rubbish still shows as one. */
void extract_noise_drop (ExtractReading *reading);
