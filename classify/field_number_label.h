/* classify/field_number_label.h - the words that tell what a number is: before it, behind it, or asked for. */
#pragma once
#include "classify/field_find.h"

typedef struct
{
  const char *field, *rule;
  FieldList heads;  /* whole words, one misread letter allowed */
  FieldList begins; /* beginnings of words, for languages that put endings on them */
  FieldList after;  /* words that stand behind a number */
} FieldNumberLabel;

/* "CU 339 104": a short word in capitals that belongs to the number behind it. */
FieldSpan field_number_with_prefix (const FieldText *text, FieldSpan span);
/* The label before @span; *@from is where it begins. */
const FieldNumberLabel *field_number_label_before (const FieldText *text, FieldSpan span, uint32_t *from);
/* "az SF-559021 számú megrendelés", "a 0024117 számlán". A label with a colon belongs to what comes next. */
const FieldNumberLabel *field_number_label_after (const FieldText *text, FieldSpan span, uint32_t *to);
/* What the other side of a chat has just asked for. */
const FieldNumberLabel *field_number_label_asked_for (const FieldWork *work, FieldSpan span);
/* Under "your ref." the letters a number begins with tell what it is: INV-2231, ORD/77. */
const FieldNumberLabel *field_number_label_by_prefix (const FieldText *text, FieldSpan span,
                                                      const FieldNumberLabel *label);
/* A policy or contract tells who the customer is only where no number of his own does. */
bool field_number_names_contract (const FieldText *text, uint32_t from);
