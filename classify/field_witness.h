/* classify/field_witness.h - the words of a letter as witnesses of each other: what stands twice and differs in a
 * letter shows how one of the two was misread. */
#pragma once
#include "classify/field_find.h"

#define FIELD_SHORTEST_WITNESS 4 /* letters */

/* How far two readings of one word of @n letters may be apart. */
unsigned field_witness_budget (size_t n);
/* Whether two words are readings of one: near each other, and not the same. */
bool field_are_readings (const char *a, const char *b);
/* The words of a text with a capital, and the parts of its e-mail addresses. */
typedef struct
{
  GHashTable *counts; /* word to how often it stands there */
  const FieldVocabulary *words;
} FieldWitnesses;
FieldWitnesses *field_witnesses_new (const FieldWork *work);
void field_witnesses_free (FieldWitnesses *witnesses);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FieldWitnesses, field_witnesses_free)
/* How often @word stands in the letter. */
unsigned field_witness_count (const FieldWitnesses *witnesses, const char *word);
/* The word that @word is a misreading of, by its witnesses; NULL when it stands. Owned by the caller. */
char *field_witness_corrected (const FieldWitnesses *witnesses, const char *word);
