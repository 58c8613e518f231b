#include "tests/unit/fixture.h"
#include "base/file.h"
#include <fcntl.h>

char *
fixture_path (const char *name)
{
  return g_build_filename ("tests", "fixtures", name, NULL);
}

GBytes *
fixture (const char *name)
{
  g_autofree char *path = fixture_path (name);
  char *bytes;
  gsize size;
  g_autoptr (GError) error = NULL;
  g_file_get_contents (path, &bytes, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (bytes, size);
}

char *
fixture_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *path = g_dir_make_tmp ("docket-test-XXXXXX", &error);
  g_assert_no_error (error);
  return path;
}

void
fixture_remove_folder (char *path)
{
  g_autoptr (GError) error = NULL;
  dk_remove_tree (AT_FDCWD, path, &error);
  g_assert_no_error (error);
  g_free (path);
}
