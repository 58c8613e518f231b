/* classify/field_places.h - a name or address as it is given out: dirt left out, words that are known put right. */
#pragma once
#include <glib.h>

/* @printed with lost blanks back and stray marks gone. Owned by the caller. */
char *field_places_clean (const char *printed);
/* The same, and misread words for streets and well-known towns put right. Owned by the caller. */
char *field_places_repaired (const char *address);
