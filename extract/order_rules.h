/* extract/order_rules.h - the lines that are printed between the rows of a form. */
#pragma once
#include "extract/cleanup.h"
#include "extract/order_tracks.h"
#include <stdbool.h>

/* Whether most rows of @cells, of which there are @rows and which are sorted by row, have a line of nearly the width of
 * all of them to the next one in @ink (1 bit), on which the boxes of the cells are. False where @ink is NULL. */
bool extract_order_ruled (const GPtrArray *cells, int rows, PIX *ink);
