/* extract/pdf_object.h - what stands in a PDF below what poppler tells: dictionaries, boxes and streams, by libqpdf.
 * Handles of objects live until extract_qpdf_close. Nothing here fails with an error: what cannot be had is 0 or NULL,
 * and the page is drawn. */
#pragma once
#include <glib.h>
#include <qpdf/qpdf-c.h>
#include <stdbool.h>

/* Refers to @file, which must live as long. NULL when libqpdf cannot read it. */
qpdf_data extract_qpdf_open (GBytes *file);
void extract_qpdf_close (qpdf_data qpdf);
/* Page @page_no of a file with @pages; 0 when libqpdf counts others. */
qpdf_oh extract_qpdf_page (qpdf_data qpdf, unsigned page_no, unsigned pages);

/* @key of @page or of what it inherits from; a null object where there is none. */
qpdf_oh extract_qpdf_inherited (qpdf_data qpdf, qpdf_oh page, const char *key);
double extract_qpdf_number (qpdf_data qpdf, qpdf_oh object, double otherwise);
/* The entry @key of the dictionary @dict. */
double extract_qpdf_entry (qpdf_data qpdf, qpdf_oh dict, const char *key, double otherwise);
bool extract_qpdf_flag (qpdf_data qpdf, qpdf_oh dict, const char *key, bool otherwise);
/* Whether @key of @dict is the name @name ("/Image"). */
bool extract_qpdf_is (qpdf_data qpdf, qpdf_oh dict, const char *key, const char *name);
bool extract_qpdf_name_is (qpdf_data qpdf, qpdf_oh object, const char *name);
/* Whether @key of @dict is there and not null. */
bool extract_qpdf_has (qpdf_data qpdf, qpdf_oh dict, const char *key);
/* @n numbers of an array of just as many. */
bool extract_qpdf_numbers (qpdf_data qpdf, qpdf_oh array, double *numbers, int n);

/* The bytes of @stream as they stand in the file, but decrypted. Owned by the caller. */
GBytes *extract_qpdf_raw (qpdf_data qpdf, qpdf_oh stream);
/* The same without its filters, if they are none or common ones and at most @most bytes come of them: a bomb gives
 * NULL, and is not unpacked. Owned by the caller. */
GBytes *extract_qpdf_unpacked (qpdf_data qpdf, qpdf_oh stream, gsize most);
/* Unpacks zlib's @packed, NULL when more than @most bytes come of it. What stands before a damaged place is given.
 * Owned by the caller. */
GBytes *extract_qpdf_inflate (GBytes *packed, gsize most);
