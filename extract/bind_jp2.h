/* extract/bind_jp2.h - what the boxes of a JPEG 2000 file say, so that its bytes can go into a PDF as they are. */
#pragma once
#include <glib.h>
#include <stdbool.h>

typedef struct
{
  unsigned width_px, height_px, bits;
  unsigned components; /* 1 grey, 3 colour */
} BindJp2;
/* False when @bytes is no JP2 file that a PDF for archives may carry: one colour description, grey or sRGB, all
 * components of the same 8 or 16 bits, no palette and no other channels. */
bool extract_bind_jp2 (GBytes *bytes, BindJp2 *jp2);
