/* extract/pdf_matrix.h - places on a PDF page: areas, and how they are moved, scaled and turned. */
#pragma once
#include <stdbool.h>

typedef struct
{
  double x0, y0, x1, y1;
} ExtractArea;
/* What both have in common; it may be empty. */
ExtractArea extract_area_meet (ExtractArea a, ExtractArea b);
/* Whether @inner lies within @outer, but for a point by which programs miss the edge of a page. */
bool extract_area_holds (ExtractArea outer, ExtractArea inner);
bool extract_area_is_empty (ExtractArea area);

/* x' = a x + c y + e, y' = b x + d y + f. */
typedef struct
{
  double a, b, c, d, e, f;
} ExtractMatrix;
/* First @m, then @n. */
ExtractMatrix extract_matrix (ExtractMatrix m, ExtractMatrix n);
/* The smallest upright area around what @m makes of @area. */
ExtractArea extract_matrix_area (ExtractMatrix m, ExtractArea area);
/* Whether it turns by quarters alone. */
bool extract_matrix_is_straight (ExtractMatrix m);
