/* extract/pdf.h - the pages of a PDF: their own text, or their pixels. Points become pixels here.
 *
 * What every page record of a PDF promises: width_px times height_px covers exactly the page as it is shown, which is
 * its crop box within its media box, turned by its /Rotate. rotation counts from there: 0 unless the page as shown was
 * not upright. So a pixel (x, y) of the upright page lies at x / width_px of the width and y / height_px of the height
 * of the page, turned back by rotation; dpi is the same measure rounded, and neither its quotient with 72 nor that of
 * another page is to be used for places. */
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
/* Whether the first page has no text of its own: such a file will be recognised. */
bool extract_pdf_is_mute (ExtractPdf *pdf);

/* What a page paints, as far as it matters to reading. */
typedef struct
{
  bool understood;        /* else the counts may be too small */
  unsigned shown, hidden; /* glyphs that can be seen, and those that cannot */
  unsigned marks;         /* pieces of drawing */
  bool bars;              /* a font of which glyphs may be bar codes */
  double picture_share;   /* of the sheet that is picture, 0 to 1 */
  unsigned picture_dpi;   /* of the finest one when they cover half of the sheet, else 0 */
} ExtractPdfLook;
/* Refused as extract_pdf_text is. */
bool extract_pdf_look (ExtractPdf *pdf, unsigned page_no, const Limits *limits, ExtractPdfLook *look, GError **error);

/* Fills size, text and words of page->no from the page's own text layer, seen or not, measured at 300 dpi (less on a
 * sheet of metres). *@lost is how many characters were none that a text can have. Refused as damaged, or as limit for
 * an endless sheet. */
bool extract_pdf_text (ExtractPdf *pdf, const Limits *limits, RecordPage *page, unsigned *lost, GError **error);

/* The page @page_no as it is shown, 1 bit or 8 bits grey. A page that is one picture is that picture as it is stored;
 * any other is drawn at the resolution of its pictures where they cover half of it, between 150 and 400 dpi, else at
 * 300.
 * *@dpi is what came of it, *@as_stored which of both. Owned by the caller. Refused as extract_pdf_text does, before
 * any pixel is allocated. */
PIX *extract_pdf_pixels (ExtractPdf *pdf, unsigned page_no, const Limits *limits, unsigned *dpi, bool *as_stored,
                         GError **error);
/* The page @page_no drawn at @dpi, or less on a sheet of metres: *@dpi is what it was. Otherwise as above. */
PIX *extract_pdf_render (ExtractPdf *pdf, unsigned page_no, const Limits *limits, unsigned *dpi, GError **error);
