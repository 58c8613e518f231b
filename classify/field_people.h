/* classify/field_people.h - names that many people of the four languages bear, for putting a misread one right. */
#pragma once
#include "classify/field_vocabulary.h"

/* Whether the @n small plain letters at @word are a frequent given name or surname. */
bool field_is_frequent_name (const FieldVocabulary *words, const char *word, size_t n);
/* The one frequent given name or surname that the @n letters at @word can be a misreading of, by letters that look
 * alike only; NULL when there is none or more than one. Owned by the caller. */
char *field_frequent_name (const FieldVocabulary *words, const char *word, size_t n, bool given);
