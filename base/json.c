#include "base/json.h"
#include "base/file.h"
#include <stdlib.h>
#include <string.h>

#define MAX_DEPTH 32

static bool
too_deep (const json_t *value, int depth)
{
  if (depth > MAX_DEPTH)
    return true;
  size_t index;
  const char *key;
  json_t *below;
  if (json_is_array (value))
    {
      json_array_foreach (value, index, below) if (too_deep (below, depth + 1)) return true;
    }
  else if (json_is_object (value))
    {
      json_object_foreach ((json_t *)(uintptr_t)value, key, below) if (too_deep (below, depth + 1)) return true;
    }
  return false;
}

json_t *
dk_json_parse (const char *text, size_t length, GError **error)
{
  json_error_t failure;
  g_autoptr (json_t) value = json_loadb (text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &failure);
  if (value == NULL)
    {
      dk_throw (error, DK_ERROR_INVALID, "JSON, line %d column %d: %s", failure.line, failure.column, failure.text);
      return NULL;
    }
  if (too_deep (value, 0))
    {
      dk_throw (error, DK_ERROR_INVALID, "JSON nested more than %d levels", MAX_DEPTH);
      return NULL;
    }
  return g_steal_pointer (&value);
}

static char *
dump (const json_t *value, size_t flags)
{
  char *foreign = json_dumps (value, flags | JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION (12));
  g_assert (foreign != NULL); /* every value in docket is valid UTF-8 and acyclic */
  char *ours = g_strdup (foreign);
  free (foreign);
  return ours;
}

char *
dk_json_line (const json_t *value)
{
  return dump (value, 0);
}

char *
dk_json_canonical (const json_t *value)
{
  return dump (value, JSON_SORT_KEYS);
}

/* The letter that stands behind a backslash for @c; 0 when none does. */
static char
escape_of (char c)
{
  static const char escapes[][2]
      = { { '"', '"' }, { '\\', '\\' }, { '\b', 'b' }, { '\f', 'f' }, { '\n', 'n' }, { '\r', 'r' }, { '\t', 't' } };
  for (gsize i = 0; i < G_N_ELEMENTS (escapes); i++)
    if (escapes[i][0] == c)
      return escapes[i][1];
  return 0;
}

void
dk_json_append_string (GString *to, const char *text)
{
  g_string_append_c (to, '"');
  for (const char *at = text, *from = text;; at++)
    {
      if ((guchar)*at >= 0x20 && *at != '"' && *at != '\\')
        continue;
      g_string_append_len (to, from, at - from);
      if (*at == '\0')
        break;
      char escape = escape_of (*at);
      if (escape != 0)
        g_string_append_printf (to, "\\%c", escape);
      else
        g_string_append_printf (to, "\\u%04X", (guchar)*at);
      from = at + 1;
    }
  g_string_append_c (to, '"');
}

const char *
dk_json_string (const json_t *object, const char *key, const char *otherwise)
{
  const json_t *value = json_object_get (object, key);
  return json_is_string (value) ? json_string_value (value) : otherwise;
}

int64_t
dk_json_int (const json_t *object, const char *key, int64_t otherwise)
{
  const json_t *value = json_object_get (object, key);
  return json_is_integer (value) ? json_integer_value (value) : otherwise;
}

double
dk_json_real (const json_t *object, const char *key, double otherwise)
{
  const json_t *value = json_object_get (object, key);
  return json_is_number (value) ? json_number_value (value) : otherwise;
}

bool
dk_json_bool (const json_t *object, const char *key, bool otherwise)
{
  const json_t *value = json_object_get (object, key);
  return json_is_boolean (value) ? json_is_true (value) : otherwise;
}

json_t *
dk_json_text (const char *text)
{
  if (text == NULL)
    return json_null ();
  if (g_utf8_validate (text, -1, NULL))
    return json_string (text);
  g_autofree char *escaped = dk_escape_name (text);
  return json_string (escaped);
}
