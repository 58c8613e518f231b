#include "base/messages.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/messages_pattern.h"
#include <fcntl.h>
#include <string.h>
#include <unicode/uloc.h>
#include <unicode/ustring.h>

const char *const dk_languages[] = { "en", "fr", "es", "hu", NULL };

bool
dk_language_known (const char *language)
{
  return language != NULL && g_strv_contains (dk_languages, language);
}

static const char *
language_named (const char *name, gsize length)
{
  for (const char *const *language = dk_languages; *language != NULL; language++)
    if (strlen (*language) == length && strncmp (*language, name, length) == 0)
      return *language;
  return NULL;
}

/* As POSIX weighs them: the first that is set and not empty decides, also where docket does not speak it. */
static const char *
locale_of_messages (void)
{
  static const char *const variables[] = { "LC_ALL", "LC_MESSAGES", "LANG" };
  for (gsize i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      const char *locale = g_getenv (variables[i]);
      if (locale != NULL && *locale != '\0')
        return locale;
    }
  return "C";
}

const char *
dk_language (const char *chosen)
{
  const char *named = chosen != NULL ? language_named (chosen, strlen (chosen)) : NULL;
  const char *locale = locale_of_messages ();
  if (named == NULL)
    named = language_named (locale, strcspn (locale, "_.@"));
  return named != NULL ? named : "en";
}

char *
dk_language_name (const char *language, const char *code)
{
  UErrorCode status = U_ZERO_ERROR;
  UChar name[64];
  char utf8[3 * G_N_ELEMENTS (name)];
  uloc_getDisplayLanguage (code, language, name, G_N_ELEMENTS (name) - 1, &status);
  name[G_N_ELEMENTS (name) - 1] = 0;
  if (U_FAILURE (status))
    return g_strdup (code);
  u_strToUTF8 (utf8, sizeof utf8, NULL, name, -1, &status);
  return g_strdup (U_SUCCESS (status) ? utf8 : code);
}

/* --- catalogues --- */

/* Patterns are checked for @language, unless that is NULL. */
static bool
add_patterns (GHashTable *catalogue, const YamlNode *mapping, const char *prefix, const char *language, GError **error)
{
  if (!yaml_is_mapping (mapping))
    return yaml_throw (mapping, error, "here must be a mapping of keys to sentences");
  for (size_t i = 0; i < yaml_size (mapping); i++)
    {
      const char *name;
      const YamlNode *node = yaml_at (mapping, i, &name);
      g_autofree char *key = g_strconcat (prefix, prefix[0] != '\0' ? "." : "", name, NULL);
      if (!yaml_is_scalar (node))
        {
          if (!add_patterns (catalogue, node, key, language, error))
            return false;
          continue;
        }
      g_autoptr (GError) wrong = NULL;
      if (language != NULL && !dk_check_pattern (language, yaml_text (node), &wrong))
        return yaml_throw (node, error, "%s: %s", key, wrong->message);
      if (!g_hash_table_insert (catalogue, g_strdup (key), g_strdup (yaml_text (node))))
        return yaml_throw (node, error, "%s stands twice", key);
    }
  return true;
}

GHashTable *
dk_messages_read (const char *path, const char *language, GError **error)
{
  g_autoptr (GBytes) bytes = dk_read_file (AT_FDCWD, path, LIMITS_CONFIG_BYTES, error);
  if (bytes == NULL)
    return NULL;
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  g_autoptr (Yaml) yaml = yaml_parse (path, text != NULL ? text : "", size, error);
  if (yaml == NULL)
    return NULL;
  g_autoptr (GHashTable) catalogue = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return add_patterns (catalogue, yaml_root (yaml), "", language, error) ? g_steal_pointer (&catalogue) : NULL;
}

/* What is shipped was checked when docket was built, sentence by sentence; that takes longer than to read them. */
static GHashTable *
load_shipped (const char *language)
{
  g_autofree char *folder = config_shipped_path ();
  g_autofree char *name = g_strconcat (language, ".yaml", NULL);
  g_autofree char *path = g_build_filename (folder, "messages", name, NULL);
  return dk_messages_read (path, NULL, NULL);
}

/* Read at first use and kept; a catalogue that cannot be read is empty, and English or the key speaks for it. */
static GHashTable *
catalogue_of (const char *language)
{
  static GMutex lock;
  static GHashTable *catalogues;
  g_mutex_lock (&lock);
  if (catalogues == NULL)
    catalogues = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTable *catalogue = g_hash_table_lookup (catalogues, language);
  if (catalogue == NULL)
    {
      catalogue = load_shipped (language);
      if (catalogue == NULL)
        catalogue = g_hash_table_new (g_str_hash, g_str_equal);
      g_hash_table_insert (catalogues, (gpointer)language, catalogue);
    }
  g_mutex_unlock (&lock);
  return catalogue;
}

static const char *
find_pattern (const char *key, const char **language)
{
  const char *pattern = g_hash_table_lookup (catalogue_of (*language), key);
  if (pattern != NULL)
    return pattern;
  *language = "en";
  return g_hash_table_lookup (catalogue_of (*language), key);
}

bool
dk_message_exists (const char *language, const char *key)
{
  const char *spoken = dk_language (language);
  return find_pattern (key, &spoken) != NULL;
}

/* --- arguments --- */

static MessageArgument
take_argument (char type, va_list *args)
{
  int64_t value;
  switch (type)
    {
    case 's':
      return (MessageArgument){ .type = MESSAGE_TEXT, .text = va_arg (*args, const char *) };
    case 'd':
      return (MessageArgument){ .type = MESSAGE_NUMBER, .number = va_arg (*args, int) };
    case 'l':
      return (MessageArgument){ .type = MESSAGE_NUMBER, .number = (double)va_arg (*args, int64_t) };
    case 'f':
      return (MessageArgument){ .type = MESSAGE_NUMBER, .number = va_arg (*args, double) };
    case 'D':
      value = va_arg (*args, DkDay);
      return (MessageArgument){ .type = MESSAGE_DATE, .number = (double)value * 86400e3 };
    case 't':
      value = va_arg (*args, int64_t);
      return (MessageArgument){ .type = MESSAGE_DATE, .number = (double)value / 1e3 };
    default:
      g_assert_not_reached ();
    }
}

char *
dk_message_v (const char *language, const char *key, const char *types, va_list args)
{
  MessageArgument arguments[MESSAGE_ARGUMENTS];
  unsigned count = (unsigned)strlen (types);
  g_assert (count <= MESSAGE_ARGUMENTS);
  va_list mine;
  va_copy (mine, args);
  for (unsigned i = 0; i < count; i++)
    arguments[i] = take_argument (types[i], &mine);
  va_end (mine);
  const char *spoken = dk_language (language);
  const char *pattern = find_pattern (key, &spoken);
  char *sentence = pattern != NULL ? dk_format_pattern (spoken, pattern, arguments, count, NULL) : NULL;
  return sentence != NULL ? sentence : g_strdup (key);
}

char *
dk_message (const char *language, const char *key, const char *types, ...)
{
  va_list args;
  va_start (args, types);
  char *sentence = dk_message_v (language, key, types, args);
  va_end (args);
  return sentence;
}

/* --- refusals --- */

static const char *spoken_by_process = "en";

void
dk_speak (const char *language)
{
  spoken_by_process = dk_language (language);
}

const char *
dk_spoken (void)
{
  return spoken_by_process;
}

bool
dk_refuse (GError **error, DkErrorCode code, const char *key, const char *types, ...)
{
  va_list args;
  va_start (args, types);
  g_autofree char *full = g_strconcat ("refuse.", key, NULL);
  g_autofree char *sentence = dk_message_v (spoken_by_process, full, types, args);
  va_end (args);
  return dk_throw (error, code, "%s", sentence);
}
