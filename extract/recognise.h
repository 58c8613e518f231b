/* extract/recognise.h - pixels to words by Tesseract, one language at a time. */
#pragma once
#include "base/record.h"
#include "extract/cleanup.h"

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

typedef struct
{
  int x0, x1; /* columns without ink, x1 exclusive; equal where there is none */
} ExtractGap;
typedef struct
{
  char *text;
  RecordBox box; /* in the pixels that were read */
  float confidence;
  unsigned begins;
  ExtractGap gap;  /* the widest between its letters */
  unsigned gap_at; /* byte of text that stands behind the gap; 0 where there is none worth asking */
} ExtractReadWord;
typedef struct
{
  GArray *words;        /* of ExtractReadWord, in reading order */
  const char *language; /* of the model */
  double confidence;    /* mean of the letters, 0 when there are none */
  unsigned letters;     /* letters and digits read */
  int turned;           /* clockwise turn that would make most of the text upright */
  bool cut;             /* the time was up before the end of the page */
} ExtractReading;
void extract_reading_free (ExtractReading *reading);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExtractReading, extract_reading_free)

/* Reads @pix at @dpi with the model of @language, until @deadline_us of dk_monotonic_us. Fails when the model was not
 * loaded or the engine gives up. */
ExtractReading *extract_recognise (const char *language, PIX *pix, unsigned dpi, int64_t deadline_us, GError **error);
/* The same for @pix that holds one line. */
ExtractReading *extract_recognise_line (const char *language, PIX *pix, unsigned dpi, int64_t deadline_us,
                                        GError **error);
/* The same for the part of @pix with the most letters, one of @parts, a few lines taken for one column: enough to tell
 * the language for a tenth of the price. */
ExtractReading *extract_recognise_strip (const char *language, PIX *pix, unsigned dpi, int parts, int64_t deadline_us,
                                         GError **error);
/* Finds blanks that were overlooked (extract/spaces.h), by the dictionary of the model. */
void extract_recognise_mend_spaces (ExtractReading *reading);
/* Replaces the words that the dictionary of the model does not know and that are surely another (extract/spelling.h),
 * where the engine itself was not sure. */
void extract_recognise_mend_words (ExtractReading *reading);
/* Letters and figures in @text. */
unsigned extract_reading_letters (const char *text);
/* All words of @reading, with blanks between. Owned by the caller. */
char *extract_reading_text (const ExtractReading *reading);
/* The clockwise turn that makes @pix upright by the orientation model, with its confidence; -1 when it has no answer.
 */
int extract_recognise_orientation (PIX *pix, unsigned dpi, double *confidence);
