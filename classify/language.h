/* classify/language.h - the language of a text: a table of letter groups and words for the languages that letters are
 * written in, CLD2 for all others. */
#pragma once
#include "base/record.h"
#include "classify/context.h"

typedef struct ClassifyLanguages ClassifyLanguages;
/* The table, and all labels of @vocabulary, so that the company's own words count too. Owned by the caller. */
ClassifyLanguages *classify_languages_new (const Vocabulary *vocabulary);
void classify_languages_free (ClassifyLanguages *languages);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClassifyLanguages, classify_languages_free)

typedef struct
{
  char code[4];      /* ISO 639-1; "und" where it cannot be told */
  double confidence; /* 0 to 1, the share of such answers that are right */
} ClassifyLanguage;
/* The language of @text (UTF-8), a page, a paragraph or a line. */
ClassifyLanguage classify_language_of (const ClassifyLanguages *languages, const char *text);

/* The finding "language" of the whole document, never NULL: ISO 639-1 or, undecided, "und"; further languages of at
 * least a fifth of the text, counted by paragraphs, in also. Of two that share the text alike neither is sure. A
 * language of a page that @pages name already counts a little. Owned by the caller. */
RecordFinding *classify_language (const ClassifyLanguages *languages, const GPtrArray *pages, double certain);
