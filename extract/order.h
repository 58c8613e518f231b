/* extract/order.h - words put in the order in which people read them: tables and forms row by row, columns and blocks
 * that stand side by side one after the other. */
#pragma once
#include "extract/reading.h"

typedef struct
{
  bool rows, columns; /* whether a table, or columns, stood otherwise before */
} ExtractOrder;
/* Orders the words of @reading, whose lines are level, where what stands side by side is clearly the one or the other.
 */
ExtractOrder extract_order (ExtractReading *reading);
