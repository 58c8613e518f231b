/* classify/field_deadline.h - what the rules for deadlines share. */
#pragma once
#include "classify/field_find.h"

/* Whether one of the @most tokens before token @index is in @list. */
bool field_any_before (const FieldText *text, uint32_t index, unsigned most, const char *list);
/* Adds a deadline that is not among the findings yet. */
void field_deadline_found (FieldWork *work, DkDay day, FieldSpan span, FieldSpan reason, double confidence,
                           const char *rule);
/* Days that are told by the month of the letter. */
void field_find_days_of_month (FieldWork *work);
