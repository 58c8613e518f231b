/* classify/field_address.h - names of people and firms, and postal addresses of the five countries, by their looks. */
#pragma once
#include "classify/field_find.h"

/* Whether @span reads as the name of a person or firm: capitals, particles, no digits, no word of business letters. */
bool field_is_name (const FieldText *text, FieldSpan span);
/* Whether @span begins with a word for a body such as an association, whose name may go on in small letters. */
bool field_is_body (const FieldText *text, FieldSpan span);
/* @span without "Mr", "Mme", "Dña." … before it. */
FieldSpan field_without_title (const FieldText *text, FieldSpan span);
/* Whether the slice has a word for a street or house, or begins with a house number. */
bool field_is_street (const FieldText *text, FieldSpan span);
/* Whether its last word is one for a street, as in English. */
bool field_ends_in_street (const FieldText *text, FieldSpan span);
/* Whether the token is a word for a street, as in English behind a house number and a name. */
bool field_is_street_word (const FieldText *text, const FieldToken *token);
/* "9", "14 B", "s/n": the number of a house, alone. */
bool field_is_house_number (const FieldText *text, FieldSpan piece);
/* "8200 Veszprém Óvári utca 2": no comma parts the street from the town. */
bool field_has_street_word (const FieldText *text, FieldSpan span);
/* How many tokens begin in @span; *@first gets the index of the first. */
uint32_t field_tokens_in (const FieldText *text, FieldSpan span, uint32_t *first);
/* The first piece of the line from @from on: up to a comma, bar, parenthesis, dash between blanks, or what is taken. */
FieldSpan field_piece (const FieldText *text, uint32_t from, uint32_t to);
/* The postcode and place on @line; false when there are none. *@before: the street follows it (Hungary). */
bool field_find_postcode (const FieldText *text, uint32_t line, FieldSpan *postcode, bool *before);

typedef struct
{
  FieldSpan name;       /* empty when none stands above or before it */
  uint32_t first, last; /* lines */
  uint32_t from, to;    /* in plain; lines between belong to it whole */
  bool labelled;
} FieldAddress;

#define FIELD_LONGEST_ADDRESS 110 /* bytes of one line */
/* "Address: …" on line @l, up to a bar, a wide gap or what another rule has taken. */
bool field_address_labelled (const FieldText *text, uint32_t l, FieldAddress *address);
/* "… residing at 7, Amrutkunj Society, Surat 395009, state as under": the pieces up to one that begins in small
 * letters. */
bool field_address_told (const FieldText *text, uint32_t l, FieldAddress *address);

/* Behind a label for a town or postcode without a colon that begins at @token ("Localidad", "C.P.", "Code postal") and
 * has a value: the token of that; else @token. @inner: not at the beginning of a line, where fewer words are labels. */
uint32_t field_address_town_label (const FieldText *text, uint32_t token, bool inner);

/* The whole line as it is in *@span, when it can be a line of an address block on @page. */
bool field_whole_line (const FieldText *text, uint32_t l, uint32_t page, FieldSpan *span);
/* A house or village without a number: a few words with a capital. */
bool field_may_be_place (const FieldText *text, FieldSpan span);
/* "San Martín 910, 6.º A": capitals and a number; a street beside a postcode. */
bool field_is_numbered (const FieldText *text, FieldSpan span);
/* "DNI 11.222.333", "C.I. 1.111.111-1": what a person or firm is registered as. */
bool field_is_identity (const FieldText *text, FieldSpan span);
/* All addresses in reading order, of FieldAddress. Owned by the caller. */
GArray *field_addresses_find (const FieldWork *work);
/* A street with its number on line @l and the town behind it or below, where people use no postcode. */
bool field_address_bare (const FieldText *text, uint32_t l, FieldAddress *address);
/* One line with commas. Owned by the caller. */
char *field_address_value (const FieldWork *work, const FieldAddress *address);
