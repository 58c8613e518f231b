#include "samples/page.h"
#include <pango/pangocairo.h>
#include <stdbool.h>
#include <string.h>

#define MARGIN_PT 62.0
#define TOP_PT 58.0
#define RIGHT_HALF_PT 318.0
#define LEAST_MARGIN_PT 30.0 /* of addresses and dates in the right half */

static double
draw_line (cairo_t *cairo, const char *line, const SamplesStyle *style, double size_pt, double x, double y)
{
  PangoLayout *layout = pango_cairo_create_layout (cairo);
  PangoFontDescription *font = pango_font_description_new ();
  pango_font_description_set_family (font, style->font);
  pango_font_description_set_absolute_size (font, size_pt * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout,
                          (int)((SAMPLES_WIDTH_PT - (x > MARGIN_PT ? LEAST_MARGIN_PT : MARGIN_PT) - x) * PANGO_SCALE));
  pango_layout_set_line_spacing (layout, 1.12f);
  pango_layout_set_text (layout, *line == '\0' ? " " : line, -1);
  int height;
  pango_layout_get_size (layout, NULL, &height);
  cairo_move_to (cairo, x, y);
  pango_cairo_show_layout (cairo, layout);
  pango_font_description_free (font);
  g_object_unref (layout);
  return y + height / (double)PANGO_SCALE;
}

double
samples_draw (cairo_t *cairo, const char *text, const SamplesStyle *style)
{
  cairo_set_source_rgb (cairo, 0.05, 0.05, 0.06);
  if (style->heading != NULL)
    draw_line (cairo, style->heading, style, 8, MARGIN_PT, 16);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  double y = TOP_PT;
  for (char **line = lines; *line != NULL; line++)
    {
      bool right = **line == '\t';
      double below
          = draw_line (cairo, right ? *line + 1 : *line, style, style->size_pt, right ? RIGHT_HALF_PT : MARGIN_PT, y);
      y = **line == '\0' ? y + 0.75 * style->size_pt : below + 1;
    }
  if (style->barcode == NULL)
    return y;
  double place = MIN (y + 12, SAMPLES_HEIGHT_PT - 80);
  samples_barcode (cairo, style->barcode, MARGIN_PT + 10, place, 1.15, 34);
  return draw_line (cairo, style->barcode, style, 9, MARGIN_PT + 40, place + 37);
}

/* The luma of a cairo picture. */
static PIX *
grey_of (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  const unsigned char *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  PIX *pix = pixCreate (width, height, 8);
  for (int y = 0; y < height; y++)
    {
      l_uint32 *line = pixGetData (pix) + y * pixGetWpl (pix);
      const unsigned char *from = data + y * stride;
      for (int x = 0; x < width; x++)
        SET_DATA_BYTE (line, x, (29 * from[4 * x] + 150 * from[4 * x + 1] + 77 * from[4 * x + 2]) >> 8);
    }
  return pix;
}

PIX *
samples_raster (const char *text, const SamplesStyle *style, unsigned dpi)
{
  double scale = dpi / 72.0;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)(SAMPLES_WIDTH_PT * scale),
                                                         (int)(SAMPLES_HEIGHT_PT * scale));
  cairo_t *cairo = cairo_create (surface);
  cairo_set_source_rgb (cairo, 1, 1, 1);
  cairo_paint (cairo);
  cairo_scale (cairo, scale, scale);
  bool fits = samples_draw (cairo, text, style) <= SAMPLES_HEIGHT_PT;
  cairo_destroy (cairo);
  cairo_surface_flush (surface);
  PIX *pix = fits ? grey_of (surface) : NULL;
  cairo_surface_destroy (surface);
  if (fits)
    pixSetResolution (pix, (int)dpi, (int)dpi);
  return pix;
}
