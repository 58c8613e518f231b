/* classify/field_broken.h - sums of money that a line end breaks in two. */
#pragma once
#include "classify/field_text.h"

/* Puts a blank for the line end within a sum, "149 / 900 Ft", "487,36 / euros", "£ / 1,250.00"; no byte moves, and the
 * lines stay what they are. Once @text->english is known: there a blank parts no thousands. */
void field_broken_join (FieldText *text);
