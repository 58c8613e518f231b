/* hOCR 1.2: XHTML whose elements carry the levels of the page in class and the places in title. */
#include "reports/lines.h"
#include "reports/words.h"

typedef struct
{
  GString *xml;
  const RecordPage *page;
  GArray *words, *lines;
  guint area, paragraph; /* written so far */
} Hocr;

static void
append_meta (GString *xml, const char *name, const char *content)
{
  g_string_append_printf (xml, "<meta name=\"%s\" content=\"", name);
  report_xml (xml, content, -1);
  g_string_append (xml, "\" />\n");
}

static void
begin (GString *xml, const ReportDocument *document)
{
  g_autofree char *pages = g_strdup_printf ("%u", document->pages);
  g_string_append (xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" "
                        "\"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\n"
                        "<html xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n<title>");
  report_xml (xml, document->number, -1);
  g_string_append (xml, "</title>\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\" />\n");
  append_meta (xml, "ocr-system", "docket " DOCKET_VERSION);
  append_meta (xml, "ocr-capabilities", "ocr_page ocr_carea ocr_par ocr_line ocrx_word ocrp_lang ocrp_dir ocrp_wconf");
  append_meta (xml, "ocr-number-of-pages", pages);
  if (document->language != NULL)
    append_meta (xml, "ocr-langs", document->language);
  g_string_append (xml, "</head>\n<body>\n");
}

static void
append_box (GString *xml, const RecordBox *box)
{
  g_string_append_printf (xml, "bbox %d %d %d %d", box->x0, box->y0, box->x1, box->y1);
}

static void
append_language (GString *xml, const RecordPage *page)
{
  g_string_append_printf (xml, " lang=\"%s\" xml:lang=\"%s\"", page->language, page->language);
}

/* Inside a title a name stands between quotes, of which it can have none. */
static void
append_name (GString *xml, const char *name)
{
  g_autofree char *plain = g_strdelimit (g_strdup (name), "\"", '\'');
  g_string_append (xml, "image &quot;");
  report_xml (xml, plain, -1);
  g_string_append (xml, "&quot;");
}

static void
append_words (Hocr *hocr, const ReportLine *line)
{
  for (guint i = line->from; i < line->to; i++)
    {
      const RecordWord *word = &g_array_index (hocr->page->words, RecordWord, i);
      const ReportWord *slice = &g_array_index (hocr->words, ReportWord, i);
      g_string_append_printf (hocr->xml, "<span class=\"ocrx_word\" id=\"word_%u_%u\" title=\"", hocr->page->no, i + 1);
      append_box (hocr->xml, &word->box);
      g_string_append_printf (hocr->xml, "; x_wconf %u\">", word->confidence);
      report_xml (hocr->xml, slice->from, slice->to - slice->from);
      g_string_append (hocr->xml, i + 1 < line->to ? "</span> " : "</span>");
    }
}

/* A slope is told to a tenth of a pixel over the width of a sheet. */
static void
append_line (Hocr *hocr, guint index)
{
  const ReportLine *line = &g_array_index (hocr->lines, ReportLine, index);
  g_string_append_printf (hocr->xml, "<span class=\"ocr_line\" id=\"line_%u_%u\" title=\"", hocr->page->no, index + 1);
  append_box (hocr->xml, &line->box);
  if (line->flat)
    {
      g_string_append (hocr->xml, "; baseline ");
      report_xml_number (hocr->xml, line->slope, 5);
      g_string_append_c (hocr->xml, ' ');
      report_xml_number (hocr->xml, line->offset_px, 0);
    }
  else
    {
      g_string_append (hocr->xml, "; textangle ");
      report_xml_number (hocr->xml, line->angle, 1);
    }
  g_string_append (hocr->xml, "\">");
  append_words (hocr, line);
  g_string_append (hocr->xml, "</span>\n");
}

static void
append_paragraph (Hocr *hocr, guint from, guint to)
{
  RecordBox box = report_lines_box (hocr->lines, from, to);
  g_string_append_printf (hocr->xml, "<p class=\"ocr_par\" id=\"par_%u_%u\"", hocr->page->no, ++hocr->paragraph);
  append_language (hocr->xml, hocr->page);
  if (g_array_index (hocr->lines, ReportLine, from).right_to_left)
    g_string_append (hocr->xml, " dir=\"rtl\"");
  g_string_append (hocr->xml, " title=\"");
  append_box (hocr->xml, &box);
  g_string_append (hocr->xml, "\">\n");
  for (guint i = from; i < to; i++)
    append_line (hocr, i);
  g_string_append (hocr->xml, "</p>\n");
}

static void
append_area (Hocr *hocr, guint from, guint to)
{
  RecordBox box = report_lines_box (hocr->lines, from, to);
  g_string_append_printf (hocr->xml, "<div class=\"ocr_carea\" id=\"block_%u_%u\" title=\"", hocr->page->no,
                          ++hocr->area);
  append_box (hocr->xml, &box);
  g_string_append (hocr->xml, "\">\n");
  for (guint i = from, next; i < to; i = next)
    {
      next = report_lines_next (hocr->lines, i, true);
      append_paragraph (hocr, i, next);
    }
  g_string_append (hocr->xml, "</div>\n");
}

static void
page (GString *xml, const ReportDocument *document, const RecordPage *record)
{
  g_autoptr (GArray) words = report_words (record);
  g_autoptr (GArray) lines = report_lines (record, words);
  Hocr hocr = { .xml = xml, .page = record, .words = words, .lines = lines };
  RecordBox sheet = { 0, 0, (int32_t)record->width_px, (int32_t)record->height_px };
  g_string_append_printf (xml, "<div class=\"ocr_page\" id=\"page_%u\"", record->no);
  append_language (xml, record);
  g_string_append (xml, " title=\"");
  append_name (xml, document->name);
  g_string_append (xml, "; ");
  append_box (xml, &sheet);
  g_string_append_printf (xml, "; ppageno %u", record->no - 1);
  if (record->dpi > 0)
    g_string_append_printf (xml, "; scan_res %u %u", record->dpi, record->dpi);
  g_string_append (xml, "\">\n");
  for (guint i = 0, next; i < lines->len; i = next)
    {
      next = report_lines_next (lines, i, false);
      append_area (&hocr, i, next);
    }
  g_string_append (xml, "</div>\n");
}

static void
end (GString *xml)
{
  g_string_append (xml, "</body>\n</html>\n");
}

const ReportFormat report_hocr = { begin, page, end, "", true };
