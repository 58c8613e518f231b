/* extract/bind_png.h - the compressed rows of a PNG file, which PDF can carry as they are (Flate with PNG predictors).
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

typedef struct
{
  unsigned width_px, height_px, bits;
  unsigned colours;             /* samples of a pixel: 1, or 3 for red green blue */
  const unsigned char *palette; /* three bytes for each value of a pixel, in the file; NULL: the values are grey */
  unsigned palette_colours;
  GBytes *data;
} BindPng;
/* Takes the rows of @bytes. False when they have transparency or interlacing, or are no PNG: then
 * the picture has to be coded anew. The chunks' check sums are not looked at. */
bool extract_bind_png (GBytes *bytes, BindPng *png);
