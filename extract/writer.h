/* extract/writer.h - fills the text and the words of a page record so that each word is a slice of the text. */
#pragma once
#include "base/record.h"

typedef struct
{
  RecordPage *page;
  const Limits *limits;
  GString *text;
  uint32_t length; /* code points of text */
  bool full;
} ExtractWriter;

/* Starts anew on @page, whose size and dpi are known; a text it had is replaced at the end. */
ExtractWriter extract_writer_begin (RecordPage *page, const Limits *limits);
/* Appends a word after a blank or, with RECORD_WORD_BEGINS_LINE, on a new line. White space and control characters in
 * @text go, a word of nothing else is left out; @box is clipped to the page. False when a limit is reached. */
bool extract_writer_word (ExtractWriter *writer, const char *text, RecordBox box, int confidence, unsigned begins,
                          int angle);
/* Ends the text; a reached limit becomes a warning of the page. */
void extract_writer_end (ExtractWriter *writer);
/* @box with x0 < x1 and y0 < y1 inside a page of @width times @height. */
RecordBox extract_box_clip (RecordBox box, unsigned width, unsigned height);
