/* extract/survey.h - what a small bilevel copy tells of a page before anything is read: whether there is something to
 * read, which way up it lies, how crooked its lines are and how high its letters. */
#pragma once
#include "extract/cleanup.h"
#include "extract/pieces.h"
#include <stdbool.h>

typedef struct
{
  double skew;                /* degrees to turn clockwise; 0 when there is no clear answer */
  double x_height;            /* of most small letters, in pixels of the small copy; 0 when there are too few */
  const ExtractPiece *pieces; /* all connected ink, in pixels of the small copy */
  guint n_pieces;
  bool grain; /* far more pieces than letters, and no lines of them; or nearly all is ink: noise, or a picture */
} ExtractLines;

typedef struct
{
  PIX *ink;    /* the page as it lies, in two levels, black is 1, without what lies round the sheet */
  PIX *border; /* the dark desk or lid round the sheet, likewise; NULL where there is none */
  int factor;  /* page pixels a pixel of it: a power of two */
  bool uneven; /* shadows are as dark as ink elsewhere, as on photos */
  bool blank;  /* nothing but paper, or nothing but ink, is to be seen */
  double skew; /* of the page as it lies, NAN until it is asked for */
  /* What was measured so far, by quarter turns. */
  ExtractLines lines[4];
  ExtractPieces *pieces[4];
  bool measured[4];
  int turn; /* what extract_survey_orientation answers, once it was asked */
  bool oriented;
} ExtractSurvey;
void extract_survey_free (ExtractSurvey *survey);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExtractSurvey, extract_survey_free)

/* Looks at @page (1 or 8 bits). NULL when memory is short. */
ExtractSurvey *extract_survey_new (PIX *page);
/* The clockwise turn that makes the page upright (0 90 180 270), or -1 when the letters do not tell. Never a guess. */
int extract_survey_orientation (ExtractSurvey *survey);
/* The lines of the page once it was turned clockwise by @turn. Lent by @survey. */
const ExtractLines *extract_survey_lines (ExtractSurvey *survey, int turn);
/* Boxes, in page pixels of the page turned clockwise by @turn, of the specks no larger than a point that stand far from
 * all else. Owned by the caller, NULL when there are too few letters to tell. */
BOXA *extract_survey_specks (ExtractSurvey *survey, int turn);

/* Whether @pix is white on black as a whole, as some fax machines and film scanners store it. */
bool extract_survey_is_negative (PIX *pix);
/* Two levels by one global threshold (Otsu 1979). Owned by the caller, NULL when memory is short. */
PIX *extract_survey_binary (PIX *pix);
