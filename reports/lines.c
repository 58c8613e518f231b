#include "reports/lines.h"
#include <math.h>
#include <string.h>

GArray *
report_words (const RecordPage *page)
{
  GArray *words = g_array_sized_new (FALSE, FALSE, sizeof (ReportWord), page->words->len);
  const char *at = page->text;
  uint32_t index = 0;
  for (guint i = 0; i < page->words->len; i++)
    {
      const RecordWord *word = &g_array_index (page->words, RecordWord, i);
      ReportWord slice;
      for (; index < word->from && *at != '\0'; index++)
        at = g_utf8_next_char (at);
      slice.from = at;
      for (; index < word->to && *at != '\0'; index++)
        at = g_utf8_next_char (at);
      slice.to = at;
      g_array_append_val (words, slice);
    }
  return words;
}

static void
widen (RecordBox *box, const RecordBox *by)
{
  box->x0 = MIN (box->x0, by->x0);
  box->y0 = MIN (box->y0, by->y0);
  box->x1 = MAX (box->x1, by->x1);
  box->y1 = MAX (box->y1, by->y1);
}

static gint
by_value (gconstpointer a, gconstpointer b)
{
  double x = *(const double *)a, y = *(const double *)b;
  return x < y ? -1 : x > y;
}

/* Words with a descender reach below the base line, so that it is found by those that stand on it: not the highest,
 * which may be a quotation mark. */
static double
offset_of (const RecordPage *page, const ReportLine *line)
{
  g_autoptr (GArray) offsets = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = line->from; i < line->to; i++)
    {
      const RecordBox *box = &g_array_index (page->words, RecordWord, i).box;
      double corner_px = line->slope <= 0 ? box->x0 : box->x1; /* the one that its letters touch */
      double offset_px = box->y1 - line->box.y1 - line->slope * (corner_px - line->box.x0);
      g_array_append_val (offsets, offset_px);
    }
  g_array_sort (offsets, by_value);
  return g_array_index (offsets, double, offsets->len / 3);
}

static double
angle_of (const RecordPage *page, const ReportLine *line)
{
  g_autoptr (GArray) angles = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = line->from; i < line->to; i++)
    {
      double angle = g_array_index (page->words, RecordWord, i).angle / 10.0;
      g_array_append_val (angles, angle);
    }
  g_array_sort (angles, by_value);
  return g_array_index (angles, double, angles->len / 2);
}

static bool
is_right_to_left (const char *from, const char *to)
{
  for (; from < to; from = g_utf8_next_char (from))
    switch (g_unichar_isalpha (g_utf8_get_char (from)) ? g_unichar_get_script (g_utf8_get_char (from))
                                                       : G_UNICODE_SCRIPT_COMMON)
      {
      case G_UNICODE_SCRIPT_HEBREW:
      case G_UNICODE_SCRIPT_ARABIC:
      case G_UNICODE_SCRIPT_SYRIAC:
      case G_UNICODE_SCRIPT_THAANA:
      case G_UNICODE_SCRIPT_NKO:
        return true;
      case G_UNICODE_SCRIPT_COMMON:
        break;
      default:
        return false;
      }
  return false;
}

static void
measure (const RecordPage *page, const GArray *words, ReportLine *line)
{
  for (guint i = line->from; i < line->to; i++)
    widen (&line->box, &g_array_index (page->words, RecordWord, i).box);
  line->angle = angle_of (page, line);
  line->flat = fabs (line->angle) <= 45;
  line->slope = line->flat ? -tan (line->angle * G_PI / 180) : 0;
  line->offset_px = offset_of (page, line);
  line->right_to_left = is_right_to_left (g_array_index (words, ReportWord, line->from).from,
                                          g_array_index (words, ReportWord, line->to - 1).to);
}

GArray *
report_lines (const RecordPage *page, const GArray *words)
{
  GArray *lines = g_array_new (FALSE, TRUE, sizeof (ReportLine));
  for (guint i = 0; i < page->words->len; i++)
    {
      const RecordWord *word = &g_array_index (page->words, RecordWord, i);
      if (i == 0 || word->begins != 0)
        {
          ReportLine line = { .from = i,
                              .box = word->box,
                              .begins_block = i == 0 || (word->begins & RECORD_WORD_BEGINS_BLOCK) != 0 };
          line.begins_paragraph = line.begins_block || (word->begins & RECORD_WORD_BEGINS_PARAGRAPH) != 0;
          g_array_append_val (lines, line);
        }
      g_array_index (lines, ReportLine, lines->len - 1).to = i + 1;
    }
  for (guint i = 0; i < lines->len; i++)
    measure (page, words, &g_array_index (lines, ReportLine, i));
  return lines;
}

RecordBox
report_lines_box (const GArray *lines, guint from, guint to)
{
  RecordBox box = g_array_index (lines, ReportLine, from).box;
  for (guint i = from + 1; i < to; i++)
    widen (&box, &g_array_index (lines, ReportLine, i).box);
  return box;
}

guint
report_lines_next (const GArray *lines, guint from, bool paragraph)
{
  for (guint i = from + 1; i < lines->len; i++)
    {
      const ReportLine *line = &g_array_index (lines, ReportLine, i);
      if (line->begins_block || (paragraph && line->begins_paragraph))
        return i;
    }
  return lines->len;
}

static void
append_xml (GString *xml, gunichar letter)
{
  switch (letter)
    {
    case '&':
      g_string_append (xml, "&amp;");
      return;
    case '<':
      g_string_append (xml, "&lt;");
      return;
    case '>':
      g_string_append (xml, "&gt;");
      return;
    case '"':
      g_string_append (xml, "&quot;");
      return;
    case '\t':
    case '\n':
    case '\r':
      g_string_append_printf (xml, "&#%u;", letter);
      return;
    default:
      break;
    }
  bool carried = letter >= ' ' && (letter < 0x7F || letter > 0x9F) && letter != 0xFFFE && letter != 0xFFFF;
  g_string_append_unichar (xml, carried ? letter : 0xFFFD);
}

void
report_xml (GString *xml, const char *text, gssize length)
{
  const char *end = text + (length < 0 ? (gssize)strlen (text) : length);
  for (; text < end; text = g_utf8_next_char (text))
    append_xml (xml, g_utf8_get_char (text));
}

void
report_xml_number (GString *xml, double value, int digits)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE], format[8];
  g_snprintf (format, sizeof format, "%%.%df", CLAMP (digits, 0, 9));
  g_ascii_formatd (number, sizeof number, format, value);
  g_string_append (xml, strspn (number, "-0.") == strlen (number) ? "0" : number);
}
