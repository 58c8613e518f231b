/* cases/point.h - what leads to a person, in the form in which equal ones are equal. */
#pragma once
#include <glib.h>
#include <stdbool.h>

/* @text as a point of @type (store/contact.h), or NULL when it is none. @country is the one in which a phone number
 * without a country code is dialled: ISO 3166, a region behind it does not matter. Owned by the caller.
 * email: lower case. phone: "+34600111222", or its digits where the country is not known. iban: capitals without
 * blanks, with a right check sum. customer_no: capitals and digits. address: folded words. name: folded words without
 * titles and legal forms of companies, sorted, so that family and given name may stand in either order. */
char *point_normalise (const char *type, const char *text, const char *country);

/* The words of @text, folded, with a blank between them; "" where there is none. Owned by the caller. */
char *point_words (const char *text);
/* Whether @name holds the legal form of a company: S.L., SARL, Kft., Ltd … */
bool point_is_company (const char *name);
/* The country that @address itself shows: by its last word, by a postcode that only one country has, or by one of which
 * the words of the street or @language (of the letter, NULL: not known) tell whose it is. "" where it shows none. */
const char *point_country (const char *address, const char *language);
/* The postcode region of an address in @country, ISO 3166-2, "ES-CN", or "" when it cannot be told: that of the Spanish
 * province or the French department. Static. */
const char *point_region (const char *address, const char *country);
