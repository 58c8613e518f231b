/* extract/grey.h - grey pixels made fewer or turned, as Leptonica does it but in a fraction of the time: a page is
 * scaled once for nearly every reading. All take 8 bits a pixel without a palette, give a picture owned by the caller,
 * and NULL when memory is short. */
#pragma once
#include "extract/cleanup.h"

/* Exactly half, the mean of four pixels each; @grey has two or more pixels a side. */
PIX *extract_grey_halve (PIX *grey);
/* Made smaller by @by (below 1, at least 1/16): each pixel is the mean of the area it covers. */
PIX *extract_grey_shrink (PIX *grey, double by);
/* Turned clockwise by @radians (below a quarter turn) about its middle, on white, and large enough to lose no corner.
 */
PIX *extract_grey_level (PIX *grey, double radians);
/* Turned clockwise by @quarters. */
PIX *extract_grey_turn (PIX *grey, int quarters);
