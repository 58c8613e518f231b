/* classify/field_words.h - words in four languages as plain lower-case ASCII, and comparing them with one misread
 * letter. */
#pragma once
#include "classify/field_text.h"

/* Whether the @n bytes at @word are @label, or differ by one letter put in, left out, changed or swapped with its
 * neighbour where @label has at least five letters. */
bool field_near (const char *word, size_t n, const char *label);
/* Whether the token is, letter for letter, one of the words in @list, which are parted by blanks. */
bool field_token_in (const FieldText *text, const FieldToken *token, const char *list);
/* The same with one misread letter in words of five and more. */
bool field_token_near_any (const FieldText *text, const FieldToken *token, const char *list);
/* Whether the token begins, letter for letter, with one of the words in @list. */
bool field_token_begins (const FieldText *text, const FieldToken *token, const char *list);
/* 1 to 12 for the name of a month or its short form, 0 for anything else. */
int field_month (const FieldText *text, const FieldToken *token);
/* The number that a word such as "quinze" or "nyolc" names, up to 90; 0 for anything else. */
int field_number_word (const FieldText *text, const FieldToken *token);
/* The number of a token of up to four digits in which O l I S B and the like stand for the digits they resemble. -1
 * when it is none or has no true digit. */
int field_digits (const FieldText *text, FieldSpan span, bool *repaired);
/* The digit that a misread letter stands for, or the digit itself; '\0' for anything else. */
char field_as_digit (char c);
/* The letter that a misread digit stands for, or the capital letter itself; '\0' for anything else. */
char field_as_letter (char c);
bool field_is_capital (const FieldText *text, const FieldToken *token);
