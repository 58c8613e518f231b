/* classify/field_date_words.h - days and years written out: "once de enero de dos mil veinticinco". */
#pragma once
#include "classify/field_text.h"

/* 1 to 31 for a day written as a word, 0 for anything else. */
int field_day_word (const FieldText *text, const FieldToken *token);
/* How many tokens from @index on are a year written as words; 0 for none. */
uint32_t field_year_words (const FieldText *text, uint32_t index, int *year);
