/* docket-seed: makes the model that is shipped, of the shipped letters, and keeps what a retraining begins with; run
 * when docket is built. */
#include "base/file.h"
#include "classify/train.h"
#include <fcntl.h>
#include <stdio.h>

#define LETTERS_BYTES (16 << 20)

static const char usage[] = "Usage: docket-seed CONFIGURATION MODEL LETTERS\n"
                            "Writes MODEL, learnt from the letters in CONFIGURATION/letters with its vocabulary, and\n"
                            "LETTERS, what learning from corrections beside them begins with.\n";

/* The lines of all files, each ended by a line end. NULL on error. */
static GBytes *
read_letters (const char *folder, GError **error)
{
  g_auto (GStrv) names = dk_list_dir (AT_FDCWD, folder, error);
  g_autoptr (GByteArray) all = g_byte_array_new ();
  for (char **name = names; name != NULL && *name != NULL; name++)
    {
      if (!g_str_has_suffix (*name, ".tsv"))
        continue;
      g_autofree char *path = g_build_filename (folder, *name, NULL);
      g_autoptr (GBytes) bytes = dk_read_file (AT_FDCWD, path, LETTERS_BYTES, error);
      if (bytes == NULL)
        return NULL;
      gsize size;
      const void *data = g_bytes_get_data (bytes, &size);
      g_byte_array_append (all, data, (guint)size);
      g_byte_array_append (all, (const guint8 *)"\n", 1);
    }
  return names != NULL ? g_byte_array_free_to_bytes (g_steal_pointer (&all)) : NULL;
}

static bool
write_bytes (const char *path, GBytes *bytes, GError **error)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);
  return dk_write_file (AT_FDCWD, path, data, size, 0644, error);
}

static bool
make (const char *configuration, const char *path, const char *letters_path, GError **error)
{
  g_autofree char *folder = g_build_filename (configuration, "letters", NULL);
  g_autoptr (ClassifyLetters) none = classify_letters_new ();
  g_autoptr (Config) config = config_read (configuration, error);
  g_autoptr (Classifier) classifier = config != NULL ? classifier_new (config, NULL, error) : NULL;
  g_autoptr (GBytes) letters = classifier != NULL ? read_letters (folder, error) : NULL;
  g_autoptr (ClassifyShipped) shipped = letters != NULL ? classify_shipped_new (classifier, letters, error) : NULL;
  g_autoptr (ClassifyModel) model = shipped != NULL ? classify_train_on (classifier, shipped, none, error) : NULL;
  if (model == NULL)
    return false;
  g_autoptr (GBytes) bytes = classify_model_encode (model);
  g_autoptr (GBytes) kept = classify_shipped_encode (shipped);
  printf ("%u letters: kind F1 %.3f, calibration error %.3f, alone %.2f from %.3f; subject F1 %.3f, alone %.2f\n",
          model->letters, model->kind.f1, model->kind.ece, model->kind.alone, model->kind.threshold, model->subject.f1,
          model->subject.alone);
  return write_bytes (letters_path, kept, error) && write_bytes (path, bytes, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  if (argc != 4)
    return fputs (usage, stderr) < 0 ? 1 : 64;
  if (make (argv[1], argv[2], argv[3], &error))
    return 0;
  fprintf (stderr, "docket-seed: %s\n", error->message);
  return dk_exit_status (error);
}
