/* extract/bind_png.h - the compressed rows of a PNG file, which PDF can carry as they are (Flate with PNG predictors).
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

typedef struct
{
  unsigned width_px, height_px, bits;
  unsigned colours; /* 1 grey, 3 red green blue */
  GBytes *data;
} BindPng;
/* Takes the rows of @bytes. False when they have a palette, transparency, interlacing or 16 bits, or are no PNG: then
 * the picture has to be coded anew. The chunks' check sums are not looked at. */
bool extract_bind_png (GBytes *bytes, BindPng *png);
