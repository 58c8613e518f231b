#include "extract/pdf.h"
#include "extract/language.h"
#include "extract/writer.h"
#include <cairo.h>
#include <math.h>
#include <poppler.h>
#include <string.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PopplerPage, g_object_unref)

enum
{
  PAGE_DPI = 300,
  LEAST_DPI = 36,
  /* Four bytes each while a page is drawn. */
  MOST_PIXELS = 36000000,
  MOST_SIDE = 32000,
};

struct ExtractPdf
{
  PopplerDocument *document;
};

void
extract_pdf_free (ExtractPdf *pdf)
{
  if (pdf == NULL)
    return;
  g_object_unref (pdf->document);
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

/* --- size --- */

typedef struct
{
  double width, height; /* points */
  unsigned dpi, width_px, height_px;
} Sheet;

static PopplerPage *
page_of (ExtractPdf *pdf, unsigned no, const Limits *limits, Sheet *sheet, GError **error)
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
  double dpi = MIN (PAGE_DPI, 72 * sqrt (most / (sheet->width * sheet->height)));
  dpi = floor (MIN (dpi, 72 * (double)MOST_SIDE / MAX (sheet->width, sheet->height)));
  if (!(dpi >= LEAST_DPI))
    {
      extract_refuse (error, RECORD_CODE_LIMIT, "draw page %u of a PDF: %.0f by %.0f points are too large", no,
                      sheet->width, sheet->height);
      return NULL;
    }
  sheet->dpi = (unsigned)dpi;
  sheet->width_px = (unsigned)MAX (ceil (sheet->width * dpi / 72 - 0.01), 1);
  sheet->height_px = (unsigned)MAX (ceil (sheet->height * dpi / 72 - 0.01), 1);
  return g_steal_pointer (&page);
}

/* --- pixels --- */

static bool
draw (PopplerPage *page, const Sheet *sheet, cairo_surface_t *surface)
{
  cairo_t *cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, sheet->dpi / 72.0, sheet->dpi / 72.0);
  poppler_page_render (page, cr);
  bool drawn = cairo_status (cr) == CAIRO_STATUS_SUCCESS;
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return drawn && cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS;
}

static PIX *
luma_of (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  const unsigned char *data = cairo_image_surface_get_data (surface);
  PIX *grey = pixCreateNoInit (width, height, 8);
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
extract_pdf_render (ExtractPdf *pdf, unsigned page_no, const Limits *limits, unsigned *dpi, GError **error)
{
  Sheet sheet;
  g_autoptr (PopplerPage) page = page_of (pdf, page_no, limits, &sheet, error);
  if (page == NULL)
    return NULL;
  *dpi = sheet.dpi;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)sheet.width_px, (int)sheet.height_px);
  PIX *grey = draw (page, &sheet, surface) ? luma_of (surface) : NULL;
  cairo_surface_destroy (surface);
  if (grey == NULL)
    extract_refuse (error, RECORD_CODE_DAMAGED, "draw page %u of a PDF", page_no);
  return grey;
}

/* --- text --- */

typedef struct
{
  GString *word;
  RecordBox box;
  RecordBox line_before; /* of the last word */
  bool new_line;
} Gathering;

static RecordBox
unite (RecordBox a, RecordBox b)
{
  return (RecordBox){ MIN (a.x0, b.x0), MIN (a.y0, b.y0), MAX (a.x1, b.x1), MAX (a.y1, b.y1) };
}

static RecordBox
pixels_of (const PopplerRectangle *area, const Sheet *sheet)
{
  double scale = sheet->dpi / 72.0;
  double x0 = MIN (area->x1, area->x2), x1 = MAX (area->x1, area->x2);
  double y0 = MIN (area->y1, area->y2), y1 = MAX (area->y1, area->y2);
  RecordBox box = { (int32_t)CLAMP (floor (x0 * scale), 0, 1e6), (int32_t)CLAMP (floor (y0 * scale), 0, 1e6),
                    (int32_t)CLAMP (ceil (x1 * scale), 0, 1e6), (int32_t)CLAMP (ceil (y1 * scale), 0, 1e6) };
  return extract_box_clip (box, sheet->width_px, sheet->height_px);
}

static bool
end_word (Gathering *gathering, ExtractWriter *writer)
{
  if (gathering->word->len == 0)
    return true;
  unsigned begins = gathering->new_line ? RECORD_WORD_BEGINS_LINE : 0;
  RecordBox box = gathering->box, before = gathering->line_before;
  bool first = writer->length == 0;
  /* An empty line between, or a new column. */
  if (first || (gathering->new_line && (box.y0 - before.y1 > (box.y1 - box.y0) * 4 / 5 || box.y1 < before.y0)))
    begins |= RECORD_WORD_BEGINS_LINE | RECORD_WORD_BEGINS_PARAGRAPH;
  if (first)
    begins |= RECORD_WORD_BEGINS_BLOCK;
  bool room = extract_writer_word (writer, gathering->word->str, box, 100, begins, 0);
  g_string_truncate (gathering->word, 0);
  gathering->line_before = box;
  gathering->new_line = false;
  return room;
}

static void
gather (ExtractWriter *writer, const char *text, const PopplerRectangle *areas, guint n, const Sheet *sheet)
{
  Gathering gathering = { .word = g_string_new (NULL) };
  bool room = true;
  guint i = 0;
  for (const char *at = text; *at != '\0' && room; at = g_utf8_next_char (at), i++)
    {
      gunichar c = g_utf8_get_char (at);
      if (g_unichar_isspace (c))
        {
          room = end_word (&gathering, writer);
          gathering.new_line = gathering.new_line || c == '\n';
          continue;
        }
      RecordBox box = i < n ? pixels_of (&areas[i], sheet) : gathering.box;
      gathering.box = gathering.word->len > 0 ? unite (gathering.box, box) : box;
      g_string_append_unichar (gathering.word, c);
    }
  if (room)
    end_word (&gathering, writer);
  g_string_free (gathering.word, TRUE);
}

/* The part of the sheet that pictures cover, 0 to 1; overlaps count twice, which only old scanners' strips do by a
 * line. */
static double
picture_share (PopplerPage *page, const Sheet *sheet)
{
  GList *pictures = poppler_page_get_image_mapping (page);
  double area = 0;
  for (GList *at = pictures; at != NULL; at = at->next)
    {
      const PopplerRectangle *r = &((PopplerImageMapping *)at->data)->area;
      double width = MIN (r->x2, sheet->width) - MAX (r->x1, 0), height = MIN (r->y2, sheet->height) - MAX (r->y1, 0);
      area += width > 0 && height > 0 ? width * height : 0;
    }
  poppler_page_free_image_mapping (pictures);
  return MIN (area / (sheet->width * sheet->height), 1);
}

typedef struct
{
  unsigned letters; /* letters and digits */
  unsigned middle;  /* of them, away from the upper and lower edge, where stamps and page numbers stand */
} Amount;

static Amount
amount_of (const RecordPage *page)
{
  Amount amount = { 0 };
  int32_t edge = (int32_t)page->height_px / 8;
  for (guint i = 0; i < page->words->len; i++)
    {
      const RecordWord *word = &g_array_index (page->words, RecordWord, i);
      unsigned n = word->to - word->from;
      amount.letters += n;
      if (word->box.y0 > edge && word->box.y1 < (int32_t)page->height_px - edge)
        amount.middle += n;
    }
  return amount;
}

static bool
is_trusted (PopplerPage *page, const Sheet *sheet, const RecordPage *text)
{
  Amount amount = amount_of (text);
  if (amount.letters == 0 || !extract_language_is_plausible (text->text))
    return false;
  double share = picture_share (page, sheet);
  if (share < 0.05)
    return true;
  if (share < 0.3)
    return amount.letters >= 10;
  if (share < 0.7)
    return amount.letters >= 40;
  /* A scan that somebody has read before: worth keeping if the words are words. */
  bool language = strcmp (extract_language_guess (text->text, NULL), "und") != 0;
  return amount.middle >= 100 && (language || amount.letters >= 400);
}

bool
extract_pdf_text (ExtractPdf *pdf, const Limits *limits, RecordPage *page, bool *trusted, GError **error)
{
  Sheet sheet;
  g_autoptr (PopplerPage) source = page_of (pdf, page->no, limits, &sheet, error);
  if (source == NULL)
    return false;
  page->dpi = sheet.dpi;
  page->width_px = sheet.width_px;
  page->height_px = sheet.height_px;
  g_autofree char *text = poppler_page_get_text (source);
  g_autofree PopplerRectangle *areas = NULL;
  guint n = 0;
  if (text != NULL && *text != '\0')
    poppler_page_get_text_layout (source, &areas, &n);
  ExtractWriter writer = extract_writer_begin (page, limits);
  gather (&writer, text != NULL ? text : "", areas, n, &sheet);
  extract_writer_end (&writer);
  *trusted = is_trusted (source, &sheet, page);
  return true;
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
  unsigned dpi;
  g_autoptr (PIX) pix = pdf != NULL ? extract_pdf_render (pdf, 1, &limits, &dpi, &why) : NULL;
  g_autoptr (RecordPage) page = record_page_new (1);
  bool trusted;
  if (pix == NULL || !extract_pdf_text (pdf, &limits, page, &trusted, &why))
    return dk_throw (error, DK_ERROR_FAILED, "prepare for PDF: %s", why->message);
  return true;
}
