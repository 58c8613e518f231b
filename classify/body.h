/* classify/body.h - what a letter itself says: its words without the lines round them, those of addresses, references,
 * greeting, ending and signature, which tell of the writer and the post and not of the matter. */
#pragma once
#include "classify/words.h"

/* Of @words those of the letter itself, and of a heading ("Subject: ...") above it; NULL where all are, or where
 * nothing tells which. @signs (of ClassifyMatch, in the order of the text) are the labels of the scheme "sign" in
 * @words, of which "greeting", "ending" and "heading" tell. Lends what @words holds. Owned by the caller. */
ClassifyWords *classify_body_new (const ClassifyWords *words, const GArray *signs);
