/* What libFuzzer lacks: it finds the seeds in the corpus folder that is its last argument. */
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerInitialize (int *argc, char ***argv);

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_autoptr (GPtrArray) seeds = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  const char *folder = (*argv)[*argc - 1];
  g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
  fuzz_seeds (seeds);
  for (guint i = 0; i < seeds->len && g_file_test (folder, G_FILE_TEST_IS_DIR); i++)
    {
      gsize size;
      const char *bytes = g_bytes_get_data (seeds->pdata[i], &size);
      g_autofree char *path = g_strdup_printf ("%s/seed-%03u", folder, i);
      g_autoptr (GError) error = NULL;
      g_file_set_contents (path, bytes != NULL ? bytes : "", (gssize)size, &error);
      g_assert_no_error (error);
    }
  return 0;
}
