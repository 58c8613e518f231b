/* cases/country.h - which country people mean. */
#pragma once

/* The ISO 3166 code that @text is, or the name of a country in English, French, Spanish or Hungarian; NULL where it is
 * none. Static. */
const char *country_code (const char *text);
/* The country of @address: that which it names last, behind a comma or the end of a line, else that which it shows
 * (point_country) to who writes @language and who lives in the country @home alike. Where it shows none it is @home,
 * unless that has postcodes that it could show. "" where it cannot be told. Static, or @home. */
const char *country_of (const char *address, const char *language, const char *home);
