/* classify/passages.h - pages and paragraphs that are in another language than their document. */
#pragma once
#include "classify/language.h"

/* Adds to @findings a "page_language" for every page whose record names none, or another than its text shows, with its
 * first words; and a "paragraph_language" for every paragraph that surely is in another language than @language, that
 * of the document, with all of it. No more than CLASSIFY_PASSAGES_MAX together. */
#define CLASSIFY_PASSAGES_MAX 200
void classify_passages (const ClassifyLanguages *languages, const GPtrArray *pages, const char *language,
                        GPtrArray *findings);
/* Shows in @finding, the language of the document, the first printed lines that surely are in it, at most two. */
void classify_passages_show (const ClassifyLanguages *languages, const GPtrArray *pages, RecordFinding *finding);
