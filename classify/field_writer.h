/* classify/field_writer.h - the names that a letter gives as its writer's. */
#pragma once
#include "classify/field_find.h"

#define FIELD_WRITER_NAMES 12

typedef struct
{
  FieldSpan spans[FIELD_WRITER_NAMES];
  unsigned n;
  bool form; /* one stands behind a label, and not in the head of a mail */
} FieldWriter;

/* Adds those behind a label or a closing, in the head of a mail, alone on one of the last lines. */
void field_writer_find (const FieldWork *work, FieldWriter *names);
/* Whether the label that the line begins with is one before the writer's name, in the head of a mail or on a form. */
bool field_writer_is_labelled (const FieldText *text, uint32_t line);
/* Where the name begins in "for Penhaligon & Daughters", or the line itself. */
uint32_t field_signed_from (const FieldText *text, uint32_t line);
/* Whether a word of one of @names stands on the line, letter for letter or nearly. */
bool field_writer_shares (const FieldText *text, uint32_t line, const FieldWriter *names);
