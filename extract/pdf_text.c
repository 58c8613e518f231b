#include "extract/pdf_sheet.h"
#include "extract/writer.h"
#include <math.h>

enum
{
  TEXT_DPI = 300,
};

typedef struct
{
  GString *word;
  RecordBox box;
  RecordBox letter;      /* the last of the word */
  RecordBox line_before; /* of the last word */
  bool new_line;
} Gathering;

static RecordBox
unite (RecordBox a, RecordBox b)
{
  return (RecordBox){ MIN (a.x0, b.x0), MIN (a.y0, b.y0), MAX (a.x1, b.x1), MAX (a.y1, b.y1) };
}

static RecordBox
pixels_of (const PopplerRectangle *area, const ExtractPdfSheet *sheet)
{
  double across = sheet->width_px / sheet->width, down = sheet->height_px / sheet->height;
  double x0 = MIN (area->x1, area->x2), x1 = MAX (area->x1, area->x2);
  double y0 = MIN (area->y1, area->y2), y1 = MAX (area->y1, area->y2);
  RecordBox box = { (int32_t)CLAMP (floor (x0 * across), 0, 1e6), (int32_t)CLAMP (floor (y0 * down), 0, 1e6),
                    (int32_t)CLAMP (ceil (x1 * across), 0, 1e6), (int32_t)CLAMP (ceil (y1 * down), 0, 1e6) };
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

/* Poppler writes the cells of a table without a blank between. */
static bool
is_apart (RecordBox letter, RecordBox next)
{
  int across = MAX (next.x0 - letter.x1, letter.x0 - next.x1), down = MAX (next.y0 - letter.y1, letter.y0 - next.y1);
  int size = MAX (letter.y1 - letter.y0, letter.x1 - letter.x0);
  return MAX (across, down) * 5 > size * 2;
}

static void
gather (ExtractWriter *writer, const char *text, const PopplerRectangle *areas, guint n, const ExtractPdfSheet *sheet)
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
      if (gathering.word->len > 0 && is_apart (gathering.letter, box))
        room = end_word (&gathering, writer);
      gathering.letter = box;
      gathering.box = gathering.word->len > 0 ? unite (gathering.box, box) : box;
      g_string_append_unichar (gathering.word, c);
    }
  if (room)
    end_word (&gathering, writer);
  g_string_free (gathering.word, TRUE);
}

static unsigned
count_lost (const char *text)
{
  unsigned lost = 0;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    lost += g_unichar_iscntrl (g_utf8_get_char (text)) && !g_unichar_isspace (g_utf8_get_char (text));
  return lost;
}

bool
extract_pdf_text (ExtractPdf *pdf, const Limits *limits, RecordPage *page, unsigned *lost, GError **error)
{
  ExtractPdfSheet sheet;
  g_autoptr (PopplerPage) source = extract_pdf_page (pdf, page->no, TEXT_DPI, limits, &sheet, error);
  if (source == NULL)
    return false;
  page->dpi = sheet.dpi;
  page->width_px = sheet.width_px;
  page->height_px = sheet.height_px;
  g_autofree char *text = poppler_page_get_text (source);
  *lost = text != NULL ? count_lost (text) : 0;
  g_autofree PopplerRectangle *areas = NULL;
  guint n = 0;
  if (text != NULL && *text != '\0')
    poppler_page_get_text_layout (source, &areas, &n);
  ExtractWriter writer = extract_writer_begin (page, limits);
  gather (&writer, text != NULL ? text : "", areas, n, &sheet);
  extract_writer_end (&writer);
  return true;
}
