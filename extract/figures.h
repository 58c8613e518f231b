/* extract/figures.h - figures that the engine took for signs. */
#pragma once
#include "extract/reading.h"

/* A dollar sign alone, with no number beside it and a word in small letters behind it ("$ de noviembre"), becomes 5:
 * the sign of a sum stands beside its figures. */
void extract_figures_mend (ExtractReading *reading);
