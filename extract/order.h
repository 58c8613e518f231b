/* extract/order.h - words put in the order in which people read them: tables and forms row by row, columns and blocks
 * that stand side by side one after the other. */
#pragma once
#include "extract/cleanup.h"
#include "extract/reading.h"

typedef struct
{
  bool rows, columns; /* whether a table, or columns, stood otherwise before */
} ExtractOrder;
/* Orders the words of @reading, whose lines are level, where what stands side by side is clearly the one or the other.
 * @ink (1 bit) are the pixels that were read, in which the lines of forms are looked for, or NULL. */
ExtractOrder extract_order (ExtractReading *reading, PIX *ink);
