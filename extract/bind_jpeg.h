/* extract/bind_jpeg.h - what the header of a JPEG file says, so that its bytes can go into a PDF as they are. */
#pragma once
#include <glib.h>
#include <stdbool.h>

typedef struct
{
  unsigned width_px, height_px;
  unsigned components; /* 1 grey, 3 colour, 4 print colours */
  bool adobe;          /* has Adobe's marker, which says how colours are transformed; then inks are inverted */
  bool plain_rgb;      /* three components that are not transformed, though no marker says so */
  bool carried;        /* PDF can show these bytes: 8 bits, baseline or progressive, of 1, 3 or 4 components */
} BindJpeg;
/* False when @bytes is no JPEG with a size. */
bool extract_bind_jpeg (GBytes *bytes, BindJpeg *jpeg);
