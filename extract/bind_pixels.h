/* extract/bind_pixels.h - pixels packed for a PDF without loss: fast, and smaller than what they came in. */
#pragma once
#include "extract/cleanup.h"
#include <stdbool.h>

typedef struct
{
  bool grey;    /* one sample a pixel, else red green blue; of 8 bits */
  GBytes *data; /* rows with PNG's filter bytes, deflated */
} BindPixels;
/* Packs @pix, of 8 bits grey or 32 bits colour without palette, whose transparency is not looked at; colours that are
 * all grey become grey. */
BindPixels extract_bind_pixels (PIX *pix);
/* Whether every pixel of @pix, of 32 bits, is opaque. */
bool extract_bind_pixels_are_opaque (PIX *pix);
