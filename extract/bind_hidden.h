/* extract/bind_hidden.h - an earlier reading of a page taken out of it: its invisible text. */
#pragma once
#include "extract/bind_pdf.h"

/* What has to stand for the contents of @page: one stream without invisible text, or what stands there now when there
 * is none or it cannot be taken out without moving anything that is seen. @resources are the page's own; forms drawn on
 * it that hold such text are left out or replaced there. *@kept: the page has text, and none of it was taken out. */
qpdf_oh extract_bind_hidden_strip (BindPdf *pdf, qpdf_oh page, qpdf_oh resources, bool *kept);
