/* extract/barcode.h - bar codes on a page, by ZBar. */
#pragma once
#include "base/record.h"
#include "extract/survey.h"

/* Adds the bar codes seen on @pix (1 or 8 bits, as it lay when @survey was made of it) to @page, at most @most, top to
 * bottom; @page measures it turned clockwise by @turn. True unless memory is short. */
bool extract_barcodes (PIX *pix, ExtractSurvey *survey, int turn, unsigned most, RecordPage *page);
