/* extract/bind_signed.h - whether a PDF is signed, and would not be any more if a byte of it changed. */
#pragma once
#include "extract/bind_pdf.h"

/* True for a signature in a form field or one that certifies the document, and for forms too deep to be looked through.
 */
bool extract_bind_signed (BindPdf *pdf);
