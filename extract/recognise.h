/* extract/recognise.h - pixels to words by Tesseract, one language at a time. */
#pragma once
#include "extract/prepare.h"
#include "extract/reading.h"

/* Finds the models of @languages (ISO 639-1, of en fr es hu) and of orientation, once; each is loaded when it is first
 * needed. Fails when one is missing. */
bool extract_recognise_warm_up (char **languages, GError **error);
/* In the worker, before a fork: loads the model that a page with these @hints will be read with (NULL: it may not need
 * one), and those that children had to load themselves, so that later children share them. */
void extract_recognise_prepare (char *const *hints);
/* In a child: tells the worker that pages of which it cannot know it will be recognised. */
void extract_recognise_expect (void);
/* Whether that was told. */
bool extract_recognise_is_expected (void);
/* Whether there is a model of @language. */
bool extract_recognise_knows (const char *language);
/* The language to begin with: the first of @hints that has a model, else the first that has. NULL when none has. */
const char *extract_recognise_first (char *const *hints);

/* Reads @pix at @dpi with the model of @language, until @deadline_us of dk_monotonic_us. Fails when the model was not
 * loaded or the engine gives up. */
ExtractReading *extract_recognise (const char *language, PIX *pix, unsigned dpi, int64_t deadline_us, GError **error);
/* The same for @pix that holds one line. */
ExtractReading *extract_recognise_line (const char *language, PIX *pix, unsigned dpi, int64_t deadline_us,
                                        GError **error);
/* The same for @pix that holds lines of one column. */
ExtractReading *extract_recognise_block (const char *language, PIX *pix, unsigned dpi, int64_t deadline_us,
                                         GError **error);
/* The same for the part of @page with the most letters, one of @parts, a few lines taken for one column: enough to tell
 * the language for a tenth of the price. */
ExtractReading *extract_recognise_strip (const char *language, ExtractPrepared *page, int parts, int64_t deadline_us,
                                         GError **error);
/* Whether @word, without the signs round it, is in the dictionary of the model of @language. */
bool extract_recognise_knows_word (const char *word, const char *language);
/* Finds blanks that were overlooked (extract/spaces.h), by the dictionaries of the models. */
void extract_recognise_mend_spaces (ExtractReading *reading);
/* Replaces the words that the dictionary of their model does not know and that are surely another (extract/spelling.h),
 * where the engine itself was not sure. */
void extract_recognise_mend_words (ExtractReading *reading);
/* The clockwise turn that makes @pix upright by the orientation model, with its confidence; -1 when it has no answer.
 */
int extract_recognise_orientation (PIX *pix, unsigned dpi, double *confidence);
/* What the recogniser has cost so far, in this process and, before it was forked, in the worker. */
RecordCost extract_recognise_cost (void);
