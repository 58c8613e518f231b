/* classify/field_currency.h - the signs, words and codes of money. */
#pragma once
#include <stddef.h>
#include <stdint.h>

#define FIELD_DOLLAR "$" /* until it is known whose */

/* ISO 4217, a literal, or FIELD_DOLLAR; NULL when @c is no sign of money. */
const char *field_currency_of_sign (char c);
/* The same of the @n letters at @word: "forintot", "EUR". */
const char *field_currency_of_word (const char *word, size_t n);
/* The same of letters and a sign that end before @end, "A$", "Rs.", "Fr.", "S/"; *@from is where they begin. */
const char *field_currency_of_prefix (const char *plain, uint32_t end, uint32_t *from);
