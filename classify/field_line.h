/* classify/field_line.h - what a line of a letter is by itself: blank, labelled, a heading, the foot of the page. */
#pragma once
#include "classify/field_text.h"

#define FIELD_LONGEST_HEAD_LINE 90 /* a longer one is a paragraph */

bool field_line_is_blank (const FieldText *text, uint32_t line);
/* Whether one of its first @most words is in @list, letter for letter or nearly. */
bool field_line_begins (const FieldText *text, uint32_t line, unsigned most, const char *list);
/* Where the label that the line begins with ends: at a colon behind up to five words, or at the end of a line of up to
 * three. 0 when there is none. */
uint32_t field_line_label_end (const FieldText *text, uint32_t line);
/* Whether one of the words of the line's label is in @list. */
bool field_line_label_is (const FieldText *text, uint32_t line, const char *list);
/* Whether no small letter stands in it. */
bool field_line_is_capitals (const FieldText *text, const FieldLine *line);
/* Whether it stands right above a paragraph or above fields of a form, as their heading. */
bool field_is_heading (const FieldText *text, uint32_t line);
/* "Name - street - 881 00 09 40 - mail@…": the last line of all, on paper or in a mail of another. */
bool field_is_footer (const FieldText *text, uint32_t line);
