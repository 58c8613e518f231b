/* classify/language.h - the language of a text: CLD2 where there is enough of it, own tables of letter groups for a
 * line or two. */
#pragma once
#include "classify/context.h"
#include "classify/words.h"

typedef struct ClassifyLanguages ClassifyLanguages;
/* Makes the tables from small words of each language and from all labels of @vocabulary, so that the company's own
 * words count too. Owned by the caller. */
ClassifyLanguages *classify_languages_new (const Vocabulary *vocabulary);
void classify_languages_free (ClassifyLanguages *languages);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClassifyLanguages, classify_languages_free)
/* The finding "language" of the whole document, never NULL: ISO 639-1 or, undecided, "und"; further languages of at
 * least a fifth of the text in also. A language of a page that @pages name already counts a little. Owned by the
 * caller. */
RecordFinding *classify_language (const ClassifyLanguages *languages, const GPtrArray *pages,
                                  const ClassifyWords *words, double certain);
