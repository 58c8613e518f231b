/* reports/letter.h - the words of a letter without what all letters have: address, greeting, closing, signature; and
 * without what tells who wrote it. */
#pragma once
#include "store/store.h"

#define REPORT_HIDDEN "…"

/* What @document says, from its greeting to its closing without lines of telephones and the like, names, addresses and
 * numbers of its sender replaced by “…”. Owned by the caller. Fails when its page records cannot be read. */
char *report_letter_text (Store *store, int64_t document, GError **error);

/* A word: letters that follow each other. */
typedef struct
{
  gsize from, to; /* bytes of the text */
  char *word;     /* in lower case */
  bool joined;    /* only blanks stand between it and the word before */
} ReportWord;
/* Of ReportWord, owned by the caller. */
GArray *report_letter_words (const char *text);
