/* A configuration with all that was parsed of it, as bytes: MAGIC, config_digest (64 letters), the number of files;
 * then for each the lengths of its path, its text and its yaml_pack, and these three, the first two ended by NUL.
 * Numbers have 32 bits. Another build may parse otherwise, and does not take it. */
#include "base/config_entry.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/limits.h"
#include <fcntl.h>
#include <string.h>

#define MAGIC "docket " DOCKET_VERSION " configuration 1\n"
#define KEPT_NAME "tmp/configuration.kept"
#define KEPT_BYTES (8 * LIMITS_CONFIG_BYTES)
#define DIGEST_LETTERS 64

/* --- packing --- */

static void
put (GByteArray *to, const void *bytes, gsize size)
{
  g_byte_array_append (to, bytes, (guint)size);
}

static void
put_entry (GByteArray *to, const ConfigEntry *entry)
{
  g_autoptr (GBytes) tree = yaml_pack (entry->yaml);
  const guint32 lengths[]
      = { (guint32)strlen (entry->path), (guint32)strlen (entry->text), (guint32)g_bytes_get_size (tree) };
  put (to, lengths, sizeof lengths);
  put (to, entry->path, lengths[0] + 1);
  put (to, entry->text, lengths[1] + 1);
  put (to, g_bytes_get_data (tree, NULL), lengths[2]);
}

GBytes *
config_pack (const Config *config)
{
  if (config->packed != NULL)
    return g_bytes_ref (config->packed);
  const guint32 files = config->entries->len;
  GByteArray *all = g_byte_array_new ();
  put (all, MAGIC, strlen (MAGIC));
  put (all, config_digest (config), DIGEST_LETTERS);
  put (all, &files, sizeof files);
  for (guint i = 0; i < files; i++)
    put_entry (all, config->entries->pdata[i]);
  ((Config *)(uintptr_t)config)->packed = g_byte_array_free_to_bytes (all);
  return g_bytes_ref (config->packed);
}

/* --- unpacking --- */

/* Takes @size bytes from @at on; NULL where they are not there. */
static const char *
take (const char **at, const char *end, gsize size)
{
  const char *from = *at;
  if ((gsize)(end - from) < size)
    return NULL;
  *at += size;
  return from;
}

static bool
unpack_entry (Config *config, GBytes *all, const char **at, const char *end)
{
  guint32 lengths[3];
  const char *given = take (at, end, sizeof lengths);
  if (given == NULL)
    return false;
  memcpy (lengths, given, sizeof lengths);
  const char *path = take (at, end, (gsize)lengths[0] + 1),
             *text = path != NULL ? take (at, end, (gsize)lengths[1] + 1) : NULL;
  const char *tree = text != NULL ? take (at, end, lengths[2]) : NULL;
  if (tree == NULL || path[lengths[0]] != '\0' || text[lengths[1]] != '\0')
    return false;
  g_autoptr (GBytes) packed
      = g_bytes_new_from_bytes (all, (gsize)(tree - (const char *)g_bytes_get_data (all, NULL)), lengths[2]);
  Yaml *yaml = yaml_unpack (path, packed, NULL);
  if (yaml != NULL)
    config_add (config, path, text, lengths[1], yaml);
  return yaml != NULL;
}

Config *
config_unpack (GBytes *bytes, GError **error)
{
  gsize size;
  const char *at = g_bytes_get_data (bytes, &size), *end = at + size;
  guint32 files = 0;
  const char *magic = at != NULL ? take (&at, end, strlen (MAGIC)) : NULL;
  bool ours = magic != NULL && memcmp (magic, MAGIC, strlen (MAGIC)) == 0;
  const char *named = ours ? take (&at, end, DIGEST_LETTERS) : NULL;
  const char *count = named != NULL ? take (&at, end, sizeof files) : NULL;
  bool good = count != NULL;
  g_autoptr (Config) config = config_new ();
  if (good)
    memcpy (&files, count, sizeof files);
  for (guint32 i = 0; good && i < files; i++)
    good = unpack_entry (config, bytes, &at, end);
  if (!good || at != end || config_file (config, "docket.yaml") == NULL)
    {
      dk_throw (error, DK_ERROR_INVALID, "what was kept of the configuration is damaged, or of another build");
      return NULL;
    }
  config->digest = g_strndup (named, DIGEST_LETTERS);
  config->packed = g_bytes_ref (bytes);
  config_note_whole (config);
  return g_steal_pointer (&config);
}

/* --- in a store: the same, and a digest of it --- */

static GBytes *
digest_of (GBytes *bytes)
{
  g_autoptr (DkDigest) digest = dk_digest_new ();
  dk_digest_add (digest, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return dk_digest_end (digest);
}

Config *
config_kept (int dir)
{
  g_autoptr (GBytes) file = dk_read_file (dir, KEPT_NAME, KEPT_BYTES, NULL);
  gsize size = file != NULL ? g_bytes_get_size (file) : 0;
  if (size < DK_DIGEST_BYTES)
    return NULL;
  g_autoptr (GBytes) packed = g_bytes_new_from_bytes (file, 0, size - DK_DIGEST_BYTES);
  g_autoptr (GBytes) said = g_bytes_new_from_bytes (file, size - DK_DIGEST_BYTES, DK_DIGEST_BYTES);
  g_autoptr (GBytes) digest = digest_of (packed);
  Config *config = g_bytes_equal (said, digest) ? config_unpack (packed, NULL) : NULL;
  if (config != NULL)
    config->kept = true;
  return config;
}

bool
config_keep (Config *config, const char *path, GError **error)
{
  if (config->kept)
    return true;
  autofd dir = dk_open_dir (AT_FDCWD, path, error);
  if (dir < 0)
    return false;
  g_autoptr (GBytes) packed = config_pack (config);
  g_autoptr (GBytes) digest = digest_of (packed);
  g_autoptr (GByteArray) all = g_byte_array_sized_new ((guint)g_bytes_get_size (packed) + DK_DIGEST_BYTES);
  put (all, g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
  put (all, g_bytes_get_data (digest, NULL), DK_DIGEST_BYTES);
  config->kept = dk_write_file (dir, KEPT_NAME, all->data, all->len, 0600, error);
  return config->kept;
}
