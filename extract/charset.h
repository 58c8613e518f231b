/* extract/charset.h - text of any character set as UTF-8. Conversion is by ICU, whose tables need no file. */
#pragma once
#include "extract/refuse.h"

/* Whether @bytes are a text of some character set rather than data: few control characters, or the pattern of UTF-16.
 */
bool extract_charset_looks_like_text (const char *bytes, size_t size);
/* The whole text of @file in UTF-8, without byte order mark, with \n for every kind of line end and without control
 * characters other than \n, \t and \f. *@charset (lent, where not NULL) is the set it was written in. Owned by the
 * caller. Refused as damaged when it is no text. */
char *extract_charset_text (GBytes *file, const char **charset, GError **error);
/* Pages are parted by form feeds; one at the very end begins no page. At least 1. */
unsigned extract_charset_pages (const char *text);
/* Page @page_no (from 1) of such a text, without its form feed; NULL when there is none. Owned by the caller. */
char *extract_charset_page (const char *text, unsigned page_no);
