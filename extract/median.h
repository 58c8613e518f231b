/* extract/median.h - grey pages without the grains that a bad scanner or a coarse copy puts on them. */
#pragma once
#include "extract/cleanup.h"

/* @grey (8 bits, no palette) with the median of each pixel and the eight round it: single pixels go, edges stay. Owned
 * by the caller, NULL when memory is short. */
PIX *extract_median (PIX *grey);
