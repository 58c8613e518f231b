/* extract/extract.h - what the worker can do with a file: tell what it is, read a page, bind a searchable PDF. */
#pragma once
#include "base/config.h"
#include "base/serve.h"

/* Loads, or maps, what a child may not open any more: the models of @languages (ISO 639-1) and of orientation, magic, a
 * rendered page for fontconfig, ICU tables. To be called once, before serve(). Fails when a model is missing. */
bool extract_warm_up (char **languages, GError **error);
/* NULL-terminated folders that a child must be able to read: fonts, CMaps. Lent. */
const char *const *extract_read_only (void);

/* "identify": fd 0 the file; argument "name" (s, the source's name, only a tie-break). Emits RECORD_FACTS or a refusal;
 * before a refusal stand facts of one page where the media type is known, so that the refusal can name it. */
bool extract_identify (const ServeRequest *request, ServeOut *out, GError **error);
/* In the worker, before an "identify" with these arguments is forked: loads the model that it will need if it goes on
 * to read a picture. */
void extract_identify_prepare (GVariant *arguments);
/* "read": fd 0 the file; arguments "media_type" (s), "page" (x), "languages" (as, hints, best first; a single one is
 * taken at its word at first, several are tried on a few lines), "trusted" (x, 1: the first is taken at its word too),
 * "version" (x, of this work). Emits a RECORD_PAGE_KEY before it recognises a page, and goes on; one RECORD_PAGE behind
 * a RECORD_COST, or a refusal that concerns this page alone. A page is read as far as the limits allow: what was read
 * so far is kept, with a warning. *@page is the page, owned by the caller, NULL after a refusal. */
bool extract_read (const ServeRequest *request, ServeOut *out, RecordPage **page, GError **error);
/* In the worker, before a "read" with these arguments is forked: loads the models that it will need. */
void extract_read_prepare (GVariant *arguments);
/* "bind": fd 0 a picture file or a PDF, fd 1 its page records; argument "media_type". Emits RECORD_BYTES: the
 * searchable PDF, the pictures as they came in where PDF can carry them, upright by /Rotate, the recognised words
 * invisible at their place; of a PDF that file with the words on its pages, or nothing when it has to stay as it came.
 * Equal input gives equal bytes. */
bool extract_bind (const ServeRequest *request, ServeOut *out, GError **error);
/* "preview": fd 0 the file; arguments "media_type" (s), "page" "width" "rotation" "sheet_width" "sheet_height" (x, as
 * in extract/preview.h) and "format" (s, "png" or "jpeg"). Emits RECORD_BYTES: a small upright picture of the page.
 * Equal input gives equal bytes. */
bool extract_preview (const ServeRequest *request, ServeOut *out, GError **error);
