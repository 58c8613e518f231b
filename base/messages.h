/* base/messages.h - sentences for people, in their language: the catalogues conf/messages/{en,fr,es,hu}.yaml.
 *
 * A catalogue is a YAML mapping; nested keys are joined by dots ("reason.empty"). A value is a pattern of ICU's
 * MessageFormat with the arguments {0} {1} … {7}: plain, {0,plural,one{…} other{…}}, {0,select,a{…} other{…}},
 * {0,date,long}, {0,time,short}, {0,number}, {0,number,percent}. A pattern has no straight apostrophe, which ICU would
 * take for a quote: write ’. */
#pragma once
#include "base/error.h"
#include <stdarg.h>
#include <stdint.h>

/* en fr es hu. NULL-terminated. */
extern const char *const dk_languages[];
bool dk_language_known (const char *language);
/* The language in which to speak: @chosen (the option --lang, or NULL) if it is one of dk_languages, else that of the
 * first of $LC_ALL, $LC_MESSAGES and $LANG that is not empty ("es_ES.UTF-8" gives "es"), else "en". Static. */
const char *dk_language (const char *chosen);
/* The name in @language of the language with the ISO 639-1 code @code: "arabe"; @code itself where it has none. Owned
 * by the caller. */
char *dk_language_name (const char *language, const char *code);

/* The sentence @key in @language, else in English, else @key itself, also where its pattern wants arguments of
 * other types. @types has a letter for each argument, at most eight:
 *   s const char *, NULL stands as ""    d int    l int64_t, exact up to 2^53    f double
 *   D DkDay, a civil date                t int64_t, microseconds since 1970, shown in UTC
 * Owned by the caller. Never fails. */
char *dk_message (const char *language, const char *key, const char *types, ...);
char *dk_message_v (const char *language, const char *key, const char *types, va_list args);
/* From now on dk_refuse speaks @language in this process; English before. */
void dk_speak (const char *language);
/* That language. Static. */
const char *dk_spoken (void);
/* dk_throw with the sentence refuse.@key, in the language that dk_speak was told; the rest as for dk_message. */
bool dk_refuse (GError **error, DkErrorCode code, const char *key, const char *types, ...);
/* Whether some catalogue has @key: for a word from a file that may be unknown. */
bool dk_message_exists (const char *language, const char *key);
/* The catalogue at @path, of char *key to char *pattern; that each can be read is checked where @language is not NULL.
 * Owned by the caller (g_hash_table_unref). Fails with CONFIG, NOT_FOUND. */
GHashTable *dk_messages_read (const char *path, const char *language, GError **error);
