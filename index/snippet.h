/* index/snippet.h - the place of a page that shows why it was found. */
#pragma once
#include "index/forms.h"
#include "index/query_tree.h"

G_BEGIN_DECLS
/* About 200 characters of @text, cut between words, on one line and without control characters, where most of what
 * @query looks for stands; each hit between \x02 and \x03, "…" where text was left out. Owned by the caller. */
char *index_snippet (const char *text, const char *language, const Query *query, IndexLexicon *lexicon);
G_END_DECLS
