/* classify/frame.h - a message as a letter: with sender, date, greeting and ending, for learning what does not depend
 * on them. */
#pragma once
#include <glib.h>

/* @text in a frame in @language ("en", "fr", "es", "hu"), one of several by @seed. @text itself where it has lines of
 * its own, or the language is another. Owned by the caller. */
char *classify_frame (const char *text, const char *language, guint32 seed);
