/* classify/field_columns.h - a letterhead whose two addresses stand side by side. */
#pragma once
#include "classify/field_text.h"

/* Puts the right one of two columns below the left, where both have a postcode; before there are tokens. */
void field_columns_part (FieldText *text);
