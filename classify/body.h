/* classify/body.h - what a letter itself says: its words without the lines round them, those of addresses, references,
 * greeting, ending and signature, which tell of the writer and the post and not of the matter. */
#pragma once
#include "base/vocabulary.h"
#include "classify/words.h"

typedef struct ClassifyFormulas ClassifyFormulas;
/* The signs "greeting", "ending" and "heading" of @vocabulary, to which it keeps a pointer. Owned by the caller. */
ClassifyFormulas *classify_formulas_new (const Vocabulary *vocabulary);
void classify_formulas_free (ClassifyFormulas *formulas);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClassifyFormulas, classify_formulas_free)
/* Of @words those of the letter itself, and of a heading ("Subject: ...") above it; NULL where all are, or where
 * nothing tells which. Labels in @language are looked for, in every one where it is NULL. Lends what @words holds.
 * Owned by the caller. */
ClassifyWords *classify_body_new (const ClassifyFormulas *formulas, const ClassifyWords *words, const char *language);
