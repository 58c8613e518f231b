/* extract/media.h - what a file is: libmagic's vote, then a second look where it is known to be wrong. */
#pragma once
#include "base/error.h"

/* Loads the magic database; to be called before the child is shut in. */
bool extract_media_warm_up (GError **error);
/* The media type of @file, lower case, "application/octet-stream" when nobody knows. @name, the source's name, only
 * widens the window in which a PDF may begin. Owned by the caller. Fails when the magic database was not loaded. */
char *extract_media_type (GBytes *file, const char *name, GError **error);
/* Whether read can do something with it: a picture, a text, a PDF. */
bool extract_media_is_picture (const char *media_type);
bool extract_media_is_text (const char *media_type);
bool extract_media_is_pdf (const char *media_type);
/* Whether files with such a name mostly are pictures. */
bool extract_media_is_named_as_picture (const char *name);
