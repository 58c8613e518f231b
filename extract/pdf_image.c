#include "extract/pdf_image.h"
#include "extract/pdf_code.h"
#include "extract/picture.h"
#include "extract/resolution.h"
#include <math.h>

#define COVERS 0.95 /* of the page, that which is all of it */
#define SLACK 2     /* pixels by which a picture may miss the page and still be it */

/* As Exif counts them, of the turns and mirrors by quarters that @m may be; 0 for others. */
static unsigned
orientation_of (ExtractMatrix m, const ExtractPdfPicture *picture)
{
  double slack = 0.5 * MAX (fabs (m.a) + fabs (m.b), fabs (m.c) + fabs (m.d))
                 / MAX (MAX (picture->width_px, picture->height_px), 1);
  if (fabs (m.b) <= slack && fabs (m.c) <= slack)
    return m.a > 0 ? (m.d > 0 ? 1 : 4) : (m.d > 0 ? 2 : 3);
  if (fabs (m.a) <= slack && fabs (m.d) <= slack)
    return m.b > 0 ? (m.c > 0 ? 7 : 8) : (m.c > 0 ? 6 : 5);
  return 0;
}

/* @pix, which lies on @area of the sheet (points, origin bottom left), with the sheet's edges. */
static PIX *
fit (PIX *pix, ExtractArea area, const ExtractPdfSheet *sheet)
{
  double across = pixGetWidth (pix) / (area.x1 - area.x0), down = pixGetHeight (pix) / (area.y1 - area.y0);
  double wide = sheet->width * across, high = sheet->height * down;
  int left = (int)lround (area.x0 * across), top = (int)lround ((sheet->height - area.y1) * down);
  int width = (int)MAX (lround (wide), 1), height = (int)MAX (lround (high), 1);
  bool exact = abs (left) <= SLACK && abs (top) <= SLACK && abs (width - pixGetWidth (pix)) <= SLACK
               && abs (height - pixGetHeight (pix)) <= SLACK;
  if (exact)
    return pixClone (pix);
  PIX *page = pixCreate (width, height, pixGetDepth (pix));
  if (page == NULL)
    return NULL;
  pixSetAllArbitrary (page, pixGetDepth (pix) == 1 ? 0 : 255);
  pixRasterop (page, left, top, pixGetWidth (pix), pixGetHeight (pix), PIX_SRC, pix, 0, 0);
  return page;
}

static bool
covers (ExtractArea area, const ExtractPdfSheet *sheet)
{
  double width = MIN (area.x1, sheet->width) - MAX (area.x0, 0);
  double height = MIN (area.y1, sheet->height) - MAX (area.y0, 0);
  return width > 0 && height > 0 && width * height >= COVERS * sheet->width * sheet->height;
}

/* What the page would be if all of the picture were on it must not be too much either: a page may show a corner. */
static bool
is_sane (ExtractArea area, const ExtractPdfSheet *sheet)
{
  return area.x1 - area.x0 <= 4 * sheet->width && area.y1 - area.y0 <= 4 * sheet->height;
}

static ExtractResolution
resolution_of (const PIX *pix, ExtractArea area)
{
  double x = pixGetWidth (pix) * 72 / (area.x1 - area.x0), y = pixGetHeight (pix) * 72 / (area.y1 - area.y0);
  return (ExtractResolution){ (unsigned)CLAMP (x + 0.5, 1, 1e6), (unsigned)CLAMP (y + 0.5, 1, 1e6) };
}

static PIX *
decode (ExtractPdf *pdf, PopplerPage *page, const ExtractPdfPicture *picture, const Limits *limits)
{
  PIX *pix = extract_pdf_code (pdf->qpdf, picture, limits);
  if (pix == NULL && extract_pdf_code_is_jbig2 (pdf->qpdf, picture))
    pix = extract_pdf_code_by_poppler (page, picture, true, limits);
  return pix;
}

PIX *
extract_pdf_image (ExtractPdf *pdf, PopplerPage *page, const ExtractPdfSheet *sheet, const ExtractPdfPicture *picture,
                   ExtractMatrix to_page, const Limits *limits, unsigned *dpi)
{
  ExtractMatrix matrix = extract_matrix (picture->matrix, to_page);
  ExtractArea area = extract_matrix_area (matrix, (ExtractArea){ 0, 0, 1, 1 });
  unsigned orientation = orientation_of (matrix, picture);
  if (!picture->whole || orientation == 0 || !covers (area, sheet) || !is_sane (area, sheet))
    return NULL;
  g_autoptr (PIX) stored = decode (pdf, page, picture, limits);
  g_autoptr (PIX) upright = stored != NULL ? extract_picture_upright (stored, orientation) : NULL;
  if (upright == NULL)
    return NULL;
  ExtractResolution found = resolution_of (upright, area);
  g_autoptr (PIX) square = extract_resolution_square (upright, &found);
  g_autoptr (PIX) shown = square != NULL ? fit (square, area, sheet) : NULL;
  if (shown == NULL)
    return NULL;
  bool bilevel = pixGetDepth (shown) == 1;
  *dpi = extract_resolution (found, (unsigned)pixGetWidth (shown), (unsigned)pixGetHeight (shown), bilevel).x;
  return g_steal_pointer (&shown);
}
