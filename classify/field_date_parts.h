/* classify/field_date_parts.h - the days, months and years that dates are made of, and the signs between them. */
#pragma once
#include "classify/field_dates.h"

/* What stands between token @left and the next on its line: the strongest sign of up to @most bytes, ' ' for blanks
 * alone, '\0' when something else is there. */
char field_date_gap (const FieldText *text, uint32_t left, uint32_t most);
/* Whether the byte at @at continues a number or reference that began before it, or is continued behind it. */
bool field_date_glued_before (const FieldText *text, uint32_t at);
bool field_date_glued_after (const FieldText *text, uint32_t at);
/* The number of token @i, -1 when it is none; *@repaired is set where a letter was read as the digit it resembles. */
int field_date_number_at (const FieldText *text, uint32_t i, bool *repaired);
/* A day of the month with or without an ordinal ending, 2 2nd 1er l9 11T20 (the last as in ISO 8601); 0 for none. */
int field_date_day_at (const FieldText *text, uint32_t i, bool *repaired);
/* 1 to 12 for I to XII or i to xii, 0 for anything else. */
int field_date_roman_month (const FieldText *text, const FieldToken *token);
/* Fills in the year that token @i is, also one that another date of the text proves. False when it is none. */
bool field_date_year_at (const FieldText *text, uint32_t i, FieldDate *date);
/* The same of two digits: a year of this century unless that were far in the future. */
bool field_date_short_year_at (const FieldText *text, uint32_t i, FieldDate *date);
