#include "tests/fuzz/fuzz.h"
#include <string.h>

const char *__lsan_default_suppressions (void);

/* libfyaml 0.7 loses 1 KiB when a text of many quotes is not ended. Of all else that is lost there the unit tests tell.
 */
const char *
__lsan_default_suppressions (void)
{
  return "leak:libfyaml\n";
}

void
fuzz_seed_bytes (GPtrArray *seeds, const void *bytes, size_t size)
{
  g_ptr_array_add (seeds, g_bytes_new (bytes, size));
}

void
fuzz_seed_text (GPtrArray *seeds, const char *text)
{
  fuzz_seed_bytes (seeds, text, strlen (text));
}

void
fuzz_seed_files (GPtrArray *seeds, const char *folder, const char *ending)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  g_assert_no_error (error);
  for (const char *name = g_dir_read_name (dir); name != NULL; name = g_dir_read_name (dir))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *bytes = NULL;
      gsize size;
      if (g_str_has_suffix (name, ending) && g_file_get_contents (path, &bytes, &size, NULL) && size <= FUZZ_SEED_BYTES)
        fuzz_seed_bytes (seeds, bytes, size);
    }
}

char *
fuzz_text (const uint8_t *data, size_t size)
{
  char *text = g_malloc (size + 1);
  if (size > 0)
    memcpy (text, data, size);
  text[size] = '\0';
  return text;
}

char *
fuzz_utf8 (const uint8_t *data, size_t size)
{
  g_autofree char *text = fuzz_text (data, size);
  return g_utf8_make_valid (text, -1);
}
