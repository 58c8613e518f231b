/* classify/field_witness.h - the words of a letter as witnesses of each other: what stands twice and differs in a
 * letter shows how one of the two was misread. */
#pragma once
#include "classify/field_find.h"

#define FIELD_SHORTEST_WITNESS 4 /* letters */

/* How far two readings of one word of @n letters may be apart. */
unsigned field_witness_budget (size_t n);
/* Whether two words are readings of one: near each other, and not the same. */
bool field_are_readings (const char *a, const char *b);
/* The words of the text with a capital, and the parts of e-mail addresses, each with how often it stands there. */
GHashTable *field_witnesses (const FieldWork *work);
/* How often @word stands in the letter. */
unsigned field_witness_count (GHashTable *witnesses, const char *word);
/* The word that @word is a misreading of, by its witnesses; NULL when it stands. Owned by the caller. */
char *field_witness_corrected (GHashTable *witnesses, const char *word);
