/* base/json.h - JSON by jansson, with errors as GError and memory freed by scope. A json_t may cross folders: like
 * GLib's types it belongs to the house. */
#pragma once
#include "base/error.h"
#include <jansson.h>

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

/* Parses one value, at most 32 levels deep. Fails with INVALID. */
json_t *dk_json_parse (const char *text, size_t length, GError **error);
/* One line, keys in the order they were set, no blank space. Owned by the caller. */
char *dk_json_line (const json_t *value);
/* One line, keys sorted, no blank space: equal values give equal bytes. Owned by the caller. */
char *dk_json_canonical (const json_t *value);
/* Appends @text, in UTF-8, as the string that the functions above write. */
void dk_json_append_string (GString *to, const char *text);
/* The string, integer or number under @key of an object, or the second value when it is absent or of another type. */
const char *dk_json_string (const json_t *object, const char *key, const char *otherwise);
int64_t dk_json_int (const json_t *object, const char *key, int64_t otherwise);
double dk_json_real (const json_t *object, const char *key, double otherwise);
bool dk_json_bool (const json_t *object, const char *key, bool otherwise);
/* json_string that takes NULL (gives null) and text that is not UTF-8 (escapes it). */
json_t *dk_json_text (const char *text);
