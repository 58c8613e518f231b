/* extract/pdf_page.h - one page of a PDF to its record: its own words where they are to be trusted, else its pixels. */
#pragma once
#include "extract/pdf.h"
#include "extract/raster.h"

/* Reads page (*page)->no of @file, an empty record, which may be replaced by another. A fault of the page is an
 * EXTRACT_FAULT. */
bool extract_pdf_read (GBytes *file, const ExtractRasterJob *job, RecordPage **page, GError **error);
