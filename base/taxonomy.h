/* base/taxonomy.h - how kind and subject become folders; vocabulary.h shows it to the others. */
#pragma once
#include "base/config.h"

typedef struct Taxonomy Taxonomy;
/* Reads taxonomy/ of @config. Fails with CONFIG: unknown keys, parts or languages, an entry twice, one without English.
 */
Taxonomy *taxonomy_load (const Config *config, GError **error);
void taxonomy_free (Taxonomy *taxonomy);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Taxonomy, taxonomy_free)
/* The "code", or the name in a language, of the entry of @path in @scheme itself; NULL where there is none. Lent. */
const char *taxonomy_entry (const Taxonomy *taxonomy, const char *scheme, const char *path, const char *key);
/* As vocabulary_folder and vocabulary_folder_code. */
char *taxonomy_folder (const Taxonomy *taxonomy, const char *scheme, const char *path, const char *language);
const char *taxonomy_code (const Taxonomy *taxonomy, const char *scheme, const char *path);
