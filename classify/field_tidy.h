/* classify/field_tidy.h - signs that forms and bad scans put into a text. */
#pragma once
#include "classify/field_text.h"

/* Puts the colon of a form for its dots, bars and gaps, a blank for dirt, and the stroke, point, five or seven that was
 * meant for what was read. No byte moves. */
void field_tidy (FieldText *text);
