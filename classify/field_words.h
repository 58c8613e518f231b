/* classify/field_words.h - words in four languages as plain lower-case ASCII, and comparing them with one misread
 * letter. */
#pragma once
#include "classify/field_text.h"

#define FIELD_LONGEST_WORD 40

/* Whether recognition takes @meant, a small letter, for @read. */
bool field_looks_like (char read, char meant);
/* How far the @n bytes at @word are from the @m at @label: 1 for each letter misread as one that looks like it or read
 * twice, 2 for any other changed, lost or added. UINT_MAX when one is longer than FIELD_LONGEST_WORD. */
unsigned field_misreading (const char *word, size_t n, const char *label, size_t m);
/* The same where it is @most or less; anything above @most where it is more, and known sooner. */
unsigned field_misreading_within (const char *word, size_t n, const char *label, size_t m, unsigned most);
/* Whether the @n bytes at @word are @label or near it: one letter that looks like another in words of four, any one
 * letter in longer ones, more in those of seven and nine. */
bool field_near (const char *word, size_t n, const char *label);
/* Whether the token is, letter for letter, one of the words in @list, which are parted by blanks. */
bool field_token_in (const FieldText *text, const FieldToken *token, const char *list);
/* Which of @lists, from 1, has the token so; 0 for none. */
int field_token_which (const FieldText *text, const FieldToken *token, const char *const *lists, int n_lists);
/* As field_token_in, with one misread letter in words of five and more. */
bool field_token_near_any (const FieldText *text, const FieldToken *token, const char *list);
/* Whether the token begins, letter for letter, with one of the words in @list. */
bool field_token_begins (const FieldText *text, const FieldToken *token, const char *list);
/* The same with one letter misread in words of six and more. */
bool field_token_begins_near (const FieldText *text, const FieldToken *token, const char *list);
/* 1 to 12 for the name of a month or its short form, 0 for anything else. */
int field_month_exact (const FieldText *text, const FieldToken *token);
/* The same through misreadings, of which short ones prove little. */
int field_month (const FieldText *text, const FieldToken *token);
/* Whether the token is a month even where no year stands beside it: as it is, or with one look-alike. */
bool field_is_sure_month (const FieldText *text, const FieldToken *token);
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

typedef struct
{
  unsigned digits, capitals, small, joints; /* joints: strokes and dashes */
} FieldSigns;

FieldSigns field_count_signs (const FieldText *text, FieldSpan span);
