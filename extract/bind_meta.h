/* extract/bind_meta.h - what makes the PDF one for archives (PDF/A-2b): XMP, a colour profile, a language. */
#pragma once
#include "extract/bind_pdf.h"

/* Adds the metadata and the output intent, sRGB or, if @grey, of greys with the same tones, to the document; @language
 * is ISO 639-1, or NULL where none is known. No date and no version goes in, so that equal documents are equal bytes.
 */
void extract_bind_meta (BindPdf *pdf, const char *language, bool grey);
