/* classify/boxes.h - the boxes of forms: where one of several is ticked, what stands beside the others was printed, and
 * nobody says it. */
#pragma once
#include "classify/words.h"

/* The words of @words without those beside boxes that were left empty in a group of which exactly one is ticked: boxes
 * of one line, or of lines one below the other, before their labels or behind them. NULL where there is no such group.
 * Owned by the caller. */
ClassifyWords *classify_boxes_chosen (const ClassifyWords *words);
