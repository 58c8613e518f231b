/* extract/prepare.h - the pixels of an upright page made fit for recognition, and the way back.
 *
 * Page space is the upright page before any of this; prepared space is what the engine sees: scaled, then turned by the
 * skew about its middle on a sheet large enough to lose no corner. */
#pragma once
#include "base/record.h"
#include "extract/survey.h"

typedef struct
{
  PIX *pix;                /* 1 or 8 bits */
  unsigned dpi;            /* of pix */
  double x_scale, y_scale; /* prepared pixels a page pixel */
  double angle;            /* radians, clockwise, by which it was turned */
  double page_w, page_h;   /* of the scaled page before it was turned */
  char *steps;             /* as in RecordPage */
} ExtractPrepared;
void extract_prepared_free (ExtractPrepared *prepared);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExtractPrepared, extract_prepared_free)

/* Despeckles, scales and deskews @page (1 or 8 bits, @dpi) as @lines ask; with @normalised a grey page's paper is made
 * evenly white. NULL when memory is short. */
ExtractPrepared *extract_prepare (PIX *page, unsigned dpi, const ExtractLines *lines, bool normalised);
/* The smallest upright box of page space around @box of prepared space. */
RecordBox extract_prepare_back (const ExtractPrepared *prepared, RecordBox box);

/* @pix made no larger than engines can hold, with *@scale (of 1) what became of a pixel. Owned by the caller. */
PIX *extract_prepare_fit (PIX *pix, double *scale);
