/* extract/language.h - which of the four languages a text was printed in: a cheap check of what a recognition model
 * gave, by common words and letters. It is no detector of languages in general: the stage "understand" has one. */
#pragma once
#include <glib.h>
#include <stdbool.h>

enum
{
  EXTRACT_LANGUAGES = 4,
};
/* "en", "fr", "es", "hu". */
extern const char *const extract_language_codes[EXTRACT_LANGUAGES];

/* "en", "fr", "es" or "hu" when the words of @text speak clearly for it, else "und". *@share (where not NULL) is the
 * part of the words that are common words of that language, 0 to 1. Lent. */
const char *extract_language_guess (const char *text, double *share);
/* For each of them, how many words of @text are common words of it, or have a letter that it alone uses. */
void extract_language_evidence (const char *text, unsigned evidence[EXTRACT_LANGUAGES]);
