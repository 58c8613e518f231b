/* base/align.h - two texts word by word: which words they share in order, words that were read a little wrongly mended.
 */
#pragma once
#include <glib.h>
#include <stdint.h>

typedef struct
{
  char *folded;      /* by dk_fold, letters and digits */
  uint32_t from, to; /* code points of the text */
} DkWord;
/* The words of @text, at most @most. Of DkWord, owned by the caller. */
GArray *dk_words (const char *text, guint most);

/* Whether @a, a folded word of four letters or more, is @b with no more than one letter wrong, two from 8 letters on;
 * numbers are alike no others. */
gboolean dk_words_alike (const char *a, const char *b);

#define DK_ALIGN_WORDS 3000 /* of one text; what stands behind is not compared */
typedef struct
{
  GArray *left, *right; /* of gboolean, by word: it stands in the other text too, in order */
  guint common;         /* words */
  guint longest;        /* run of words in one text that the other has not */
} DkAlignment;
void dk_alignment_clear (DkAlignment *alignment);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DkAlignment, dk_alignment_clear)
/* Aligns the words, of DkWord, by the longest sequence common to both. With @mend a word with one letter wrong (two
 * from 8 letters on) counts as that word; numbers are never mended. */
void dk_align (const GArray *left, const GArray *right, gboolean mend, DkAlignment *alignment);
