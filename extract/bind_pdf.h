/* extract/bind_pdf.h - a PDF under construction, by libqpdf: streams, dictionaries, and the bytes in the end. */
#pragma once
#include "base/error.h"
#include <qpdf/qpdf-c.h>
#include <stdint.h>

typedef struct BindPdf BindPdf;
/* An empty PDF 1.7. Fails with FAILED. Owned by the caller. */
BindPdf *extract_bind_pdf_new (GError **error);
/* The PDF in @file, which it keeps; one with an empty user password is opened as well. Fails with FAILED when libqpdf
 * makes nothing of it. Owned by the caller. */
BindPdf *extract_bind_pdf_open (GBytes *file, GError **error);
void extract_bind_pdf_free (BindPdf *pdf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BindPdf, extract_bind_pdf_free)

/* For looking at objects. Lent. */
qpdf_data extract_bind_pdf_data (BindPdf *pdf);
/* Whether libqpdf had to mend anything since the last call. */
bool extract_bind_pdf_was_mended (BindPdf *pdf);
/* The value of @key in the page @page or in the nodes above it, or null. */
qpdf_oh extract_bind_pdf_inherited (BindPdf *pdf, qpdf_oh page, const char *key);
/* A direct dictionary of the entries of @dict; an empty one when that is none. */
qpdf_oh extract_bind_pdf_copy (BindPdf *pdf, qpdf_oh dict);
/* Sets all entries of the dictionary @from in @to. */
void extract_bind_pdf_merge (BindPdf *pdf, qpdf_oh to, qpdf_oh from);
/* A direct object from its PDF notation, which must hold no references. */
qpdf_oh extract_bind_pdf_parse (BindPdf *pdf, const char *notation);
/* The same, made indirect, so that it can be referred to from several places. */
qpdf_oh extract_bind_pdf_object (BindPdf *pdf, const char *notation);
/* Sets @key of the dictionary @dict. */
void extract_bind_pdf_set (BindPdf *pdf, qpdf_oh dict, const char *key, qpdf_oh value);
/* An indirect array of one @item. */
qpdf_oh extract_bind_pdf_array (BindPdf *pdf, qpdf_oh item);
/* A stream of @data, which is already coded as @filter ("/DCTDecode", an array of such; NULL for none) with @parms
 * (NULL for none) says; @dict is the notation of its other keys. */
qpdf_oh extract_bind_pdf_stream (BindPdf *pdf, const char *dict, GBytes *data, const char *filter, const char *parms);
/* A stream that is compressed here. */
qpdf_oh extract_bind_pdf_deflated (BindPdf *pdf, const char *dict, const void *data, gsize size);
void extract_bind_pdf_add_page (BindPdf *pdf, qpdf_oh page);
qpdf_oh extract_bind_pdf_root (BindPdf *pdf);
/* The whole file; equal calls give equal bytes; streams of an opened file are those that came, unless they were
 * replaced. Fails with FAILED when anything before went wrong, LIMIT when the file is longer than @limit. Owned by the
 * caller. */
GBytes *extract_bind_pdf_write (BindPdf *pdf, uint64_t limit, GError **error);
