#include "extract/preview.h"
#include <cairo.h>
#include <math.h>
#include <poppler.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerDocument, g_object_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerPage, g_object_unref)

static PIX *
pixels_of (cairo_surface_t *surface, unsigned width_px, unsigned height_px)
{
  int stride = cairo_image_surface_get_stride (surface);
  const unsigned char *data = cairo_image_surface_get_data (surface);
  PIX *pix = pixCreateNoInit ((l_int32)width_px, (l_int32)height_px, 32);
  for (unsigned y = 0; pix != NULL && y < height_px; y++)
    {
      const uint32_t *from = (const uint32_t *)(data + (size_t)y * (size_t)stride);
      l_uint32 *line = pixGetData (pix) + (size_t)y * (size_t)pixGetWpl (pix);
      for (unsigned x = 0; x < width_px; x++)
        line[x] = from[x] << 8;
    }
  return pix;
}

static PIX *
draw (PopplerPage *page, double width, double height, unsigned width_px, unsigned height_px)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)width_px, (int)height_px);
  cairo_t *cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, width_px / width, height_px / height);
  poppler_page_render (page, cr);
  bool drawn = cairo_status (cr) == CAIRO_STATUS_SUCCESS;
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  drawn = drawn && cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS;
  PIX *pix = drawn ? pixels_of (surface, width_px, height_px) : NULL;
  cairo_surface_destroy (surface);
  return pix;
}

static PopplerDocument *
open_document (GBytes *file, GError **error)
{
  g_autoptr (GError) why = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (file, NULL, &why);
  bool locked = g_error_matches (why, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED);
  if (document == NULL)
    extract_refuse (error, locked ? RECORD_CODE_NEEDS_PASSWORD : RECORD_CODE_DAMAGED, "open a PDF: %s",
                    why != NULL ? why->message : "unknown");
  return document;
}

PIX *
extract_preview_pdf (GBytes *file, const ExtractPreview *wanted, const Limits *limits, GError **error)
{
  g_autoptr (PopplerDocument) document = open_document (file, error);
  if (document == NULL)
    return NULL;
  bool there = wanted->page >= 1 && wanted->page <= limits->pages
               && (int)wanted->page <= poppler_document_get_n_pages (document);
  g_autoptr (PopplerPage) page = there ? poppler_document_get_page (document, (int)wanted->page - 1) : NULL;
  double width = 0, height = 0;
  unsigned width_px, height_px;
  if (page != NULL)
    poppler_page_get_size (page, &width, &height);
  if (!(width >= 1 && height >= 1 && isfinite (width) && isfinite (height)))
    {
      extract_refuse (error, RECORD_CODE_DAMAGED, "measure page %u of a PDF", wanted->page);
      return NULL;
    }
  extract_preview_size (wanted, width, height, &width_px, &height_px);
  PIX *pix = draw (page, width, height, width_px, height_px);
  if (pix == NULL)
    extract_refuse (error, RECORD_CODE_DAMAGED, "draw page %u of a PDF", wanted->page);
  return pix;
}
