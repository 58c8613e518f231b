/* cases/letter_lint.h - what is missing in letters and blocks that are valid. */
#pragma once
#include "cases/letter.h"

typedef struct
{
  const char *code;      /* the sentence is cli.template.CODE; docket-templates(5) tells the rules */
  const YamlNode *place; /* lent by the letters */
  const char *what;      /* the letter, or the block; lent */
  const char *other;     /* a language, an outcome, a block, a placeholder; "" where there is none; lent */
} LetterFinding;
/* On @today, in a firm with @settings. Of LetterFinding, in the order of the files; owned by the caller. */
GArray *letter_lint (const Letters *letters, const Settings *settings, DkDay today);
