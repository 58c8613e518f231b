#include "base/config_entry.h"
#include "base/digest.h"
#include "base/json.h"
#include "base/limits.h"
#include <string.h>

/* The last entry of each path that is still held. A program reads its configuration more than once, and parsing is
 * the most of it. One lock guards the table, the references and what is made of a configuration when it is asked for.
 */
static GMutex lock;
static GHashTable *held;
static Config *whole; /* the last that was read or came out of its bytes, while anybody has it */

/* The entry of @path with this text, with a reference of its own; NULL where none is held. */
static ConfigEntry *
entry_held (const char *path, const char *text, size_t length)
{
  g_mutex_lock (&lock);
  ConfigEntry *entry = held != NULL ? g_hash_table_lookup (held, path) : NULL;
  bool same = entry != NULL && strlen (entry->text) == length && memcmp (entry->text, text, length) == 0;
  if (same)
    entry->refs++;
  g_mutex_unlock (&lock);
  return same ? entry : NULL;
}

void
config_add (Config *config, const char *path, const char *text, size_t length, Yaml *yaml)
{
  ConfigEntry *entry = g_new0 (ConfigEntry, 1);
  *entry = (ConfigEntry){ .refs = 1, .path = g_strdup (path), .text = g_strndup (text, length), .yaml = yaml };
  g_mutex_lock (&lock);
  if (held == NULL)
    held = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_replace (held, entry->path, entry);
  g_mutex_unlock (&lock);
  g_ptr_array_add (config->entries, entry);
}

void
config_share (Config *config, ConfigEntry *entry)
{
  g_mutex_lock (&lock);
  entry->refs++;
  g_mutex_unlock (&lock);
  g_ptr_array_add (config->entries, entry);
}

static void
entry_unref (ConfigEntry *entry)
{
  g_mutex_lock (&lock);
  bool last = --entry->refs == 0;
  if (last && held != NULL && g_hash_table_lookup (held, entry->path) == entry)
    g_hash_table_remove (held, entry->path);
  if (held != NULL && g_hash_table_size (held) == 0)
    g_clear_pointer (&held, g_hash_table_unref);
  g_mutex_unlock (&lock);
  if (!last)
    return;
  g_free (entry->path);
  g_free (entry->text);
  yaml_free (entry->yaml);
  g_free (entry);
}

Config *
config_new (void)
{
  Config *config = g_new0 (Config, 1);
  config->refs = 1;
  config->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)entry_unref);
  return config;
}

Config *
config_ref (Config *config)
{
  g_atomic_int_inc (&config->refs);
  return config;
}

void
config_unref (Config *config)
{
  if (config == NULL)
    return;
  g_mutex_lock (&lock);
  bool last = g_atomic_int_dec_and_test (&config->refs);
  if (last && whole == config)
    whole = NULL;
  g_mutex_unlock (&lock);
  if (!last)
    return;
  g_ptr_array_unref (config->entries);
  g_clear_pointer (&config->bytes, g_bytes_unref);
  g_clear_pointer (&config->packed, g_bytes_unref);
  g_free (config->digest);
  g_free (config);
}

void
config_note_whole (Config *config)
{
  g_mutex_lock (&lock);
  whole = config;
  g_mutex_unlock (&lock);
}

Config *
config_last_whole (void)
{
  g_mutex_lock (&lock);
  Config *config = whole != NULL ? config_ref (whole) : NULL;
  g_mutex_unlock (&lock);
  return config;
}

bool
config_add_text (Config *config, const char *path, const char *text, size_t length, GError **error)
{
  ConfigEntry *entry = entry_held (path, text, length);
  Yaml *yaml = entry == NULL ? yaml_parse (path, text, length, error) : NULL;
  if (entry == NULL && yaml == NULL)
    return false;
  if (entry != NULL)
    g_ptr_array_add (config->entries, entry);
  else
    config_add (config, path, text, length, yaml);
  return true;
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(ConfigEntry *const *)a)->path, (*(ConfigEntry *const *)b)->path);
}

Config *
config_finish (Config *config)
{
  g_ptr_array_sort (config->entries, compare_entries);
  return config;
}

/* An object of all files, which name it by their digest: as dk_json_canonical writes it, since entries are sorted, but
 * without a copy of them all. */
static void
make_bytes (Config *config)
{
  GString *all = g_string_new ("{");
  for (guint i = 0; i < config->entries->len; i++)
    {
      const ConfigEntry *entry = g_ptr_array_index (config->entries, i);
      g_string_append (all, i > 0 ? "," : "");
      dk_json_append_string (all, entry->path);
      g_string_append_c (all, ':');
      dk_json_append_string (all, entry->text);
    }
  g_string_append_c (all, '}');
  config->bytes = g_string_free_to_bytes (all);
  if (config->digest != NULL) /* lent by now */
    return;
  gsize size;
  const void *bytes = g_bytes_get_data (config->bytes, &size);
  g_autoptr (DkDigest) digest = dk_digest_new ();
  dk_digest_add (digest, bytes, size);
  config->digest = dk_digest_end_hex (digest);
}

/* --- as bytes --- */

/* Made when they are first asked for: most programs only look into the files. */
static void
need_bytes (const Config *config)
{
  g_mutex_lock (&lock);
  if (config->bytes == NULL)
    make_bytes ((Config *)(uintptr_t)config);
  g_mutex_unlock (&lock);
}

GBytes *
config_bytes (const Config *config)
{
  need_bytes (config);
  return g_bytes_ref (config->bytes);
}

const char *
config_digest (const Config *config)
{
  g_mutex_lock (&lock);
  if (config->digest == NULL)
    make_bytes ((Config *)(uintptr_t)config);
  g_mutex_unlock (&lock);
  return config->digest;
}

Config *
config_from_bytes (GBytes *bytes, GError **error)
{
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  g_autoptr (json_t) object = dk_json_parse (text != NULL ? text : "", size, error);
  if (object == NULL)
    return NULL;
  g_autoptr (Config) config = config_new ();
  const char *path;
  json_t *value;
  json_object_foreach (object, path, value)
  {
    if (!json_is_string (value))
      {
        dk_throw (error, DK_ERROR_INVALID, "kept configuration: %s is no text", path);
        return NULL;
      }
    if (!config_add_text (config, path, json_string_value (value), json_string_length (value), error))
      return NULL;
  }
  if (config_file (config, "docket.yaml") == NULL)
    {
      dk_throw (error, DK_ERROR_INVALID, "kept configuration: there is no docket.yaml");
      return NULL;
    }
  return config_finish (g_steal_pointer (&config));
}

/* --- looking --- */

char **
config_paths (const Config *config, const char *folder)
{
  g_autofree char *prefix = g_strconcat (folder, "/", NULL);
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  for (guint i = 0; i < config->entries->len; i++)
    {
      const ConfigEntry *entry = g_ptr_array_index (config->entries, i);
      if (g_str_has_prefix (entry->path, prefix))
        g_ptr_array_add (paths, g_strdup (entry->path));
    }
  g_ptr_array_add (paths, NULL);
  return (char **)g_ptr_array_free (g_steal_pointer (&paths), FALSE);
}

static const ConfigEntry *
find_entry (const Config *config, const char *path)
{
  for (guint i = 0; i < config->entries->len; i++)
    {
      const ConfigEntry *entry = g_ptr_array_index (config->entries, i);
      if (strcmp (entry->path, path) == 0)
        return entry;
    }
  return NULL;
}

const Yaml *
config_file (const Config *config, const char *path)
{
  const ConfigEntry *entry = find_entry (config, path);
  return entry != NULL ? entry->yaml : NULL;
}

const char *
config_text (const Config *config, const char *path)
{
  const ConfigEntry *entry = find_entry (config, path);
  return entry != NULL ? entry->text : NULL;
}

/* --- other files --- */

static bool
add_counted (Config *config, const char *path, const char *text, uint64_t *left, GError **error)
{
  size_t length = strlen (text);
  if (length > *left)
    return dk_throw (error, DK_ERROR_LIMIT, "%s: the configuration is larger than %u MiB then", path,
                     (unsigned)(LIMITS_CONFIG_BYTES >> 20));
  *left -= length;
  return config_add_text (config, path, text, length, error);
}

Config *
config_with (const Config *config, GHashTable *texts, GError **error)
{
  g_autoptr (Config) changed = config_new ();
  uint64_t left = LIMITS_CONFIG_BYTES;
  for (guint i = 0; i < config->entries->len; i++)
    {
      const ConfigEntry *entry = g_ptr_array_index (config->entries, i);
      if (!g_hash_table_contains (texts, entry->path) && !add_counted (changed, entry->path, entry->text, &left, error))
        return NULL;
    }
  GHashTableIter each;
  gpointer path, text;
  g_hash_table_iter_init (&each, texts);
  while (g_hash_table_iter_next (&each, &path, &text))
    if (text != NULL && !add_counted (changed, path, text, &left, error))
      return NULL;
  return config_finish (g_steal_pointer (&changed));
}

/* --- changing one value --- */

/* From the start of the line "key: value # comment" to the end of its value. */
static gsize
value_end (const char *line, gsize key_length)
{
  gsize end = strcspn (line, "\n");
  const char *comment = g_strstr_len (line + key_length, (gssize)(end - key_length), " #");
  if (comment != NULL)
    end = (gsize)(comment - line);
  while (end > key_length && g_ascii_isspace (line[end - 1]))
    end--;
  return end;
}

static const char *
find_key_line (const char *text, const char *key)
{
  gsize length = strlen (key);
  for (const char *line = text; line != NULL; line = strchr (line, '\n'))
    {
      line += *line == '\n';
      if (strncmp (line, key, length) == 0 && line[length] == ':')
        return line;
    }
  return NULL;
}

char *
config_text_with (const char *text, const char *key, const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, "'", -1);
  g_autofree char *doubled = g_strjoinv ("''", parts);
  bool plain = value[0] != '\0' && strspn (value, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_-/") == strlen (value)
               && g_ascii_isalpha (value[0]);
  g_autofree char *setting = g_strdup_printf (plain ? "%s: %s" : "%s: '%s'", key, plain ? value : doubled);
  const char *line = find_key_line (text, key);
  if (line == NULL)
    return g_strconcat (text, text[0] == '\0' || g_str_has_suffix (text, "\n") ? "" : "\n", setting, "\n", NULL);
  g_autofree char *before = g_strndup (text, (gsize)(line - text));
  return g_strconcat (before, setting, line + value_end (line, strlen (key) + 1), NULL);
}
