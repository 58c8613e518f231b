/* classify/field_writer.h - the names that a letter gives as its writer's. */
#pragma once
#include "classify/field_find.h"

#define FIELD_WRITER_NAMES 12
/* Labels before the writer's name: in the head of a mail, and there or on a form. */
#define FIELD_FROM_WORDS "from de felado von expediteur remitente remite rte exp sender claimant"
#define FIELD_WRITER_LABELS                                                                                            \
  FIELD_FROM_WORDS " reclamante reclamant consumidor consommateur bejelento panaszos name nom nombre nev customer "    \
                   "client cliente ugyfel vendeg guest"

typedef struct
{
  FieldSpan spans[FIELD_WRITER_NAMES];
  unsigned n;
  bool form; /* one stands behind a label, and not in the head of a mail */
} FieldWriter;

/* Adds those behind a label or a closing, in the head of a mail, alone on one of the last lines. */
void field_writer_find (const FieldWork *work, FieldWriter *names);
/* Where the name begins in "for Penhaligon & Daughters", or the line itself. */
uint32_t field_signed_from (const FieldText *text, uint32_t line);
/* Whether a word of one of @names stands on the line, letter for letter or nearly. */
bool field_writer_shares (const FieldText *text, uint32_t line, const FieldWriter *names);
