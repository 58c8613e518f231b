/* base/yaml.h - YAML by libfyaml; every error says file:line:column, what is wrong and what is allowed. */
#pragma once
#include "base/clock.h"
#include "base/error.h"
#include <stdint.h>

typedef struct Yaml Yaml;         /* a parsed file */
typedef struct YamlNode YamlNode; /* a place in it, lent by its file */

/* Parses @text; @name stands in errors. Aliases and anchors, tags, duplicate keys, a second document, more
 * than 16 levels and bytes that are not UTF-8 are refused. An empty file is an empty mapping. Lines and columns count
 * from 1, columns in code points. Fails with CONFIG. */
Yaml *yaml_parse (const char *name, const char *text, size_t length, GError **error);
void yaml_free (Yaml *yaml);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Yaml, yaml_free)
/* All that was parsed, for a program of the same build: yaml_unpack takes a small part of the time of parsing. @packed
 * is kept. Fails with INVALID. */
GBytes *yaml_pack (const Yaml *yaml);
Yaml *yaml_unpack (const char *name, GBytes *packed, GError **error);
const YamlNode *yaml_root (const Yaml *yaml);

/* Fails with CONFIG, "name:line:column: " and the text, at @node. Returns false. */
bool yaml_throw (const YamlNode *node, GError **error, const char *format, ...) G_GNUC_PRINTF (3, 4);
/* The same with the sentence refuse.yaml.@key in the language that dk_speak was told; @types and what follows as for
 * dk_message. */
bool yaml_refuse (const YamlNode *node, GError **error, const char *key, const char *types, ...);
/* "name:line:column". Owned by the caller. */
char *yaml_place (const YamlNode *node);
/* Below 0 where @a stands before @b, in the order of names, lines and columns. */
int yaml_compare (const YamlNode *a, const YamlNode *b);
bool yaml_is_mapping (const YamlNode *node);
bool yaml_is_sequence (const YamlNode *node);
bool yaml_is_scalar (const YamlNode *node);
/* Members of a mapping or items of a sequence; 0 for a scalar. */
size_t yaml_size (const YamlNode *node);
/* Item @index of a sequence, or value of the @index-th member of a mapping, whose key goes to *@key where it is not
 * NULL. Lent. */
const YamlNode *yaml_at (const YamlNode *node, size_t index, const char **key);
/* The key of the @index-th member of a mapping, as the place for an error about it. Lent. */
const YamlNode *yaml_key (const YamlNode *mapping, size_t index);
/* The member @key of a mapping; NULL when absent or when @node is no mapping. */
const YamlNode *yaml_get (const YamlNode *node, const char *key);
/* A scalar with nothing written after its key, or ~. */
bool yaml_is_empty (const YamlNode *node);
/* The text of a scalar, "" when nothing is written. NULL when it is no scalar. Lent. */
const char *yaml_text (const YamlNode *node);

/* Checks that @node is a mapping with no keys but the NULL-terminated @allowed. */
bool yaml_check_keys (const YamlNode *node, const char *const *allowed, GError **error);
/* Required members; fail with CONFIG when absent or of another form. Text is lent, never empty. */
bool yaml_need_text (const YamlNode *mapping, const char *key, const char **value, GError **error);
/* Optional members: true with *@value untouched when absent or left empty. */
bool yaml_want_text (const YamlNode *mapping, const char *key, const char **value, GError **error);
/* A date, 2026-12-31. */
bool yaml_want_day (const YamlNode *mapping, const char *key, DkDay *day, GError **error);
bool yaml_want_int (const YamlNode *mapping, const char *key, int64_t low, int64_t high, int64_t *value,
                    GError **error);
bool yaml_want_real (const YamlNode *mapping, const char *key, double low, double high, double *value, GError **error);
/* true or false, nothing else. */
bool yaml_want_bool (const YamlNode *mapping, const char *key, bool *value, GError **error);
/* A sequence of scalars, or one scalar. NULL-terminated, owned by the caller; *@value is freed and replaced. */
bool yaml_want_list (const YamlNode *mapping, const char *key, char ***value, GError **error);
/* One of the NULL-terminated @allowed words. */
bool yaml_want_word (const YamlNode *mapping, const char *key, const char *const *allowed, const char **value,
                     GError **error);
/* A text for an error: escaped, and cut where it is long. Owned by the caller. */
char *yaml_shown (const char *text);
