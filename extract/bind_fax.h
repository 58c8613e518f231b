/* extract/bind_fax.h - pixels in two levels coded for a PDF: group 4 fax (ITU-T T.6). */
#pragma once
#include "extract/cleanup.h"

/* All rows of @pix (1 bit, black is 1), with the end of block behind them. Owned by the caller. */
GBytes *extract_bind_fax (PIX *pix);
