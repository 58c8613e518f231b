/* classify/field_places.h - a name or address as it is given out: dirt left out, words that are known put right. */
#pragma once
#include "base/vocabulary.h"

/* @printed with lost blanks back and stray marks gone. Owned by the caller. */
char *field_places_clean (const char *printed);
/* The same, and misread words put right for streets and towns that are in @vocabulary, which may be NULL. Owned by the
 * caller. */
char *field_places_repaired (const char *address, const Vocabulary *vocabulary);
