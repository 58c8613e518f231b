/* reports/lines.h - the words of a page record as lines with their box and base line, for writers of other formats. */
#pragma once
#include "base/record.h"

typedef struct
{
  const char *from, *to; /* bytes of the page's text, lent, to exclusive */
} ReportWord;

typedef struct
{
  guint from, to; /* words, to exclusive; never empty */
  RecordBox box;
  bool begins_block, begins_paragraph;
  bool right_to_left;
  bool flat;        /* the base line lies rather flat than upright, so that it has a slope */
  double angle;     /* of the base line, degrees counter-clockwise */
  double slope;     /* pixels down for each to the right */
  double offset_px; /* of the base line below the lower left corner of the box */
} ReportLine;

/* One for each word of @page. Of ReportWord, owned by the caller; @page must outlive it. */
GArray *report_words (const RecordPage *page);
/* Of ReportLine, owned by the caller. */
GArray *report_lines (const RecordPage *page, const GArray *words);
/* The union of the boxes of the lines @from to @to, exclusive. */
RecordBox report_lines_box (const GArray *lines, guint from, guint to);
/* The first line after @from that begins a block, or a paragraph too where @paragraph. */
guint report_lines_next (const GArray *lines, guint from, bool paragraph);
/* Appends @length bytes (-1: all) of @text for XML, between tags or quotes; what XML cannot carry becomes U+FFFD. */
void report_xml (GString *xml, const char *text, gssize length);
/* @value with @digits decimals and a point. */
void report_xml_number (GString *xml, double value, int digits);
