/* extract/text_layer.h - whether the text that a PDF page brings with it is to be trusted.
 *
 * First by the words and by how they were painted, which costs nothing; where a picture may say more than they do, by
 * comparing the words with the ink of the page; where that leaves a doubt, by reading the page and taking the better
 * text. What was decided stands first in the steps of the page record:
 *
 *   own-text           text that can be seen, kept
 *   old-text           text that cannot be seen, of an earlier recognition, kept
 *   old-text-replaced  the same, read again because it was bad, or not where the ink is
 *   bad-text-replaced  text whose letters say nothing: the page was read
 *   stamp-over-picture a few words over a picture, as stamps and page numbers are: the page was read */
#pragma once
#include "extract/cleanup.h"
#include "extract/pdf.h"
#include "extract/plausible.h"

typedef enum
{
  EXTRACT_TEXT_NONE,  /* no words */
  EXTRACT_TEXT_OWN,   /* keep it */
  EXTRACT_TEXT_OLD,   /* keep it, if the ink is where its words are */
  EXTRACT_TEXT_STAMP, /* read the page */
  EXTRACT_TEXT_DOUBT, /* read the page, and keep the better */
  EXTRACT_TEXT_BAD,   /* the same, but rather what was read */
} ExtractTextVerdict;

/* By the words of @page and by what the page paints. */
ExtractTextVerdict extract_text_judge (const RecordPage *page, const ExtractPdfLook *look,
                                       const ExtractPlausible *plausible);
/* Whether a look at the ink can tell more: of a page that is old text or has a picture. */
bool extract_text_wants_ink (ExtractTextVerdict verdict, const ExtractPdfLook *look, const ExtractPlausible *plausible);
/* The verdict after that look at @pix, the whole page at whatever @dpi. */
ExtractTextVerdict extract_text_judge_ink (ExtractTextVerdict verdict, const RecordPage *page, PIX *pix, unsigned dpi);
/* Whether @read, which was read from the page, is to be kept rather than the page's own words. */
bool extract_text_is_better (ExtractTextVerdict verdict, const ExtractPlausible *own, const RecordPage *read);
/* The word for the steps: @kept tells whether the page's own words were. "" where there was nothing to decide. */
const char *extract_text_step (ExtractTextVerdict verdict, const ExtractPdfLook *look, bool kept);

/* How well words and ink agree, as far as ink looks like letters. */
typedef struct
{
  double on_ink;  /* of the words, those with ink under them */
  double covered; /* of the ink, that under words; 1 when there is hardly any */
} ExtractTextInk;
ExtractTextInk extract_text_ink (const RecordPage *page, PIX *pix, unsigned dpi);
