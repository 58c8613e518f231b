/* classify/field_block.h - the blocks of a letter: lines without a gap between, and what stands in them. */
#pragma once
#include "classify/field_find.h"
#include "classify/field_writer.h"

typedef struct
{
  uint32_t from, to; /* lines, to exclusive */
  bool wide;         /* a line is a paragraph */
  unsigned labels;   /* lines that begin with one */
  bool named;        /* it begins with words in capitals, no street */
  bool shared, desk, form, number, postcode, contact, other;
} FieldBlock;
/* The blocks of @work, one after another; *@head grows by those that stand above the salutation and the first
 * paragraph. A block begins anew where it goes on with whom the letter is to. Of FieldBlock, owned by the caller. */
GArray *field_blocks_new (const FieldWork *work, const FieldWriter *names, guint *head);
