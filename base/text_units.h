/* base/text_units.h - UTF-8 to ICU's UTF-16 and back; what is not well formed stands as U+FFFD. Private to base. */
#pragma once
#include <unicode/ustring.h>

/* @text, NULL for none, ended by 0; how long it is in *@length, which may be NULL. Owned by the caller. */
UChar *dk_units (const char *text, int32_t *length);
/* Owned by the caller. */
char *dk_utf8 (const UChar *units, int32_t length);
