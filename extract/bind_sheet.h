/* extract/bind_sheet.h - where the upright page that was read lies on the page of a PDF. */
#pragma once
#include "base/record.h"

/* Words are written in pixels of the upright page that was read, origin at its bottom left. */
typedef struct
{
  double width_pt, height_pt; /* of the upright page */
  double points_per_px;       /* of the record's boxes, along lines */
  double stretch;             /* how much more of them it is across lines: next to 1 */
  double left_pt, bottom_pt;  /* of the page's box */
  int turn;                   /* clockwise degrees by which the page is shown upright: 0 90 180 270 */
} BindSheet;

/* A number as PDF writes it, at most @digits behind the point, whatever the locale. */
void extract_bind_number (GString *to, double value, int digits);
/* Appends the operator that leads from those pixels to the page as it is stored. */
void extract_bind_sheet_append_matrix (GString *to, const BindSheet *sheet);
/* The sheet of a page that lies in @box (left bottom right top) and is shown turned by @turn; @page covers
 * it exactly. */
BindSheet extract_bind_sheet_in (const double box[4], int turn, const RecordPage *page);
