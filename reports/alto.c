/* ALTO 4.4. A TextBlock is a block; words broken over a line end name the whole word in SUBS_CONTENT. */
#include "base/hyphen.h"
#include "reports/lines.h"
#include "reports/words.h"
#include <math.h>

#define NAMESPACE "http://www.loc.gov/standards/alto/ns-v4#"
#define LEAST_ANGLE 0.05 /* degrees; what is less is upright */
#define MOST_PARTS 8     /* of a word; a longer chain is an ornament */

typedef struct
{
  guint from, to; /* words of the page, both included */
} Whole;

typedef struct
{
  GString *xml;
  const RecordPage *page;
  GArray *words, *lines;
  GArray *wholes; /* of Whole, for each word the one that it is a part of */
  guint block;    /* written so far */
} Alto;

static void
begin (GString *xml, const ReportDocument *document)
{
  g_string_append (xml, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                        "<alto xmlns=\"" NAMESPACE "\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                        "xsi:schemaLocation=\"" NAMESPACE " http://www.loc.gov/standards/alto/v4/alto-4-4.xsd\" "
                        "SCHEMAVERSION=\"4.4\">\n<Description>\n<MeasurementUnit>pixel</MeasurementUnit>\n"
                        "<sourceImageInformation>\n<fileName>");
  report_xml (xml, document->name, -1);
  g_string_append (xml, "</fileName>\n<documentIdentifier>");
  report_xml (xml, document->number, -1);
  g_string_append (xml, "</documentIdentifier>\n</sourceImageInformation>\n"
                        "<OCRProcessing ID=\"OCR_1\">\n<ocrProcessingStep>\n"
                        "<processingCategory>contentGeneration</processingCategory>\n<processingSoftware>\n"
                        "<softwareName>docket</softwareName>\n"
                        "<softwareVersion>" DOCKET_VERSION "</softwareVersion>\n"
                        "</processingSoftware>\n</ocrProcessingStep>\n</OCRProcessing>\n</Description>\n<Layout>\n");
}

static void
append_box (GString *xml, const RecordBox *box)
{
  g_string_append_printf (xml, " HPOS=\"%d\" VPOS=\"%d\" WIDTH=\"%d\" HEIGHT=\"%d\"", box->x0, box->y0,
                          box->x1 - box->x0, box->y1 - box->y0);
}

/* --- words --- */

static const char *
last_letter (const ReportWord *word)
{
  return word->to > word->from ? g_utf8_prev_char (word->to) : word->from;
}

static bool
goes_on (const Alto *alto, guint index)
{
  const ReportWord *word = &g_array_index (alto->words, ReportWord, index);
  const char *next = NULL;
  return index + 1 < alto->words->len && last_letter (word) > word->from
         && dk_hyphen (alto->page->text, last_letter (word), &next) == DK_HYPHEN_JOINS && next == word[1].from;
}

static void
find_wholes (Alto *alto)
{
  for (guint i = 0; i < alto->words->len;)
    {
      Whole whole = { i, i };
      while (goes_on (alto, whole.to))
        whole.to++;
      bool word = whole.to - whole.from < MOST_PARTS;
      for (; i <= whole.to; i++)
        {
          Whole alone = { i, i };
          g_array_append_vals (alto->wholes, word ? &whole : &alone, 1);
        }
    }
}

/* The hyphen of word @index if there the word is broken and goes on with the next one, else NULL. */
static const char *
broken_at (const Alto *alto, guint index)
{
  bool broken = index < g_array_index (alto->wholes, Whole, index).to;
  return broken ? last_letter (&g_array_index (alto->words, ReportWord, index)) : NULL;
}

static void
append_whole (const Alto *alto, guint index)
{
  const Whole *whole = &g_array_index (alto->wholes, Whole, index);
  g_string_append_printf (alto->xml, " SUBS_TYPE=\"%s\" SUBS_CONTENT=\"",
                          index == whole->from ? "HypPart1" : "HypPart2");
  for (guint i = whole->from; i <= whole->to; i++)
    {
      const ReportWord *word = &g_array_index (alto->words, ReportWord, i);
      const char *end = broken_at (alto, i);
      report_xml (alto->xml, word->from, (end != NULL ? end : word->to) - word->from);
    }
  g_string_append_c (alto->xml, '"');
}

/* The box of a word is the engine's for word and hyphen: the hyphen gets the share of one letter at its end. */
static RecordBox
hyphen_box (const RecordBox *box, const ReportWord *word, bool right_to_left)
{
  RecordBox hyphen = *box;
  int32_t share_px = (int32_t)((box->x1 - box->x0) / MAX (1, g_utf8_strlen (word->from, word->to - word->from)));
  if (right_to_left)
    hyphen.x1 = box->x0 + share_px;
  else
    hyphen.x0 = box->x1 - share_px;
  return hyphen;
}

static void
append_hyphen (const Alto *alto, const RecordBox *box, const char *hyphen)
{
  g_string_append (alto->xml, "<HYP");
  append_box (alto->xml, box);
  g_string_append (alto->xml, " CONTENT=\"");
  report_xml (alto->xml, hyphen, g_utf8_next_char (hyphen) - hyphen);
  g_string_append (alto->xml, "\"/>\n");
}

static void
append_string (const Alto *alto, guint index, bool right_to_left)
{
  const RecordWord *record = &g_array_index (alto->page->words, RecordWord, index);
  const ReportWord *word = &g_array_index (alto->words, ReportWord, index);
  const char *hyphen = broken_at (alto, index);
  RecordBox box = record->box, rest = hyphen_box (&box, word, right_to_left);
  if (hyphen != NULL && right_to_left)
    box.x0 = rest.x1;
  else if (hyphen != NULL)
    box.x1 = rest.x0;
  g_string_append_printf (alto->xml, "<String ID=\"string_%u_%u\"", alto->page->no, index + 1);
  append_box (alto->xml, &box);
  g_string_append (alto->xml, " WC=\"");
  report_xml_number (alto->xml, record->confidence / 100.0, 2);
  g_string_append (alto->xml, "\" CONTENT=\"");
  report_xml (alto->xml, word->from, (hyphen != NULL ? hyphen : word->to) - word->from);
  g_string_append_c (alto->xml, '"');
  const Whole *whole = &g_array_index (alto->wholes, Whole, index);
  if (whole->from < whole->to)
    append_whole (alto, index);
  g_string_append (alto->xml, "/>\n");
  if (hyphen != NULL)
    append_hyphen (alto, &rest, hyphen);
}

/* The blank between two words of a line, wherever the next one stands. */
static void
append_space (const Alto *alto, guint index)
{
  const ReportWord *word = &g_array_index (alto->words, ReportWord, index);
  const RecordBox *box = &g_array_index (alto->page->words, RecordWord, index).box;
  const RecordBox *next = &g_array_index (alto->page->words, RecordWord, index + 1).box;
  RecordBox gap = { MIN (box->x1, next->x1), box->y0, MAX (box->x0, next->x0), box->y1 };
  if (word[1].from == word->to)
    return;
  g_string_append (alto->xml, "<SP");
  if (gap.x1 > gap.x0)
    append_box (alto->xml, &gap);
  g_string_append (alto->xml, "/>\n");
}

/* --- lines and blocks --- */

static void
append_baseline (GString *xml, const ReportLine *line)
{
  double left = line->box.y1 + line->offset_px, right = left + line->slope * (line->box.x1 - line->box.x0);
  g_string_append_printf (xml, " BASELINE=\"%d,%d %d,%d\"", line->box.x0, (int)lround (left), line->box.x1,
                          (int)lround (right));
}

static void
append_line (const Alto *alto, guint index)
{
  const ReportLine *line = &g_array_index (alto->lines, ReportLine, index);
  g_string_append_printf (alto->xml, "<TextLine ID=\"line_%u_%u\"", alto->page->no, index + 1);
  append_box (alto->xml, &line->box);
  if (line->flat)
    append_baseline (alto->xml, line);
  if (line->right_to_left)
    g_string_append (alto->xml, " BASEDIRECTION=\"rtl\"");
  g_string_append (alto->xml, ">\n");
  for (guint i = line->from; i < line->to; i++)
    {
      append_string (alto, i, line->right_to_left);
      if (i + 1 < line->to)
        append_space (alto, i);
    }
  g_string_append (alto->xml, "</TextLine>\n");
}

static void
append_block (Alto *alto, guint from, guint to)
{
  RecordBox box = report_lines_box (alto->lines, from, to);
  double angle = g_array_index (alto->lines, ReportLine, from + (to - from) / 2).angle;
  g_string_append_printf (alto->xml, "<TextBlock ID=\"block_%u_%u\"", alto->page->no, ++alto->block);
  append_box (alto->xml, &box);
  if (fabs (angle) >= LEAST_ANGLE)
    {
      g_string_append (alto->xml, " ROTATION=\"");
      report_xml_number (alto->xml, angle, 1);
      g_string_append_c (alto->xml, '"');
    }
  g_string_append_printf (alto->xml, " LANG=\"%s\">\n", alto->page->language);
  for (guint i = from; i < to; i++)
    append_line (alto, i);
  g_string_append (alto->xml, "</TextBlock>\n");
}

/* A page that could not be read has no size. */
static void
append_page (Alto *alto)
{
  const RecordPage *page = alto->page;
  RecordBox sheet = { 0, 0, (int32_t)page->width_px, (int32_t)page->height_px };
  g_string_append_printf (alto->xml, "<Page ID=\"page_%u\" PHYSICAL_IMG_NR=\"%u\" PROCESSING=\"OCR_1\" LANG=\"%s\"",
                          page->no, page->no, page->language);
  if (page->dpi > 0)
    g_string_append_printf (alto->xml, " WIDTH=\"%u\" HEIGHT=\"%u\"", page->width_px, page->height_px);
  if (page->origin == RECORD_ORIGIN_MISSING)
    g_string_append (alto->xml, " QUALITY=\"Missing\"");
  if (page->confidence >= 0)
    {
      g_string_append (alto->xml, " PC=\"");
      report_xml_number (alto->xml, page->confidence / 100, 3);
      g_string_append_c (alto->xml, '"');
    }
  g_string_append (alto->xml, ">\n<PrintSpace");
  append_box (alto->xml, &sheet);
  g_string_append (alto->xml, ">\n");
  for (guint i = 0, next; i < alto->lines->len; i = next)
    {
      next = report_lines_next (alto->lines, i, false);
      append_block (alto, i, next);
    }
  g_string_append (alto->xml, "</PrintSpace>\n</Page>\n");
}

static void
page (GString *xml, const ReportDocument *document, const RecordPage *record)
{
  g_autoptr (GArray) words = report_words (record);
  g_autoptr (GArray) lines = report_lines (record, words);
  g_autoptr (GArray) wholes = g_array_sized_new (FALSE, FALSE, sizeof (Whole), words->len);
  Alto alto = { .xml = xml, .page = record, .words = words, .lines = lines, .wholes = wholes };
  (void)document;
  find_wholes (&alto);
  append_page (&alto);
}

static void
end (GString *xml)
{
  g_string_append (xml, "</Layout>\n</alto>\n");
}

const ReportFormat report_alto = { begin, page, end, "", true };
