/* extract/bind_jpeg.h - what the header of a JPEG file says, so that its bytes can go into a PDF as they are. */
#pragma once
#include <glib.h>
#include <stdbool.h>

typedef struct
{
  unsigned width_px, height_px;
  unsigned components; /* 1 grey, 3 colour, 4 print colours */
  bool carried;        /* PDF can show these bytes: 8 bits, baseline or progressive, grey or three colours */
} BindJpeg;
/* False when @bytes is no JPEG with a size. */
bool extract_bind_jpeg (GBytes *bytes, BindJpeg *jpeg);
