/* extract/reading.h - what the engine made of a page or a part of it: words in reading order. */
#pragma once
#include "base/record.h"
#include <stdbool.h>

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
  ExtractGap gap;       /* the widest between its letters */
  unsigned gap_at;      /* byte of text that stands behind the gap; 0 where there is none worth asking */
  const char *language; /* of the model that read it */
} ExtractReadWord;
typedef struct
{
  GArray *words;        /* of ExtractReadWord, in reading order */
  const char *language; /* of the model that read most of it */
  double confidence;    /* mean of the letters, 0 when there are none */
  unsigned letters;     /* letters and digits read */
  int turned;           /* clockwise turn that would make most of the text upright */
  bool cut;             /* the time was up before the end of the page */
} ExtractReading;
/* Without words. */
ExtractReading *extract_reading_new (const char *language);
void extract_reading_free (ExtractReading *reading);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExtractReading, extract_reading_free)

/* Letters and figures in @text. */
unsigned extract_reading_letters (const char *text);
/* The words @first to @end (exclusive), with a blank behind each. Owned by the caller. */
char *extract_reading_text (const ExtractReading *reading, guint first, guint end);
/* Behind the last word of the line that begins with word @first. */
guint extract_reading_line_end (const ExtractReading *reading, guint first);
/* The smallest box round the words @first to @end (exclusive). */
RecordBox extract_reading_box (const ExtractReading *reading, guint first, guint end);
/* The mean confidence of the letters of the words @first to @end (exclusive), and in *@letters (where not NULL) their
 * number. 0 when there are none. */
double extract_reading_confidence (const ExtractReading *reading, guint first, guint end, unsigned *letters);
/* Puts all words of @by, whose boxes count pixels @larger times as fine from (@left, @top) of @reading on, in the place
 * of the words @first to @end (exclusive). What began there still begins there, and no other block does. */
void extract_reading_replace (ExtractReading *reading, guint first, guint end, const ExtractReading *by, int left,
                              int top, float larger);
/* Puts all words of @by, a block whose pixels are those of @reading from (@left, @top) on, before word @at. */
void extract_reading_insert (ExtractReading *reading, guint at, const ExtractReading *by, int left, int top);
