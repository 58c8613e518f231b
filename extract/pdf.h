/* extract/pdf.h - the pages of a PDF: their own text, or their pixels. Points become pixels here. */
#pragma once
#include "extract/cleanup.h"
#include "extract/refuse.h"

/* Renders a page with the standard fonts, which are in no file, so that fontconfig and poppler have all but the font
 * files themselves in memory before the child is shut in. */
bool extract_pdf_warm_up (GError **error);

typedef struct ExtractPdf ExtractPdf;
/* Keeps a reference on @file. Owned by the caller. Refused as needs_password, damaged, or limit (pages). */
ExtractPdf *extract_pdf_open (GBytes *file, const Limits *limits, GError **error);
void extract_pdf_free (ExtractPdf *pdf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExtractPdf, extract_pdf_free)
unsigned extract_pdf_pages (const ExtractPdf *pdf);

/* Fills size, text and words of page->no from the page's own text layer, measured at 300 dpi (less on a sheet of
 * metres) on the crop box as it is shown. *@trusted tells whether that is all there is to read: false for a picture
 * with a stamp or page number over it, for rubbish, for no text. Refused as damaged, or as limit for an endless sheet.
 */
bool extract_pdf_text (ExtractPdf *pdf, const Limits *limits, RecordPage *page, bool *trusted, GError **error);
/* The page @page_no as it is shown, 8 bits grey. *@dpi is 300, less for a sheet of metres. Owned by the caller. Refused
 * as extract_pdf_text does, before any pixel is allocated. */
PIX *extract_pdf_render (ExtractPdf *pdf, unsigned page_no, const Limits *limits, unsigned *dpi, GError **error);
