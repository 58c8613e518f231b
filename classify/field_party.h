/* classify/field_party.h - whose line is it: the writer's own, or that of the desk, firm or person written to. */
#pragma once
#include "classify/field_find.h"

/* Fills work->parties, which field_strike_own has made: from what is quoted, labels such as "To:", the form of a firm,
 * and the name that stands in the signature, a label or the head of a mail. */
void field_parties_find (FieldWork *work);
bool field_is_writers (const FieldWork *work, uint32_t line);
/* Also what settings->own names, and what is quoted. */
bool field_is_others (const FieldWork *work, uint32_t line);
bool field_is_quoted (const FieldWork *work, uint32_t line);
/* The end of the form of a firm ("Ltd", ", S. L.", "S.A. de C.V.") that begins at @at, whatever its dots and blanks;
 * @at when there is none. */
uint32_t field_form_end (const FieldText *text, uint32_t at);
/* Whether the form of a firm stands in @span, behind a word with a capital. */
bool field_has_form (const FieldText *text, FieldSpan span);

/* --- its parts --- */

/* Of a line that is known to be another's nothing else is said any more. */
void field_party_set (FieldWork *work, uint32_t line, FieldParty party);
/* Lines below a label for whom it is to, or whom it is against. */
void field_party_mark_labelled (FieldWork *work);
/* What another wrote in an earlier message; and pages behind the end of the letter. */
void field_party_mark_quoted (FieldWork *work);
void field_party_mark_enclosed (FieldWork *work);
