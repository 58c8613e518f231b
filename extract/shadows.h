/* extract/shadows.h - parts of a page whose paper is as dark as ink is elsewhere: folds, stains, the shadow of a hand.
 */
#pragma once
#include "extract/cleanup.h"

/* The parts of @grey (8 bits, a page at some 100 to 200 dpi) whose paper one threshold for the page, @threshold, would
 * take for ink, or nearly, though something darker stands on it: black in two levels, as large as @grey, owned by the
 * caller. Solid bars, desks and the like are none of them. NULL when there are none to speak of, or memory is short. */
PIX *extract_shadows (PIX *grey, int threshold);
