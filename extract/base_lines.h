/* extract/base_lines.h - on which lines the letters of a page stand, told from the boxes of its ink alone, and how
 * these lines run together where the sheet was seen at an angle. */
#pragma once
#include "extract/straight.h"
#include "extract/survey.h"

/* All in pixels of the survey's copy. A line that crosses the middle of the page at height y rises or falls by
 * slope + converge * (y - middle) a pixel. */
typedef struct
{
  double slope, converge;
  double top, bottom;          /* heights at which the first and last line cross the middle column */
  bool has_left, has_right;    /* whether most lines begin, or end, on a straight margin */
  ExtractStraight left, right; /* the margins: column by row */
} ExtractBaseLines;
/* Measures @lines of a page of @width by @height pixels. False where there are too few lines, or they do not agree. */
bool extract_base_lines (const ExtractLines *lines, int width, int height, ExtractBaseLines *found);
