/* extract/spread.h - two facing pages on one picture, as an open book or two sheets under one lid. */
#pragma once
#include "extract/survey.h"

/* The column, in page pixels of the page turned clockwise by @turn, at which two facing pages part; 0 where there is
 * one page. Never on doubt: both halves must have lines, and crooked in different ways, since columns of one sheet are
 * read in order anyway. */
int extract_spread_gutter (ExtractSurvey *survey, int turn);
