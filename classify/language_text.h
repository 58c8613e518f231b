/* classify/language_text.h - what a text says of its language, by the table of letter groups and words. */
#pragma once
#include "classify/language_tables.h"

/* What a text has said so far. Nothing is decided before all of it is read: a text of capitals or names alone may
 * still be judged by them. */
typedef struct
{
  double plain[CLASSIFY_LANGUAGES], named[CLASSIFY_LANGUAGES], shouted[CLASSIFY_LANGUAGES];
  guint letters[3];     /* Latin ones of plain, named, shouted words */
  guint words, known;   /* Latin words that count, and those of them that the table has */
  guint other_letters;  /* of other scripts */
  gunichar first_other; /* one of them */
} ClassifyLanguageReading;

/* Adds the first @length bytes of @text, valid UTF-8. */
void classify_language_read (const ClassifyLanguageTable *table, const char *text, gsize length,
                             ClassifyLanguageReading *reading);
/* Adds what @part read. */
void classify_language_add (ClassifyLanguageReading *reading, const ClassifyLanguageReading *part);
/* All Latin letters that were read. */
guint classify_language_letters (const ClassifyLanguageReading *reading);
/* The likelihoods a language, words in capitals and names left out as far as there is other text. */
void classify_language_scores (const ClassifyLanguageReading *reading, double *scores);
/* Teaches @table the words of a label, which may end with a star where a word goes on. */
void classify_language_learn (ClassifyLanguageTable *table, const char *label, int language);
