#include "extract/writer.h"

ExtractWriter
extract_writer_begin (RecordPage *page, const Limits *limits)
{
  g_array_set_size (page->words, 0);
  return (ExtractWriter){ .page = page, .limits = limits, .text = g_string_new (NULL) };
}

RecordBox
extract_box_clip (RecordBox box, unsigned width, unsigned height)
{
  box.x0 = CLAMP (box.x0, 0, MAX ((int32_t)width - 1, 0));
  box.y0 = CLAMP (box.y0, 0, MAX ((int32_t)height - 1, 0));
  box.x1 = CLAMP (box.x1, box.x0 + 1, MAX ((int32_t)width, box.x0 + 1));
  box.y1 = CLAMP (box.y1, box.y0 + 1, MAX ((int32_t)height, box.y0 + 1));
  return box;
}

static uint32_t
append_visible (GString *to, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  uint32_t n = 0;
  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        continue;
      g_string_append_unichar (to, c);
      n++;
    }
  return n;
}

bool
extract_writer_word (ExtractWriter *writer, const char *text, RecordBox box, int confidence, unsigned begins, int angle)
{
  const Limits *limits = writer->limits;
  g_autoptr (GString) word = g_string_new (NULL);
  uint32_t n = append_visible (word, text);
  if (n == 0)
    return true;
  if (writer->page->words->len >= limits->words || writer->text->len + word->len + 2 > limits->text_bytes)
    {
      writer->full = true;
      return false;
    }
  if (writer->length > 0)
    {
      g_string_append_c (writer->text, begins & RECORD_WORD_BEGINS_LINE ? '\n' : ' ');
      writer->length++;
    }
  else
    begins |= RECORD_WORD_BEGINS_LINE;
  g_string_append_len (writer->text, word->str, (gssize)word->len);
  RecordWord added = { .from = writer->length,
                       .to = writer->length + n,
                       .box = extract_box_clip (box, writer->page->width_px, writer->page->height_px),
                       .confidence = (uint8_t)CLAMP (confidence, 0, 100),
                       .begins = (uint8_t)begins,
                       .angle = (int16_t)angle };
  g_array_append_val (writer->page->words, added);
  writer->length += n;
  return true;
}

void
extract_writer_end (ExtractWriter *writer)
{
  if (writer->length > 0)
    g_string_append_c (writer->text, '\n');
  g_free (writer->page->text);
  writer->page->text = g_string_free (g_steal_pointer (&writer->text), FALSE);
  if (writer->full)
    record_page_add_warning (writer->page, RECORD_CODE_LIMIT);
}
