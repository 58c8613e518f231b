/* classify/words.h - the words of a document, folded for comparing, each with its place on the page; and its sentences.
 */
#pragma once
#include "base/record.h"

typedef struct
{
  const char *text;     /* letters and digits, folded by dk_fold; never empty. Lent by the ClassifyWords */
  guint page;           /* index into the pages */
  uint32_t from, to;    /* code points of the page's text */
  guint sentence;       /* index into the sentences */
  const char *parts[2]; /* of a word broken over a line end, folded like text; else NULL */
  bool sure;            /* read from the file itself, or recognised without doubt */
} ClassifyWord;

typedef struct
{
  guint from, to; /* words, to exclusive; never empty */
  bool asks;      /* ends with a question mark */
} ClassifySentence;

typedef struct
{
  const GPtrArray *pages; /* of RecordPage, lent */
  GArray *words;          /* of ClassifyWord */
  GArray *sentences;      /* of ClassifySentence */
  guint letters, digits;  /* counted in the words */
  GStringChunk *strings;
} ClassifyWords;

/* The first CLASSIFY_WORDS_MAX words of @pages; the rest of a longer document does not say what it is about. A word
 * broken over a line end, as base/hyphen.h tells, is one word. Keeps a pointer to @pages. Owned by the caller. */
#define CLASSIFY_WORDS_MAX 40000
ClassifyWords *classify_words_new (const GPtrArray *pages);
void classify_words_free (ClassifyWords *words);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClassifyWords, classify_words_free)
/* Without words, for some of those of @of, which it does not keep a pointer to; their texts it does. Owned by the
 * caller.
 */
ClassifyWords *classify_words_part_new (const ClassifyWords *of);
/* Adds the word @at of @of, which stands behind those before, to @part: to the sentence of the word before it in @of
 * where that was added and is of the same. */
void classify_words_take (ClassifyWords *part, const ClassifyWords *of, guint at);
/* Whether a colon follows the word @at, after any white space. */
bool classify_words_colon_behind (const ClassifyWords *words, guint at);
