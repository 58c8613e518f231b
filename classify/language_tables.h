/* classify/language_tables.h - which groups of letters and which words speak for which language. */
#pragma once
#include <glib.h>
#include <stdbool.h>

/* In the order of classify/language_tables/make. The last stands for what the others are not. */
#define CLASSIFY_LANGUAGES 14
#define CLASSIFY_LANGUAGE_NONE (CLASSIFY_LANGUAGES - 1)
extern const char *const classify_language_codes[CLASSIFY_LANGUAGES]; /* ISO 639-1; "und" the last */

typedef struct ClassifyLanguageTable ClassifyLanguageTable;
/* The table that docket ships. Owned by the caller. */
ClassifyLanguageTable *classify_language_table_new (void);
void classify_language_table_free (ClassifyLanguageTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ClassifyLanguageTable, classify_language_table_free)
/* The place of @code in classify_language_codes; -1 when it has none. */
int classify_language_index (const char *code);
/* Teaches the table a word of @language, @length lower-case code points; one that it came with stays as it is. */
void classify_language_table_teach (ClassifyLanguageTable *table, const gunichar *word, gsize length, int language);
/* Adds to @scores, of CLASSIFY_LANGUAGES, the log-likelihoods of the word, @length lower-case code points, all above
 * the same floor. Returns whether the table has the whole word. */
bool classify_language_table_read (const ClassifyLanguageTable *table, const gunichar *word, gsize length,
                                   double *scores);
/* Whether @folded, as dk_fold leaves it, is one of the words that the shipped table has as a whole, in any language.
 * Words of fewer letters than CLASSIFY_COMMON_LETTERS are not kept for this question. */
#define CLASSIFY_COMMON_LETTERS 7
bool classify_language_is_common (const char *folded);
/* Whether @folded is one of about a thousand words that are met most often in English, French, Spanish or Hungarian:
 * mostly those that tell how something is said, and not of what. */
bool classify_language_is_function_word (const char *folded);
