/* extract/barcode.h - bar codes on a page, by ZBar. */
#pragma once
#include "base/record.h"
#include "extract/survey.h"

/* Adds the bar codes seen on @upright (1 or 8 bits, the page as its record measures it) to @page, at most @most, top to
 * bottom. @survey is of the same page before it was turned clockwise by @turn. True unless memory is short. */
bool extract_barcodes (PIX *upright, ExtractSurvey *survey, int turn, unsigned most, RecordPage *page);
