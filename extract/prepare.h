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
  PIX *ink;                /* the same in two levels, once it was asked for */
  unsigned dpi;            /* of pix */
  double x_scale, y_scale; /* prepared pixels a page pixel */
  double angle;            /* radians, clockwise, by which it was turned */
  double page_w, page_h;   /* of the scaled page before it was turned */
  char *steps;             /* as in RecordPage */
} ExtractPrepared;
void extract_prepared_free (ExtractPrepared *prepared);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExtractPrepared, extract_prepared_free)

/* Steps of reading that a measurement may leave out. */
typedef enum
{
  EXTRACT_STEP_TURN = 1,          /* look which way up the page lies before it is read */
  EXTRACT_STEP_BORDER = 2,        /* cut what is dark round the sheet */
  EXTRACT_STEP_DESPECKLE = 4,     /* of bilevel pages with more specks than letters */
  EXTRACT_STEP_THICKEN = 8,       /* broken thin strokes */
  EXTRACT_STEP_SCALE = 16,        /* to the best height of letters */
  EXTRACT_STEP_WHITEN = 32,       /* specks far from letters */
  EXTRACT_STEP_EVEN = 64,         /* make shaded paper evenly white */
  EXTRACT_STEP_DESKEW = 128,      /* turn crooked lines level */
  EXTRACT_STEP_SECOND = 256,      /* second looks at doubtful pages */
  EXTRACT_STEP_SPACES = 512,      /* find blanks that were overlooked */
  EXTRACT_STEP_SPELLING = 1024,   /* mend misread letters and accents */
  EXTRACT_STEP_NOISE = 2048,      /* drop what was read from dirt */
  EXTRACT_STEP_PARAGRAPHS = 4096, /* read paragraphs in another language with their model */
  EXTRACT_STEP_FLATTEN = 8192,    /* undo the perspective of photos */
  EXTRACT_STEP_ORDER = 16384,     /* tables by rows, columns one after the other */
  EXTRACT_STEP_LOST = 32768,      /* read paragraphs that the layout left out */
  EXTRACT_STEP_STROKES = 65536,   /* count the strokes of I and of Roman numerals */
} ExtractStep;

typedef struct
{
  int turn;         /* clockwise, by which the page becomes upright: 0 90 180 270 */
  bool even;        /* make the paper of a grey page evenly white */
  unsigned without; /* of ExtractStep */
} ExtractPlan;
/* Cleans, scales, turns and deskews @page (1 or 8 bits, @dpi), which lies as it did when @survey was made of it, as
 * @plan says. NULL when memory is short. */
ExtractPrepared *extract_prepare (PIX *page, unsigned dpi, ExtractSurvey *survey, const ExtractPlan *plan);
/* Its pixels in two levels, as extract_survey_binary parts them: made once, lent. NULL when memory is short. */
PIX *extract_prepared_ink (ExtractPrepared *prepared);
/* The smallest upright box of page space around @box of prepared space. */
RecordBox extract_prepare_back (const ExtractPrepared *prepared, RecordBox box);

/* @pix made no larger than engines can hold, with *@scale (of 1) what became of a pixel. Owned by the caller. */
PIX *extract_prepare_fit (PIX *pix, double *scale);
