/* extract/pdf_sheet.h - an open PDF and the measures of its pages, for the files that read them. */
#pragma once
#include "extract/pdf.h"
#include "extract/pdf_content.h"
#include <poppler.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerPage, g_object_unref)

struct ExtractPdf
{
  GBytes *file;
  PopplerDocument *document;
  qpdf_data qpdf;             /* NULL: not opened yet, or refused by libqpdf */
  bool opened;                /* libqpdf was asked */
  ExtractPdfContent *content; /* of page content_no, the last that was asked for, or NULL */
  unsigned content_no;
};

/* A page as it is shown, at some resolution. */
typedef struct
{
  double width, height; /* points */
  unsigned dpi, width_px, height_px;
} ExtractPdfSheet;

/* The page and its measures at @dpi, or less if it had more pixels than allowed. Owned by the caller. Refused as
 * extract_pdf_text is. */
PopplerPage *extract_pdf_page (ExtractPdf *pdf, unsigned no, unsigned dpi, const Limits *limits, ExtractPdfSheet *sheet,
                               GError **error);
/* Page @no of @pdf as libqpdf sees it; 0 when it cannot, or sees other pages than poppler does. */
qpdf_oh extract_pdf_object (ExtractPdf *pdf, unsigned no);
/* The box of @page that is shown and the clockwise turn in degrees by which it is; false when they make no sense or
 * not a sheet of @sheet's size. */
bool extract_pdf_shown (ExtractPdf *pdf, qpdf_oh page, const ExtractPdfSheet *sheet, ExtractArea *shown, int *turn);
/* Draws @page. Owned by the caller, NULL when it cannot be drawn. */
PIX *extract_pdf_draw (PopplerPage *page, const ExtractPdfSheet *sheet);
/* The luma of a picture of cairo's. Owned by the caller. */
PIX *extract_pdf_luma (cairo_surface_t *surface);
