/* extract/pdf_code.h - how the pixels of a picture in a PDF are coded, and what they are. */
#pragma once
#include "extract/pdf_sheet.h"

/* The pixels of @picture as stored, neither turned nor mirrored: 1 bit (black is 1) or 8 bits grey. NULL when they are
 * coded in a way that only a page drawn tells, are damaged, or are more than allowed. Owned by the caller. */
PIX *extract_pdf_code (qpdf_data qpdf, const ExtractPdfPicture *picture, const Limits *limits);
/* The same by poppler, for codings that nobody else here reads. @page must have no other picture. */
PIX *extract_pdf_code_by_poppler (PopplerPage *page, const ExtractPdfPicture *picture, bool bilevel,
                                  const Limits *limits);
/* Whether it is coded as JBIG2. */
bool extract_pdf_code_is_jbig2 (qpdf_data qpdf, const ExtractPdfPicture *picture);
