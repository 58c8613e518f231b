/* cases/number.h - docket numbers: PREFIX-YYYY-NNNNNN-CC, CC by ISO 7064 MOD 97-10. */
#pragma once
#include "base/error.h"
#include <stdint.h>

/* Letters stand for 10 to 35, as in ISO 7064 and ISO 13616; hyphens are left out. Owned by the caller. */
char *number_format (const char *prefix, int year, int64_t serial);
/* Whether @text (any case, with or without blanks and hyphens) is a docket number with right check digits; *@canonical,
 * where not NULL, is its proper form, owned by the caller. */
bool number_parse (const char *text, char **canonical);
