/* classify/lines.h - the lines of a letter and what each is by itself: a greeting, an ending, a heading, a sentence, or
 * what another wrote before. */
#pragma once
#include "classify/words.h"

typedef struct
{
  guint page;        /* index into the pages */
  uint32_t at;       /* code point of the page's text where it begins, with its blanks … */
  guint length;      /* … and how many it has */
  guint from, to;    /* words, to exclusive; never empty */
  gunichar first;    /* code point that is no blank … */
  gunichar last;     /* … and the last such */
  guint small;       /* words that begin with a small letter */
  bool capitals;     /* no letter is small */
  bool figures;      /* there is one, or a mail address */
  bool greets, ends; /* it opens or closes a letter */
  bool heads;        /* it says what the letter is about … */
  guint value;       /* … from this word on, behind its label */
  bool opens_quotes; /* it says that another wrote what stands below */
  bool quoted;       /* another wrote it, or it opens such lines; never where the writer says nothing himself */
} ClassifyLine;

/* The lines of @words that have one, judged by @signs (of ClassifyMatch, in the order of the text), the labels of the
 * scheme "sign" in @words. Of ClassifyLine, owned by the caller. */
GArray *classify_lines_new (const ClassifyWords *words, const GArray *signs);
bool classify_line_ends_sentence (const ClassifyLine *line);
/* Whether the writer says something in it, as in lines of addresses and references, full of names and figures, he does
 * not. */
bool classify_line_is_prose (const ClassifyLine *line);
/* Whether its last sign is a comma, a colon or an exclamation mark, as in a greeting. */
bool classify_line_calls (const ClassifyLine *line);
