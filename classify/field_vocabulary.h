/* classify/field_vocabulary.h - the words of the vocabulary's scheme "field", by which fields are told and mended. */
#pragma once
#include "base/vocabulary.h"

/* The cues of the concept @id in all languages, as they are printed (of const char *, lent); none where there is no
 * such concept or no vocabulary. Owned by the caller. */
GPtrArray *field_vocabulary_words (const Vocabulary *vocabulary, const char *id);
/* The same in plain small letters, parted by blanks, as field_token_in takes them. Owned by the caller. */
char *field_vocabulary_list (const Vocabulary *vocabulary, const char *id);
