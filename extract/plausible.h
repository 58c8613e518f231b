/* extract/plausible.h - whether a text is one that people wrote, or the rubbish of a bad font or a bad recognition. In
 * no language in particular: words are judged by their letters, and only letters of Latin script by how often they
 * come. */
#pragma once
#include <glib.h>
#include <stdbool.h>

typedef struct
{
  unsigned characters; /* that can be seen */
  unsigned letters;    /* letters and digits */
  unsigned rubbish;    /* characters for private use, for what could not be told, for control */
  unsigned clean, odd; /* words that look like words, and those that do not; neither: numbers, signs, initials */
  unsigned singles;    /* letters that stand alone, but are no word */
  double likeness;     /* to the letters of European languages, 0 to 1; 1 where there are too few to tell */
} ExtractPlausible;

ExtractPlausible extract_plausible (const char *text);
/* From 0, rubbish, to 1, the text of a book. 0 where there is nothing to judge. */
double extract_plausible_share (const ExtractPlausible *plausible);
/* What a text is worth beside another of the same page: the more plausible words the more. */
double extract_plausible_worth (const ExtractPlausible *plausible);
