/* What a page paints, and its pixels: the one picture that it is, or a drawing. */
#include "extract/pdf_image.h"
#include <math.h>

enum
{
  DRAWN_DPI = 300,
  LEAST_DRAWN_DPI = 150,
  MOST_DRAWN_DPI = 400,
};
/* Of the sheet: when pictures cover so much of it, they tell the resolution of a drawing, each of so much. */
#define MOST_OF_IT 0.5
#define PART_OF_IT 0.02

/* From the page as it is stored to the page as it is shown: its lower left corner is the origin. */
static ExtractMatrix
to_shown (ExtractArea shown, int turn)
{
  ExtractMatrix origin = { 1, 0, 0, 1, -shown.x0, -shown.y0 };
  double width = shown.x1 - shown.x0, height = shown.y1 - shown.y0;
  switch (turn)
    {
    case 90:
      return extract_matrix (origin, (ExtractMatrix){ 0, -1, 1, 0, 0, width });
    case 180:
      return extract_matrix (origin, (ExtractMatrix){ -1, 0, 0, -1, width, height });
    case 270:
      return extract_matrix (origin, (ExtractMatrix){ 0, 1, -1, 0, height, 0 });
    default:
      return origin;
    }
}

/* NULL where libqpdf does not see the page that poppler sees. */
static const ExtractPdfContent *
content_of (ExtractPdf *pdf, unsigned no, const ExtractPdfSheet *sheet, ExtractMatrix *to_page)
{
  ExtractArea shown;
  int turn;
  qpdf_oh object = extract_pdf_object (pdf, no);
  if (!extract_pdf_shown (pdf, object, sheet, &shown, &turn))
    return NULL;
  *to_page = to_shown (shown, turn);
  if (pdf->content == NULL || pdf->content_no != no)
    {
      extract_pdf_content_free (pdf->content);
      pdf->content = extract_pdf_content (pdf->qpdf, object, shown);
      pdf->content_no = no;
    }
  return pdf->content;
}

/* --- how it looks --- */

static double
share_of (ExtractArea area, const ExtractPdfSheet *sheet)
{
  double width = MIN (area.x1, sheet->width) - MAX (area.x0, 0);
  double height = MIN (area.y1, sheet->height) - MAX (area.y0, 0);
  return width > 0 && height > 0 ? width * height / (sheet->width * sheet->height) : 0;
}

/* Overlaps count twice, which strips do by a line. Of a scan in layers, the letters are finer than the paper. */
static void
add_pictures (const ExtractPdfContent *content, ExtractMatrix to_page, const ExtractPdfSheet *sheet,
              ExtractPdfLook *look)
{
  for (guint i = 0; i < content->pictures->len; i++)
    {
      const ExtractPdfPicture *picture = &g_array_index (content->pictures, ExtractPdfPicture, i);
      ExtractMatrix m = extract_matrix (picture->matrix, to_page);
      double share = share_of (extract_matrix_area (m, (ExtractArea){ 0, 0, 1, 1 }), sheet);
      double points = hypot (m.a, m.b);
      look->picture_share += share;
      if (share >= PART_OF_IT && points > 0)
        look->picture_dpi = (unsigned)MAX (look->picture_dpi, CLAMP (picture->width_px * 72 / points + 0.5, 1, 1e6));
    }
  look->picture_share = MIN (look->picture_share, 1);
  if (look->picture_share < MOST_OF_IT)
    look->picture_dpi = 0;
}

static double
mapped_share (PopplerPage *page, const ExtractPdfSheet *sheet)
{
  GList *pictures = poppler_page_get_image_mapping (page);
  double share = 0;
  for (GList *at = pictures; at != NULL; at = at->next)
    {
      const PopplerRectangle *r = &((PopplerImageMapping *)at->data)->area;
      share += share_of ((ExtractArea){ r->x1, r->y1, r->x2, r->y2 }, sheet);
    }
  poppler_page_free_image_mapping (pictures);
  return MIN (share, 1);
}

static void
look_at (ExtractPdf *pdf, PopplerPage *page, unsigned no, const ExtractPdfSheet *sheet, ExtractPdfLook *look)
{
  ExtractMatrix to_page;
  const ExtractPdfContent *content = content_of (pdf, no, sheet, &to_page);
  *look = (ExtractPdfLook){ .understood = content != NULL && content->understood };
  if (content != NULL)
    {
      look->shown = content->shown;
      look->hidden = content->hidden;
      look->marks = content->marks;
      look->bars = content->bars;
      add_pictures (content, to_page, sheet, look);
    }
  if (!look->understood)
    look->picture_share = MAX (look->picture_share, mapped_share (page, sheet));
}

bool
extract_pdf_look (ExtractPdf *pdf, unsigned page_no, const Limits *limits, ExtractPdfLook *look, GError **error)
{
  ExtractPdfSheet sheet;
  g_autoptr (PopplerPage) page = extract_pdf_page (pdf, page_no, DRAWN_DPI, limits, &sheet, error);
  if (page == NULL)
    return false;
  look_at (pdf, page, page_no, &sheet, look);
  return true;
}

/* --- pixels --- */

static PIX *
stored_picture (ExtractPdf *pdf, PopplerPage *page, unsigned no, const ExtractPdfSheet *sheet, const Limits *limits,
                unsigned *dpi)
{
  ExtractMatrix to_page;
  const ExtractPdfContent *content = content_of (pdf, no, sheet, &to_page);
  if (content == NULL || !content->understood || content->shown > 0 || content->marks > 0
      || content->pictures->len != 1)
    return NULL;
  const ExtractPdfPicture *picture = &g_array_index (content->pictures, ExtractPdfPicture, 0);
  return extract_pdf_image (pdf, page, sheet, picture, to_page, limits, dpi);
}

PIX *
extract_pdf_pixels (ExtractPdf *pdf, unsigned page_no, const Limits *limits, unsigned *dpi, bool *as_stored,
                    GError **error)
{
  ExtractPdfSheet sheet;
  ExtractPdfLook look;
  g_autoptr (PopplerPage) page = extract_pdf_page (pdf, page_no, DRAWN_DPI, limits, &sheet, error);
  if (page == NULL)
    return NULL;
  PIX *pix = stored_picture (pdf, page, page_no, &sheet, limits, dpi);
  *as_stored = pix != NULL;
  if (pix != NULL)
    return pix;
  look_at (pdf, page, page_no, &sheet, &look);
  *dpi = look.picture_dpi > 0 ? CLAMP (look.picture_dpi, LEAST_DRAWN_DPI, MOST_DRAWN_DPI) : DRAWN_DPI;
  return extract_pdf_render (pdf, page_no, limits, dpi, error);
}
