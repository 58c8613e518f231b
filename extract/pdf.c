#include "extract/pdf_sheet.h"
#include <cairo.h>
#include <math.h>

enum
{
  LEAST_DPI = 36,
  /* Four bytes each while a page is drawn. */
  MOST_PIXELS = 36000000,
  MOST_SIDE = 32000,
};

void
extract_pdf_free (ExtractPdf *pdf)
{
  if (pdf == NULL)
    return;
  g_object_unref (pdf->document);
  extract_pdf_content_free (pdf->content);
  extract_qpdf_close (pdf->qpdf);
  g_bytes_unref (pdf->file);
  g_free (pdf);
}

ExtractPdf *
extract_pdf_open (GBytes *file, const Limits *limits, GError **error)
{
  g_autoptr (GError) why = NULL;
  PopplerDocument *document = poppler_document_new_from_bytes (file, NULL, &why);
  if (document == NULL)
    {
      bool locked = g_error_matches (why, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED);
      extract_refuse (error, locked ? RECORD_CODE_NEEDS_PASSWORD : RECORD_CODE_DAMAGED, "open a PDF: %s",
                      why != NULL ? why->message : "unknown");
      return NULL;
    }
  g_autoptr (ExtractPdf) pdf = g_new0 (ExtractPdf, 1);
  pdf->file = g_bytes_ref (file);
  pdf->document = document;
  int pages = poppler_document_get_n_pages (document);
  if (pages <= 0)
    extract_refuse (error, RECORD_CODE_DAMAGED, "open a PDF: no pages in it");
  else if ((unsigned)pages > limits->pages)
    extract_refuse (error, RECORD_CODE_LIMIT, "open a PDF: %d pages are more than %u", pages, limits->pages);
  else
    return g_steal_pointer (&pdf);
  return NULL;
}

unsigned
extract_pdf_pages (const ExtractPdf *pdf)
{
  return (unsigned)poppler_document_get_n_pages (pdf->document);
}

bool
extract_pdf_is_mute (ExtractPdf *pdf)
{
  PopplerPage *page = poppler_document_get_page (pdf->document, 0);
  g_autofree char *text = page != NULL ? poppler_page_get_text (page) : NULL;
  g_clear_object (&page);
  return text == NULL || *text == '\0';
}

/* --- size --- */

PopplerPage *
extract_pdf_page (ExtractPdf *pdf, unsigned no, unsigned dpi, const Limits *limits, ExtractPdfSheet *sheet,
                  GError **error)
{
  g_autoptr (PopplerPage) page
      = no >= 1 && no <= extract_pdf_pages (pdf) ? poppler_document_get_page (pdf->document, (int)no - 1) : NULL;
  if (page == NULL)
    {
      extract_refuse (error, RECORD_CODE_DAMAGED, "open page %u of a PDF", no);
      return NULL;
    }
  poppler_page_get_size (page, &sheet->width, &sheet->height);
  if (!(sheet->width >= 1 && sheet->height >= 1))
    {
      extract_refuse (error, RECORD_CODE_DAMAGED, "measure page %u of a PDF: it has no area", no);
      return NULL;
    }
  double most = MIN ((double)limits->pixels, MOST_PIXELS);
  double fits = MIN (dpi, 72 * sqrt (most / (sheet->width * sheet->height)));
  fits = floor (MIN (fits, 72 * (double)MOST_SIDE / MAX (sheet->width, sheet->height)));
  if (!(fits >= LEAST_DPI))
    {
      extract_refuse (error, RECORD_CODE_LIMIT, "draw page %u of a PDF: %.0f by %.0f points are too large", no,
                      sheet->width, sheet->height);
      return NULL;
    }
  sheet->dpi = (unsigned)fits;
  sheet->width_px = (unsigned)MAX (ceil (sheet->width * fits / 72 - 0.01), 1);
  sheet->height_px = (unsigned)MAX (ceil (sheet->height * fits / 72 - 0.01), 1);
  return g_steal_pointer (&page);
}

qpdf_oh
extract_pdf_object (ExtractPdf *pdf, unsigned no)
{
  if (!pdf->opened)
    pdf->qpdf = extract_qpdf_open (pdf->file);
  pdf->opened = true;
  return pdf->qpdf != NULL ? extract_qpdf_page (pdf->qpdf, no, extract_pdf_pages (pdf)) : 0;
}

static bool
box_of (qpdf_data qpdf, qpdf_oh page, const char *key, ExtractArea *box)
{
  double n[4];
  if (!extract_qpdf_numbers (qpdf, extract_qpdf_inherited (qpdf, page, key), n, 4))
    return false;
  *box = (ExtractArea){ MIN (n[0], n[2]), MIN (n[1], n[3]), MAX (n[0], n[2]), MAX (n[1], n[3]) };
  return true;
}

bool
extract_pdf_shown (ExtractPdf *pdf, qpdf_oh page, const ExtractPdfSheet *sheet, ExtractArea *shown, int *turn)
{
  ExtractArea crop;
  if (page == 0 || !box_of (pdf->qpdf, page, "/MediaBox", shown))
    return false;
  if (box_of (pdf->qpdf, page, "/CropBox", &crop))
    *shown = (ExtractArea){ MAX (shown->x0, crop.x0), MAX (shown->y0, crop.y0), MIN (shown->x1, crop.x1),
                            MIN (shown->y1, crop.y1) };
  double rotate = extract_qpdf_number (pdf->qpdf, extract_qpdf_inherited (pdf->qpdf, page, "/Rotate"), 0);
  *turn = fabs (rotate) < 1e6 ? (((int)rotate % 360) + 360) % 360 : 1;
  double width = shown->x1 - shown->x0, height = shown->y1 - shown->y0;
  bool side = *turn % 180 != 0;
  return *turn % 90 == 0 && fabs ((side ? height : width) - sheet->width) < 0.5
         && fabs ((side ? width : height) - sheet->height) < 0.5;
}

/* --- pixels --- */

static bool
draw (PopplerPage *page, const ExtractPdfSheet *sheet, cairo_surface_t *surface)
{
  cairo_t *cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, sheet->width_px / sheet->width, sheet->height_px / sheet->height);
  poppler_page_render (page, cr);
  bool drawn = cairo_status (cr) == CAIRO_STATUS_SUCCESS;
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return drawn && cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS;
}

PIX *
extract_pdf_luma (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  const unsigned char *data = cairo_image_surface_get_data (surface);
  PIX *grey = data != NULL ? pixCreateNoInit (width, height, 8) : NULL;
  for (int y = 0; grey != NULL && y < height; y++)
    {
      const uint32_t *from = (const uint32_t *)(data + (size_t)y * (size_t)stride);
      l_uint32 *line = pixGetData (grey) + (size_t)y * (size_t)pixGetWpl (grey);
      for (int x = 0; x < width; x++)
        {
          uint32_t rgb = from[x];
          SET_DATA_BYTE (line, x, ((rgb >> 16 & 255) * 77 + (rgb >> 8 & 255) * 150 + (rgb & 255) * 29) >> 8);
        }
    }
  return grey;
}

PIX *
extract_pdf_draw (PopplerPage *page, const ExtractPdfSheet *sheet)
{
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)sheet->width_px, (int)sheet->height_px);
  PIX *grey = draw (page, sheet, surface) ? extract_pdf_luma (surface) : NULL;
  cairo_surface_destroy (surface);
  return grey;
}

PIX *
extract_pdf_render (ExtractPdf *pdf, unsigned page_no, const Limits *limits, unsigned *dpi, GError **error)
{
  ExtractPdfSheet sheet;
  g_autoptr (PopplerPage) page = extract_pdf_page (pdf, page_no, *dpi, limits, &sheet, error);
  if (page == NULL)
    return NULL;
  *dpi = sheet.dpi;
  PIX *grey = extract_pdf_draw (page, &sheet);
  if (grey == NULL)
    extract_refuse (error, RECORD_CODE_DAMAGED, "draw page %u of a PDF", page_no);
  return grey;
}

/* --- warm-up --- */

#define WARM_STREAM                                                                                                    \
  "BT /F1 12 Tf 9 80 Td (ab) Tj /F2 12 Tf (ab) Tj /F3 12 Tf (ab) Tj /F4 12 Tf (ab) Tj /F5 12 Tf (ab) Tj ET"
#define WARM_FONT(name, base) "/" name "<</Type/Font/Subtype/Type1/BaseFont/" base ">>"
/* Without a cross-reference table, which poppler then makes itself. */
static const char warm_pdf[]
    = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
      "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<<" WARM_FONT (
          "F1", "Helvetica") WARM_FONT ("F2", "Times-Roman") WARM_FONT ("F3", "Courier") WARM_FONT ("F4", "Arial")
          WARM_FONT ("F5", "ZapfDingbats") ">>>>>>endobj\n4 0 obj<</Length 113>>stream\n" WARM_STREAM
                                           "\nendstream endobj\ntrailer<</Root 1 0 R/Size 5>>\n";

bool
extract_pdf_warm_up (GError **error)
{
  static const Limits limits = LIMITS_DEFAULT;
  g_autoptr (GBytes) bytes = g_bytes_new_static (warm_pdf, sizeof warm_pdf - 1);
  g_autoptr (GError) why = NULL;
  g_autoptr (ExtractPdf) pdf = extract_pdf_open (bytes, &limits, &why);
  unsigned dpi = 300;
  g_autoptr (PIX) pix = pdf != NULL ? extract_pdf_render (pdf, 1, &limits, &dpi, &why) : NULL;
  g_autoptr (RecordPage) page = record_page_new (1);
  ExtractPdfLook look;
  unsigned lost;
  if (pix == NULL || !extract_pdf_text (pdf, &limits, page, &lost, &why)
      || !extract_pdf_look (pdf, 1, &limits, &look, &why))
    return dk_throw (error, DK_ERROR_FAILED, "prepare for PDF: %s", why->message);
  return true;
}
