/* index/words.h - the words of a text as the index sees them: the same cut for pages, queries and snippets. */
#pragma once
#include <glib.h>
#include <stdbool.h>

typedef enum
{
  INDEX_LINK_NONE,       /* blanks or a mark that parts words */
  INDEX_LINK_HYPHEN,     /* one hyphen: "e-mail", also at a line end where no word is broken: "A-\n4711" */
  INDEX_LINK_MARK,       /* a mark inside a number or reference: "2026/17", "1.234,56", "1 234" */
  INDEX_LINK_APOSTROPHE, /* "l'abonnement" */
  INDEX_LINK_BREAK,      /* a hyphen and a line end within a word, as far as one can see */
} IndexLink;

enum
{
  INDEX_NUMBER_LETTERS = 5, /* at most in a part of a number that has no digit, in capitals: "AB" of "AB-2024" */
};

typedef struct
{
  char *raw;         /* as printed; of a joined word its parts without what stood between them */
  gsize start, end;  /* bytes of the text that it covers */
  unsigned position; /* from 1; a joined word has that of its first part */
  IndexLink link;    /* what stands between the word before and this one; NONE for a joined word */
  bool joined;       /* made of several words, which are in the list too */
  bool broken;       /* joined over a line end */
  bool begins, ends; /* a number of several parts may begin or end here: no hyphen ties it to more before or behind */
} IndexWord;

/* The words of @text (UTF-8), plain ones in order, each joined one after its last part: words that were broken over a
 * line end, words with a hyphen, and numbers and references with marks in them. Of IndexWord, owned by the caller. */
GArray *index_words (const char *text);
