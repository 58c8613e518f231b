/* base/hyphen.h - words broken over the end of a line: the one rule by which searching, fields and classification join
 * them. The text itself stays as printed. */
#pragma once
#include <glib.h>
#include <stdbool.h>

typedef enum
{
  DK_HYPHEN_NONE,   /* no hyphen between a word and the end of its line */
  DK_HYPHEN_KEPT,   /* it belongs to what is written: "A-\n4711", "2026-\nban", "Kovács-\nNagy", "e-\nmail" */
  DK_HYPHEN_UNSURE, /* one word or two: all in capitals, a chain of hyphens, a dash, a column end between the parts */
  DK_HYPHEN_JOINS,  /* letters before it, a lower-case letter after it: "rekla-\nmáció" is one word */
} DkHyphen;

/* Any of the marks that print as a hyphen: also the soft hyphen, which is nothing inside a word. */
bool dk_is_hyphen (gunichar letter);
/* What @at, a place of @text (UTF-8), says of the words around it. Unless it is NONE, *@next is the first letter of the
 * second part. A page end parts words: see dk_hyphen_over. */
DkHyphen dk_hyphen (const char *text, const char *at, const char **next);
/* @slice as one reads it: without the hyphens that JOIN, and without the line ends behind all others. Owned by the
 * caller. */
char *dk_hyphen_without (const char *slice);
/* The word that the end of @page and the beginning of @following make; NULL when the hyphen does not JOIN or there is
 * none. Owned by the caller. */
char *dk_hyphen_over (const char *page, const char *following);
