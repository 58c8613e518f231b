/* classify/field_deadline.h - what the rules for deadlines share. */
#pragma once
#include "classify/field_find.h"

/* Whether one of the @most tokens before token @index is in @list. */
bool field_any_before (const FieldText *text, uint32_t index, unsigned most, const char *list);
/* Whether a sentence ends between the bytes @from and @to. */
bool field_ends_sentence (const FieldText *text, uint32_t from, uint32_t to);
/* Whether the writer asks for something in the words before token @index. */
bool field_wishes_before (const FieldText *text, uint32_t index);
/* Whether the words before token @index tell of what others said, or of what is done; "by return" of post tells
 * nothing. */
bool field_tells_story (const FieldText *text, uint32_t index);
/* Adds a deadline that is not among the findings yet. */
void field_deadline_found (FieldWork *work, DkDay day, FieldSpan span, FieldSpan reason, double confidence,
                           const char *rule);
/* Days that are told by the month of the letter. */
void field_find_days_of_month (FieldWork *work);
/* "by Friday or …", "avant vendredi prochain", "péntekig": the next one after the letter, where the writer asks for
 * something or sets a condition. */
void field_find_weekdays (FieldWork *work);
