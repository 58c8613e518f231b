/* extract/bind_faxes.h - fax pictures of a PDF, in fewer bytes. */
#pragma once
#include "extract/bind_pdf.h"

/* Deflates the group 3 and 4 fax pictures that @resources of a page name once more, around the very bytes, where that
 * pays. */
void extract_bind_faxes_pack (BindPdf *pdf, qpdf_oh resources);
