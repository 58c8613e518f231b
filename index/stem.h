/* index/stem.h - Snowball stemmers, which live in Xapian. */
#pragma once
#include <glib.h>
#include <stdbool.h>

G_BEGIN_DECLS
/* The stem of @word, in lower case, in @language, one of index_languages. NULL when there is none. Owned by the caller.
 */
char *index_stem (const char *language, const char *word);
G_END_DECLS
