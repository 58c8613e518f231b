/* classify/field_places.h - a name or address as it is given out: dirt left out, words that are known put right. */
#pragma once
#include "classify/field_vocabulary.h"

/* @printed with lost blanks back and stray marks gone. Owned by the caller. */
char *field_places_clean (const char *printed, const FieldVocabulary *words);
/* The same, and misread words put right for streets and towns that are among @words, which may be NULL. Owned by the
 * caller. */
char *field_places_repaired (const char *address, const FieldVocabulary *words);
