/* samples/page.h - a letter laid out on A4 by pango. */
#pragma once
#include <cairo.h>
#include <leptonica/allheaders.h>

#define SAMPLES_WIDTH_PT 595.276
#define SAMPLES_HEIGHT_PT 841.89

typedef struct
{
  const char *font; /* a family of fonts-urw-base35 or fonts-dejavu-core */
  double size_pt;
  const char *barcode; /* printed as Code 128 near the bottom, or NULL */
  const char *heading; /* a small line at the top edge, as fax machines print it, or NULL */
} SamplesStyle;

/* Draws @text on the current page of @cairo, in points. A line that begins with a tab stands in the right half. Gives
 * how far down the text reaches, in points: more than the height of the sheet when it is too long. */
double samples_draw (cairo_t *cairo, const char *text, const SamplesStyle *style);
/* The same as 8 bits grey at @dpi; NULL where @text is longer than the sheet. Owned by the caller. */
PIX *samples_raster (const char *text, const SamplesStyle *style, unsigned dpi);
/* Bars of @text, printable ASCII, as Code 128 set B, @module_pt the width of the thinnest. */
void samples_barcode (cairo_t *cairo, const char *text, double x, double y, double module_pt, double height_pt);
