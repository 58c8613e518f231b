#include "base/file.h"
#include "base/yaml.h"
#include <math.h>
#include <string.h>

#define SHOWN_CHARACTERS 60

char *
yaml_shown (const char *text)
{
  g_autofree char *escaped = dk_escape_name (text);
  if (g_utf8_strlen (escaped, -1) <= SHOWN_CHARACTERS)
    return g_steal_pointer (&escaped);
  g_autofree char *start = g_utf8_substring (escaped, 0, SHOWN_CHARACTERS);
  return g_strconcat (start, "…", NULL);
}

static char *
joined (const char *const *words)
{
  return g_strjoinv (", ", (char **)words);
}

bool
yaml_check_keys (const YamlNode *node, const char *const *allowed, GError **error)
{
  if (!yaml_is_mapping (node))
    {
      g_autofree char *keys = joined (allowed);
      return yaml_refuse (node, error, "mapping", "s", keys);
    }
  for (size_t i = 0; i < yaml_size (node); i++)
    {
      const char *key = yaml_text (yaml_key (node, i));
      if (g_strv_contains (allowed, key))
        continue;
      g_autofree char *keys = joined (allowed);
      g_autofree char *shown = yaml_shown (key);
      return yaml_refuse (yaml_key (node, i), error, "unknown_key", "ss", shown, keys);
    }
  return true;
}

/* The scalar at @key, NULL in *@found when absent or empty. */
static bool
want_scalar (const YamlNode *mapping, const char *key, const YamlNode **found, GError **error)
{
  *found = NULL;
  const YamlNode *node = yaml_get (mapping, key);
  if (node == NULL || yaml_is_empty (node))
    return true;
  if (!yaml_is_scalar (node))
    return yaml_refuse (node, error, "one_value", "s", key);
  *found = node;
  return true;
}

bool
yaml_need_text (const YamlNode *mapping, const char *key, const char **value, GError **error)
{
  if (!yaml_is_mapping (mapping))
    return yaml_refuse (mapping, error, "mapping_one", "s", key);
  const YamlNode *node = yaml_get (mapping, key);
  if (node == NULL)
    return yaml_refuse (mapping, error, "missing", "s", key);
  if (!yaml_is_scalar (node))
    return yaml_refuse (node, error, "one_value", "s", key);
  if (yaml_is_empty (node) || yaml_text (node)[0] == '\0')
    return yaml_refuse (node, error, "is_empty", "s", key);
  *value = yaml_text (node);
  return true;
}

bool
yaml_want_text (const YamlNode *mapping, const char *key, const char **value, GError **error)
{
  const YamlNode *node;
  if (!want_scalar (mapping, key, &node, error))
    return false;
  if (node != NULL)
    *value = yaml_text (node);
  return true;
}

bool
yaml_want_day (const YamlNode *mapping, const char *key, DkDay *day, GError **error)
{
  const char *text = NULL;
  if (!yaml_want_text (mapping, key, &text, error))
    return false;
  if (text == NULL)
    return true;
  *day = dk_day_parse (text);
  return *day != DK_DAY_NONE || yaml_refuse (yaml_get (mapping, key), error, "date", "s", key);
}

bool
yaml_want_int (const YamlNode *mapping, const char *key, int64_t low, int64_t high, int64_t *value, GError **error)
{
  const YamlNode *node;
  if (!want_scalar (mapping, key, &node, error))
    return false;
  gint64 number;
  if (node == NULL)
    return true;
  if (g_ascii_string_to_signed (yaml_text (node), 10, low, high, &number, NULL))
    {
      *value = number;
      return true;
    }
  g_autofree char *shown = yaml_shown (yaml_text (node));
  return yaml_refuse (node, error, "whole", "ssll", key, shown, low, high);
}

static bool
parse_real (const char *text, double *value)
{
  if (text[0] == '\0' || strspn (text, "0123456789.+-eE") != strlen (text))
    return false;
  char *end;
  *value = g_ascii_strtod (text, &end);
  return *end == '\0' && isfinite (*value);
}

bool
yaml_want_real (const YamlNode *mapping, const char *key, double low, double high, double *value, GError **error)
{
  const YamlNode *node;
  if (!want_scalar (mapping, key, &node, error))
    return false;
  double number;
  if (node == NULL)
    return true;
  if (parse_real (yaml_text (node), &number) && number >= low && number <= high)
    {
      *value = number;
      return true;
    }
  g_autofree char *shown = yaml_shown (yaml_text (node));
  return yaml_refuse (node, error, "real", "ssff", key, shown, low, high);
}

bool
yaml_want_bool (const YamlNode *mapping, const char *key, bool *value, GError **error)
{
  static const char *const words[] = { "true", "false", NULL };
  const char *word = NULL;
  if (!yaml_want_word (mapping, key, words, &word, error))
    return false;
  if (word != NULL)
    *value = word == words[0];
  return true;
}

bool
yaml_want_list (const YamlNode *mapping, const char *key, char ***value, GError **error)
{
  const YamlNode *node = yaml_get (mapping, key);
  if (node == NULL || yaml_is_empty (node))
    return true;
  if (yaml_is_mapping (node))
    return yaml_refuse (node, error, "list", "s", key);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (g_free);
  if (yaml_is_scalar (node))
    g_ptr_array_add (list, g_strdup (yaml_text (node)));
  for (size_t i = 0; i < yaml_size (node); i++)
    {
      const YamlNode *item = yaml_at (node, i, NULL);
      if (!yaml_is_scalar (item) || yaml_is_empty (item) || yaml_text (item)[0] == '\0')
        return yaml_refuse (item, error, "item", "s", key);
      g_ptr_array_add (list, g_strdup (yaml_text (item)));
    }
  g_ptr_array_add (list, NULL);
  g_strfreev (*value);
  *value = (char **)g_ptr_array_free (g_steal_pointer (&list), FALSE);
  return true;
}

bool
yaml_want_word (const YamlNode *mapping, const char *key, const char *const *allowed, const char **value,
                GError **error)
{
  const YamlNode *node;
  if (!want_scalar (mapping, key, &node, error))
    return false;
  if (node == NULL)
    return true;
  for (const char *const *word = allowed; *word != NULL; word++)
    if (strcmp (*word, yaml_text (node)) == 0)
      {
        *value = *word;
        return true;
      }
  g_autofree char *words = joined (allowed);
  g_autofree char *shown = yaml_shown (yaml_text (node));
  return yaml_refuse (node, error, "word", "sss", key, shown, words);
}
