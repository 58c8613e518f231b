/* classify/body.h - what a letter itself says: its words without the lines round them, those of addresses, references,
 * greeting, ending and signature, which tell of the writer and the post and not of the matter. */
#pragma once
#include "classify/lines.h"

/* Of @words those of the letter itself, and of a heading ("Subject: ...") above it; NULL where all are, or where
 * nothing tells which. @lines (of ClassifyLine) are those of @words. Lends what @words holds. Owned by the caller. */
ClassifyWords *classify_body_new (const ClassifyWords *words, const GArray *lines);
