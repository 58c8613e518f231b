/* classify/misread.h - a text as a bad scan would have it, for learning what survives that. */
#pragma once
#include <glib.h>

/* @text with about @share (0 to 1) of its characters misread: letters that look alike, lost accents, lost and added
 * marks and blanks. @seed decides which. Owned by the caller. */
char *classify_misread (const char *text, double share, guint32 seed);
