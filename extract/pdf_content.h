/* extract/pdf_content.h - what a PDF page paints, found by following its operators, without painting. */
#pragma once
#include "extract/pdf_matrix.h"
#include "extract/pdf_object.h"

/* A picture and where it was painted: its unit square becomes part of the page, in points, origin bottom left. */
typedef struct
{
  qpdf_oh stream;
  ExtractMatrix matrix;
  unsigned width_px, height_px;
  bool stencil; /* a mask of one bit through which black is painted */
  bool opaque;  /* nothing below it can be seen */
  bool whole;   /* not clipped within the page, and not painted in an odd way */
} ExtractPdfPicture;

typedef struct
{
  bool understood;  /* to the end; else the rest holds for what was */
  GArray *pictures; /* of ExtractPdfPicture, in the order of painting, but those that another hides */
  unsigned shown;   /* glyphs that can be seen */
  unsigned hidden;  /* glyphs that cannot, as programs for recognition write them */
  unsigned marks;   /* pieces of drawing, pictures within the operators, annotations that can be seen */
  bool bars;        /* a font whose glyphs may be bar codes */
} ExtractPdfContent;
void extract_pdf_content_free (ExtractPdfContent *content);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExtractPdfContent, extract_pdf_content_free)

/* Follows the operators of @page, of which @visible is shown. Never NULL: what is too long, too deep or not plain
 * leaves @understood false. Owned by the caller. */
ExtractPdfContent *extract_pdf_content (qpdf_data qpdf, qpdf_oh page, ExtractArea visible);
