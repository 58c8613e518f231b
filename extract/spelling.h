/* extract/spelling.h - words that are in no dictionary and are one common mistake of recognition away from one that is.
 */
#pragma once
#include <glib.h>
#include <stdbool.h>

/* Whether @word is one of @language; @data is the caller's. */
typedef bool (*ExtractIsWord) (const char *word, const char *language, void *data);

/* @word without the signs round it. Owned by the caller. */
char *extract_spelling_core (const char *word);

/* @word of @language (ISO 639-1) as it was surely meant: letters that engines confuse (rn m, c e, 1 l) and accents lost
 * or gained, where exactly one change leads to a word and @word is none; where the engine was @sure, only what no
 * spelling of the language allows. NULL when it stays as it is. Signs round the word and capital letters are kept.
 * Owned by the caller. */
char *extract_spelling_mend (const char *word, const char *language, bool sure, ExtractIsWord is_word, void *data);
