/* classify/field_layout.h - what a page shows between its words: lines left empty, and wide blanks. */
#pragma once
#include "base/record.h"

typedef struct
{
  bool empty_line; /* before its line */
  uint8_t column;  /* up to which there are blanks before it; 0 where there is but one */
} FieldLayoutBefore;

/* What stands before each word of @page. NULL where words have no boxes. Owned by the caller. */
FieldLayoutBefore *field_layout_new (const RecordPage *page);
