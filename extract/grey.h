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
/* A picture of @width by @height pixels, each of which shows what lies at the place that the homography of (x, y, 1) by
 * @across and @down, both divided by @depth, leads to; white where that is outside of @grey. */
PIX *extract_grey_project (PIX *grey, const double across[3], const double down[3], const double depth[3],
                           l_int32 width, l_int32 height);
/* Turned clockwise by @quarters. */
PIX *extract_grey_turn (PIX *grey, int quarters);
