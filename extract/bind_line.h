/* extract/bind_line.h - the base line of a printed line, from the boxes of its words. */
#pragma once
#include "base/record.h"

/* In pixels of the upright page. */
typedef struct
{
  double x, y;  /* a point of the base line */
  double climb; /* how much y falls for each pixel to the right */
  double size;  /* height of an ordinary word's box */
} BindLine;

/* The median of @values (of double, at least one), which are sorted by it. */
double extract_bind_middle (GArray *values);
/* Measures the line of the @n words at @words; @texts are the words themselves. @n is at least 1. */
BindLine extract_bind_line (const RecordWord *words, char *const *texts, unsigned n);
/* Whether @box lies on the line as the box of one of its words does; then *@base is the base line below its middle. */
bool extract_bind_line_holds (const BindLine *line, const RecordBox *box, double *base);
