/* classify/foreign.h - letters in a language that neither the vocabulary nor the shipped letters are in. */
#pragma once
#include "base/record.h"

/* Where @language, ISO 639-1, is one that docket does not understand, kind and subject in @findings become guesses,
 * except what the title of a form tells. A language that cannot be told ("und") is no other one. */
void classify_foreign_check (const char *language, GPtrArray *findings);
