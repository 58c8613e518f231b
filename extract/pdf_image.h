/* extract/pdf_image.h - the picture that is a whole PDF page, as it is stored. */
#pragma once
#include "extract/pdf_sheet.h"

/* Decodes @picture, which @page shows within @shown and turned by @turn, into the upright page: all of it and nothing
 * else, so that it is cut, or paper added, at the edges. NULL when it is not all that can be seen of the page, is coded
 * in a way that is better drawn, is damaged, or has more pixels than allowed. Owned by the caller. */
PIX *extract_pdf_image (ExtractPdf *pdf, PopplerPage *page, const ExtractPdfSheet *sheet,
                        const ExtractPdfPicture *picture, ExtractMatrix to_page, const Limits *limits, unsigned *dpi);
