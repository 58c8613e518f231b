/* classify/field_region.h - what "$", "pesos" and "fr." mean where a letter comes from. */
#pragma once
#include "classify/field_text.h"

/* The currency that a dollar sign stands for in @text: by its towns, country names and telephone codes; else by
 * @language and by whether a comma parts the cents. A literal. */
const char *field_region_dollar (const FieldText *text, const char *language, bool comma);
